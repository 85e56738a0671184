//! Names of official cells: `TABLE.ROW.COLUMN`, e.g. `applications.denied.state_secret.natural`.

use std::collections::HashMap;
use std::fmt;
use std::sync::LazyLock;

use crate::Edition;

/// One official cell, whatever the edition. A public contract: JSON, configuration, messages and tests use these names.
///
/// Cells of several editions that count the same thing have the same id. Ids are ordered as the newest form prints
/// them, then by older forms.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellId(u16);

struct Registry {
    names: Vec<String>,
    by_name: HashMap<String, CellId>,
}

static REGISTRY: LazyLock<Registry> = LazyLock::new(|| {
    let mut registry = Registry { names: Vec::new(), by_name: HashMap::new() };
    for edition in Edition::ALL.iter().rev() {
        for name in crate::form::cell_names(*edition) {
            if !registry.by_name.contains_key(&name) {
                let id = CellId(registry.names.len() as u16);
                registry.by_name.insert(name.clone(), id);
                registry.names.push(name);
            }
        }
    }
    registry
});

impl CellId {
    /// The cell of a name; `None` if no edition has it.
    pub fn parse(name: &str) -> Option<Self> {
        REGISTRY.by_name.get(name).copied()
    }

    /// Its name.
    pub fn as_str(self) -> &'static str {
        &REGISTRY.names[usize::from(self.0)]
    }

    /// The table part: `disclosure`, `applications` or `review`.
    pub fn table(self) -> &'static str {
        self.as_str().split('.').next().unwrap_or("")
    }

    /// The row part: everything between table and column, e.g. `denied.state_secret`.
    pub fn row(self) -> &'static str {
        let name = self.as_str();
        let start = name.find('.').map_or(0, |i| i + 1);
        let end = name.rfind('.').unwrap_or(name.len());
        name.get(start..end).unwrap_or("")
    }

    /// The column part, e.g. `natural`.
    pub fn column(self) -> &'static str {
        self.as_str().rsplit('.').next().unwrap_or("")
    }

    /// A dense number below [`CellId::count`], for tables indexed by cell.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }

    /// Number of cells over all editions.
    pub fn count() -> usize {
        REGISTRY.names.len()
    }

    /// All cells of all editions, in order.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..Self::count()).map(|i| Self(i as u16))
    }
}

impl fmt::Display for CellId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for CellId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_apart_into_table_row_and_column() {
        let cell = CellId::parse("applications.denied.state_secret.natural").unwrap();
        assert_eq!(
            (cell.table(), cell.row(), cell.column()),
            ("applications", "denied.state_secret", "natural")
        );
        let cell = CellId::parse("review.litigation_direct.upheld").unwrap();
        assert_eq!((cell.table(), cell.row(), cell.column()), ("review", "litigation_direct", "upheld"));
        assert_eq!(CellId::parse("applications.denied"), None);
        assert_eq!(CellId::parse(""), None);
    }

    #[test]
    fn order_is_the_order_of_the_newest_form() {
        let newest = crate::form::Form::of(*Edition::ALL.last().unwrap());
        assert!(newest.cells().is_sorted_by_key(|c| c.id));
    }
}
