//! The numbers of the prose as typed claims.
//!
//! Every line is cut into numbers ([`number`]), each number is matched with the phrases of `schemas/claims.toml` from
//! itself outwards ([`phrase`]), and bound to cells if topic, scope, time and unit leave no doubt ([`context`]). Then
//! lists, shares and comparisons are tied together ([`links`]).

mod compact;
mod context;
mod links;
mod number;
mod phrase;

use std::ops::Range;
use std::sync::LazyLock;

use nianbao_schema::claim::{Amount, Binding, Claim, Digits, Phrases, Qualifier, Quantity, Scope, Unbound};
use nianbao_schema::report::{Line, Report};
use nianbao_schema::{CellId, Edition};

use compact::Compact;
use context::{Context, Contexts};
use number::{Number, Tokens, words};
use phrase::Known;

/// The phrases, ready to be matched.
struct Reader {
    tokens: Tokens,
    fillers: Vec<Vec<char>>,
    known: Vec<Known>,
    contexts: Contexts,
    links: links::Words,
}

static READER: LazyLock<Reader> = LazyLock::new(|| {
    let data = Phrases::get();
    // A test compiles them all.
    let known = phrase::compile(data).unwrap_or_else(|e| panic!("schemas/claims.toml: {e}"));
    Reader {
        tokens: Tokens::new(data),
        fillers: words(&data.fillers),
        known,
        contexts: Contexts::new(data),
        links: links::Words::new(data),
    }
});

/// The part of the report in which problems and plans stand: its numbers say nothing of the tables.
const PROBLEMS: u8 = 5;

/// Reads the numbers of the prose of a report.
pub(crate) fn read(report: &Report) -> Vec<Claim> {
    let mut claims = Vec::new();
    for (index, line) in report.prose() {
        READER.line(report, index, line, &mut claims);
    }
    claims
}

/// Where a claim stands in its compact line, beside the claim.
struct Found {
    claim: Claim,
    number: Range<usize>,
    phrase: Range<usize>,
}

impl Reader {
    fn line(&self, report: &Report, index: usize, line: &Line, claims: &mut Vec<Claim>) {
        let compact = Compact::new(&line.text.value);
        let numbers = self.tokens.read(&compact);
        let mut found: Vec<Found> = Vec::new();
        let context = self.contexts.of(report, line, &compact, &numbers.years);
        for number in &numbers.counts {
            found.extend(self.number(index, &compact, number, &context));
        }
        self.statements(index, &compact, &mut found);
        found.sort_by_key(|f| f.number.start);
        self.bind(report, line, &compact, &context, &mut found);
        let first = claims.len();
        self.links.tie(&compact, first, &mut found);
        claims.extend(found.into_iter().map(|f| f.claim));
    }

