//! The events that TrueLayer recorded for a `tracking_id`.

use auth_link_rules::{Param, check_values};
use http::Method;

use super::base::{Client, uri};
use super::call::Call;
use super::credential::AccessToken;
use super::json_reader::{ReadError, Reader};
use super::list::List;
use super::object::{Flag, Object, Required, members};
use super::request_builder::{RequestBuilder, with_query};
use super::request_error::RequestError;
use super::results::read_results;
use super::tokens::Tokens;
use super::unexpected::Unexpected;
use crate::link::LinkError;
use crate::open_enum::open_enum;

impl Client {
    /// Requests the token for [`tracked_events`](Self::tracked_events): one of the client, with the scope `tracking`.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::client::{Client, ClientSecret, Environment};
    ///
    /// let client = Client::new(Environment::Live, "acme-7d2f1a", ClientSecret::new("s3cret")?)?;
    /// assert_eq!(client.tracking_token().request.method(), "POST");
    /// # Ok::<(), auth_link::Error>(())
    /// ```
    #[inline]
    pub fn tracking_token(&self) -> Call<Tokens> {
        self.client_credentials("tracking")
    }

    /// Requests the events of the journey with this `tracking_id`, in order. TrueLayer keeps them for 60 days.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::client::{Call, Client, List, RequestError, Tokens, TrackedEvent};
    ///
    /// /// `tokens` is the response to `tracking_token`, and `tracking_id` the one of the link.
    /// fn events(client: &Client, tokens: &Tokens, tracking_id: &str) -> Result<Call<List<TrackedEvent>>, RequestError> {
    ///     client.tracked_events(&tokens.access_token, tracking_id)
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the id:
    ///
    /// - is empty or contains control characters;
    /// - is too long for a path of 8,000 bytes.
    #[inline]
    pub fn tracked_events(
        &self,
        access_token: &AccessToken,
        tracking_id: &str,
    ) -> Result<Call<List<TrackedEvent>>, RequestError> {
        check_values(&[(Param::TrackingId, tracking_id)]).map_err(LinkError::new)?;
        let path = with_query("/v1/tracked-events", &[("tracking_id", tracking_id)])?;
        let request = RequestBuilder::new(Method::GET, uri(&self.servers.tracking, &path)).bearer(access_token);
        Ok(request.personal([tracking_id]).stream(|text| read_results(text, "")))
    }
}

/// One event of a journey.
///
/// ```
/// # use auth_link_runtime as auth_link;
/// use auth_link::client::{EventName, List, TrackedEvent};
///
/// fn has_consented(events: &List<TrackedEvent>) -> bool {
///     events.iter().any(|event| event.name == EventName::ConsentGranted)
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TrackedEvent {
    /// The name of the event.
    pub name: EventName,
    /// The time of the event, in the format of RFC 3339.
    pub time: String,
    /// TrueLayer's id of the journey.
    pub flow_id: Option<String>,
    /// TrueLayer's id of the connection, once it exists.
    pub credentials_id: Option<String>,
    /// TrueLayer's id of the consent, once it is given.
    pub consent_id: Option<String>,
    /// The id of the provider, once it is chosen.
    pub provider_id: Option<String>,
    /// Whether the user reauthorized an existing connection.
    pub reauth: bool,
}

open_enum! {
    /// The name of an event of a journey.
    EventName {
        /// The dialog was shown.
        DialogStarted = "dialog_started",
        /// The user chose a provider.
        ProviderSelected = "provider_selected",
        /// The user consented.
        ConsentGranted = "consent_granted",
        /// The authentication at the provider began.
        ProviderAuthStarted = "provider_auth_started",
        /// The provider authorized the access.
        ProviderAuthorized = "provider_authorized",
        /// The authorization code was exchanged.
        CodeExchanged = "code_exchanged",
    }
}

impl Object for TrackedEvent {
    #[inline]
    fn read(members: &mut Reader<'_>) -> Result<Result<Self, Unexpected>, ReadError> {
        members!(members {
            name: Required,
            time: Required,
            flow_id: Option<String>,
            credentials_id: Option<String>,
            consent_id: Option<String>,
            provider_id: Option<String>,
            reauth: Flag,
        });
        let build = || {
            Ok(Self {
                name: EventName::read(&name.take("name")?),
                time: time.take("time")?,
                flow_id,
                credentials_id,
                consent_id,
                provider_id,
                reauth: reauth.take("reauth")?,
            })
        };
        Ok(build())
    }
}
