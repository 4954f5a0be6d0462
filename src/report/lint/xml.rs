//! What the XML formats share.
//!
//! Invariant: whatever the values hold, the document is well-formed XML 1.0 and its attributes read back as they were, but
//! for characters that XML cannot hold, which are dropped.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

/// An XML document, written from top to bottom.
pub(super) struct Xml(Writer<Vec<u8>>);

impl Xml {
    /// Begins a document.
    pub(super) fn new() -> Xml {
        let mut xml = Xml(Writer::new_with_indent(Vec::new(), b' ', 2));
        xml.write(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
        xml
    }

    /// Opens an element.
    pub(super) fn open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.write(Event::Start(element(name, attributes)));
    }

    /// Closes an element.
    pub(super) fn close(&mut self, name: &str) {
        self.write(Event::End(BytesEnd::new(name)));
    }

    /// An element with nothing in it.
    pub(super) fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.write(Event::Empty(element(name, attributes)));
    }

    /// An element with text in it.
    pub(super) fn text(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) {
        self.open(name, attributes);
        self.write(Event::Text(BytesText::new(&allowed(text))));
        self.close(name);
    }

    /// The document, with a line break at its end.
    pub(super) fn finish(self) -> String {
        let mut out = String::from_utf8(self.0.into_inner()).expect("all that was written is text");
        out.push('\n');
        out
    }

    fn write(&mut self, event: Event) {
        self.0.write_event(event).expect("a vector can always be written to");
    }
}

fn element<'a>(name: &'a str, attributes: &[(&'a str, &str)]) -> BytesStart<'a> {
    let mut element = BytesStart::new(name);
    for (name, value) in attributes {
        element.push_attribute((*name, allowed(value).as_str()));
    }
    element
}

/// The text without characters that XML 1.0 cannot hold, not even escaped.
fn allowed(text: &str) -> String {
    let allowed = |c: char| !c.is_ascii_control() || matches!(c, '\t' | '\n' | '\r');
    text.chars().filter(|&c| allowed(c) && !matches!(c, '\u{fffe}' | '\u{ffff}')).collect()
}
