//! What `nianbao extract` wrote, read again.

use nianbao_schema::contract::read_back::{self, NotReadBack};
use nianbao_schema::document::{Document, FileKind};

use crate::error::{Foreign, ReadError};
use crate::output::Output;

/// Reads a text that is our own JSON; `None` if it is none of ours, which may be any text.
pub(crate) fn read(source: &str, encoding: &'static str) -> Option<Result<Document, ReadError>> {
    let stored = match read_back::document(source) {
        Ok(stored) => stored,
        Err(NotReadBack::Foreign) => {
            // Whatever it is, it is no report; a text that merely begins with a bracket is.
            let json = source.starts_with(['{', '['])
                && serde_json::from_str::<serde::de::IgnoredAny>(source).is_ok();
            return json.then_some(Err(ReadError::Unsupported(Foreign::Json)));
        }
        Err(error) => return Some(Err(told(error))),
    };
    let mut out = Output::default();
    out.metadata = stored.metadata;
    stored.blocks.into_iter().for_each(|block| out.push(block));
    let mut document = out.into_document(FileKind::Json, encoding);
    document.notes.extend(stored.notes);
    Some(Ok(document))
}

fn told(error: NotReadBack) -> ReadError {
    let (detail, detail_zh) = match error {
        NotReadBack::Several(count) => return ReadError::Several(count),
        NotReadBack::DocumentView => return ReadError::Unsupported(Foreign::DocumentView),
        NotReadBack::Failure(why) => return ReadError::Failure(why),
        NotReadBack::Damaged(why) => (format!("its JSON is broken: {why}"), format!("JSON 数据有误：{why}")),
        NotReadBack::Foreign => return ReadError::Unsupported(Foreign::Json),
    };
    ReadError::Damaged { detail, detail_zh }
}
