use crate::copying;
use crate::prelude::*;

declare_rule! {
    /// 第一部分“总体情况”除数字和年份外与上年报告基本相同。
    ///
    /// ## 为什么
    /// 总体情况写一年的工作。除了数字一字不改，看不出今年做了什么。统一格式的通知把“内容雷同、敷衍塞责”列为要追究责任的情形。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 年份：2023
    /// 一、总体情况
    /// （一）主动公开
    /// 2023年，通过门户网站公开政府信息312条，公开行政许可决定和行政处罚决定，并按季度公布服务事项办理进度。
    /// （二）依申请公开
    /// 全年新收政府信息公开申请11件，上年结转1件，办结10件，结转下年度继续办理2件。
    /// （三）政府信息管理
    /// 对公开的信息实行拟稿、审核、签发三级把关，每半年清理一次失效信息。
    /// （四）政府信息公开平台建设
    /// 在门户网站设置公开专栏，安排专人维护栏目，确保网页内容准确、链接有效。
    /// （五）监督保障
    /// 组织公开业务培训，对各科室的公开工作进行考核，考核结果计入年度工作考核，未发生责任追究情形。
    /// 上年：
    /// 年份：2022
    /// 一、总体情况
    /// （一）主动公开
    /// 2022年，通过门户网站公开政府信息287条，公开行政许可决定和行政处罚决定，并按季度公布服务事项办理进度。
    /// （二）依申请公开
    /// 全年新收政府信息公开申请7件，上年结转0件，办结6件，结转下年度继续办理1件。
    /// （三）政府信息管理
    /// 对公开的信息实行拟稿、审核、签发三级把关，每半年清理一次失效信息。
    /// （四）政府信息公开平台建设
    /// 在门户网站设置公开专栏，安排专人维护栏目，确保网页内容准确、链接有效。
    /// （五）监督保障
    /// 组织公开业务培训，对各科室的公开工作进行考核，考核结果计入年度工作考核，未发生责任追究情形。
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// 年份：2023
    /// 上年：
    /// 年份：2022
    /// ```
    ///
    /// ## 怎么改
    /// 写今年的新举措、新数据；没有变化的制度不必年年重写。
    ///
    /// ## 例外
    /// 少于80字的不作判断；条例规定的用语不计入。
    ///
    /// ## English
    /// Section one is last year's but for numbers and years. Needs last year's report.
    OverviewCopied {
        code: "Y006",
        name: "overview-copied",
        title: "第一部分与上年雷同",
        title_en: "Section one is last year's",
        severity: Warning,
        class: Perfunctory,
        sources: [("gbgkbh-2021-30", "responsibility")],
        since: "0.1.0",
    }
}

impl Check for OverviewCopied {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let help = say!(
            "写今年的新举措和新数据，不变的制度不必年年重写",
            "write what was new this year; what did not change need not be written again"
        );
        if let Some(finding) = copying::section(cx, out, 1, help)? {
            out.push(finding);
        }
        Ok(())
    }
}
