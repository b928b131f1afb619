//! Hides the secrets of links, so that every output may be read in a public log.
//!
//! Each byte of a secret becomes `*`, so that all other text keeps its position and carets stay right. Secrets are found in the
//! text and below each layer of percent-encoding, because a link contains other links.

use std::ops::Range;

use auth_link_rules::{DROPPED_PARAMETERS, Param};

use crate::link_match::LinkMatch;

/// The ends of the names of parameters whose values are secret, reduced to lowercase letters and digits.
const SECRET: [&str; 26] = [
    "assertion",
    "authorization",
    "challenge",
    "code",
    "cookie",
    "credential",
    "credentials",
    "email",
    "emailaddress",
    "jwt",
    "key",
    "loginhint",
    "nonce",
    "otp",
    "passphrase",
    "passwd",
    "password",
    "pwd",
    "secret",
    "sessionid",
    "signature",
    "state",
    "token",
    "tokenhint",
    "username",
    "verifier",
];

/// The longest name of a parameter that is read, in bytes. A longer one is secret.
const LONGEST_NAME: usize = 200;

/// The number of layers of percent-encoding that are decoded.
const LAYERS: usize = 4;

/// The shortest secret that is hidden everywhere, in bytes.
const SHORTEST: usize = 4;

/// The length of a UUID, in bytes.
const UUID: usize = 36;

/// The mail address in the help of a rule, which is no secret.
const EXAMPLE: &str = "jo@example.com";

/// The kind of a text, which decides where a value ends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// An auth link: it shows the values of its documented parameters, and no others.
    Link,
    /// Another URL: a value ends where the next parameter begins.
    Url,
    /// Prose with parts of links: a value ends with the word.
    Prose,
}

/// A link without its secrets, and the secrets to hide in text about it.
#[derive(Clone, Debug)]
pub(crate) struct Redacted {
    link: String,
    secrets: Vec<String>,
    /// Whether the link contains a backtick, so that those of a message do not show which text is the link's.
    has_backtick: bool,
}

impl Redacted {
    /// Finds the secrets of `link`.
    pub(crate) fn new(link: &str) -> Self {
        Self::of(link, Kind::Link).0
    }

    /// Finds the secrets of a link of `text`, in which it may have escapes.
    pub(crate) fn of_match(text: &str, link: &LinkMatch) -> Self {
        let (mut redacted, ranges) = Self::of(&link.link, Kind::Link);
        let mut bytes = text[link.range.clone()].as_bytes().to_vec();
        for range in ranges {
            // Line breaks stay, so that every line keeps its position.
            let hidden = bytes[link.source_range(&range)].iter_mut();
            hidden.filter(|byte| !matches!(byte, b'\n' | b'\r')).for_each(|byte| *byte = b'*');
        }
        redacted.link = String::from_utf8(bytes).unwrap_or_else(|_| "*".repeat(link.range.len()));
        redacted
    }

    fn of(link: &str, kind: Kind) -> (Self, Vec<Range<usize>>) {
        let (ranges, mut secrets) = secrets(link, kind);
        // Short secrets are parts of other words, too. With the name of their parameter they are found without this list.
        secrets.retain(|secret| secret.len() >= SHORTEST);
        secrets.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        secrets.dedup();
        let has_backtick = link.contains('`') || link.contains("60");
        (Self { link: hide(link, &ranges), secrets, has_backtick }, ranges)
    }

    /// Finds the secrets of an `auth_link!` call. `values` are secret as a whole, `links` contain secrets.
    pub(crate) fn from_call(call: &str, values: &[Range<usize>], links: &[Range<usize>]) -> Self {
        let mut this = Self { link: redact(call), secrets: Vec::new(), has_backtick: true };
        for link in links {
            let text = &call[link.clone()];
            let kind = if text.contains("truelayer") { Kind::Link } else { Kind::Url };
            let (Redacted { link: shown, secrets, .. }, _) = Self::of(text, kind);
            this.link.replace_range(link.clone(), &shown);
            this.secrets.extend(secrets);
        }
        this.secrets.extend(values.iter().map(|range| call[range.clone()].trim_matches('"').to_owned()));
        this.secrets.retain(|secret| secret.len() >= SHORTEST);
        this.link = hide(&this.link, values);
        this
    }

