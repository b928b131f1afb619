//! The words that a link may contain, as documented items for editors. Generated: `tests/regenerate` writes this file.
#![allow(missing_docs, non_upper_case_globals)]

/// The fields of a link.
pub mod field {
    /// The application's client id, as TrueLayer's Console shows it, such as `acme-7d2f1a`. Ids of the sandbox begin with `sandbox-`.
    pub const client_id: () = ();
    /// The address that the browser returns to with the code. It must be registered in Console, character for character: https, http on this machine, or an app's own scheme; no fragment.
    pub const redirect_uri: () = ();
    /// The permissions that the user is asked for. `balance` and `transactions` need `accounts` or `cards`; `direct_debits` and `standing_orders` need `accounts`; without `offline_access` there is no refresh token.
    pub const scope: () = ();
    /// `code`, the only response type. It is always sent.
    pub const response_type: () = ();
    /// The providers that the user may choose: ids, country-ids (`uk_ob_monzo`) and groups (`uk_ob_all`). The default is `uk_oauth_all` and `uk_ob_all`. Mock Bank is `uk_cs_mock`.
    pub const providers: () = ();
    /// `form_post`: the code arrives in a form. `query`, the default: it arrives in the query of `redirect_uri`. The form is posted from TrueLayer's site, so the request has no cookie with `SameSite` `Lax` or `Strict`.
    pub const response_mode: () = ();
    /// The ids of providers to hide in the dialog.
    pub const disable_providers: () = ();
    /// The end user's e-mail address. TrueLayer advises unregulated clients to send it. Add it for each user, with `AuthLink::with_user_email`.
    pub const user_email: () = ();
    /// The preselected provider: the user does not see the selection. `providers` must cover it.
    pub const provider_id: () = ();
    /// The language of the dialog. The default is the browser's language, then English.
    pub const language_id: () = ();
    /// The name of this journey in TrueLayer's Auth Journey Analytics. Add it for each authorization, with `AuthLink::with_tracking_id`.
    pub const tracking_id: () = ();
    /// The preselected country, as a code of ISO 3166-1 alpha-2: the user does not see the selection.
    pub const country_id: () = ();
    /// `S256`, the only method. It is always sent with a code challenge.
    pub const code_challenge_method: () = ();
    /// TrueLayer's `live` or `sandbox` servers. By default, the prefix `sandbox-` of `client_id` selects the sandbox.
    pub const environment: () = ();
    /// The origin of another auth server, such as a mock server: `http://localhost:8080`.
    pub const auth_server: () = ();
    /// `false` omits the code challenge, for a code that is exchanged elsewhere.
    pub const pkce: () = ();
    /// The path, from the package's folder, of the application's own copy of TrueLayer's response of `/api/providers`. The link is checked against it. Needs the feature `catalogue`.
    pub const catalogue: () = ();
    /// The rules to allow. An error that can be allowed, and each warning, ends with the line to write.
    pub const allow: () = ();
    #[doc(hidden)]
    pub const __end: () = ();
}

/// The words of `scope`.
pub mod scope {
    /// The account holder's full name.
    pub const info: () = ();
    /// Current and savings accounts.
    pub const accounts: () = ();
    /// Balances of accounts and cards. Needs `accounts` or `cards`.
    pub const balance: () = ();
    /// Transactions of accounts and cards. Needs `accounts` or `cards`.
    pub const transactions: () = ();
    /// Credit cards.
    pub const cards: () = ();
    /// Direct debits, at open-banking providers. Needs `accounts`.
    pub const direct_debits: () = ();
    /// Standing orders, at open-banking providers. Needs `accounts`.
    pub const standing_orders: () = ();
    /// Access for 90 days: without it there is no refresh token.
    pub const offline_access: () = ();
    /// The Verification API, for clients of that API.
    pub const verification: () = ();
    #[doc(hidden)]
    pub const __end: () = ();
}

