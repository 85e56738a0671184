//! The numbers of the prose, as `nianbao extract` writes them.

use schemars::JsonSchema;
use serde::Serialize;

use super::json_number;
use crate::claim::{Amount, Binding, Claim, Qualifier};
use crate::report::Report;

/// A number of the prose and what it says.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct ExtractedClaim {
    /// The number as written, with hedge and unit; of a statement without number (`均维持`) its words.
    pub text: String,
    /// The words that say what it counts, the number among them.
    pub phrase: String,
    /// Section that it stands in; 0 before the first one.
    pub section: u8,
    /// Line of the file, if it has lines.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// What it counts, e.g. `requests.received`; `null` if no phrase says so.
    pub quantity: Option<String>,
    /// The number, 万 and 亿 multiplied out; of a range its lower end; `null` for a statement without number.
    #[schemars(with = "Option<f64>")]
    pub value: Option<serde_json::Value>,
    /// The upper end of a range.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<f64>")]
    pub upper: Option<serde_json::Value>,
    /// The unit; `%` for a percentage.
    pub unit: String,
    /// The word that makes it vague: `余`, `近`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hedge: Option<String>,
    /// Of whom or what it is said, if not of the organ and its year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scope: Option<ExtractedScope>,
    /// `among` (其中), `with-carried-in` (含上年结转).
    pub qualifiers: Vec<String>,
    /// Whether it says that there was none.
    pub negated: bool,
    /// `up`, `down` or `same` against last year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub direction: Option<String>,
    /// What it is compared with.
    pub binding: ExtractedBinding,
}

/// Of whom or what a number is said.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct ExtractedScope {
    /// `others`, `channel`, `period` or `matter`.
    pub kind: String,
    /// The word of the text.
    pub word: String,
}

/// What a claim is compared with.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct ExtractedBinding {
    /// `cells`, `last-year`, `claims` or `unbound`.
    pub to: String,
    /// The sums of cells that it may be; any one of them.
    pub sums: Vec<Vec<String>>,
    /// Other claims, by index in this list: the part and the whole of a share, the items of a list, what changed.
    pub claims: Vec<usize>,
    /// Why it is bound to nothing: `unknown`, `no-cell`, `scope`, `hedged`, `among`, `unclear`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// The claims of a report.
pub(super) fn all(report: &Report) -> Vec<ExtractedClaim> {
    report.claims.iter().map(|claim| one(report, claim)).collect()
}

fn one(report: &Report, claim: &Claim) -> ExtractedClaim {
    let line = &report.lines[claim.line];
    let words =
        |range: &std::ops::Range<usize>| line.text.value.get(range.clone()).unwrap_or_default().to_owned();
    let (value, upper) = match claim.amount {
        Amount::Exact(n) => (Some(json_number(n)), None),
        Amount::Range(low, high) => (Some(json_number(low)), Some(json_number(high))),
        Amount::All => (None, None),
    };
    let qualifier = |q: &Qualifier| match q {
        Qualifier::Among => "among".to_owned(),
        Qualifier::WithCarriedIn => "with-carried-in".to_owned(),
    };
    ExtractedClaim {
        text: words(&claim.range),
        phrase: words(&claim.phrase),
        section: line.section,
        line: Some(line.text.at(claim.range.start).line).filter(|l| *l > 0),
        quantity: claim.quantity.map(|q| q.id.clone()),
        value,
        upper,
        unit: claim.unit.clone(),
        hedge: claim.hedge.clone(),
        scope: claim
            .scope
            .as_ref()
            .map(|s| ExtractedScope { kind: s.id().to_owned(), word: s.word().to_owned() }),
        qualifiers: claim.qualifiers.iter().map(qualifier).collect(),
        negated: claim.negated,
        direction: claim.direction.map(|d| d.id().to_owned()),
        binding: binding(claim),
    }
}

fn binding(claim: &Claim) -> ExtractedBinding {
    let (to, sums, reason) = match &claim.binding {
        Binding::Cells(sums) => ("cells", sums.as_slice(), None),
        Binding::LastYear(sums) => ("last-year", sums.as_slice(), None),
        Binding::Claims => ("claims", &[][..], None),
        Binding::Unbound(why) => ("unbound", &[][..], Some(why.id().to_owned())),
    };
    let mut claims: Vec<usize> = claim.list.iter().flat_map(|l| l.items.iter().copied()).collect();
    claims.extend(claim.share.iter().flat_map(|s| std::iter::once(s.part).chain(s.whole)));
    claims.extend(claim.change_of);
    claims.extend(claim.change_from);
    let sums = sums.iter().map(|sum| sum.iter().map(|c| c.as_str().to_owned()).collect()).collect();
    ExtractedBinding { to: to.to_owned(), sums, claims, reason }
}
