//! What a rule file needs.

pub(crate) use nianbao_schema::organ::OrganKind;
pub(crate) use nianbao_schema::report::{HeadingMatch, LabelKind, LabelMatch, UnplacedReason};
pub(crate) use nianbao_schema::value::{Value, ValueKind};

pub(crate) use crate::finding::{Evidence, Fix, Origin, Place, Severity};
pub(crate) use crate::rule::{Check, Context, Findings, NotAssessable, declare_rule};
pub(crate) use crate::say;
