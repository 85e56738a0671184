//! What each element of the main document part means for the text.

use crate::body::{Context, Kind, Open, Reader, Step};
use crate::container::Container;
use crate::model::Numbering;
use crate::namespace::Namespace;
use crate::numbering::membership;
use crate::paragraph::ParagraphBuilder;
use crate::properties::{self, ListProperties};
use crate::styles::heading_level;
use crate::table::TableBuilder;
use crate::xml::Tag;

impl<'a> Reader<'a> {
    /// An element of WordprocessingML.
    pub(crate) fn word(&mut self, tag: &Tag<'a>) -> Step {
        let context = self.context();
        let local = tag.local();
        match context {
            Context::Paragraph => {
                if let Some(step) = self.in_paragraph(local, tag) {
                    return step;
                }
            }
            Context::Container => match local {
                b"p" => return self.start_paragraph(tag),
                b"tbl" => {
                    self.tables.push(TableBuilder::new(tag.start));
                    return Step::Enter(Kind::Table, Context::Table);
                }
                b"tcPr" => {
                    let properties = properties::cell(&mut self.scanner, tag);
                    if let Some(table) = self.tables.last_mut() {
                        table.cell = properties;
                    }
                    return Step::Done;
                }
                b"altChunk" => self.notes.embedded_files += 1,
                _ => {}
            },
            Context::Table if local == b"tr" => {
                if !self.admit() {
                    return Step::Skip;
                }
                if let Some(table) = self.tables.last_mut() {
                    table.start_row(tag.start);
                }
                return Step::Enter(Kind::Row, Context::Row);
            }
            Context::Row => match local {
                b"tc" => {
                    if !self.admit() {
                        return Step::Skip;
                    }
                    self.containers.push(Container::default());
                    return Step::Enter(Kind::Cell, Context::Container);
                }
                b"trPr" => {
                    let properties = properties::row(&mut self.scanner, tag);
                    if let Some(table) = self.tables.last_mut() {
                        self.notes.insertions += u32::from(properties.is_inserted);
                        table.set_row_properties(properties, &mut self.notes);
                    }
                    return Step::Done;
                }
                _ => {}
            },
            Context::Outside if local == b"body" => return Step::Enter(Kind::Plain, Context::Container),
            Context::Outside | Context::Table => {}
        }
        match local {
            b"ins" | b"moveTo" => self.notes.insertions += 1,
            b"del" | b"moveFrom" => {
                self.notes.deletions += 1;
                return Step::Skip;
            }
            b"tblPr" | b"tblGrid" | b"tblPrEx" | b"sectPr" | b"sdtPr" | b"sdtEndPr" | b"customXmlPr"
            | b"smartTagPr" => return Step::Skip,
            _ if local.ends_with(b"Change") => return Step::Skip,
            _ => {}
        }
        Step::Enter(Kind::Plain, context)
    }

    /// An element of WordprocessingML inside a paragraph; none if nothing is special about it there.
    fn in_paragraph(&mut self, local: &[u8], tag: &Tag<'a>) -> Option<Step> {
        let paragraph = self.paragraphs.last_mut()?;
        let is_shown = self.fields.is_shown();
        match local {
            b"r" => return Some(Step::Enter(Kind::Run, Context::Paragraph)),
            // Elsewhere they belong to something that is not text, such as the bars of a formula.
            b"rPr" if self.open.last().is_some_and(|open| open.kind == Kind::Run) => {
                paragraph.is_run_hidden = properties::hides_run(&mut self.scanner, tag);
                return Some(Step::Done);
            }
            b"t" => return Some(self.text(tag)),
            b"pPr" => {
                self.paragraph_properties(tag);
                return Some(Step::Done);
            }
            b"txbxContent" => {
                self.text_boxes += 1;
                self.containers.push(Container::default());
                return Some(Step::Enter(Kind::TextBox, Context::Container));
            }
            b"tab" | b"ptab" if is_shown => paragraph.push_element('\t', tag.start, self.scanner.position()),
            b"br" | b"cr" if is_shown => paragraph.push_break(tag, self.scanner.position()),
            b"noBreakHyphen" if is_shown => paragraph.push_element('-', tag.start, self.scanner.position()),
            b"sym" if is_shown => paragraph.push_symbol(tag, self.scanner.position()),
            b"fldChar" => self.fields.mark(tag.raw(b"fldCharType")),
            // Instructions and deleted text are not text; the pinyin over a ruby base would come between its characters.
            b"instrText" | b"delText" | b"delInstrText" | b"rt" | b"rubyPr" | b"rPr" => {}
            _ => return None,
        }
        Some(Step::Skip)
    }

