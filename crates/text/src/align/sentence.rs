//! A sentence made ready for comparison.

use std::borrow::Cow;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::number::numeral;
use crate::token::{Kind, Token, tokens};
use crate::{fold_width, is_invisible};

/// What does not count as a difference.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ignore {
    /// Spaces and invisible characters.
    pub whitespace: bool,
    /// Full-width against half-width forms of Latin letters, digits and signs.
    pub width: bool,
    /// Punctuation, brackets and signs.
    pub punctuation: bool,
}

/// How a sentence and its counterpart compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Likeness {
    /// Word for word the same.
    Same,
    /// Only numbers or years differ.
    Numbers,
    /// Other words.
    Reworded,
}

/// A sentence made ready for comparison.
#[derive(Debug, Clone)]
pub struct Sentence<'t> {
    /// The sentence.
    pub text: &'t str,
    pub(super) ignore: Ignore,
    /// What it says, as a number.
    pub(super) exact: u64,
    /// What it says without its numbers.
    pub(super) masked: u64,
    /// Neighbouring tokens without their numbers, sorted.
    pairs: Vec<u64>,
    /// Characters that are not white space.
    pub(super) length: usize,
}

impl<'t> Sentence<'t> {
    /// Makes a sentence ready.
    pub fn new(text: &'t str, ignore: Ignore) -> Self {
        let compared = compared(text, ignore);
        let all = marked_tokens(&compared);
        let kept: Vec<&Token<'_>> = all.iter().filter(|t| counts(t, ignore)).collect();
        let exact = hash(&kept.iter().map(|t| word(t, ignore)).collect::<Vec<_>>());
        // Numbers, layout and punctuation say nothing of whether two sentences are about the same thing.
        let say = |t: &Token<'_>| if t.kind == Kind::Number { "#".to_owned() } else { folded(t.text) };
        let masked: Vec<u64> =
            kept.iter().filter(|t| !matches!(t.kind, Kind::Space)).map(|t| hash(&say(t))).collect();
        let words: Vec<u64> = kept
            .iter()
            .filter(|t| !matches!(t.kind, Kind::Space | Kind::Mark))
            .map(|t| hash(&say(t)))
            .collect();
        let mut pairs: Vec<u64> = words.windows(2).map(hash).collect();
        // A sentence of one word has no neighbours.
        if let [only] = words[..] {
            pairs.push(only);
        }
        pairs.sort_unstable();
        let length = kept.iter().filter(|t| t.kind != Kind::Space).map(|t| t.text.chars().count()).sum();
        Self { text, ignore, exact, masked: hash(&masked), pairs, length }
    }

    /// What does not count as a difference.
    pub fn ignore(&self) -> Ignore {
        self.ignore
    }

    /// Characters that are not white space.
    pub fn length(&self) -> usize {
        self.length
    }

    /// How it compares with another one that is its counterpart.
    pub fn likeness(&self, other: &Self) -> Likeness {
        match (self.exact == other.exact, self.masked == other.masked) {
            (true, _) => Likeness::Same,
            (_, true) if self.numbers_differ(other) => Likeness::Numbers,
            _ => Likeness::Reworded,
        }
    }

    /// Whether numbers differ and nothing else, layout included. Digits of another width are no other number.
    fn numbers_differ(&self, other: &Self) -> bool {
        let parts = |s: &Self| -> (Vec<String>, Vec<String>) {
            let compared = compared(s.text, s.ignore);
            let all = marked_tokens(&compared);
            let (mut numbers, mut rest) = (Vec::new(), Vec::new());
            for token in all.into_iter().filter(|t| counts(t, s.ignore)) {
                if token.kind == Kind::Number {
                    numbers.push(folded(token.text));
                    rest.push("#".to_owned());
                } else {
                    rest.push(word(&token, s.ignore));
                }
            }
            (numbers, rest)
        };
        let ((a, in_a), (b, in_b)) = (parts(self), parts(other));
        in_a == in_b && a != b
    }

