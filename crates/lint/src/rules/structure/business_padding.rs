use crate::prelude::*;

declare_rule! {
    /// 总体情况大半不写政府信息公开工作。
    ///
    /// ## 为什么
    /// 年度报告报告的是政府信息公开工作，“不宜泛化”。大段业务工作总结会淹没应当公布的事实。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 一、总体情况
    /// （一）主动公开
    /// 公开各类信息312条。全年完成河道整治12公里。新建泵站3座。改造老旧管网8公里。巡河460余人次。种植护岸林200亩。
    /// （二）依申请公开
    /// 均在法定期限内答复申请人。全县用水总量控制在指标以内。农村饮水安全得到巩固。
    /// （三）政府信息管理
    /// 严格落实信息审核制度。水库大坝全部完成安全鉴定。
    /// （四）政府信息公开平台建设
    /// 门户网站增设专栏。汛期值守制度得到落实。
    /// （五）监督保障
    /// 考核各科室。抢险队伍开展演练4次。
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// 一、总体情况
    /// （一）主动公开
    /// 公开各类信息312条，公布河道整治和泵站建设的进展。
    /// （二）依申请公开
    /// 均在法定期限内答复申请人。
    /// （三）政府信息管理
    /// 严格落实信息审核制度。
    /// （四）政府信息公开平台建设
    /// 门户网站增设专栏。
    /// （五）监督保障
    /// 组织业务学习2次，考核各科室。
    /// ```
    ///
    /// ## 怎么改
    /// 删去业务工作总结，只写公开了什么、怎样公开。
    ///
    /// ## 例外
    /// 只看用词，会误判，所以默认关闭，供审核人员参考。
    ///
    /// ## English
    /// More than half of the sentences of section one hold no word of disclosure. A hint for reviewers.
    BusinessPadding {
        code: "S017",
        name: "business-padding",
        title: "总体情况多写业务工作",
        title_en: "Section one is mostly about other work",
        severity: Info,
        class: Perfunctory,
        off: true,
        sources: [("gbgkbh-2021-30", "scope")],
        since: "0.1.0",
    }
}

/// Words of which a sentence about disclosure has one.
const VOCABULARY: &[&str] = &[
    "公开",
    "信息",
    "申请",
    "答复",
    "公布",
    "发布",
    "公示",
    "解读",
    "网站",
    "栏目",
    "专栏",
    "平台",
    "公众号",
    "新媒体",
    "公报",
    "目录",
    "指南",
    "审核",
    "审查",
    "保密",
    "归档",
    "清理",
    "培训",
    "学习",
    "考核",
    "评议",
    "监督",
    "责任",
    "领导小组",
    "回应",
    "查阅",
    "档案",
    "规范性文件",
    "依法",
    "条例",
    "政务",
];

/// Fewer sentences tell nothing.
const FEWEST: usize = 8;

impl Check for BusinessPadding {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let Some(section) = cx.report.section(1) else {
            return Err(NotAssessable(say!("没有第一部分", "there is no section one")));
        };
        let lines = cx.report.lines[section.body.clone()].iter().filter(|l| l.is_prose());
        let sentences: Vec<&str> =
            lines.flat_map(|l| l.text.value.split(['。', '；'])).filter(|s| s.chars().count() > 4).collect();
        let (all, other) =
            (sentences.len(), sentences.iter().filter(|s| !VOCABULARY.iter().any(|w| s.contains(w))).count());
        if all < FEWEST {
            return Err(NotAssessable(say!("总体情况的句子太少", "section one has too few sentences")));
        }
        if other * 2 <= all {
            return Ok(());
        }
        let length = cx.report.lines[section.heading].text.value.len();
        let finding = out
            .start(
                cx,
                say!(
                    "总体情况{all}句中有{other}句没有写到政府信息公开",
                    "{other} of the {all} sentences of section one hold no word of disclosure"
                ),
            )
            .help(say!("删去业务工作总结，只写公开工作", "leave out other work and write about disclosure"))
            .quote(cx.report, section.heading, 0..length)
            .key("padding");
        out.push(finding);
        Ok(())
    }
}
