//! How much of a text was there before.

use std::collections::HashMap;

use super::{Likeness, Sentence, align, moved};

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
