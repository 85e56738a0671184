//! A table for spreadsheets: one row a finding, UTF-8 with BOM so that a double click opens it right.

use nianbao_lint::Origin;
use nianbao_schema::Language;

use crate::format::Writer;
use crate::{Checked, Options, Summary, words};

/// The format.
#[derive(Debug)]
pub(crate) struct Csv {
    options: Options,
    started: bool,
}

const HEAD: [(&str, &str); 18] = [
    ("文件", "file"),
    ("机关", "organ"),
    ("年度", "year"),
    ("级别", "severity"),
    ("编号", "code"),
    ("规则", "rule"),
    ("问题", "message"),
    ("类别", "class"),
    ("责任", "origin"),
    ("位置", "place"),
    ("单元格", "cells"),
    ("现为", "seen"),
    ("疑应为", "proposed"),
    ("怎么改", "what to do"),
    ("依据", "source"),
    ("行号", "line"),
    ("指纹", "fingerprint"),
    ("处理", "closed"),
];

impl Csv {
    pub(crate) fn new(options: Options) -> Self {
        Self { options, started: false }
    }

    fn head(&mut self) -> String {
        if std::mem::replace(&mut self.started, true) {
            return String::new();
        }
        let zh = self.options.language == Language::Zh;
        format!("\u{feff}{}", row(HEAD.iter().map(|(name, en)| if zh { *name } else { *en })))
    }
}

impl Writer for Csv {
    fn file(&mut self, checked: &Checked) -> String {
        let language = self.options.language;
        let zh = language == Language::Zh;
        let mut out = self.head();
        match &checked.outcome {
            Ok((report, lint)) => {
                let organ = report.organ.as_ref().map_or("", |o| o.name.as_str());
                let year = report.year.map(|y| y.to_string()).unwrap_or_default();
                let open = lint.findings.iter().map(|f| (f, String::new()));
                let closed = lint.closed.iter().map(|c| (&c.finding, words::closed(c, language)));
                for (finding, closed) in open.chain(closed) {
                    let first = finding.suspects.first();
                    let cells: Vec<String> = finding
                        .cells
                        .iter()
                        .filter_map(|c| report.form().cell(*c).map(|c| c.name(language)))
                        .collect();
                    let source = finding.source.and_then(|c| words::cite(c, language)).unwrap_or_default();
                    let line = finding.place.location.map(|l| l.line).filter(|l| *l > 0);
                    let origin = match (finding.origin, zh) {
                        (Origin::Author, true) => "内容",
                        (Origin::Extraction, true) => "文件转换",
                        (origin, false) => origin.id(),
                    };
                    let class = finding.rule.class;
                    out.push_str(&row([
                        checked.path.as_str(),
                        organ,
                        &year,
                        finding.severity.name(language),
                        finding.rule.code,
                        if zh { finding.rule.title } else { finding.rule.title_en },
                        finding.message.get(language),
                        if zh { class.name() } else { class.id() },
                        origin,
                        &words::place(report, &finding.place, language),
                        &cells.join(if zh { "；" } else { "; " }),
                        first.map_or("", |s| &s.seen),
                        first.and_then(|s| s.proposed.as_deref()).unwrap_or_default(),
                        finding.help.as_ref().map_or("", |h| h.get(language)),
                        &source,
                        &line.map(|l| l.to_string()).unwrap_or_default(),
                        &finding.fingerprint(),
                        &closed,
                    ]));
                }
            }
            Err(failure) => {
                let mut fields = [""; HEAD.len()];
                fields[0] = &checked.path;
                fields[3] = if zh { "无法读取" } else { "unreadable" };
                fields[4] = &failure.kind;
                fields[6] = failure.message.get(language);
                out.push_str(&row(fields));
            }
        }
        out
    }

    fn end(&mut self, _: &Summary) -> String {
        self.head()
    }
}

/// A row by RFC 4180.
pub(crate) fn row<'a>(fields: impl IntoIterator<Item = &'a str>) -> String {
    let fields: Vec<String> = fields.into_iter().map(field).collect();
    fields.join(",") + "\r\n"
}

/// A field of RFC 4180. Words that a spreadsheet would run as a formula get an apostrophe in front, as spreadsheets
/// themselves write such words; numbers with a sign stay as they are.
fn field(words: &str) -> String {
    let number = words.parse::<f64>().is_ok();
    let formula = words.starts_with(['=', '+', '-', '@', '\t', '\r']) && !number && words.len() > 1;
    let words = if formula { format!("'{words}") } else { words.to_owned() };
    if words.contains([',', '"', '\n', '\r']) { format!("\"{}\"", words.replace('"', "\"\"")) } else { words }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_survive_commas_quotes_and_lines_and_run_nothing() {
        for (words, written) in [
            ("12", "12"),
            ("+2", "+2"),
            ("-", "-"),
            ("-1", "-1"),
            ("1,234", "\"1,234\""),
            ("甲“乙”", "甲“乙”"),
            ("a\"b", "\"a\"\"b\""),
            ("三\n四", "\"三\n四\""),
            ("=1+1", "'=1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("-cmd|'/c'", "'-cmd|'/c'"),
        ] {
            assert_eq!(field(words), written);
        }
    }
}
