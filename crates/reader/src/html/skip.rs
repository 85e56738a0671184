//! Elements that are passed over: hidden ones, and those whose content is not text.
//!
//! No tree is built, so where such an element ends is found by counting: its own name, the tables in it, and the
//! blocks around it, which close it when its end tag was forgotten.

use super::names::Class;
use super::tokens::Ident;

/// What a tag inside a passed-over element means for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// It is part of it.
    Inside,
    /// It is its end tag.
    Ends,
    /// The element ended before this tag, which stands outside.
    EndedBefore,
}

/// An element that is passed over.
#[derive(Debug)]
pub(crate) struct Skip {
    ident: Ident,
    /// It stands in a table cell.
    in_cell: bool,
    /// It is hidden, and not merely no text: what is in it could be missed.
    pub(crate) hidden: bool,
    same: usize,
    tables: usize,
    containers: usize,
}

impl Skip {
    pub(crate) fn new(ident: Ident, hidden: bool, in_cell: bool) -> Self {
        Self { ident, in_cell, hidden, same: 0, tables: 0, containers: 0 }
    }

    /// A start tag.
    pub(crate) fn start(&mut self, tag: Ident) -> Step {
        if tag.class == Class::Table {
            if self.ident.class == Class::Paragraph && self.tables == 0 {
                return Step::EndedBefore;
            }
            self.tables += 1;
            return Step::Inside;
        }
        if self.tables > 0 {
            return Step::Inside;
        }
        if self.is_ended_by_start(tag.class) {
            return Step::EndedBefore;
        }
        if tag == self.ident {
            self.same += 1;
        } else if tag.class == Class::Container {
            self.containers += 1;
        }
        Step::Inside
    }

    /// An end tag.
    pub(crate) fn end(&mut self, tag: Ident) -> Step {
        if tag.class == Class::Table {
            if self.tables > 0 {
                self.tables -= 1;
                return Step::Inside;
            }
            // Its own end tag if it is a table itself; otherwise that of the table around it.
            return if self.ident.class == Class::Table { Step::Ends } else { Step::EndedBefore };
        }
        if self.tables > 0 || self.ident.class == Class::Table {
            return Step::Inside;
        }
        if tag == self.ident {
            if self.same == 0 {
                return Step::Ends;
            }
            self.same -= 1;
            return Step::Inside;
        }
        match tag.class {
            Class::Section | Class::Row | Class::Cell if self.is_table_part() => {
                if rank(tag.class) > rank(self.ident.class) { Step::EndedBefore } else { Step::Inside }
            }
            Class::Section | Class::Row | Class::Cell if self.in_cell => Step::EndedBefore,
            Class::Container if self.is_table_part() => Step::Inside,
            Class::Container if self.containers > 0 => {
                self.containers -= 1;
                Step::Inside
            }
            Class::Container => Step::EndedBefore,
            Class::Paragraph | Class::Item if self.ident.class == Class::Inline && self.containers == 0 => {
                Step::EndedBefore
            }
            _ => Step::Inside,
        }
    }

    fn is_ended_by_start(&self, class: Class) -> bool {
        match self.ident.class {
            Class::Table => false,
            Class::Section => class == Class::Section,
            Class::Row => matches!(class, Class::Row | Class::Section),
            Class::Cell => matches!(class, Class::Cell | Class::Row | Class::Section),
            Class::Paragraph => class.is_block(),
            Class::Item if class == Class::Item => self.containers == 0,
            _ => self.in_cell && matches!(class, Class::Cell | Class::Row | Class::Section),
        }
    }

    fn is_table_part(&self) -> bool {
        rank(self.ident.class) > 0
    }
}

fn rank(class: Class) -> u8 {
    match class {
        Class::Cell => 1,
        Class::Row => 2,
        Class::Section => 3,
        Class::Table => 4,
        _ => 0,
    }
}
