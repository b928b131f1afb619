//! Finding the origins of URLs.

/// Returns the scheme, host and port of a URL.
pub(crate) fn origin(url: &str) -> &str {
    let after_scheme = url.find("://").map_or(0, |at| at + 3);
    let end = url[after_scheme..].find(['/', '?', '#']).map_or(url.len(), |at| after_scheme + at);
    &url[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_ends_where_the_path_or_query_begins() {
        for url in
            ["http://localhost:3000", "http://localhost:3000/", "http://localhost:3000?x", "http://localhost:3000/a/b"]
        {
            assert_eq!(origin(url), "http://localhost:3000");
        }
    }
}
