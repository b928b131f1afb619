//! The known providers of TrueLayer's Data API: dated data, not a rule.
//!
//! Compiled from recorded responses of `/api/providers` (2019 to 2022) and from links and configurations published since.
//! The list gives names and suggestions; an id that it does not contain is accepted in quotes. The example `provider_list`
//! updates it.

/// The date of the lists below.
pub const PROVIDER_LIST_DATE: &str = "2026-08-17";

/// A provider of the Data API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Provider {
    /// Its id, such as `ob-monzo`.
    pub id: &'static str,
    /// The bank's name.
    pub name: &'static str,
    /// Its country, as TrueLayer writes it: `uk`, not `gb`.
    pub country: &'static str,
    /// The scopes that it offered at that date, separated by spaces; empty if unknown.
    pub scopes: &'static str,
    /// The id that replaced it, if TrueLayer no longer offers it.
    pub replaced_by: Option<&'static str>,
}

impl Provider {
    /// Returns the provider with this id.
    #[must_use]
    pub fn from_id(id: &str) -> Option<&'static Self> {
        PROVIDERS.binary_search_by(|provider| provider.id.cmp(id)).ok().map(|index| &PROVIDERS[index])
    }

    /// Returns whether it offered `scope` at the date of the list.
    #[must_use]
    pub fn offers(&self, scope: &str) -> bool {
        self.scopes.split(' ').any(|offered| offered == scope)
    }

    /// Returns the country-id that `providers` takes, such as `uk-ob-monzo`; for Mock Bank `uk-cs-mock`.
    #[must_use]
    pub fn country_id(&self) -> String {
        let kind = if self.id == "mock" { "cs-" } else { "" };
        format!("{}-{kind}{}", self.country, self.id)
    }
}

const fn offered(id: &'static str, name: &'static str, country: &'static str, scopes: &'static str) -> Provider {
    Provider { id, name, country, scopes, replaced_by: None }
}

const fn replaced(by: &'static str, provider: Provider) -> Provider {
    Provider { replaced_by: Some(by), ..provider }
}

