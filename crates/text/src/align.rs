//! Sentences of two texts paired: which are the same, which changed only in their numbers, which were reworded, moved,
//! added or dropped.
//!
//! Sentences are compared by their tokens, numbers masked. In order they are paired so that as much text as possible has
//! a counterpart; of what is left over, equal or nearly equal sentences that stand elsewhere are moves. All of it is a
//! pure function of the sentences: no clock, no random numbers, bounded work on any input.

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

use rust_decimal::Decimal;
use similar::{Algorithm, DiffTag, capture_diff_slices};

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
    ignore: Ignore,
    /// What it says, as a number.
    exact: u64,
    /// What it says without its numbers.
    masked: u64,
    /// Neighbouring tokens without their numbers, sorted.
    pairs: Vec<u64>,
    /// Characters that are not white space.
    length: usize,
}

impl<'t> Sentence<'t> {
    /// Makes a sentence ready.
    pub fn new(text: &'t str, ignore: Ignore) -> Self {
        let compared = compared(text, ignore);
        let all = tokens(&compared);
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

    /// Whether the numbers differ and nothing else, layout included.
    fn numbers_differ(&self, other: &Self) -> bool {
        let rest = |s: &Self| {
            let compared = compared(s.text, s.ignore);
            let all = tokens(&compared);
            let kept = all.into_iter().filter(|t| counts(t, s.ignore));
            hash(
                &kept
                    .map(|t| if t.kind == Kind::Number { "#".to_owned() } else { word(&t, s.ignore) })
                    .collect::<Vec<_>>(),
            )
        };
        rest(self) == rest(other)
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
        let (mut i, mut j, mut shared) = (0, 0, 0usize);
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
        2.0 * shared as f32 / (a.len() + b.len()) as f32
    }

    /// The most that [`Self::similarity`] can be, from the lengths alone.
    fn at_most(&self, other: &Self) -> f32 {
        let (a, b) = (self.pairs.len() as f32, other.pairs.len() as f32);
        if self.masked == other.masked { 1.0 } else { 2.0 * a.min(b) / (a + b).max(1.0) }
    }
}

fn hash<T: Hash + ?Sized>(value: &T) -> u64 {
    // The same in every run: `DefaultHasher::new` has fixed keys.
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// What of a sentence is compared. Ignored spaces go first, for they also stand between a number and its unit.
fn compared(text: &str, ignore: Ignore) -> Cow<'_, str> {
    if ignore.whitespace && text.contains(is_invisible) {
        text.chars().filter(|c| !is_invisible(*c)).collect::<String>().into()
    } else {
        text.into()
    }
}

/// Where the bytes of what is compared stand in the sentence: starts of characters, then the end.
fn origins(text: &str, ignore: Ignore) -> Vec<usize> {
    let kept = text.char_indices().filter(|(_, c)| !(ignore.whitespace && is_invisible(*c)));
    let mut origins = Vec::with_capacity(text.len() + 1);
    for (at, c) in kept {
        origins.extend(std::iter::repeat_n(at, c.len_utf8()));
    }
    origins.push(text.len());
    origins
}

fn counts(token: &Token<'_>, ignore: Ignore) -> bool {
    match token.kind {
        Kind::Space => true,
        Kind::Mark => !ignore.punctuation,
        Kind::Number | Kind::Word | Kind::Han => true,
    }
}

fn folded(text: &str) -> String {
    text.chars().map(fold_width).collect()
}

fn word(token: &Token<'_>, ignore: Ignore) -> String {
    if ignore.width { folded(token.text) } else { token.text.to_owned() }
}

/// From this similarity on, sentences in order are the same sentence reworded.
pub const REWORDED: f32 = 0.4;
/// From this similarity on, sentences out of order are the same sentence moved.
pub const MOVED: f32 = 0.75;
/// Shorter sentences (`无。`, `特此报告。`) say too little to be recognised elsewhere.
const SHORTEST_MOVE: usize = 8;
/// The largest table of similarities that is filled; beyond it equal sentences divide the texts first.
const LARGEST: usize = 40_000;

/// Pairs of sentences, by index.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Alignment {
    /// Pairs in order.
    pub pairs: Vec<(usize, usize)>,
    /// Whether the texts were too long to be compared sentence by sentence everywhere.
    pub coarse: bool,
}

