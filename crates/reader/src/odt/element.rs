//! What each element means where it stands.

use nianbao_ooxml::xml::{Tag, unescape};

use super::body::{Context, Kind, Reader, Step};
use super::names::Space;
use super::paragraph::ParagraphBuilder;
use super::table::TableBuilder;

/// Length of a label that the writer computed, and of a description of a picture, in bytes.
const MAX_TEXT: usize = 4096;

impl<'a> Reader<'a> {
    pub(super) fn element(&mut self, tag: &Tag<'a>) -> Step {
        let context = self.context();
        match self.names.of(tag) {
            Space::Office => self.office(tag, context),
            _ if context == Context::Outside => Step::Skip,
            Space::Text => self.text(tag, context),
            Space::Table => self.table(tag, context),
            Space::Drawing => self.drawing(tag, context),
            Space::Svg if context == Context::Frame => self.description(tag),
            Space::Extension if tag.local().starts_with(b"table") || tag.local() == b"covered-table-cell" => {
                self.table(tag, context)
            }
            Space::Extension => Step::Enter(Kind::Plain, context),
            // Formulas, forms, three-dimensional scenes, metadata.
            Space::Svg | Space::Other => Step::Skip,
        }
    }

    fn office(&mut self, tag: &Tag<'a>, context: Context) -> Step {
        match tag.local() {
            b"text" => {
                self.is_text = true;
                Step::Enter(Kind::Plain, Context::Container)
            }
            b"spreadsheet" | b"presentation" | b"drawing" | b"chart" | b"image" | b"database" => {
                self.is_other |= context == Context::Outside && !self.is_text;
                Step::Skip
            }
            b"document" | b"document-content" | b"body" => Step::Enter(Kind::Plain, context),
            // Comments, forms, scripts, pictures in the file itself, styles.
            _ => Step::Skip,
        }
    }

