//! The fields of a link, in the order of the link's text.

/// A field of a link: a parameter of the URL, or an option of this crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Param {
    /// `client_id`: the application, as Console names it.
    ClientId,
    /// `redirect_uri`: where the browser comes back to.
    RedirectUri,
    /// `scope`: the permissions asked for.
    Scope,
    /// `response_type`: `code`.
    ResponseType,
    /// `providers`: what the user may choose from.
    Providers,
    /// `response_mode`: `form_post`.
    ResponseMode,
    /// `disable_providers`: providers to hide.
    DisableProviders,
    /// `user_email`: the end user's address.
    UserEmail,
    /// `provider_id`: the provider, already chosen.
    ProviderId,
    /// `language_id`: the dialog's language.
    LanguageId,
    /// `tracking_id`: the name of this journey in TrueLayer's analytics.
    TrackingId,
    /// `country_id`: the country, already chosen.
    CountryId,
    /// `code_challenge_method`: `S256`.
    CodeChallengeMethod,
    /// `environment`: `live` or `sandbox`.
    Environment,
    /// `auth_server`: the origin of a stand-in for TrueLayer's.
    AuthServer,
    /// `pkce`: whether a sign-in adds a code challenge.
    Pkce,
    /// `catalogue`: the path of the application's own catalogue.
    Catalogue,
    /// `allow`: rules turned off.
    Allow,
}

/// How the value of a field is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// In quotes.
    Text,
    /// One word of the field's vocabulary, or the same in quotes.
    Word,
    /// Several words, as a list or separated by spaces in quotes.
    List,
}

impl Param {
    /// Every field.
    pub const ALL: [Self; 18] = [
        Self::ClientId,
        Self::RedirectUri,
        Self::Scope,
        Self::ResponseType,
        Self::Providers,
        Self::ResponseMode,
        Self::DisableProviders,
        Self::UserEmail,
        Self::ProviderId,
        Self::LanguageId,
        Self::TrackingId,
        Self::CountryId,
        Self::CodeChallengeMethod,
        Self::Environment,
        Self::AuthServer,
        Self::Pkce,
        Self::Catalogue,
        Self::Allow,
    ];

