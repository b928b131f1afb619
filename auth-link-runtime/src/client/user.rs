//! The end user who gave a consent.

use std::fmt;

use auth_link_rules::{Param, check_values};

use super::json::Json;
use crate::link::LinkError;

/// The end user who gave a consent: a name, and an email address or a telephone number.
#[derive(Clone)]
#[must_use]
pub struct User {
    id: Option<String>,
    name: String,
    contact: (&'static str, String),
}

impl User {
    /// Creates a user with an email address.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::client::User;
    ///
    /// let user = User::with_email("Jo Doe", "jo@example.com")?.id("user-1");
    /// assert!(User::with_email("Jo Doe", "jo").is_err());
    /// # Ok::<(), auth_link::LinkError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error in the cases of [`AuthLink::with_user_email`](crate::AuthLink::with_user_email).
    #[inline]
    pub fn with_email(name: impl Into<String>, email: impl Into<String>) -> Result<Self, LinkError> {
        let email = email.into();
        check_values(&[(Param::UserEmail, &email)]).map_err(LinkError::new)?;
        Ok(Self { id: None, name: name.into(), contact: ("email", email) })
    }

    /// Creates a user with a telephone number, such as `+447700900000`.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::client::User;
    ///
    /// let user = User::with_phone("Jo Doe", "+447700900000");
    /// ```
    #[inline]
    pub fn with_phone(name: impl Into<String>, phone: impl Into<String>) -> Self {
        Self { id: None, name: name.into(), contact: ("phone", phone.into()) }
    }

    /// Sets the application's id of the user.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::client::User;
    ///
    /// let user = User::with_phone("Jo Doe", "+447700900000").id("user-1");
    /// ```
    #[inline]
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    #[inline]
    pub(super) fn to_json(&self) -> Json {
        let (contact, value) = &self.contact;
        let mut json = Json::object(&[("name", self.name.as_str()), (*contact, value.as_str())]);
        if let Some(id) = &self.id {
            json.add("id", id.as_str());
        }
        json
    }
}

impl User {
    /// Returns the texts that no error may show.
    #[inline]
    pub(super) fn sensitive_texts(&self) -> impl Iterator<Item = &str> {
        self.id.as_deref().into_iter().chain([self.name.as_str(), self.contact.1.as_str()])
    }
}

impl fmt::Debug for User {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("User([redacted])")
    }
}
