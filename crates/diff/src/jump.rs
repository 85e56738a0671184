//! Which changes of a count are more than chance.
//!
//! A bare percentage says nothing of small counts: from 1 to 3 is +200 %, and happens every year. So two counts are
//! compared as what they are, numbers of events. If both years had the same rate, then of the `n = old + new` events each
//! would fall into either year with probability ½ (the conditional test for two Poisson counts, an exact binomial test).
//! A change is a jump if so uneven a division would happen by chance in less than one case of a thousand, and the larger
//! count is at least twice the smaller one: with large counts even a small change is no chance, and yet no surprise.

/// Jumps would happen by chance in less than one case of this many.
pub const LEVEL: u32 = 1000;

/// The larger count is at least this many times the smaller one.
pub const TIMES: u64 = 2;

/// The greatest sum of two counts for which the test is computed. Above it, a count that is at least twice the other
/// always passes the test (at 111 events the most even such division, 37 to 74, has p < 0.0006), and more events only
/// make it surer.
const EXACT: u64 = 110;

/// Whether the change from one count to another is a jump. Integers throughout: no rounding decides.
pub fn is_jump(old: u64, new: u64) -> bool {
    let (small, large) = (old.min(new), old.max(new));
    if large == small || large < small.saturating_mul(TIMES) {
        return false;
    }
    match small.checked_add(large) {
        Some(events) if events <= EXACT => unlikely(small, events),
        _ => true,
    }
}

/// Whether `2·Σ_{i ≤ small} C(events, i) / 2^events < 1/LEVEL`: both tails of the binomial distribution.
fn unlikely(small: u64, events: u64) -> bool {
    let (mut term, mut sum) = (1u128, 1u128);
    for i in 0..u128::from(small) {
        // C(n, i+1) = C(n, i)·(n−i)/(i+1), which is an integer; at most 2^110, so nothing overflows.
        term = term * (u128::from(events) - i) / (i + 1);
        sum += term;
    }
    sum * 2 * u128::from(LEVEL) < 1u128 << events
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_counts_need_more_than_a_percentage() {
        for (old, new, jump) in [
            (0, 0, false),
            (1, 3, false),
            (0, 10, false),
            (0, 11, true),
            (11, 0, true),
            (1, 13, false),
            (1, 14, true),
            (10, 30, false),
            (10, 33, true),
            (50, 99, false),
            (50, 100, true),
            (9000, 9487, false),
            (9000, 18_000, true),
            (u64::MAX, 1, true),
        ] {
            assert_eq!(is_jump(old, new), jump, "{old} to {new}");
            assert_eq!(is_jump(new, old), jump, "{new} to {old}");
        }
    }

    /// What the shortcut above [`EXACT`] rests on.
    #[test]
    fn the_most_even_doubling_passes_the_test_where_it_is_no_longer_computed() {
        for events in EXACT - 5..=EXACT + 8 {
            assert!(unlikely(events / 3, events), "{events}");
        }
    }
}
