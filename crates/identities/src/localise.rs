//! From violated constraints to the cells that are probably wrong.

use nianbao_schema::Language;

use crate::explanation::{Change, Explanation};
use crate::judge::Judge;
use crate::problem::{Component, Problem};
use crate::recompute::recomputed;
use crate::search::{Search, Solution, Standing};
use crate::shift::shifts;
use crate::system::{ConstraintId, System, Variable};
use crate::typing::Reason;

/// How far to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// The largest number of numbers to change in an explanation, 3 unless said otherwise.
    pub max_changes: usize,
    /// Work allowed for a story, in cells of constraints looked at. The default takes less than 50 ms on a machine of
    /// 2020; a clean report takes none, a wrong cell takes some thousands.
    pub budget: u64,
    /// The largest number of explanations to return for a story.
    pub max_explanations: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { max_changes: 3, budget: 3_000_000, max_explanations: 30 }
    }
}

/// What is to be said of a set of violated constraints.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing is violated, or blanks could hold what is missing.
    Consistent,
    /// Exactly one explanation is smallest.
    Unique,
    /// Several explanations are smallest; they are ranked.
    Ambiguous,
    /// No two cells explain it, but a run of numbers moved by one cell, or two lines exchanged, does.
    Shifted,
    /// No explanation is small.
    Unexplained {
        /// At least so many numbers must change.
        at_least: usize,
    },
    /// The search was cut short: the work allowed was used up, or it could not be decided whether blanks can be filled.
    /// What was found satisfies everything, but may not be all or the smallest.
    Bounded {
        /// At least so many numbers must change, as far as the search came.
        at_least: usize,
    },
}

impl Verdict {
    /// It in words.
    pub fn text(self, language: Language) -> String {
        match (self, language) {
            (Self::Consistent, Language::Zh) => "没有矛盾".into(),
            (Self::Consistent, Language::En) => "no contradiction".into(),
            (Self::Unique, Language::Zh) => "只有一种最小的解释".into(),
            (Self::Unique, Language::En) => "one smallest explanation".into(),
            (Self::Ambiguous, Language::Zh) => "有多种同样小的解释，按可能性排列".into(),
            (Self::Ambiguous, Language::En) => {
                "several explanations are equally small; the likeliest comes first".into()
            }
            (Self::Shifted, Language::Zh) => "疑为错行、错列".into(),
            (Self::Shifted, Language::En) => "rows or columns are probably shifted".into(),
            (Self::Unexplained { at_least }, Language::Zh) => {
                format!("至少有{at_least}个数字有误，无法确定是哪些单元格")
            }
            (Self::Unexplained { at_least }, Language::En) => {
                format!("at least {at_least} numbers are wrong; which ones cannot be told")
            }
            (Self::Bounded { at_least }, Language::Zh) => {
                format!("可能的解释太多，已达到计算上限：至少有{at_least}个数字有误")
            }
            (Self::Bounded { at_least }, Language::En) => {
                format!(
                    "too many possibilities, the search was cut short: at least {at_least} numbers are wrong"
                )
            }
        }
    }
}

/// Constraints that fail for a common cause, as far as can be told, with what explains them.
///
/// Stories share no cell that may change: each is solved on its own, exactly.
#[derive(Debug, Clone)]
pub struct Story {
    /// What is to be said.
    pub verdict: Verdict,
    /// The constraints that fail with blanks as 0, in the order of the form.
    pub violated: Vec<ConstraintId>,
    /// The smallest explanations, likeliest first.
    pub explanations: Vec<Explanation>,
    /// The explanations if totals were added up by a spreadsheet and not typed: one mistyped number (or one request
    /// booked in another column), and the totals above it. Likeliest first, and only where the smallest explanation is
    /// more than a single cell.
    pub recomputed: Vec<Explanation>,
    /// Whether there are more explanations than were returned.
    pub is_truncated: bool,
    /// Whether at least six columns of a table fail alike: if nothing explains it, the table was probably misread.
    pub is_widespread: bool,
    /// Work done, in cells of constraints looked at.
    pub work: u64,
}

impl Story {
    /// By how many decibans the first explanation is likelier than the second (10: ten times). `None` without a second.
    pub fn margin(&self) -> Option<i32> {
        match self.explanations.as_slice() {
            [first, second, ..] => Some(second.cost - first.cost),
            _ => None,
        }
    }

