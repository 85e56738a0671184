//! Edit distance, for labels that are nearly right.

/// Number of single-character insertions, deletions and substitutions that turn `a` into `b`, or `None` above `limit`.
///
/// Levenshtein's distance in characters, cut off early: labels are compared against some two hundred candidates.
pub fn edit_distance(a: &str, b: &str, limit: usize) -> Option<usize> {
    let a: Vec<char> = a.chars().collect();
    let b: Vec<char> = b.chars().collect();
    if a.len().abs_diff(b.len()) > limit {
        return None;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        let mut least = row[0];
        for (j, y) in b.iter().enumerate() {
            let substituted = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(row[j] + 1).min(diagonal + 1);
            least = least.min(row[j + 1]);
        }
        if least > limit {
            return None;
        }
    }
    Some(row[b.len()]).filter(|d| *d <= limit)
}

/// Whether `short` can be had from `long` by leaving characters out.
pub fn is_subsequence(short: &str, long: &str) -> bool {
    let mut rest = long.chars();
    short.chars().all(|c| rest.any(|d| d == c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_characters_not_bytes() {
        assert_eq!(edit_distance("属于国家机密", "属于国家秘密", 2), Some(1));
        assert_eq!(edit_distance("以获取", "已获取", 2), Some(1));
        assert_eq!(edit_distance("采购项目数", "采购项目数量", 2), Some(1));
        assert_eq!(edit_distance("", "一二三", 2), None);
        assert_eq!(edit_distance("重复申请", "行政许可", 2), None);
    }

    #[test]
    fn subsequences() {
        assert!(is_subsequence("霍山开发区", "霍山经济开发区"));
        assert!(!is_subsequence("开发霍山区", "霍山经济开发区"));
    }
}
