//! The extension of a connection.

use auth_link_rules::Param;
use http::Method;

use super::base::{Client, uri};
use super::call::Call;
use super::credential::RefreshToken;
use super::direct_bank_authentication::authorization_request;
use super::error_members::IsError;
use super::json_reader::{ReadError, Reader};
use super::object::{Item, Object, members, read_value};
use super::request_builder::RequestBuilder;
use super::request_error::RequestError;
use super::tokens::{TokenContext, TokenText, Tokens};
use super::unexpected::Unexpected;
use super::user::User;
use crate::authorization_request::AuthorizationRequest;
use crate::link::AuthLink;

impl Client {
    /// Extends a connection after the user reconfirmed the consent on a screen of the application
    /// (`POST /connections/extend`).
    ///
    /// It works for providers in the United Kingdom, and for expired connections too.
    ///
    /// The link provides the redirect URI and the response mode. It must be the link of the original authorization. In the live
    /// environment TrueLayer has to approve the screen before `user_has_reconfirmed_consent` may be true. TrueLayer does not yet
    /// accept false.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::client::{Call, Client, ExtendOutcome, RefreshToken, User};
    /// use auth_link::{AuthLink, Error};
    ///
    /// /// After the user confirmed the consent on the application's own screen.
    /// fn extend(client: &Client, link: &AuthLink, refresh_token: &RefreshToken) -> Result<Call<ExtendOutcome>, Error> {
    ///     let user = User::with_email("Jo Doe", "jo@example.com")?;
    ///     Ok(client.extend_connection(link, refresh_token, &user, true)?)
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if:
    ///
    /// - the link has another client id or auth server than the client;
    /// - the operating system provides no random bytes.
    #[inline]
    pub fn extend_connection(
        &self,
        link: &AuthLink,
        refresh_token: &RefreshToken,
        user: &User,
        user_has_reconfirmed_consent: bool,
    ) -> Result<Call<ExtendOutcome>, RequestError> {
        let (mut json, parameters) = self.authorization_body(link)?;
        json.add("user_has_reconfirmed_consent", user_has_reconfirmed_consent);
        json.add(Param::ClientId.name(), self.id.as_str());
        json.add("client_secret", self.secret.expose());
        json.add("refresh_token", refresh_token.expose());
        json.add_json("user", user.to_json());
        // TrueLayer's page documents the access token and the refresh token of the response, and no `token_type`.
        let context =
            TokenContext { refresh_token: Some(refresh_token.clone()), is_bearer: true, ..TokenContext::default() };
        let request = RequestBuilder::new(Method::POST, uri(&self.servers.api, "/connections/extend")).json(&json);
        let request = request.redacting_client(&self.id, &self.secret).redacting([refresh_token.expose()]);
        let request = request.redacting(parameters.sensitive_texts()).personal(user.sensitive_texts());
        Ok(request.stream(|text| {
            let Item(action) = read_value::<Item<Action>>(text)?;
            let Action { kind, user_input_link, is_error } = action?;
            if is_error.0 {
                // The caller reads the error.
                return Err(Unexpected("expected `action_needed`, found `error`".to_owned()));
            }
            match kind.required("action_needed")?.as_str() {
                "no_action_needed" => Ok(ExtendOutcome::Extended(Tokens::read(text, context)?)),
                action @ ("authentication_needed" | "reconfirmation_of_consent_needed") => {
                    let url = user_input_link.required("user_input_link")?;
                    let request = Box::new(authorization_request(url, parameters, "user_input_link")?);
                    Ok(if action == "authentication_needed" {
                        ExtendOutcome::Authenticate(request)
                    } else {
                        ExtendOutcome::ReconfirmConsent(request)
                    })
                }
                _ => Err(Unexpected("unknown `action_needed`".to_owned())),
            }
        }))
    }
}

/// The members of a response that tell what to do.
struct Action {
    kind: TokenText,
    user_input_link: TokenText,
    is_error: IsError,
}

impl Object for Action {
    #[inline]
    fn read(members: &mut Reader<'_>) -> Result<Result<Self, Unexpected>, ReadError> {
        members!(members {
            kind: TokenText = "action_needed",
            user_input_link: TokenText,
            is_error: IsError = "error"
        });
        Ok(Ok(Self { kind, user_input_link, is_error }))
    }
}

/// The outcome of [`Client::extend_connection`].
///
/// ```
/// # use auth_link_runtime as auth_link;
/// use auth_link::PendingAuthorization;
/// use auth_link::client::{ExtendOutcome, Tokens};
///
/// /// Returns the new tokens, or the URL to redirect the browser to.
/// fn outcome(outcome: ExtendOutcome, store: impl FnOnce(PendingAuthorization)) -> Result<Tokens, String> {
///     match outcome {
///         ExtendOutcome::Extended(tokens) => Ok(tokens),
///         ExtendOutcome::Authenticate(request) | ExtendOutcome::ReconfirmConsent(request) => {
///             store(request.pending);
///             Err(request.url)
///         }
///         _ => Err("/error".to_owned()),
///     }
/// }
/// ```
#[derive(Debug)]
#[non_exhaustive]
#[must_use]
pub enum ExtendOutcome {
    /// The connection is extended. Store the new tokens.
    Extended(Tokens),
    /// The user has to sign in at the bank. The callback is finished as after [`begin`](AuthLink::begin).
    Authenticate(Box<AuthorizationRequest>),
    /// The user has to reconfirm the consent in TrueLayer's dialog. The callback is finished as after
    /// [`begin`](AuthLink::begin).
    ///
    /// TrueLayer's page says that this response is not sent yet.
    ReconfirmConsent(Box<AuthorizationRequest>),
}
