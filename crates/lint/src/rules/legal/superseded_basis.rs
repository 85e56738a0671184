use crate::prelude::*;

declare_rule! {
    /// 以已经被取代的格式通知为编制依据。
    ///
    /// ## 为什么
    /// 2021年度起，年度报告按国办公开办函〔2021〕30号印发的格式编制；国办公开办函〔2019〕60号的试行格式只用到2020年度。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 年份：2022
    /// 本报告按照《国务院办公厅政府信息与政务公开办公室关于政府信息公开工作年度报告有关事项的通知》（国办公开办函〔2019〕60号）编制。
    /// ```
    ///
    /// ## 正确示例
    /// 回顾格式的变化，或者同时写明现行格式，都不是以旧通知为依据：
    /// ```report,good
    /// 年份：2022
    /// 国办公开办函〔2019〕60号的试行格式已不再使用。本报告根据国办公开办函〔2021〕30号编制，与按照国办公开办函〔2019〕60号编制的往年报告不完全可比。
    /// ```
    /// 2020年度及以前的报告引用这个通知是对的：
    /// ```report,good
    /// 年份：2020
    /// 本报告按照《关于政府信息公开工作年度报告有关事项的通知》编制。
    /// 六、其他需要报告的事项
    /// 无。
    /// ```
    /// 上级自己发的、标题相近的通知不是这个通知：
    /// ```report,good
    /// 年份：2023
    /// 本报告按照县政府办公室《关于政府信息公开工作年度报告有关事项的通知》（青政办〔2024〕2号）和《关于做好2023年政府信息公开工作年度报告有关事项的通知》编制。
    /// ```
    ///
    /// ## 怎么改
    /// 改引《中华人民共和国政府信息公开工作年度报告格式》（国办公开办函〔2021〕30号），并核对表格是否也是新格式。
    ///
    /// ## 例外
    /// 句子里同时引用现行通知，或者说明“原”“取代”“修订”等沿革的，不报告。
    ///
    /// ## English
    /// The notice of 2019, superseded in 2021, is named as the basis of the report.
    SupersededBasis {
        code: "L004",
        name: "superseded-basis",
        title: "编制依据已被取代",
        title_en: "A superseded notice is named as the basis",
        severity: Warning,
        class: Inaccurate,
        years: (2021, u16::MAX),
        sources: [("gbgkbh-2021-30", "form")],
        since: "0.1.0",
    }
}

/// Words that say that a document is the basis.
const BASIS: &[&str] = &[
    "按照", "按", "根据", "依据", "依照", "遵照", "遵循", "落实", "贯彻", "执行", "参照", "对照", "要求",
    "规定",
];

/// Words of a sentence on how the forms followed one another.
const HISTORY: &[&str] = &[
    "原", "曾", "取代", "代替", "替代", "废止", "修订", "不再", "此前", "以往", "往年", "旧", "变化", "相比",
];

impl Check for SupersededBasis {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let year = cx.year()?;
        if cx.report.year_in_doubt() {
            return Err(NotAssessable(say!("报告年份前后不一", "the report year is not consistent")));
        }
        let citations = cx.citations();
        let prose = cx.prose();
        let mut told = Vec::new();
        let old = |s: &nianbao_schema::source::Source| {
            s.superseded_by.is_some() && s.last_year.is_some_and(|y| y < year)
        };
        let numbers = citations.numbers.iter().filter_map(|n| n.document.map(|d| (n.at, n.range.clone(), d)));
        // A title with another number behind it is wrong in another way.
        let plain = citations.titles.iter().filter(|t| t.number.is_none());
        let titles = plain.filter_map(|t| t.document.map(|d| (t.at, t.range.clone(), d)));
        for (at, range, document) in numbers.chain(titles).filter(|(_, _, d)| old(d)) {
            let line = &prose[at];
            let sentence = line.sentence(range.start);
            let words = &line.text[sentence.clone()];
            let current = citations.numbers.iter().any(|n| {
                n.at == at
                    && sentence.contains(&n.range.start)
                    && n.document.is_some_and(|d| d.superseded_by.is_none())
            });
            let basis = BASIS.iter().any(|w| words.contains(w));
            let history = HISTORY.iter().any(|w| words.contains(w));
            if current || !basis || history || told.contains(&(at, sentence.start)) {
                continue;
            }
            told.push((at, sentence.start));
            let next = document.superseded_by.as_deref().and_then(nianbao_schema::source::Source::get);
            let (seen, now) = (
                document.short_name(),
                next.map_or_else(String::new, nianbao_schema::source::Source::short_name),
            );
            let last = document.last_year.unwrap_or(year);
            let finding = out
                .start(
                    cx,
                    say!(
                        "编制依据已被取代：{seen}只用到{last}年度，{year}年度应依据{now}",
                        "{seen} was in force up to report year {last}; the basis for {year} is {now}"
                    ),
                )
                .help(say!(
                    "改引《中华人民共和国政府信息公开工作年度报告格式》（{now}），并核对表格是否为新格式",
                    "cite {now} and check that the tables follow the new form"
                ))
                .quote(cx.report, line.index, range);
            out.push(finding);
        }
        Ok(())
    }
}