    /// The changes on which all smallest explanations agree: what is certain even if the rest is not.
    pub fn agreed(&self) -> Vec<Change> {
        let Some((first, others)) = self.explanations.split_first() else { return Vec::new() };
        let says = |e: &Explanation, change: &Change| {
            e.changes.iter().any(|c| (c.cell, c.proposed) == (change.cell, change.proposed))
        };
        let everywhere = |change: &&Change| !self.is_truncated && others.iter().all(|e| says(e, change));
        first.changes.iter().filter(everywhere).copied().collect()
    }

    /// Every explanation of either cost model, the smallest ones first.
    pub fn all(&self) -> impl Iterator<Item = &Explanation> {
        self.explanations.iter().chain(&self.recomputed)
    }

    /// The column in which every explanation, of either cost model, has its mistyped numbers; totals recomputed from
    /// them and the column of totals do not count. `None` if they differ.
    pub fn certain_column(&self) -> Option<&'static str> {
        self.certain(|v| v.cell.column())
    }

    /// The row in which every explanation, of either cost model, has its mistyped numbers. `None` if they differ.
    pub fn certain_row(&self) -> Option<&'static str> {
        self.certain(|v| v.cell.row())
    }

    fn certain(&self, of: impl Fn(Variable) -> &'static str) -> Option<&'static str> {
        let typed = |c: &&Change| c.seen.is_some() && c.reason != Reason::Recomputed;
        let mut all = self.all().flat_map(|e| e.changes.iter().filter(typed)).map(|c| of(c.cell));
        let first = all.next()?;
        all.all(|other| other == first).then_some(first)
    }
}

/// What [`localise()`] found.
#[derive(Debug, Clone, Default)]
pub struct Localisation {
    /// One story per cause; empty if nothing is wrong.
    pub stories: Vec<Story>,
    /// Blanks of a consistent part that cannot all be 0, with values that satisfy everything.
    pub fills: Vec<Change>,
    /// Numbers that explain by themselves what otherwise takes three or more filled blanks, if every blank means 0. The
    /// constraints do not prove them wrong: no more than a hint.
    pub doubts: Vec<Explanation>,
}

impl Localisation {
    /// The verdict over all stories: the one that says least.
    pub fn verdict(&self) -> Verdict {
        let vagueness = |verdict: &Verdict| match verdict {
            Verdict::Consistent => 0,
            Verdict::Unique => 1,
            Verdict::Shifted => 2,
            Verdict::Ambiguous => 3,
            Verdict::Unexplained { .. } => 4,
            Verdict::Bounded { .. } => 5,
        };
        self.stories.iter().map(|s| s.verdict).max_by_key(vagueness).unwrap_or(Verdict::Consistent)
    }
}

/// With this many blanks to fill, a single wrong number is the simpler story.
const MANY_FILLS: usize = 3;

/// Finds the smallest sets of cells whose change satisfies every hard constraint.
///
/// Deterministic, and bounded by [`Options::budget`] for every story. See the crate's documentation for what is
/// guaranteed.
pub fn localise(system: &System, options: &Options) -> Localisation {
    let problem = Problem::new(system);
    let failing = problem.failing();
    let mut localisation = Localisation::default();
    if failing.is_empty() {
        return localisation;
    }
    let judge = Judge::new(&problem);
    for component in problem.components(&failing) {
        let task = Task { problem: &problem, judge: &judge, component: &component, options };
        let mut search =
            Search::new(&problem, &component, options.max_explanations.max(1) * 8, options.budget);
        match search.standing() {
            Standing::Consistent(fills) => {
                if fills.len() >= MANY_FILLS {
                    localisation
                        .doubts
                        .extend(task.with_blanks_as_zero(1).into_iter().filter(|e| e.numbers() == 1));
                }
                localisation.fills.extend(fills.into_iter().map(|fill| judge.fill(fill)));
            }
            Standing::Contradictory => localisation.stories.push(task.story(search)),
        }
    }
    localisation
}

struct Task<'t> {
    problem: &'t Problem<'t>,
    judge: &'t Judge<'t>,
    component: &'t Component,
    options: &'t Options,
}