    /// The field's name; of a URL parameter, its name in the URL.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ClientId => "client_id",
            Self::RedirectUri => "redirect_uri",
            Self::Scope => "scope",
            Self::ResponseType => "response_type",
            Self::Providers => "providers",
            Self::ResponseMode => "response_mode",
            Self::DisableProviders => "disable_providers",
            Self::UserEmail => "user_email",
            Self::ProviderId => "provider_id",
            Self::LanguageId => "language_id",
            Self::TrackingId => "tracking_id",
            Self::CountryId => "country_id",
            Self::CodeChallengeMethod => "code_challenge_method",
            Self::Environment => "environment",
            Self::AuthServer => "auth_server",
            Self::Pkce => "pkce",
            Self::Catalogue => "catalogue",
            Self::Allow => "allow",
        }
    }

    /// What it is for, in a few sentences: the field's row of TrueLayer's page, and its rules.
    #[must_use]
    pub const fn description(self) -> &'static str {
        match self {
            Self::ClientId => {
                "The application's client id, as TrueLayer's Console shows it, such as `acme-7d2f1a`. Required. Ids of the sandbox begin with `sandbox-`."
            }
            Self::RedirectUri => {
                "Where the browser comes back to with the code. Required. It must be one of the addresses registered in Console, character for character: https, http on this machine, or an app's own scheme; no fragment."
            }
            Self::Scope => {
                "The permissions that the user is asked for. Required. `balance` and `transactions` need `accounts` or `cards`; `direct_debits` and `standing_orders` need `accounts`; without `offline_access` there is no refresh token."
            }
            Self::ResponseType => "`code`, the only response type. It is sent whether written or not.",
            Self::Providers => {
                "What the user may choose from: ids, country-ids (`uk_ob_monzo`) and groups (`uk_ob_all`). Left out, TrueLayer offers `uk_oauth_all` and `uk_ob_all`. Mock Bank is `uk_cs_mock`."
            }
            Self::ResponseMode => {
                "`form_post`: the code comes in a form instead of a query. The post comes from TrueLayer's site, so it carries no cookie with `SameSite` `Lax` or `Strict`."
            }
            Self::DisableProviders => "Ids of providers to hide in the dialog.",
            Self::UserEmail => {
                "The end user's address. TrueLayer advises unregulated clients to send it. Mostly added per user, with `AuthLink::with_user_email`."
            }
            Self::ProviderId => {
                "The provider, already chosen: the user does not see the selection. `providers` must cover it."
            }
            Self::LanguageId => "The dialog's language. Left out, the browser's language decides, then English.",
            Self::TrackingId => {
                "The name of this journey in TrueLayer's Auth Journey Analytics. Mostly added per sign-in, with `AuthLink::with_tracking_id`."
            }
            Self::CountryId => {
                "The country, already chosen, by its code of ISO 3166-1 alpha-2: the user does not see the selection."
            }
            Self::CodeChallengeMethod => {
                "`S256`, the only method. It is sent with the code challenge of each sign-in, whether written or not."
            }
            Self::Environment => {
                "TrueLayer's `live` or `sandbox` servers. Left out, the prefix `sandbox-` of `client_id` tells."
            }
            Self::AuthServer => "The origin of another auth server, such as a mock server: `http://localhost:8080`.",
            Self::Pkce => "`false` leaves the code challenge out, for a code that is exchanged elsewhere.",
            Self::Catalogue => {
                "The path, from the package's folder, of the application's own copy of TrueLayer's answer to `/api/providers`, to which the link is held. Needs the feature `catalogue`."
            }
            Self::Allow => "Rules to turn off. An error that may be meant ends with the line to write.",
        }
    }

    /// The field of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "client_id" => Self::ClientId,
            "redirect_uri" => Self::RedirectUri,
            "scope" => Self::Scope,
            "response_type" => Self::ResponseType,
            "providers" => Self::Providers,
            "response_mode" => Self::ResponseMode,
            "disable_providers" => Self::DisableProviders,
            "user_email" => Self::UserEmail,
            "provider_id" => Self::ProviderId,
            "language_id" => Self::LanguageId,
            "tracking_id" => Self::TrackingId,
            "country_id" => Self::CountryId,
            "code_challenge_method" => Self::CodeChallengeMethod,
            "environment" => Self::Environment,
            "auth_server" => Self::AuthServer,
            "pkce" => Self::Pkce,
            "catalogue" => Self::Catalogue,
            "allow" => Self::Allow,
            _ => return None,
        })
    }

    pub(crate) const fn shape(self) -> Shape {
        match self {
            Self::ClientId
            | Self::RedirectUri
            | Self::UserEmail
            | Self::TrackingId
            | Self::AuthServer
            | Self::Catalogue => Shape::Text,
            Self::Scope | Self::Providers | Self::DisableProviders | Self::Allow => Shape::List,
            _ => Shape::Word,
        }
    }

    /// Whether it takes several words: a list, or words separated by spaces.
    #[must_use]
    pub fn is_list(self) -> bool {
        self.shape() == Shape::List
    }

    /// Whether its value may be known only when the application runs: what a container, or one sign-in, brings.
    #[must_use]
    pub fn accepts_runtime_value(self) -> bool {
        matches!(
            self,
            Self::ClientId
                | Self::RedirectUri
                | Self::UserEmail
                | Self::ProviderId
                | Self::LanguageId
                | Self::TrackingId
                | Self::CountryId
                | Self::Environment
                | Self::AuthServer
        )
    }

    /// Whether it is a parameter of the URL, not one of this crate's own fields.
    #[must_use]
    pub fn is_in_url(self) -> bool {
        self <= Self::CodeChallengeMethod
    }

    /// Whether its words are providers.
    pub(crate) fn takes_providers(self) -> bool {
        matches!(self, Self::Providers | Self::DisableProviders | Self::ProviderId)
    }

    /// The first that is of one user rather than of the whole application: the parameters that this crate does not know stand
    /// before it.
    pub(crate) const FIRST_PER_USER: Self = Self::UserEmail;

    /// Whether a link's text holds it as it was written; what does stands in the order of this list.
    pub(crate) fn is_sent(self) -> bool {
        self < Self::CodeChallengeMethod
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
    fn the_sent_parameters_come_first() {
        let (sent, rest): (Vec<_>, Vec<_>) = Param::ALL.into_iter().partition(|param| param.is_sent());
        assert!(sent.is_sorted() && sent.contains(&Param::FIRST_PER_USER));
        assert_eq!((sent.last(), rest.first()), (Some(&Param::CountryId), Some(&Param::CodeChallengeMethod)));
    }
}
