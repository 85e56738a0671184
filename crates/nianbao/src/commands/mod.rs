//! The commands, one module each.

pub(crate) mod baseline;
pub(crate) mod completions;
pub(crate) mod diff;
pub(crate) mod explain;
pub(crate) mod extract;
pub(crate) mod init;
pub(crate) mod lint;
pub(crate) mod rules;
pub(crate) mod schema;
pub(crate) mod show_config;
pub(crate) mod trend;
mod watch;
