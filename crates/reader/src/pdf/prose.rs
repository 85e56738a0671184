//! Text outside of tables: what repeats on every page is left out, lines become paragraphs.

use std::collections::BTreeMap;

use super::lines::Line;
use super::tables::{Sheet, starts_item};

/// Headers and footers stand within so much of the height of a page from its ends.
const MARGIN: f64 = 0.12;

/// What stands on a page.
#[derive(Debug)]
pub(super) enum Item {
    Line(Line),
    Table(Sheet),
}

impl Item {
    fn top(&self) -> f64 {
        match self {
            Self::Line(line) => line.top,
            Self::Table(table) => table.top,
        }
    }

    fn bottom(&self) -> f64 {
        match self {
            Self::Line(line) => line.bottom,
            Self::Table(table) => table.bottom,
        }
    }
}

/// A page with what stands on it, from top to bottom.
#[derive(Debug)]
pub(super) struct Laid {
    pub(super) number: u32,
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) items: Vec<Item>,
}

impl Laid {
    pub(super) fn sort(&mut self) {
        self.items.sort_by(|a, b| a.top().total_cmp(&b.top()));
    }
}

/// Leaves out page numbers and lines that many pages have in their margin; tells how many were left out.
pub(super) fn drop_margins(pages: &mut [Laid]) -> usize {
    // A text, and its distance from the top.
    let mut repeated: BTreeMap<(String, i64), usize> = BTreeMap::new();
    for page in pages.iter() {
        let mut keys: Vec<_> = margin_lines(page).into_iter().map(|at| key(page, at)).collect();
        keys.sort();
        keys.dedup();
        for key in keys {
            *repeated.entry(key).or_default() += 1;
        }
    }
    let mut dropped = 0;
    for page in pages {
        let mut gone: Vec<usize> = margin_lines(page)
            .into_iter()
            .filter(|&at| {
                let Item::Line(line) = &page.items[at] else { return false };
                is_page_number(&line.text) || repeated.get(&key(page, at)).is_some_and(|count| *count > 1)
            })
            .collect();
        gone.sort_unstable_by(|a, b| b.cmp(a));
        dropped += gone.len();
        for at in gone {
            page.items.remove(at);
        }
    }
    dropped
}

/// The lines in the margins beyond which there is nothing but more of them.
fn margin_lines(page: &Laid) -> Vec<usize> {
    let is_line = |at: &usize| matches!(page.items[*at], Item::Line(_));
    let all = 0..page.items.len();
    let above = all.clone().take_while(is_line).filter(|at| page.items[*at].bottom() < page.height * MARGIN);
    let below =
        all.rev().take_while(is_line).filter(|at| page.items[*at].top() > page.height * (1.0 - MARGIN));
    let mut lines: Vec<usize> = above.chain(below).collect();
    lines.sort_unstable();
    lines.dedup();
    lines
}

fn key(page: &Laid, at: usize) -> (String, i64) {
    let Item::Line(line) = &page.items[at] else { return (String::new(), 0) };
    let text = line.text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c });
    let mut text: String = text.filter(|c| !c.is_whitespace()).collect();
    while text.contains("00") {
        text = text.replace("00", "0");
    }
    (text, line.y().round() as i64 / 2)
}

/// `3`, `- 3 -`, `— 3 —`, `第3页`, `第 3 页 共 9 页`, `3/9`, `续表`.
fn is_page_number(text: &str) -> bool {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if matches!(text.trim_matches(['（', '）', '(', ')', '：', ':']), "续表" | "接上页" | "续上表")
    {
        return true;
    }
    let lower = text.to_lowercase().replace("page", "").replace("of", "/");
    let is_mark = |c: char| "-–—－―·•第页共/,，~～|".contains(c);
    let digits = lower.chars().filter(char::is_ascii_digit).count();
    (1..=8).contains(&digits) && lower.chars().all(|c| c.is_ascii_digit() || is_mark(c))
}

/// A paragraph.
#[derive(Debug, PartialEq)]
pub(super) struct Paragraph {
    pub(super) page: u32,
    pub(super) text: String,
}

/// What follows each other in a document.
#[derive(Debug)]
pub(super) enum Part {
    Paragraph(Paragraph),
    /// A table, with the number of the page on which it starts.
    Table(Sheet),
}

/// Between which edges the text of a page runs, and the usual size of its letters.
#[derive(Debug, Clone, Copy, Default)]
struct Measure {
    width: f64,
    left: f64,
    right: f64,
    size: f64,
}

/// Joins lines to paragraphs, and tables that go on from page to page.
pub(super) fn join(pages: Vec<Laid>) -> Vec<Part> {
    let measures = measures(&pages);
    let mut parts: Vec<Part> = Vec::new();
    // The last line of the last paragraph.
    let mut last: Option<(Line, u32)> = None;
    for page in pages {
        let measure =
            measures.iter().find(|m| (m.width - page.width).abs() < 1.0).copied().unwrap_or_default();
        let mut is_first = true;
        for item in page.items {
            match item {
                Item::Table(table) => {
                    let open = if is_first { parts.last_mut() } else { None };
                    let table = match open {
                        Some(Part::Table(before)) => match before.join(table) {
                            super::tables::Joined::Yes => None,
                            super::tables::Joined::No(table) => Some(table),
                        },
                        _ => Some(table),
                    };
                    parts.extend(table.map(Part::Table));
                    last = None;
                }
                Item::Line(line) => {
                    let follows = last.as_ref().is_some_and(|(above, number)| {
                        follows(above, &line, measure, *number == page.number)
                    });
                    match parts.last_mut() {
                        Some(Part::Paragraph(paragraph)) if follows => {
                            let is_word = |c: char| c.is_ascii_alphabetic();
                            if paragraph.text.ends_with(is_word) && line.text.starts_with(is_word) {
                                paragraph.text.push(' ');
                            }
                            paragraph.text.push_str(&line.text);
                        }
                        _ => {
                            let text = line.text.clone();
                            parts.push(Part::Paragraph(Paragraph { page: page.number, text }));
                        }
                    }
                    last = Some((line, page.number));
                }
            }
            is_first = false;
        }
    }
    parts
}

