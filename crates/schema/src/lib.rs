//! The official forms, documents and reports as types.

pub mod document;
