//! Which sentence of one text is the counterpart of which of the other.

use std::collections::HashMap;

use super::Sentence;

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
