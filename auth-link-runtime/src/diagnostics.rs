//! The errors and warnings of the rules about a link.
//!
//! [`LinkError::diagnostics`](crate::LinkError::diagnostics) and [`AuthLink::warnings`](crate::AuthLink::warnings) return
//! them. Each names its rule, its field and, in a link that was parsed from text, its byte range:
//!
//! ```
//! # use auth_link_runtime as auth_link;
//! use auth_link::AuthLink;
//! use auth_link::diagnostics::LintLevel;
//!
//! # let text = "https://auth.truelayer.com/?client_id=acme-7d2f1a&redirect_uri=https://app.example.com/callback&scope=info";
//! # let link: AuthLink = AuthLink { text: auth_link_runtime::LinkText::Fixed(text), pkce: true };
//! let error = link.with_user_email("jo").unwrap_err();
//! for diagnostic in error.diagnostics() {
//!     assert_eq!(diagnostic.field(), Some("user_email"));
//!     assert_eq!(diagnostic.rule().name, "invalid_user_email");
//!     assert_eq!(diagnostic.rule().level, LintLevel::Forbid);
//! }
//! ```

pub use auth_link_rules::{Diagnostic, LintLevel, Location, Rule};
