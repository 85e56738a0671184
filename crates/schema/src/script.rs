//! Traditional and simplified characters (繁体字、简体字).

use std::collections::HashMap;
use std::sync::LazyLock;

static SIMPLIFIED: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
    let lines = include_str!("../../../schemas/traditional.txt").lines().filter(|l| !l.starts_with('#'));
    let pairs = lines.flat_map(str::split_whitespace);
    pairs
        .filter_map(|pair| {
            let mut chars = pair.chars();
            chars.next().zip(chars.next())
        })
        .collect()
});

/// The simplified character for a traditional one; `None` for all others.
pub fn simplified(c: char) -> Option<char> {
    SIMPLIFIED.get(&c).copied()
}

/// Whether a character is Chinese.
pub fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_of_equal_length_and_lead_out_of_the_list() {
        assert!(SIMPLIFIED.len() > 2000);
        let mut pairs: Vec<(char, char)> = SIMPLIFIED.iter().map(|(t, s)| (*t, *s)).collect();
        pairs.sort_unstable();
        for (traditional, simple) in pairs {
            assert_eq!(traditional.len_utf8(), simple.len_utf8(), "{traditional}");
            assert!(is_han(traditional) && simplified(simple).is_none(), "{traditional}");
        }
        let folded: String = "主動公開政府資訊情況於".chars().map(|c| simplified(c).unwrap_or(c)).collect();
        assert_eq!(folded, "主动公开政府资讯情况于");
    }
}
