//! Which line is the heading of a section or of a part.

use nianbao_schema::form::{Form, Section};
use nianbao_schema::report::HeadingMatch;
use nianbao_text::{is_invisible, label};

/// A line that heads a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SectionHeading {
    pub number: u8,
    pub matched: HeadingMatch,
    /// Byte offset in the line at which text of the section begins on the same line; `None` if it holds only the heading.
    pub run_in: Option<usize>,
}

/// A line that heads one of the five parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PartHeading {
    pub number: u8,
    pub run_in: Option<usize>,
}

/// Headings are alike in all editions so far; the newest one has them.
fn form() -> &'static Form {
    let forms = Form::all();
    &forms[forms.len() - 1]
}

const NUMERALS: [&str; 6] = ["一", "二", "三", "四", "五", "六"];

/// No heading, however reworded, is longer than this.
const LONGEST: usize = 40;

/// The section that a line heads, if any.
///
/// Official words and the words of the law match with any number or none; other words only as a short numbered line
/// that holds the key words of a section.
pub(crate) fn section(line: &str) -> Option<SectionHeading> {
    // Normal forms cost; nothing longer than a heading with a little run-in text needs one in full.
    let head: String = line.chars().take(2 * LONGEST).collect();
    let normal = label::normal(&head);
    let (number, rest) = ordinal(&normal).unwrap_or_else(|| label::split_number(&normal));
    let words = rest.trim_end_matches([':', '.', ',']);
    for section in &form().sections {
        if spellings(section).any(|s| s == words) {
            return Some(SectionHeading {
                number: section.number,
                matched: by_number(section, number),
                run_in: None,
            });
        }
    }
    if number.is_empty() {
        return None;
    }
    for section in form().sections.iter().filter(|s| NUMERALS[usize::from(s.number) - 1] == number) {
        let spelling = spellings(section).filter(|s| words.starts_with(s.as_str())).max_by_key(String::len);
        if let Some(spelling) = spelling {
            let rest = &words[spelling.len()..];
            // `六、其他需要报告的事项：无`
            let sentence = rest.chars().count() > 15 || line.contains('。') || rest.starts_with(':');
            if sentence {
                let taken = normal.find(&spelling).unwrap_or(0) + spelling.len();
                let offset = original_offset(line, normal[..taken].chars().count());
                let matched = HeadingMatch::Official;
                return Some(SectionHeading { number: section.number, matched, run_in: Some(offset) });
            }
        }
    }
    let short = line.trim().chars().count() <= LONGEST && !line.contains(['。', '；']);
    let numbered = NUMERALS.contains(&number) && normal.trim_start_matches('第').starts_with(number);
    if !(short && numbered) {
        return None;
    }
    let holds = |section: &&Section| {
        section.keywords.iter().any(|set| set.iter().all(|word| words.contains(label::normal(word).as_str())))
    };
    let mut candidates: Vec<&Section> = form().sections.iter().filter(holds).collect();
    // `五、依申请公开存在的问题及改进` holds the words of two sections; the number decides.
    if candidates.len() > 1 {
        candidates.retain(|s| NUMERALS[usize::from(s.number) - 1] == number);
    }
    let [section] = candidates[..] else { return None };
    Some(SectionHeading { number: section.number, matched: HeadingMatch::Variant, run_in: None })
}

/// Whether a line is short and numbered as the fifth section, and is no sentence.
pub(crate) fn is_fifth(line: &str) -> bool {
    let short = line.trim().chars().count() <= LONGEST && !line.contains(['。', '；', '：']);
    if !short {
        return false;
    }
    let normal = label::normal(line);
    let (number, words) = ordinal(&normal).unwrap_or_else(|| label::split_number(&normal));
    number == NUMERALS[4] && !normal.starts_with('(') && words.chars().count() >= 4
}

/// `第一部分 总体情况`: another way of numbering sections.
fn ordinal(normal: &str) -> Option<(&str, &str)> {
    let (number, rest) = normal.strip_prefix('第')?.split_once("部分")?;
    NUMERALS.contains(&number).then(|| (number, rest.trim_start_matches(['、', '.', ':'])))
}

fn by_number(section: &Section, number: &str) -> HeadingMatch {
    if number == NUMERALS[usize::from(section.number) - 1] {
        HeadingMatch::Official
    } else if number.is_empty() {
        HeadingMatch::NumberLost
    } else {
        HeadingMatch::OtherNumber
    }
}

/// The official words and the aliases of a section, in normal form and without number.
fn spellings(section: &Section) -> impl Iterator<Item = String> + '_ {
    std::iter::once(label::parts(&section.heading).words)
        .chain(section.aliases.iter().map(|a| label::normal(a)))
}

