//! The table of fields: one row for each parameter of a link and each option of this crate.
//!
//! Everything that names fields is derived from [`fields!`](crate::fields): the enum [`Param`], the editor words, the methods
//! of the builder and the `with_…` methods, the flags and questions of the command line, the reference of fields, and the
//! values of the property tests.

/// Passes the table of fields to the macro `$callback`. A row has these columns:
///
/// - `name`: the name in macro calls and, for a parameter, in the URL; `doc`: its documentation;
/// - `shape`: `Text` (in quotes), `Word` (of a vocabulary) or `List`;
/// - `part`: the part of a link that contains it, in the order of the link's text: `Application` (the same for all users),
///   `User` (of one user or journey), `Challenge` (added with the code challenge), `Macro` (an option of this crate);
/// - `required`; `runtime`: whether its value may be known only at run time;
/// - `builder`: the kind of its builder method (`text`, `list`, `bool`, `none`); `with`: its `with_…` method, or `none`;
/// - `flag`: the flag of `auth-link new` and its value's name, or the reason why there is none;
/// - `default`: the effect of leaving it out, for `auth-link explain`; empty if `explain` does not list it;
/// - `valid` and `invalid`: values in a URL's syntax, for the reference and the property tests.
#[doc(hidden)]
#[macro_export]
macro_rules! fields {
    ($callback:ident) => {
        $callback! {
            ClientId {
                name: client_id,
                doc: "The application's client id, as TrueLayer's Console shows it, such as `acme-7d2f1a`. Ids of the sandbox begin with `sandbox-`.",
                shape: Text, part: Application, required: true, runtime: true, builder: text, with: none,
                flag: Flag("client-id", "ID"),
                default: "",
                valid: ["acme-7d2f1a", "sandbox-acme-7d2f1a"],
                invalid: ["", "a b", "<client_id>", "é", "0b6f8a2c-1111-4222-8333-0123456789ab"],
            }
            RedirectUri {
                name: redirect_uri,
                doc: "The address that the browser returns to with the code. It must be registered in Console, character for character: https, http on this machine, or an app's own scheme; no fragment.",
                shape: Text, part: Application, required: true, runtime: true, builder: text, with: none,
                flag: Flag("redirect-uri", "URI"),
                default: "",
                valid: ["https://app.example.com/callback", "http://localhost:3000/cb", "com.example.app:/cb"],
                invalid: [
                    "http://bank.internal/", "HTTPS://App.example.com:443/cb", "http://example.com/", "/callback",
                    "htps://a.example", "javascript:alert(1)", "https://a.example/#top", "https://jo:pw@a.example/",
                    "https://*.a.example/", "https://a.example/?code=1&x=2", "localhost:3000/cb",
                    "https://a.example/\u{202e}b\\c d", "",
                ],
            }
            Scope {
                name: scope,
                doc: "The permissions that the user is asked for. `balance` and `transactions` need `accounts` or `cards`; `direct_debits` and `standing_orders` need `accounts`; without `offline_access` there is no refresh token.",
                shape: List, part: Application, required: true, runtime: false, builder: list, with: none,
                flag: Flag("scope", "SCOPE,…"),
                default: "",
                valid: ["accounts balance", "info accounts balance transactions cards direct_debits standing_orders offline_access"],
                invalid: [
                    "balance", "direct_debits cards", "offline_access", "acounts balence", "info info", "payments openid",
                    "info,accounts", "  ", "",
                ],
            }
            ResponseType {
                name: response_type,
                doc: "`code`, the only response type. It is always sent.",
                shape: Word, part: Application, required: false, runtime: false, builder: text, with: none,
                flag: NoFlag("it has one value"),
                default: "",
                valid: ["code"],
                invalid: ["token", "code id_token", ""],
            }
            Providers {
                name: providers,
                doc: "The providers that the user may choose: ids, country-ids (`uk_ob_monzo`) and groups (`uk_ob_all`). The default is `uk_oauth_all` and `uk_ob_all`. Mock Bank is `uk_cs_mock`.",
                shape: List, part: Application, required: false, runtime: false, builder: list, with: none,
                flag: Flag("providers", "ID,…"),
                default: "TrueLayer offers `uk-oauth-all` and `uk-ob-all`.",
                valid: ["uk-ob-all uk-oauth-all", "uk-cs-mock", "uk-ob-monzo", "fr-stet-all xs2a-anything"],
                invalid: [
                    "ob-monzo ob-monzo", "ob-all", "mock", "uk-ob-alluk-oauth-all", "ob-monzzo", "OB_MONZO", "uk-ob-all, uk-oauth-all", "\u{1f600}", "",
                ],
            }
            ResponseMode {
                name: response_mode,
                doc: "`form_post`: the code arrives in a form. `query`, the default: it arrives in the query of `redirect_uri`. The form is posted from TrueLayer's site, so the request has no cookie with `SameSite` `Lax` or `Strict`.",
                shape: Word, part: Application, required: false, runtime: false, builder: text, with: none,
                flag: Switch("form-post", "form_post"),
                default: "The code arrives in the query of `redirect_uri`.",
                valid: ["form_post", "query"],
                invalid: ["fragment", "Form_Post"],
            }
            DisableProviders {
                name: disable_providers,
                doc: "The ids of providers to hide in the dialog.",
                shape: List, part: Application, required: false, runtime: false, builder: list, with: none,
                flag: Flag("disable-providers", "ID,…"),
                default: "No provider is hidden.",
                valid: ["ob-monzo", "ob-hsbc ob-monzo"],
                invalid: ["uk-ob-all", "ob-monzo ob-monzo", "x y", "é-b", ""],
            }
            UserEmail {
                name: user_email,
                doc: "The end user's e-mail address. TrueLayer advises unregulated clients to send it. Add it for each user, with `AuthLink::with_user_email`.",
                shape: Text, part: User, required: false, runtime: true, builder: text, with: with_user_email,
                flag: NoFlag("it belongs to one user"),
                default: "No address is sent; TrueLayer advises unregulated clients to add it for each user.",
                valid: ["jo@example.com"],
                invalid: ["jo", "jo@", "a@b@c", "j o@example.com", "j\n@example.com", ""],
            }
            ProviderId {
                name: provider_id,
                doc: "The preselected provider: the user does not see the selection. `providers` must cover it.",
                shape: Word, part: User, required: false, runtime: true, builder: text, with: with_provider_id,
                flag: Flag("provider-id", "ID"),
                default: "The user chooses the provider.",
                valid: ["ob-monzo", "mock", "ob-new-bank"],
                invalid: ["ob-revolut-de", "uk-ob-all", "uk-ob-monzo", "ob-monzzo", "a b", "-", ""],
            }
            LanguageId {
                name: language_id,
                doc: "The language of the dialog. The default is the browser's language, then English.",
                shape: Word, part: User, required: false, runtime: true, builder: text, with: with_language_id,
                flag: Flag("language", "CODE"),
                default: "The browser's language decides, then English.",
                valid: ["en"],
                invalid: ["zz", "english", "EN", ""],
            }
            TrackingId {
                name: tracking_id,
                doc: "The name of this journey in TrueLayer's Auth Journey Analytics. Add it for each authorization, with `AuthLink::with_tracking_id`.",
                shape: Text, part: User, required: false, runtime: true, builder: text, with: with_tracking_id,
                flag: NoFlag("it belongs to one authorization"),
                default: "The journey has no name in TrueLayer's analytics.",
                valid: ["t 1"],
                invalid: ["\u{7}", "\u{200b}", ""],
            }
            CountryId {
                name: country_id,
                doc: "The preselected country, as a code of ISO 3166-1 alpha-2: the user does not see the selection.",
                shape: Word, part: User, required: false, runtime: true, builder: text, with: with_country_id,
                flag: Flag("country", "CODE"),
                default: "The user chooses the country.",
                valid: ["GB"],
                invalid: ["UK", "FR", "fr", "XX", "England", ""],
            }
            CodeChallengeMethod {
                name: code_challenge_method,
                doc: "`S256`, the only method. It is always sent with a code challenge.",
                shape: Word, part: Challenge, required: false, runtime: false, builder: text, with: none,
                flag: NoFlag("it has one value"),
                default: "",
                valid: ["S256"],
                invalid: ["plain", ""],
            }
            Environment {
                name: environment,
                doc: "TrueLayer's `live` or `sandbox` servers. By default, the prefix `sandbox-` of `client_id` selects the sandbox.",
                shape: Word, part: Macro, required: false, runtime: true, builder: text, with: none,
                flag: Switch("sandbox", "sandbox"),
                default: "",
                valid: ["live", "sandbox"],
                invalid: ["production", ""],
            }
            AuthServer {
                name: auth_server,
                doc: "The origin of another auth server, such as a mock server: `http://localhost:8080`.",
                shape: Text, part: Macro, required: false, runtime: true, builder: text, with: with_auth_server,
                flag: NoFlag("`new` builds links to TrueLayer"),
                default: "",
                valid: ["http://localhost:8080", "https://mock.example/"],
                invalid: ["http://example.com", "x", "https://a/b"],
            }
            Pkce {
                name: pkce,
                doc: "`false` omits the code challenge, for a code that is exchanged elsewhere.",
                shape: Word, part: Macro, required: false, runtime: false, builder: bool, with: none,
                flag: NoFlag("a link to try has no code challenge"),
                default: "",
                valid: ["true", "false"],
                invalid: ["yes", ""],
            }
            Catalogue {
                name: catalogue,
                doc: "The path, from the package's folder, of the application's own copy of TrueLayer's response of `/api/providers`. The link is checked against it. Needs the feature `catalogue`.",
                shape: Text, part: Macro, required: false, runtime: false, builder: none, with: none,
                flag: NoFlag("every command has `--catalogue`"),
                default: "",
                valid: [],
                invalid: [],
            }
            Allow {
                name: allow,
                doc: "The rules to allow. An error that can be allowed, and each warning, ends with the line to write.",
                shape: List, part: Macro, required: false, runtime: false, builder: none, with: none,
                flag: NoFlag("every command has `--allow`"),
                default: "",
                valid: ["missing_required_scope", "insecure_private_redirect_uri non_normalized_redirect_uri", "sandbox_without_mock_bank country_without_providers"],
                invalid: ["unknown_scope", "x"],
            }
        }
    };
}

