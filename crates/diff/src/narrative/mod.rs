//! The prose of two reports: sentences paired by section, part and what they say.

mod divided;
mod text;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use nianbao_schema::document::Location;
use nianbao_schema::report::Report;
use nianbao_text::align::{self, Copied, Ignore, Likeness, Sentence};
use nianbao_text::fold_width;

use divided::divided;
use text::{Bucket, Run, Text};

/// What became of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Word for word the same.
    Same,
    /// Only numbers or years changed.
    Numbers,
    /// Reworded.
    Reworded,
    /// New.
    New,
    /// Dropped.
    Dropped,
}

impl Class {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Same, Self::Numbers, Self::Reworded, Self::New, Self::Dropped];

    /// Its stable word.
    pub fn id(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Numbers => "numbers",
            Self::Reworded => "reworded",
            Self::New => "new",
            Self::Dropped => "dropped",
        }
    }
}

impl From<Likeness> for Class {
    fn from(likeness: Likeness) -> Self {
        match likeness {
            Likeness::Same => Self::Same,
            Likeness::Numbers => Self::Numbers,
            Likeness::Reworded => Self::Reworded,
        }
    }
}

/// A sentence where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Section of the form, 1 to 6; 0 for title and preamble.
    pub section: u8,
    /// Part of section one, 1 to 5; 0 for none.
    pub part: u8,
    /// Its words.
    pub text: String,
    /// The bytes that differ from the counterpart.
    pub marks: Vec<Range<usize>>,
    /// Where it stands in the file.
    pub location: Location,
}

/// A sentence of either report or of both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What became of it.
    pub class: Class,
    /// Number of the move that it is part of, from 1; 0 if it stayed where it was.
    pub moved: usize,
    /// In the older report; `None` if it is new.
    pub old: Option<Place>,
    /// In the newer report; `None` if it was dropped.
    pub new: Option<Place>,
    /// How many sentences it has in the older and in the newer report: one of either, unless a sentence was divided or
    /// several became one.
    pub sentences: (usize, usize),
    /// Whether it is a sentence that every report may share with every other one.
    pub boilerplate: bool,
    /// Quantities that the sentence repeats from last year's, be it the same otherwise or not, and last year where it
    /// still stands.
    pub kept: Vec<String>,
}

/// Neighbouring sentences that stand elsewhere in the newer report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// Section and part in the older report.
    pub from: (u8, u8),
    /// Section and part in the newer report.
    pub to: (u8, u8),
    /// How many sentences.
    pub sentences: usize,
}

/// A section of the newer report with what the older one had in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionDiff {
    /// 1 to 6 by the form, whatever number is printed; 0 for title and preamble.
    pub number: u8,
    /// Its sentences in the order of the newer report, dropped ones where they stood.
    pub items: Vec<Item>,
    /// How much of it was in the older report, punctuation and boilerplate not counted.
    pub copied: Copied,
}

/// The prose of two reports.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Narrative {
    /// The sections that have prose in either report, by number.
    pub sections: Vec<SectionDiff>,
    /// What moved.
    pub moves: Vec<Move>,
    /// Whether the reports were too long to be compared sentence by sentence everywhere.
    pub coarse: bool,
}

impl Narrative {
    /// All sentences.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.sections.iter().flat_map(|s| &s.items)
    }

    /// Whether nothing changed.
    pub fn is_same(&self) -> bool {
        self.items().all(|i| i.class == Class::Same && i.moved == 0)
    }
}

/// What a text taken over is judged by: words. Commas in other places make no text of one's own.
const WORDS: Ignore = Ignore { whitespace: true, width: true, punctuation: true };

