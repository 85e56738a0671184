//! What a page says about itself in its head.

use nianbao_schema::document::Metadata;

use super::tokens::Attributes;

/// `<title>` and those `<meta>` that state date, publisher and address, by how much they are worth.
#[derive(Debug, Default)]
pub(super) struct Facts {
    title: Option<String>,
    article_title: Option<String>,
    published: Option<(usize, String)>,
    publisher: Option<(usize, String)>,
    url: Option<(usize, String)>,
}

/// Names of dates of publication, best first. The first ones are those that the rules for government sites
/// (《政府网站发展指引》) prescribe.
const PUBLISHED: &[&str] = &[
    "pubdate",
    "publishdate",
    "firstpublishedtime",
    "article:published_time",
    "og:release_date",
    "datepublished",
    "dc.date",
];

/// Names of publishers, best first.
const PUBLISHER: &[&str] =
    &["contentsource", "sitename", "og:site_name", "publisher", "dc.publisher", "copyright"];

/// Names of the address of the page, best first.
const URL: &[&str] = &["url", "og:url"];

impl Facts {
    pub(super) fn title(&mut self, title: &str) {
        let title = tidy(title);
        if self.title.is_none() && !title.is_empty() {
            self.title = Some(title);
        }
    }

    pub(super) fn meta(&mut self, attributes: &Attributes) {
        let (Some(name), Some(content)) = (&attributes.name, &attributes.content) else { return };
        let (name, content) = (name.trim().to_ascii_lowercase(), tidy(content));
        if content.is_empty() {
            return;
        }
        if name == "articletitle" {
            self.article_title.get_or_insert(content);
        } else if let Some(rank) = PUBLISHED.iter().position(|n| *n == name) {
            improve(&mut self.published, rank, content);
        } else if let Some(rank) = PUBLISHER.iter().position(|n| *n == name) {
            improve(&mut self.publisher, rank, content);
        } else if let Some(rank) = URL.iter().position(|n| *n == name) {
            improve(&mut self.url, rank, content);
        }
    }

    /// Writes down what was found, where nothing was known before.
    pub(super) fn tell(self, metadata: &mut Metadata) {
        let set = |slot: &mut Option<String>, value: Option<String>| {
            if slot.is_none() {
                *slot = value;
            }
        };
        set(&mut metadata.title, self.title.or(self.article_title));
        set(&mut metadata.published, self.published.map(|(_, date)| date));
        set(&mut metadata.publisher, self.publisher.map(|(_, name)| name));
        set(&mut metadata.url, self.url.map(|(_, url)| url));
    }
}

fn improve(slot: &mut Option<(usize, String)>, rank: usize, content: String) {
    if slot.as_ref().is_none_or(|(known, _)| rank < *known) {
        *slot = Some((rank, content));
    }
}

fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
