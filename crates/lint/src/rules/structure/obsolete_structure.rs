use nianbao_text::label;

use crate::prelude::*;

declare_rule! {
    /// 沿用2018年及以前的章节。
    ///
    /// ## 为什么
    /// 条例2019年修订后，第五十条规定的内容变了，统一格式也改为六个部分。“概述”“收费及减免情况”“附表”等章节属于旧条例的写法。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 五、存在的主要问题及改进情况
    /// 一是更新不够及时。下一步，将按月检查栏目。
    /// 六、其他需要报告的事项
    /// 2023年未收取信息处理费。
    /// 七、政府信息公开的收费及减免情况
    /// 本年度没有收费。
    /// 八、附表
    /// ```
    ///
    /// ## 正确示例
    /// 第六部分说明收费是新的要求：
    /// ```report,good
    /// 六、其他需要报告的事项
    /// 2023年收取信息处理费0元，没有减免。
    /// ```
    ///
    /// ## 怎么改
    /// 按统一格式的六个部分重新编排，旧章节的内容并入相应部分。
    ///
    /// ## 例外
    /// 只出现一个这样的标题，可能是地方增加的，不报告；写成总体情况下一项的，报告 obsolete-fee-item。
    ///
    /// ## English
    /// Top-level headings of the structure in use before 2019 stand in the report.
    ObsoleteStructure {
        code: "S008",
        name: "obsolete-structure",
        title: "沿用旧的报告结构",
        title_en: "The structure of before 2019 is used",
        severity: Error,
        class: Inaccurate,
        shape: true,
        sources: [("tiaoli", "art50"), ("gbgkbh-2021-30", "sections"), ("gbgkbh-2019-60", "sections")],
        since: "0.1.0",
    }
}

/// What headings of the old structure say (旧条例第三十二条): all words of one of them.
const OLD: &[&[&str]] = &[
    &["概述"],
    &["收费", "减免"],
    &["附表"],
    &["附件", "统计表"],
    &["举报投诉"],
    &["机构建设", "保障"],
    &["会议", "培训情况"],
];

/// No heading is longer.
const LONGEST: usize = 30;

impl Check for ObsoleteStructure {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let mut seen: Vec<(usize, &str)> = Vec::new();
        let mut kinds = Vec::new();
        for (at, line) in cx.report.lines.iter().enumerate() {
            let role = nianbao_schema::report::Role::Heading;
            let text = line.text.value.trim();
            if !(line.is_prose() || line.role == role)
                || text.chars().count() > LONGEST
                || text.contains('。')
            {
                continue;
            }
            let normal = label::normal(text);
            let (number, words) = label::split_number(&normal);
            // `一、` and not `（一）`: a chapter of its own.
            if number.is_empty() || !normal.starts_with(number) || number.is_ascii() {
                continue;
            }
            if let Some(kind) = OLD.iter().position(|all| all.iter().all(|w| words.contains(w))) {
                seen.push((at, text));
                kinds.push(kind);
            }
        }
        kinds.sort_unstable();
        kinds.dedup();
        let (2.., Some((first, _))) = (kinds.len(), seen.first()) else { return Ok(()) };
        let list = seen.iter().map(|(_, t)| format!("“{t}”")).collect::<Vec<_>>().join("、");
        let list_en = seen.iter().map(|(_, t)| format!("\"{t}\"")).collect::<Vec<_>>().join(", ");
        let length = cx.report.lines[*first].text.value.len();
        let finding = out
            .start(
                cx,
                say!(
                    "沿用了旧条例时期的章节：{list}",
                    "headings of the structure in use before 2019: {list_en}"
                ),
            )
            .help(say!(
                "按统一格式的六个部分编排，这些章节的内容并入相应部分",
                "arrange the report in the six sections of the form and move the content there"
            ))
            .quote(cx.report, *first, 0..length)
            .key("structure");
        out.push(finding);
        Ok(())
    }
}
