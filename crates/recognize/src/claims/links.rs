//! Claims that belong together: lists with their sum, shares with their whole, changes with what changed.

use std::ops::Range;

use nianbao_schema::claim::{Amount, Binding, Claim, Direction, List, Phrases, Share, Unbound};
use rust_decimal::Decimal;

use super::Found;
use super::compact::Compact;
use super::number::words;

/// The word lists of links.
pub(super) struct Words {
    closed: Vec<Vec<char>>,
    open: Vec<Vec<char>>,
    leave_open: Vec<Vec<char>>,
    rest: Vec<Vec<char>>,
    media: Vec<Vec<char>>,
    against: Vec<Vec<char>>,
    directions: Vec<(Direction, Vec<char>)>,
    /// Words with which a new statement begins; what follows them is no item any more.
    verbs: Vec<Vec<char>>,
    documents: Vec<Vec<char>>,
}

/// Verbs and adverbs that begin a statement of its own.
const VERBS: &[&str] = &[
    "发布", "开展", "组织", "举办", "召开", "收到", "受理", "办理", "办结", "答复", "通过", "利用", "推送",
    "回应", "回复", "制发", "制定", "全年", "本年", "同时", "并", "共", "累计", "建立", "完成", "参加",
    "更新", "编制", "设置", "开设", "接待", "均", "已", "结转", "无", "未", "依托",
];

impl Words {
    pub(super) fn new(data: &Phrases) -> Self {
        let directions = &data.directions;
        let mut all = Vec::new();
        for (direction, list) in [
            (Direction::Up, &directions.up),
            (Direction::Down, &directions.down),
            (Direction::Same, &directions.same),
        ] {
            all.extend(words(list).into_iter().map(|w| (direction, w)));
        }
        Self {
            closed: words(&data.lists.closed),
            open: words(&data.lists.open),
            leave_open: words(&data.lists.leave_open),
            rest: words(&data.lists.rest),
            media: words(&data.lists.media),
            against: words(&directions.against),
            directions: all,
            documents: words(data.words.get("normative").into_iter().flatten()),
            verbs: VERBS.iter().map(|w| w.chars().collect()).collect(),
        }
    }

    /// Ties the claims of a line; `first` is the index that the first of them gets in the report.
    pub(super) fn tie(&self, compact: &Compact, first: usize, found: &mut [Found]) {
        for at in 0..found.len() {
            if found[at].claim.unit == "%" || found[at].claim.unit.ends_with("百分点") {
                self.share_or_change(compact, first, found, at);
            } else {
                self.change_in_numbers(compact, first, found, at);
            }
        }
        let mut heads = vec![None; found.len()];
        for head in 0..found.len() {
            if let Some(list) = self.list(compact, first, found, head) {
                list.items.iter().for_each(|item| heads[item - first] = Some(first + head));
                found[head].claim.list = Some(list);
            }
        }
        for one in found.iter_mut() {
            if let Some(share) = &mut one.claim.share {
                share.whole = heads[share.part - first];
            }
        }
    }

    /// 占33.9% belongs to the number before it, 同比增长5% as well.
    fn share_or_change(&self, compact: &Compact, first: usize, found: &mut [Found], at: usize) {
        let Some(part) = self.before(compact, found, at) else { return };
        match found[at].claim.quantity_id() {
            "share" => {
                found[at].claim.share = Some(Share { part: first + part, whole: None });
                found[at].claim.binding = Binding::Claims;
            }
            "change" => self.changed(compact, first, found, at, part),
            _ => {}
        }
    }

    /// 较上年增加3件.
    fn change_in_numbers(&self, compact: &Compact, first: usize, found: &mut [Found], at: usize) {
        if found[at].claim.quantity.is_some() || found[at].claim.exact().is_none() {
            return;
        }
        let clause = compact.near(&found[at].number).start..found[at].number.start;
        let ends = |w: &[char]| {
            compact.ends_with(clause.end, w)
                || (compact.ends_with(clause.end, &['了']) && compact.ends_with(clause.end - 1, w))
        };
        let against = has(compact, clause.clone(), &self.against) || against_a_year(compact, clause.clone());
        if !self.directions.iter().any(|(_, w)| ends(w)) || !against {
            return;
        }
        if let Some(part) = self.before(compact, found, at)
            && found[part].claim.unit == found[at].claim.unit
        {
            self.changed(compact, first, found, at, part);
        }
    }

