//! Phrases of `schemas/claims.toml`, compiled.
//!
//! A phrase is a short list of words, some optional, before and behind a number. It is matched from the number outwards,
//! so that a line is never searched more than once.

use std::collections::BTreeMap;
use std::ops::Range;

use nianbao_schema::claim::{Phrases, Quantity};

use super::compact::Compact;
use super::number::words;

/// One of several words, perhaps none.
struct Item {
    words: Vec<Vec<char>>,
    optional: bool,
}

/// A set of characters by their low bits: a quick no.
#[derive(Clone, Copy, Default)]
pub(super) struct Sieve(u128);

impl Sieve {
    pub(super) fn add(&mut self, c: char) {
        self.0 |= 1 << (c as u32 & 127);
    }

    pub(super) fn may_have(self, c: char) -> bool {
        self.0 & (1 << (c as u32 & 127)) != 0
    }
}

/// A phrase.
pub(super) struct Phrase {
    /// Items before the number, the nearest first.
    left: Vec<Item>,
    /// Items behind the number; all items of a phrase without number.
    right: Vec<Item>,
    starts_clause: bool,
    ends_clause: bool,
    /// Whether every clause that has the phrase ends with one of these characters before the number.
    near: Sieve,
    pub(super) has_number: bool,
}

/// Where a clause begins, words like these may stand before its phrase: 2023年, 截至12月底.
const DATE: &str = "0123456789年月日底末度至截止，";

impl Phrase {
    /// Compiles a phrase.
    pub(super) fn new(text: &str, named: &BTreeMap<String, Vec<String>>) -> Result<Self, String> {
        let (mut left, mut right) = (Vec::new(), Vec::new());
        let (mut starts_clause, mut ends_clause, mut has_number) = (false, false, false);
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let (words, tail): (Vec<String>, &str) = match c {
                ' ' => {
                    rest = &rest[1..];
                    continue;
                }
                '^' => {
                    starts_clause = true;
                    rest = &rest[1..];
                    continue;
                }
                '$' => {
                    ends_clause = true;
                    rest = &rest[1..];
                    continue;
                }
                '#' => {
                    has_number = true;
                    left = std::mem::take(&mut right);
                    rest = &rest[1..];
                    continue;
                }
                '{' => {
                    let (inside, tail) = rest[1..].split_once('}').ok_or_else(|| format!("{text}: no }}"))?;
                    (inside.split('|').map(str::to_owned).collect(), tail)
                }
                '<' => {
                    let (name, tail) = rest[1..].split_once('>').ok_or_else(|| format!("{text}: no >"))?;
                    (named.get(name).ok_or_else(|| format!("{text}: no list {name}"))?.clone(), tail)
                }
                _ => {
                    let end = rest.find([' ', '^', '$', '#', '{', '<', '?']).unwrap_or(rest.len());
                    (vec![rest[..end].to_owned()], &rest[end..])
                }
            };
            let optional = tail.starts_with('?');
            rest = if optional { &tail[1..] } else { tail };
            right.push(Item { words: self::words(&words), optional });
        }
        left.reverse();
        let mut near = Sieve::default();
        let (items, last) = if has_number && !left.is_empty() { (&left, true) } else { (&right, false) };
        for item in items {
            let ends = item.words.iter().filter_map(|w| if last { w.last() } else { w.first() });
            ends.for_each(|c| near.add(*c));
            if !item.optional {
                break;
            }
        }
        if items.iter().all(|i| i.optional) {
            return Err(format!("{text}: nothing in it is required"));
        }
        Ok(Self { left, right, starts_clause, ends_clause, near, has_number })
    }

    /// The words around a number, if this is its phrase. `before` are the places where the phrase may end before the
    /// number, fillers left out.
    pub(super) fn around(
        &self,
        line: &Compact,
        before: &[usize],
        number: &Range<usize>,
    ) -> Option<Range<usize>> {
        if self.left.is_empty() {
            // Nothing but what follows: the number itself begins the phrase.
            if !line.chars.get(number.end).is_some_and(|c| self.near.may_have(*c)) {
                return None;
            }
            let end = self.forwards(line, &self.right, number.end)?;
            return (!self.starts_clause || begins(line, number.start)).then_some(number.start..end);
        }
        let end = self.forwards(line, &self.right, number.end)?;
        for at in before {
            if *at == 0 || !self.near.may_have(line.chars[*at - 1]) {
                continue;
            }
            if let Some(start) = self.backwards(line, &self.left, *at) {
                return Some(start..end);
            }
        }
        None
    }

    /// The words of a phrase without number that begins at a place.
    pub(super) fn at(&self, line: &Compact, at: usize) -> Option<Range<usize>> {
        if !self.near.may_have(line.chars[at]) || (self.starts_clause && !begins(line, at)) {
            return None;
        }
        let end = self.forwards(line, &self.right, at)?;
        (end > at).then_some(at..end)
    }

    fn backwards(&self, line: &Compact, items: &[Item], end: usize) -> Option<usize> {
        let Some((item, rest)) = items.split_first() else {
            return (!self.starts_clause || begins(line, end)).then_some(end);
        };
        for word in item.words.iter().filter(|w| line.ends_with(end, w)) {
            if let Some(start) = self.backwards(line, rest, end - word.len()) {
                return Some(start);
            }
        }
        item.optional.then(|| self.backwards(line, rest, end)).flatten()
    }

    fn forwards(&self, line: &Compact, items: &[Item], at: usize) -> Option<usize> {
        let Some((item, rest)) = items.split_first() else {
            let ends = at >= line.len() || line.ends_clause(at) || line.chars[at] == '、';
            return (!self.ends_clause || ends).then_some(at);
        };
        for word in item.words.iter().filter(|w| line.starts_with(at, w)) {
            if let Some(end) = self.forwards(line, rest, at + word.len()) {
                return Some(end);
            }
        }
        item.optional.then(|| self.forwards(line, rest, at)).flatten()
    }
}

/// Whether a place begins a clause, a date before it left out.
fn begins(line: &Compact, at: usize) -> bool {
    let start = line.clause_start(at);
    line.chars[start..at].iter().all(|c| DATE.contains(*c))
}

/// A quantity with its phrases and words.
pub(super) struct Known {
    pub(super) quantity: &'static Quantity,
    pub(super) phrases: Vec<Phrase>,
    pub(super) units: Vec<String>,
    pub(super) not: Vec<Vec<char>>,
}

/// Compiles all quantities.
pub(super) fn compile(data: &'static Phrases) -> Result<Vec<Known>, String> {
    let mut all = Vec::with_capacity(data.quantities.len());
    for quantity in &data.quantities {
        let phrases: Result<Vec<Phrase>, String> =
            quantity.phrases.iter().map(|p| Phrase::new(p, &data.words)).collect();
        let units = data.units.get(&quantity.units).cloned().unwrap_or_default();
        all.push(Known { quantity, phrases: phrases?, units, not: words(&quantity.not) });
    }
    Ok(all)
}