/// One measure for each width of page.
fn measures(pages: &[Laid]) -> Vec<Measure> {
    let mut measures: Vec<(Measure, Vec<f64>)> = Vec::new();
    for page in pages {
        for item in &page.items {
            let Item::Line(line) = item else { continue };
            let at = measures.iter().position(|(m, _)| (m.width - page.width).abs() < 1.0);
            let at = at.unwrap_or_else(|| {
                let measure = Measure { width: page.width, left: f64::MAX, right: 0.0, size: 0.0 };
                measures.push((measure, Vec::new()));
                measures.len() - 1
            });
            let (measure, sizes) = &mut measures[at];
            measure.left = measure.left.min(line.left);
            measure.right = measure.right.max(line.right);
            sizes.push(line.size);
        }
    }
    let finished = measures.into_iter().map(|(mut measure, mut sizes)| {
        sizes.sort_by(f64::total_cmp);
        measure.size = sizes[sizes.len() / 2];
        measure
    });
    finished.collect()
}

/// Whether a line goes on with the paragraph of the line above.
fn follows(above: &Line, line: &Line, measure: Measure, is_same_page: bool) -> bool {
    let size = above.size;
    if (size - line.size).abs() > 0.06 * size + 0.2 || starts_item(&line.text) || is_heading(&above.text) {
        return false;
    }
    if is_same_page && line.top - above.bottom > 1.6 * size {
        return false;
    }
    // Nothing more fitted: neither the next word nor the mark behind it.
    let is_full = above.right + line.first_word.max(size) + size > measure.right
        // Where all lines are short none of them is full.
        && above.right - above.left > 0.4 * measure.width;
    let middle = f64::midpoint(measure.left, measure.right);
    let is_centred = |line: &Line| (f64::midpoint(line.left, line.right) - middle).abs() < size;
    if size > 1.2 * measure.size && is_centred(above) && is_centred(line) {
        return above.right - above.left + 2.5 * size > measure.right - measure.left;
    }
    if !is_full {
        return false;
    }
    let ends = above.text.ends_with(['。', '；', '！', '？', '：']);
    if line.left <= measure.left + 0.8 * size {
        // Without an indent only the full stop at the very end of a line may end a paragraph.
        return !ends || above.left > measure.left + 0.8 * size || above.right + 0.5 * size > measure.right;
    }
    (line.left - above.left).abs() <= 0.8 * size && !ends
}

/// A heading is an item without a full stop.
fn is_heading(text: &str) -> bool {
    starts_item(text) && text.chars().count() <= 30 && !text.contains(['。', '，', '；', '：'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, left: f64, top: f64) -> Line {
        let right = left + 10.0 * text.chars().count() as f64;
        Line {
            text: text.to_owned(),
            left,
            right,
            top,
            bottom: top + 10.0,
            size: 10.0,
            first_word: 10.0,
            is_doubtful: false,
        }
    }

    fn page(number: u32, lines: Vec<Line>) -> Laid {
        Laid { number, width: 200.0, height: 800.0, items: lines.into_iter().map(Item::Line).collect() }
    }

    fn texts(parts: &[Part]) -> Vec<&str> {
        parts
            .iter()
            .map(|part| match part {
                Part::Paragraph(paragraph) => paragraph.text.as_str(),
                Part::Table(_) => "table",
            })
            .collect()
    }

    #[test]
    fn paragraphs_go_on_over_lines_and_pages() {
        let pages = vec![
            page(
                1,
                vec![
                    line("一、总体情况", 20.0, 100.0),
                    line("甲甲甲甲甲甲甲甲甲甲甲甲甲甲", 40.0, 115.0),
                    line("乙乙乙乙乙乙乙乙乙乙乙乙乙乙乙乙", 20.0, 130.0),
                ],
            ),
            page(2, vec![line("丙丙。", 20.0, 100.0), line("丁丁丁。", 40.0, 115.0)]),
        ];
        let joined = join(pages);
        assert_eq!(
            texts(&joined),
            [
                "一、总体情况",
                "甲甲甲甲甲甲甲甲甲甲甲甲甲甲乙乙乙乙乙乙乙乙乙乙乙乙乙乙乙乙丙丙。",
                "丁丁丁。"
            ]
        );
    }

    #[test]
    fn page_numbers_and_running_headers_go() {
        let mut pages: Vec<Laid> = (1..=3)
            .map(|n| {
                page(
                    n,
                    vec![
                        line("青石县水务局年度报告", 20.0, 30.0),
                        line("312", 20.0, 300.0),
                        line(&format!("正文{n}"), 20.0, 720.0),
                        line(&format!("— {n} —"), 90.0, 760.0),
                    ],
                )
            })
            .collect();
        assert_eq!(drop_margins(&mut pages), 9, "正文 with a number is a footer like any other");
        let mut pages = vec![page(1, vec![line("一个标题", 20.0, 30.0), line("312", 20.0, 300.0)])];
        assert_eq!(drop_margins(&mut pages), 0);
        for text in ["3", "- 3 -", "—12—", "第3页", "第 3 页 共 9 页", "3/9", "Page 3 of 9", "（续表）"]
        {
            assert!(is_page_number(text), "{text}");
        }
        for text in ["三、收到", "2023年", "无", "—", "第二十条第（一）项"] {
            assert!(!is_page_number(text), "{text}");
        }
    }
}