/// The part of section one that a line heads, if any.
///
/// `（一）主动公开情况`, `1、主动公开`, `主动公开方面：…` and `（二）依申请公开。收到…` all do.
pub(crate) fn part(line: &str) -> Option<PartHeading> {
    let head: String = line.chars().take(2 * LONGEST).collect();
    let normal = label::normal(&head);
    let (number, rest) = label::split_number(&normal);
    let words = rest.trim_end_matches([':', '.', ',']);
    let mut best: Option<(usize, u8)> = None;
    for part in &form().parts {
        for spelling in std::iter::once(&part.heading).chain(&part.aliases) {
            let spelling = label::normal(spelling);
            if words == spelling {
                return Some(PartHeading { number: part.number, run_in: None });
            }
            let follows = words.strip_prefix(spelling.as_str());
            // Without a number only a stop shows that the words are a heading and not the subject of a sentence.
            let heads = follows.is_some_and(|f| !number.is_empty() || f.starts_with([':', '.']));
            if heads && best.is_none_or(|(length, _)| spelling.len() > length) {
                best = Some((spelling.len(), part.number));
            }
        }
    }
    let (length, found) = best?;
    let taken = normal.len() - rest.len() + length;
    let mut offset = original_offset(line, normal[..taken].chars().count());
    let tail = &line[offset..];
    offset +=
        tail.len() - tail.trim_start_matches(|c: char| is_invisible(c) || "：:。，,、".contains(c)).len();
    Some(PartHeading { number: found, run_in: Some(offset) })
}

/// The byte offset in a line behind its first `count` visible characters, which are those that the normal form keeps.
fn original_offset(line: &str, count: usize) -> usize {
    let mut visible = line.char_indices().filter(|(_, c)| !is_invisible(*c));
    match count.checked_sub(1).and_then(|n| visible.nth(n)) {
        Some((at, c)) => at + c.len_utf8(),
        None => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(line: &str) -> Option<(u8, HeadingMatch)> {
        section(line).map(|s| (s.number, s.matched))
    }

    #[test]
    fn official_headings_and_the_words_of_the_law() {
        for (line, number) in [
            ("一、总体情况", 1),
            ("二、主动公开政府信息情况 ", 2),
            ("三、收到和处理政府信息公开申请情况", 3),
            ("四、因政府信息公开工作被申请行政复议、提起行政诉讼情况", 4),
            ("五、政府信息公开工作存在的主要问题及改进情况", 5),
            ("六、 其他需要报告的事项：", 6),
            ("第一部分　总体情况", 1),
        ] {
            assert_eq!(found(line), Some((number, HeadingMatch::Official)), "{line}");
        }
    }

    #[test]
    fn lost_and_wrong_numbers_are_told_apart() {
        assert_eq!(found("主动公开政府信息情况"), Some((2, HeadingMatch::NumberLost)));
        assert_eq!(found("三、主动公开政府信息情况"), Some((2, HeadingMatch::OtherNumber)));
    }

    #[test]
    fn reworded_headings_are_variants() {
        for (line, number) in [
            ("五、存在问题及改进情况", 5),
            ("一、工作基本情况", 1),
            ("五、存在的问题及改进措施", 5),
            ("二、主动公开政府信息工作情况", 2),
        ] {
            assert_eq!(found(line), Some((number, HeadingMatch::Variant)), "{line}");
        }
    }

    #[test]
    fn rows_of_the_tables_and_sentences_are_no_headings() {
        for line in [
            "一、本年新收政府信息公开申请数量",
            "二、上年结转政府信息公开申请数量",
            "三、本年度办理结果",
            "四、结转下年度继续办理",
            "（一）主动公开情况",
            "一是主动公开政府信息不够及时。",
            "2022年，我局主动公开政府信息120条。",
            "一般公共预算情况",
        ] {
            assert_eq!(found(line), None, "{line}");
        }
    }

    #[test]
    fn a_heading_may_run_into_its_text() {
        let line = "一、总体情况 2025年，我局认真贯彻落实《中华人民共和国政府信息公开条例》。";
        let heading = section(line).unwrap();
        assert_eq!(heading.number, 1);
        assert!(line[heading.run_in.unwrap()..].trim_start().starts_with("2025年"));
    }

    #[test]
    fn a_short_text_may_follow_a_colon() {
        let line = "六、其他需要报告的事项：无";
        let heading = section(line).unwrap();
        assert_eq!(heading.matched, HeadingMatch::Official);
        assert_eq!(line[heading.run_in.unwrap()..].trim_start_matches('：'), "无");
    }

    #[test]
    fn a_line_that_can_only_be_the_fifth_heading() {
        for line in ["五、工作中的不足与打算", "五、今后努力方向", "第五部分 不足与打算"]
        {
            assert!(section(line).is_none() && is_fifth(line), "{line}");
        }
        for line in [
            "（五）监督保障",
            "五是加强培训力度",
            "五、加强培训，按月通报。",
            "四、今后努力方向",
            "5.今后努力方向",
            "五、无",
            "五、收费：无",
        ] {
            assert!(!is_fifth(line), "{line}");
        }
    }

    #[test]
    fn parts_with_and_without_number_and_run_in() {
        assert_eq!(part("（一）主动公开情况"), Some(PartHeading { number: 1, run_in: None }));
        assert_eq!(part("4.平台建设"), Some(PartHeading { number: 4, run_in: None }));
        let line = "（二）依申请公开。全年收到申请3件。";
        let heading = part(line).unwrap();
        assert_eq!((heading.number, &line[heading.run_in.unwrap()..]), (2, "全年收到申请3件。"));
        assert_eq!(part("主动公开政府信息120条。"), None);
        assert_eq!(part("监督保障：加强培训").map(|p| p.number), Some(5));
    }
}
