//! What a number is said of: topic, scope, time.

use std::ops::Range;

use nianbao_schema::claim::{Phrases, Quantity, Scope};
use nianbao_schema::organ::OrganKind;
use nianbao_schema::report::{Line, Report};

use super::compact::Compact;
use super::number::{YearAt, words};
use super::phrase::Sieve;

/// The word lists of contexts.
pub(super) struct Contexts {
    topics: Vec<(usize, Vec<char>)>,
    /// First characters of all words that a line is searched for.
    first: Sieve,
    data: &'static Phrases,
    own: Vec<Vec<char>>,
    others: Vec<Vec<char>>,
    area: Vec<Vec<char>>,
    channels: Vec<Vec<char>>,
    channels_open: Vec<Vec<char>>,
    periods: Vec<Vec<char>>,
    matters: Vec<Vec<char>>,
    papers: Vec<Vec<char>>,
    this_year: Vec<Vec<char>>,
    last_year: Vec<Vec<char>>,
    against: Vec<Vec<char>>,
    among: Vec<char>,
    carried: Vec<char>,
}

/// The context of the numbers of a line.
pub(super) struct Context<'a> {
    words: &'a Contexts,
    /// The default topic, then where a topic begins.
    topics: Vec<(usize, Option<usize>)>,
    own: Vec<usize>,
    area: Vec<(usize, String)>,
    /// Words for papers, and where they stand.
    papers: Vec<(usize, String)>,
    /// Where 申请 stands that is more than the attribute 依申请公开.
    requests: Vec<usize>,
    years: Vec<(usize, Option<u16>)>,
    /// Months named for themselves; `None` where a phrase goes to the end of the year.
    months: Vec<(usize, Option<u8>)>,
    report_year: Option<u16>,
    /// A year before that opens a line with no other year: a date left over from last year's report, not a comparison.
    stale: Option<u16>,
}

impl Contexts {
    pub(super) fn new(data: &'static Phrases) -> Self {
        let scopes = &data.scopes;
        let mut topics: Vec<(usize, Vec<char>)> = data
            .topics
            .iter()
            .enumerate()
            .flat_map(|(i, t)| words(&t.words).into_iter().map(move |w| (i, w)))
            .collect();
        topics.sort_by_key(|(_, w)| std::cmp::Reverse(w.len()));
        let list = |list: &[&str]| -> Vec<Vec<char>> { list.iter().map(|w| w.chars().collect()).collect() };
        let (own, area, papers) = (words(&scopes.own), words(&scopes.area), words(&scopes.papers));
        let (this_year, against) = (list(&["全年", "本年", "今年", "年内"]), words(&data.directions.against));
        let mut first = Sieve::default();
        let searched = topics
            .iter()
            .map(|(_, w)| w)
            .chain(&own)
            .chain(&area)
            .chain(&this_year)
            .chain(&against)
            .chain(&papers);
        searched.filter_map(|w| w.first()).for_each(|c| first.add(*c));
        Self {
            topics,
            first,
            data,
            own,
            others: words(&scopes.others),
            area,
            channels: words(&scopes.channels),
            channels_open: words(&scopes.channels_open),
            periods: words(&scopes.periods),
            matters: words(&scopes.matters),
            papers,
            this_year,
            last_year: list(&["上年", "去年", "上一年"]),
            against,
            among: "其中".chars().collect(),
            carried: "含上".chars().collect(),
        }
    }

