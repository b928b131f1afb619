//! One link with ten fixed parameters, a new state and an S256 challenge. State and code verifier are returned with it.

use std::time::SystemTime;

use auth_link::{AuthLink, AuthorizationRequest, auth_link};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::Rng;
use sha2::{Digest, Sha256};

use crate::meter::Meter;

/// The name of this table.
pub const TABLE: &str = "begin";

/// Measures this library and the same link by hand.
pub fn measure_all(meter: &mut impl Meter) {
    meter.measure(TABLE, "begin", || (), |()| begin());
    meter.measure(TABLE, "by hand", || (), |()| by_hand(system_entropy()));
    meter.measure(TABLE, "begin_with_entropy", || (), |()| begin_with_entropy());
    meter.measure(TABLE, "with_user_email and begin", || EMAIL.to_owned(), |email| with_user_email(&email));
    meter.measure(TABLE, "two values and begin", || EMAIL.to_owned(), |email| with_two_values(&email));
    meter.measure(TABLE, "a value in braces and begin", || EMAIL.to_owned(), |email| with_braces(&email));
    meter.measure(TABLE, "by hand, ChaCha12", || (), |()| by_hand(thread_entropy()));
}

/// The benchmarked link.
pub static CONNECT: AuthLink = auth_link!(
    client_id = "acme-7d2f1a",
    redirect_uri = "https://app.example.com/callback",
    scope = [info, accounts, balance, transactions, offline_access],
    response_type = code,
    providers = [uk_ob_all, uk_oauth_all],
    response_mode = form_post,
    disable_providers = [ob_barclays],
    provider_id = ob_monzo,
    language_id = en,
    country_id = GB,
);

/// The e-mail address of one user.
pub(crate) const EMAIL: &str = "jo.bloggs@example.com";

#[inline(never)]
pub(crate) fn with_user_email(email: &str) -> AuthorizationRequest {
    CONNECT.with_user_email(email).expect("an address").begin().expect("randomness")
}

#[inline(never)]
fn with_two_values(email: &str) -> AuthorizationRequest {
    let link = CONNECT.with_user_email(email).expect("an address").with_tracking_id(TRACKING_ID).expect("an id");
    link.begin().expect("randomness")
}

#[inline(never)]
pub(crate) fn with_braces(email: &str) -> AuthorizationRequest {
    let link = auth_link!(
        client_id = "acme-7d2f1a",
        redirect_uri = "https://app.example.com/callback",
        scope = [info, accounts, balance, transactions, offline_access],
        providers = [uk_ob_all, uk_oauth_all],
        response_mode = form_post,
        disable_providers = [ob_barclays],
        user_email = { email },
        provider_id = ob_monzo,
        language_id = en,
        country_id = GB,
    );
    link.expect("an address").begin().expect("randomness")
}

const TRACKING_ID: &str = "5b6f8a2c-1111-4222-8333-0123456789ab";

#[inline(never)]
fn begin() -> AuthorizationRequest {
    CONNECT.begin().expect("randomness")
}

#[inline(never)]
fn begin_with_entropy() -> AuthorizationRequest {
    CONNECT.begin_with_entropy(thread_entropy())
}

/// Returns randomness of the operating system.
fn system_entropy() -> [u8; 48] {
    let mut entropy = [0; 48];
    getrandom::fill(&mut entropy).expect("randomness");
    entropy
}

/// Returns randomness of the thread's generator, a `ChaCha12`.
pub(crate) fn thread_entropy() -> [u8; 48] {
    let mut entropy = [0; 48];
    rand::rng().fill_bytes(&mut entropy);
    entropy
}

/// A link built by hand, with its state and code verifier.
pub struct ByHand {
    /// The link.
    pub url: String,
    /// The state.
    pub state: [u8; 22],
    /// The code verifier.
    pub verifier: [u8; 43],
    /// The time from which the callback's age counts.
    pub began_at: SystemTime,
}

/// Builds the link with the least work: one constant, one allocation, one hash.
#[inline(never)]
pub(crate) fn by_hand(entropy: [u8; 48]) -> ByHand {
    const PREFIX: &str = "https://auth.truelayer.com/?client_id=acme-7d2f1a\
        &redirect_uri=https%3A%2F%2Fapp.example.com%2Fcallback\
        &scope=info%20accounts%20balance%20transactions%20offline_access&response_type=code\
        &providers=uk-ob-all%20uk-oauth-all&response_mode=form_post&disable_providers=ob-barclays\
        &provider_id=ob-monzo&language_id=en&country_id=GB&state=";
    const CHALLENGE: &str = "&code_challenge=";
    const METHOD: &str = "&code_challenge_method=S256";
    let state: [u8; 22] = base64url(&entropy[32..]);
    let verifier: [u8; 43] = base64url(&entropy[..32]);
    let challenge: [u8; 43] = base64url(&Sha256::digest(verifier));
    let mut url = String::with_capacity(PREFIX.len() + 22 + CHALLENGE.len() + 43 + METHOD.len());
    url.push_str(PREFIX);
    url.push_str(str::from_utf8(&state).expect("base64 is ASCII"));
    url.push_str(CHALLENGE);
    url.push_str(str::from_utf8(&challenge).expect("base64 is ASCII"));
    url.push_str(METHOD);
    ByHand { url, state, verifier, began_at: SystemTime::now() }
}

/// Returns `N` characters of base64url without padding.
#[inline]
fn base64url<const N: usize>(bytes: &[u8]) -> [u8; N] {
    let mut text = [0; N];
    URL_SAFE_NO_PAD.encode_slice(bytes, &mut text).expect("the caller names the length");
    text
}
