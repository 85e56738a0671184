//! What the prose says in numbers: [`Claim`], and the words by which recognition knows them, from `schemas/claims.toml`.
//!
//! A claim is one number of the prose (or one statement without a number: 未收到申请, 均维持), read once, with what it
//! counts, for whom, and what it is compared with. A claim whose scope, verb or unit is not certain stays unbound.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use rust_decimal::Decimal;
use serde::Deserialize;

use crate::{Bilingual, CellId};

/// How much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Amount {
    /// One number, 万 and 亿 multiplied out.
    Exact(Decimal),
    /// `3至5件`.
    Range(Decimal, Decimal),
    /// A statement without a number: 均维持, 全部审结.
    All,
}

/// In which digits a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Digits {
    /// `12`
    Half,
    /// `１２`
    Full,
    /// `十二`
    Han,
    /// No number is written.
    None,
}

/// What stands beside a number and limits it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Qualifier {
    /// 其中: a part of what was said before.
    Among,
    /// 含上年结转: carried-over ones are counted in.
    WithCarriedIn,
}

/// Which way a number is said to have changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// 增长, 上升, 增加
    Up,
    /// 下降, 减少
    Down,
    /// 持平
    Same,
}

impl Direction {
    /// The word used in JSON.
    pub fn id(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
            Self::Same => "same",
        }
    }
}

/// Whom or what a number is said of, if not the organ and all its work of the year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// Another circle of organs: 全县, 各乡镇.
    Others(String),
    /// One channel only: 网上, 信函.
    Channel(String),
    /// Another time: a month, a quarter, another year, a plan.
    Period(String),
    /// Another matter: 备案, 转发.
    Matter(String),
}

impl Scope {
    /// The word of the text.
    pub fn word(&self) -> &str {
        match self {
            Self::Others(word) | Self::Channel(word) | Self::Period(word) | Self::Matter(word) => word,
        }
    }

    /// The word used in JSON.
    pub fn id(&self) -> &'static str {
        match self {
            Self::Others(_) => "others",
            Self::Channel(_) => "channel",
            Self::Period(_) => "period",
            Self::Matter(_) => "matter",
        }
    }
}

/// What a claim is compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Binding {
    /// Sums of cells, any of which it may be: 收到 is 新收, or 新收 and 上年结转 together.
    Cells(Vec<Vec<CellId>>),
    /// Its change against last year's cells: 同比增长 5%.
    LastYear(Vec<Vec<CellId>>),
    /// Other claims: a share of one of them, an item of a list.
    Claims,
    /// Nothing, and why.
    Unbound(Unbound),
}

/// Why a claim is bound to nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unbound {
    /// No phrase says what it counts.
    Unknown,
    /// It counts something that stands in no table.
    NoCell,
    /// It is said of others, of one channel, another time or another matter.
    Scope,
    /// It is not exact: 近百件, 20余件.
    Hedged,
    /// It is a part (其中) of what the table counts as a whole.
    Among,
    /// Its words leave open what it counts.
    Unclear,
}

impl Unbound {
    /// The word used in JSON.
    pub fn id(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::NoCell => "no-cell",
            Self::Scope => "scope",
            Self::Hedged => "hedged",
            Self::Among => "among",
            Self::Unclear => "unclear",
        }
    }
}

/// The items of a list that a number introduces: 共42条，其中A 4条、B 29条.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    /// Its items: indices into the claims of the report.
    pub items: Vec<usize>,
    /// Whether more may follow: 等, 主要, 包括.
    pub is_open: bool,
    /// Whether its items are media, in which one thing may be published several times.
    pub is_media: bool,
}

/// Of what a percentage is a share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// The part: an index into the claims of the report.
    pub part: usize,
    /// The whole, if the text names one.
    pub whole: Option<usize>,
}

/// A number of the prose and what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Index of its line in [`crate::report::Report::lines`].
    pub line: usize,
    /// Bytes of the number with hedge and unit in that line; of a statement without number, its words.
    pub range: Range<usize>,
    /// Bytes of the words that say what it counts, the number among them; the same as `range` if none does.
    pub phrase: Range<usize>,
    /// How much.
    pub amount: Amount,
    /// Digits printed behind the decimal point.
    pub decimals: u32,
    /// In which digits.
    pub digits: Digits,
    /// Unit, as written; `%` for a percentage.
    pub unit: String,
    /// What it counts.
    pub quantity: Option<&'static Quantity>,
    /// The hedge, as written: 余, 约, 近, 多.
    pub hedge: Option<String>,
    /// Whom or what it is said of.
    pub scope: Option<Scope>,
    /// What limits it.
    pub qualifiers: Vec<Qualifier>,
    /// Whether it says that there was none (未收到, 无).
    pub negated: bool,
    /// Which way it is said to have changed.
    pub direction: Option<Direction>,
    /// What it is compared with.
    pub binding: Binding,
    /// The list that it introduces.
    pub list: Option<List>,
    /// Of what it is a share.
    pub share: Option<Share>,
    /// Of which claim it is the change against last year.
    pub change_of: Option<usize>,
    /// For a change: the number of last year that the text itself names, 比上年的60件减少10件. An index into the claims.
    pub change_from: Option<usize>,
}

impl Claim {
    /// The number, if it is one and exact.
    pub fn exact(&self) -> Option<Decimal> {
        match self.amount {
            Amount::Exact(n) if self.hedge.is_none() => Some(n),
            _ => None,
        }
    }

    /// Id of what it counts, `""` if that is not known.
    pub fn quantity_id(&self) -> &'static str {
        self.quantity.map_or("", |q| q.id.as_str())
    }

    /// The sums of cells that it may be.
    pub fn sums(&self) -> &[Vec<CellId>] {
        match &self.binding {
            Binding::Cells(sums) => sums,
            _ => &[],
        }
    }
}

