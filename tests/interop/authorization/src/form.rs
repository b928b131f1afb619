//! An HTML form, and how a browser encodes it.

use std::fmt::Write;

/// The first form of a page, with the values that a submission would send.
#[derive(Debug)]
pub struct Form {
    /// Where it is sent.
    pub action: String,
    fields: Vec<(String, String)>,
}

impl Form {
    /// Reads the form of a page of `oidc-provider`, whose tags and attributes are written in one manner.
    #[must_use]
    pub fn of(page: &str) -> Self {
        let form = page.split_once("<form ").expect("a form").1;
        let (form, _) = form.split_once("</form>").expect("its end");
        let action = attribute(form.split('>').next().unwrap_or(form), "action").expect("an action");
        let inputs = form.split("<input ").skip(1).map(|input| input.split('>').next().unwrap_or(input));
        let fields =
            inputs.filter_map(|input| Some((attribute(input, "name")?, attribute(input, "value").unwrap_or_default())));
        Self { action, fields: fields.collect() }
    }

    /// Types a value into a field.
    #[must_use]
    pub fn fill(mut self, name: &str, value: &str) -> Self {
        let field = self.fields.iter_mut().find(|field| field.0 == name);
        value.clone_into(&mut field.expect("a field of that name").1);
        self
    }

    /// The body of its submission (`application/x-www-form-urlencoded`).
    #[must_use]
    pub fn body(&self) -> String {
        let pairs = self.fields.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value)));
        pairs.collect::<Vec<_>>().join("&")
    }
}

/// The value of an attribute inside a tag.
pub(crate) fn attribute(tag: &str, name: &str) -> Option<String> {
    let value = tag.split_once(&format!("{name}=\""))?.1.split('"').next()?;
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    Some(entities.iter().fold(value.to_owned(), |text, (entity, character)| text.replace(entity, character)))
}

/// As the URL Standard encodes a form: everything but letters, digits and `*-._`, and a space as `+`.
fn encode(text: &str) -> String {
    text.bytes().fold(String::new(), |mut encoded, byte| {
        match byte {
            b' ' => encoded.push('+'),
            byte if byte.is_ascii_alphanumeric() || b"*-._".contains(&byte) => encoded.push(byte.into()),
            byte => write!(encoded, "%{byte:02X}").expect("a string takes all"),
        }
        encoded
    })
}