    fn changed(&self, compact: &Compact, first: usize, found: &mut [Found], at: usize, part: usize) {
        let between = found[part].number.end..found[at].number.start;
        let direction =
            self.directions.iter().filter(|(_, w)| has(compact, between.clone(), std::slice::from_ref(w)));
        // 同比 without anything else is last year; 环比 is not.
        let against = has(compact, between.clone(), &self.against);
        let mut directions = direction.map(|(d, _)| *d);
        let Some(direction) = directions.next() else { return };
        if directions.any(|d| d != direction) {
            return;
        }
        let sums = found[part].claim.sums().to_vec();
        let sentence = compact.sentence_start(found[at].number.start);
        let from = found[..at].iter().rposition(|f| {
            f.number.start >= sentence
                && f.claim.unit == found[part].claim.unit
                && is_last_years(compact, f.number.start)
        });
        let claim = &mut found[at].claim;
        claim.direction = Some(direction);
        claim.change_of = Some(first + part);
        claim.change_from = from.map(|from| first + from);
        claim.binding = if against && !sums.is_empty() {
            Binding::LastYear(sums)
        } else if from.is_some() {
            Binding::Claims
        } else {
            Binding::Unbound(if against { Unbound::NoCell } else { Unbound::Unclear })
        };
    }

    /// The number that a share or change belongs to: the one right before it in the sentence; shares, changes and last
    /// year's numbers left out.
    fn before(&self, compact: &Compact, found: &[Found], at: usize) -> Option<usize> {
        let sentence = compact.sentence_start(found[at].number.start);
        let own = |f: &Found| {
            f.claim.change_of.is_none()
                && f.claim.unit != "%"
                && !f.claim.unit.ends_with("百分点")
                && !is_last_years(compact, f.number.start)
        };
        let part = (0..at).rev().find(|i| own(&found[*i]))?;
        let near = found[part].number.start >= sentence;
        (near
            && found[part].claim.exact().is_some()
            && found[part].claim.digits != nianbao_schema::claim::Digits::None)
            .then_some(part)
    }

