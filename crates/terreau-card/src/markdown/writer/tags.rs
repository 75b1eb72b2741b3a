//! What opens and closes each tag.

use pulldown_cmark::{Alignment, Event, LinkType, Tag, TagEnd};

use crate::markdown::{
    ContentsEntry, addresses::Address, escape::escape, pictures, runs::shortened, safe::OUTSIDE_REL,
};

use super::{Fragment, Writer};

impl Writer<'_, '_> {
    /// Writes a paragraph that is one picture as a figure, and returns the event that ends it.
    pub(super) fn figure(&self, fragment: &mut Fragment<'_>, at: usize) -> Option<usize> {
        let Event::Start(Tag::Image {
            dest_url, title, ..
        }) = self.document.events.get(at + 1)?
        else {
            return None;
        };
        let image_end = self.document.end_of(at + 1);
        let Event::End(TagEnd::Paragraph) = self.document.events.get(image_end + 1)? else {
            return None;
        };
        let alt = self.document.text_of(at + 1..image_end);
        pictures::write_figure(
            fragment.html,
            self.addresses,
            self.words,
            dest_url,
            title,
            &alt,
        )
        .then_some(image_end + 1)
    }

    /// Returns what opens and what closes a tag.
    pub(super) fn tags(
        &mut self,
        fragment: &mut Fragment<'_>,
        tag: &Tag<'_>,
        at: usize,
    ) -> (String, &'static str) {
        let plain = |open: &str, close: &'static str| (open.to_owned(), close);
        match tag {
            Tag::Paragraph | Tag::HtmlBlock => plain("<p>", "</p>\n"),
            Tag::Heading { level, .. } => self.inner_heading(fragment, *level as u8, at),
            Tag::BlockQuote(_) => plain("<blockquote>\n", "</blockquote>\n"),
            Tag::CodeBlock(_) => plain("<pre tabindex=\"0\"><code>", "</code></pre>\n"),
            Tag::List(None) => plain("<ul>\n", "</ul>\n"),
            Tag::List(Some(1)) => plain("<ol>\n", "</ol>\n"),
            Tag::List(Some(start)) => (format!("<ol start=\"{start}\">\n"), "</ol>\n"),
            Tag::Item if self.is_task(at) => plain("<li class=\"task\">", "</li>\n"),
            Tag::Item => plain("<li>", "</li>\n"),
            Tag::Table(columns) => {
                fragment.columns.clone_from(columns);
                let label = escape(&self.words.table(&self.column_names(at)));
                let open = format!(
                    "<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"{label}\"><table>\n"
                );
                (open, "</tbody></table></div>\n")
            }
            Tag::TableHead => {
                (fragment.column, fragment.in_head) = (0, true);
                plain("<thead><tr>", "</tr></thead><tbody>\n")
            }
            Tag::TableRow => {
                (fragment.column, fragment.in_head) = (0, false);
                plain("<tr>", "</tr>\n")
            }
            Tag::TableCell => {
                let class = match fragment.columns.get(fragment.column) {
                    Some(Alignment::Center) => " class=\"center\"",
                    Some(Alignment::Right) => " class=\"end\"",
                    _ => "",
                };
                fragment.column += 1;
                match fragment.in_head {
                    true => (format!("<th scope=\"col\"{class}>"), "</th>"),
                    false => (format!("<td{class}>"), "</td>"),
                }
            }
            Tag::Emphasis => plain("<em>", "</em>"),
            Tag::Strong => plain("<strong>", "</strong>"),
            Tag::Strikethrough => plain("<del>", "</del>"),
            Tag::Link {
                link_type,
                dest_url,
                title,
                ..
            } => self.link(*link_type, dest_url, title),
            _ => plain("", ""),
        }
    }

    fn inner_heading(
        &mut self,
        fragment: &mut Fragment<'_>,
        level: u8,
        at: usize,
    ) -> (String, &'static str) {
        const CLOSE: [&str; 7] = [
            "", "", "</h2>\n", "</h3>\n", "</h4>\n", "</h5>\n", "</h6>\n",
        ];
        let heading = at..self.document.end_of(at) + 1;
        let shown = fragment.levels.shown(level);
        let id = self.heading_id(&heading);
        let open = format!("<h{shown} id=\"{id}\">");
        if fragment.listed && fragment.open.is_empty() {
            self.contents.push(ContentsEntry {
                level: shown,
                text: self.document.text_of(heading),
                anchor: id,
            });
        }
        (open, CLOSE[usize::from(shown)])
    }

    fn link(&self, link_type: LinkType, written: &str, title: &str) -> (String, &'static str) {
        let address = match link_type {
            LinkType::Email => self.addresses.link(&format!("mailto:{written}")),
            _ => self.addresses.link(written),
        };
        let title = if title.is_empty() {
            String::new()
        } else {
            format!(" title=\"{}\"", escape(shortened(title)))
        };
        match address {
            Address::Inside(address) => {
                (format!("<a href=\"{}\"{title}>", escape(&address)), "</a>")
            }
            Address::Outside(address) => (
                format!(
                    "<a href=\"{}\"{title} rel=\"{OUTSIDE_REL}\">",
                    escape(&address)
                ),
                "</a>",
            ),
            Address::Nowhere => (String::new(), ""),
        }
    }

    fn is_task(&self, item: usize) -> bool {
        match self.document.events.get(item + 1) {
            Some(Event::TaskListMarker(_)) => true,
            Some(Event::Start(Tag::Paragraph)) => matches!(
                self.document.events.get(item + 2),
                Some(Event::TaskListMarker(_))
            ),
            _ => false,
        }
    }

    /// Returns the heads of the columns of a table, to name the region that scrolls.
    fn column_names(&self, table: usize) -> String {
        let mut names: Vec<String> = Vec::new();
        let mut at = table + 2;
        while let Some(Event::Start(Tag::TableCell)) = self.document.events.get(at) {
            let end = self.document.end_of(at);
            names.push(self.document.text_of(at..end));
            at = end + 1;
            if names.len() == 8 {
                break;
            }
        }
        names.retain(|name| !name.is_empty());
        names.join(", ").chars().take(120).collect()
    }
}
