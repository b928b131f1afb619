//! The options of a check: allowed rules, and the application's own list of providers.

use std::sync::Arc;

use auth_link_rules::{Catalogue, Draft, Entry, Param, Text, Value};

use crate::args::LintArgs;
use crate::catalogue::read_catalogue;
use crate::output::Failure;

/// The options of a check.
#[derive(Clone, Debug, Default)]
pub(crate) struct LintOptions {
    /// The names of allowed rules.
    pub(crate) allow: Vec<String>,
    /// The application's own list of providers.
    pub(crate) catalogue: Option<Arc<Catalogue>>,
}

impl LintOptions {
    /// Reads the options of the command line.
    ///
    /// # Errors
    ///
    /// Returns an error if the catalogue cannot be read.
    pub(crate) fn new(args: &LintArgs) -> Result<Self, Failure> {
        let catalogue = args.catalogue.as_deref().map(read_catalogue).transpose()?.map(Arc::new);
        Ok(Self { allow: args.allow.clone(), catalogue })
    }

    /// Builds the draft of `link`, with these options.
    pub(crate) fn draft(&self, link: &str) -> Draft {
        let mut draft = Draft::default();
        draft.paste(link);
        self.complete(&mut draft);
        draft
    }

    /// Adds the options to a draft.
    pub(crate) fn complete(&self, draft: &mut Draft) {
        if !self.allow.is_empty() {
            let rules = self.allow.iter().cloned().map(Text::Word).collect();
            draft.push(Entry::new(Param::Allow.name().to_owned(), false, Value::List(rules)));
        }
        if let Some(catalogue) = &self.catalogue {
            draft.set_catalogue(catalogue.clone());
        }
    }
}
