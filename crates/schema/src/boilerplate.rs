//! Sentences that every report may share with every other one, from `schemas/boilerplate.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

/// All of `schemas/boilerplate.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    sentence: Vec<Pattern>,
}

/// A kind of sentence.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pattern {
    /// What the sentence says.
    pub name: String,
    /// Words that it holds, all of them.
    pub words: Vec<String>,
    /// Characters that it has at most.
    #[serde(default)]
    pub longest: Option<usize>,
}

static DATA: LazyLock<Data> = LazyLock::new(|| crate::embedded("boilerplate", crate::generated::BOILERPLATE));

/// The kinds of sentences.
pub fn patterns() -> &'static [Pattern] {
    &DATA.sentence
}

/// The kind of boilerplate that a sentence is; `None` for what an organ says of its own work.
pub fn of(sentence: &str) -> Option<&'static Pattern> {
    let short = |p: &Pattern| p.longest.is_none_or(|most| sentence.chars().count() <= most);
    patterns().iter().find(|p| short(p) && p.words.iter().all(|w| sentence.contains(w.as_str())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_law_speaks_the_same_every_year_and_the_organ_does_not() {
        for sentence in [
            "根据《中华人民共和国政府信息公开条例》（国务院令第711号）编制本报告。",
            "本报告所列数据的统计期限自2023年1月1日起至12月31日止。",
            "如对本报告有疑问，请与办公室联系。",
            "2023年未收取信息处理费。",
            "无。",
        ] {
            assert!(of(sentence).is_some(), "{sentence}");
        }
        for sentence in [
            "2023年，我局贯彻《中华人民共和国政府信息公开条例》，公开信息46条。",
            "一是更新不够及时，无专人负责。",
            "全年新收申请3件。",
        ] {
            assert!(of(sentence).is_none(), "{sentence}");
        }
    }
}