    /// The list that a number introduces.
    fn list(&self, compact: &Compact, first: usize, found: &[Found], head: usize) -> Option<List> {
        let claim = &found[head].claim;
        if claim.unit.is_empty() || claim.unit == "%" || claim.exact().is_none() || claim.change_of.is_some()
        {
            return None;
        }
        // 较上年的50件增长14%: last year's number is no part of this year's list, nor is what came on top of it.
        let compared = |f: &Found| {
            let before = compact.near(&f.number).start..f.number.start;
            has(compact, before.clone(), &self.against)
                || against_a_year(compact, before)
                || is_last_years(compact, f.number.start)
                || self.directions.iter().any(|(_, w)| w.len() > 1 && compact.ends_with(f.number.start, w))
        };
        if compared(&found[head]) {
            return None;
        }
        let next = found.get(head + 1..)?.iter().position(|f| counts(&f.claim) && !compared(f))? + head + 1;
        // Between the number and its first item stands what introduces the list: 其中, 包括, a colon.
        let between = found[head].number.end..found[next].number.start;
        let (intro, is_open) = self.intro(compact, between)?;
        if found[head].number.end + 12 < intro && found[head + 1..next].is_empty() {
            // Something else was said in between.
            return None;
        }
        let from = intro.max(found[next].number.start);
        // 其中：…；…；…: the semicolons stand between the items.
        let by_semicolons = matches!(compact.chars.get(intro), Some('：' | ':'));
        let bracket =
            compact.chars[found[head].number.end..intro].iter().position(|c| matches!(c, '（' | '('));
        let sentence_end = if bracket.is_some() {
            // 13条（其中…5条）: the list ends with its bracket.
            let closes = |at: &usize| matches!(compact.chars[*at], '）' | ')');
            (from..compact.sentence_end(from)).find(closes).unwrap_or(compact.sentence_end(from))
        } else if by_semicolons {
            compact.full_stop(from)
        } else {
            compact.sentence_end(from)
        };
        let mut items: Vec<usize> = Vec::new();
        let mut is_open = is_open;
        let mut list_end = found[next].number.end;
        let mut separator: Option<char> = None;
        let (mut depth, mut seen) = (0, found[next].number.start);
        for (at, one) in found.iter().enumerate().skip(next) {
            if one.number.start >= sentence_end {
                break;
            }
            if !counts(&one.claim) || one.claim.change_of.is_some() || compared(one) {
                continue;
            }
            // 财政信息4条（含决算1条）: what stands in brackets behind an item is part of it.
            depth = depth_behind(compact, seen..one.number.start, depth);
            seen = one.number.start;
            if depth > 0 {
                continue;
            }
            if one.claim.unit != claim.unit {
                break;
            }
            let item_start = compact.clause_start(one.phrase.start.min(one.number.start));
            if let Some(last) = items.last().map(|i: &usize| &found[i - first]) {
                let gap = last.number.end..one.number.start;
                // A list of lists, or a new statement.
                if self.intro_word(compact, gap.clone()).is_some() {
                    is_open = true;
                    break;
                }
                let mark = mark(&compact.chars[gap]);
                let comma = |c: Option<char>| matches!(c, Some('，' | ','));
                // 其中：甲3件、乙5件；丙2件: behind the semicolon the next whole may begin.
                if separator.is_some_and(|s| s != '；') && mark == Some('；')
                    || separator == Some('、') && comma(mark)
                {
                    is_open = true;
                    break;
                }
                is_open |= separator == Some('；') && mark != Some('；');
                separator = separator.or(mark.filter(|m| matches!(m, '、' | '，' | ',' | '；')));
                // 其中规范性文件3个，废止规范性文件1个: named in full again, it is no part of the first.
                let gap = last.number.end..one.number.start;
                if comma(mark)
                    && has(compact, gap, &self.documents)
                    && has(compact, found[head].number.end..last.number.start, &self.documents)
                {
                    is_open = true;
                    break;
                }
                let named = |f: &Found| f.claim.quantity_id().split('.').next().unwrap_or("").to_owned();
                let kin = named(last) == named(one) && !named(one).is_empty();
                if comma(mark) && !kin && self.verbs.iter().any(|v| compact.starts_with(item_start, v)) {
                    is_open = true;
                    break;
                }
            }
            if one.claim.exact().is_none() {
                is_open = true;
                continue;
            }
            list_end = one.number.end;
            items.push(first + at);
        }
        if items.is_empty() || (items.len() == 1 && !is_open) {
            return None;
        }
        let family = |i: &usize| found[i - first].claim.quantity_id().split('.').next().unwrap_or("");
        let own = family(items.first()?);
        let same_level = |i: &usize| {
            !matches!(
                found[i - first].claim.quantity_id(),
                "requests.handled" | "requests.handled_here" | "requests.carried_out" | "requests.received"
            )
        };
        if !items.iter().all(same_level)
            || (matches!(own, "requests" | "results") && !items.iter().all(|i| family(i) == own))
        {
            return None;
        }
        // 一季度3件、网上4件: parts by different measures overlap.
        let measure = |i: &usize| found[i - first].claim.scope.as_ref().map(nianbao_schema::claim::Scope::id);
        is_open |= items.iter().any(|i| measure(i) != measure(&items[0]));
        let whole = compact.near(&found[head].number).start..list_end;
        is_open |= has(compact, found[head].number.end..sentence_end.min(list_end + 12), &self.leave_open);
        // 其余为工作动态: the rest has no number of its own.
        is_open |= has(compact, list_end..sentence_end.max(list_end), &self.rest);
        // 其中 may name the main items only. A sum that is just off is a slip; one far below the whole leaves the rest unsaid.
        let sum: Decimal = items.iter().filter_map(|i| found[i - first].claim.exact()).sum();
        let total = claim.exact().unwrap_or_default();
        is_open |= compact.ends_with(intro, &['其', '中']) && (total - sum) * Decimal::TEN > total;
        let is_media = has(compact, whole, &self.media);
        Some(List { items, is_open, is_media })
    }