/// The standard name of the default response mode, which is not sent.
pub(crate) const DEFAULT_RESPONSE_MODE: &str = "query";

/// The form of a field's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// In quotes.
    Text,
    /// One word of the field's vocabulary, or the same in quotes.
    Word,
    /// Several words, as a list or separated by spaces in quotes.
    List,
}

/// The part of a link that contains a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    /// The parameters that are the same for all users.
    Application,
    /// The parameters of one user or journey.
    User,
    /// The parameters that are added with the code challenge.
    Challenge,
    /// The options of this crate.
    Macro,
}

/// The flag of `auth-link new` that sets a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Flag {
    /// A flag with a value: its name, and the name of its value.
    Flag(&'static str, &'static str),
    /// A flag without a value: its name, and the value that it sets.
    Switch(&'static str, &'static str),
    /// No flag, and the reason.
    NoFlag(&'static str),
}

macro_rules! define_param {
    ($($variant:ident {
        name: $name:ident,
        doc: $doc:literal,
        shape: $shape:ident, part: $part:ident, required: $required:literal, runtime: $runtime:literal,
        builder: $builder:ident, with: $with:ident,
        flag: $flag:ident($($flag_text:literal),*),
        default: $default:literal,
        valid: [$($valid:literal),* $(,)?],
        invalid: [$($invalid:literal),* $(,)?],
    })*) => {
        /// A field of a link: a parameter of the URL, or an option of this crate.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Param {
            $(#[doc = concat!("`", stringify!($name), "`: ", $doc)] $variant,)*
        }

        impl Param {
            /// Every field, in the order of a link's text.
            pub const ALL: [Self; [$(Self::$variant),*].len()] = [$(Self::$variant),*];

            /// Returns the field's name; for a parameter of the URL, its name there.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => stringify!($name),)* }
            }

            /// Returns the field with this name.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                $(if name == stringify!($name) { return Some(Self::$variant); })*
                None
            }

            /// Returns the field's documentation.
            #[inline]
            #[must_use]
            pub const fn description(self) -> &'static str {
                match self { $(Self::$variant => $doc,)* }
            }

            pub(crate) const fn shape(self) -> Shape {
                match self { $(Self::$variant => Shape::$shape,)* }
            }

            pub(crate) const fn part(self) -> Part {
                match self { $(Self::$variant => Part::$part,)* }
            }

            /// Returns whether every link needs the field.
            #[must_use]
            pub const fn is_required(self) -> bool {
                match self { $(Self::$variant => $required,)* }
            }

            /// Returns whether its value may be known only at run time, to a container or to one authorization.
            #[must_use]
            pub const fn accepts_runtime_value(self) -> bool {
                match self { $(Self::$variant => $runtime,)* }
            }

            /// Returns the flag of `auth-link new` that sets the field.
            #[must_use]
            pub const fn flag(self) -> Flag {
                match self { $(Self::$variant => Flag::$flag($($flag_text),*),)* }
            }

            /// Returns the effect of leaving the field out; empty if that needs no explanation.
            #[inline]
            #[must_use]
            pub const fn default_effect(self) -> &'static str {
                match self { $(Self::$variant => $default,)* }
            }

            /// Returns the name of the method of `AuthLink` that sets the field, if there is one.
            #[inline]
            #[must_use]
            pub const fn with_method(self) -> Option<&'static str> {
                match self {
                    $(Self::$variant => match stringify!($with).as_bytes() {
                        b"none" => None,
                        _ => Some(stringify!($with)),
                    },)*
                }
            }

            /// Returns values that the rules accept, in a URL's syntax.
            #[inline]
            #[must_use]
            pub const fn valid_values(self) -> &'static [&'static str] {
                match self { $(Self::$variant => &[$($valid),*],)* }
            }

            /// Returns values that the rules refuse or warn about, in a URL's syntax.
            #[inline]
            #[must_use]
            pub const fn invalid_values(self) -> &'static [&'static str] {
                match self { $(Self::$variant => &[$($invalid),*],)* }
            }
        }
    };
}

