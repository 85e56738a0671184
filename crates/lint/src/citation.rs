//! The documents that the prose cites: titles in 《…》 and document numbers.

use std::ops::Range;
use std::sync::LazyLock;

use nianbao_schema::source::Source;
use nianbao_text::{fold_width, label};
use regex::Regex;

use crate::prose::Prose;
use crate::support::pattern;

/// A document number (发文字号): `国办公开办函〔2021〕30号`.
#[derive(Debug)]
pub(crate) struct Number<'a> {
    /// Index of the line in the prose.
    pub(crate) at: usize,
    /// The line.
    text: &'a str,
    /// The whole number.
    pub(crate) range: Range<usize>,
    /// The code of the issuer: from its 国办, 国发 or 国函 on, else all Han characters before the year.
    pub(crate) code: Range<usize>,
    /// The brackets around the year.
    pub(crate) brackets: [Range<usize>; 2],
    pub(crate) year: u16,
    pub(crate) serial: u32,
    /// The document that it is the number of, if it is one of the known ones.
    pub(crate) document: Option<&'static Source>,
}

impl<'a> Number<'a> {
    pub(crate) fn words(&self) -> &'a str {
        &self.text[self.range.clone()]
    }

    pub(crate) fn code_words(&self) -> &'a str {
        &self.text[self.code.clone()]
    }

    /// Whether year and serial are those of a document.
    pub(crate) fn is_like(&self, document: &Source) -> bool {
        document
            .number
            .as_deref()
            .and_then(parts_of)
            .is_some_and(|(_, y, s)| (y, s) == (self.year, self.serial))
    }

    /// Whether an office of the central government numbered it, so that no local document can have it.
    pub(crate) fn is_central(&self) -> bool {
        self.code_words().starts_with('国') || self.code_words().starts_with("中办")
    }
}

/// A title in 《…》 with the number behind it.
#[derive(Debug)]
pub(crate) struct Cited<'a> {
    /// Index of the line in the prose.
    pub(crate) at: usize,
    /// The line.
    text: &'a str,
    /// The title with its marks.
    pub(crate) range: Range<usize>,
    /// The document of that title, if it is one of the known ones and the words before it name no local issuer.
    pub(crate) document: Option<&'static Source>,
    /// Index of the number that stands right behind it.
    pub(crate) number: Option<usize>,
}

impl<'a> Cited<'a> {
    /// The title without its marks.
    pub(crate) fn title(&self) -> &'a str {
        let words = &self.text[self.range.clone()];
        words.trim_start_matches('《').trim_end_matches('》')
    }
}

/// What the prose cites.
#[derive(Debug)]
pub(crate) struct Citations<'a> {
    pub(crate) numbers: Vec<Number<'a>>,
    pub(crate) titles: Vec<Cited<'a>>,
}

impl<'a> Citations<'a> {
    pub(crate) fn of(prose: &[Prose<'a>]) -> Self {
        let mut all = Self { numbers: Vec::new(), titles: Vec::new() };
        for (at, line) in prose.iter().enumerate() {
            let first = all.numbers.len();
            // Most lines cite nothing.
            if line.text.contains('号') {
                all.numbers.extend(NUMBER.captures_iter(line.text).filter_map(|f| number(at, line.text, &f)));
            }
            let mut next = first;
            for range in line.titles() {
                while all.numbers.get(next).is_some_and(|n| n.range.start < range.end) {
                    next += 1;
                }
                let close = |n: &&Number<'_>| is_joint(&line.text[range.end..n.code.start]);
                let number = all.numbers.get(next).filter(close).map(|_| next);
                let title = &line.text[range.start + '《'.len_utf8()..range.end - '》'.len_utf8()];
                let document = if is_local(&line.text[..range.start]) { None } else { known(title) };
                all.titles.push(Cited { at, text: line.text, range, document, number });
            }
        }
        all
    }
}

static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "(?P<code>\\p{Han}{2,24})(?P<open>[〔\\[（(【﹝［〖])\\s*(?P<year>(?:19|20)[0-9]{2})\\s*(?P<close>[〕\\]）)】﹞］〗])\\s*第?\\s*(?P<serial>[0-9]{1,5})\\s*号",
    )
});

