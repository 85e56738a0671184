//! Fields that are spread over runs.

/// Complex fields (`w:fldChar`), whose parts are spread over runs: the instruction is not text, the result is.
#[derive(Debug, Default)]
pub(crate) struct Fields {
    /// Whether each open field, outermost first, is still in its instruction.
    open: Vec<bool>,
    /// How many are.
    instructions: usize,
}

impl Fields {
    pub(crate) fn mark(&mut self, kind: Option<&[u8]>) {
        match kind {
            Some(b"begin") => {
                self.open.push(true);
                self.instructions += 1;
            }
            Some(b"separate") => {
                if let Some(in_instruction) = self.open.last_mut() {
                    self.instructions -= usize::from(std::mem::take(in_instruction));
                }
            }
            Some(b"end") => self.instructions -= usize::from(self.open.pop().unwrap_or(false)),
            _ => {}
        }
    }

    /// Whether text at this place is shown.
    pub(crate) fn is_shown(&self) -> bool {
        self.instructions == 0
    }

    /// An instruction never runs over the end of a paragraph; taking it to have ended bounds what a lost `separate` can
    /// hide. Says whether there was one.
    pub(crate) fn end_paragraph(&mut self) -> bool {
        let was_open = self.instructions > 0;
        for in_instruction in self.open.iter_mut().rev() {
            if self.instructions == 0 {
                break;
            }
            self.instructions -= usize::from(std::mem::take(in_instruction));
        }
        was_open
    }
}
