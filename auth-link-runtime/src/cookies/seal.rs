//! The sealed text of a pending authorization and the application's value.

use auth_link_rules::Param;
use cookie::{Cookie, CookieJar};
use serde_core::de::DeserializeOwned;
use serde_core::ser::Serialize;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::cookie_error::CookieError;
use super::cookie_key::CookieKey;
use crate::link::AuthLink;
use crate::pending::PendingAuthorization;
use crate::secret::{as_str, base64url};

/// The version of the sealed text.
const VERSION: &str = "1";

/// Returns the clear part of a sealed text: who can open it, and what it belongs to. It is authenticated as associated data.
///
/// `version . key . link . browser . begin`
fn label(key: &CookieKey, link: &str, browser: &str, began_at: u64) -> String {
    [VERSION, key.id(), link, &fingerprint(&[browser]), &began_at.to_string()].join(".")
}

/// Returns a short hash of texts, each with its length.
fn fingerprint(texts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for text in texts {
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(text);
    }
    as_str(&base64url::<16>(&hash.finalize()[..12])).to_owned()
}

/// Returns the fingerprint of the parts of a link that its authorizations depend on.
pub(super) fn link_fingerprint(link: &AuthLink) -> String {
    let value = |param| link.text.value(param);
    let pkce = if link.pkce { "pkce" } else { "" };
    fingerprint(&[link.text.auth_server(), &value(Param::ClientId), &value(Param::RedirectUri), pkce])
}

/// Seals a pending authorization and the application's value with AES-256-GCM.
pub(super) fn seal<T: Serialize + ?Sized>(
    key: &CookieKey,
    link: &str,
    browser: &str,
    pending: &PendingAuthorization,
    data: &T,
) -> Result<String, CookieError> {
    let text = serde_json::to_string(&(pending, data)).map_err(|_| CookieError::InvalidData)?;
    let text = Zeroizing::new(text);
    let label = label(key, link, browser, pending.began_at_seconds());
    let mut jar = CookieJar::new();
    jar.private_mut(&key.key).add(Cookie::new(label.clone(), text.as_str().to_owned()));
    let sealed = jar.get(&label).ok_or(CookieError::InvalidData)?;
    Ok([label.as_str(), ".", sealed.value()].concat())
}

/// Opens a sealed text with the key that sealed it.
pub(super) fn open<T: DeserializeOwned>(
    keys: &[CookieKey],
    link: &str,
    browser: &str,
    text: &str,
) -> Result<(PendingAuthorization, T), CookieError> {
    let mut parts = text.splitn(6, '.');
    let mut part = || parts.next().ok_or(CookieError::Altered);
    let (version, key_id, sealed_link, sealed_browser, began_at, sealed) =
        (part()?, part()?, part()?, part()?, part()?, part()?);
    if version != VERSION {
        return Err(CookieError::UnknownKey);
    }
    let key = keys.iter().find(|key| key.id() == key_id).ok_or(CookieError::UnknownKey)?;
    if sealed_link != link {
        return Err(CookieError::OtherLink);
    }
    if sealed_browser != fingerprint(&[browser]) {
        return Err(CookieError::Swapped);
    }
    let label = &text[..text.len() - sealed.len() - 1];
    let cookie = Cookie::new(label.to_owned(), sealed.to_owned());
    let opened = CookieJar::new().private(&key.key).decrypt(cookie).ok_or(CookieError::Altered)?;
    let opened = Zeroizing::new(opened.value().to_owned());
    let (pending, data): (PendingAuthorization, Box<serde_json::value::RawValue>) =
        serde_json::from_str(&opened).map_err(|_| CookieError::Altered)?;
    if pending.began_at_seconds().to_string() != began_at {
        return Err(CookieError::Altered);
    }
    let data = serde_json::from_str(data.get()).map_err(|_| CookieError::OtherData)?;
    Ok((pending, data))
}

/// Returns the begin time of a sealed text, in seconds since 1970, without opening it.
pub(super) fn began_at(text: &str) -> Option<u64> {
    text.split('.').nth(4)?.parse().ok()
}
