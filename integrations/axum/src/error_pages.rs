//! The layer that replaces the pages of errors.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use auth_link::http::StatusCode;
use auth_link::http::header::CONTENT_SECURITY_POLICY;
use axum_core::response::{IntoResponse, Response};
use pin_project_lite::pin_project;
use tower_layer::Layer;
use tower_service::Service;

use crate::error::ResponseError;

/// A layer that replaces the page of each [`Error`](crate::Error) with the application's own. It is also the place to log errors.
///
/// The function receives the error and returns a page. The response has the error's status, unless the page has another than 200.
/// It has the error's headers too, such as those that remove a cookie.
///
/// ```
/// use auth_link_axum::ErrorPages;
/// use axum::Router;
/// use axum::response::Html;
///
/// fn page(error: &auth_link::Error) -> Html<&'static str> {
///     eprintln!("{error}"); // shows no secret
///     Html(if error.is_cancelled() { "You cancelled." } else { "Your bank could not be connected." })
/// }
///
/// let app: Router = Router::new().layer(ErrorPages::new(page));
/// ```
#[derive(Clone)]
pub struct ErrorPages<F> {
    page: F,
}

impl<F, R> ErrorPages<F>
where
    F: Fn(&auth_link::Error) -> R + Clone,
    R: IntoResponse,
{
    /// Creates the layer of a function that returns the page of an error.
    #[must_use]
    pub fn new(page: F) -> Self {
        Self { page }
    }
}

impl<S, F: Clone> Layer<S> for ErrorPages<F> {
    type Service = ErrorPagesService<S, F>;

    fn layer(&self, inner: S) -> Self::Service {
        ErrorPagesService { inner, page: self.page.clone() }
    }
}

/// The service of [`ErrorPages`].
#[derive(Clone)]
pub struct ErrorPagesService<S, F> {
    inner: S,
    page: F,
}

impl<S, F, R, Q> Service<Q> for ErrorPagesService<S, F>
where
    S: Service<Q, Response = Response>,
    F: Fn(&auth_link::Error) -> R + Clone,
    R: IntoResponse,
{
    type Response = Response;
    type Error = S::Error;
    type Future = ErrorPagesFuture<S::Future, F>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Q) -> Self::Future {
        ErrorPagesFuture { inner: self.inner.call(request), page: self.page.clone() }
    }
}

pin_project! {
    /// The future of [`ErrorPagesService`].
    pub struct ErrorPagesFuture<U, F> {
        #[pin]
        inner: U,
        page: F,
    }
}

impl<U, F, R, E> Future for ErrorPagesFuture<U, F>
where
    U: Future<Output = Result<Response, E>>,
    F: Fn(&auth_link::Error) -> R,
    R: IntoResponse,
{
    type Output = Result<Response, E>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        let mut response = ready!(this.inner.poll(context))?;
        let Some(ResponseError(error)) = response.extensions_mut().remove() else { return Poll::Ready(Ok(response)) };
        Poll::Ready(Ok(replace(response, (this.page)(&error).into_response())))
    }
}

/// Puts a page in place of the default page of a response.
fn replace(response: Response, page: Response) -> Response {
    let (mut parts, _) = response.into_parts();
    let (page, body) = page.into_parts();
    if page.status != StatusCode::OK {
        parts.status = page.status;
    }
    // It fits the default page alone, which has no style and no script.
    parts.headers.remove(CONTENT_SECURITY_POLICY);
    for name in page.headers.keys() {
        parts.headers.remove(name);
    }
    for (name, value) in &page.headers {
        parts.headers.append(name, value.clone());
    }
    parts.extensions.extend(page.extensions);
    Response::from_parts(parts, body)
}

impl<F> fmt::Debug for ErrorPages<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ErrorPages").finish_non_exhaustive()
    }
}

impl<S, F> fmt::Debug for ErrorPagesService<S, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ErrorPagesService").finish_non_exhaustive()
    }
}

impl<U, F> fmt::Debug for ErrorPagesFuture<U, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ErrorPagesFuture").finish_non_exhaustive()
    }
}
