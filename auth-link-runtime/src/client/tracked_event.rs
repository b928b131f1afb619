//! What TrueLayer recorded of a journey that had a `tracking_id`.

use auth_link_rules::{Param, check_values};
use http::Method;

use super::base::{Client, uri};
use super::call::Call;
use super::credential::AccessToken;
use super::json::{Json, Unexpected};
use super::request_builder::{RequestBuilder, with_query};
use super::request_error::RequestError;
use super::tokens::Tokens;
use crate::link::LinkError;
use crate::open_enum::open_enum;

impl Client {
    /// The token that [`tracked_events`](Self::tracked_events) takes: the client's own, with the scope `tracking`.
    pub fn tracking_token(&self) -> Call<Tokens> {
        self.client_credentials("tracking")
    }

    /// What happened in the journey with this `tracking_id`, in order; TrueLayer keeps it for 60 days.
    ///
    /// # Errors
    ///
    /// As [`AuthLink::with_tracking_id`](crate::AuthLink::with_tracking_id), and an id of more than 8,000 bytes.
    pub fn tracked_events(
        &self,
        access_token: &AccessToken,
        tracking_id: &str,
    ) -> Result<Call<Vec<TrackedEvent>>, RequestError> {
        check_values(&[(Param::TrackingId, tracking_id)]).map_err(LinkError::new)?;
        let path = with_query("/v1/tracked-events", &[("tracking_id", tracking_id)])?;
        let request = RequestBuilder::new(Method::GET, uri(&self.servers.tracking, &path)).bearer(access_token);
        Ok(request.call(|json| json?.read_list("results", TrackedEvent::read)))
    }
}

/// One step of a journey.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TrackedEvent {
    /// What happened.
    pub name: EventName,
    /// When, as RFC 3339 writes it.
    pub time: String,
    /// TrueLayer's name for the journey.
    pub flow_id: Option<String>,
    /// TrueLayer's name for the connection, once there is one.
    pub credentials_id: Option<String>,
    /// TrueLayer's name for the consent, once it is given.
    pub consent_id: Option<String>,
    /// The provider, once it is chosen.
    pub provider_id: Option<String>,
    /// Whether the user signed in anew to a connection that there was.
    pub reauth: bool,
}

open_enum! {
    /// What happened in a journey.
    EventName {
        /// The dialog showed.
        DialogStarted = "dialog_started",
        /// The user chose a provider.
        ProviderSelected = "provider_selected",
        /// The user allowed the access.
        ConsentGranted = "consent_granted",
        /// The provider's own part began.
        ProviderAuthStarted = "provider_auth_started",
        /// The provider authorised the access.
        ProviderAuthorized = "provider_authorized",
        /// The application got its code.
        CodeExchanged = "code_exchanged",
    }
}

impl TrackedEvent {
    fn read(mut json: Json) -> Result<Self, Unexpected> {
        Ok(Self {
            name: EventName::read(&json.required("name")?),
            time: json.required("time")?,
            flow_id: json.text("flow_id")?,
            credentials_id: json.text("credentials_id")?,
            consent_id: json.text("consent_id")?,
            provider_id: json.text("provider_id")?,
            reauth: json.flag("reauth")?.unwrap_or_default(),
        })
    }
}
