//! Collecting the blocks of the body, a cell or a text box.

use crate::model::{Block, Paragraph, Table};
use crate::paragraph::join;

/// Blocks being collected.
#[derive(Debug, Default)]
pub(crate) struct Container {
    blocks: Vec<Block>,
    /// A paragraph whose mark is deleted, and what is anchored in it: the next paragraph continues it.
    unfinished: Option<(Paragraph, Vec<Block>)>,
}

impl Container {
    pub(crate) fn push_paragraph(
        &mut self,
        mut paragraph: Paragraph,
        mut after: Vec<Block>,
        is_mark_deleted: bool,
    ) {
        if let Some((first, mut first_after)) = self.unfinished.take() {
            paragraph = join(first, paragraph);
            first_after.append(&mut after);
            after = first_after;
        }
        if is_mark_deleted {
            self.unfinished = Some((paragraph, after));
        } else {
            self.push(Block::Paragraph(paragraph));
            self.blocks.append(&mut after);
        }
    }

    pub(crate) fn push_table(&mut self, table: Table) {
        self.settle();
        // A table whose rows are all deleted is not there in the final view.
        if !table.rows.is_empty() {
            self.push(Block::Table(table));
        }
    }

    pub(crate) fn finish(mut self) -> Vec<Block> {
        self.settle();
        self.blocks
    }

    fn push(&mut self, block: Block) {
        // Most containers are cells, and most cells hold one paragraph.
        if self.blocks.is_empty() {
            self.blocks.reserve_exact(1);
        }
        self.blocks.push(block);
    }

    /// Ends a paragraph that nothing continues.
    fn settle(&mut self) {
        if let Some((paragraph, mut after)) = self.unfinished.take() {
            self.push(Block::Paragraph(paragraph));
            self.blocks.append(&mut after);
        }
    }
}