    /// Returns the link without its secrets. Every other byte keeps its position.
    pub(crate) fn link(&self) -> &str {
        &self.link
    }

    /// Returns a message about the link without the link's secrets. The message quotes the link in backticks; its own words stay.
    pub(crate) fn redact(&self, message: &str) -> String {
        if self.has_backtick {
            return redact(&self.hide_secrets(message));
        }
        let parts = message.split('`').enumerate();
        let parts: Vec<_> =
            parts.map(|(index, part)| if index % 2 == 1 { self.hide_secrets(part) } else { part.to_owned() }).collect();
        redact(&parts.join("`"))
    }

    /// Returns a value of the link without the link's secrets.
    pub(crate) fn redact_value(&self, value: &str) -> String {
        redact(&self.hide_secrets(value))
    }

    fn hide_secrets(&self, text: &str) -> String {
        // Words that every link may have are no secret.
        if Param::from_name(text).is_some() || DROPPED_PARAMETERS.contains(&text) {
            return text.to_owned();
        }
        let mut text = text.to_owned();
        for secret in &self.secrets {
            if text.contains(secret.as_str()) {
                text = text.replace(secret.as_str(), &"*".repeat(secret.len()));
            }
        }
        text
    }
}

/// Returns whether a link, which may have any parameters, contains a secret.
pub(crate) fn has_secret(link: &str) -> bool {
    !secrets(link, Kind::Url).0.is_empty()
}

/// Returns whether a parameter of that name is secret.
pub(crate) fn is_secret(name: &str) -> bool {
    is_secret_name(&plain_name(name.as_bytes()))
}

fn is_secret_name(plain: &str) -> bool {
    plain.len() > LONGEST_NAME || SECRET.iter().any(|end| plain.ends_with(end))
}

/// Returns whether a link shows the value of the parameter.
fn is_shown(plain: &str) -> bool {
    let is_named = |param: &Param| plain_name(param.name().as_bytes()) == plain;
    Param::ALL.iter().any(|param| param.is_in_url() && *param != Param::UserEmail && is_named(param))
}

/// Returns a text without the secrets of the links in it.
pub(crate) fn redact(text: &str) -> String {
    hide(text, &secrets(text, Kind::Prose).0)
}

/// Replaces each byte of the ranges with `*`.
fn hide(text: &str, ranges: &[Range<usize>]) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for range in ranges {
        bytes[range.clone()].fill(b'*');
    }
    // A secret begins and ends next to ASCII, so no character is cut.
    String::from_utf8(bytes).unwrap_or_else(|_| "*".repeat(text.len()))
}

/// Returns the ranges of the secrets, and their texts in each layer.
fn secrets(text: &str, kind: Kind) -> (Vec<Range<usize>>, Vec<String>) {
    let mut layer = Layer { bytes: text.as_bytes().to_vec(), offsets: (0..=text.len()).collect() };
    let (mut ranges, mut secrets) = (Vec::new(), Vec::new());
    for depth in 0..=LAYERS {
        let hidden = if kind == Kind::Link && depth == 0 { layer.undocumented() } else { Vec::new() };
        // Below the first layer, a link is like any other URL.
        let kind = if kind == Kind::Link { Kind::Url } else { kind };
        for secret in hidden.into_iter().chain(layer.secrets(kind)) {
            secrets.push(String::from_utf8_lossy(&layer.bytes[secret.clone()]).into_owned());
            ranges.push(layer.offsets[secret.start]..layer.offsets[secret.end]);
        }
        match layer.decoded() {
            Some(next) => layer = next,
            None => break,
        }
    }
    (ranges, secrets)
}

/// A text after decoding some of its layers.
struct Layer {
    bytes: Vec<u8>,
    /// For each byte, and for the end, the offset in the original text.
    offsets: Vec<usize>,
}