fields!(define_param);

impl Param {
    /// Returns the form of its value: `text` in quotes, a `word` of its vocabulary, or a `list`.
    #[inline]
    #[must_use]
    pub fn value_form(self) -> &'static str {
        match self.shape() {
            Shape::Text => "text",
            Shape::Word => "word",
            Shape::List => "list",
        }
    }

    /// Returns whether it takes text in quotes, and no words.
    #[must_use]
    pub fn takes_text(self) -> bool {
        self.shape() == Shape::Text
    }

    /// Returns whether it takes several words: a list, or words separated by spaces.
    #[must_use]
    pub fn is_list(self) -> bool {
        self.shape() == Shape::List
    }

    /// Returns whether it is a parameter of the URL, not an option of this crate.
    #[must_use]
    pub fn is_in_url(self) -> bool {
        self.part() < Part::Macro
    }

    /// Returns whether its words are providers.
    pub(crate) fn takes_providers(self) -> bool {
        matches!(self, Self::Providers | Self::DisableProviders | Self::ProviderId)
    }

    /// Returns whether a link's text contains it as it was written.
    pub(crate) fn is_sent(self) -> bool {
        self.part() < Part::Challenge
    }

    /// Returns whether it belongs to one user or journey. Unknown parameters precede these.
    pub(crate) fn is_per_user(self) -> bool {
        self.part() == Part::User
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_field_is_found_by_its_name() {
        for param in Param::ALL {
            assert_eq!(Param::from_name(param.name()), Some(param));
        }
        assert_eq!(Param::from_name("state"), None);
    }

    #[test]
    fn the_fields_are_sorted_by_their_part() {
        assert!(Param::ALL.is_sorted_by_key(|param| param.part()));
    }
}
