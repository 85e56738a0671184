//! Phrases that the rules on wording know, from `schemas/wording.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

/// All of `schemas/wording.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wording {
    /// Particles confused with one another.
    #[serde(rename = "particle")]
    pub particles: Vec<Particle>,
    /// Vague quantities.
    pub vague: Vague,
    /// Lines of a web page around the text.
    pub page: Page,
    /// Last year's measures.
    pub promise: Promise,
    /// When another year than the report's own is rightly named.
    pub stale: Stale,
    /// What a form leaves in a report.
    pub residue: Residue,
    /// Years without digits.
    pub lost_year: LostYear,
    /// Words written twice.
    pub doubled: Doubled,
    /// Units behind numbers that are exact and vague at once.
    pub exact: Exact,
    /// Sentences of the sample text of 2008.
    pub boilerplate: Phrases,
    /// Misspellings.
    #[serde(rename = "typo")]
    pub typos: Vec<Typo>,
    /// Addresses written wrongly.
    #[serde(rename = "address")]
    pub addresses: Vec<Address>,
    /// Mail services for private use.
    pub mail: Mail,
    /// How one sees private data.
    pub private: Private,
    /// Words of a report that could be anybody's.
    pub generic: Generic,
    /// How a general office counts for its county.
    pub scope: Scope,
}

/// Lines of a web page around the text, by how they begin.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Page {
    /// Above the text.
    pub head: Vec<String>,
    /// Below the text: all that follows is the page's too.
    pub foot: Vec<String>,
    /// Words of buttons.
    pub buttons: Vec<String>,
    /// Beginnings of imprints and counters.
    pub imprint: Vec<String>,
}

/// Last year's measures.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Promise {
    /// Words of sentences that promise something.
    pub marks: Vec<String>,
    /// Words that say nothing of what is promised.
    pub empty: Vec<String>,
}

/// When another year than the report's own is rightly named.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stale {
    /// Words right before the year.
    pub before: Vec<String>,
    /// Words right after it.
    pub after: Vec<String>,
    /// Words anywhere in the sentence: comparisons, looking back.
    pub sentence: Vec<String>,
    /// Others who act in the sentence.
    pub subjects: Vec<String>,
}

/// What a form leaves in a report that was written into it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Residue {
    /// Words that only a form has.
    pub phrases: Vec<String>,
    /// Words that only a form has in brackets.
    pub bracketed: Vec<String>,
    /// Words of sentences in which `××` masks a name.
    pub masking: Vec<String>,
}

/// Years without digits: `青禾县年政务公开工作要点`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LostYear {
    /// What follows the bare 年.
    pub after: Vec<String>,
}

/// Words written twice.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Doubled {
    /// Characters that are wrong twice.
    pub characters: Vec<String>,
    /// Words in which they are right twice.
    pub right: Vec<String>,
    /// Phrases that say the same twice.
    pub phrases: Vec<String>,
    /// Words of two characters that are rightly repeated.
    pub repeatable: Vec<String>,
}

/// Units behind numbers that are exact and vague at once: `68余条`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exact {
    /// `条`, `次` …
    pub units: Vec<String>,
}

/// A list of phrases.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phrases {
    /// The phrases.
    pub phrases: Vec<String>,
}

/// A misspelling.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Typo {
    /// What is written.
    pub wrong: String,
    /// What should be.
    pub right: String,
    /// Words before it with which it is right.
    #[serde(default)]
    pub not_after: Vec<String>,
    /// Words after it with which it is right.
    #[serde(default)]
    pub not_before: Vec<String>,
}

/// An address written wrongly.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Address {
    /// What is written.
    pub wrong: String,
    /// What should be.
    pub right: String,
}

/// Mail services.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mail {
    /// Those for private use.
    pub private: Vec<String>,
}

/// How one sees that a number or name is private data, or is not.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Private {
    /// Words before a telephone number that is printed for the public.
    pub office_phone: Vec<String>,
    /// People outside the organ.
    pub persons: Vec<String>,
    /// Words before long numbers of other kinds.
    pub other_numbers: Vec<String>,
    /// Words near the number of a bank card.
    pub bank: Vec<String>,
    /// Who may be named in full by mistake.
    pub roles: Vec<String>,
    /// Family names.
    pub surnames: Vec<String>,
    /// What goes on behind a full name.
    pub behind: Vec<String>,
}

/// Words of a report that could be anybody's.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Generic {
    /// `各级政府部门`, `一些地区` …
    pub words: Vec<String>,
}

/// How a general office counts for its county.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scope {
    /// Words that keep its own part apart.
    pub own: Vec<String>,
}

/// A particle that is wrong before a verb.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Particle {
    /// What is written.
    pub wrong: String,
    /// What should be.
    pub right: String,
    /// Words that must follow.
    pub after: Vec<String>,
    /// Words that, standing before, make a noun phrase of it, which is right.
    pub not_before: Vec<String>,
}

/// Words of vague quantities: hedge, then magnitude, then unit.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vague {
    /// `近`, `上`, `数` …
    pub hedges: Vec<String>,
    /// `百`, `千`, `万` …
    pub magnitudes: Vec<String>,
    /// `条`, `次` …
    pub units: Vec<String>,
}

static WORDING: LazyLock<Wording> = LazyLock::new(|| crate::embedded("wording", crate::generated::WORDING));

impl Wording {
    /// The data.
    pub fn get() -> &'static Self {
        &WORDING
    }
}

/// Characters of an imprint at most; what is longer says something else.
const LONGEST_IMPRINT: usize = 30;

impl Page {
    /// Whether a line holds only what sites print below a report: `主办：青禾县人民政府办公室  【打印】【关闭】`.
    pub fn is_furniture(&self, line: &str) -> bool {
        let between = |c: char| c.is_whitespace() || "【】[]|｜·".contains(c);
        let is_imprint = |part: &str| {
            let part = part.replace(':', "：");
            part.chars().count() <= LONGEST_IMPRINT
                && self.imprint.iter().any(|s| part.starts_with(s.as_str()))
        };
        let mut parts = line.split(between).filter(|p| !p.is_empty()).peekable();
        parts.peek().is_some() && parts.all(|part| self.buttons.iter().any(|b| b == part) || is_imprint(part))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_site_prints_below_a_report_is_not_the_report() {
        let page = &Wording::get().page;
        for line in [
            "【打印本页】 【关闭窗口】",
            "主办：青禾县人民政府办公室\u{a0}\u{a0}浏览次数：37 【打印】【关闭】",
            "打印 | 关闭",
            "责任编辑:王某",
        ] {
            assert!(page.is_furniture(line), "{line}");
        }
        for line in [
            "",
            "【】",
            "无。",
            "无",
            "关闭窗口的群众来访2次。",
            "来源：本报告数据来自各科室统计报表，经办公室核对后填写，特此说明并公布",
            "特此报告。",
        ] {
            assert!(!page.is_furniture(line), "{line}");
        }
    }
}
