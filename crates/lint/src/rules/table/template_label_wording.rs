use crate::prelude::*;
use crate::support::{about_label, relabel};

declare_rule! {
    /// 表格标签与统一格式差一两个字。
    ///
    /// ## 为什么
    /// 标签是法定用语，差一个字意思就变了：国家秘密分绝密、机密、秘密三级，“国家机密”不是同一个概念。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// | 1.属于国家秘密 → 1.属于国家机密 |
    /// ```
    /// ```report,bad
    /// | 2.其他法律行政法规禁止公开 → 2.其他法律、行政法规禁止公开 |
    /// ```
    ///
    /// ## 正确示例
    /// 空格、全半角、括号里的填报说明都不算差别：
    /// ```report,good
    /// | 规章 → 规章（设区的市填报） |
    /// ```
    ///
    /// ## 怎么改
    /// 改成统一格式的原文。可以自动修改，只改标签，不动数字。
    ///
    /// ## 例外
    /// 换了字的是错误；只掉了字或多写了同样的字，意思没有变，是警告；只差标点的是提示。
    ///
    /// ## English
    /// A label of a table differs from the official words by a character or two.
    TemplateLabelWording {
        code: "T008",
        name: "template-label-wording",
        title: "表格标签有错字",
        title_en: "A table label is misspelt",
        severity: Error,
        class: Inaccurate,
        shape: true,
        sources: [("gbgkbh-2021-30", "form"), ("gbgkbh-2019-60", "form")],
        fixable: true,
        since: "0.1.0",
    }
}

/// How bad a label is that differs: other words may mean something else, a character lost or doubled does not, and marks
/// between the words even less.
fn severity(seen: &str, official: &str) -> Severity {
    let words = |s: &str| -> String { s.chars().filter(|c| c.is_alphanumeric()).collect() };
    let (seen, official) =
        (words(&nianbao_text::label::normal(seen)), words(&nianbao_text::label::normal(official)));
    let within = |short: &str, long: &str| {
        let mut rest = long.chars();
        short.chars().all(|c| rest.any(|r| r == c))
    };
    let added = |c: char| official.contains(c);
    if seen == official {
        Severity::Info
    } else if within(&seen, &official) || (within(&official, &seen) && seen.chars().all(added)) {
        Severity::Warning
    } else {
        Severity::Error
    }
}

impl Check for TemplateLabelWording {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        for label in cx.report.labels.iter().filter(|l| matches!(l.matched, LabelMatch::Near(_))) {
            let (seen, official) = (nianbao_text::label::normal(&label.text.value), &label.official);
            let table = cx.form().table(label.table);
            let (zh, en) =
                table.map_or((String::new(), String::new()), |t| (t.name.zh.clone(), t.name.en.clone()));
            let severity = severity(&seen, official);
            let finding = out
                .start(
                    cx,
                    say!(
                        "{zh}标签“{seen}”与规定的“{official}”不一致",
                        "the label \"{seen}\" of {en} differs from the official \"{official}\""
                    ),
                )
                .help(say!("改为“{official}”", "write \"{official}\""))
                .fix(relabel(label));
            // The law of severity lowers what the year 2019 only encouraged; a milder slip stays milder.
            let finding = match severity {
                Severity::Error => finding,
                milder => {
                    let encouraged = finding.severity != Severity::Error;
                    finding.severity(if encouraged { milder.lowered() } else { milder })
                }
            };
            out.push(about_label(cx, finding, label));
        }
        // A row whose label is lost although it holds numbers; a row blank altogether is cell-blank's.
        for label in cx.report.labels.iter().filter(|l| l.matched == LabelMatch::Missing) {
            let row =
                |c: &&nianbao_schema::form::Cell| c.table.id == label.table && c.row.leaf() == label.official;
            let filled = |c: &nianbao_schema::form::Cell| {
                cx.report.cell(c.id).is_some_and(|r| r.value != Value::Blank)
            };
            if !cx.form().official_cells().filter(row).any(filled) {
                continue;
            }
            let official = &label.official;
            let finding = out
                .start(cx, say!("“{official}”这一行没有标签", "the row \"{official}\" has no label"))
                .severity(Severity::Warning)
                .help(say!("补上标签“{official}”", "write the label \"{official}\""))
                .key(official.as_str())
                .place(crate::support::label_place(cx, label));
            out.push(finding);
        }
        Ok(())
    }
}
