//! Lines of text: characters that stand side by side.

use super::grid::Area;
use super::page::Glyph;

/// Characters of a line may stand so much higher or lower than each other, in parts of their height.
const SAME_LINE: f64 = 0.4;

/// Fonts as different as this are different sizes; a smaller one is a raised mark.
const SAME_SIZE: f64 = 0.85;

/// A gap as wide as this, in parts of the font size, is a blank even between Chinese characters.
const WIDE: f64 = 0.6;

/// The same between letters and digits, where no blank is written.
const NARROW: f64 = 0.25;

/// A line of text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) top: f64,
    pub(super) bottom: f64,
    /// Size of most of its characters.
    pub(super) size: f64,
    /// Width of its first word: what has to fit behind the line above if it is to stand there.
    pub(super) first_word: f64,
    /// Characters overlap, or differ in size beside digits.
    pub(super) is_doubtful: bool,
}

impl Line {
    pub(super) fn y(&self) -> f64 {
        f64::midpoint(self.top, self.bottom)
    }
}

/// Lines from top to bottom.
pub(super) fn lines(mut glyphs: Vec<Glyph>) -> Vec<Line> {
    glyphs.sort_by(|a, b| a.y().total_cmp(&b.y()));
    let mut lines = Vec::new();
    let mut start = 0;
    // Blanks are as high as anything and must not tie lines together.
    let mut reference: Option<Glyph> = None;
    for i in 0..glyphs.len() {
        let glyph = glyphs[i];
        let is_next = reference
            .is_some_and(|r| glyph.y() - r.y() > SAME_LINE * r.height().min(glyph.height()).max(1.0));
        if is_next {
            lines.extend(line(&mut glyphs[start..i]));
            (start, reference) = (i, None);
        }
        if glyph.c != ' ' {
            // The middle of the first one counts, so that a line cannot slide down the page.
            reference = reference.or(Some(glyph));
        }
    }
    lines.extend(line(&mut glyphs[start..]));
    lines
}

/// One line; none if there is nothing to see.
fn line(glyphs: &mut [Glyph]) -> Option<Line> {
    glyphs.sort_by(|a, b| a.left.total_cmp(&b.left));
    let seen: Vec<Glyph> = glyphs.iter().copied().filter(|g| !g.c.is_whitespace()).collect();
    let mut sizes: Vec<f64> = seen.iter().map(|g| g.size).collect();
    sizes.sort_by(f64::total_cmp);
    let size = *sizes.get(sizes.len() / 2)?;
    let has_digits = seen.iter().any(|g| g.c.is_ascii_digit());
    let mut is_doubtful =
        has_digits && sizes.first().zip(sizes.last()).is_some_and(|(a, b)| *a < SAME_SIZE * *b);
    let mut text = String::new();
    let mut blank = false;
    let mut last: Option<Glyph> = None;
    let mut first_word = None;
    for glyph in glyphs.iter() {
        if glyph.c.is_whitespace() {
            blank = true;
            continue;
        }
        if let Some(before) = last {
            let overlap = before.right.min(glyph.right) - glyph.left;
            let width = (before.right - before.left).min(glyph.right - glyph.left);
            if overlap > 0.5 * width && width > 0.0 {
                // Bold by drawing twice.
                if before.c == glyph.c {
                    continue;
                }
                is_doubtful = true;
            }
            let gap = glyph.left - before.right;
            if is_blank_between(before, *glyph, gap, blank, size) {
                text.push(' ');
            }
            if first_word.is_none() && !(is_word(before.c) && is_word(glyph.c) && !blank) {
                first_word = Some(before.right);
            }
        }
        text.push(glyph.c);
        (last, blank) = (Some(*glyph), false);
    }
    let left = seen.first()?.left;
    let right = seen.iter().map(|g| g.right).fold(left, f64::max);
    Some(Line {
        text,
        left,
        right,
        top: seen.iter().map(|g| g.top).fold(f64::MAX, f64::min),
        bottom: seen.iter().map(|g| g.bottom).fold(f64::MIN, f64::max),
        size,
        first_word: first_word.unwrap_or(right) - left,
        is_doubtful,
    })
}

