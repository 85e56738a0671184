//! Title, organ, year and period.

use std::ops::Range;
use std::sync::LazyLock;

use nianbao_schema::document::{Location, Text};
use nianbao_schema::organ::kind_of;
use nianbao_schema::report::{Period, Role, Title, YearEvidence, YearSource};
pub(crate) use nianbao_schema::title::{organ_in, year_in};
use nianbao_text::{is_invisible, label};
use regex::Regex;

use crate::outline::Outline;

/// A pattern of this crate.
pub(crate) fn pattern(text: &str) -> Regex {
    match Regex::new(text) {
        Ok(pattern) => pattern,
        Err(error) => panic!("pattern {text}: {error}"),
    }
}

/// No title is longer than this.
const LONGEST: usize = 70;

/// Titles are broken over at most this many lines.
const MOST_LINES: usize = 4;

/// Finds the title among the lines before the first section. Returns the range of item numbers that it takes.
///
/// Lines are joined, because clerks break titles for layout; of all candidates the one that names organ and year wins,
/// then the one nearest to the text.
pub(crate) fn find(lines: &[(usize, &Text, bool)]) -> Option<(Range<usize>, Title)> {
    let mut best: Option<(i32, usize, usize)> = None;
    for start in 0..lines.len() {
        for count in 1..=MOST_LINES.min(lines.len() - start) {
            let joined = join(&lines[start..start + count]);
            if joined.chars().count() > LONGEST {
                break;
            }
            if !looks_like_title(&joined) {
                continue;
            }
            let mut score = 0;
            score += if year_in(&joined).is_some() { 4 } else { 0 };
            score += if organ_in(&joined).is_some_and(|o| kind_of(&o).is_some()) { 4 } else { 0 };
            score += i32::from(lines[start].2);
            score -= count as i32 - 1;
            // Lists of other reports come before the title, never between it and the text: of equals the last one counts.
            if best.is_none_or(|(s, _, _)| score >= s) {
                best = Some((score, start, count));
            }
        }
    }
    let (_, start, count) = best?;
    let text = join(&lines[start..start + count]);
    let year = year_in(&text).map(|(_, range)| range);
    let range = lines[start].0..lines[start + count - 1].0 + 1;
    Some((range, Title { text, location: lines[start].1.location, year }))
}

/// The title as the file's own metadata has it (`<title>`), where the body shows none. Sites put their name behind it.
pub(crate) fn from_metadata(title: &str) -> Option<Title> {
    let text: String = title
        .split(['_', '|', '－', '—'])
        .map(|part| part.split_whitespace().collect::<String>())
        .find(|part| looks_like_title(part))?;
    let year = year_in(&text).map(|(_, range)| range);
    Some(Title { text, location: Location::default(), year })
}

fn join(lines: &[(usize, &Text, bool)]) -> String {
    lines.iter().flat_map(|(_, t, _)| t.value.chars()).filter(|c| !is_invisible(*c)).collect()
}

/// Whether a line could be a title of a report of this kind.
pub(crate) fn looks_like_title(line: &str) -> bool {
    let text: String = line.chars().filter(|c| !is_invisible(*c)).take(LONGEST + 1).collect();
    let end = without_remark(&text).trim_end_matches(['》', '”']);
    let ends = end.ends_with("报告") || end.ends_with("年报");
    let about = text.contains("信息公开");
    let plain = !end.contains(['。', '；', '，', '：', ':', '>', '｜', '|']);
    ends && about && plain && text.chars().count() <= LONGEST
}

/// A title without a remark in brackets behind it: `（公示稿）`, `【字体：大 中 小】`.
fn without_remark(title: &str) -> &str {
    for (open, close) in [('（', '）'), ('(', ')'), ('【', '】')] {
        if let Some(inside) = title.strip_suffix(close)
            && let Some(at) = inside.rfind(open)
        {
            return &title[..at];
        }
    }
    title
}

/// Whether two titles say the same but for spaces and width.
pub(crate) fn same(title: &str, line: &str) -> bool {
    label::normal(title) == label::normal(line)
}

/// The years that a report states as its own.
pub(crate) struct Years {
    pub best: Option<u16>,
    pub evidence: Vec<YearEvidence>,
    pub period: Option<Period>,
}

/// Collects the year of the title, of the period, and the one that paragraphs begin with; the first of these that is
/// there counts, then a hint of the user.
pub(crate) fn years(outline: &Outline, hint: Option<u16>) -> Years {
    let mut evidence = Vec::new();
    if let Some((year, _)) = outline.title.as_ref().and_then(|t| year_in(&t.text)) {
        evidence.push(YearEvidence { year, source: YearSource::Title, at: None, times: 1 });
    }
    let period = period(outline);
    if let Some(period) = &period {
        let at = Some((period.at.0, period.at.1.clone()));
        evidence.push(YearEvidence { year: period.from.0, source: YearSource::Period, at, times: 1 });
    }
    evidence.extend(prose_year(outline, evidence.first().map(|e| e.year)));
    let best = evidence.first().map(|e| e.year).or(hint);
    Years { best, evidence, period }
}

