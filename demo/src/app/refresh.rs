//! Refreshing a connection's tokens.

use auth_link::client::AccessToken;

use super::connection::Connection;
use super::error::AppError;
use super::state::{App, Shared};
use super::store::LockedConnection;

/// The condition under which a connection is refreshed.
pub(super) enum RefreshIf {
    /// Its access token has expired.
    Expired,
    /// It still has this access token, which TrueLayer rejected. Another request may have refreshed it since.
    Rejected(AccessToken),
    /// Always.
    Always,
}

/// Returns a session's connection, refreshed if necessary. Returns `None` if the session has no connection of this id.
///
/// A refresh continues when the browser disconnects. Otherwise the new refresh token could be lost, and the old one is
/// no longer valid.
///
/// # Errors
///
/// Returns an error if:
///
/// - the store cannot be reached;
/// - the access token has expired, and there is no refresh token;
/// - TrueLayer rejects the refresh token or cannot be reached.
pub(super) async fn connection(
    app: &Shared,
    session: &str,
    id: &str,
    condition: RefreshIf,
) -> Result<Option<Connection>, AppError> {
    let (app, session, id) = (app.clone(), session.to_owned(), id.to_owned());
    let task = tokio::spawn(async move {
        let Some(mut locked) = app.store.lock(&session, &id).await? else {
            return Ok(None);
        };
        let result = refresh(&app, &mut locked, condition).await;
        let connection = locked.connection().clone();
        locked.unlock().await;
        result.map(|()| Some(connection))
    });
    task.await.map_err(|error| AppError::Unexpected(error.to_string()))?
}

/// Refreshes a connection under its lock, so that the second of two concurrent requests finds fresh tokens.
async fn refresh(app: &App, locked: &mut LockedConnection<'_>, condition: RefreshIf) -> Result<(), AppError> {
    let connection = locked.connection();
    let is_needed = match condition {
        RefreshIf::Expired => !connection.is_fresh(),
        RefreshIf::Rejected(token) => connection.access_token.expose() == token.expose(),
        RefreshIf::Always => true,
    };
    if !is_needed {
        return Ok(());
    }
    let Some(refresh_token) = &connection.refresh_token else {
        return if connection.is_fresh() { Ok(()) } else { Err(AppError::Expired) };
    };
    let tokens = app.http.send(app.client.refresh(refresh_token)).await?;
    locked.set(Connection::new(tokens)).await
}
