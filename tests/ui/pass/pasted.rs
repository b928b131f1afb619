//! Links as TrueLayer's Console shows them, and the same links in fields.
#![deny(warnings)]

use auth_link::{AuthLink, auth_link};

static FIELDS: AuthLink = auth_link!(
    client_id = "sandbox-acme-7d2f1a",
    redirect_uri = "http://localhost:3000/callback?x=1",
    scope = [info, accounts, balance],
    providers = [uk_ob_all, uk_cs_mock],
    language_id = en,
);

static PASTED: AuthLink = auth_link!(
    "https://auth.truelayer-sandbox.com/?response_type=code&client_id=sandbox-acme-7d2f1a&scope=info%20accounts%20balance\
     &redirect_uri=http://localhost:3000/callback?x=1&providers=uk-ob-all%20uk-cs-mock&language_id=en",
    environment = sandbox,
);

static WITHOUT_SLASH_IN_OTHER_ORDER: AuthLink = auth_link!(
    "https://auth.truelayer-sandbox.com?providers=uk-ob-all+uk-cs-mock&redirect_uri=http%3a%2F%2Flocalhost:3000%2fcallback%3Fx%3d1\
     &client_id=sandbox-acme-7d2f1a&scope=info+accounts%20balance&&code_challenge_method=S256",
    language_id = en,
);

#[allow(deprecated)]
static WITH_LEFTOVERS: AuthLink = auth_link!(
    "https://auth.truelayer-sandbox.com/?response_type=code&response_type=code&client_id=sandbox-acme-7d2f1a\
     &scope=info%20accounts%20balance%20info&redirect_uri=http://localhost:3000/callback?x=1\
     &providers=uk-ob-all%20uk-cs-mock%20uk-ob-all&language_id=en&language_id=en&state=s1&nonce=n1\
     &code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
);

#[allow(deprecated)]
static WITH_FLAGS: AuthLink = auth_link!(
    "https://auth.truelayer.com/?client_id=acme&redirect_uri=https://a.example&scope=info&enable_mock=true&consent_id=c%201"
);

#[allow(deprecated)]
static FLAGS: AuthLink = auth_link!(
    client_id = "acme",
    redirect_uri = "https://a.example",
    scope = info,
    "enable_mock" = "true",
    "consent_id" = "c 1",
);

#[test]
fn links_compile() {
    assert_eq!(PASTED, FIELDS);
    assert_eq!(WITHOUT_SLASH_IN_OTHER_ORDER, FIELDS);
    assert_eq!(WITH_LEFTOVERS, FIELDS);
    assert_eq!(WITH_FLAGS, FLAGS);
}
