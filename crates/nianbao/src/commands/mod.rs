//! The commands, one module each.

pub(crate) mod explain;
pub(crate) mod extract;
pub(crate) mod lint;
pub(crate) mod rules;
pub(crate) mod schema;
