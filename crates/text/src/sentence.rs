//! Sentences of a paragraph.

use std::ops::Range;

/// The byte ranges of the sentences of a paragraph, without white space at their ends.
///
/// A sentence ends after `。`, `！`, `？`, `；` or a line break, together with closing quotes and brackets that follow.
pub fn sentences(paragraph: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut chars = paragraph.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if !matches!(c, '。' | '！' | '？' | '；' | '\n') {
            continue;
        }
        let mut end = at + c.len_utf8();
        while let Some((next, closing)) = chars.peek().copied()
            && matches!(closing, '”' | '’' | '）' | '》' | '」' | '』')
        {
            end = next + closing.len_utf8();
            chars.next();
        }
        push(paragraph, start..end, &mut found);
        start = end;
    }
    push(paragraph, start..paragraph.len(), &mut found);
    found
}

fn push(paragraph: &str, range: Range<usize>, found: &mut Vec<Range<usize>>) {
    let piece = &paragraph[range.clone()];
    let trimmed = piece.trim();
    if !trimmed.is_empty() {
        let start = range.start + (piece.len() - piece.trim_start().len());
        found.push(start..start + trimmed.len());
    }
}

/// The sentence that holds a byte offset; the whole paragraph if none does.
pub fn sentence_at(paragraph: &str, byte: usize) -> Range<usize> {
    sentences(paragraph).into_iter().find(|s| s.contains(&byte)).unwrap_or(0..paragraph.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closing_quotes_stay_with_their_sentence() {
        let text = "他说：“可以。”我同意；  再议！完";
        let found: Vec<&str> = sentences(text).into_iter().map(|r| &text[r]).collect();
        assert_eq!(found, ["他说：“可以。”", "我同意；", "再议！", "完"]);
        assert_eq!(&text[sentence_at(text, text.find("同意").unwrap())], "我同意；");
    }
}
