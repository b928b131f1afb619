//! This guide covers the code around an authorization, from the redirect to the accounts and to the end of the consent.
//!
//! | chapter | questions |
//! |---|---|
//! | [Quick start](quick_start) | Which crates do I add? How do I begin and finish? How do I rename the dependency or allow a rule? |
//! | [Pending authorizations](pending) | Where does an authorization wait for its callback? Why is the session lost after the callback? |
//! | [Callbacks](callbacks) | Which requests must not use a code? Which redirect URI do I register? |
//! | [Requests](requests) | How do I send a request? What do I do on an error, such as `sca_exceeded`? How do I read accounts? |
//! | [Tokens](tokens) | How do I store tokens? What if two requests refresh at once? |
//! | [The consent's life](consent) | When does a consent end? How do I extend or delete a connection? |
//! | [Testing](testing) | How do I test without TrueLayer? |
//! | [Production](production) | What do I check before the first user? How do I keep codes out of the logs? |
//! | [From `oauth2`](from_oauth2) | Which call replaces which? |
//! | [From strings](from_strings) | How do I convert links that are glued from strings? |
//! | [Mistakes that do not compile](mistakes) | What does the compiler refuse? What does it not see? |

#[doc = include_str!("../docs/guide/quick_start.md")]
pub mod quick_start {}

#[doc = include_str!("../docs/guide/pending.md")]
pub mod pending {}

#[doc = include_str!("../docs/guide/callbacks.md")]
pub mod callbacks {}

#[doc = include_str!("../docs/guide/requests.md")]
pub mod requests {}

#[doc = include_str!("../docs/guide/tokens.md")]
pub mod tokens {}

#[doc = include_str!("../docs/guide/consent.md")]
pub mod consent {}

#[doc = include_str!("../docs/guide/testing.md")]
pub mod testing {}

#[doc = include_str!("../docs/guide/production.md")]
pub mod production {}

#[doc = include_str!("../docs/guide/from_oauth2.md")]
pub mod from_oauth2 {}

#[doc = include_str!("../docs/guide/from_strings.md")]
pub mod from_strings {}

#[doc = include_str!("../docs/guide/mistakes.md")]
pub mod mistakes {}