/// Whether a person sees a blank. Programs set Chinese and other text apart by less than one.
fn is_blank_between(before: Glyph, after: Glyph, gap: f64, is_written: bool, size: f64) -> bool {
    if before.c.is_ascii() && after.c.is_ascii() {
        is_written || gap > NARROW * size
    } else {
        gap > WIDE * size
    }
}

/// Characters between which a line does not end.
fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | ',' | '%' | '-' | '/')
}

/// The text of a cell.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct CellText {
    pub(super) text: String,
    /// The last line reaches so far that nothing more fits on it.
    pub(super) is_full: bool,
    /// What stands here is not certain.
    pub(super) is_doubtful: bool,
}

/// Reads the characters in a cell. `padding` is what stays free between text and border.
pub(super) fn cell_text(glyphs: Vec<Glyph>, area: &Area, padding: f64) -> CellText {
    let turns: Vec<Option<i32>> = {
        let mut turns: Vec<_> = glyphs.iter().filter(|g| !g.c.is_whitespace()).map(|g| g.turn).collect();
        turns.sort_unstable();
        turns.dedup();
        turns
    };
    let (glyphs, area) = match turns[..] {
        [] => return CellText::default(),
        [Some(0)] => (glyphs, *area),
        [Some(turn @ (90 | 180 | 270))] => {
            (glyphs.into_iter().map(|g| turned(g, turn)).collect(), turned_area(area, turn))
        }
        _ => {
            let text = lines(glyphs).into_iter().map(|line| line.text).collect::<Vec<_>>().join("\n");
            return CellText { text, is_full: false, is_doubtful: true };
        }
    };
    let lines = lines(glyphs);
    let room = area.right - area.left - 2.0 * padding;
    let mut cell = CellText::default();
    let mut above: Option<&Line> = None;
    let is_numeric = lines.iter().all(|line| is_numeric(&line.text));
    for line in &lines {
        if let Some(above) = above {
            // A number is broken only where not even one digit more fits.
            let next = if is_numeric { digit_width(line) } else { line.first_word.max(line.size) };
            let is_wrapped = above.right - above.left + next > room;
            if !is_wrapped {
                cell.text.push('\n');
            } else if above.text.ends_with(|c: char| c.is_ascii_alphabetic())
                && line.text.starts_with(|c: char| c.is_ascii_alphabetic())
            {
                cell.text.push(' ');
            }
        }
        cell.text.push_str(&line.text);
        cell.is_doubtful |= line.is_doubtful;
        above = Some(line);
    }
    cell.is_full = above.is_some_and(|line| line.right - line.left + line.size > room);
    cell.is_doubtful |= cell.text.contains('\u{fffd}');
    cell
}

/// Whether a text holds nothing but digits and what stands between them.
pub(super) fn is_numeric(text: &str) -> bool {
    text.chars().all(|c| {
        c.is_ascii_digit()
            || c.is_whitespace()
            || matches!(c, '.' | ',' | '%' | '-' | '+' | '/' | '—' | '\u{fffd}')
            || ('０'..='９').contains(&c)
    })
}

fn digit_width(line: &Line) -> f64 {
    let count = line.text.chars().count().max(1);
    (line.right - line.left) / count as f64
}

/// A character on a sheet that is turned back, so that it stands upright.
fn turned(glyph: Glyph, turn: i32) -> Glyph {
    let Glyph { left, right, top, bottom, .. } = glyph;
    let (left, right, top, bottom) = match turn {
        90 => (-bottom, -top, left, right),
        180 => (-right, -left, -bottom, -top),
        _ => (top, bottom, -right, -left),
    };
    Glyph { left, right, top, bottom, turn: Some(0), ..glyph }
}