impl Layer {
    /// Decodes the next layer, if there is one.
    fn decoded(&self) -> Option<Self> {
        let (mut bytes, mut offsets, mut index) = (Vec::new(), Vec::new(), 0);
        while index < self.bytes.len() {
            let rest = &self.bytes[index..];
            let (byte, length) = match rest {
                [b'%', high, low, ..] => {
                    hex(*high).zip(hex(*low)).map_or((b'%', 1), |(high, low)| (high << 4 | low, 3))
                }
                [b'&', b'a', b'm', b'p', b';', ..] => (b'&', 5),
                _ => (rest[0], 1),
            };
            bytes.push(byte);
            offsets.push(self.offsets[index]);
            index += length;
        }
        offsets.push(self.offsets[self.bytes.len()]);
        (bytes.len() < self.bytes.len()).then_some(Self { bytes, offsets })
    }

    /// Returns the values of the parameters that have no rule of their own.
    fn undocumented(&self) -> Vec<Range<usize>> {
        let mut values = Vec::new();
        let Some(query) = self.bytes.iter().position(|byte| matches!(byte, b'?' | b'#')) else { return values };
        let mut start = query + 1;
        while start < self.bytes.len() {
            let length = self.bytes[start..].iter().position(|byte| *byte == b'&');
            let end = length.map_or(self.bytes.len(), |length| start + length);
            let pair = &self.bytes[start..end];
            if let Some(equals) = pair.iter().position(|byte| *byte == b'=') {
                let name = pair[..equals].strip_prefix(b"amp;").unwrap_or(&pair[..equals]);
                if !is_shown(&plain_name(name)) {
                    values.push(start + equals + 1..end);
                }
            }
            start = end + 1;
        }
        values.retain(|range| !range.is_empty());
        values
    }

    /// Returns the ranges of the secrets, in order.
    fn secrets(&self, kind: Kind) -> Vec<Range<usize>> {
        let mut secrets: Vec<Range<usize>> = Vec::new();
        let (mut ticks, mut hidden) = (0, 0);
        for (index, &byte) in self.bytes.iter().enumerate() {
            ticks += usize::from(byte == b'`');
            // Hidden bytes are skipped, so that the time grows linearly with the text.
            let next = match byte {
                _ if index < hidden => None,
                b'=' => self.value(index, kind, ticks % 2 == 1),
                b':' if self.bytes[index..].starts_with(b"://") => self.user_info(index + 3),
                // The text in front may already be hidden as a user name.
                b'@' if index > hidden || hidden == 0 => self.address(index, kind),
                b'e' if self.bytes[index..].starts_with(b"eyJ") => self.token(index),
                _ => None,
            };
            if let Some(next) = next {
                hidden = next.end;
                secrets.push(next);
            }
        }
        secrets.retain(|range| !range.is_empty());
        secrets
    }

    /// Returns the value after the `=` at `equals`, if its parameter is secret.
    fn value(&self, equals: usize, kind: Kind, in_ticks: bool) -> Option<Range<usize>> {
        let is_space = |byte: &&u8| **byte == b' ';
        let spaces =
            if kind == Kind::Prose { self.bytes[..equals].iter().rev().take_while(is_space).count() } else { 0 };
        let end = equals - spaces;
        let is_name = |byte: &&u8| byte.is_ascii_alphanumeric() || b"_-.%".contains(byte);
        let length = self.bytes[..end].iter().rev().take(LONGEST_NAME + 1).take_while(is_name).count();
        let name = plain_name(&self.bytes[end - length..end]);
        let may_be_id = name == "clientid";
        if !may_be_id && !is_secret_name(&name) {
            return None;
        }
        let mut start = equals + 1;
        if kind == Kind::Prose {
            start += self.bytes[start..].iter().take_while(is_space).count();
        }
        let quote = self.bytes.get(start).copied().filter(|byte| kind == Kind::Prose && b"\"'".contains(byte));
        start += usize::from(quote.is_some());
        let ends = |byte: &u8| match (kind, quote) {
            (Kind::Link | Kind::Url, _) => *byte == b'&',
            (Kind::Prose, Some(quote)) => *byte == quote || *byte < b' ',
            (Kind::Prose, None) if in_ticks => b"`&".contains(byte) || *byte < b' ',
            (Kind::Prose, None) => *byte <= b' ' || b"&\"'`<>)],;\\".contains(byte),
        };
        let mut rest = self.bytes[start..].iter();
        if may_be_id {
            let length = rest.take(UUID + 1).take_while(|byte| !ends(byte)).count();
            return is_uuid(&self.bytes[start..start + length]).then_some(start..start + length);
        }
        let end = rest.position(ends).map_or(self.bytes.len(), |length| start + length);
        Some(start..end)
    }

