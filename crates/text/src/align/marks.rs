//! What of two sentences differs, and which quantities a sentence states.

use std::ops::Range;

use rust_decimal::Decimal;
use similar::{Algorithm, DiffTag, capture_diff_slices};

use super::sentence::{compared, counts, marked_tokens, origins, word};
use super::{Likeness, Sentence};
use crate::token::{Kind, Token, tokens};

/// The bytes in which a sentence and its counterpart differ. Numbers are marked whole, and only they where only they
/// differ.
pub fn marks(old: &Sentence<'_>, new: &Sentence<'_>) -> (Vec<Range<usize>>, Vec<Range<usize>>) {
    let (in_old, in_new) = (compared(old.text, old.ignore), compared(new.text, new.ignore));
    let (a, b) = (marked_tokens(&in_old), marked_tokens(&in_new));
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
        let kind = |at: usize| b[kb[at]].kind;
        let numbers = |(old, new): &(Range<usize>, Range<usize>)| {
            !old.is_empty()
                && !new.is_empty()
                && old.clone().all(|at| a[ka[at]].kind == Kind::Number)
                && new.clone().all(|at| kind(at) == Kind::Number)
        };
        let found =
            found.iter().filter(|o| o.tag() != DiffTag::Equal).map(|o| (o.old_range(), o.new_range()));
        joined(found, |at| matches!(kind(at), Kind::Han | Kind::Space | Kind::Word), numbers)
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

/// Ranges of tokens in either sentence that differ.
type Change = (Range<usize>, Range<usize>);

/// A single word that two changes have in common by chance makes them harder to read, not easier; a changed number is a
/// change of its own, and so is what a comma parts.
fn joined(
    found: impl Iterator<Item = Change>,
    is_word: impl Fn(usize) -> bool,
    is_number: impl Fn(&Change) -> bool,
) -> Vec<Change> {
    let mut all: Vec<Change> = Vec::new();
    for change in found {
        let (old, new) = &change;
        match all.last_mut() {
            Some((o, n)) if old.start == o.end && new.start == n.end => (o.end, n.end) = (old.end, new.end),
            Some(last)
                if old.start - last.0.end <= 1
                    && new.start - last.1.end <= 1
                    && is_word(last.1.end)
                    && !is_number(last)
                    && !is_number(&change) =>
            {
                (last.0.end, last.1.end) = (old.end, new.end);
            }
            _ => all.push(change),
        }
    }
    all
}

/// The quantities that a sentence states: numbers other than 0 that count or measure something. Dates, numbers of
/// documents and articles (`第711号`, `第五十条`), ordinals and what stands in brackets of citation do not count.
pub fn quantities(sentence: &str) -> Vec<Range<usize>> {
    outside_citations(sentence, |before, token| {
        let dated = matches!(token.unit(), "年" | "月" | "日" | "号" | "时" | "");
        !dated && before != Some("第") && token.value().is_some_and(|v| v != Decimal::ZERO)
    })
}

/// Where a sentence names a year as such (`2022年`), not in the title or number of a document.
pub fn years(sentence: &str, year: u16) -> Vec<Range<usize>> {
    let year = Decimal::from(year);
    outside_citations(sentence, |_, token| token.unit() == "年" && token.value() == Some(year))
}

/// Tokens outside of brackets of citation, judged with the token before them.
fn outside_citations(sentence: &str, judge: impl Fn(Option<&str>, &Token<'_>) -> bool) -> Vec<Range<usize>> {
    let all = tokens(sentence);
    let mut depth = 0usize;
    let mut found = Vec::new();
    for (i, token) in all.iter().enumerate() {
        match token.text {
            "《" | "〔" | "[" | "【" => depth += 1,
            "》" | "〕" | "]" | "】" => depth = depth.saturating_sub(1),
            _ => {}
        }
        let before = i.checked_sub(1).map(|b| all[b].text);
        if depth == 0 && judge(before, token) {
            found.push(token.range());
        }
    }
    found
}
