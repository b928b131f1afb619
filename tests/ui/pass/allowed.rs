//! The passing twins of refused addresses and modes.
#![deny(warnings)]

use auth_link::{AuthLink, auth_link};

static PRIVATE_AUTH_SERVER: AuthLink = auth_link!(
    client_id = "sandbox-acme-7d2f1a",
    redirect_uri = "https://app.example.com/callback",
    scope = [accounts],
    auth_server = "http://192.168.1.20:8080",
    allow = [insecure_private_auth_server],
);

static LOCAL_AUTH_SERVER: AuthLink = auth_link!(
    client_id = "acme-7d2f1a",
    redirect_uri = "https://app.example.com/callback",
    scope = [accounts],
    auth_server = "http://localhost:8080",
);

static SINGLE_LABEL_AUTH_SERVER: AuthLink = auth_link!(
    client_id = "acme-7d2f1a",
    redirect_uri = "https://app.example.com/callback",
    scope = [accounts],
    auth_server = "https://mock",
);

static DOTTED_SCHEME: AuthLink = auth_link!(
    client_id = "acme-7d2f1a",
    redirect_uri = "com.example.app:/callback",
    scope = [accounts],
);

static UNDOTTED_SCHEME: AuthLink = auth_link!(
    client_id = "acme-7d2f1a",
    redirect_uri = "myapp:/callback",
    scope = [accounts],
    allow = [undotted_app_scheme],
);

static DOT_SEGMENTS: AuthLink = auth_link!(
    client_id = "acme-7d2f1a",
    redirect_uri = "https://app.example.com/a/../callback",
    scope = [accounts],
    allow = [non_normalized_redirect_uri],
);

static QUERY_MODE: AuthLink = auth_link!(
    client_id = "acme-7d2f1a",
    redirect_uri = "https://app.example.com/callback",
    scope = [accounts],
    response_mode = query,
);

static DEFAULT_MODE: AuthLink = auth_link!(
    client_id = "acme-7d2f1a",
    redirect_uri = "https://app.example.com/callback",
    scope = [accounts],
);

static CONDITION: AuthLink = if cfg!(debug_assertions) {
    auth_link!(client_id = "acme-7d2f1a", redirect_uri = "http://localhost/callback", scope = [accounts])
} else {
    auth_link!(client_id = "acme-7d2f1a", redirect_uri = "https://app.example.com/callback", scope = [accounts])
};

#[test]
fn links_compile() {
    assert_eq!(QUERY_MODE, DEFAULT_MODE);
    for link in [
        &PRIVATE_AUTH_SERVER,
        &LOCAL_AUTH_SERVER,
        &SINGLE_LABEL_AUTH_SERVER,
        &DOTTED_SCHEME,
        &UNDOTTED_SCHEME,
        &DOT_SEGMENTS,
        &CONDITION,
    ] {
        assert!(link.as_str().contains("&scope=accounts"), "{}", link.as_str());
    }
}