    /// Returns the user name and password in front of a host.
    fn user_info(&self, start: usize) -> Option<Range<usize>> {
        let ends = |byte: &u8| *byte <= b' ' || b"/?#&\"'`<>\\".contains(byte);
        let end = self.bytes[start..].iter().position(ends).map_or(self.bytes.len(), |at| start + at);
        let at = self.bytes[start..end].iter().rposition(|byte| *byte == b'@')?;
        Some(start..start + at)
    }

    /// Returns the mail address around the `@`.
    fn address(&self, at: usize, kind: Kind) -> Option<Range<usize>> {
        let is_user = |byte: &&u8| **byte > b' ' && !b"/?#&=\"'`<>(),;%@".contains(byte);
        let is_host = |byte: &&u8| byte.is_ascii_alphanumeric() || b"-.".contains(byte) || !byte.is_ascii();
        let before = self.bytes[..at].iter().rev().take_while(is_user).count();
        let after = self.bytes[at + 1..].iter().take_while(is_host).count();
        let range = at - before..at + 1 + after;
        let is_example = kind == Kind::Prose && &self.bytes[range.clone()] == EXAMPLE.as_bytes();
        (before > 0 && after > 0 && !is_example).then_some(range)
    }

    /// Returns the JSON web token that begins here: with `{"` in base64.
    fn token(&self, start: usize) -> Option<Range<usize>> {
        const HEADER: usize = 14;
        const LONGEST: usize = 1 << 14;
        if start > 0 && self.bytes[start - 1].is_ascii_alphanumeric() {
            return None;
        }
        let is_token = |byte: &&u8| byte.is_ascii_alphanumeric() || b"-_.".contains(byte);
        let length = self.bytes[start..].iter().take(LONGEST).take_while(is_token).count();
        (length >= HEADER).then_some(start..start + length)
    }
}

/// Reduces a name to lowercase letters and digits, without percent-encoding.
fn plain_name(name: &[u8]) -> String {
    // Decoded, a longer name is still too long.
    let name = &name[..name.len().min(4 * LONGEST_NAME)];
    let mut layer = Layer { bytes: name.to_vec(), offsets: (0..=name.len()).collect() };
    for _ in 0..=LAYERS {
        let Some(next) = layer.decoded() else { break };
        layer = next;
    }
    let letters = layer.bytes.iter().filter(|byte| byte.is_ascii_alphanumeric());
    letters.map(|byte| char::from(byte.to_ascii_lowercase())).collect()
}

