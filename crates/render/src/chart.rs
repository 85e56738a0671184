//! Small charts: lines of block characters for the terminal, inline SVG for pages. No library, nothing fetched.

use std::fmt::Write as _;

use nianbao_text::width::width;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::escape::markup;

const BLOCKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// Numbers as a row of blocks from 0 to the largest; `·` where there is no number.
pub(crate) fn spark(values: &[Option<Decimal>]) -> String {
    let largest = values.iter().flatten().copied().max().unwrap_or_default();
    let block = |n: &Decimal| {
        let share =
            if largest > Decimal::ZERO { (*n * Decimal::from(7) / largest).round() } else { Decimal::ZERO };
        BLOCKS[share.to_usize().unwrap_or(0).min(7)]
    };
    values.iter().map(|v| v.as_ref().map_or('·', block)).collect()
}

fn coordinate(n: Decimal) -> String {
    n.round_dp(1).normalize().to_string()
}

/// A line chart of one metric: a point with its number for every year that has one.
pub(crate) fn line(title: &str, years: &[String], values: &[Option<Decimal>]) -> String {
    let (width, height) = (Decimal::from(320), Decimal::from(150));
    let (left, right, top, bottom) = (28, 28, 34, 24);
    let largest = values.iter().flatten().copied().max().unwrap_or_default().max(Decimal::ONE);
    let across = width - Decimal::from(left + right);
    let down = height - Decimal::from(top + bottom);
    let steps = Decimal::from(years.len().saturating_sub(1).max(1));
    let x = |i: usize| Decimal::from(left) + across * Decimal::from(i) / steps;
    let y = |n: Decimal| Decimal::from(top) + down - down * n.max(Decimal::ZERO) / largest;
    let mut out = open(title, width, height);
    let base = coordinate(height - Decimal::from(bottom));
    let _ = write!(
        out,
        "<path class=\"axis\" d=\"M{left} {base}H{}\"/>",
        coordinate(width - Decimal::from(right))
    );
    let (mut path, mut pen) = (String::new(), false);
    for (i, value) in values.iter().enumerate() {
        match value {
            Some(n) => {
                let _ =
                    write!(path, "{}{} {}", if pen { "L" } else { "M" }, coordinate(x(i)), coordinate(y(*n)));
                pen = true;
            }
            // A year without a number breaks the line.
            None => pen = false,
        }
    }
    let _ = write!(out, "<path class=\"line\" d=\"{path}\"/>");
    for (i, value) in values.iter().enumerate() {
        let at = coordinate(x(i));
        if let Some(n) = value {
            let (cy, label) = (coordinate(y(*n)), coordinate(y(*n) - Decimal::from(7)));
            let _ = write!(
                out,
                "<circle cx=\"{at}\" cy=\"{cy}\" r=\"3\"/><text x=\"{at}\" y=\"{label}\">{n}</text>"
            );
        }
        let _ = write!(
            out,
            "<text class=\"year\" x=\"{at}\" y=\"{}\">{}</text>",
            coordinate(height - Decimal::from(8)),
            markup(&years[i])
        );
    }
    out.push_str("</svg>");
    out
}

/// Columns that a name in front of bars has at most.
const LONGEST_NAME: usize = 44;

/// A name that fits in front of bars.
fn cut(name: &str) -> String {
    if width(name) <= LONGEST_NAME {
        return name.to_owned();
    }
    let mut cut = String::new();
    for c in name.chars() {
        if width(&cut) + 3 > LONGEST_NAME {
            break;
        }
        cut.push(c);
    }
    cut + "…"
}

/// Pairs of bars: each name with its old and its new number.
pub(crate) fn bars(title: &str, sides: [&str; 2], rows: &[(String, [Option<Decimal>; 2])]) -> String {
    // Names are 12 pixels high, so a column of the terminal is 6 wide; a longer one is cut and says so.
    let longest = rows.iter().map(|(name, _)| width(name)).max().unwrap_or(0).min(LONGEST_NAME);
    let (name_width, bar_width) = (Decimal::from(6 * longest + 20), Decimal::from(200));
    let height = Decimal::from(24 + rows.len() * 42);
    let whole = name_width + bar_width + Decimal::from(90);
    let largest =
        rows.iter().flat_map(|(_, v)| v).flatten().copied().max().unwrap_or_default().max(Decimal::ONE);
    let mut out = open(title, whole, height);
    for (i, (name, values)) in rows.iter().enumerate() {
        let top = 30 + i * 42;
        let _ = write!(
            out,
            "<text class=\"name\" x=\"{}\" y=\"{}\">{}</text>",
            name_width - Decimal::from(8),
            top + 18,
            markup(&cut(name))
        );
        for (side, value) in values.iter().enumerate() {
            let y = top + side * 16;
            let class = if side == 0 { "old" } else { "new" };
            let at = value.unwrap_or_default().max(Decimal::ZERO) * bar_width / largest;
            let _ = write!(
                out,
                "<rect class=\"{class}\" x=\"{name_width}\" y=\"{y}\" width=\"{}\" height=\"13\"/>\
                 <text class=\"value\" x=\"{}\" y=\"{}\">{}: {}</text>",
                coordinate(at),
                coordinate(name_width + at + Decimal::from(5)),
                y + 11,
                markup(sides[side]),
                value.map_or("—".to_owned(), |n| n.to_string()),
            );
        }
    }
    out.push_str("</svg>");
    out
}

fn open(title: &str, width: Decimal, height: Decimal) -> String {
    let title = markup(title);
    format!(
        "<svg viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\" aria-label=\"{title}\">\
         <text class=\"title\" x=\"4\" y=\"14\">{title}</text>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn some(all: &[i64]) -> Vec<Option<Decimal>> {
        all.iter().map(|n| Some((*n).into())).collect()
    }

    #[test]
    fn blocks_grow_with_the_numbers() {
        assert_eq!(spark(&some(&[0, 7, 14])), "▁▅█");
        assert_eq!(spark(&[None, Some(Decimal::from(3))]), "·█");
        assert_eq!(spark(&some(&[0, 0])), "▁▁");
        assert_eq!(spark(&[]), "");
    }

    #[test]
    fn names_in_front_of_bars_fit_their_space() {
        let name = "一、本年新收政府信息公开申请数量";
        let svg = bars("t", ["2022", "2023"], &[(name.to_owned(), [Some(Decimal::ONE), None])]);
        assert!(svg.contains(name));
        // The text ends 8 pixels before the bars and starts within the picture.
        let bar: usize =
            svg.split("<rect class=\"old\" x=\"").nth(1).unwrap().split('"').next().unwrap().parse().unwrap();
        assert!(bar - 8 >= 6 * width(name), "{bar}");
        let long = "（".repeat(40);
        assert!(cut(&long).ends_with('…') && width(&cut(&long)) <= LONGEST_NAME);
    }

    #[test]
    fn a_year_without_a_number_breaks_the_line() {
        let years: Vec<String> = ["2020", "2021", "2022"].map(str::to_owned).to_vec();
        let svg = line("a<b", &years, &[Some(Decimal::from(3)), None, Some(Decimal::from(5))]);
        assert!(svg.contains("a&lt;b") && !svg.contains('L'));
        assert_eq!(svg.matches("<circle").count(), 2);
        assert_eq!(svg.matches("class=\"year\"").count(), 3);
    }
}