    /// A number with the quantity that the words around it name.
    fn number(
        &self,
        line: usize,
        compact: &Compact,
        number: &Number,
        context: &Context<'_>,
    ) -> Option<Found> {
        let before = self.before(compact, number.range.start);
        let mut best: Option<(&'static Quantity, &Known, Range<usize>)> = None;
        for known in self.known.iter().filter(|k| k.units.contains(&number.unit)) {
            for phrase in known.phrases.iter().filter(|p| p.has_number) {
                let Some(range) = phrase.around(compact, &before, &number.range) else { continue };
                if best.as_ref().is_none_or(|(_, _, b)| range.len() > b.len())
                    && context.on_topic(known.quantity, range.end)
                {
                    best = Some((known.quantity, known, range));
                }
            }
        }
        // 一件, 一个: without a phrase rarely a number that counts something.
        let idle = number.digits == Digits::Han && matches!(number.amount, Amount::Exact(n) if n <= 1.into());
        if best.is_none() && idle {
            return None;
        }
        let phrase = best.as_ref().map_or(number.range.clone(), |(_, _, r)| r.clone());
        let named = best.filter(|(_, known, range)| !said_otherwise(compact, known, range));
        Some(Found {
            claim: Claim {
                line,
                range: compact.bytes(&number.range),
                phrase: compact.bytes(&phrase),
                amount: number.amount,
                decimals: number.decimals,
                digits: number.digits,
                unit: number.unit.clone(),
                quantity: named.as_ref().map(|(q, ..)| *q),
                hedge: number.hedge.clone(),
                scope: None,
                qualifiers: Vec::new(),
                negated: false,
                direction: None,
                binding: Binding::Unbound(Unbound::Unknown),
                list: None,
                share: None,
                change_of: None,
                change_from: None,
            },
            number: number.range.clone(),
            phrase,
        })
    }

    /// The places before a number at which a phrase may end: the number itself, and with fillers left out.
    fn before(&self, compact: &Compact, start: usize) -> Vec<usize> {
        let mut places = vec![start];
        let mut from = 0;
        // Two fillers at most: 数量为, 共计.
        for _ in 0..2 {
            let until = places.len();
            for at in from..until {
                let place = places[at];
                for filler in self.fillers.iter().filter(|f| compact.ends_with(place, f)) {
                    if !places.contains(&(place - filler.len())) {
                        places.push(place - filler.len());
                    }
                }
            }
            from = until;
        }
        places
    }

    /// Statements without number: 未收到政府信息公开申请, 均维持.
    fn statements(&self, line: usize, compact: &Compact, found: &mut Vec<Found>) {
        let mut taken = vec![false; compact.len()];
        for one in found.iter().filter(|f| f.claim.quantity.is_some()) {
            taken[one.phrase.clone()].fill(true);
        }
        for at in (0..compact.len()).filter(|at| !compact.quoted[*at]) {
            let all = self
                .known
                .iter()
                .flat_map(|k| k.phrases.iter().filter(|p| !p.has_number).map(move |p| (k, p)));
            let matches =
                all.filter_map(|(known, phrase)| phrase.at(compact, at).map(|range| (known, range)));
            let Some((known, range)) = matches.max_by_key(|(_, range)| range.len()) else { continue };
            if said_otherwise(compact, known, &range) || taken[range.clone()].contains(&true) {
                continue;
            }
            taken[range.clone()].fill(true);
            let amount = known.quantity.value.map_or(Amount::All, |n| Amount::Exact(n.into()));
            found.push(Found {
                claim: Claim {
                    line,
                    range: compact.bytes(&range),
                    phrase: compact.bytes(&range),
                    amount,
                    decimals: 0,
                    digits: Digits::None,
                    unit: String::new(),
                    quantity: Some(known.quantity),
                    hedge: None,
                    scope: None,
                    qualifiers: Vec::new(),
                    negated: known.quantity.value.is_some(),
                    direction: None,
                    binding: Binding::Unbound(Unbound::Unknown),
                    list: None,
                    share: None,
                    change_of: None,
                    change_from: None,
                },
                number: range.clone(),
                phrase: range,
            });
        }
    }

    fn bind(
        &self,
        report: &Report,
        line: &Line,
        compact: &Compact,
        context: &Context<'_>,
        found: &mut Vec<Found>,
    ) {
        // A statement off its topic says nothing: 承办提案12件，均已办结.
        found.retain(|f| {
            f.claim
                .quantity
                .is_none_or(|q| q.value.is_some() || !q.units.is_empty() || context.on_topic(q, f.phrase.end))
        });
        let mut carried: Option<Scope> = None;
        for at in 0..found.len() {
            let (before, rest) = found.split_at_mut(at);
            let Some(one) = rest.first_mut() else { continue };
            let Some(quantity) = one.claim.quantity else { continue };
            let from = before.last().map_or(0, |f| f.number.end.min(one.number.start));
            if context.is_own_between(from, one.number.end) {
                carried = None;
            }
            let scope = context.scope(compact, &one.number, &one.phrase);
            if matches!(scope, Some(Scope::Others(_))) {
                carried.clone_from(&scope);
            }
            one.claim.scope = scope.or_else(|| carried.clone());
            let among = context.is_among(compact, one.number.start);
            if among {
                one.claim.qualifiers.push(Qualifier::Among);
            }
            if context.with_carried_in(compact, one.number.end) {
                one.claim.qualifiers.push(Qualifier::WithCarriedIn);
            }
            one.claim.binding = if one.claim.scope.is_some() {
                Binding::Unbound(Unbound::Scope)
            } else if one.claim.hedge.is_some() || matches!(one.claim.amount, Amount::Range(..)) {
                Binding::Unbound(Unbound::Hedged)
            } else if among && !quantity.among && !quantity.units.is_empty() {
                Binding::Unbound(Unbound::Among)
            } else if line.section == PROBLEMS {
                Binding::Unbound(Unbound::Unclear)
            } else {
                let sums = sums(quantity, report.edition);
                if sums.is_empty() { Binding::Unbound(Unbound::NoCell) } else { Binding::Cells(sums) }
            };
        }
    }
}

/// Whether the clause has a word that makes it another quantity.
fn said_otherwise(compact: &Compact, known: &Known, phrase: &Range<usize>) -> bool {
    let clause = compact.near(phrase);
    let has = |clause: &Range<usize>, words: &[Vec<char>]| {
        words.iter().any(|word| {
            clause.clone().any(|at| compact.starts_with(at, word) && at + word.len() <= clause.end)
        })
    };
    // 上年结转2件（均已办结）: a bracket is said of what stands before it.
    let bracketed = known.quantity.units.is_empty()
        && clause.start.checked_sub(1).is_some_and(|at| matches!(compact.chars[at], '（' | '('));
    let outside = if bracketed { compact.near(&(clause.start - 1..clause.start - 1)) } else { 0..0 };
    compact.items(phrase).iter().any(|item| has(item, &known.not)) || has(&outside, &known.not)
}

/// The sums of cells that a quantity may be in a form.
fn sums(quantity: &Quantity, edition: Edition) -> Vec<Vec<CellId>> {
    let form = edition.form();
    let cell = |name: &String| CellId::parse(name).filter(|id| form.cell(*id).is_some());
    quantity.sums.iter().filter_map(|sum| sum.iter().map(cell).collect()).collect()
}
