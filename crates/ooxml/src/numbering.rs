//! Automatic numbering: the `一、` that stands on the page and not in the text.
//!
//! A paragraph names a list (`w:num`), a list names its definition (`w:abstractNum`) and may override levels of it.
//! Lists with the same definition go on counting where the other stopped, unless they override the start.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::numeral::Format;
use crate::properties::ListProperties;
use crate::symbol;
use crate::xml::{Scanner, Tag, Token};

const LEVELS: usize = 9;

/// Lists and definitions kept. Even in files that were pasted together for years every list is one that somebody made.
const MAX_LISTS: usize = 1 << 16;

/// Length of a label and of its pattern, in bytes. Longer ones would let a small file make a large text.
const MAX_LABEL: usize = 256;

/// The numbering part, and how far each list has counted.
#[derive(Debug, Default)]
pub(crate) struct Numberer {
    definitions: HashMap<u32, Definition>,
    lists: HashMap<u32, List>,
}

/// `w:abstractNum`.
#[derive(Debug, Default)]
struct Definition {
    levels: Vec<Level>,
    /// `w:styleLink`: it is the definition that a numbering style stands for.
    defines_style: Option<String>,
    /// `w:numStyleLink`: the definition of this numbering style is to be used instead.
    uses_style: Option<String>,
    /// The last number given out on each level; none before the first.
    counts: [Option<u32>; LEVELS],
}

/// `w:num`.
#[derive(Debug, Default)]
struct List {
    definition: u32,
    overrides: Vec<Override>,
}

/// `w:lvlOverride`.
#[derive(Debug, Default)]
struct Override {
    number: usize,
    /// Counting starts again here when the list is first used on this level.
    start: Option<u32>,
    level: Option<Level>,
}

/// `w:lvl`.
#[derive(Debug, Default)]
struct Level {
    number: usize,
    /// `w:start`; 0 if it is absent.
    start: u32,
    format: Format,
    /// `w:lvlText`: `%1` to `%9` stand for the numbers of the levels.
    pattern: String,
    /// `w:isLgl`: all numbers of the label in decimal digits.
    is_legal: bool,
    /// `w:lvlRestart`: the level, from 1, whose use makes this one start again; 0 for never. Any higher one if absent.
    restart: Option<i64>,
    /// `w:pStyle`: the paragraph style that belongs to the level.
    style: Option<String>,
}

/// What stands in front of a numbered paragraph.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Label {
    pub text: String,
    pub is_bullet: bool,
}

impl Numberer {
    pub(crate) fn new(xml: &[u8]) -> Self {
        let mut numberer = Self::default();
        let mut scanner = Scanner::new(xml);
        let Token::Open(root) = scanner.next() else { return numberer };
        scanner.children(&root, |scanner, child| {
            let id = |name| child.number(name).and_then(|n| u32::try_from(n).ok());
            match child.local() {
                b"abstractNum" if numberer.definitions.len() < MAX_LISTS => {
                    if let Some(id) = id(b"abstractNumId") {
                        numberer.definitions.insert(id, definition(scanner, child));
                    }
                }
                b"num" if numberer.lists.len() < MAX_LISTS => {
                    if let Some(id) = id(b"numId") {
                        numberer.lists.insert(id, list(scanner, child));
                    }
                }
                _ => {}
            }
        });
        numberer.follow_style_links();
        numberer
    }

    /// Replaces definitions that only refer to a numbering style by those that define it.
    fn follow_style_links(&mut self) {
        // In order of identifier, so that a style that is defined twice means the same in every run.
        let mut defined: Vec<(&str, u32)> = Vec::new();
        defined
            .extend(self.definitions.iter().filter_map(|(id, d)| Some((d.defines_style.as_deref()?, *id))));
        defined.sort_unstable();
        let target = |definition: u32| {
            let style = self.definitions.get(&definition)?.uses_style.as_deref()?;
            let at = defined.partition_point(|&(name, _)| name < style);
            defined.get(at).filter(|(name, _)| *name == style).map(|(_, id)| *id)
        };
        let mut links = Vec::new();
        links.extend(self.lists.iter().filter_map(|(id, list)| Some((*id, target(list.definition)?))));
        for (list, definition) in links {
            if let Some(list) = self.lists.get_mut(&list) {
                list.definition = definition;
            }
        }
    }

    /// The level of a list that belongs to a style: to the first of `chain` that any level names.
    pub(crate) fn level_of_style(&self, list: u32, chain: &[String]) -> Option<u8> {
        let list = self.lists.get(&list)?;
        let definition = self.definitions.get(&list.definition)?;
        chain.iter().find_map(|style| {
            let belongs = |&n: &usize| {
                definition.level(list, n).is_some_and(|level| level.style.as_ref() == Some(style))
            };
            (0..LEVELS).find(belongs).map(|n| n as u8)
        })
    }

    /// Counts one paragraph of a list and returns its label; none if the list or level is not defined.
    pub(crate) fn next(&mut self, list: u32, level: u8) -> Option<Label> {
        let list = self.lists.get_mut(&list)?;
        let definition = self.definitions.get_mut(&list.definition)?;
        let level = usize::from(level).min(LEVELS - 1);
        let start = definition.level(list, level)?.start;
        let restart = list.overrides.iter_mut().find(|o| o.number == level).and_then(|o| o.start.take());
        let count = restart.or_else(|| Some(definition.counts[level]?.saturating_add(1))).unwrap_or(start);
        definition.counts[level] = Some(count);
        for deeper in level + 1..LEVELS {
            let restart = definition.level(list, deeper).and_then(|level| level.restart);
            if restart.is_none_or(|restart| restart > level as i64) {
                definition.counts[deeper] = None;
            }
        }
        definition.label(list, level)
    }
}

