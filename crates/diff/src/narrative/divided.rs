//! Sentences that were divided, and sentences that became one.

use std::collections::BTreeMap;

use nianbao_text::align::{Likeness, Sentence};

use super::text::{Run, Text};

/// From this share on, a sentence is a part of another one.
const PART: f32 = 0.6;

/// Sentences that were divided, and sentences that became one: what stands without counterpart beside a pair of reworded
/// sentences, and is in the other one of the pair, belongs to it. By the first sentence of the newer report.
pub(super) fn divided(
    old: &Text<'_>,
    new: &Text<'_>,
    by_part: bool,
    counterpart: &mut [Option<usize>],
    matched: &mut [bool],
) -> BTreeMap<usize, (Run, Run)> {
    let mut runs = BTreeMap::new();
    for j in 0..new.all.len() {
        // A sentence of an earlier run has given its counterpart away.
        let Some(i) = counterpart[j] else { continue };
        if old.is_title(i) || old.ready[i].likeness(&new.ready[j]) != Likeness::Reworded {
            continue;
        }
        let theirs = widened(new, j, &old.ready[i], |at| {
            counterpart[at].is_none()
                && new.bucket(at, by_part) == new.bucket(j, by_part)
                && !inside_any(&runs, at)
        });
        let ours = match theirs.len() {
            1 => widened(old, i, &new.ready[j], |at| {
                !matched[at] && old.bucket(at, by_part) == old.bucket(i, by_part)
            }),
            _ => i..i + 1,
        };
        if theirs.len() > 1 || ours.len() > 1 {
            counterpart[j] = None;
            counterpart[theirs.start] = Some(ours.start);
            ours.clone().for_each(|at| matched[at] = true);
            runs.insert(theirs.start, (ours, theirs));
        }
    }
    runs
}

fn inside_any(runs: &BTreeMap<usize, (Run, Run)>, at: usize) -> bool {
    runs.values().any(|(_, run)| run.contains(&at))
}

/// A sentence and those beside it that are parts of another one.
fn widened(text: &Text<'_>, at: usize, whole: &Sentence<'_>, free: impl Fn(usize) -> bool) -> Run {
    let mut run = at..at + 1;
    let mut likeness = text.ready[at].similarity(whole);
    loop {
        let sides = [
            (run.end, run.start..run.end + 1),
            (run.start.wrapping_sub(1), run.start.saturating_sub(1)..run.end),
        ];
        let found = sides.into_iter().find_map(|(next, wider)| {
            let part = text.ready.get(next).filter(|_| free(next) && !text.is_title(next))?;
            let words = text.words(wider.clone());
            let closer = Sentence::new(&words, text.ignore).similarity(whole);
            (part.within(whole) >= PART && closer > likeness).then_some((wider, closer))
        });
        match found {
            Some((wider, closer)) => (run, likeness) = (wider, closer),
            None => return run,
        }
    }
}
