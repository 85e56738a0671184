//! Linear identities (勾稽关系) over the cells of a report, and which cells break them.
//!
//! Pure functions over values: nothing here knows rules, files or messages.
//!
//! - [`evaluate()`] looks at one identity on its own.
//! - [`System`] holds all identities of a report, links to other reports, and evidence; [`localise()`] finds the smallest
//!   sets of cells whose change satisfies all of them, and ranks these by how people mistype and by the evidence.
//!
//! Blanks are unknown, and 0 only if that balances: neither calls anything violated when some way of filling the blanks
//! with numbers that are not negative would satisfy it.
//!
//! ```
//! use nianbao_identities::{Known, Options, System, Verdict, localise};
//! use nianbao_schema::{CellId, Edition};
//!
//! // Three requests received from natural persons and granted; row （一） says 8.
//! let number = |cell: CellId| match (cell.row(), cell.column()) {
//!     ("granted", "natural") => 8,
//!     ("received" | "granted" | "handled_total", "natural" | "total") => 3,
//!     _ => 0,
//! };
//! let system = System::with(Edition::E2021, |cell| Known::Number(number(cell).into()));
//! let found = localise(&system, &Options::default());
//! assert_eq!(found.verdict(), Verdict::Unique);
//! let change = found.stories[0].explanations[0].changes[0];
//! assert_eq!(change.cell.cell.as_str(), "applications.granted.natural");
//! assert_eq!((change.seen, change.proposed), (Some(8), 3));
//! ```
//!
#![doc = include_str!("../README.md")]

mod explanation;
mod identity;
mod judge;
mod layout;
mod links;
mod localise;
mod matrix;
mod problem;
mod recompute;
mod search;
mod shift;
mod solver;
mod system;
mod typing;

pub use explanation::{Cause, Change, Explanation, Kind, Repair};
pub use identity::{Evaluation, Known, Status, evaluate, known};
pub use links::{Year, YearLink, year_links};
pub use localise::{Localisation, Options, Story, Verdict, localise};
pub use system::{ConstraintId, HEAVIEST, LARGEST, Quantity, Strength, System, Trust, Variable};
pub use typing::Reason;