static PERIOD: LazyLock<Regex> = LazyLock::new(|| {
    let day = |year: &str| format!(r"{year} ?([0-9]{{1,2}}) ?月 ?([0-9]{{1,2}}) ?日");
    let (from, to) = (day("(20[0-9]{2}) ?年"), day("(?:(20[0-9]{2}) ?年)?"));
    pattern(&format!("{from}(?:零时)?(?:起|始|开始)?，? ?(?:至|到|—+|-+|－|~|～) ?{to}"))
});

fn period(outline: &Outline) -> Option<Period> {
    for (index, line) in outline.lines.iter().enumerate() {
        let near = matches!(line.role, Role::Preamble | Role::Body) && line.section <= 1;
        let said = ["统计", "期限", "本报告", "报告中", "本年度报告", "所列数据"]
            .iter()
            .any(|w| line.text.value.contains(w));
        if !near || !said {
            continue;
        }
        if let Some(found) = PERIOD.captures(&line.text.value) {
            let number = |i: usize| found.get(i).and_then(|m| m.as_str().parse::<u16>().ok());
            let from_year = number(1)?;
            let from = (from_year, number(2)? as u8, number(3)? as u8);
            let to = (number(4).unwrap_or(from_year), number(5)? as u8, number(6)? as u8);
            return Some(Period { from, to, at: (index, found.get(0)?.range()) });
        }
    }
    None
}

static OPENING: LazyLock<Regex> = LazyLock::new(|| pattern("^(20[0-9]{2})年度?[，,、]"));

/// The year that paragraphs of preamble and section one open with, if at least two do and more than with any other.
///
/// Section five does not count: it looks back to the problems of last year and forward to the plans for the next.
fn prose_year(outline: &Outline, stated: Option<u16>) -> Option<YearEvidence> {
    let mut counts: Vec<(u16, usize, (usize, Range<usize>))> = Vec::new();
    for (index, line) in outline.lines.iter().enumerate() {
        if !matches!(line.role, Role::Preamble | Role::Body) || !matches!(line.section, 0 | 1) {
            continue;
        }
        let Some(found) = OPENING.captures(&line.text.value).and_then(|c| c.get(1)) else { continue };
        let Ok(year) = found.as_str().parse::<u16>() else { continue };
        // A paragraph on the year after is a plan.
        if stated.is_some_and(|s| year == s + 1) {
            continue;
        }
        match counts.iter_mut().find(|(y, _, _)| *y == year) {
            Some((_, n, _)) => *n += 1,
            None => counts.push((year, 1, (index, found.range()))),
        }
    }
    let most = counts.iter().map(|(_, n, _)| *n).max()?;
    let mut leaders = counts.into_iter().filter(|(_, n, _)| *n == most && most >= 2);
    let (year, times, at) = leaders.next()?;
    leaders.next().is_none().then_some(YearEvidence { year, source: YearSource::Prose, at: Some(at), times })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn organ_and_year_of_titles_as_they_are_written() {
        for (title, organ, year) in [
            ("青禾县水务局2022年政府信息公开工作年度报告", "青禾县水务局", Some(2022)),
            ("2022年青禾县水务局政府信息公开工作年度报告", "青禾县水务局", Some(2022)),
            ("青禾县水务局2022年度政府信息公开年报", "青禾县水务局", Some(2022)),
            ("关于青禾县水务局2022年政府信息公开工作年度报告", "青禾县水务局", Some(2022)),
            ("青禾县水务局政府信息公开工作2024年度报告", "青禾县水务局", Some(2024)),
            ("青禾县人民政府信息公开工作年度报告", "青禾县人民政府", None),
            ("青禾县水务局 2022 年政府信息公开工作年度报告", "青禾县水务局", Some(2022)),
            ("青禾县水务局二〇二二年政府信息公开工作年度报告", "青禾县水务局", Some(2022)),
            ("青禾县水务局二○二二年度政府信息公开年报", "青禾县水务局", Some(2022)),
            ("（青禾县水务局）2022年政府信息公开工作年度报告", "青禾县水务局", Some(2022)),
            ("2022年政府信息公开工作年度报告（青禾县水务局）", "青禾县水务局", Some(2022)),
        ] {
            assert!(looks_like_title(title), "{title}");
            assert_eq!(organ_in(title).as_deref(), Some(organ), "{title}");
            let joined: String = title.chars().filter(|c| !is_invisible(*c)).collect();
            assert_eq!(year_in(&joined).map(|y| y.0), year, "{title}");
        }
        assert_eq!(organ_in("2022年政府信息公开工作年度报告"), None);
    }

    #[test]
    fn remarks_behind_a_title_do_not_hide_it() {
        for title in [
            "青禾县水务局2022年政府信息公开工作年度报告（公示稿）",
            "青禾县水务局2022年政府信息公开工作年度报告【字体：大 中 小】",
        ] {
            assert!(looks_like_title(title), "{title}");
            assert_eq!(organ_in(title).as_deref(), Some("青禾县水务局"));
        }
    }

    #[test]
    fn sentences_and_menus_are_no_titles() {
        for line in ["首页 > 政府信息公开年报", "根据要求，编制政府信息公开工作年度报告", "政府信息公开指南"]
        {
            assert!(!looks_like_title(line), "{line}");
        }
    }
}