/// Compares the prose. `years` says whether the reports are of different years, so that a repeated number is noteworthy.
pub(crate) fn narrative(old: &Report, new: &Report, ignore: Ignore, years: bool) -> Narrative {
    let (old, new) = (Text::new(old, ignore), Text::new(new, ignore));
    // Where the reports divide section one differently, the section as a whole is what corresponds.
    let by_part = old.parts() == new.parts();
    let (before, after) = (old.buckets(by_part), new.buckets(by_part));
    let mut coarse = false;
    // Counterparts of the sentences of the newer report, and whether each of the older one has one.
    let mut counterpart: Vec<Option<usize>> = vec![None; new.all.len()];
    let mut matched = vec![false; old.all.len()];
    for (bucket, theirs) in &after {
        let Some(ours) = before.get(bucket) else { continue };
        let alignment = align::align(&old.pick(ours), &new.pick(theirs));
        coarse |= alignment.coarse;
        for (i, j) in alignment.pairs {
            // A title has only a title for its counterpart.
            if old.is_title(ours[i]) == new.is_title(theirs[j]) {
                counterpart[theirs[j]] = Some(ours[i]);
                matched[ours[i]] = true;
            }
        }
    }
    let runs = divided(&old, &new, by_part, &mut counterpart, &mut matched);
    // Sentences behind the first of a run have no item of their own.
    let inside: BTreeSet<usize> = runs.values().flat_map(|(_, run)| run.start + 1..run.end).collect();
    let left_old: Vec<_> = (0..old.all.len())
        .filter(|i| !matched[*i] && !old.is_title(*i))
        .map(|i| (i, &old.ready[i]))
        .collect();
    let left_new: Vec<_> = (0..new.all.len())
        .filter(|j| counterpart[*j].is_none() && !inside.contains(j) && !new.is_title(*j))
        .map(|j| (j, &new.ready[j]))
        .collect();
    let moved: HashMap<usize, usize> =
        align::moved(&left_old, &left_new).into_iter().map(|(i, j)| (j, i)).collect();
    let gone: BTreeSet<usize> = moved.values().copied().collect();

    let mut moves: Vec<Move> = Vec::new();
    let mut last: Option<(usize, usize)> = None;
    let mut sections: BTreeMap<u8, SectionDiff> = BTreeMap::new();
    let buckets: BTreeSet<Bucket> = before.keys().chain(after.keys()).copied().collect();
    for bucket in buckets {
        let none = Vec::new();
        let (ours, theirs) = (before.get(&bucket).unwrap_or(&none), after.get(&bucket).unwrap_or(&none));
        let section = sections.entry(bucket.0).or_insert_with(|| SectionDiff {
            number: bucket.0,
            items: Vec::new(),
            copied: Copied::default(),
        });
        let mut dropped = ours.iter().copied().filter(|i| !matched[*i] && !gone.contains(i)).peekable();
        for j in theirs.iter().copied().filter(|j| !inside.contains(j)) {
            if let Some(i) = counterpart[j] {
                while let Some(before) = dropped.next_if(|d| *d < i) {
                    section.items.push(one_sided(&old, before, Class::Dropped));
                }
            }
            let (ours, theirs) = match (counterpart[j], runs.get(&j)) {
                (_, Some(runs)) => runs.clone(),
                (Some(i), None) => (i..i + 1, j..j + 1),
                (None, None) => (0..0, j..j + 1),
            };
            let mut item = match (counterpart[j], moved.get(&j)) {
                (Some(_), _) => paired(&old, ours, &new, theirs, years),
                (None, Some(i)) => {
                    let (from, to) = (&old.all[*i], &new.all[j]);
                    let (from, to) = ((from.section, from.part), (to.section, to.part));
                    let goes_on = last == Some((i.wrapping_sub(1), j.wrapping_sub(1)))
                        && moves.last().is_some_and(|m| (m.from, m.to) == (from, to));
                    match moves.last_mut().filter(|_| goes_on) {
                        Some(run) => run.sentences += 1,
                        None => moves.push(Move { from, to, sentences: 1 }),
                    }
                    last = Some((*i, j));
                    Item { moved: moves.len(), ..paired(&old, *i..*i + 1, &new, j..j + 1, years) }
                }
                (None, None) => one_sided(&new, j, Class::New),
            };
            if !item.boilerplate {
                let plain = |p: &Option<Place>| p.as_ref().map(|p| p.text.clone()).unwrap_or_default();
                let (before, after) = (plain(&item.old), plain(&item.new));
                let (before, after) = (Sentence::new(&before, WORDS), Sentence::new(&after, WORDS));
                let likeness = item.old.is_some().then(|| before.likeness(&after));
                section.copied.add(after.length(), likeness);
            }
            if !years || item.boilerplate {
                item.kept.clear();
            }
            section.items.push(item);
        }
        section.items.extend(dropped.map(|i| one_sided(&old, i, Class::Dropped)));
    }
    Narrative { sections: sections.into_values().collect(), moves, coarse }
}

fn one_sided(text: &Text<'_>, at: usize, class: Class) -> Item {
    let place = Some(text.place(at..at + 1, Vec::new()));
    let (old, new, sentences) =
        if class == Class::New { (None, place, (0, 1)) } else { (place, None, (1, 0)) };
    Item { class, moved: 0, old, new, sentences, boilerplate: text.all[at].boilerplate, kept: Vec::new() }
}

fn paired(old: &Text<'_>, ours: Run, new: &Text<'_>, theirs: Run, years: bool) -> Item {
    let sentences = (ours.len(), theirs.len());
    let (before, after) = (old.words(ours.clone()), new.words(theirs.clone()));
    let (from, to) = (Sentence::new(&before, old.ignore), Sentence::new(&after, new.ignore));
    let class = Class::from(from.likeness(&to));
    let (in_old, in_new) = match class {
        Class::Same => Default::default(),
        _ => align::marks(&from, &to),
    };
    let kept = if years { kept(&from, &to, &in_new, old.report.year) } else { Vec::new() };
    Item {
        class,
        moved: 0,
        sentences,
        boilerplate: theirs.clone().all(|j| new.all[j].boilerplate),
        old: Some(old.place(ours, in_old)),
        new: Some(new.place(theirs, in_new)),
        kept,
    }
}

/// The quantities that a sentence repeats, and last year where it still stands.
fn kept(from: &Sentence<'_>, to: &Sentence<'_>, marks: &[Range<usize>], last: Option<u16>) -> Vec<String> {
    // Digits of another width are the same number.
    let folded = marks.iter().any(|m| to.text[m.clone()].chars().any(|c| fold_width(c) != c));
    let again = folded.then(|| {
        let ready = |s: &Sentence<'_>| Ignore { width: true, ..s.ignore() };
        align::marks(&Sentence::new(from.text, ready(from)), &Sentence::new(to.text, ready(to))).1
    });
    let marks = again.as_deref().unwrap_or(marks);
    // What is not marked is the same in both; a number that stayed while the year around it changed counts as well.
    let stayed = |r: &Range<usize>| marks.iter().all(|m| m.end <= r.start || r.end <= m.start);
    let mut found = align::quantities(to.text);
    found.extend(last.iter().flat_map(|year| align::years(to.text, *year)));
    found.sort_unstable_by_key(|r| r.start);
    found.into_iter().filter(stayed).map(|r| to.text[r].to_owned()).collect()
}
