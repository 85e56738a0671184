#![doc = include_str!("../README.md")]

mod cells;
mod compare;
mod jump;
mod links;
mod narrative;
mod pairs;
mod rates;
mod series;
mod template;

pub use cells::{CellDiff, Row, Side, TableDiff, percent};
pub use compare::{Comparison, Counts, Options, Order, compare};
pub use jump::{LEVEL, TIMES, is_jump};
pub use links::{Chain, Outcome, outcomes};
pub use narrative::{Class, Item, Move, Narrative, Place, SectionDiff};
pub use nianbao_text::align::{Copied, Ignore};
pub use pairs::{Pair, mapping, pairs};
pub use rates::{FORMULAS, Formula, Rate, Share, rates};
pub use series::{Metric, Series, SeriesError, SeriesRate};
pub use template::{HeadingChange, LabelChange, Template};
