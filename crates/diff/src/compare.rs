//! Two reports compared as a whole.

use nianbao_schema::report::Report;

use crate::Ignore;
use crate::cells::{TableDiff, tables};
use crate::links::{Outcome, outcomes};
use crate::narrative::{Class, Narrative, narrative};
use crate::rates::{Rate, rates};
use crate::template::{Template, template};

/// What to compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// The tables, and what follows from them.
    pub numbers: bool,
    /// The prose, headings and labels.
    pub text: bool,
    /// What does not count as a difference of the prose.
    pub ignore: Ignore,
}

impl Default for Options {
    fn default() -> Self {
        Self { numbers: true, text: true, ignore: Ignore::default() }
    }
}

/// Which of two reports is the older one, and how that was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// The one named first, by its year.
    AsNamed,
    /// The one named second, by its year: the two were put in order.
    Swapped,
    /// The one named first; both are of the same year.
    SameYear,
    /// The one named first; a year is not known.
    Unknown,
}

/// How many of what changed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Cells that differ in what they say.
    pub cells: usize,
    /// Cells that write nothing in different ways: 0, blank, not applicable.
    pub writing: usize,
    /// Cells that were found in one report only.
    pub unread: usize,
    /// Cells that both forms have and that do not differ.
    pub equal_cells: usize,
    /// Cells without counterpart.
    pub single_cells: usize,
    /// Jumps.
    pub jumps: usize,
    /// Sentences by [`Class::ALL`].
    pub sentences: [usize; 5],
    /// Moves.
    pub moves: usize,
    /// Headings and labels, and the form.
    pub template: usize,
}

impl Counts {
    /// Sentences of a class.
    pub fn of(&self, class: Class) -> usize {
        Class::ALL.iter().position(|c| *c == class).map_or(0, |at| self.sentences[at])
    }
}

/// Two reports compared.
#[derive(Debug)]
pub struct Comparison<'r> {
    /// The older report.
    pub old: &'r Report,
    /// The newer report.
    pub new: &'r Report,
    /// How it was decided which is older.
    pub order: Order,
    /// What was compared.
    pub options: Options,
    /// The tables; empty if numbers were not asked for.
    pub tables: Vec<TableDiff>,
    /// Rates; empty if numbers were not asked for.
    pub rates: Vec<Rate>,
    /// The equations between the years; `None` if the reports are not of neighbouring years or numbers were not asked
    /// for.
    pub links: Option<Vec<Outcome>>,
    /// The prose; empty if text was not asked for.
    pub narrative: Narrative,
    /// The fixed words; empty if text was not asked for.
    pub template: Template,
}

/// Compares two reports. The one of the earlier year is the older one, in whatever order they are given; the order they
/// were given in counts where the years do not decide, and [`Comparison::order`] says what happened.
pub fn compare<'r>(first: &'r Report, second: &'r Report, options: Options) -> Comparison<'r> {
    let order = match (first.year, second.year) {
        (Some(a), Some(b)) if a > b => Order::Swapped,
        (Some(a), Some(b)) if a == b => Order::SameYear,
        (Some(_), Some(_)) => Order::AsNamed,
        _ => Order::Unknown,
    };
    let (old, new) = if order == Order::Swapped { (second, first) } else { (first, second) };
    let years = matches!(order, Order::AsNamed | Order::Swapped);
    let neighbours = matches!((old.year, new.year), (Some(a), Some(b)) if a.checked_add(1) == Some(b));
    let Options { numbers, text, ignore } = options;
    Comparison {
        old,
        new,
        order,
        options,
        tables: if numbers { tables(old, new, years) } else { Vec::new() },
        rates: if numbers { rates(old, new) } else { Vec::new() },
        links: (numbers && neighbours).then(|| outcomes(old, new)),
        narrative: if text { narrative(old, new, ignore, years) } else { Narrative::default() },
        template: if text { template(old, new) } else { Template::default() },
    }
}

impl Comparison<'_> {
    /// Whether nothing differs of what was compared.
    pub fn is_same(&self) -> bool {
        self.tables.iter().all(|t| t.changes().next().is_none())
            && self.narrative.is_same()
            && self.template.is_same()
    }

    /// Whether the reports are of two years, so that a change is one in time.
    pub fn spans_years(&self) -> bool {
        matches!(self.order, Order::AsNamed | Order::Swapped)
    }

    /// Whether the organs have different names.
    pub fn organs_differ(&self) -> bool {
        matches!((&self.old.organ, &self.new.organ), (Some(a), Some(b)) if a.name != b.name)
    }

    /// How many of what changed.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for (_, cell) in self.tables.iter().flat_map(TableDiff::cells) {
            match (cell.comparable(), cell.differs()) {
                (false, _) => counts.single_cells += 1,
                (true, true) if cell.differs_in_writing() => counts.writing += 1,
                (true, true) if cell.is_unread() => counts.unread += 1,
                (true, true) => counts.cells += 1,
                (true, false) => counts.equal_cells += 1,
            }
            counts.jumps += usize::from(cell.jump);
        }
        for item in self.narrative.items() {
            if let Some(at) = Class::ALL.iter().position(|c| *c == item.class) {
                counts.sentences[at] += 1;
            }
        }
        counts.moves = self.narrative.moves.len();
        let Template { editions, headings, labels, .. } = &self.template;
        counts.template = usize::from(editions.is_some()) + headings.len() + labels.len();
        counts
    }
}
