use crate::prelude::*;

declare_rule! {
    /// 总体情况五项之一的内容与标题不符：整项没有一个与标题有关的词。
    ///
    /// ## 为什么
    /// 总体情况的五项各有所指。例如平台建设应写网站、专栏、新媒体等，只写舆情回应就文不对题。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 一、总体情况
    /// （一）主动公开
    /// 公开各类信息312条。
    /// （二）依申请公开
    /// 全年新收申请11件。
    /// （三）政府信息管理
    /// 严格落实信息审核制度。
    /// （四）政府信息公开平台建设
    /// 及时回应群众关切，全年办理群众来信40件，群众满意率不断提高。
    /// （五）监督保障
    /// 组织业务培训2次。
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// 一、总体情况
    /// （一）主动公开
    /// 公开各类信息312条。
    /// （二）依申请公开
    /// 全年新收申请11件。
    /// （三）政府信息管理
    /// 严格落实信息审核制度。
    /// （四）政府信息公开平台建设
    /// 门户网站增设政策解读专栏。
    /// （五）监督保障
    /// 组织业务培训2次。
    /// ```
    ///
    /// ## 怎么改
    /// 按标题补写本项工作；放错位置的内容移到相应的项下。
    ///
    /// ## 例外
    /// 只有一两句短话的小节不作判断。
    ///
    /// ```report,good
    /// 一、总体情况
    /// （一）主动公开
    /// 公开各类信息312条。
    /// （二）依申请公开
    /// 全年新收申请11件。
    /// （三）政府信息管理
    /// 每季度集中复查一遍。
    /// （四）政府信息公开平台建设
    /// 全部依托县级渠道办理。
    /// （五）监督保障
    /// 由一名副局长牵头。
    /// ```
    ///
    /// ## English
    /// One of the five parts of section one holds no word that belongs to its heading.
    SubsectionOffTopic {
        code: "S010",
        name: "subsection-off-topic",
        title: "内容与小标题不符",
        title_en: "The text of a part is not about its heading",
        severity: Info,
        class: Perfunctory,
        sources: [("gbgkbh-2021-30", "overview")],
        since: "0.1.0",
    }
}

/// Characters below which a part says too little to be judged by its words.
const LEAST: usize = 24;

impl Check for SubsectionOffTopic {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let Some(section) = cx.report.section(1) else {
            return Err(NotAssessable(say!("没有第一部分", "there is no section one")));
        };
        for part in &section.parts {
            let Some(spec) = cx.form().parts.iter().find(|p| p.number == part.number) else { continue };
            let mut lines =
                cx.report.lines[part.body.clone()].iter().map(|l| l.text.value.as_str()).peekable();
            // An empty part is another matter.
            let length: usize =
                cx.report.lines[part.body.clone()].iter().map(|l| l.text.value.trim().chars().count()).sum();
            if lines.peek().is_none() || length < LEAST {
                continue;
            }
            // The heading itself holds its topic; only the words after it count.
            let heading_length = if part.run_in { spec.heading.len() } else { 0 };
            let on_topic = |line: &str, skip: usize| {
                let body = line.get(line.find(&spec.heading).map_or(0, |at| at + skip)..).unwrap_or(line);
                spec.topics.iter().any(|t| body.contains(t.as_str()))
            };
            if lines.enumerate().any(|(i, l)| on_topic(l, if i == 0 { heading_length } else { 0 })) {
                continue;
            }
            let (number, heading) =
                (["一", "二", "三", "四", "五"][usize::from(part.number) - 1], &spec.heading);
            let topics = spec.topics[..spec.topics.len().min(6)].join("、");
            let quoted = part.body.start;
            let length = cx.report.lines[quoted].text.value.len();
            let finding = out
                .start(
                    cx,
                    say!(
                        "总体情况（{number}）“{heading}”没有写到本项工作",
                        "part ({number}) \"{heading}\" of section one is not about its heading"
                    ),
                )
                .help(say!(
                    "补写本项工作（如{topics}）；与标题无关的内容移到相应的项下",
                    "write about the heading's subject (e.g. {topics})"
                ))
                .quote(cx.report, quoted, 0..length);
            out.push(finding);
        }
        Ok(())
    }
}