impl Definition {
    fn level<'a>(&'a self, list: &'a List, number: usize) -> Option<&'a Level> {
        let replaced = list.overrides.iter().filter(|o| o.number == number).find_map(|o| o.level.as_ref());
        replaced.or_else(|| self.levels.iter().find(|level| level.number == number))
    }

    fn label(&self, list: &List, level: usize) -> Option<Label> {
        let own = self.level(list, level)?;
        let is_bullet = own.format == Format::Bullet;
        if is_bullet {
            return Some(Label { text: own.pattern.clone(), is_bullet });
        }
        let mut text = String::new();
        let mut rest = own.pattern.as_str();
        while let Some(at) = rest.find('%')
            && text.len() < MAX_LABEL
        {
            text.push_str(&rest[..at]);
            rest = &rest[at + 1..];
            match rest.bytes().next() {
                Some(digit @ b'1'..=b'9') => {
                    let referred = usize::from(digit - b'1');
                    let other = self.level(list, referred);
                    // A level that was not used yet shows its first number.
                    let count = self.counts[referred].or(other.map(|other| other.start)).unwrap_or(1);
                    let format = other.map(|other| other.format).unwrap_or_default();
                    if own.is_legal { Format::Decimal } else { format }.write(count, &mut text);
                    rest = &rest[1..];
                }
                _ => text.push('%'),
            }
        }
        text.push_str(rest);
        Some(Label { text, is_bullet })
    }
}

fn definition<'a>(scanner: &mut Scanner<'a>, tag: &Tag<'a>) -> Definition {
    let mut definition = Definition::default();
    scanner.children(tag, |scanner, child| match child.local() {
        b"lvl" if definition.levels.len() < LEVELS => definition.levels.extend(level(scanner, child)),
        b"styleLink" => definition.defines_style = child.value(b"val").map(Cow::into_owned),
        b"numStyleLink" => definition.uses_style = child.value(b"val").map(Cow::into_owned),
        _ => {}
    });
    definition
}

fn list<'a>(scanner: &mut Scanner<'a>, tag: &Tag<'a>) -> List {
    let mut list = List::default();
    scanner.children(tag, |scanner, child| match child.local() {
        b"abstractNumId" => {
            list.definition = child.number(b"val").and_then(|n| u32::try_from(n).ok()).unwrap_or_default();
        }
        b"lvlOverride" if list.overrides.len() < LEVELS => {
            let Some(number) = level_number(child) else { return };
            let mut replaced = Override { number, ..Override::default() };
            scanner.children(child, |scanner, part| match part.local() {
                b"startOverride" => replaced.start = part.number(b"val").and_then(|n| u32::try_from(n).ok()),
                b"lvl" => replaced.level = level(scanner, part),
                _ => {}
            });
            list.overrides.push(replaced);
        }
        _ => {}
    });
    list
}

fn level_number(tag: &Tag<'_>) -> Option<usize> {
    tag.number(b"ilvl").and_then(|n| usize::try_from(n).ok()).filter(|&n| n < LEVELS)
}

fn level<'a>(scanner: &mut Scanner<'a>, tag: &Tag<'a>) -> Option<Level> {
    let mut level = Level { number: level_number(tag)?, ..Level::default() };
    let mut font = String::new();
    scanner.children(tag, |scanner, child| match child.local() {
        b"start" => {
            level.start = child.number(b"val").and_then(|n| u32::try_from(n).ok()).unwrap_or_default();
        }
        b"numFmt" => level.format = format(child),
        // A format that only newer versions know, with one for the others.
        b"AlternateContent" => scanner.children(child, |scanner, branch| {
            if branch.local() == b"Fallback" {
                scanner.children(branch, |_, inner| {
                    if inner.local() == b"numFmt" {
                        level.format = format(inner);
                    }
                });
            }
        }),
        b"lvlText" => {
            level.pattern = child.value(b"val").unwrap_or_default().into_owned();
            level.pattern.truncate(level.pattern.floor_char_boundary(MAX_LABEL));
        }
        b"isLgl" => level.is_legal = child.is_on(),
        b"lvlRestart" => level.restart = child.number(b"val"),
        b"pStyle" => level.style = child.value(b"val").map(Cow::into_owned),
        b"rPr" => scanner.children(child, |_, property| {
            if property.local() == b"rFonts" {
                font = property.value(b"ascii").or(property.value(b"hAnsi")).unwrap_or_default().into_owned();
            }
        }),
        _ => {}
    });
    if level.format == Format::Bullet {
        let shown = |c| symbol::character(&font, c as u32).unwrap_or(c);
        level.pattern = level.pattern.chars().map(shown).collect();
    }
    Some(level)
}

fn format(tag: &Tag<'_>) -> Format {
    tag.raw(b"val").map(Format::of).unwrap_or_default()
}

/// The list and level of a paragraph from what it says itself and what its style says.
///
/// The level of the style is the one that the list gives it, where the list names the style.
pub(crate) fn membership(own: ListProperties, style: ListProperties) -> Option<(u32, u8)> {
    let list = own.list.or(style.list).filter(|&list| list != 0)?;
    let level = own.level.or(if own.list.is_none() { style.level } else { None });
    Some((list, level.unwrap_or(0)))
}
