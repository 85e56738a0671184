//! Pages: characters and rules with their places, checked and put in order.
//!
//! Coordinates are points from the top left corner of the page as it is read.

use pdfni::{Orientation, PagePart};

/// Characters of one document.
pub(super) const MAX_GLYPHS: usize = 4_000_000;

/// Rules of one direction on one page; a page with more of them holds a drawing.
const MAX_RULES: usize = 3_000;

/// Lines drawn side by side that are one rule: the two sides of a thin rectangle.
const SAME_RULE: f64 = 1.0;

/// Gaps that a rule may have: cells draw their own part of it, and corners are drawn apart.
const GAP: f64 = 3.0;

/// A rule shorter than this is a dot or a dash.
const SHORTEST: f64 = 4.0;

/// A page.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// From 1.
    pub(super) number: u32,
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) glyphs: Vec<Glyph>,
    /// Rules from left to right, `at` their distance from the top.
    pub(super) across: Vec<Rule>,
    /// Rules from top to bottom, `at` their distance from the left.
    pub(super) down: Vec<Rule>,
    /// There are more rules than a page of text has, so that none was looked at.
    pub(super) is_drawing: bool,
}

/// A character and the box that it takes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Glyph {
    pub(super) c: char,
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) top: f64,
    pub(super) bottom: f64,
    /// Size of the font.
    pub(super) size: f64,
    /// How the character is turned, in degrees; none if it stands askew.
    pub(super) turn: Option<i32>,
}

impl Glyph {
    pub(super) fn x(&self) -> f64 {
        f64::midpoint(self.left, self.right)
    }

    pub(super) fn y(&self) -> f64 {
        f64::midpoint(self.top, self.bottom)
    }

    pub(super) fn height(&self) -> f64 {
        self.bottom - self.top
    }
}

/// A straight line along one axis.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rule {
    pub(super) at: f64,
    pub(super) from: f64,
    pub(super) to: f64,
}

impl Page {
    pub(super) fn new(number: u32, part: PagePart) -> Self {
        let glyphs = part.glyphs.into_iter().filter_map(|glyph| {
            let size = glyph.font_size.unwrap_or(glyph.bottom - glyph.top);
            let turn = if glyph.upright { Some(0) } else { Some(glyph.rot).filter(|rot| *rot != 0) };
            let (left, right) = (glyph.left.min(glyph.right), glyph.left.max(glyph.right));
            let (top, bottom) = (glyph.top.min(glyph.bottom), glyph.top.max(glyph.bottom));
            let c = readable(glyph.ch)?;
            let is_placed = [left, right, top, bottom, size].iter().all(|n| n.is_finite() && n.abs() < 1e6);
            is_placed.then_some(Glyph { c, left, right, top, bottom, size, turn })
        });
        let (mut across, mut down) = (Vec::new(), Vec::new());
        for edge in part.edges {
            let (rules, at, from, to) = match edge.orientation {
                Orientation::Horizontal => {
                    (&mut across, f64::midpoint(edge.top, edge.bottom), edge.left, edge.right)
                }
                Orientation::Vertical => {
                    (&mut down, f64::midpoint(edge.left, edge.right), edge.top, edge.bottom)
                }
            };
            if [at, from, to].iter().all(|n| n.is_finite() && n.abs() < 1e6) {
                rules.push(Rule { at, from: from.min(to), to: from.max(to) });
            }
        }
        let mut page = Self {
            number,
            width: part.width,
            height: part.height,
            glyphs: glyphs.collect(),
            across: joined(across),
            down: joined(down),
            is_drawing: false,
        };
        if page.across.len() > MAX_RULES || page.down.len() > MAX_RULES {
            (page.across, page.down, page.is_drawing) = (Vec::new(), Vec::new(), true);
        }
        page
    }
}