/// Pairs the sentences of two texts in order: the pairs never cross, and as much text as possible has a counterpart.
pub fn align(old: &[Sentence<'_>], new: &[Sentence<'_>]) -> Alignment {
    let mut found = Alignment::default();
    between(old, new, (0, 0), &mut found);
    found.pairs.sort_unstable();
    found
}

fn between(old: &[Sentence<'_>], new: &[Sentence<'_>], at: (usize, usize), found: &mut Alignment) {
    let head = old.iter().zip(new).take_while(|(a, b)| a.exact == b.exact).count();
    found.pairs.extend((0..head).map(|i| (at.0 + i, at.1 + i)));
    let (old, new, at) = (&old[head..], &new[head..], (at.0 + head, at.1 + head));
    let tail = old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a.exact == b.exact).count();
    let (m, n) = (old.len() - tail, new.len() - tail);
    found.pairs.extend((0..tail).map(|i| (at.0 + m + i, at.1 + n + i)));
    let (old, new) = (&old[..m], &new[..n]);
    if m == 0 || n == 0 {
        return;
    }
    if m.saturating_mul(n) <= LARGEST {
        found.pairs.extend(heaviest(old, new).into_iter().map(|(i, j)| (at.0 + i, at.1 + j)));
        return;
    }
    let anchors = anchors(old, new);
    if anchors.is_empty() {
        found.coarse = true;
        return;
    }
    let (mut i, mut j) = (0, 0);
    for (a, b) in anchors {
        between(&old[i..a], &new[j..b], (at.0 + i, at.1 + j), found);
        found.pairs.push((at.0 + a, at.1 + b));
        (i, j) = (a + 1, b + 1);
    }
    between(&old[i..], &new[j..], (at.0 + i, at.1 + j), found);
}