/// The providers, sorted by id.
#[rustfmt::skip]
pub static PROVIDERS: &[Provider] = &[
    offered("mock", "Mock Bank", "uk", "info accounts balance transactions cards offline_access"),
    offered("oauth-amex", "Amex", "uk", "info balance transactions cards offline_access"),
    replaced("ob-monzo", offered("oauth-monzo", "Monzo", "uk", "info accounts balance transactions offline_access")),
    offered("oauth-starling", "Starling", "uk", "info accounts balance transactions offline_access"),
    offered("ob-aib", "AIB", "ie", "accounts balance transactions cards direct_debits standing_orders offline_access"),
    offered("ob-aib-business", "AIB Business", "ie", "accounts balance transactions cards direct_debits standing_orders offline_access"),
    offered("ob-aib-gb-corporate", "Allied Irish Bank Corporate", "uk", ""),
    offered("ob-barclaycard", "Barclaycard", "uk", "balance transactions cards offline_access"),
    offered("ob-barclays", "Barclays", "uk", "info accounts balance transactions cards direct_debits standing_orders offline_access"),
    offered("ob-barclays-business", "Barclays Business", "uk", "info accounts balance transactions cards direct_debits standing_orders offline_access"),
    offered("ob-boi-ie", "Bank of Ireland", "ie", "accounts balance transactions cards direct_debits standing_orders offline_access"),
    offered("ob-boi-ie-business", "Bank of Ireland Business", "ie", "accounts balance transactions cards direct_debits standing_orders offline_access"),
    offered("ob-bos", "Bank of Scotland", "uk", "info accounts balance transactions cards direct_debits standing_orders offline_access"),
    offered("ob-bos-business", "Bank of Scotland Business", "uk", "info accounts balance transactions cards direct_debits standing_orders offline_access"),
    offered("ob-capital-one", "Capital One", "uk", "info balance transactions cards offline_access"),
    offered("ob-chelsea-building-society", "Chelsea Building Society", "uk", "info accounts balance transactions standing_orders offline_access"),
    offered("ob-danske", "Danske Bank", "uk", "info accounts balance transactions offline_access"),
    offered("ob-danske-business", "Danske Bank Business", "uk", ""),
    offered("ob-first-direct", "first direct", "uk", "info accounts balance transactions cards offline_access"),
    offered("ob-halifax", "Halifax", "uk", "info accounts balance transactions cards direct_debits standing_orders offline_access"),
    offered("ob-hsbc", "HSBC", "uk", "info accounts balance transactions cards direct_debits standing_orders offline_access"),
    offered("ob-hsbc-business", "HSBC Business", "uk", "info accounts balance transactions cards direct_debits standing_orders offline_access"),
    offered("ob-lloyds", "Lloyds", "uk", "info accounts balance transactions cards direct_debits standing_orders offline_access"),
    offered("ob-lloyds-business", "Lloyds Business", "uk", "info accounts balance transactions cards direct_debits standing_orders offline_access"),
    offered("ob-lloyds-corporate", "Lloyds Commercial", "uk", "info accounts balance transactions direct_debits standing_orders offline_access"),
    offered("ob-mbna", "MBNA", "uk", "balance transactions cards offline_access"),
    offered("ob-monzo", "Monzo", "uk", "info accounts balance transactions direct_debits standing_orders offline_access"),
    offered("ob-ms", "M&S Bank", "uk", "info balance transactions cards offline_access"),
    offered("ob-nationwide", "Nationwide", "uk", "info accounts balance transactions cards direct_debits standing_orders offline_access"),
    offered("ob-natwest", "NatWest", "uk", "info accounts balance transactions cards direct_debits standing_orders offline_access"),
    offered("ob-natwest-business", "NatWest Bankline", "uk", "info accounts balance transactions cards direct_debits standing_orders offline_access"),
    offered("ob-ptsb", "PTSB", "ie", "accounts balance transactions cards direct_debits standing_orders offline_access"),
    offered("ob-rbs", "Royal Bank of Scotland", "uk", "info accounts balance transactions cards direct_debits standing_orders offline_access"),
    offered("ob-rbs-business", "Royal Bank of Scotland Bankline", "uk", "info accounts balance transactions cards direct_debits standing_orders offline_access"),
    offered("ob-revolut", "Revolut", "uk", "info accounts balance transactions direct_debits standing_orders offline_access"),
    offered("ob-revolut-de", "Revolut Germany", "de", "info accounts balance transactions direct_debits standing_orders offline_access"),
    offered("ob-revolut-es", "Revolut Spain", "es", "info accounts balance transactions direct_debits standing_orders offline_access"),
    offered("ob-revolut-fi", "Revolut Finland", "fi", "info accounts balance transactions direct_debits standing_orders offline_access"),
    offered("ob-revolut-fr", "Revolut France", "fr", "info accounts balance transactions direct_debits standing_orders offline_access"),
    offered("ob-revolut-ie", "Revolut Ireland", "ie", "info accounts balance transactions direct_debits standing_orders offline_access"),
    offered("ob-revolut-it", "Revolut Italy", "it", "info accounts balance transactions direct_debits standing_orders offline_access"),
    offered("ob-revolut-lt", "Revolut Lithuania", "lt", "info accounts balance transactions direct_debits standing_orders offline_access"),
    offered("ob-revolut-se", "Revolut Sweden", "se", "info accounts balance transactions direct_debits standing_orders offline_access"),
    replaced("ob-santander-personal", offered("ob-santander", "Santander", "uk", "info accounts balance transactions cards direct_debits standing_orders offline_access")),
    offered("ob-santander-business", "Santander Business", "uk", ""),
    offered("ob-santander-personal", "Santander", "uk", ""),
    offered("ob-tesco", "Tesco Bank", "uk", "info accounts balance transactions cards direct_debits standing_orders offline_access"),
    offered("ob-tide", "Tide", "uk", "info accounts balance transactions direct_debits standing_orders offline_access"),
    offered("ob-transferwise", "Wise", "uk", "info accounts balance transactions offline_access"),
    offered("ob-transferwise-de", "Wise Germany", "de", "info accounts balance transactions offline_access"),
    offered("ob-transferwise-es", "Wise Spain", "es", "info accounts balance transactions offline_access"),
    offered("ob-transferwise-fr", "Wise France", "fr", "info accounts balance transactions offline_access"),
    offered("ob-transferwise-ie", "Wise Ireland", "ie", "info accounts balance transactions offline_access"),
    offered("ob-transferwise-it", "Wise Italy", "it", "info accounts balance transactions offline_access"),
    offered("ob-tsb", "TSB", "uk", "info accounts balance transactions cards direct_debits standing_orders offline_access"),
    offered("ob-ulster", "Ulster Bank", "uk", "info accounts balance transactions cards direct_debits standing_orders offline_access"),
    offered("ob-ulster-business", "Ulster Bankline", "uk", "info accounts balance transactions cards direct_debits standing_orders offline_access"),
    offered("ob-ulster-ie", "Ulster Bank ROI", "ie", "info accounts balance transactions cards direct_debits standing_orders offline_access"),
    offered("ob-virgin-money", "Virgin Money", "uk", "info accounts balance transactions cards direct_debits standing_orders offline_access"),
    offered("ob-yorkshire-building-society", "Yorkshire Building Society", "uk", "info accounts balance transactions standing_orders offline_access"),
    offered("polishapi-ing", "ING Poland", "pl", ""),
    offered("polishapi-mbank", "mBank", "pl", ""),
    offered("st-george-aus", "St.George", "au", ""),
    offered("stet-banque-populaire", "Banque Populaire", "fr", ""),
    offered("stet-bnp-paribas-hello-bank", "Hello bank!", "fr", ""),
    offered("stet-bnp-paribas-ma-banque", "BNP Paribas", "fr", ""),
    offered("stet-caisse-d-epargne", "Caisse d'Épargne", "fr", ""),
    offered("stet-credit-agricole", "Crédit Agricole", "fr", ""),
    offered("stet-credit-mutuel", "Crédit Mutuel", "fr", ""),
    offered("stet-societe-generale", "Société Générale", "fr", ""),
    offered("xs2a-ing-it", "ING Italy", "it", ""),
    offered("xs2a-redsys-bbva-it", "BBVA Italy", "it", ""),
];