/// The words of `provider_id`. The list has the date `PROVIDER_LIST_DATE`.
pub mod provider {
    /// Mock Bank, UK (`mock`). Offers info, accounts, balance, transactions, cards, offline_access.
    pub const mock: () = ();
    /// Amex, UK (`oauth-amex`). Offers info, balance, transactions, cards, offline_access.
    pub const oauth_amex: () = ();
    /// Monzo, UK (`oauth-monzo`). Offers info, accounts, balance, transactions, offline_access. Replaced by `ob-monzo`.
    pub const oauth_monzo: () = ();
    /// Starling, UK (`oauth-starling`). Offers info, accounts, balance, transactions, offline_access.
    pub const oauth_starling: () = ();
    /// AIB, IE (`ob-aib`). Offers accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access.
    pub const ob_aib: () = ();
    /// AIB Business, IE (`ob-aib-business`). Offers accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access.
    pub const ob_aib_business: () = ();
    /// Allied Irish Bank Corporate, UK (`ob-aib-gb-corporate`).
    pub const ob_aib_gb_corporate: () = ();
    /// Barclaycard, UK (`ob-barclaycard`). Offers balance, transactions, cards, offline_access.
    pub const ob_barclaycard: () = ();
    /// Barclays, UK (`ob-barclays`). Offers info, accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access.
    pub const ob_barclays: () = ();
    /// Barclays Business, UK (`ob-barclays-business`). Offers info, accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access.
    pub const ob_barclays_business: () = ();
    /// Bank of Ireland, IE (`ob-boi-ie`). Offers accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access.
    pub const ob_boi_ie: () = ();
    /// Bank of Ireland Business, IE (`ob-boi-ie-business`). Offers accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access.
    pub const ob_boi_ie_business: () = ();
    /// Bank of Scotland, UK (`ob-bos`). Offers info, accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access.
    pub const ob_bos: () = ();
    /// Bank of Scotland Business, UK (`ob-bos-business`). Offers info, accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access.
    pub const ob_bos_business: () = ();
    /// Capital One, UK (`ob-capital-one`). Offers info, balance, transactions, cards, offline_access.
    pub const ob_capital_one: () = ();
    /// Chelsea Building Society, UK (`ob-chelsea-building-society`). Offers info, accounts, balance, transactions, standing_orders, offline_access.
    pub const ob_chelsea_building_society: () = ();
    /// Danske Bank, UK (`ob-danske`). Offers info, accounts, balance, transactions, offline_access.
    pub const ob_danske: () = ();
    /// Danske Bank Business, UK (`ob-danske-business`).
    pub const ob_danske_business: () = ();
    /// first direct, UK (`ob-first-direct`). Offers info, accounts, balance, transactions, cards, offline_access.
    pub const ob_first_direct: () = ();
    /// Halifax, UK (`ob-halifax`). Offers info, accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access.
    pub const ob_halifax: () = ();
    /// HSBC, UK (`ob-hsbc`). Offers info, accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access.
    pub const ob_hsbc: () = ();
    /// HSBC Business, UK (`ob-hsbc-business`). Offers info, accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access.
    pub const ob_hsbc_business: () = ();
    /// Lloyds, UK (`ob-lloyds`). Offers info, accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access.
    pub const ob_lloyds: () = ();
    /// Lloyds Business, UK (`ob-lloyds-business`). Offers info, accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access.
    pub const ob_lloyds_business: () = ();
    /// Lloyds Commercial, UK (`ob-lloyds-corporate`). Offers info, accounts, balance, transactions, direct_debits, standing_orders, offline_access.
    pub const ob_lloyds_corporate: () = ();
    /// MBNA, UK (`ob-mbna`). Offers balance, transactions, cards, offline_access.
    pub const ob_mbna: () = ();
    /// Monzo, UK (`ob-monzo`). Offers info, accounts, balance, transactions, direct_debits, standing_orders, offline_access.
    pub const ob_monzo: () = ();
    /// M&S Bank, UK (`ob-ms`). Offers info, balance, transactions, cards, offline_access.
    pub const ob_ms: () = ();
    /// Nationwide, UK (`ob-nationwide`). Offers info, accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access.
    pub const ob_nationwide: () = ();
    /// NatWest, UK (`ob-natwest`). Offers info, accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access.
    pub const ob_natwest: () = ();
    /// NatWest Bankline, UK (`ob-natwest-business`). Offers info, accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access.
    pub const ob_natwest_business: () = ();
    /// PTSB, IE (`ob-ptsb`). Offers accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access.
    pub const ob_ptsb: () = ();
    /// Royal Bank of Scotland, UK (`ob-rbs`). Offers info, accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access.
    pub const ob_rbs: () = ();
    /// Royal Bank of Scotland Bankline, UK (`ob-rbs-business`). Offers info, accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access.
    pub const ob_rbs_business: () = ();
    /// Revolut, UK (`ob-revolut`). Offers info, accounts, balance, transactions, direct_debits, standing_orders, offline_access.
    pub const ob_revolut: () = ();
    /// Revolut Germany, DE (`ob-revolut-de`). Offers info, accounts, balance, transactions, direct_debits, standing_orders, offline_access.
    pub const ob_revolut_de: () = ();
    /// Revolut Spain, ES (`ob-revolut-es`). Offers info, accounts, balance, transactions, direct_debits, standing_orders, offline_access.
    pub const ob_revolut_es: () = ();
    /// Revolut Finland, FI (`ob-revolut-fi`). Offers info, accounts, balance, transactions, direct_debits, standing_orders, offline_access.
    pub const ob_revolut_fi: () = ();
    /// Revolut France, FR (`ob-revolut-fr`). Offers info, accounts, balance, transactions, direct_debits, standing_orders, offline_access.
    pub const ob_revolut_fr: () = ();
    /// Revolut Ireland, IE (`ob-revolut-ie`). Offers info, accounts, balance, transactions, direct_debits, standing_orders, offline_access.
    pub const ob_revolut_ie: () = ();
    /// Revolut Italy, IT (`ob-revolut-it`). Offers info, accounts, balance, transactions, direct_debits, standing_orders, offline_access.
    pub const ob_revolut_it: () = ();
    /// Revolut Lithuania, LT (`ob-revolut-lt`). Offers info, accounts, balance, transactions, direct_debits, standing_orders, offline_access.
    pub const ob_revolut_lt: () = ();
    /// Revolut Sweden, SE (`ob-revolut-se`). Offers info, accounts, balance, transactions, direct_debits, standing_orders, offline_access.
    pub const ob_revolut_se: () = ();
    /// Santander, UK (`ob-santander`). Offers info, accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access. Replaced by `ob-santander-personal`.
    pub const ob_santander: () = ();
    /// Santander Business, UK (`ob-santander-business`).
    pub const ob_santander_business: () = ();
    /// Santander, UK (`ob-santander-personal`).
    pub const ob_santander_personal: () = ();
    /// Tesco Bank, UK (`ob-tesco`). Offers info, accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access.
    pub const ob_tesco: () = ();
    /// Tide, UK (`ob-tide`). Offers info, accounts, balance, transactions, direct_debits, standing_orders, offline_access.
    pub const ob_tide: () = ();
    /// Wise, UK (`ob-transferwise`). Offers info, accounts, balance, transactions, offline_access.
    pub const ob_transferwise: () = ();
    /// Wise Germany, DE (`ob-transferwise-de`). Offers info, accounts, balance, transactions, offline_access.
    pub const ob_transferwise_de: () = ();
    /// Wise Spain, ES (`ob-transferwise-es`). Offers info, accounts, balance, transactions, offline_access.
    pub const ob_transferwise_es: () = ();
    /// Wise France, FR (`ob-transferwise-fr`). Offers info, accounts, balance, transactions, offline_access.
    pub const ob_transferwise_fr: () = ();
    /// Wise Ireland, IE (`ob-transferwise-ie`). Offers info, accounts, balance, transactions, offline_access.
    pub const ob_transferwise_ie: () = ();
    /// Wise Italy, IT (`ob-transferwise-it`). Offers info, accounts, balance, transactions, offline_access.
    pub const ob_transferwise_it: () = ();
    /// TSB, UK (`ob-tsb`). Offers info, accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access.
    pub const ob_tsb: () = ();
    /// Ulster Bank, UK (`ob-ulster`). Offers info, accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access.
    pub const ob_ulster: () = ();
    /// Ulster Bankline, UK (`ob-ulster-business`). Offers info, accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access.
    pub const ob_ulster_business: () = ();
    /// Ulster Bank ROI, IE (`ob-ulster-ie`). Offers info, accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access.
    pub const ob_ulster_ie: () = ();
    /// Virgin Money, UK (`ob-virgin-money`). Offers info, accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access.
    pub const ob_virgin_money: () = ();
    /// Yorkshire Building Society, UK (`ob-yorkshire-building-society`). Offers info, accounts, balance, transactions, standing_orders, offline_access.
    pub const ob_yorkshire_building_society: () = ();
    /// ING Poland, PL (`polishapi-ing`).
    pub const polishapi_ing: () = ();
    /// mBank, PL (`polishapi-mbank`).
    pub const polishapi_mbank: () = ();
    /// St.George, AU (`st-george-aus`).
    pub const st_george_aus: () = ();
    /// Banque Populaire, FR (`stet-banque-populaire`).
    pub const stet_banque_populaire: () = ();
    /// Hello bank!, FR (`stet-bnp-paribas-hello-bank`).
    pub const stet_bnp_paribas_hello_bank: () = ();
    /// BNP Paribas, FR (`stet-bnp-paribas-ma-banque`).
    pub const stet_bnp_paribas_ma_banque: () = ();
    /// Caisse d'Épargne, FR (`stet-caisse-d-epargne`).
    pub const stet_caisse_d_epargne: () = ();
    /// Crédit Agricole, FR (`stet-credit-agricole`).
    pub const stet_credit_agricole: () = ();
    /// Crédit Mutuel, FR (`stet-credit-mutuel`).
    pub const stet_credit_mutuel: () = ();
    /// Société Générale, FR (`stet-societe-generale`).
    pub const stet_societe_generale: () = ();
    /// ING Italy, IT (`xs2a-ing-it`).
    pub const xs2a_ing_it: () = ();
    /// BBVA Italy, IT (`xs2a-redsys-bbva-it`).
    pub const xs2a_redsys_bbva_it: () = ();
    #[doc(hidden)]
    pub const __end: () = ();
}