/// The pairs in order that have the greatest weight together: similarity times length.
fn heaviest(old: &[Sentence<'_>], new: &[Sentence<'_>]) -> Vec<(usize, usize)> {
    let width = new.len() + 1;
    let mut weights = vec![0f32; old.len() * new.len()];
    let mut best = vec![0f32; (old.len() + 1) * width];
    for (i, a) in old.iter().enumerate().rev() {
        for (j, b) in new.iter().enumerate().rev() {
            let similarity = if a.at_most(b) < REWORDED { 0.0 } else { a.similarity(b) };
            let weight = if similarity < REWORDED {
                0.0
            } else {
                // Of two equal sentences the one that has the same numbers is the counterpart.
                let sure = if a.exact == b.exact { 1.01 } else { 1.0 };
                similarity * sure * (a.length + b.length).max(1) as f32
            };
            weights[i * new.len() + j] = weight;
            let skip = best[(i + 1) * width + j].max(best[i * width + j + 1]);
            let take = if weight > 0.0 { weight + best[(i + 1) * width + j + 1] } else { 0.0 };
            best[i * width + j] = skip.max(take);
        }
    }
    let (mut i, mut j, mut pairs) = (0, 0, Vec::new());
    while i < old.len() && j < new.len() {
        let here = best[i * width + j];
        let weight = weights[i * new.len() + j];
        if weight > 0.0 && here == weight + best[(i + 1) * width + j + 1] {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if here == best[(i + 1) * width + j] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

/// Sentences that occur once in either text, the longest chain of them in order.
fn anchors(old: &[Sentence<'_>], new: &[Sentence<'_>]) -> Vec<(usize, usize)> {
    let once = |all: &[Sentence<'_>]| {
        let mut places: HashMap<u64, Option<usize>> = HashMap::new();
        for (at, sentence) in all.iter().enumerate() {
            places.entry(sentence.exact).and_modify(|p| *p = None).or_insert(Some(at));
        }
        places
    };
    let (in_old, in_new) = (once(old), once(new));
    let pairs: Vec<(usize, usize)> = old
        .iter()
        .enumerate()
        .filter_map(|(i, s)| {
            in_old.get(&s.exact).copied().flatten()?;
            in_new.get(&s.exact).copied().flatten().map(|j| (i, j))
        })
        .collect();
    // Patience: the last card of every pile, and for every card the one below it.
    let mut piles: Vec<usize> = Vec::new();
    let mut below: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (card, pair) in pairs.iter().enumerate() {
        let pile = piles.partition_point(|p| pairs[*p].1 < pair.1);
        below.push(pile.checked_sub(1).map(|p| piles[p]));
        if pile == piles.len() {
            piles.push(card);
        } else {
            piles[pile] = card;
        }
    }
    let mut chain = Vec::new();
    let mut card = piles.last().copied();
    while let Some(at) = card {
        chain.push(pairs[at]);
        card = below[at];
    }
    chain.reverse();
    chain
}

/// Of sentences that have no counterpart in order, those that stand elsewhere: pairs of indices, in the order of `new`.
///
/// `old` and `new` hold the left-over sentences with their positions in the whole text. Neighbours stay together where
/// there is a choice, so that a moved paragraph is one run.
pub fn moved(old: &[(usize, &Sentence<'_>)], new: &[(usize, &Sentence<'_>)]) -> Vec<(usize, usize)> {
    let mut free: HashMap<u64, Vec<usize>> = HashMap::new();
    for (i, (_, sentence)) in old.iter().enumerate() {
        free.entry(sentence.masked).or_default().push(i);
    }
    let mut taken = vec![false; old.len()];
    let mut pairs = Vec::new();
    let mut left = Vec::new();
    let mut last: Option<usize> = None;
    for (at, sentence) in new {
        let candidates = free.get(&sentence.masked).filter(|_| sentence.length >= SHORTEST_MOVE);
        let open = |i: &&usize| !taken[**i];
        let follows = |i: &&usize| last.is_some_and(|l| old[**i].0 == l + 1);
        let exact = |i: &&usize| old[**i].1.exact == sentence.exact;
        let pick = candidates.and_then(|all| {
            let mut best =
                all.iter().filter(open).filter(follows).chain(all.iter().filter(open).filter(exact));
            best.next().or_else(|| all.iter().find(open)).copied()
        });
        match pick {
            Some(i) => {
                taken[i] = true;
                last = Some(old[i].0);
                pairs.push((old[i].0, *at));
            }
            None => left.push((*at, *sentence)),
        }
    }
    let rest: Vec<usize> = (0..old.len()).filter(|i| !taken[*i]).collect();
    if rest.len().saturating_mul(left.len()) <= LARGEST {
        let mut close: Vec<(f32, usize, usize)> = Vec::new();
        for i in rest {
            for (j, (_, sentence)) in left.iter().enumerate() {
                let short = sentence.length.min(old[i].1.length) < SHORTEST_MOVE;
                if !short && old[i].1.at_most(sentence) >= MOVED {
                    let similarity = old[i].1.similarity(sentence);
                    if similarity >= MOVED {
                        close.push((similarity, i, j));
                    }
                }
            }
        }
        close.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
        let mut used = vec![false; left.len()];
        for (_, i, j) in close {
            if !taken[i] && !used[j] {
                (taken[i], used[j]) = (true, true);
                pairs.push((old[i].0, left[j].0));
            }
        }
    }
    pairs.sort_unstable_by_key(|(_, j)| *j);
    pairs
}

/// The bytes in which a sentence and its counterpart differ. Numbers are marked whole, and only they where only they
/// differ.
pub fn marks(old: &Sentence<'_>, new: &Sentence<'_>) -> (Vec<Range<usize>>, Vec<Range<usize>>) {
    let (in_old, in_new) = (compared(old.text, old.ignore), compared(new.text, new.ignore));
    let (a, b) = (tokens(&in_old), tokens(&in_new));
    let kept = |all: &[Token<'_>], ignore| -> Vec<usize> {
        (0..all.len()).filter(|i| counts(&all[*i], ignore)).collect()
    };
    let (ka, kb) = (kept(&a, old.ignore), kept(&b, new.ignore));
    let words = |all: &[Token<'_>], kept: &[usize], ignore| -> Vec<String> {
        kept.iter().map(|i| word(&all[*i], ignore)).collect()
    };
    let operations = if old.likeness(new) == Likeness::Numbers {
        // Token for token: a diff would also slide a number along equal ones.
        let mut differing = Vec::new();
        let (wa, wb) = (words(&a, &ka, old.ignore), words(&b, &kb, new.ignore));
        for i in 0..ka.len().min(kb.len()) {
            if wa[i] != wb[i] {
                differing.push((i..i + 1, i..i + 1));
            }
        }
        differing
    } else {
        let (wa, wb) = (words(&a, &ka, old.ignore), words(&b, &kb, new.ignore));
        let found = capture_diff_slices(Algorithm::Patience, &wa, &wb);
        joined(found.iter().filter(|o| o.tag() != DiffTag::Equal).map(|o| (o.old_range(), o.new_range())))
    };
    let ranges = |sentence: &Sentence<'_>, all: &[Token<'_>], kept: &[usize], found: Vec<Range<usize>>| {
        let origins = origins(sentence.text, sentence.ignore);
        let bytes = |range: Range<usize>| {
            let (first, last) = (kept.get(range.start)?, kept.get(range.end.checked_sub(1)?)?);
            let (start, end) = (all[*first].range().start, all[*last].range().end);
            // The last character as it stands: spaces after it do not belong to it.
            let last = origins[end - 1];
            let length = sentence.text[last..].chars().next().map_or(0, char::len_utf8);
            (range.start < range.end).then(|| origins[start]..last + length)
        };
        found.into_iter().filter_map(bytes).collect::<Vec<_>>()
    };
    let (olds, news) = operations.into_iter().unzip();
    (ranges(old, &a, &ka, olds), ranges(new, &b, &kb, news))
}

/// A single token that two changes have in common by chance makes them harder to read, not easier.
fn joined(found: impl Iterator<Item = (Range<usize>, Range<usize>)>) -> Vec<(Range<usize>, Range<usize>)> {
    let mut all: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    for (old, new) in found {
        match all.last_mut() {
            Some((o, n)) if old.start - o.end <= 1 && new.start - n.end <= 1 => {
                o.end = old.end;
                n.end = new.end;
            }
            _ => all.push((old, new)),
        }
    }
    all
}

/// The quantities that a sentence states: numbers other than 0 that count or measure something. Dates, numbers of
/// documents and articles (`第711号`, `第五十条`), ordinals and what stands in brackets of citation do not count.
pub fn quantities(sentence: &str) -> Vec<Range<usize>> {
    let all = tokens(sentence);
    let mut depth = 0usize;
    let mut found = Vec::new();
    for (i, token) in all.iter().enumerate() {
        match token.text {
            "《" | "〔" | "[" | "【" => depth += 1,
            "》" | "〕" | "]" | "】" => depth = depth.saturating_sub(1),
            _ => {}
        }
        let dated = matches!(token.unit(), "年" | "月" | "日" | "号" | "时" | "");
        let ordinal = i > 0 && all[i - 1].text == "第";
        if depth == 0 && !dated && !ordinal && token.value().is_some_and(|v| v != Decimal::ZERO) {
            found.push(token.range());
        }
    }
    found
}

/// How much of a text was there before, in characters, white space not counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Copied {
    /// In sentences taken over word for word.
    pub same: usize,
    /// In sentences taken over with other numbers.
    pub numbers: usize,
    /// In all sentences.
    pub all: usize,
}

impl Copied {
    /// Adds a sentence of the newer text and how it compares with its counterpart.
    pub fn add(&mut self, length: usize, likeness: Option<Likeness>) {
        self.all += length;
        match likeness {
            Some(Likeness::Same) => self.same += length,
            Some(Likeness::Numbers) => self.numbers += length,
            Some(Likeness::Reworded) | None => {}
        }
    }

    /// The share in whole per cent that was taken over, with or without other numbers; `None` of nothing. Rounded down,
    /// so that 100 is all of it.
    pub fn percent(&self) -> Option<usize> {
        ((self.same + self.numbers) * 100).checked_div(self.all)
    }
}

/// How much of a newer text was taken from an older one, in order or moved.
pub fn copied(old: &[Sentence<'_>], new: &[Sentence<'_>]) -> Copied {
    let mut pairs = align(old, new).pairs;
    let free = |count: usize, taken: &dyn Fn(&(usize, usize)) -> usize| -> Vec<bool> {
        let mut free = vec![true; count];
        pairs.iter().for_each(|p| free[taken(p)] = false);
        free
    };
    let (free_old, free_new) = (free(old.len(), &|p| p.0), free(new.len(), &|p| p.1));
    let left = |all: &[bool]| -> Vec<usize> { (0..all.len()).filter(|i| all[*i]).collect() };
    let left_old: Vec<_> = left(&free_old).into_iter().map(|i| (i, &old[i])).collect();
    let left_new: Vec<_> = left(&free_new).into_iter().map(|j| (j, &new[j])).collect();
    pairs.extend(moved(&left_old, &left_new));
    let counterpart: HashMap<usize, usize> = pairs.into_iter().map(|(i, j)| (j, i)).collect();
    let mut copied = Copied::default();
    for (j, sentence) in new.iter().enumerate() {
        copied.add(sentence.length, counterpart.get(&j).map(|i| old[*i].likeness(sentence)));
    }
    copied
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ready<'t>(texts: &[&'t str]) -> Vec<Sentence<'t>> {
        texts.iter().map(|t| Sentence::new(t, Ignore::default())).collect()
    }

    fn marked(old: &str, new: &str) -> (Vec<String>, Vec<String>) {
        let (a, b) = (Sentence::new(old, Ignore::default()), Sentence::new(new, Ignore::default()));
        let (in_old, in_new) = marks(&a, &b);
        let words =
            |text: &str, all: Vec<Range<usize>>| all.into_iter().map(|r| text[r].to_owned()).collect();
        (words(old, in_old), words(new, in_new))
    }

    #[test]
    fn one_changed_number_is_marked_alone_and_whole() {
        let (old, new) =
            marked("全年办理申请21件，其中部分公开3件。", "全年办理申请210件，其中部分公开3件。");
        assert_eq!((old, new), (vec!["21件".to_owned()], vec!["210件".to_owned()]));
        let (old, new) = marked("占比33.9%，较上年提高1.5个百分点。", "占比33.8%，较上年提高1.5个百分点。");
        assert_eq!((old, new), (vec!["33.9%".to_owned()], vec!["33.8%".to_owned()]));
    }

    #[test]
    fn a_reworded_sentence_marks_its_words() {
        let (old, new) = marked("我局按月更新专栏。", "我局按季度检查专栏。");
        assert_eq!((old, new), (vec!["月更新".to_owned()], vec!["季度检查".to_owned()]));
        let (old, new) = marked("组织培训。", "组织业务培训。");
        assert_eq!((old, new), (vec![], vec!["业务".to_owned()]));
    }

    #[test]
    fn marks_stand_right_where_spaces_are_ignored() {
        let ignore = Ignore { whitespace: true, ..Ignore::default() };
        let (old, new) = ("组织 培训 2 次 。", "组织培训35次。");
        let (in_old, in_new) = marks(&Sentence::new(old, ignore), &Sentence::new(new, ignore));
        assert_eq!((&old[in_old[0].clone()], &new[in_new[0].clone()]), ("2 次", "35次"));
    }

    #[test]
    fn likeness_by_what_differs() {
        let of = |a: &str, b: &str, ignore| Sentence::new(a, ignore).likeness(&Sentence::new(b, ignore));
        let none = Ignore::default();
        assert_eq!(of("培训2次。", "培训2次。", none), Likeness::Same);
        assert_eq!(of("2022年培训2次。", "2023年培训3次。", none), Likeness::Numbers);
        assert_eq!(of("增加2件。", "减少2件。", none), Likeness::Reworded);
        assert_eq!(of("培训 2次。", "培训2次。", none), Likeness::Reworded, "a space is a difference");
        assert_eq!(of("培训 2次。", "培训2次。", Ignore { whitespace: true, ..none }), Likeness::Same);
        assert_eq!(of("培训 2 次。", "培训2次。", Ignore { whitespace: true, ..none }), Likeness::Same);
        assert_eq!(of("培训２次。", "培训2次。", Ignore { width: true, ..none }), Likeness::Same);
        assert_eq!(of("培训，检查。", "培训、检查；", Ignore { punctuation: true, ..none }), Likeness::Same);
    }

    #[test]
    fn sentences_are_paired_in_order_and_what_stands_elsewhere_is_moved() {
        let old = ready(&[
            "一是加强目录管理，按月核对栏目。",
            "二是组织业务培训3次。",
            "三是公开渠道还不够丰富，查询不便。",
        ]);
        let new = ready(&[
            "三是公开渠道还不够丰富，查询不便。",
            "一是加强目录管理，按季核对栏目。",
            "二是组织业务培训5次。",
            "四是新增查阅点。",
        ]);
        let alignment = align(&old, &new);
        assert_eq!(alignment.pairs, [(0, 1), (1, 2)]);
        assert_eq!(moved(&[(2, &old[2])], &[(0, &new[0]), (3, &new[3])]), [(2, 0)]);
        let copied = copied(&old, &new);
        assert_eq!((copied.same, copied.numbers), (17, 11));
    }

    #[test]
    fn equal_sentences_pair_with_those_of_the_same_numbers() {
        let old = ready(&["收到申请2件。", "收到申请3件。"]);
        let new = ready(&["收到申请3件。"]);
        assert_eq!(align(&old, &new).pairs, [(1, 0)]);
    }

    #[test]
    fn long_texts_are_divided_at_equal_sentences() {
        let texts: Vec<String> = (0..900).map(|i| format!("事项编号甲{i}乙，内容各异。")).collect();
        let mut changed = texts.clone();
        changed[400] = "这一句完全换了说法。".to_owned();
        changed.remove(10);
        fn all(texts: &[String]) -> Vec<Sentence<'_>> {
            texts.iter().map(|t| Sentence::new(t, Ignore::default())).collect()
        }
        let alignment = align(&all(&texts), &all(&changed));
        assert!(!alignment.coarse);
        assert_eq!(alignment.pairs.len(), 898);
        assert!(alignment.pairs.is_sorted_by(|a, b| a.0 < b.0 && a.1 < b.1));

        let other: Vec<String> = (0..900).map(|i| format!("另一份文字丙{i}丁。")).collect();
        assert!(align(&all(&texts), &all(&other)).coarse, "and it says so when it cannot");
    }

    #[test]
    fn quantities_are_what_counts_something() {
        let of =
            |text: &'static str| -> Vec<&str> { quantities(text).into_iter().map(|r| &text[r]).collect() };
        assert_eq!(of("2023年共发布46条，占33.9%，其中0条逾期。"), ["46条", "33.9%"]);
        assert!(of("根据国令第711号和《2023年要点12条》第20条，〔2021〕30号，1.总体").is_empty());
    }
}