/// The groups that TrueLayer documents or its Console writes.
pub static GROUPS: &[&str] = &[
    "at-ob-all",
    "be-ob-all",
    "be-xs2a-all",
    "de-ob-all",
    "de-xs2a-all",
    "ee-ob-all",
    "es-ob-all",
    "es-xs2a-all",
    "fi-ob-all",
    "fr-ob-all",
    "fr-stet-all",
    "ie-ob-all",
    "it-ob-all",
    "it-xs2a-all",
    "lt-ob-all",
    "lt-xs2a-all",
    "nl-ob-all",
    "nl-xs2a-all",
    "pl-ob-all",
    "pl-polishapi-all",
    "pt-ob-all",
    "se-ob-all",
    "uk-oauth-all",
    "uk-ob-all",
];

/// The providers that TrueLayer offers if `providers` is left out.
pub const DEFAULT_PROVIDERS: [&str; 2] = ["uk-oauth-all", "uk-ob-all"];

/// Groups that were seen in single links only. They may exist.
pub(crate) static RARE_GROUPS: &[&str] = &["au-ob-all", "eu-ob-all", "fi-xs2a-all"];

/// Ids of credentials-sharing providers of 2017 to 2019.
pub(crate) static LEGACY: &[&str] = &["hsbc", "lloyds", "rbs-digital"];