/// All of `schemas/claims.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phrases {
    /// Units by group.
    pub units: BTreeMap<String, Vec<String>>,
    /// Words that may stand between a phrase and its number: 共, 为.
    pub fillers: Vec<String>,
    /// Words before a number that make it vague.
    pub hedges_before: Vec<String>,
    /// Words that end in a hedge and are none: 预约, 最近.
    pub no_hedges: Vec<String>,
    /// Words that begin like a unit and are none: 部门, 个月.
    pub no_units: Vec<String>,
    /// Words behind digits or unit that make it vague.
    pub hedges_after: Vec<String>,
    /// Named lists of words for phrases.
    pub words: BTreeMap<String, Vec<String>>,
    /// Words that show what a passage is about.
    #[serde(rename = "topic")]
    pub topics: Vec<Topic>,
    /// Words that show of whom, where or when a number is said.
    pub scopes: Scopes,
    /// Words by which a number is compared with last year.
    pub directions: Directions,
    /// Words of lists.
    pub lists: ListWords,
    /// What claims count.
    #[serde(rename = "quantity")]
    pub quantities: Vec<Quantity>,
}

/// What a passage may be about.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    /// Its id.
    pub id: String,
    /// Words that open it.
    pub words: Vec<String>,
    /// Parts of section one that are about it from the start.
    #[serde(default)]
    pub parts: Vec<u8>,
    /// Sections that are about it from the start.
    #[serde(default)]
    pub sections: Vec<u8>,
}

/// Words of scope.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scopes {
    /// The organ itself: 本机关, 我局.
    pub own: Vec<String>,
    /// Other circles of organs: 全县, 各乡镇.
    pub others: Vec<String>,
    /// The whole area, which is the own circle of a government of that area: 全县.
    pub area: Vec<String>,
    /// One channel.
    pub channels: Vec<String>,
    /// Words after channels that make them an enumeration and no limit: 等方式.
    pub channels_open: Vec<String>,
    /// Another time.
    pub periods: Vec<String>,
    /// Another matter.
    pub matters: Vec<String>,
    /// Papers that are sorted by whether they are to be disclosed: 公文, 公开属性.
    pub papers: Vec<String>,
}

/// Words of change.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Directions {
    /// Comparison with last year: 同比, 较上年.
    pub against: Vec<String>,
    /// 增长 …
    pub up: Vec<String>,
    /// 下降 …
    pub down: Vec<String>,
    /// 持平 …
    pub same: Vec<String>,
}

/// Words of lists.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListWords {
    /// Words that introduce a closed list.
    pub closed: Vec<String>,
    /// Words that introduce a list to which more may belong.
    pub open: Vec<String>,
    /// Words that leave a list open at its end or inside.
    pub leave_open: Vec<String>,
    /// Words behind the last item that speak of the rest without counting it: 其余为.
    pub rest: Vec<String>,
    /// Media.
    pub media: Vec<String>,
}

/// What a claim counts, and the phrases by which it is known.
#[derive(Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Quantity {
    /// Its id.
    pub id: String,
    /// What it is.
    pub name: Bilingual,
    /// Group of units that it is counted in; empty for statements without number.
    #[serde(default)]
    pub units: String,
    /// Cell ids: the sums that it may be. Sums with a cell that the form does not have drop out.
    #[serde(default)]
    pub sums: Vec<Vec<String>>,
    /// Value that a statement without number stands for.
    #[serde(default)]
    pub value: Option<u32>,
    /// Topic that the passage must have.
    #[serde(default)]
    pub topic: Option<String>,
    /// Whether 其中 before it leaves its meaning as it is.
    #[serde(default)]
    pub among: bool,
    /// The phrases. `#` is the number with its unit, `{a|b}` one of several words, `<name>` one of a named list, a `?`
    /// behind either makes it optional; `^` is the beginning of a clause and `$` its end.
    pub phrases: Vec<String>,
    /// Words that, in the same clause, make it another quantity.
    #[serde(default)]
    pub not: Vec<String>,
    /// Sentences with such a claim, its number in `[]`.
    pub yes: Vec<String>,
    /// Sentences without one.
    pub no: Vec<String>,
}

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| crate::embedded("claims", crate::generated::CLAIMS));

impl Phrases {
    /// The data.
    pub fn get() -> &'static Self {
        &PHRASES
    }

    /// The quantity of an id.
    pub fn quantity(&self, id: &str) -> Option<&Quantity> {
        self.quantities.iter().find(|q| q.id == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_quantity_is_well_formed() {
        let data = Phrases::get();
        let mut ids: Vec<&str> = data.quantities.iter().map(|q| q.id.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), data.quantities.len(), "ids are unique");
        for quantity in &data.quantities {
            let id = &quantity.id;
            assert!(!quantity.yes.is_empty() && !quantity.no.is_empty(), "{id} has examples both ways");
            assert!(quantity.units.is_empty() || data.units.contains_key(&quantity.units), "{id}: units");
            assert!(
                quantity.topic.iter().all(|t| data.topics.iter().any(|topic| topic.id == *t)),
                "{id}: topic"
            );
            for cell in quantity.sums.iter().flatten() {
                assert!(CellId::parse(cell).is_some(), "{id}: {cell}");
            }
            let counts = quantity
                .phrases
                .iter()
                .all(|p| p.matches('#').count() == usize::from(!quantity.units.is_empty()));
            assert!(counts, "{id}: a phrase has one number, or none if the quantity has no units");
        }
    }
}