/// The words of `providers`. The list has the date `PROVIDER_LIST_DATE`.
pub mod providers {
    /// Every AT open-banking provider (`at-ob-all`).
    pub const at_ob_all: () = ();
    /// Every BE open-banking provider (`be-ob-all`).
    pub const be_ob_all: () = ();
    /// Every BE XS2A provider (`be-xs2a-all`).
    pub const be_xs2a_all: () = ();
    /// Every DE open-banking provider (`de-ob-all`).
    pub const de_ob_all: () = ();
    /// Every DE XS2A provider (`de-xs2a-all`).
    pub const de_xs2a_all: () = ();
    /// Every EE open-banking provider (`ee-ob-all`).
    pub const ee_ob_all: () = ();
    /// Every ES open-banking provider (`es-ob-all`).
    pub const es_ob_all: () = ();
    /// Every ES XS2A provider (`es-xs2a-all`).
    pub const es_xs2a_all: () = ();
    /// Every FI open-banking provider (`fi-ob-all`).
    pub const fi_ob_all: () = ();
    /// Every FR open-banking provider (`fr-ob-all`).
    pub const fr_ob_all: () = ();
    /// Every FR STET provider (`fr-stet-all`).
    pub const fr_stet_all: () = ();
    /// Every IE open-banking provider (`ie-ob-all`).
    pub const ie_ob_all: () = ();
    /// Every IT open-banking provider (`it-ob-all`).
    pub const it_ob_all: () = ();
    /// Every IT XS2A provider (`it-xs2a-all`).
    pub const it_xs2a_all: () = ();
    /// Every LT open-banking provider (`lt-ob-all`).
    pub const lt_ob_all: () = ();
    /// Every LT XS2A provider (`lt-xs2a-all`).
    pub const lt_xs2a_all: () = ();
    /// Every NL open-banking provider (`nl-ob-all`).
    pub const nl_ob_all: () = ();
    /// Every NL XS2A provider (`nl-xs2a-all`).
    pub const nl_xs2a_all: () = ();
    /// Every PL open-banking provider (`pl-ob-all`).
    pub const pl_ob_all: () = ();
    /// Every PL PolishAPI provider (`pl-polishapi-all`).
    pub const pl_polishapi_all: () = ();
    /// Every PT open-banking provider (`pt-ob-all`).
    pub const pt_ob_all: () = ();
    /// Every SE open-banking provider (`se-ob-all`).
    pub const se_ob_all: () = ();
    /// Every UK OAuth provider (`uk-oauth-all`).
    pub const uk_oauth_all: () = ();
    /// Every UK open-banking provider (`uk-ob-all`).
    pub const uk_ob_all: () = ();
    /// Mock Bank, UK (`uk-cs-mock`). Offers info, accounts, balance, transactions, cards, offline_access.
    pub const uk_cs_mock: () = ();
    /// Amex, UK (`uk-oauth-amex`). Offers info, balance, transactions, cards, offline_access.
    pub const uk_oauth_amex: () = ();
    /// Monzo, UK (`uk-oauth-monzo`). Offers info, accounts, balance, transactions, offline_access. Replaced by `ob-monzo`.
    pub const uk_oauth_monzo: () = ();
    /// Starling, UK (`uk-oauth-starling`). Offers info, accounts, balance, transactions, offline_access.
    pub const uk_oauth_starling: () = ();
    /// AIB, IE (`ie-ob-aib`). Offers accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access.
    pub const ie_ob_aib: () = ();
    /// AIB Business, IE (`ie-ob-aib-business`). Offers accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access.
    pub const ie_ob_aib_business: () = ();
    /// Allied Irish Bank Corporate, UK (`uk-ob-aib-gb-corporate`).
    pub const uk_ob_aib_gb_corporate: () = ();
    /// Barclaycard, UK (`uk-ob-barclaycard`). Offers balance, transactions, cards, offline_access.
    pub const uk_ob_barclaycard: () = ();
    /// Barclays, UK (`uk-ob-barclays`). Offers info, accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access.
    pub const uk_ob_barclays: () = ();
    /// Barclays Business, UK (`uk-ob-barclays-business`). Offers info, accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access.
    pub const uk_ob_barclays_business: () = ();
    /// Bank of Ireland, IE (`ie-ob-boi-ie`). Offers accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access.
    pub const ie_ob_boi_ie: () = ();
    /// Bank of Ireland Business, IE (`ie-ob-boi-ie-business`). Offers accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access.
    pub const ie_ob_boi_ie_business: () = ();
    /// Bank of Scotland, UK (`uk-ob-bos`). Offers info, accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access.
    pub const uk_ob_bos: () = ();
    /// Bank of Scotland Business, UK (`uk-ob-bos-business`). Offers info, accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access.
    pub const uk_ob_bos_business: () = ();
    /// Capital One, UK (`uk-ob-capital-one`). Offers info, balance, transactions, cards, offline_access.
    pub const uk_ob_capital_one: () = ();
    /// Chelsea Building Society, UK (`uk-ob-chelsea-building-society`). Offers info, accounts, balance, transactions, standing_orders, offline_access.
    pub const uk_ob_chelsea_building_society: () = ();
    /// Danske Bank, UK (`uk-ob-danske`). Offers info, accounts, balance, transactions, offline_access.
    pub const uk_ob_danske: () = ();
    /// Danske Bank Business, UK (`uk-ob-danske-business`).
    pub const uk_ob_danske_business: () = ();
    /// first direct, UK (`uk-ob-first-direct`). Offers info, accounts, balance, transactions, cards, offline_access.
    pub const uk_ob_first_direct: () = ();
    /// Halifax, UK (`uk-ob-halifax`). Offers info, accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access.
    pub const uk_ob_halifax: () = ();
    /// HSBC, UK (`uk-ob-hsbc`). Offers info, accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access.
    pub const uk_ob_hsbc: () = ();
    /// HSBC Business, UK (`uk-ob-hsbc-business`). Offers info, accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access.
    pub const uk_ob_hsbc_business: () = ();
    /// Lloyds, UK (`uk-ob-lloyds`). Offers info, accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access.
    pub const uk_ob_lloyds: () = ();
    /// Lloyds Business, UK (`uk-ob-lloyds-business`). Offers info, accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access.
    pub const uk_ob_lloyds_business: () = ();
    /// Lloyds Commercial, UK (`uk-ob-lloyds-corporate`). Offers info, accounts, balance, transactions, direct_debits, standing_orders, offline_access.
    pub const uk_ob_lloyds_corporate: () = ();
    /// MBNA, UK (`uk-ob-mbna`). Offers balance, transactions, cards, offline_access.
    pub const uk_ob_mbna: () = ();
    /// Monzo, UK (`uk-ob-monzo`). Offers info, accounts, balance, transactions, direct_debits, standing_orders, offline_access.
    pub const uk_ob_monzo: () = ();
    /// M&S Bank, UK (`uk-ob-ms`). Offers info, balance, transactions, cards, offline_access.
    pub const uk_ob_ms: () = ();
    /// Nationwide, UK (`uk-ob-nationwide`). Offers info, accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access.
    pub const uk_ob_nationwide: () = ();
    /// NatWest, UK (`uk-ob-natwest`). Offers info, accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access.
    pub const uk_ob_natwest: () = ();
    /// NatWest Bankline, UK (`uk-ob-natwest-business`). Offers info, accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access.
    pub const uk_ob_natwest_business: () = ();
    /// PTSB, IE (`ie-ob-ptsb`). Offers accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access.
    pub const ie_ob_ptsb: () = ();
    /// Royal Bank of Scotland, UK (`uk-ob-rbs`). Offers info, accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access.
    pub const uk_ob_rbs: () = ();
    /// Royal Bank of Scotland Bankline, UK (`uk-ob-rbs-business`). Offers info, accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access.
    pub const uk_ob_rbs_business: () = ();
    /// Revolut, UK (`uk-ob-revolut`). Offers info, accounts, balance, transactions, direct_debits, standing_orders, offline_access.
    pub const uk_ob_revolut: () = ();
    /// Revolut Germany, DE (`de-ob-revolut-de`). Offers info, accounts, balance, transactions, direct_debits, standing_orders, offline_access.
    pub const de_ob_revolut_de: () = ();
    /// Revolut Spain, ES (`es-ob-revolut-es`). Offers info, accounts, balance, transactions, direct_debits, standing_orders, offline_access.
    pub const es_ob_revolut_es: () = ();
    /// Revolut Finland, FI (`fi-ob-revolut-fi`). Offers info, accounts, balance, transactions, direct_debits, standing_orders, offline_access.
    pub const fi_ob_revolut_fi: () = ();
    /// Revolut France, FR (`fr-ob-revolut-fr`). Offers info, accounts, balance, transactions, direct_debits, standing_orders, offline_access.
    pub const fr_ob_revolut_fr: () = ();
    /// Revolut Ireland, IE (`ie-ob-revolut-ie`). Offers info, accounts, balance, transactions, direct_debits, standing_orders, offline_access.
    pub const ie_ob_revolut_ie: () = ();
    /// Revolut Italy, IT (`it-ob-revolut-it`). Offers info, accounts, balance, transactions, direct_debits, standing_orders, offline_access.
    pub const it_ob_revolut_it: () = ();
    /// Revolut Lithuania, LT (`lt-ob-revolut-lt`). Offers info, accounts, balance, transactions, direct_debits, standing_orders, offline_access.
    pub const lt_ob_revolut_lt: () = ();
    /// Revolut Sweden, SE (`se-ob-revolut-se`). Offers info, accounts, balance, transactions, direct_debits, standing_orders, offline_access.
    pub const se_ob_revolut_se: () = ();
    /// Santander, UK (`uk-ob-santander`). Offers info, accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access. Replaced by `ob-santander-personal`.
    pub const uk_ob_santander: () = ();
    /// Santander Business, UK (`uk-ob-santander-business`).
    pub const uk_ob_santander_business: () = ();
    /// Santander, UK (`uk-ob-santander-personal`).
    pub const uk_ob_santander_personal: () = ();
    /// Tesco Bank, UK (`uk-ob-tesco`). Offers info, accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access.
    pub const uk_ob_tesco: () = ();
    /// Tide, UK (`uk-ob-tide`). Offers info, accounts, balance, transactions, direct_debits, standing_orders, offline_access.
    pub const uk_ob_tide: () = ();
    /// Wise, UK (`uk-ob-transferwise`). Offers info, accounts, balance, transactions, offline_access.
    pub const uk_ob_transferwise: () = ();
    /// Wise Germany, DE (`de-ob-transferwise-de`). Offers info, accounts, balance, transactions, offline_access.
    pub const de_ob_transferwise_de: () = ();
    /// Wise Spain, ES (`es-ob-transferwise-es`). Offers info, accounts, balance, transactions, offline_access.
    pub const es_ob_transferwise_es: () = ();
    /// Wise France, FR (`fr-ob-transferwise-fr`). Offers info, accounts, balance, transactions, offline_access.
    pub const fr_ob_transferwise_fr: () = ();
    /// Wise Ireland, IE (`ie-ob-transferwise-ie`). Offers info, accounts, balance, transactions, offline_access.
    pub const ie_ob_transferwise_ie: () = ();
    /// Wise Italy, IT (`it-ob-transferwise-it`). Offers info, accounts, balance, transactions, offline_access.
    pub const it_ob_transferwise_it: () = ();
    /// TSB, UK (`uk-ob-tsb`). Offers info, accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access.
    pub const uk_ob_tsb: () = ();
    /// Ulster Bank, UK (`uk-ob-ulster`). Offers info, accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access.
    pub const uk_ob_ulster: () = ();
    /// Ulster Bankline, UK (`uk-ob-ulster-business`). Offers info, accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access.
    pub const uk_ob_ulster_business: () = ();
    /// Ulster Bank ROI, IE (`ie-ob-ulster-ie`). Offers info, accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access.
    pub const ie_ob_ulster_ie: () = ();
    /// Virgin Money, UK (`uk-ob-virgin-money`). Offers info, accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access.
    pub const uk_ob_virgin_money: () = ();
    /// Yorkshire Building Society, UK (`uk-ob-yorkshire-building-society`). Offers info, accounts, balance, transactions, standing_orders, offline_access.
    pub const uk_ob_yorkshire_building_society: () = ();
    /// ING Poland, PL (`pl-polishapi-ing`).
    pub const pl_polishapi_ing: () = ();
    /// mBank, PL (`pl-polishapi-mbank`).
    pub const pl_polishapi_mbank: () = ();
    /// St.George, AU (`au-st-george-aus`).
    pub const au_st_george_aus: () = ();
    /// Banque Populaire, FR (`fr-stet-banque-populaire`).
    pub const fr_stet_banque_populaire: () = ();
    /// Hello bank!, FR (`fr-stet-bnp-paribas-hello-bank`).
    pub const fr_stet_bnp_paribas_hello_bank: () = ();
    /// BNP Paribas, FR (`fr-stet-bnp-paribas-ma-banque`).
    pub const fr_stet_bnp_paribas_ma_banque: () = ();
    /// Caisse d'Épargne, FR (`fr-stet-caisse-d-epargne`).
    pub const fr_stet_caisse_d_epargne: () = ();
    /// Crédit Agricole, FR (`fr-stet-credit-agricole`).
    pub const fr_stet_credit_agricole: () = ();
    /// Crédit Mutuel, FR (`fr-stet-credit-mutuel`).
    pub const fr_stet_credit_mutuel: () = ();
    /// Société Générale, FR (`fr-stet-societe-generale`).
    pub const fr_stet_societe_generale: () = ();
    /// ING Italy, IT (`it-xs2a-ing-it`).
    pub const it_xs2a_ing_it: () = ();
    /// BBVA Italy, IT (`it-xs2a-redsys-bbva-it`).
    pub const it_xs2a_redsys_bbva_it: () = ();
    /// Amex, UK (`oauth-amex`). Offers info, balance, transactions, cards, offline_access.
    pub const oauth_amex: () = ();
    /// Monzo, UK (`oauth-monzo`). Offers info, accounts, balance, transactions, offline_access. Replaced by `ob-monzo`.
    pub const oauth_monzo: () = ();
    /// Starling, UK (`oauth-starling`). Offers info, accounts, balance, transactions, offline_access.
    pub const oauth_starling: () = ();
    /// AIB, IE (`ob-aib`). Offers accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access.
    pub const ob_aib: () = ();
    /// AIB Business, IE (`ob-aib-business`). Offers accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access.
    pub const ob_aib_business: () = ();
    /// Allied Irish Bank Corporate, UK (`ob-aib-gb-corporate`).
    pub const ob_aib_gb_corporate: () = ();
    /// Barclaycard, UK (`ob-barclaycard`). Offers balance, transactions, cards, offline_access.
    pub const ob_barclaycard: () = ();
    /// Barclays, UK (`ob-barclays`). Offers info, accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access.
    pub const ob_barclays: () = ();
    /// Barclays Business, UK (`ob-barclays-business`). Offers info, accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access.
    pub const ob_barclays_business: () = ();
    /// Bank of Ireland, IE (`ob-boi-ie`). Offers accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access.
    pub const ob_boi_ie: () = ();
    /// Bank of Ireland Business, IE (`ob-boi-ie-business`). Offers accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access.
    pub const ob_boi_ie_business: () = ();
    /// Bank of Scotland, UK (`ob-bos`). Offers info, accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access.
    pub const ob_bos: () = ();
    /// Bank of Scotland Business, UK (`ob-bos-business`). Offers info, accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access.
    pub const ob_bos_business: () = ();
    /// Capital One, UK (`ob-capital-one`). Offers info, balance, transactions, cards, offline_access.
    pub const ob_capital_one: () = ();
    /// Chelsea Building Society, UK (`ob-chelsea-building-society`). Offers info, accounts, balance, transactions, standing_orders, offline_access.
    pub const ob_chelsea_building_society: () = ();
    /// Danske Bank, UK (`ob-danske`). Offers info, accounts, balance, transactions, offline_access.
    pub const ob_danske: () = ();
    /// Danske Bank Business, UK (`ob-danske-business`).
    pub const ob_danske_business: () = ();
    /// first direct, UK (`ob-first-direct`). Offers info, accounts, balance, transactions, cards, offline_access.
    pub const ob_first_direct: () = ();
    /// Halifax, UK (`ob-halifax`). Offers info, accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access.
    pub const ob_halifax: () = ();
    /// HSBC, UK (`ob-hsbc`). Offers info, accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access.
    pub const ob_hsbc: () = ();
    /// HSBC Business, UK (`ob-hsbc-business`). Offers info, accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access.
    pub const ob_hsbc_business: () = ();
    /// Lloyds, UK (`ob-lloyds`). Offers info, accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access.
    pub const ob_lloyds: () = ();
    /// Lloyds Business, UK (`ob-lloyds-business`). Offers info, accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access.
    pub const ob_lloyds_business: () = ();
    /// Lloyds Commercial, UK (`ob-lloyds-corporate`). Offers info, accounts, balance, transactions, direct_debits, standing_orders, offline_access.
    pub const ob_lloyds_corporate: () = ();
    /// MBNA, UK (`ob-mbna`). Offers balance, transactions, cards, offline_access.
    pub const ob_mbna: () = ();
    /// Monzo, UK (`ob-monzo`). Offers info, accounts, balance, transactions, direct_debits, standing_orders, offline_access.
    pub const ob_monzo: () = ();
    /// M&S Bank, UK (`ob-ms`). Offers info, balance, transactions, cards, offline_access.
    pub const ob_ms: () = ();
    /// Nationwide, UK (`ob-nationwide`). Offers info, accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access.
    pub const ob_nationwide: () = ();
    /// NatWest, UK (`ob-natwest`). Offers info, accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access.
    pub const ob_natwest: () = ();
    /// NatWest Bankline, UK (`ob-natwest-business`). Offers info, accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access.
    pub const ob_natwest_business: () = ();
    /// PTSB, IE (`ob-ptsb`). Offers accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access.
    pub const ob_ptsb: () = ();
    /// Royal Bank of Scotland, UK (`ob-rbs`). Offers info, accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access.
    pub const ob_rbs: () = ();
    /// Royal Bank of Scotland Bankline, UK (`ob-rbs-business`). Offers info, accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access.
    pub const ob_rbs_business: () = ();
    /// Revolut, UK (`ob-revolut`). Offers info, accounts, balance, transactions, direct_debits, standing_orders, offline_access.
    pub const ob_revolut: () = ();
    /// Revolut Germany, DE (`ob-revolut-de`). Offers info, accounts, balance, transactions, direct_debits, standing_orders, offline_access.
    pub const ob_revolut_de: () = ();
    /// Revolut Spain, ES (`ob-revolut-es`). Offers info, accounts, balance, transactions, direct_debits, standing_orders, offline_access.
    pub const ob_revolut_es: () = ();
    /// Revolut Finland, FI (`ob-revolut-fi`). Offers info, accounts, balance, transactions, direct_debits, standing_orders, offline_access.
    pub const ob_revolut_fi: () = ();
    /// Revolut France, FR (`ob-revolut-fr`). Offers info, accounts, balance, transactions, direct_debits, standing_orders, offline_access.
    pub const ob_revolut_fr: () = ();
    /// Revolut Ireland, IE (`ob-revolut-ie`). Offers info, accounts, balance, transactions, direct_debits, standing_orders, offline_access.
    pub const ob_revolut_ie: () = ();
    /// Revolut Italy, IT (`ob-revolut-it`). Offers info, accounts, balance, transactions, direct_debits, standing_orders, offline_access.
    pub const ob_revolut_it: () = ();
    /// Revolut Lithuania, LT (`ob-revolut-lt`). Offers info, accounts, balance, transactions, direct_debits, standing_orders, offline_access.
    pub const ob_revolut_lt: () = ();
    /// Revolut Sweden, SE (`ob-revolut-se`). Offers info, accounts, balance, transactions, direct_debits, standing_orders, offline_access.
    pub const ob_revolut_se: () = ();
    /// Santander, UK (`ob-santander`). Offers info, accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access. Replaced by `ob-santander-personal`.
    pub const ob_santander: () = ();
    /// Santander Business, UK (`ob-santander-business`).
    pub const ob_santander_business: () = ();
    /// Santander, UK (`ob-santander-personal`).
    pub const ob_santander_personal: () = ();
    /// Tesco Bank, UK (`ob-tesco`). Offers info, accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access.
    pub const ob_tesco: () = ();
    /// Tide, UK (`ob-tide`). Offers info, accounts, balance, transactions, direct_debits, standing_orders, offline_access.
    pub const ob_tide: () = ();
    /// Wise, UK (`ob-transferwise`). Offers info, accounts, balance, transactions, offline_access.
    pub const ob_transferwise: () = ();
    /// Wise Germany, DE (`ob-transferwise-de`). Offers info, accounts, balance, transactions, offline_access.
    pub const ob_transferwise_de: () = ();
    /// Wise Spain, ES (`ob-transferwise-es`). Offers info, accounts, balance, transactions, offline_access.
    pub const ob_transferwise_es: () = ();
    /// Wise France, FR (`ob-transferwise-fr`). Offers info, accounts, balance, transactions, offline_access.
    pub const ob_transferwise_fr: () = ();
    /// Wise Ireland, IE (`ob-transferwise-ie`). Offers info, accounts, balance, transactions, offline_access.
    pub const ob_transferwise_ie: () = ();
    /// Wise Italy, IT (`ob-transferwise-it`). Offers info, accounts, balance, transactions, offline_access.
    pub const ob_transferwise_it: () = ();
    /// TSB, UK (`ob-tsb`). Offers info, accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access.
    pub const ob_tsb: () = ();
    /// Ulster Bank, UK (`ob-ulster`). Offers info, accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access.
    pub const ob_ulster: () = ();
    /// Ulster Bankline, UK (`ob-ulster-business`). Offers info, accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access.
    pub const ob_ulster_business: () = ();
    /// Ulster Bank ROI, IE (`ob-ulster-ie`). Offers info, accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access.
    pub const ob_ulster_ie: () = ();
    /// Virgin Money, UK (`ob-virgin-money`). Offers info, accounts, balance, transactions, cards, direct_debits, standing_orders, offline_access.
    pub const ob_virgin_money: () = ();
    /// Yorkshire Building Society, UK (`ob-yorkshire-building-society`). Offers info, accounts, balance, transactions, standing_orders, offline_access.
    pub const ob_yorkshire_building_society: () = ();
    /// ING Poland, PL (`polishapi-ing`).
    pub const polishapi_ing: () = ();
    /// mBank, PL (`polishapi-mbank`).
    pub const polishapi_mbank: () = ();
    /// St.George, AU (`st-george-aus`).
    pub const st_george_aus: () = ();
    /// Banque Populaire, FR (`stet-banque-populaire`).
    pub const stet_banque_populaire: () = ();
    /// Hello bank!, FR (`stet-bnp-paribas-hello-bank`).
    pub const stet_bnp_paribas_hello_bank: () = ();
    /// BNP Paribas, FR (`stet-bnp-paribas-ma-banque`).
    pub const stet_bnp_paribas_ma_banque: () = ();
    /// Caisse d'Épargne, FR (`stet-caisse-d-epargne`).
    pub const stet_caisse_d_epargne: () = ();
    /// Crédit Agricole, FR (`stet-credit-agricole`).
    pub const stet_credit_agricole: () = ();
    /// Crédit Mutuel, FR (`stet-credit-mutuel`).
    pub const stet_credit_mutuel: () = ();
    /// Société Générale, FR (`stet-societe-generale`).
    pub const stet_societe_generale: () = ();
    /// ING Italy, IT (`xs2a-ing-it`).
    pub const xs2a_ing_it: () = ();
    /// BBVA Italy, IT (`xs2a-redsys-bbva-it`).
    pub const xs2a_redsys_bbva_it: () = ();
    #[doc(hidden)]
    pub const __end: () = ();
}

