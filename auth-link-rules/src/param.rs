//! The fields of a link that have rules, in the order in which the link's text holds them.

/// A field of a link, by its name in the URL, or one that says how the link is made.
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

    /// The field of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|param| param.name() == name)
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

    pub(crate) fn is_list(self) -> bool {
        self.shape() == Shape::List
    }

    /// Whether its value may be known only when the application runs: what a container, or one sign-in, brings.
    #[must_use]
    pub fn may_be_later(self) -> bool {
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
    pub(crate) fn is_in_url(self) -> bool {
        self <= Self::CodeChallengeMethod
    }

    /// Its place in a link's text, for a field whose value the text holds as written. Lower comes first; parameters that this
    /// crate does not know stand at [`UNKNOWN_RANK`]: after those of the whole application, before those of one user.
    pub(crate) fn rank(self) -> Option<usize> {
        match self {
            not_sent if not_sent >= Self::CodeChallengeMethod => None,
            shared if shared < Self::UserEmail => Some(shared as usize),
            personal => Some(personal as usize + 1),
        }
    }
}

/// Where a link's text holds the parameters that this crate does not know.
pub(crate) const UNKNOWN_RANK: usize = Param::UserEmail as usize;