/// Ids of TrueLayer's Payments API (2026) that no recorded response of the Data API lists. These banks exist, so such an id
/// is no misspelling of another.
#[rustfmt::skip]
pub(crate) static PAYMENTS_PROVIDERS: &[&str] = &[
    "ob-aib-gb", "ob-amex", "ob-boi", "ob-cashplus", "ob-chase", "ob-clydesdale-bank", "ob-coutts", "ob-ebs",
    "ob-lloyds-commercial", "ob-mettle", "ob-revolut-at", "ob-revolut-be", "ob-revolut-ee", "ob-revolut-is",
    "ob-starling", "ob-transferwise-be", "ob-virgin-money-merged", "ob-yorkshire-bank", "stet-allianz",
    "stet-arkea-banque-entreprises", "stet-arkea-banque-privee", "stet-axa", "stet-banque-de-savoie",
    "stet-banque-postale", "stet-banque-postale-business", "stet-beobank", "stet-bnp-paribas-fortis-be",
    "stet-boursorama", "stet-bpe", "stet-cic", "stet-credit-mutuel-de-bretagne", "stet-credit-mutuel-de-sud-ouest",
    "stet-fintro", "stet-fortuneo", "stet-hello-bank-be", "stet-lcl", "stet-monabanq", "xs2a-abn-amro",
    "xs2a-aktia-fi", "xs2a-alandsbanken-fi", "xs2a-argenta-be", "xs2a-asn", "xs2a-banca-popolare-sondrio-it",
    "xs2a-banca-sella-it", "xs2a-banco-bpm-we-bank-it", "xs2a-banco-bpm-you-web-it", "xs2a-banco-di-sardegna-it",
    "xs2a-banco-posta-it", "xs2a-bank-austria", "xs2a-bankinter-es", "xs2a-bawag-psk", "xs2a-belfius",
    "xs2a-bibanca-it", "xs2a-bnl-it", "xs2a-bper-it", "xs2a-cajamar", "xs2a-cbc-be", "xs2a-cesare-ponti-it",
    "xs2a-comdirect", "xs2a-commerzbank", "xs2a-credem-it", "xs2a-credit-agricole-it", "xs2a-danske-fi",
    "xs2a-deutsche-bank", "xs2a-deutschekredit-de", "xs2a-easybank", "xs2a-erste-at", "xs2a-evo-banco",
    "xs2a-fineco-it", "xs2a-grupo-caja-rural", "xs2a-handelsbanken-fi", "xs2a-hello-bank-it", "xs2a-hype-it",
    "xs2a-hypovereinsbank", "xs2a-ibercaja", "xs2a-illimity-it", "xs2a-imaginbank", "xs2a-ing-at", "xs2a-ing-be",
    "xs2a-ing-germany", "xs2a-ing-spain", "xs2a-intesa-sanpaolo-it", "xs2a-isybank-it", "xs2a-kbc-be",
    "xs2a-kbc-brussels-be", "xs2a-knab-nl", "xs2a-kutxabank", "xs2a-laboral-kutxa", "xs2a-mooney-it", "xs2a-mps-it",
    "xs2a-n26-be", "xs2a-n26-de", "xs2a-n26-es", "xs2a-n26-fi", "xs2a-n26-fr", "xs2a-n26-it", "xs2a-n26-nl",
    "xs2a-nordea-fi", "xs2a-oma-sp-fi", "xs2a-op-fi", "xs2a-openbank", "xs2a-pop-pankki-fi", "xs2a-postbank-de",
    "xs2a-postepay-evolution-it", "xs2a-rabobank", "xs2a-raiffeisen-at", "xs2a-redsys-banco-sabadell",
    "xs2a-redsys-banco-santander", "xs2a-redsys-bbva", "xs2a-redsys-caixabank", "xs2a-regiobank", "xs2a-s-pankki-fi",
    "xs2a-saastopankki-fi", "xs2a-santander-de", "xs2a-seb-se", "xs2a-sns", "xs2a-sparda-bank-wien",
    "xs2a-sparkasse", "xs2a-swedbank-se", "xs2a-targobank-de", "xs2a-triodos-be", "xs2a-unicaja-banco",
    "xs2a-unicredit-it", "xs2a-volksbanken-de", "xs2a-widiba-it",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_sorted_for_binary_search() {
        assert!(PROVIDERS.is_sorted_by(|a, b| a.id < b.id));
        assert!(GROUPS.is_sorted() && PAYMENTS_PROVIDERS.is_sorted());
        assert!(PAYMENTS_PROVIDERS.iter().all(|id| Provider::from_id(id).is_none()), "listed once");
    }

    #[test]
    fn a_replacement_exists() {
        let replacements = PROVIDERS.iter().filter_map(|provider| provider.replaced_by);
        assert!(replacements.clone().count() > 0);
        assert!(replacements.into_iter().all(|id| Provider::from_id(id).is_some()));
    }

    #[test]
    fn a_provider_is_listed_under_its_country() {
        let country_id = |id| Provider::from_id(id).map(Provider::country_id);
        assert_eq!(country_id("ob-monzo").as_deref(), Some("uk-ob-monzo"));
        assert_eq!(country_id("mock").as_deref(), Some("uk-cs-mock"));
    }
}