    pub(super) fn of(
        &self,
        report: &Report,
        line: &Line,
        compact: &Compact,
        years: &[YearAt],
    ) -> Context<'_> {
        let default = self.data.topics.iter().position(|t| {
            (line.part > 0 && t.parts.contains(&line.part)) || t.sections.contains(&line.section)
        });
        let mut context = Context {
            words: self,
            topics: vec![(0, default)],
            own: Vec::new(),
            area: Vec::new(),
            papers: Vec::new(),
            requests: Vec::new(),
            years: years.iter().map(|y| (y.at, Some(y.year))).collect(),
            months: months(compact),
            report_year: report.year,
            stale: None,
        };
        let kind = report.organ.as_ref().and_then(|o| o.kind);
        // A government reports for its area.
        let area_is_own = matches!(kind, Some(OrganKind::Government | OrganKind::Zone));
        context.requests = (0..compact.len())
            .filter(|at| compact.starts_with(*at, &['申', '请']) && !compact.ends_with(*at, &['依']))
            .collect();
        let mut at = 0;
        let mut compared = false;
        while at < compact.len() {
            if !self.first.may_have(compact.chars[at]) {
                at += 1;
                continue;
            }
            compared |= find(compact, at, &self.against).is_some();
            if let Some(word) = find(compact, at, &self.papers) {
                context.papers.push((at, word.iter().collect()));
            }
            let topic = self.topics.iter().find(|(_, w)| compact.starts_with(at, w));
            if let Some(word) = find(compact, at, &self.own) {
                context.own.push(at);
                at += word.len();
            } else if !area_is_own && let Some(word) = find(compact, at, &self.area) {
                context.area.push((at, word.iter().collect()));
                at += word.len();
            } else if find(compact, at, &self.this_year).is_some() {
                context.years.push((at, None));
                at += 2;
            } else if let Some((topic, word)) = topic {
                context.topics.push((at + word.len(), Some(*topic)));
                at += word.len();
            } else {
                at += 1;
            }
        }
        context.years.sort_by_key(|(at, _)| *at);
        let opens = |y: &&YearAt| y.at <= 14 && report.year == Some(y.year + 1);
        if let [only] = years
            && !compared
        {
            context.stale = Some(only).filter(opens).map(|y| y.year);
        }
        context
    }
}

/// The months of a line: 2月, 截至11月底. `12月31日`, `12月底` and `1—12月` mean the whole year.
fn months(compact: &Compact) -> Vec<(usize, Option<u8>)> {
    let mut found = Vec::new();
    for at in (1..compact.len()).filter(|at| compact.chars[*at] == '月' && !compact.quoted[*at]) {
        let digits = compact.chars[..at].iter().rev().take_while(|c| c.is_ascii_digit()).count();
        let Ok(month) = compact.text(at - digits..at).parse::<u8>() else { continue };
        let before = (at - digits).checked_sub(1).map(|i| compact.chars[i]);
        let behind: String = compact.chars[at + 1..].iter().take(3).collect();
        let to_end = matches!(before, Some('至' | '到' | '止' | '—' | '－' | '-' | '～' | '~'))
            || ["底", "末", "31"].iter().any(|w| behind.starts_with(w));
        // 1月1日至12月31日 begins with the first day.
        let from_start = month == 1 && behind.starts_with("1日");
        if (1..=12).contains(&month) && !from_start {
            found.push((at - digits, (month < 12 || !to_end).then_some(month)));
        }
    }
    found
}

fn find<'w>(compact: &Compact, at: usize, words: &'w [Vec<char>]) -> Option<&'w Vec<char>> {
    words.iter().find(|w| compact.starts_with(at, w))
}

fn within<'w>(
    compact: &Compact,
    range: Range<usize>,
    words: &'w [Vec<char>],
) -> Option<(usize, &'w Vec<char>)> {
    range
        .clone()
        .find_map(|at| find(compact, at, words).filter(|w| at + w.len() <= range.end).map(|w| (at, w)))
}

