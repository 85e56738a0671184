use crate::prelude::*;

declare_rule! {
    /// 人民政府的报告没有写工作考核、社会评议和责任追究结果。
    ///
    /// ## 为什么
    /// 各级人民政府的报告，监督保障一项应当包括工作考核、社会评议和责任追究结果情况。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 机关：青禾县石桥镇人民政府
    /// 一、总体情况
    /// （一）主动公开
    /// 公开各类信息312条。
    /// （二）依申请公开
    /// 均在法定期限内答复申请人。
    /// （三）政府信息管理
    /// 严格落实信息审核制度。
    /// （四）政府信息公开平台建设
    /// 门户网站增设专栏。
    /// （五）监督保障
    /// 组织业务学习2次，明确专人负责。
    /// ```
    ///
    /// ## 正确示例
    /// 部门不属于人民政府：
    /// ```report,good
    /// 机关：青禾县水务局
    /// 一、总体情况
    /// （一）主动公开
    /// 公开各类信息312条。
    /// （二）依申请公开
    /// 均在法定期限内答复申请人。
    /// （三）政府信息管理
    /// 严格落实信息审核制度。
    /// （四）政府信息公开平台建设
    /// 门户网站增设专栏。
    /// （五）监督保障
    /// 组织业务学习2次，明确专人负责。
    /// ```
    /// 街道办事处是派出机关，不是一级政府：
    /// ```report,good
    /// 机关：临江市城东区和平街道办事处
    /// 一、总体情况
    /// （一）主动公开
    /// 公开各类信息312条。
    /// （二）依申请公开
    /// 均在法定期限内答复申请人。
    /// （三）政府信息管理
    /// 严格落实信息审核制度。
    /// （四）政府信息公开平台建设
    /// 门户网站增设专栏。
    /// （五）监督保障
    /// 组织业务学习2次，明确专人负责。
    /// ```
    ///
    /// ## 怎么改
    /// 在监督保障一项写明考核结果、社会评议情况；没有责任追究的，写明没有。
    ///
    /// ## 例外
    /// 只对县级以上人民政府和乡镇人民政府。写在报告其他部分的也算写了。
    ///
    /// ## English
    /// The report of a people's government says nothing of assessment, public appraisal or accountability.
    AssessmentMissing {
        code: "S016",
        name: "assessment-missing",
        title: "没有写考核评议和责任追究",
        title_en: "Nothing is said of assessment and accountability",
        severity: Warning,
        class: Incomplete,
        organs: &[OrganKind::Government, OrganKind::Township],
        sources: [("gbgkbh-2021-30", "overview"), ("tiaoli", "art50")],
        since: "0.1.0",
    }
}

impl Check for AssessmentMissing {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let Some(section) = cx.report.section(1).filter(|s| !s.body.is_empty()) else {
            return Err(NotAssessable(say!("没有第一部分", "there is no section one")));
        };
        let said = |text: &str| {
            ["考核", "评议", "追究", "追责", "问责", "考评", "测评"].iter().any(|w| text.contains(w))
        };
        if cx.report.prose().any(|(_, l)| said(&l.text.value)) {
            return Ok(());
        }
        let at = section.parts.iter().find(|p| p.number == 5).map_or(section.heading, |p| p.heading);
        let length = cx.report.lines[at].text.value.len();
        let finding = out
            .start(
                cx,
                say!(
                    "没有写工作考核、社会评议和责任追究结果情况",
                    "nothing is said of assessment, public appraisal and accountability"
                ),
            )
            .help(say!(
                "在“监督保障”一项补写；没有责任追究的，写明没有",
                "write about it in the part on oversight; where nobody was held to account, say so"
            ))
            .quote(cx.report, at, 0..length)
            .key("assessment");
        out.push(finding);
        Ok(())
    }
}