    fn text(&mut self, tag: &Tag<'a>, context: Context) -> Step {
        let local = tag.local();
        match (local, context) {
            (b"p" | b"h", Context::Container) => self.start_paragraph(tag),
            (b"list", Context::Container) => {
                self.lists.start_list(tag);
                Step::Enter(Kind::List, context)
            }
            (b"list-item", Context::Container) => {
                self.lists.start_item(tag);
                Step::Enter(Kind::Item, context)
            }
            (b"list-header", Context::Container) => {
                self.lists.end_item();
                Step::Enter(Kind::Item, context)
            }
            // The label as the writer saw it, §6.1.10.
            (b"number", _) => {
                let label = self.read_text(tag);
                self.lists.set_written(label);
                Step::Done
            }
            (b"section", _) if matches!(tag.raw(b"display"), Some(b"none")) => {
                self.hidden += 1;
                Step::Enter(Kind::HiddenSection, context)
            }
            (b"s", Context::Paragraph) => {
                let range = tag.start..self.scanner.position();
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.push_spaces(tag.number(b"c"), range);
                }
                Step::Skip
            }
            (b"tab" | b"line-break", Context::Paragraph) => {
                let range = tag.start..self.scanner.position();
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.push_element(if local == b"tab" { '\t' } else { '\n' }, range);
                }
                Step::Skip
            }
            (b"span", Context::Paragraph) if self.is_hidden(tag) => self.hide(),
            (b"hidden-text", Context::Paragraph) if tag.raw(b"is-hidden") != Some(b"false") => self.hide(),
            (b"tracked-changes", _) => {
                self.count_changes(tag);
                Step::Done
            }
            // Footnotes and endnotes, pronunciation, and what declares and does not show.
            (b"note" | b"ruby-text" | b"script" | b"alphabetical-index-auto-mark-file", _) => Step::Skip,
            _ if local.ends_with(b"-decls") || local.ends_with(b"-source") => Step::Skip,
            _ => Step::Enter(Kind::Plain, context),
        }
    }

    fn start_paragraph(&mut self, tag: &Tag<'a>) -> Step {
        if !self.admit() {
            return Step::Skip;
        }
        let style = tag.value(b"style-name");
        let is_hidden = style.as_ref().is_some_and(|style| self.styles.is_hidden(style));
        let mut builder = ParagraphBuilder::new(tag.start, self.hidden + u32::from(is_hidden));
        // §5.1.2: without a level it is the first.
        let level = (tag.local() == b"h").then(|| tag.number(b"outline-level").unwrap_or(1).clamp(1, 10));
        builder.paragraph.heading = level.map(|level| level as u8);
        let is_unnumbered = tag.raw(b"is-list-header") == Some(b"true");
        builder.paragraph.number_label = match level {
            _ if is_unnumbered => None,
            _ if self.lists.is_in_list() => self.lists.label(style.as_deref(), self.styles),
            Some(level) => self.lists.heading_label(tag, level as usize, self.styles),
            None => None,
        };
        if builder.hidden > 0 {
            builder.paragraph.number_label = None;
        }
        self.paragraphs.push(builder);
        Step::Enter(Kind::Paragraph, Context::Paragraph)
    }

    fn is_hidden(&self, span: &Tag<'_>) -> bool {
        span.value(b"style-name").is_some_and(|style| self.styles.is_hidden(&style))
    }

    fn hide(&mut self) -> Step {
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.hidden += 1;
        }
        Step::Enter(Kind::HiddenSpan, Context::Paragraph)
    }

    /// The body is the text with all changes accepted; what was deleted stands here, apart from it (§5.5).
    fn count_changes(&mut self, tag: &Tag<'a>) {
        let notes = &mut self.notes;
        self.scanner.children(tag, |scanner, region| {
            scanner.children(region, |_, change| match change.local() {
                b"insertion" => notes.insertions += 1,
                b"deletion" => notes.deletions += 1,
                _ => {}
            });
        });
    }

    fn table(&mut self, tag: &Tag<'a>, context: Context) -> Step {
        match (tag.local(), context) {
            (b"table", Context::Container | Context::Frame | Context::Paragraph) => {
                self.tables.push(TableBuilder::new(tag.start));
                Step::Enter(Kind::Table, Context::Table)
            }
            (b"table-column", Context::Table) => {
                if let Some(table) = self.tables.last_mut() {
                    table.declare_columns(tag);
                }
                Step::Skip
            }
            (b"table-row", Context::Table) => {
                if !self.admit() {
                    return Step::Skip;
                }
                if let Some(table) = self.tables.last_mut() {
                    table.start_row(tag);
                }
                Step::Enter(Kind::Row, Context::Row)
            }
            (b"table-cell" | b"covered-table-cell", Context::Row) => {
                if !self.admit() {
                    return Step::Skip;
                }
                if let Some(table) = self.tables.last_mut() {
                    table.start_cell(tag, &mut self.notes);
                }
                self.lists.enter();
                self.containers.push(Vec::new());
                Step::Enter(Kind::Cell, Context::Container)
            }
            (local, Context::Table) if local.starts_with(b"table-") => Step::Enter(Kind::Plain, context),
            // Titles and descriptions of tables, shapes around them, sources of data.
            _ => Step::Skip,
        }
    }

    fn drawing(&mut self, tag: &Tag<'a>, context: Context) -> Step {
        match (tag.local(), context) {
            (b"frame", Context::Container) => {
                // It is anchored to the page, or nothing is said of where.
                let mut builder = ParagraphBuilder::new(tag.start, self.hidden);
                builder.is_anchor = true;
                self.paragraphs.push(builder);
                Step::Enter(Kind::Paragraph, Context::Frame)
            }
            (b"frame", Context::Paragraph) => Step::Enter(Kind::Plain, Context::Frame),
            (b"text-box", Context::Frame) => self.start_text_box(),
            // One picture may be there in several forms, and a formula or chart has one of what it shows.
            (b"image" | b"object" | b"object-ole" | b"plugin" | b"applet", Context::Frame) => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.push_image();
                }
                Step::Skip
            }
            (b"g" | b"a", Context::Container | Context::Paragraph) => Step::Enter(Kind::Plain, context),
            (b"control" | b"page-thumbnail" | b"page", _) => Step::Skip,
            // All other shapes can hold text.
            (_, Context::Container | Context::Paragraph) => self.start_text_box(),
            _ => Step::Skip,
        }
    }

    fn start_text_box(&mut self) -> Step {
        self.lists.enter();
        self.containers.push(Vec::new());
        Step::Enter(Kind::TextBox, Context::Container)
    }

    /// `svg:title` and `svg:desc`, after what they describe.
    fn description(&mut self, tag: &Tag<'a>) -> Step {
        let text = self.read_text(tag);
        if let Some(builder) = self.paragraphs.last_mut() {
            let paragraph = &mut builder.paragraph;
            if paragraph.has_image && paragraph.image_description.is_none() && !text.trim().is_empty() {
                paragraph.image_description = Some(text);
            }
        }
        Step::Done
    }

    /// The character data of an element without children, to its end.
    fn read_text(&mut self, tag: &Tag<'a>) -> String {
        let mut text = String::new();
        if tag.empty {
            return text;
        }
        while let Some(characters) = self.scanner.characters() {
            if text.len() < MAX_TEXT {
                let raw = &characters.raw[..characters.raw.len().min(MAX_TEXT)];
                text.push_str(&unescape(raw));
            }
        }
        self.scanner.skip(tag);
        text
    }
}