impl Task<'_> {
    fn story(&self, mut search: Search<'_, '_>) -> Story {
        let bound = search.at_least();
        let mut explanations = Vec::new();
        let mut truncated = false;
        let mut at_least = bound;
        let mut undecided = false;
        for size in 1..=self.options.max_changes {
            // Before more than two cells, single slips that move many.
            if size == 3 {
                explanations = shifts(&mut search.solver, self.judge, self.component);
                if !explanations.is_empty() {
                    break;
                }
            }
            if size < bound {
                continue;
            }
            explanations = self.typed(&search.of_size(size));
            truncated = search.is_truncated;
            undecided = search.is_undecided || search.solver.is_exhausted();
            if !explanations.is_empty() || undecided {
                break;
            }
            at_least = size + 1;
        }
        let mut explanations = self.simpler(explanations);
        let simple = |e: &Explanation| e.weight() <= 2;
        let alternatives = match explanations.as_slice() {
            [only] if simple(only) => Vec::new(),
            _ => recomputed(&mut search.solver, self.judge, self.component),
        };
        let verdict = match explanations.as_slice() {
            _ if undecided => Verdict::Bounded { at_least },
            [] => Verdict::Unexplained { at_least },
            [first, ..] if first.kind.is_shift() => Verdict::Shifted,
            [_] => Verdict::Unique,
            _ => Verdict::Ambiguous,
        };
        truncated |= explanations.len() > self.options.max_explanations;
        explanations.truncate(self.options.max_explanations);
        Story {
            verdict,
            violated: self.violated(),
            explanations,
            recomputed: alternatives,
            is_truncated: truncated,
            is_widespread: self.is_widespread(),
            work: search.solver.work,
        }
    }

    /// The explanations of some solutions that take the fewest blanks besides, ranked.
    fn typed(&self, solutions: &[Solution]) -> Vec<Explanation> {
        let mut all: Vec<_> = solutions.iter().map(|s| self.judge.typed(&s.numbers, &s.fills)).collect();
        if let Some(lightest) = all.iter().map(Explanation::weight).min() {
            all.retain(|e| e.weight() == lightest);
        }
        all.sort_by_cached_key(Explanation::rank);
        all
    }

    /// If the best explanations need many blanks filled, looks for simpler ones that take all blanks as 0.
    fn simpler(&self, explanations: Vec<Explanation>) -> Vec<Explanation> {
        let weight = explanations.first().map_or(0, Explanation::weight);
        let numbers = explanations.first().map_or(0, Explanation::numbers);
        let shifted = explanations.first().is_some_and(|e| e.kind.is_shift());
        if shifted || weight < 2 * numbers + MANY_FILLS {
            return explanations;
        }
        let most = ((weight - 1) / 2).min(self.options.max_changes);
        let simpler = self.with_blanks_as_zero(most);
        if simpler.is_empty() { explanations } else { simpler }
    }

    /// The smallest explanations up to a size if every blank means 0.
    fn with_blanks_as_zero(&self, most: usize) -> Vec<Explanation> {
        let component = Component {
            constraints: self.component.constraints.clone(),
            failing: self.component.failing.clone(),
            open: Vec::new(),
        };
        let most_found = self.options.max_explanations.max(1) * 8;
        let mut search = Search::new(self.problem, &component, most_found, self.options.budget / 2);
        for size in search.at_least()..=most {
            let found = self.typed(&search.of_size(size));
            if !found.is_empty() {
                return found;
            }
        }
        Vec::new()
    }

    fn violated(&self) -> Vec<ConstraintId> {
        let mut ids: Vec<ConstraintId> = Vec::new();
        for constraint in &self.component.failing {
            let id = self.problem.head(*constraint).id;
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        ids
    }

    /// Whether six constraints of one family fail, each for another column.
    fn is_widespread(&self) -> bool {
        let system = self.problem.system;
        let mut families: Vec<(&str, usize)> = Vec::new();
        for id in self.violated() {
            let Some(identity) = system.identity(id) else { continue };
            if identity.left.first().is_none_or(|c| c.column() != identity.at) {
                continue;
            }
            match families.iter_mut().find(|(family, _)| *family == identity.family) {
                Some((_, count)) => *count += 1,
                None => families.push((&identity.family, 1)),
            }
        }
        families.iter().any(|(_, count)| *count >= 6)
    }
}
