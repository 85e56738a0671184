use nianbao_schema::organ::Organs;
use nianbao_schema::title::{organ_in, year_in};

use crate::prelude::*;

declare_rule! {
    /// 正文里写的报告名称与标题不是同一份报告。
    ///
    /// ## 为什么
    /// 开头“现发布《……》”写的机关或年份与标题不同，多是从别的报告改过来时漏改。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 机关：青禾县人民政府办公室
    /// 现发布《青禾县2023年政府信息公开工作年度报告》。
    /// ```
    ///
    /// ## 正确示例
    /// 简称、省略上级地名、引用往年的报告都可以：
    /// ```report,good
    /// 现发布《水务局2023年政府信息公开工作年度报告》。
    /// ```
    /// ```report,good
    /// 机关：青禾县石桥镇人民政府
    /// 现将《石桥镇2023年政府信息公开工作年度报告》公布如下，《石桥镇2022年政府信息公开工作年度报告》已于去年公布。
    /// ```
    /// ```report,good
    /// 按照格式要求，特编制《2023年政府信息公开工作年度报告》。
    /// ```
    ///
    /// ## 怎么改
    /// 把正文中的名称改成与标题一致。
    ///
    /// ## English
    /// The name under which the report announces itself names another organ or year than its title.
    TitleVsSelfCitation {
        code: "D008",
        name: "title-vs-self-citation",
        title: "正文所写的报告名称与标题不符",
        title_en: "The report announces itself under another name than its title",
        severity: Warning,
        class: Inaccurate,
        sources: [],
        since: "0.1.0",
    }
}

/// Words with which a report announces itself.
const ANNOUNCING: &[&str] = &[
    "现发布",
    "现公布",
    "现将",
    "现予公布",
    "现予发布",
    "特编制",
    "编制",
    "编制了",
    "形成",
    "制定",
    "公布",
    "发布",
];

impl Check for TitleVsSelfCitation {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let title = cx.report.title.as_ref().ok_or_else(super::title_year_missing::no_title)?;
        let (organ, year) = (organ_in(&title.text), year_in(&title.text).map(|(y, _)| y));
        for cited in &cx.citations().titles {
            let line = &cx.prose()[cited.at];
            let words = cited.title();
            let about = words.contains("信息公开") && (words.ends_with("报告") || words.ends_with("年报"));
            let before = line.before(cited.range.start);
            let announced = ANNOUNCING.iter().any(|w| before.ends_with(w));
            if line.line.section != 0 || !about || !announced {
                continue;
            }
            let own_year = year_in(words).map(|(y, _)| y);
            let other_year = own_year.zip(year).is_some_and(|(a, b)| a != b);
            let named = organ_in(words).filter(|n| n.chars().count() >= 3);
            let other_organ = named.zip(organ.as_ref()).is_some_and(|(a, b)| !is_same(&a, b));
            if !other_year && !other_organ {
                continue;
            }
            let (seen, shown) = (words, &title.text);
            let finding = out
                .start(
                    cx,
                    say!(
                        "正文称《{seen}》，标题却是“{shown}”",
                        "the text calls the report 《{seen}》, the title \"{shown}\""
                    ),
                )
                .help(say!("把正文中的名称改成与标题一致", "write the same name in text and title"))
                .quote(cx.report, line.index, cited.range.clone());
            out.push(finding);
        }
        Ok(())
    }
}

/// Whether two names mean the same organ: equal, without the places before it, or with accepted short forms.
fn is_same(cited: &str, organ: &str) -> bool {
    let ends = |a: &str, b: &str| a.ends_with(b) || b.ends_with(a);
    ends(cited, organ)
        || Organs::get().short_forms.iter().any(|f| {
            let short = organ.replace(f.long.as_str(), &f.short);
            short != *organ && ends(cited, &short)
        })
}