fn number<'a>(at: usize, text: &'a str, found: &regex::Captures<'_>) -> Option<Number<'a>> {
    let range = |name: &str| found.name(name).map(|m| m.range());
    let han = range("code")?;
    let words = &text[han.clone()];
    // 按照国办公开办函: verbs and connectives before the code are no part of it.
    let from = ["国办", "国发", "国函", "国令"].iter().filter_map(|c| words.rfind(c)).max().unwrap_or(0);
    let code = han.start + from..han.end;
    let year = text[range("year")?].parse().ok()?;
    let serial = text[range("serial")?].parse().ok()?;
    let document = Source::all()
        .iter()
        .find(|s| s.number.as_deref().and_then(parts_of) == Some((&text[code.clone()], year, serial)));
    let whole = code.start..found.get(0)?.end();
    Some(Number {
        at,
        text,
        range: whole,
        code,
        brackets: [range("open")?, range("close")?],
        year,
        serial,
        document,
    })
}

/// Code, year and serial of a number in its official form.
fn parts_of(number: &str) -> Option<(&str, u16, u32)> {
    let (code, rest) = number.split_once('〔')?;
    let (year, serial) = rest.split_once('〕')?;
    Some((code, year.parse().ok()?, serial.strip_suffix('号')?.parse().ok()?))
}

/// Whether a number behind these words belongs to the title before them.
fn is_joint(words: &str) -> bool {
    words.chars().count() <= 8
        && words.chars().all(|c| c.is_whitespace() || "的通知文件》〉”（([【，,".contains(c))
}

/// Whether the words before a title say that a local organ issued it: `县政府办《关于…》`.
fn is_local(before: &str) -> bool {
    let from = before.rfind(['，', '。', '；', '、', '》']).map_or(0, |i| i + '，'.len_utf8());
    let clause = &before[from..];
    let central = ["国务院", "国办", "全国"].iter().any(|w| clause.contains(w));
    let clause = clause.trim_end_matches("印发的").trim_end_matches("印发").trim_end_matches("转发的");
    let organ = ["厅", "局", "委", "办", "政府", "办公室", "中心"].iter().any(|w| clause.ends_with(w));
    (organ && !central) || clause.contains("转发")
}

/// The known document of a title.
fn known(title: &str) -> Option<&'static Source> {
    if title.contains("转发") {
        return None;
    }
    let title = canonical(title);
    KNOWN.iter().find(|(t, _)| *t == title).map(|(_, s)| *s)
}

static KNOWN: LazyLock<Vec<(String, &'static Source)>> = LazyLock::new(|| {
    let titles =
        |s: &'static Source| std::iter::once(&s.title).chain(&s.titles).map(move |t| (canonical(t), s));
    // The Regulation has one title and two decrees; its rules look at the decree.
    Source::all()
        .iter()
        .filter(|s| s.number.as_deref().is_some_and(|n| parts_of(n).is_some()))
        .flat_map(titles)
        .collect()
});

/// A title without what reports add and leave out: the issuer, 关于印发…的通知, 中华人民共和国, inner marks.
fn canonical(title: &str) -> String {
    let normal: String =
        label::normal(title).chars().filter(|c| !"《》〈〉<>\"".contains(*c)).map(fold_width).collect();
    let mut words = normal.as_str();
    for prefix in [
        "国务院办公厅政府信息与政务公开办公室",
        "国务院办公厅",
        "国办公开办",
        "国办",
        "关于",
        "印发",
        "中华人民共和国",
    ] {
        words = words.strip_prefix(prefix).unwrap_or(words);
    }
    words.strip_suffix("的通知").unwrap_or(words).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_of_known_documents_are_told_apart() {
        for (title, id) in [
            (
                "国务院办公厅政府信息与政务公开办公室关于印发〈中华人民共和国政府信息公开工作年度报告格式〉的通知",
                Some("gbgkbh-2021-30"),
            ),
            ("中华人民共和国政府信息公开工作年度报告格式", Some("gbgkbh-2021-30")),
            ("关于政府信息公开工作年度报告有关事项的通知", Some("gbgkbh-2019-60")),
            ("政府信息公开工作年度报告格式（试行）", Some("gbgkbh-2019-60")),
            ("政府信息公开信息处理费管理办法", Some("xinxichulifei")),
            ("关于做好2023年政府信息公开工作年度报告有关事项的通知", None),
            ("关于转发《中华人民共和国政府信息公开工作年度报告格式》的通知", None),
            ("中华人民共和国政府信息公开条例", None),
        ] {
            assert_eq!(known(title).map(|s| s.id.as_str()), id, "{title}");
        }
    }
}
