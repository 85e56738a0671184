//! What is wrong with a configuration file, in the words of the user.

use nianbao_lint::{Say, say};
use toml::de::{DeTable, DeValue};

/// Where the parts of a TOML file stand.
pub(crate) struct Lines<'a> {
    text: &'a str,
    root: Option<toml::Spanned<DeTable<'a>>>,
}

impl<'a> Lines<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self { text, root: DeTable::parse(text).ok() }
    }

    /// The line of a key: parts of its path, numbers for the items of lists. Where the last parts are not there, the line
    /// of the first ones.
    pub(crate) fn of(&self, path: &[&str]) -> Option<usize> {
        let mut table = self.root.as_ref().map(toml::Spanned::get_ref)?;
        let mut line = None;
        let mut items: Option<&[toml::Spanned<DeValue<'_>>]> = None;
        for part in path {
            let value = match items.take() {
                Some(list) => part.parse::<usize>().ok().and_then(|i| list.get(i))?,
                // One organ may stand as a table where the path counts it in a list.
                None if *part == "0" => continue,
                None => {
                    let (key, value) = table.iter().find(|(k, _)| k.get_ref() == part)?;
                    line = Some(key.span().start);
                    value
                }
            };
            match value.get_ref() {
                DeValue::Table(inner) => {
                    if line.is_none_or(|l| value.span().start > l) && value.span().start > 0 {
                        line = Some(value.span().start);
                    }
                    table = inner;
                }
                DeValue::Array(list) => items = Some(list),
                _ => {}
            }
        }
        line.map(|at| line_of(self.text, at))
    }
}

/// The line of a byte offset, from 1.
pub(crate) fn line_of(text: &str, at: usize) -> usize {
    text.as_bytes().iter().take(at).filter(|b| **b == b'\n').count() + 1
}

/// A complaint of the TOML reader, with the line that it is about.
pub(crate) fn explain(error: &toml::de::Error, text: &str) -> (usize, Say) {
    let line = error.span().map_or(1, |span| line_of(text, span.start));
    (line, translate(error.message()))
}

/// The words between backquotes.
fn quoted(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

/// Serde's English complaints in both languages, with what was probably meant.
fn translate(message: &str) -> Say {
    if let Some((zh, en)) = message.split_once(" ‖ ") {
        return Say { zh: zh.to_owned(), en: en.trim_end().to_owned() };
    }
    let words = quoted(message);
    if let ([seen, known @ ..], true) = (&words[..], message.starts_with("unknown ")) {
        let key = message.starts_with("unknown field");
        let (list, list_en) = (known.join("、"), known.join(", "));
        let meant = nearest(seen, known);
        let (what, what_en) = if key { ("配置项", "key") } else { ("取值", "value") };
        return match meant {
            Some(meant) => say!(
                "没有{what}“{seen}”，是不是“{meant}”？可以是：{list}",
                "unknown {what_en} \"{seen}\"; did you mean \"{meant}\"? Known: {list_en}"
            ),
            None => {
                say!("没有{what}“{seen}”；可以是：{list}", "unknown {what_en} \"{seen}\"; known: {list_en}")
            }
        };
    }
    if let ([key], true) = (&words[..], message.starts_with("missing field")) {
        return match *key {
            "reason" => say!("缺少 reason：必须写明理由", "`reason` is missing: say why"),
            _ => say!("缺少 {key}", "`{key}` is missing"),
        };
    }
    if let Some(rest) = message.strip_prefix("invalid type: ")
        && let Some((seen, expected)) = rest.split_once(", expected ")
    {
        return say!("类型不对：写的是 {seen}，应为 {expected}", "wrong type: {seen}, expected {expected}");
    }
    let message = message.trim();
    say!("不符合 TOML 语法：{message}", "not TOML: {message}")
}

/// The known word that a mistyped one most probably means.
pub(crate) fn nearest<'a>(seen: &str, known: &[&'a str]) -> Option<&'a str> {
    // Two letters exchanged are a distance of two, in short words too.
    let limit = (seen.chars().count() / 2).clamp(1, 4);
    known
        .iter()
        .filter_map(|k| nianbao_text::distance::edit_distance(seen, k, limit).map(|d| (d, *k)))
        .min_by_key(|(d, _)| *d)
        .map(|(_, k)| k)
}