/// The words of `language_id`.
pub mod language {
    /// English.
    pub const en: () = ();
    /// Spanish.
    pub const es: () = ();
    /// Italian.
    pub const it: () = ();
    /// French.
    pub const fr: () = ();
    /// German.
    pub const de: () = ();
    /// Polish.
    pub const pl: () = ();
    /// Portuguese.
    pub const pt: () = ();
    /// Swedish.
    pub const sv: () = ();
    /// Dutch.
    pub const nl: () = ();
    #[doc(hidden)]
    pub const __end: () = ();
}

/// The words of `country_id`.
pub mod country {
    /// ISO 3166-1 `AD`.
    pub const AD: () = ();
    /// ISO 3166-1 `AE`.
    pub const AE: () = ();
    /// ISO 3166-1 `AF`.
    pub const AF: () = ();
    /// ISO 3166-1 `AG`.
    pub const AG: () = ();
    /// ISO 3166-1 `AI`.
    pub const AI: () = ();
    /// ISO 3166-1 `AL`.
    pub const AL: () = ();
    /// ISO 3166-1 `AM`.
    pub const AM: () = ();
    /// ISO 3166-1 `AO`.
    pub const AO: () = ();
    /// ISO 3166-1 `AQ`.
    pub const AQ: () = ();
    /// ISO 3166-1 `AR`.
    pub const AR: () = ();
    /// ISO 3166-1 `AS`.
    pub const AS: () = ();
    /// ISO 3166-1 `AT`.
    pub const AT: () = ();
    /// ISO 3166-1 `AU`.
    pub const AU: () = ();
    /// ISO 3166-1 `AW`.
    pub const AW: () = ();
    /// ISO 3166-1 `AX`.
    pub const AX: () = ();
    /// ISO 3166-1 `AZ`.
    pub const AZ: () = ();
    /// ISO 3166-1 `BA`.
    pub const BA: () = ();
    /// ISO 3166-1 `BB`.
    pub const BB: () = ();
    /// ISO 3166-1 `BD`.
    pub const BD: () = ();
    /// ISO 3166-1 `BE`.
    pub const BE: () = ();
    /// ISO 3166-1 `BF`.
    pub const BF: () = ();
    /// ISO 3166-1 `BG`.
    pub const BG: () = ();
    /// ISO 3166-1 `BH`.
    pub const BH: () = ();
    /// ISO 3166-1 `BI`.
    pub const BI: () = ();
    /// ISO 3166-1 `BJ`.
    pub const BJ: () = ();
    /// ISO 3166-1 `BL`.
    pub const BL: () = ();
    /// ISO 3166-1 `BM`.
    pub const BM: () = ();
    /// ISO 3166-1 `BN`.
    pub const BN: () = ();
    /// ISO 3166-1 `BO`.
    pub const BO: () = ();
    /// ISO 3166-1 `BQ`.
    pub const BQ: () = ();
    /// ISO 3166-1 `BR`.
    pub const BR: () = ();
    /// ISO 3166-1 `BS`.
    pub const BS: () = ();
    /// ISO 3166-1 `BT`.
    pub const BT: () = ();
    /// ISO 3166-1 `BV`.
    pub const BV: () = ();
    /// ISO 3166-1 `BW`.
    pub const BW: () = ();
    /// ISO 3166-1 `BY`.
    pub const BY: () = ();
    /// ISO 3166-1 `BZ`.
    pub const BZ: () = ();
    /// ISO 3166-1 `CA`.
    pub const CA: () = ();
    /// ISO 3166-1 `CC`.
    pub const CC: () = ();
    /// ISO 3166-1 `CD`.
    pub const CD: () = ();
    /// ISO 3166-1 `CF`.
    pub const CF: () = ();
    /// ISO 3166-1 `CG`.
    pub const CG: () = ();
    /// ISO 3166-1 `CH`.
    pub const CH: () = ();
    /// ISO 3166-1 `CI`.
    pub const CI: () = ();
    /// ISO 3166-1 `CK`.
    pub const CK: () = ();
    /// ISO 3166-1 `CL`.
    pub const CL: () = ();
    /// ISO 3166-1 `CM`.
    pub const CM: () = ();
    /// ISO 3166-1 `CN`.
    pub const CN: () = ();
    /// ISO 3166-1 `CO`.
    pub const CO: () = ();
    /// ISO 3166-1 `CR`.
    pub const CR: () = ();
    /// ISO 3166-1 `CU`.
    pub const CU: () = ();
    /// ISO 3166-1 `CV`.
    pub const CV: () = ();
    /// ISO 3166-1 `CW`.
    pub const CW: () = ();
    /// ISO 3166-1 `CX`.
    pub const CX: () = ();
    /// ISO 3166-1 `CY`.
    pub const CY: () = ();
    /// ISO 3166-1 `CZ`.
    pub const CZ: () = ();
    /// ISO 3166-1 `DE`.
    pub const DE: () = ();
    /// ISO 3166-1 `DJ`.
    pub const DJ: () = ();
    /// ISO 3166-1 `DK`.
    pub const DK: () = ();
    /// ISO 3166-1 `DM`.
    pub const DM: () = ();
    /// ISO 3166-1 `DO`.
    pub const DO: () = ();
    /// ISO 3166-1 `DZ`.
    pub const DZ: () = ();
    /// ISO 3166-1 `EC`.
    pub const EC: () = ();
    /// ISO 3166-1 `EE`.
    pub const EE: () = ();
    /// ISO 3166-1 `EG`.
    pub const EG: () = ();
    /// ISO 3166-1 `EH`.
    pub const EH: () = ();
    /// ISO 3166-1 `ER`.
    pub const ER: () = ();
    /// ISO 3166-1 `ES`.
    pub const ES: () = ();
    /// ISO 3166-1 `ET`.
    pub const ET: () = ();
    /// ISO 3166-1 `FI`.
    pub const FI: () = ();
    /// ISO 3166-1 `FJ`.
    pub const FJ: () = ();
    /// ISO 3166-1 `FK`.
    pub const FK: () = ();
    /// ISO 3166-1 `FM`.
    pub const FM: () = ();
    /// ISO 3166-1 `FO`.
    pub const FO: () = ();
    /// ISO 3166-1 `FR`.
    pub const FR: () = ();
    /// ISO 3166-1 `GA`.
    pub const GA: () = ();
    /// ISO 3166-1 `GB`.
    pub const GB: () = ();
    /// ISO 3166-1 `GD`.
    pub const GD: () = ();
    /// ISO 3166-1 `GE`.
    pub const GE: () = ();
    /// ISO 3166-1 `GF`.
    pub const GF: () = ();
    /// ISO 3166-1 `GG`.
    pub const GG: () = ();
    /// ISO 3166-1 `GH`.
    pub const GH: () = ();
    /// ISO 3166-1 `GI`.
    pub const GI: () = ();
    /// ISO 3166-1 `GL`.
    pub const GL: () = ();
    /// ISO 3166-1 `GM`.
    pub const GM: () = ();
    /// ISO 3166-1 `GN`.
    pub const GN: () = ();
    /// ISO 3166-1 `GP`.
    pub const GP: () = ();
    /// ISO 3166-1 `GQ`.
    pub const GQ: () = ();
    /// ISO 3166-1 `GR`.
    pub const GR: () = ();
    /// ISO 3166-1 `GS`.
    pub const GS: () = ();
    /// ISO 3166-1 `GT`.
    pub const GT: () = ();
    /// ISO 3166-1 `GU`.
    pub const GU: () = ();
    /// ISO 3166-1 `GW`.
    pub const GW: () = ();
    /// ISO 3166-1 `GY`.
    pub const GY: () = ();
    /// ISO 3166-1 `HK`.
    pub const HK: () = ();
    /// ISO 3166-1 `HM`.
    pub const HM: () = ();
    /// ISO 3166-1 `HN`.
    pub const HN: () = ();
    /// ISO 3166-1 `HR`.
    pub const HR: () = ();
    /// ISO 3166-1 `HT`.
    pub const HT: () = ();
    /// ISO 3166-1 `HU`.
    pub const HU: () = ();
    /// ISO 3166-1 `ID`.
    pub const ID: () = ();
    /// ISO 3166-1 `IE`.
    pub const IE: () = ();
    /// ISO 3166-1 `IL`.
    pub const IL: () = ();
    /// ISO 3166-1 `IM`.
    pub const IM: () = ();
    /// ISO 3166-1 `IN`.
    pub const IN: () = ();
    /// ISO 3166-1 `IO`.
    pub const IO: () = ();
    /// ISO 3166-1 `IQ`.
    pub const IQ: () = ();
    /// ISO 3166-1 `IR`.
    pub const IR: () = ();
    /// ISO 3166-1 `IS`.
    pub const IS: () = ();
    /// ISO 3166-1 `IT`.
    pub const IT: () = ();
    /// ISO 3166-1 `JE`.
    pub const JE: () = ();
    /// ISO 3166-1 `JM`.
    pub const JM: () = ();
    /// ISO 3166-1 `JO`.
    pub const JO: () = ();
    /// ISO 3166-1 `JP`.
    pub const JP: () = ();
    /// ISO 3166-1 `KE`.
    pub const KE: () = ();
    /// ISO 3166-1 `KG`.
    pub const KG: () = ();
    /// ISO 3166-1 `KH`.
    pub const KH: () = ();
    /// ISO 3166-1 `KI`.
    pub const KI: () = ();
    /// ISO 3166-1 `KM`.
    pub const KM: () = ();
    /// ISO 3166-1 `KN`.
    pub const KN: () = ();
    /// ISO 3166-1 `KP`.
    pub const KP: () = ();
    /// ISO 3166-1 `KR`.
    pub const KR: () = ();
    /// ISO 3166-1 `KW`.
    pub const KW: () = ();
    /// ISO 3166-1 `KY`.
    pub const KY: () = ();
    /// ISO 3166-1 `KZ`.
    pub const KZ: () = ();
    /// ISO 3166-1 `LA`.
    pub const LA: () = ();
    /// ISO 3166-1 `LB`.
    pub const LB: () = ();
    /// ISO 3166-1 `LC`.
    pub const LC: () = ();
    /// ISO 3166-1 `LI`.
    pub const LI: () = ();
    /// ISO 3166-1 `LK`.
    pub const LK: () = ();
    /// ISO 3166-1 `LR`.
    pub const LR: () = ();
    /// ISO 3166-1 `LS`.
    pub const LS: () = ();
    /// ISO 3166-1 `LT`.
    pub const LT: () = ();
    /// ISO 3166-1 `LU`.
    pub const LU: () = ();
    /// ISO 3166-1 `LV`.
    pub const LV: () = ();
    /// ISO 3166-1 `LY`.
    pub const LY: () = ();
    /// ISO 3166-1 `MA`.
    pub const MA: () = ();
    /// ISO 3166-1 `MC`.
    pub const MC: () = ();
    /// ISO 3166-1 `MD`.
    pub const MD: () = ();
    /// ISO 3166-1 `ME`.
    pub const ME: () = ();
    /// ISO 3166-1 `MF`.
    pub const MF: () = ();
    /// ISO 3166-1 `MG`.
    pub const MG: () = ();
    /// ISO 3166-1 `MH`.
    pub const MH: () = ();
    /// ISO 3166-1 `MK`.
    pub const MK: () = ();
    /// ISO 3166-1 `ML`.
    pub const ML: () = ();
    /// ISO 3166-1 `MM`.
    pub const MM: () = ();
    /// ISO 3166-1 `MN`.
    pub const MN: () = ();
    /// ISO 3166-1 `MO`.
    pub const MO: () = ();
    /// ISO 3166-1 `MP`.
    pub const MP: () = ();
    /// ISO 3166-1 `MQ`.
    pub const MQ: () = ();
    /// ISO 3166-1 `MR`.
    pub const MR: () = ();
    /// ISO 3166-1 `MS`.
    pub const MS: () = ();
    /// ISO 3166-1 `MT`.
    pub const MT: () = ();
    /// ISO 3166-1 `MU`.
    pub const MU: () = ();
    /// ISO 3166-1 `MV`.
    pub const MV: () = ();
    /// ISO 3166-1 `MW`.
    pub const MW: () = ();
    /// ISO 3166-1 `MX`.
    pub const MX: () = ();
    /// ISO 3166-1 `MY`.
    pub const MY: () = ();
    /// ISO 3166-1 `MZ`.
    pub const MZ: () = ();
    /// ISO 3166-1 `NA`.
    pub const NA: () = ();
    /// ISO 3166-1 `NC`.
    pub const NC: () = ();
    /// ISO 3166-1 `NE`.
    pub const NE: () = ();
    /// ISO 3166-1 `NF`.
    pub const NF: () = ();
    /// ISO 3166-1 `NG`.
    pub const NG: () = ();
    /// ISO 3166-1 `NI`.
    pub const NI: () = ();
    /// ISO 3166-1 `NL`.
    pub const NL: () = ();
    /// ISO 3166-1 `NO`.
    pub const NO: () = ();
    /// ISO 3166-1 `NP`.
    pub const NP: () = ();
    /// ISO 3166-1 `NR`.
    pub const NR: () = ();
    /// ISO 3166-1 `NU`.
    pub const NU: () = ();
    /// ISO 3166-1 `NZ`.
    pub const NZ: () = ();
    /// ISO 3166-1 `OM`.
    pub const OM: () = ();
    /// ISO 3166-1 `PA`.
    pub const PA: () = ();
    /// ISO 3166-1 `PE`.
    pub const PE: () = ();
    /// ISO 3166-1 `PF`.
    pub const PF: () = ();
    /// ISO 3166-1 `PG`.
    pub const PG: () = ();
    /// ISO 3166-1 `PH`.
    pub const PH: () = ();
    /// ISO 3166-1 `PK`.
    pub const PK: () = ();
    /// ISO 3166-1 `PL`.
    pub const PL: () = ();
    /// ISO 3166-1 `PM`.
    pub const PM: () = ();
    /// ISO 3166-1 `PN`.
    pub const PN: () = ();
    /// ISO 3166-1 `PR`.
    pub const PR: () = ();
    /// ISO 3166-1 `PS`.
    pub const PS: () = ();
    /// ISO 3166-1 `PT`.
    pub const PT: () = ();
    /// ISO 3166-1 `PW`.
    pub const PW: () = ();
    /// ISO 3166-1 `PY`.
    pub const PY: () = ();
    /// ISO 3166-1 `QA`.
    pub const QA: () = ();
    /// ISO 3166-1 `RE`.
    pub const RE: () = ();
    /// ISO 3166-1 `RO`.
    pub const RO: () = ();
    /// ISO 3166-1 `RS`.
    pub const RS: () = ();
    /// ISO 3166-1 `RU`.
    pub const RU: () = ();
    /// ISO 3166-1 `RW`.
    pub const RW: () = ();
    /// ISO 3166-1 `SA`.
    pub const SA: () = ();
    /// ISO 3166-1 `SB`.
    pub const SB: () = ();
    /// ISO 3166-1 `SC`.
    pub const SC: () = ();
    /// ISO 3166-1 `SD`.
    pub const SD: () = ();
    /// ISO 3166-1 `SE`.
    pub const SE: () = ();
    /// ISO 3166-1 `SG`.
    pub const SG: () = ();
    /// ISO 3166-1 `SH`.
    pub const SH: () = ();
    /// ISO 3166-1 `SI`.
    pub const SI: () = ();
    /// ISO 3166-1 `SJ`.
    pub const SJ: () = ();
    /// ISO 3166-1 `SK`.
    pub const SK: () = ();
    /// ISO 3166-1 `SL`.
    pub const SL: () = ();
    /// ISO 3166-1 `SM`.
    pub const SM: () = ();
    /// ISO 3166-1 `SN`.
    pub const SN: () = ();
    /// ISO 3166-1 `SO`.
    pub const SO: () = ();
    /// ISO 3166-1 `SR`.
    pub const SR: () = ();
    /// ISO 3166-1 `SS`.
    pub const SS: () = ();
    /// ISO 3166-1 `ST`.
    pub const ST: () = ();
    /// ISO 3166-1 `SV`.
    pub const SV: () = ();
    /// ISO 3166-1 `SX`.
    pub const SX: () = ();
    /// ISO 3166-1 `SY`.
    pub const SY: () = ();
    /// ISO 3166-1 `SZ`.
    pub const SZ: () = ();
    /// ISO 3166-1 `TC`.
    pub const TC: () = ();
    /// ISO 3166-1 `TD`.
    pub const TD: () = ();
    /// ISO 3166-1 `TF`.
    pub const TF: () = ();
    /// ISO 3166-1 `TG`.
    pub const TG: () = ();
    /// ISO 3166-1 `TH`.
    pub const TH: () = ();
    /// ISO 3166-1 `TJ`.
    pub const TJ: () = ();
    /// ISO 3166-1 `TK`.
    pub const TK: () = ();
    /// ISO 3166-1 `TL`.
    pub const TL: () = ();
    /// ISO 3166-1 `TM`.
    pub const TM: () = ();
    /// ISO 3166-1 `TN`.
    pub const TN: () = ();
    /// ISO 3166-1 `TO`.
    pub const TO: () = ();
    /// ISO 3166-1 `TR`.
    pub const TR: () = ();
    /// ISO 3166-1 `TT`.
    pub const TT: () = ();
    /// ISO 3166-1 `TV`.
    pub const TV: () = ();
    /// ISO 3166-1 `TW`.
    pub const TW: () = ();
    /// ISO 3166-1 `TZ`.
    pub const TZ: () = ();
    /// ISO 3166-1 `UA`.
    pub const UA: () = ();
    /// ISO 3166-1 `UG`.
    pub const UG: () = ();
    /// ISO 3166-1 `UM`.
    pub const UM: () = ();
    /// ISO 3166-1 `US`.
    pub const US: () = ();
    /// ISO 3166-1 `UY`.
    pub const UY: () = ();
    /// ISO 3166-1 `UZ`.
    pub const UZ: () = ();
    /// ISO 3166-1 `VA`.
    pub const VA: () = ();
    /// ISO 3166-1 `VC`.
    pub const VC: () = ();
    /// ISO 3166-1 `VE`.
    pub const VE: () = ();
    /// ISO 3166-1 `VG`.
    pub const VG: () = ();
    /// ISO 3166-1 `VI`.
    pub const VI: () = ();
    /// ISO 3166-1 `VN`.
    pub const VN: () = ();
    /// ISO 3166-1 `VU`.
    pub const VU: () = ();
    /// ISO 3166-1 `WF`.
    pub const WF: () = ();
    /// ISO 3166-1 `WS`.
    pub const WS: () = ();
    /// ISO 3166-1 `YE`.
    pub const YE: () = ();
    /// ISO 3166-1 `YT`.
    pub const YT: () = ();
    /// ISO 3166-1 `ZA`.
    pub const ZA: () = ();
    /// ISO 3166-1 `ZM`.
    pub const ZM: () = ();
    /// ISO 3166-1 `ZW`.
    pub const ZW: () = ();
    #[doc(hidden)]
    pub const __end: () = ();
}