/// Joins what is drawn piece by piece.
fn joined(mut rules: Vec<Rule>) -> Vec<Rule> {
    rules.sort_by(|a, b| a.at.total_cmp(&b.at));
    let mut joined: Vec<Rule> = Vec::new();
    for group in rules.chunk_by_mut(|a, b| b.at - a.at <= SAME_RULE) {
        group.sort_by(|a, b| a.from.total_cmp(&b.from));
        let first = joined.len();
        for rule in group {
            match joined[first..].last_mut() {
                Some(last) if rule.from - last.to <= GAP => {
                    // The longer part tells where the whole stands.
                    if rule.to - rule.from > last.to - last.from {
                        last.at = rule.at;
                    }
                    last.to = last.to.max(rule.to);
                }
                _ => joined.push(*rule),
            }
        }
    }
    joined.retain(|rule| rule.to - rule.from >= SHORTEST);
    joined
}

/// The character as people write it; none where there is nothing to see, U+FFFD where the font does not tell what it is.
fn readable(c: char) -> Option<char> {
    Some(match c {
        '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}' | '\u{2060}' => return None,
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' => ' ',
        c if c.is_whitespace() => c,
        // Private use, and codes that stand for no character.
        '\u{e000}'..='\u{f8ff}' | '\u{f0000}'.. => '\u{fffd}',
        c if c.is_control() => '\u{fffd}',
        // Fonts often use one picture for a radical and the character that looks the same, and the file then names
        // the radical.
        '\u{2f00}'..='\u{2fd5}' => KANGXI.chars().nth(c as usize - 0x2f00).unwrap_or(c),
        '\u{2e80}'..='\u{2eff}' => {
            RADICALS.iter().find(|(radical, _)| *radical == c).map_or(c, |(_, character)| *character)
        }
        c => c,
    })
}

/// What the radicals from U+2F00 on look like (the compatibility mappings of Unicode),
/// in the form of 户, 青 and 黄 that is written today.
const KANGXI: &str = concat!(
    "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴",
    "廾弋弓彐彡彳心戈户手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿",
    "目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵",
    "邑酉釆里金長門阜隶隹雨青非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黄黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠",
);

/// The radicals from U+2E80 on that look like a character of their own.
const RADICALS: &[(char, char)] = &[
    ('⺠', '民'),
    ('⻄', '西'),
    ('⻅', '见'),
    ('⻆', '角'),
    ('⻉', '贝'),
    ('⻋', '车'),
    ('⻓', '长'),
    ('⻔', '门'),
    ('⻘', '青'),
    ('⻚', '页'),
    ('⻛', '风'),
    ('⻜', '飞'),
    ('⻝', '食'),
    ('⻢', '马'),
    ('⻣', '骨'),
    ('⻤', '鬼'),
    ('⻥', '鱼'),
    ('⻦', '鸟'),
    ('⻨', '麦'),
    ('⻩', '黄'),
    ('⻬', '齐'),
    ('⻮', '齿'),
    ('⻰', '龙'),
    ('⻳', '龟'),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn radicals_become_the_characters_that_they_look_like() {
        assert_eq!(KANGXI.chars().count(), 214);
        let text: String = "⼀⽉⼆⽇⻄⻔⼾⾏政⾃然⼈".chars().filter_map(readable).collect();
        assert_eq!(text, "一月二日西门户行政自然人");
        assert_eq!(readable('\u{f0b7}'), Some('\u{fffd}'));
        assert_eq!(readable('\u{200b}'), None);
    }

    #[test]
    fn rules_drawn_in_pieces_are_one() {
        let rule = |at, from, to| Rule { at, from, to };
        let pieces = vec![
            rule(100.5, 50.5, 90.0),
            rule(100.0, 50.0, 90.0),
            rule(100.0, 90.5, 150.0),
            rule(100.2, 200.0, 260.0),
            rule(130.0, 50.0, 51.0),
        ];
        let rules = joined(pieces);
        let ends: Vec<_> = rules.iter().map(|r| (r.from, r.to)).collect();
        assert_eq!(ends, [(50.0, 150.0), (200.0, 260.0)]);
    }
}
