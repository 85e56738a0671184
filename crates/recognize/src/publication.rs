//! The day of publication, from the user or from the page.

use std::sync::LazyLock;

use nianbao_schema::document::{Block, Document};
use nianbao_schema::report::{Day, Publication, PublicationBasis, Role};
use nianbao_text::fold_width;
use regex::Regex;

use crate::outline::Outline;
use crate::title::pattern;

/// The day that the user gave; else what stands above the text of the report (`发布日期：2024-01-20`); else what the
/// head of the page says.
pub(crate) fn find(document: &Document, outline: &Outline, given: Option<Day>) -> Option<Publication> {
    if let Some(day) = given {
        return Some(Publication { day, basis: PublicationBasis::Given });
    }
    let page = |(day, words): (Day, String), location| Publication {
        day,
        basis: PublicationBasis::Page { words, location },
    };
    let lines = outline.lines.iter().take_while(|l| l.section == 0);
    for line in lines.filter(|l| matches!(l.role, Role::Chrome | Role::Preamble | Role::Title)) {
        if let Some(found) = stated(&line.text.value) {
            return Some(page(found, Some(line.text.location)));
        }
    }
    // Sites print such facts in a small table above the text.
    for block in &document.blocks {
        let Block::Table(table) = block else { continue };
        for row in table.rows.iter().take(FACT_ROWS) {
            let cells: Vec<&str> = row.cells.iter().map(|c| c.text.value.as_str()).collect();
            if let Some(found) = stated(&cells.join(" ")) {
                return Some(page(found, row.cells.first().map(|c| c.text.location)));
            }
        }
        break;
    }
    let words = document.metadata.published.clone()?;
    let day = DAY.captures(&folded(&words)).and_then(|found| day_of(&found, 1))?;
    Some(page((day, words), None))
}

/// Tables of facts about a page have at most this many rows.
const FACT_ROWS: usize = 12;

const DAY_PATTERN: &str = r"(20[0-9]{2})[-年/.](1[0-2]|0?[1-9])[-月/.](3[01]|[12][0-9]|0?[1-9])";

static DAY: LazyLock<Regex> = LazyLock::new(|| pattern(DAY_PATTERN));

/// 成文日期 and 生成日期 are other days: a text is written before it is published.
static STATED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?:发布日期|发布时间|发文日期|公开日期|公开时间|发布于)[】\]]?[\s:：]*[【\[]?\s*{DAY_PATTERN}"
    ))
});

fn stated(text: &str) -> Option<(Day, String)> {
    // Most lines hold no date: looked at before anything is copied.
    if !(text.contains("日期") || text.contains("时间") || text.contains("发布于")) {
        return None;
    }
    let text = folded(text);
    let found = STATED.captures(&text)?;
    Some((day_of(&found, 1)?, found.get(0)?.as_str().trim().to_owned()))
}

fn folded(text: &str) -> String {
    text.chars().map(|c| if c == '：' { c } else { fold_width(c) }).collect()
}

fn day_of(found: &regex::Captures<'_>, first: usize) -> Option<Day> {
    let number = |i: usize| found.get(first + i).and_then(|m| m.as_str().parse::<u16>().ok());
    Some((number(0)?, number(1)? as u8, number(2)? as u8))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_as_pages_state_them() {
        for (line, day) in [
            ("发布日期：2024-01-20", (2024, 1, 20)),
            ("发布日期：2023-12-31", (2023, 12, 31)),
            ("来源：县水务局 发布时间: 2024年1月5日 浏览次数：12", (2024, 1, 5)),
            ("【发文日期】 2024/02/03", (2024, 2, 3)),
            ("发布日期：２０２４-０１-２０ 09:30", (2024, 1, 20)),
        ] {
            assert_eq!(stated(line).map(|(d, _)| d), Some(day), "{line}");
        }
        for line in ["成文日期：2024-01-20", "发布日期：", "发布时间：20240120", "2024-01-20"]
        {
            assert_eq!(stated(line), None, "{line}");
        }
    }
}