fn turned_area(area: &Area, turn: i32) -> Area {
    let Area { left, right, top, bottom } = *area;
    match turn {
        90 => Area { left: -bottom, right: -top, top: left, bottom: right },
        180 => Area { left: -right, right: -left, top: -bottom, bottom: -top },
        _ => Area { left: top, right: bottom, top: -right, bottom: -left },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Characters of a size of 10 from some place on; digits are half as wide.
    fn glyphs(text: &str, mut left: f64, top: f64) -> Vec<Glyph> {
        let mut all = Vec::new();
        for c in text.chars() {
            let right = left + if c.is_ascii() { 5.0 } else { 10.0 };
            all.push(Glyph { c, left, right, top, bottom: top + 10.0, size: 10.0, turn: Some(0) });
            left = right;
        }
        all
    }

    fn cell(lines: &[&str], width: f64) -> CellText {
        let glyphs = lines.iter().enumerate().flat_map(|(i, text)| glyphs(text, 5.0, 12.0 * i as f64));
        let area = Area { left: 0.0, right: width, top: 0.0, bottom: 100.0 };
        cell_text(glyphs.collect(), &area, 5.0)
    }

    #[test]
    fn lines_of_a_cell() {
        assert_eq!(cell(&["3458", "2"], 34.0).text, "34582");
        assert_eq!(cell(&["3458", "2"], 36.0).text, "3458\n2", "a digit more would fit");
        assert_eq!(cell(&["商业", "企业"], 34.0).text, "商业企业");
        assert_eq!(cell(&["商业", "企业"], 100.0).text, "商业\n企业");
        assert!(cell(&["商业"], 34.0).is_full && !cell(&["商业"], 41.0).is_full);
        assert_eq!(cell(&[], 34.0), CellText::default());
    }

    #[test]
    fn blanks_and_double_strokes() {
        let text = |glyphs| lines(glyphs).into_iter().map(|line| line.text).collect::<Vec<_>>();
        assert_eq!(text(glyphs("1 2", 0.0, 0.0)), ["1 2"]);
        assert_eq!(text(glyphs("2023 年度 报告", 0.0, 0.0)), ["2023年度报告"]);
        let mut apart = glyphs("一", 0.0, 0.0);
        apart.extend(glyphs("二", 17.0, 0.0));
        assert_eq!(text(apart), ["一 二"]);
        let mut twice = glyphs("11", 0.0, 0.0);
        twice.extend(glyphs("11", 0.4, 0.0));
        assert_eq!(text(twice), ["11"]);
        let mut over = glyphs("12", 0.0, 0.0);
        over.extend(glyphs("7", 0.4, 0.0));
        assert!(lines(over)[0].is_doubtful);
    }

    #[test]
    fn raised_marks_beside_digits_are_doubted() {
        let mut raised = glyphs("12", 0.0, 0.0);
        raised.push(Glyph {
            c: '1',
            left: 10.0,
            right: 13.0,
            top: 1.0,
            bottom: 7.0,
            size: 6.0,
            turn: Some(0),
        });
        assert!(lines(raised)[0].is_doubtful);
    }

    #[test]
    fn text_that_is_turned() {
        // Read from bottom to top: the first character stands lowest.
        let up = [('自', 40.0), ('然', 30.0), ('人', 20.0)].map(|(c, top)| Glyph {
            c,
            left: 0.0,
            right: 10.0,
            top,
            bottom: top + 10.0,
            size: 10.0,
            turn: Some(90),
        });
        let area = Area { left: 0.0, right: 20.0, top: 0.0, bottom: 60.0 };
        assert_eq!(cell_text(up.to_vec(), &area, 0.0).text, "自然人");
        let mut askew = up.to_vec();
        askew[0].turn = None;
        assert!(cell_text(askew, &area, 0.0).is_doubtful);
    }
}
