//! Values that are known only at run time: nothing is moved, and temporary values live long enough.
#![deny(warnings)]

use std::borrow::Cow;
use std::rc::Rc;
use std::sync::{Arc, LazyLock, Mutex};

use auth_link::{AuthLink, LinkError, auth_link};

static AT_RUN_TIME: LazyLock<AuthLink> = LazyLock::new(|| {
    auth_link!(
        client_id = { std::env::var("AUTH_LINK_TEST_NOT_SET").unwrap_or_else(|_| "sandbox-acme".to_owned()) },
        redirect_uri = "https://app.example.com/callback",
        scope = [accounts],
        providers = [uk_cs_mock],
        environment = { std::env::var("AUTH_LINK_TEST_NOT_SET").ok() },
        auth_server = { None::<String> },
    )
    .expect("a link")
});

struct User {
    email: String,
    bank: Option<&'static str>,
}

impl User {
    fn email(&self) -> String {
        self.email.clone()
    }
}

macro_rules! link {
    ($email:expr, $value:block) => {
        auth_link!(
            client_id = "acme",
            redirect_uri = "https://app.example.com/callback",
            scope = [accounts],
            user_email = { $email },
            tracking_id = $value,
        )
    };
}

fn with(user: &User, tracking: Cow<'_, str>) -> Result<AuthLink, LinkError> {
    let language: Box<str> = "en".into();
    let country: Arc<str> = "GB".into();
    let link = auth_link!(
        client_id = "acme",
        redirect_uri = "https://app.example.com/callback",
        scope = [accounts],
        user_email = { user.email().trim().to_lowercase().as_str() },
        provider_id = { user.bank },
        language_id = { language },
        country_id = { let upper = country.to_uppercase(); upper },
        tracking_id = { tracking },
    )?;
    // Nothing was moved.
    assert_eq!((&*language, &*country, &*tracking), ("en", "GB", "t1"));
    Ok(link)
}

fn parsed(text: &str) -> Result<AuthLink, Box<dyn std::error::Error>> {
    let bytes = text.as_bytes().to_vec();
    Ok(auth_link!(
        client_id = "acme",
        redirect_uri = "https://app.example.com/callback",
        scope = [accounts],
        tracking_id = { String::from_utf8(bytes)? },
    )?)
}

async fn fetched(lock: &Mutex<String>) -> Result<AuthLink, LinkError> {
    async fn id() -> &'static str {
        "t1"
    }
    auth_link!(
        client_id = "acme",
        redirect_uri = "https://app.example.com/callback",
        scope = [accounts],
        user_email = { lock.lock().unwrap().as_str() },
        tracking_id = { id().await },
    )
}

fn is_send<T: Send>(_: &T) {}

#[test]
fn links_compile() {
    assert!(AT_RUN_TIME.as_str().starts_with("https://auth.truelayer-sandbox.com/?client_id=sandbox-acme&"));

    let user = User { email: " Jo@Example.com".to_owned(), bank: Some("ob-monzo") };
    let link = with(&user, "t1".into()).unwrap();
    let constant: AuthLink = auth_link!(
        client_id = "acme",
        redirect_uri = "https://app.example.com/callback",
        scope = [accounts],
    );
    let same = constant
        .with_user_email("jo@example.com")
        .and_then(|link| link.with_provider_id("ob-monzo"))
        .and_then(|link| link.with_language_id("en"))
        .and_then(|link| link.with_country_id("GB"))
        .and_then(|link| link.with_tracking_id("t1"))
        .unwrap();
    assert_eq!(link, same, "braces do the same as `with_…`");
    assert!(!with(&User { bank: None, ..user }, "t1".into()).unwrap().as_str().contains("provider_id"));

    let error = auth_link!(
        client_id = "acme",
        redirect_uri = "https://app.example.com/callback",
        scope = [accounts],
        user_email = { "jo" },
        provider_id = { "uk-ob-all" },
        country_id = { Some(Rc::<str>::from("Britain")) },
    );
    assert_eq!(error.unwrap_err().diagnostics().len(), 3, "every error in one run");

    assert_eq!(parsed("t1").unwrap().as_str(), format!("{}&tracking_id=t1", constant.as_str()));
    assert_eq!(link!("jo@example.com", { "t1" }).unwrap().as_str().matches('@').count(), 0);

    let lock = Mutex::new("jo@example.com".to_owned());
    is_send(&fetched(&lock));
}