    /// How much of two sentences is the same, from 0 to 1: Dice's coefficient of their neighbouring words, numbers
    /// masked.
    pub fn similarity(&self, other: &Self) -> f32 {
        if self.masked == other.masked {
            return 1.0;
        }
        let (a, b) = (&self.pairs, &other.pairs);
        if a.is_empty() || b.is_empty() {
            return 0.0;
        }
        2.0 * shared(a, b) as f32 / (a.len() + b.len()) as f32
    }

    /// How much of this sentence is in another one, from 0 to 1, numbers masked.
    pub fn within(&self, other: &Self) -> f32 {
        if self.pairs.is_empty() {
            return 0.0;
        }
        shared(&self.pairs, &other.pairs) as f32 / self.pairs.len() as f32
    }

    /// The most that [`Self::similarity`] can be, from the lengths alone.
    pub(super) fn at_most(&self, other: &Self) -> f32 {
        let (a, b) = (self.pairs.len() as f32, other.pairs.len() as f32);
        if self.masked == other.masked { 1.0 } else { 2.0 * a.min(b) / (a + b).max(1.0) }
    }
}

/// How many elements two sorted lists have in common.
fn shared(a: &[u64], b: &[u64]) -> usize {
    let (mut i, mut j, mut shared) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                shared += 1;
                i += 1;
                j += 1;
            }
        }
    }
    shared
}

/// The tokens of a sentence, the numeral of a list mark at its beginning (`二是`, `（二）`, `第二，`) a number: a list that
/// was put in another order is the same list with other numbers.
pub(super) fn marked_tokens(text: &str) -> Vec<Token<'_>> {
    let mut all = tokens(text);
    let opens = |t: &Token<'_>| matches!(t.text, "（" | "(" | "第" | "其");
    let first = all.iter().take_while(|t| t.kind == Kind::Space).count();
    let first = first + usize::from(all.get(first).is_some_and(opens));
    let numerals = all[first..].iter().take_while(|t| "一二三四五六七八九十".contains(t.text)).count();
    let end = first + numerals;
    let closes = all.get(end).is_some_and(|t| matches!(t.text, "是" | "、" | "）" | ")" | "，" | "," | "."));
    // Longer ones are numbers of the sentence itself.
    if (1..=3).contains(&numerals) && closes {
        let start = all[first].start;
        let mark = &text[start..all[end].start];
        if numeral(mark).is_some() || numerals == 1 {
            all.splice(first..end, [Token::number(mark, start)]);
        }
    }
    all
}

fn hash<T: Hash + ?Sized>(value: &T) -> u64 {
    // The same in every run: `DefaultHasher::new` has fixed keys.
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// What of a sentence is compared. Ignored spaces go first, for they also stand between a number and its unit.
pub(super) fn compared(text: &str, ignore: Ignore) -> Cow<'_, str> {
    if ignore.whitespace && text.contains(is_invisible) {
        text.chars().filter(|c| !is_invisible(*c)).collect::<String>().into()
    } else {
        text.into()
    }
}

/// Where the bytes of what is compared stand in the sentence: starts of characters, then the end.
pub(super) fn origins(text: &str, ignore: Ignore) -> Vec<usize> {
    let kept = text.char_indices().filter(|(_, c)| !(ignore.whitespace && is_invisible(*c)));
    let mut origins = Vec::with_capacity(text.len() + 1);
    for (at, c) in kept {
        origins.extend(std::iter::repeat_n(at, c.len_utf8()));
    }
    origins.push(text.len());
    origins
}

pub(super) fn counts(token: &Token<'_>, ignore: Ignore) -> bool {
    match token.kind {
        Kind::Space => true,
        Kind::Mark => !ignore.punctuation,
        Kind::Number | Kind::Word | Kind::Han => true,
    }
}

pub(super) fn folded(text: &str) -> String {
    text.chars().map(fold_width).collect()
}

pub(super) fn word(token: &Token<'_>, ignore: Ignore) -> String {
    if ignore.width { folded(token.text) } else { token.text.to_owned() }
}
