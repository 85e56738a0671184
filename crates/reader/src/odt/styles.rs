//! Styles: how lists are numbered, which paragraphs belong to a list, what is hidden (ODF 1.3 part 3, §16).

use std::collections::{HashMap, HashSet};

use nianbao_ooxml::NumberFormat;
use nianbao_ooxml::xml::{Scanner, Tag, Token};

/// Levels of a list.
pub(super) const LEVELS: usize = 10;

/// Styles kept. Even files that were pasted together for years have a few thousand.
const MAX_STYLES: usize = 1 << 16;

/// Length of a prefix, suffix or pattern, in bytes. Longer ones would let a small file make a large text.
const MAX_LABEL: usize = 256;

/// How many parents of a style are asked.
const MAX_PARENTS: usize = 32;

/// What the styles of a document say about its text.
#[derive(Debug, Default)]
pub(super) struct Styles {
    lists: HashMap<String, ListStyle>,
    /// List and parent of styles.
    relatives: HashMap<String, Relatives>,
    /// Styles whose text is hidden, or raised like the number of a footnote.
    hidden: HashSet<String>,
    /// Numbers of headings, `text:outline-style`.
    pub(super) outline: ListStyle,
}

#[derive(Debug, Default)]
struct Relatives {
    list: Option<String>,
    parent: Option<String>,
}

/// `text:list-style` or `text:outline-style`.
#[derive(Debug, Default)]
pub(super) struct ListStyle([Option<Level>; LEVELS]);

/// `text:list-level-style-*` or `text:outline-level-style`.
#[derive(Debug)]
struct Level {
    format: NumberFormat,
    prefix: String,
    suffix: String,
    /// `text:display-levels`: how many levels the label shows, this one included.
    shown: usize,
    start: u32,
    /// `loext:num-list-format`: the whole label, with `%1%` to `%10%` for the numbers of the levels.
    pattern: Option<String>,
}

/// How far a list has counted on each level; none before the first.
pub(super) type Counts = [Option<u32>; LEVELS];

impl Styles {
    /// Reads the styles of a part: those with names, and on demand those that the program named itself, which count
    /// only in the part that they stand in.
    pub(super) fn read(&mut self, xml: &[u8], with_automatic: bool) {
        let mut scanner = Scanner::new(xml);
        let Token::Open(root) = scanner.next() else { return };
        scanner.children(&root, |scanner, child| match child.local() {
            b"styles" => scanner.children(child, |scanner, style| self.style(scanner, style)),
            b"automatic-styles" if with_automatic => {
                scanner.children(child, |scanner, style| self.style(scanner, style));
            }
            _ => {}
        });
    }

    fn style<'a>(&mut self, scanner: &mut Scanner<'a>, tag: &Tag<'a>) {
        if tag.local() == b"outline-style" {
            self.outline = ListStyle::read(scanner, tag);
            return;
        }
        let Some(name) = tag.value(b"name") else { return };
        if self.lists.len() + self.relatives.len() >= MAX_STYLES {
            return;
        }
        match tag.local() {
            b"list-style" => {
                self.lists.insert(name.into_owned(), ListStyle::read(scanner, tag));
            }
            b"style" => {
                let name = name.into_owned();
                let relatives = Relatives {
                    list: tag.value(b"list-style-name").map(std::borrow::Cow::into_owned),
                    parent: tag.value(b"parent-style-name").map(std::borrow::Cow::into_owned),
                };
                let mut is_hidden = false;
                scanner.children(tag, |_, child| {
                    is_hidden |= child.local() == b"text-properties"
                        && (child.raw(b"display") == Some(b"none")
                            || child.raw(b"text-position").is_some_and(is_raised));
                });
                if is_hidden {
                    self.hidden.insert(name.clone());
                }
                self.relatives.insert(name, relatives);
            }
            _ => {}
        }
    }

    pub(super) fn list(&self, name: &str) -> Option<&ListStyle> {
        self.lists.get(name)
    }

    /// Whether text of a style is left out.
    pub(super) fn is_hidden(&self, style: &str) -> bool {
        !self.hidden.is_empty() && self.ancestry(style).any(|name| self.hidden.contains(name))
    }

    /// The list style that a paragraph style asks for.
    pub(super) fn list_of_paragraph(&self, style: &str) -> Option<&str> {
        self.ancestry(style).find_map(|name| self.relatives.get(name)?.list.as_deref())
    }

    fn ancestry<'a>(&'a self, style: &'a str) -> impl Iterator<Item = &'a str> {
        std::iter::successors(Some(style), |name| self.relatives.get(*name)?.parent.as_deref())
            .take(MAX_PARENTS)
    }
}

