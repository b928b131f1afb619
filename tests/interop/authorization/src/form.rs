//! HTML forms, and their encoding by a browser.

use std::fmt::Write;

/// The first form of a page, with the values that a browser submits.
#[derive(Debug)]
pub struct Form {
    /// The address that the form is submitted to.
    pub action: String,
    fields: Vec<(String, String)>,
}

impl Form {
    /// Parses the form of a page of `oidc-provider`, whose tags and attributes have a regular syntax.
    #[must_use]
    pub fn parse(page: &str) -> Self {
        let form = page.split_once("<form ").expect("a form").1;
        let (form, _) = form.split_once("</form>").expect("its end");
        let action = attribute(form.split('>').next().unwrap_or(form), "action").expect("an action");
        let inputs = form.split("<input ").skip(1).map(|input| input.split('>').next().unwrap_or(input));
        let fields =
            inputs.filter_map(|input| Some((attribute(input, "name")?, attribute(input, "value").unwrap_or_default())));
        Self { action, fields: fields.collect() }
    }

    /// Sets the value of a field.
    #[must_use]
    pub fn fill(mut self, name: &str, value: &str) -> Self {
        let field = self.fields.iter_mut().find(|field| field.0 == name);
        value.clone_into(&mut field.expect("a field of that name").1);
        self
    }

    /// Returns the request body of the submitted form (`application/x-www-form-urlencoded`).
    #[must_use]
    pub fn body(&self) -> String {
        let pairs = self.fields.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value)));
        pairs.collect::<Vec<_>>().join("&")
    }
}

/// Returns the value of an attribute in a tag.
pub(crate) fn attribute(tag: &str, name: &str) -> Option<String> {
    let value = tag.split_once(&format!("{name}=\""))?.1.split('"').next()?;
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    Some(entities.iter().fold(value.to_owned(), |text, (entity, character)| text.replace(entity, character)))
}

/// Encodes a value as the URL Standard does for forms: all but letters, digits and `*-._`, and a space as `+`.
fn encode(text: &str) -> String {
    text.bytes().fold(String::new(), |mut encoded, byte| {
        match byte {
            b' ' => encoded.push('+'),
            byte if byte.is_ascii_alphanumeric() || b"*-._".contains(&byte) => encoded.push(byte.into()),
            byte => write!(encoded, "%{byte:02X}").expect("writing to a string cannot fail"),
        }
        encoded
    })
}