/// The words of `environment`.
pub mod environment {
    /// TrueLayer's live servers.
    pub const live: () = ();
    /// TrueLayer's sandbox servers.
    pub const sandbox: () = ();
    #[doc(hidden)]
    pub const __end: () = ();
}

/// The words of `response_type`.
pub mod response_type {
    /// The authorization code flow.
    pub const code: () = ();
    #[doc(hidden)]
    pub const __end: () = ();
}

/// The words of `response_mode`.
pub mod response_mode {
    /// The code arrives in a form.
    pub const form_post: () = ();
    /// The code arrives in the query of `redirect_uri`: the default.
    pub const query: () = ();
    #[doc(hidden)]
    pub const __end: () = ();
}

/// The words of `code_challenge_method`.
pub mod code_challenge_method {
    /// SHA-256 (RFC 7636 §4.2).
    pub const S256: () = ();
    #[doc(hidden)]
    pub const __end: () = ();
}

/// The rules that `allow` takes.
pub mod rule {
    /// Allows `dropped_link_parameter`.
    pub const dropped_link_parameter: () = ();
    /// Allows `undocumented_link_parameter`.
    pub const undocumented_link_parameter: () = ();
    /// Allows `duplicate_link_parameter`.
    pub const duplicate_link_parameter: () = ();
    /// Allows `client_id_looks_like_secret`.
    pub const client_id_looks_like_secret: () = ();
    /// Allows `missing_required_scope`.
    pub const missing_required_scope: () = ();
    /// Allows `offline_access_alone`.
    pub const offline_access_alone: () = ();
    /// Allows `accounts_scope_at_card_provider`.
    pub const accounts_scope_at_card_provider: () = ();
    /// Allows `unlisted_provider`.
    pub const unlisted_provider: () = ();
    /// Allows `misspelled_provider`.
    pub const misspelled_provider: () = ();
    /// Allows `provider_not_in_catalogue`.
    pub const provider_not_in_catalogue: () = ();
    /// Allows `scope_not_offered`.
    pub const scope_not_offered: () = ();
    /// Allows `unlisted_language`.
    pub const unlisted_language: () = ();
    /// Allows `unlisted_country`.
    pub const unlisted_country: () = ();
    /// Allows `country_without_providers`.
    pub const country_without_providers: () = ();
    /// Allows `fixed_user_email`.
    pub const fixed_user_email: () = ();
    /// Allows `fixed_tracking_id`.
    pub const fixed_tracking_id: () = ();
    /// Allows `live_client_id_in_sandbox`.
    pub const live_client_id_in_sandbox: () = ();
    /// Allows `sandbox_without_mock_bank`.
    pub const sandbox_without_mock_bank: () = ();
    /// Allows `insecure_private_auth_server`.
    pub const insecure_private_auth_server: () = ();
    /// Allows `insecure_private_redirect_uri`.
    pub const insecure_private_redirect_uri: () = ();
    /// Allows `undotted_app_scheme`.
    pub const undotted_app_scheme: () = ();
    /// Allows `non_normalized_redirect_uri`.
    pub const non_normalized_redirect_uri: () = ();
    #[doc(hidden)]
    pub const __end: () = ();
}
