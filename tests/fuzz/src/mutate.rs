//! Changes by chance, the same on every run.

/// Numbers that look random and are the same each time.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below `n`.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % n
    }
}

/// Changes some bytes: takes some out, puts a token in, turns one into another, copies some elsewhere.
pub(crate) fn mutate(bytes: &mut Vec<u8>, tokens: &[&[u8]], dice: &mut Dice) {
    for _ in 0..1 + dice.below(6) {
        let at = dice.below(bytes.len().max(1)).min(bytes.len());
        let end = (at + dice.below(60)).min(bytes.len());
        match dice.below(4) {
            0 => drop(bytes.splice(at..end, [])),
            1 => drop(bytes.splice(at..at, tokens[dice.below(tokens.len())].iter().copied())),
            2 => bytes.iter_mut().skip(at).take(1).for_each(|b| *b = dice.below(256) as u8),
            _ => {
                let copy = bytes[at..end].to_vec();
                let to = dice.below(bytes.len() + 1);
                drop(bytes.splice(to..to, copy));
            }
        }
    }
}
