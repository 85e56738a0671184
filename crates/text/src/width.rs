//! How many terminal columns a text takes.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Columns that a line takes on a terminal: 2 for a Han character, 1 for a Latin one.
///
/// Ambiguous characters (`“ ” — …`) count 1, as most terminals and every diagnostic renderer have it.
pub fn width(line: &str) -> usize {
    line.width()
}

/// A line padded with spaces on the right to `columns`; longer lines stay as they are.
pub fn pad_end(line: &str, columns: usize) -> String {
    let missing = columns.saturating_sub(width(line));
    format!("{line}{}", " ".repeat(missing))
}

/// A line padded with spaces on the left to `columns`; longer lines stay as they are.
pub fn pad_start(line: &str, columns: usize) -> String {
    let missing = columns.saturating_sub(width(line));
    format!("{}{line}", " ".repeat(missing))
}

/// Breaks a line into lines of at most `columns`, never before closing punctuation and never inside a Latin word or
/// number that would fit on a line of its own.
pub fn wrap(line: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(4);
    let mut lines = Vec::new();
    let mut current = String::new();
    let mut used = 0;
    for token in tokens(line) {
        let wide = width(token);
        let hangs = token.chars().next().is_some_and(never_starts_a_line);
        if used + wide > columns && !current.is_empty() && !hangs {
            lines.push(std::mem::take(&mut current).trim_end().to_owned());
            used = 0;
            if token.trim().is_empty() {
                continue;
            }
        }
        if wide > columns {
            for c in token.chars() {
                let w = c.width().unwrap_or(0);
                if used + w > columns {
                    lines.push(std::mem::take(&mut current));
                    used = 0;
                }
                current.push(c);
                used += w;
            }
        } else {
            current.push_str(token);
            used += wide;
        }
    }
    if !current.is_empty() || lines.is_empty() {
        lines.push(current.trim_end().to_owned());
    }
    lines
}

fn never_starts_a_line(c: char) -> bool {
    "，。、；：？！）》】〕”’％%,.;:?!)]".contains(c)
}

/// Runs of Latin letters and digits stay whole, every other character stands alone.
fn tokens(line: &str) -> impl Iterator<Item = &str> {
    let mut rest = line;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let sticks = |c: char| c.is_ascii_graphic() && !never_starts_a_line(c);
        let end =
            if sticks(first) { rest.find(|c| !sticks(c)).unwrap_or(rest.len()) } else { first.len_utf8() };
        let (token, tail) = rest.split_at(end);
        rest = tail;
        Some(token)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn han_characters_take_two_columns() {
        assert_eq!(width("总计 12"), 7);
        assert_eq!(pad_end("表三", 6), "表三  ");
        assert_eq!(pad_start("3", 4), "   3");
    }

    #[test]
    fn lines_break_at_the_width_and_keep_numbers_and_closing_marks() {
        let lines = wrap("本年新收 1234 件，办结 12 件。", 12);
        assert_eq!(lines, ["本年新收", "1234 件，办", "结 12 件。"]);
        assert!(wrap("一二三四五，", 10).len() == 1, "a comma may hang over the edge");
        assert_eq!(wrap("", 10), [""]);
        assert_eq!(wrap("abcdefghijkl", 5), ["abcde", "fghij", "kl"]);
    }
}