impl Context<'_> {
    /// Whether the passage up to a place is about what a quantity needs.
    pub(super) fn on_topic(&self, quantity: &Quantity, end: usize) -> bool {
        let Some(needed) = &quantity.topic else { return true };
        let next = self.topics.partition_point(|(at, _)| *at <= end);
        let now = next.checked_sub(1).and_then(|i| self.topics[i].1);
        now.is_some_and(|t| self.words.data.topics[t].id == *needed)
    }

    /// Whether the organ itself is named between two places.
    pub(super) fn is_own_between(&self, from: usize, to: usize) -> bool {
        self.own.get(self.own.partition_point(|at| *at < from)).is_some_and(|at| *at < to)
    }

    /// Of whom or what a number is said, if not of the organ and its year.
    pub(super) fn scope(
        &self,
        compact: &Compact,
        number: &Range<usize>,
        phrase: &Range<usize>,
    ) -> Option<Scope> {
        let clause = compact.near(&(phrase.start.min(number.start)..phrase.end.max(number.end)));
        let sentence = compact.sentence_start(number.start);
        // The words of the phrase itself name what is counted and limit nothing.
        let around = |words| {
            let before = within(compact, clause.start..phrase.start, words);
            before
                .or_else(|| within(compact, phrase.end..clause.end, words))
                .map(|(_, w)| w.iter().collect::<String>())
        };
        if let Some(word) = self.period(compact, number, phrase, &clause) {
            return Some(Scope::Period(word));
        }
        let last = |at: usize| at.checked_sub(1);
        let own = last(self.own.partition_point(|at| *at < number.start)).map(|i| self.own[i]);
        let area = last(self.area.partition_point(|(at, _)| *at < number.start)).map(|i| &self.area[i]);
        if let Some((at, word)) = area.filter(|(at, _)| *at >= sentence)
            && own.is_none_or(|own| own < *at)
        {
            return Some(Scope::Others(word.clone()));
        }
        let words = self.words;
        if let Some(word) = around(&words.others) {
            return Some(Scope::Others(word));
        }
        if let Some(word) = around(&words.matters) {
            return Some(Scope::Matter(word));
        }
        if let Some(word) = self.papers(compact, number.start) {
            return Some(Scope::Matter(word));
        }
        if let Some(word) = around(&words.channels)
            && within(compact, clause.clone(), &words.channels_open).is_none()
        {
            return Some(Scope::Channel(word));
        }
        None
    }

    /// What kind of papers are counted: 审核公文90件，其中主动公开30件，依申请公开20件，不予公开40件 sorts papers by their
    /// attribute and says nothing of requests.
    fn papers(&self, compact: &Compact, at: usize) -> Option<String> {
        let last = |index: usize| index.checked_sub(1);
        let (from, word) = &self.papers[last(self.papers.partition_point(|(p, _)| *p < at))?];
        let request = last(self.requests.partition_point(|r| *r < at)).map(|i| self.requests[i]);
        (*from >= compact.full_stop_before(at) && request.is_none_or(|r| r < *from)).then(|| word.clone())
    }

    fn period(
        &self,
        compact: &Compact,
        number: &Range<usize>,
        phrase: &Range<usize>,
        clause: &Range<usize>,
    ) -> Option<String> {
        let words = self.words;
        for part in [clause.start..phrase.start, phrase.end..clause.end] {
            if let Some((_, word)) = within(compact, part, &words.periods) {
                return Some(word.iter().collect());
            }
        }
        // 上年结转2件、当年新收12件: what was carried in says nothing of the rest.
        let carried = |at: usize, w: &[char]| {
            let behind = at + w.len() + usize::from(compact.chars.get(at + w.len()) == Some(&'度'));
            compact.chars.get(behind).is_some_and(|c| matches!(c, '结' | '转'))
        };
        let last_year = (clause.start..phrase.start).find_map(|at| {
            let word = find(compact, at, &words.last_year)?;
            (at + word.len() <= phrase.start && !carried(at, word)).then_some(word)
        });
        if let Some(word) = last_year {
            return Some(word.iter().collect());
        }
        // 截至11月底，收到11件: so far, or in that month, up to the end of the sentence.
        let sentence = compact.sentence_start(number.start);
        let named = self.months.partition_point(|(at, _)| *at < number.start).checked_sub(1);
        if let Some((at, Some(month))) = named.map(|i| self.months[i])
            && at >= sentence
            && !self.years.iter().any(|(y, year)| *y > at && *y < number.start && year.is_none())
        {
            return Some(format!("{month}月"));
        }
        // The last year named in the line before the number holds for it.
        let last = self.years.partition_point(|(at, _)| *at < number.start).checked_sub(1)?;
        let (year, own) = (self.years[last].1?, self.report_year?);
        (year != own && self.stale != Some(year)).then(|| format!("{year}年"))
    }

    /// Whether 其中 opens the clause of a number.
    pub(super) fn is_among(&self, compact: &Compact, at: usize) -> bool {
        let start = compact.near(&(at..at)).start;
        let among = &self.words.among;
        // 其中，收到…: the mark stands in a clause of its own.
        let own_clause =
            start > among.len() && compact.clause_start(at) == start && compact.ends_with(start - 1, among);
        own_clause || (start..at).any(|i| compact.starts_with(i, among))
    }

    /// Whether a bracket behind a number says that carried-over ones are counted in.
    pub(super) fn with_carried_in(&self, compact: &Compact, end: usize) -> bool {
        let opens = compact.chars.get(end).is_some_and(|c| matches!(c, '（' | '('));
        opens
            && (end + 1..(end + 4).min(compact.len())).any(|at| compact.starts_with(at, &self.words.carried))
    }
}