impl ListStyle {
    fn read<'a>(scanner: &mut Scanner<'a>, tag: &Tag<'a>) -> Self {
        let mut style = Self::default();
        scanner.children(tag, |_, child| {
            let number = child.number(b"level").and_then(|n| usize::try_from(n).ok()?.checked_sub(1));
            if let Some(slot) = number.and_then(|n| style.0.get_mut(n)) {
                *slot = Some(Level::read(child));
            }
        });
        style
    }

    /// The number that a level starts with.
    pub(super) fn start(&self, level: usize) -> u32 {
        self.0.get(level).and_then(Option::as_ref).map_or(1, |level| level.start)
    }

    /// What stands in front of a paragraph; nothing for bullets and for levels without numbers.
    pub(super) fn label(&self, level: usize, counts: &Counts) -> Option<String> {
        let own = self.0.get(level)?.as_ref()?;
        if own.format == NumberFormat::Bullet {
            return None;
        }
        let mut label = String::new();
        match &own.pattern {
            Some(pattern) => self.fill(pattern, counts, &mut label),
            None if own.format == NumberFormat::None => {
                label.push_str(&own.prefix);
                label.push_str(&own.suffix);
            }
            None => {
                label.push_str(&own.prefix);
                // Levels that show no number are left out, with their stop.
                let first = level + 1 - own.shown.clamp(1, level + 1);
                let mut is_first = true;
                for shown in first..=level {
                    let before = label.len();
                    self.write(shown, counts, &mut label);
                    if label.len() > before && !std::mem::take(&mut is_first) {
                        label.insert(before, '.');
                    }
                }
                label.push_str(&own.suffix);
            }
        }
        (!label.trim().is_empty()).then_some(label)
    }

    fn fill(&self, pattern: &str, counts: &Counts, label: &mut String) {
        let mut rest = pattern;
        while let Some((before, after)) = rest.split_once('%') {
            label.push_str(before);
            let number = after.split_once('%').and_then(|(n, tail)| Some((n.parse::<usize>().ok()?, tail)));
            match number {
                Some((n, tail)) if (1..=LEVELS).contains(&n) => {
                    self.write(n - 1, counts, label);
                    rest = tail;
                }
                _ => {
                    label.push('%');
                    rest = after;
                }
            }
        }
        label.push_str(rest);
    }

    /// The number of a level; one that was not used yet shows its first.
    fn write(&self, level: usize, counts: &Counts, label: &mut String) {
        if let Some(other) = self.0.get(level).and_then(Option::as_ref) {
            other.format.write(counts[level].unwrap_or(other.start), label);
        }
    }
}

impl Level {
    fn read(tag: &Tag<'_>) -> Self {
        let small = |name| tag.number(name).and_then(|n| u32::try_from(n).ok());
        let text = |name| {
            let mut text = tag.value(name)?.into_owned();
            text.truncate(text.floor_char_boundary(MAX_LABEL));
            Some(text)
        };
        let is_number = matches!(tag.local(), b"list-level-style-number" | b"outline-level-style");
        Self {
            format: if is_number {
                format(&text(b"num-format").unwrap_or_default())
            } else {
                NumberFormat::Bullet
            },
            prefix: text(b"num-prefix").unwrap_or_default(),
            suffix: text(b"num-suffix").unwrap_or_default(),
            shown: small(b"display-levels").unwrap_or(1) as usize,
            start: small(b"start-value").unwrap_or(1),
            // What has no number has no pattern either, whatever it says.
            pattern: text(b"num-list-format").filter(|pattern| pattern.contains('%')),
        }
    }
}

/// Whether a `style:text-position` raises: `super 58%`, `33% 58%`.
fn is_raised(position: &[u8]) -> bool {
    let height = position.trim_ascii_start().split(u8::is_ascii_whitespace).next().unwrap_or_default();
    height.starts_with(b"super") || matches!(height, [b'1'..=b'9', ..])
}

/// A `style:num-format`; besides the five that the standard names, those by which office
/// programs show what a list looks like.
fn format(name: &str) -> NumberFormat {
    match name.chars().next() {
        None => NumberFormat::None,
        Some('a') => NumberFormat::LowerLetter,
        Some('A') => NumberFormat::UpperLetter,
        Some('i') => NumberFormat::LowerRoman,
        Some('I') => NumberFormat::UpperRoman,
        Some('0') => NumberFormat::DecimalZero,
        Some('１') => NumberFormat::FullWidth,
        Some('①') => NumberFormat::Circled,
        Some('⒈') => NumberFormat::Stopped,
        Some('⑴') => NumberFormat::Parenthesized,
        Some('一') => NumberFormat::Chinese,
        Some('壹') => NumberFormat::ChineseLegal,
        Some('〇') => NumberFormat::ChineseDigits,
        Some('甲') => NumberFormat::HeavenlyStems,
        Some('子') => NumberFormat::EarthlyBranches,
        Some(_) => NumberFormat::Decimal,
    }
}
