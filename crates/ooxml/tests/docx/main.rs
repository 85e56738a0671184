//! Reads the fixtures of `tests/fixtures/readers/docx` (made by `make.py` there) and packages made here.

#![expect(clippy::unwrap_used, reason = "the helpers of tests may panic like the tests")]

mod hostile;
mod package;
mod ranges;
mod reading;
mod support;
