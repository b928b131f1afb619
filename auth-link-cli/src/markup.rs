//! Files of HTML, XML and their templates, and the escapes that write `&` and other characters of a link.

/// The extensions of files that are HTML or XML, or contain it.
const MARKUP: [&str; 26] = [
    "html",
    "htm",
    "xhtml",
    "xml",
    "svg",
    "md",
    "markdown",
    "mdx",
    "vue",
    "svelte",
    "jsx",
    "tsx",
    "astro",
    "erb",
    "ejs",
    "hbs",
    "handlebars",
    "mustache",
    "twig",
    "liquid",
    "njk",
    "jinja",
    "jinja2",
    "j2",
    "cshtml",
    "jsp",
];

/// Returns whether a file with that extension may write characters as entities.
pub(crate) fn is_markup(extension: &str) -> bool {
    MARKUP.contains(&extension.to_ascii_lowercase().as_str())
}

/// Returns the character whose escape `rest` begins with, and the length of the escape. Entities count in markup alone.
pub(crate) fn unescape(rest: &str, is_markup: bool) -> Option<(char, usize)> {
    const ENTITIES: [(&str, char); 8] = [
        ("&amp;", '&'),
        ("&#38;", '&'),
        ("&#x26;", '&'),
        ("&lt;", '<'),
        ("&gt;", '>'),
        ("&quot;", '"'),
        ("&#34;", '"'),
        ("&#61;", '='),
    ];
    if rest.starts_with("\\u0026") {
        return Some(('&', "\\u0026".len()));
    }
    let entity = ENTITIES.iter().find(|(entity, _)| is_markup && rest.starts_with(entity));
    entity.map(|&(entity, c)| (c, entity.len()))
}