    /// Where what introduces a list ends, and whether it leaves the list open.
    fn intro(&self, compact: &Compact, between: Range<usize>) -> Option<(usize, bool)> {
        if let Some(found) = self.intro_word(compact, between.clone()) {
            return Some(found);
        }
        // A colon right behind the number: 共95件：
        let colon = compact.chars.get(between.start).is_some_and(|c| matches!(c, '：' | ':'));
        colon.then_some((between.start + 1, false))
    }

    fn intro_word(&self, compact: &Compact, between: Range<usize>) -> Option<(usize, bool)> {
        let find = |words: &[Vec<char>]| {
            between.clone().find_map(|at| {
                words
                    .iter()
                    .find(|w| compact.starts_with(at, w) && at + w.len() <= between.end)
                    .map(|w| at + w.len())
            })
        };
        find(&self.closed).map(|at| (at, false)).or_else(|| find(&self.open).map(|at| (at, true)))
    }
}

/// The mark that divides two items: a semicolon goes before the commas beside it.
fn mark(gap: &[char]) -> Option<char> {
    let semicolon = gap.iter().find(|c| matches!(c, '；' | ';')).map(|_| '；');
    semicolon.or_else(|| gap.iter().find(|c| matches!(c, '、' | '，' | ',' | '和' | '及')).copied())
}

/// Whether a claim is a number of things and not a share.
fn counts(claim: &Claim) -> bool {
    !claim.unit.is_empty()
        && claim.unit != "%"
        && !claim.unit.ends_with("百分点")
        && !matches!(claim.amount, Amount::All)
}

fn has(compact: &Compact, range: Range<usize>, words: &[Vec<char>]) -> bool {
    range.clone().any(|at| words.iter().any(|w| compact.starts_with(at, w) && at + w.len() <= range.end))
}

/// Whether words compare with a year that they name: 比2022年的.
fn against_a_year(compact: &Compact, range: Range<usize>) -> bool {
    range.clone().any(|at| {
        let digits =
            compact.chars[at + 1..range.end].iter().take(5).take_while(|c| c.is_ascii_digit()).count();
        matches!(compact.chars[at], '比' | '较' | '与' | '同')
            && digits == 4
            && compact.chars.get(at + 5).is_some_and(|c| *c == '年')
    })
}

/// Whether a number is said of last year to compare with: 比2022年的231条, 较上年同期60件, 由去年的5件.
fn is_last_years(compact: &Compact, number: usize) -> bool {
    let ends = |end: usize, word: &str| {
        let word: Vec<char> = word.chars().collect();
        compact.ends_with(end, &word).then(|| end - word.len())
    };
    let mut end = number;
    for filler in ["的", "同期", "全年", "度"] {
        end = ends(end, filler).unwrap_or(end);
    }
    let named = ["上一年", "上年", "去年"].iter().find_map(|w| ends(end, w));
    let year = || {
        let year = ends(end, "年")?;
        let digits = compact.chars[..year].iter().rev().take(5).take_while(|c| c.is_ascii_digit()).count();
        (digits == 4).then(|| year - 4)
    };
    named.or_else(year).is_some_and(|start| ["较", "比", "由", "从"].iter().any(|w| ends(start, w).is_some()))
}

/// How many brackets are open behind a range, where some were before it.
fn depth_behind(compact: &Compact, range: Range<usize>, before: usize) -> usize {
    compact.chars[range].iter().fold(before, |depth, c| match c {
        '（' | '(' => depth + 1,
        '）' | ')' => depth.saturating_sub(1),
        _ => depth,
    })
}