    /// Character data of a run, `w:t` or `m:t`.
    fn text(&mut self, tag: &Tag<'a>) -> Step {
        if !self.fields.is_shown() {
            return Step::Skip;
        }
        if let Some(paragraph) = self.paragraphs.last_mut()
            && !tag.empty
        {
            let preserve = tag.raw(b"space") == Some(b"preserve");
            while let Some(characters) = self.scanner.characters() {
                self.notes.invalid_texts += paragraph.push_characters(&characters, preserve);
            }
            if self.scanner.close(tag) {
                return Step::Done;
            }
        }
        Step::Enter(Kind::Plain, Context::Paragraph)
    }

    fn start_paragraph(&mut self, tag: &Tag<'a>) -> Step {
        if !self.admit() {
            return Step::Skip;
        }
        let mut builder = ParagraphBuilder::new(tag.start);
        builder.paragraph.in_text_box = self.text_boxes > 0;
        self.paragraphs.push(builder);
        Step::Enter(Kind::Paragraph, Context::Paragraph)
    }

    fn paragraph_properties(&mut self, tag: &Tag<'a>) {
        let properties = properties::paragraph(&mut self.scanner, tag);
        let Some(builder) = self.paragraphs.last_mut() else { return };
        let mut style_list = ListProperties::default();
        let mut heading = None;
        if let Some(id) = properties.style {
            let (index, level, list) = self.formatting.style(id);
            builder.paragraph.style = Some(index);
            (heading, style_list) = (level, list);
        }
        builder.paragraph.heading = properties.outline.map_or(heading, heading_level);
        builder.is_mark_deleted = properties.is_mark_deleted;
        self.notes.insertions += u32::from(properties.is_mark_inserted);
        self.notes.deletions += u32::from(properties.is_mark_deleted);
        // What the final view does not show is not counted either.
        let is_gone = properties.is_mark_deleted || self.tables.iter().any(TableBuilder::is_row_deleted);
        if let Some((list, level)) = membership(properties.list, style_list)
            && !is_gone
        {
            let label = self.formatting.label(list, level);
            let is_bullet = label.as_ref().is_some_and(|label| label.is_bullet);
            builder.paragraph.numbering = Some(Numbering { list, level, is_bullet });
            builder.paragraph.number_label = label.map(|label| label.text).filter(|text| !text.is_empty());
        }
    }

    /// An element of markup compatibility: of several versions of the same content the first is read, which is the one
    /// that Word reads, and the fallback only if there is no other; else the text of a text box would come twice.
    pub(crate) fn alternative(&mut self, tag: &Tag<'a>) -> Step {
        let context = self.context();
        match tag.local() {
            b"AlternateContent" => Step::Enter(Kind::Alternatives(false), context),
            b"Choice" | b"Fallback" => match self.open.last_mut() {
                Some(Open { kind: Kind::Alternatives(was_taken), .. }) if !*was_taken => {
                    *was_taken = true;
                    Step::Enter(Kind::Plain, context)
                }
                _ => Step::Skip,
            },
            _ => Step::Enter(Kind::Plain, context),
        }
    }

    /// An element of another vocabulary: drawings, formulas, extensions.
    pub(crate) fn foreign(&mut self, namespace: Namespace, tag: &Tag<'a>) -> Step {
        let context = self.context();
        let through = Step::Enter(Kind::Plain, context);
        if context != Context::Paragraph {
            return through;
        }
        let Some(paragraph) = self.paragraphs.last_mut() else { return through };
        let is_image = match (namespace, tag.local()) {
            (Namespace::Math, b"t") => return self.text(tag),
            (Namespace::Anchor, b"docPr") => {
                paragraph.description = tag.value(b"descr").map(std::borrow::Cow::into_owned);
                false
            }
            (Namespace::Vml, b"shape") => {
                paragraph.description = tag.value(b"alt").map(std::borrow::Cow::into_owned);
                false
            }
            (Namespace::Picture, b"pic") | (Namespace::Chart, b"chart") | (Namespace::Vml, b"imagedata") => {
                true
            }
            _ => false,
        };
        if !is_image {
            return through;
        }
        paragraph.push_image();
        Step::Skip
    }
}
