//! The reference of the rules of `environment` and `auth_server`.

use crate::reference::Reference;
use crate::reference::Source::{Document, Observed, Page, Rfc};

pub(crate) const unknown_environment: Reference = Reference {
    why: "TrueLayer has two environments, `live` and `sandbox`.",
    sources: &[Document("Live and sandbox environments")],
    wrong: "environment = production",
    right: "environment = live",
};

pub(crate) const sandbox_client_id_in_live: Reference = Reference {
    why: "The live server does not know the client ids of the sandbox.",
    sources: &[Document("Live and sandbox environments"), Document("Data API errors")],
    wrong: r#"client_id = "sandbox-acme-7d2f1a",
providers = [uk_cs_mock],
environment = live"#,
    right: r#"client_id = "sandbox-acme-7d2f1a",
providers = [uk_cs_mock],
environment = sandbox"#,
};

pub(crate) const live_client_id_in_sandbox: Reference = Reference {
    why: "The sandbox has its own client ids, which begin with `sandbox-` so far.",
    sources: &[Observed("ids in the documentation and in public code")],
    wrong: r#"client_id = "acme-7d2f1a",
providers = [uk_cs_mock],
environment = sandbox"#,
    right: r#"client_id = "sandbox-acme-7d2f1a",
providers = [uk_cs_mock],
environment = sandbox"#,
};

pub(crate) const sandbox_without_mock_bank: Reference = Reference {
    why: "The sandbox offers only Mock Bank, which the default `providers` do not contain.",
    sources: &[Page],
    wrong: r#"client_id = "sandbox-acme-7d2f1a""#,
    right: r#"client_id = "sandbox-acme-7d2f1a",
providers = [uk_cs_mock]"#,
};

pub(crate) const invalid_auth_server: Reference = Reference {
    why: "An auth server is an origin: scheme, host and port. A link-local address, such as the metadata service of a cloud, is none.",
    sources: &[Rfc(6454, "4"), Rfc(3927, "2")],
    wrong: r#"auth_server = "http://localhost:8080/auth""#,
    right: r#"auth_server = "http://localhost:8080""#,
};

pub(crate) const insecure_auth_server: Reference = Reference {
    why: "A link contains personal data, and the requests that follow contain secrets. They need TLS beyond this machine, and always for a live client.",
    sources: &[Rfc(6749, "3.1"), Rfc(9700, "2.6")],
    wrong: r#"auth_server = "http://mock.example.com""#,
    right: r#"auth_server = "https://mock.example.com""#,
};

pub(crate) const insecure_private_auth_server: Reference = Reference {
    why: "Over http, a private network can read personal data and secrets. A client of the sandbox may use it if that is intentional.",
    sources: &[Rfc(6749, "3.1"), Rfc(9700, "2.6")],
    wrong: r#"client_id = "sandbox-acme-7d2f1a",
providers = [uk_cs_mock],
auth_server = "http://192.168.1.20:8080""#,
    right: r#"client_id = "sandbox-acme-7d2f1a",
providers = [uk_cs_mock],
auth_server = "http://localhost:8080""#,
};