/// Returns whether the text is a UUID: TrueLayer's client secrets are, its client ids are not.
fn is_uuid(text: &[u8]) -> bool {
    text.split(|byte| *byte == b'-').map(<[u8]>::len).eq([8, 4, 4, 4, 12])
        && text.iter().all(|byte| *byte == b'-' || byte.is_ascii_hexdigit())
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_of_a_link_are_replaced_byte_for_byte() {
        for (link, expected) in [
            ("https://a/?scope=info&state=s1&x=1", "https://a/?scope=info&state=**&x=*"),
            ("https://a/?state=a b\"c#d&x", "https://a/?state=*******&x"),
            ("https://a/?client%5Fsecret=a%26b&x=1", "https://a/?client%5Fsecret=*****&x=*"),
            ("https://a/?amp;code=1&amp;nonce=2&amp;x=3", "https://a/?amp;code=*&amp;nonce=*&amp;x=*"),
            (
                "https://a/?redirect_uri=https%3A%2F%2Fb%2F%3Fcode%3Dabc%26x",
                "https://a/?redirect_uri=https%3A%2F%2Fb%2F%3Fcode%3D***%26x",
            ),
            (
                "https://a/?redirect_uri=x%253Fid_token%253Dabc%2526y",
                "https://a/?redirect_uri=x%253Fid_token%253D***%2526y",
            ),
            ("https://user:pw@a/?x=1", "https://*******@a/?x=*"),
            (
                "https://a/?redirect_uri=https%3A%2F%2Fme%3Apw%40b%2Fc",
                "https://a/?redirect_uri=https%3A%2F%2F*******%40b%2Fc",
            ),
            ("https://a/?User-Email=j%C3%A9&x=é", "https://a/?User-Email=*******&x=**"),
            ("https://a/?tracking_id=jo%40mail.example&x", "https://a/?tracking_id=*****************&x"),
            ("https://a/?state=é&x", "https://a/?state=**&x"),
            ("https://a/?x=eyJhbGciOiJIUzI1NiJ9.eyJzdWIi&y", "https://a/?x=*****************************&y"),
            (
                "https://a/?client_id=01234567-89ab-cdef-0123-456789abcdef&x",
                "https://a/?client_id=************************************&x",
            ),
            ("https://a/#access_token=abc", "https://a/#access_token=***"),
        ] {
            assert_eq!(Redacted::new(link).link(), expected, "{link}");
        }
    }

    #[test]
    fn secrets_of_an_escaped_link_are_replaced_in_its_text() {
        let text = "'https:\\/\\/auth.truelayer.com\\/?state\\u003ds\\u002fé1&amp;code&#61;c1\n  &amp;scope=info&amp;client&lowbar;secret=x&amp;theme=y'";
        let link = crate::find::links(text).remove(0);
        let redacted = Redacted::of_match(text, &link);
        assert_eq!(
            redacted.link(),
            "https:\\/\\/auth.truelayer.com\\/?state\\u003d**********&amp;code&#61;**\n  &amp;scope=info&amp;client&lowbar;secret=*&amp;theme=*"
        );
    }

    #[test]
    fn a_name_is_secret_by_its_last_part() {
        for name in [
            "state",
            "X-Api-Key",
            "sessionToken",
            "refresh_token",
            "id%5Ftoken",
            "pkceVerifier",
            "Authorization",
            "user.email",
        ] {
            assert!(is_secret(name), "{name}");
        }
        for name in ["scope", "redirect_uri", "response_type", "code_challenge_method", "environment", "country_id"] {
            assert!(!is_secret(name), "{name}");
        }
        assert!(is_secret(&"a".repeat(5000)));
    }

    #[test]
    fn text_without_secrets_is_unchanged() {
        for link in [
            "https://auth.truelayer.com/?response_type=code&client_id=acme-7d2f1a&code_challenge_method=S256&scope=info",
            "https://a/?redirect_uri=https%3A%2F%2Fb.example%2Fcallback%3Fx%3D1&response_mode=form_post",
            "",
            "%",
            "=&=&%3D",
        ] {
            assert_eq!(Redacted::new(link).link(), link);
            assert_eq!(redact(link), link);
        }
        let help = "write one plain address, such as `jo@example.com`, or leave it out";
        assert_eq!(redact(help), help);
    }

    #[test]
    fn text_about_a_link_hides_its_secrets() {
        let link = Redacted::new("https://me:pw@a/?code=top%20secret&redirect_uri=https://b/?state=x%26\"y");
        assert_eq!(link.redact("found `top secret` or `top%20secret`"), "found `**********` or `************`");
        assert_eq!(link.redact("`me:pw@auth.example` is not"), "`******************` is not");
        assert_eq!(
            redact("write `https://b/?state=x\"y&z=1`, client_secret = \"a b\""),
            "write `https://b/?state=***&z=1`, client_secret = \"***\""
        );
        assert_eq!(redact("see https://b/?state=xy, then"), "see https://b/?state=**, then");
    }

    #[test]
    fn a_redacted_text_is_unchanged_by_redaction() {
        let once = redact("error: https://me:pw@a/?state=abc&x=1\nhelp: none");
        assert_eq!(redact(&once), once);
        assert_eq!(once, "error: https://*****@a/?state=***&x=1\nhelp: none");
    }
}
