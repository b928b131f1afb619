//! Bounds of the figures, mostly relative to another figure of the same run.

use crate::results::Results;

/// One bound.
pub struct Bound {
    /// The description of the quotient.
    pub name: &'static str,
    /// The figure: table, row and column.
    figure: [&'static str; 3],
    /// The figure that it is divided by.
    divisor: Option<[&'static str; 3]>,
    /// The allowed quotients.
    limit: Limit,
}

#[derive(Clone, Copy)]
enum Limit {
    AtMost(f64),
    AtLeast(f64),
}

/// The comparison of the figures with a bound.
pub struct Outcome {
    /// The quotient.
    pub value: f64,
    /// The bound, in words.
    pub limit: String,
    /// Whether the quotient is within the bound.
    pub is_met: bool,
}

impl Bound {
    /// Compares the figures with the bound. Returns `None` if a figure is missing.
    #[must_use]
    pub fn outcome(&self, results: &Results) -> Option<Outcome> {
        let get = |[table, row, column]: [&str; 3]| results.get(table, row, column);
        let value = get(self.figure)? / self.divisor.map_or(Some(1.0), get)?;
        let (limit, is_met) = match self.limit {
            Limit::AtMost(limit) => (format!("at most {limit}"), value <= limit),
            Limit::AtLeast(limit) => (format!("at least {limit}"), value >= limit),
        };
        Some(Outcome { value, limit, is_met })
    }
}

const fn at_most(
    limit: f64,
    name: &'static str,
    figure: [&'static str; 3],
    divisor: Option<[&'static str; 3]>,
) -> Bound {
    Bound { name, figure, divisor, limit: Limit::AtMost(limit) }
}

/// All bounds.
pub const BOUNDS: &[Bound] = &[
    at_most(
        1.10,
        "`begin`, relative to a link by hand with the same randomness",
        ["begin", "begin", "ns"],
        Some(["begin", "by hand", "ns"]),
    ),
    at_most(
        1.10,
        "`begin_with_entropy`, relative to a link by hand with the same generator",
        ["begin", "begin_with_entropy", "ns"],
        Some(["begin", "by hand, ChaCha12", "ns"]),
    ),
    Bound {
        name: "`authorize_url` of oauth2, relative to `begin_with_entropy`",
        figure: ["begin", "oauth2", "ns"],
        divisor: Some(["begin", "begin_with_entropy", "ns"]),
        limit: Limit::AtLeast(11.0),
    },
    at_most(
        2.0,
        "`with_user_email` and `begin`, relative to `begin`",
        ["begin", "with_user_email and begin", "instructions"],
        Some(["begin", "begin", "instructions"]),
    ),
    at_most(
        0.5,
        "`with_user_email` and `begin`, relative to oauth2 with the same address",
        ["begin", "with_user_email and begin", "instructions"],
        Some(["begin", "oauth2 with an email", "instructions"]),
    ),
    at_most(
        2.0,
        "a value in braces and `begin`, relative to `begin`",
        ["begin", "a value in braces and begin", "instructions"],
        Some(["begin", "begin", "instructions"]),
    ),
    at_most(
        0.5,
        "a value in braces and `begin`, relative to oauth2 with an address",
        ["begin", "a value in braces and begin", "instructions"],
        Some(["begin", "oauth2 with an email", "instructions"]),
    ),
    at_most(
        2.0,
        "two values and `begin`, relative to `begin`",
        ["begin", "two values and begin", "instructions"],
        Some(["begin", "begin", "instructions"]),
    ),
    at_most(
        0.5,
        "two values and `begin`, relative to oauth2 with an address",
        ["begin", "two values and begin", "instructions"],
        Some(["begin", "oauth2 with an email", "instructions"]),
    ),
    at_most(
        3.0,
        "allocations of `with_user_email` and `begin`",
        ["begin", "with_user_email and begin", "allocations"],
        None,
    ),
    at_most(3.0, "allocations of two values and `begin`", ["begin", "two values and begin", "allocations"], None),
    at_most(
        3.0,
        "allocations of a value in braces and `begin`",
        ["begin", "a value in braces and begin", "allocations"],
        None,
    ),
    at_most(1.0, "allocations of `begin`", ["begin", "begin", "allocations"], None),
    at_most(
        1.5,
        "a checked callback, relative to one pass by hand",
        ["callback", "Callback and finish", "ns"],
        Some(["callback", "by hand, one pass", "ns"]),
    ),
    at_most(1.0, "allocations of a callback", ["callback", "Callback and finish", "allocations"], None),
    at_most(
        1.0,
        "a response of the token endpoint, relative to oauth2",
        ["client", "a token response", "instructions"],
        Some(["client", "a token response, oauth2", "instructions"]),
    ),
    at_most(6000.0, "instructions of `Client::new`", ["client", "Client::new", "instructions"], None),
    // `cargo check` compiles the macro's packages in full, which takes more than half of oauth2's time.
    at_most(
        0.65,
        "a cold `cargo check`, CPU time, relative to oauth2; both without default features",
        ["build", "auth-link, no features", "check, CPU s"],
        Some(["build", "oauth2, no features", "check, CPU s"]),
    ),
    at_most(
        0.60,
        "a cold `cargo build`, CPU time, relative to oauth2; both without default features",
        ["build", "auth-link, no features", "build, CPU s"],
        Some(["build", "oauth2, no features", "build, CPU s"]),
    ),
    at_most(
        0.60,
        "a cold `cargo build --release`, CPU time, relative to oauth2; both without default features",
        ["build", "auth-link, no features", "build --release, CPU s"],
        Some(["build", "oauth2, no features", "build --release, CPU s"]),
    ),
    at_most(
        0.70,
        "a cold `cargo check`, CPU time, relative to oauth2; both begin and exchange",
        ["build", "auth-link, begin and exchange", "check, CPU s"],
        Some(["build", "oauth2, begin and exchange", "check, CPU s"]),
    ),
    at_most(
        0.70,
        "a cold `cargo build`, CPU time, relative to oauth2; both begin and exchange",
        ["build", "auth-link, begin and exchange", "build, CPU s"],
        Some(["build", "oauth2, begin and exchange", "build, CPU s"]),
    ),
    at_most(
        0.70,
        "a cold `cargo build --release`, CPU time, relative to oauth2; both begin and exchange",
        ["build", "auth-link, begin and exchange", "build --release, CPU s"],
        Some(["build", "oauth2, begin and exchange", "build --release, CPU s"]),
    ),
    at_most(50.0, "packages that one link adds", ["build", "auth-link, no features", "packages"], None),
    at_most(
        20.0,
        "packages that are linked into the application",
        ["build", "auth-link, no features", "packages linked"],
        None,
    ),
    at_most(
        1.0,
        "the compiler's instructions for one more `auth_link!`, relative to a bare syn macro",
        ["expansion", "auth_link!", "instructions a call"],
        Some(["expansion", "a bare syn macro", "instructions a call"]),
    ),
    at_most(
        1.3,
        "the compiler's instructions for one more `auth_link!` with a pasted link, relative to a bare syn macro",
        ["expansion", "auth_link! with a pasted link", "instructions a call"],
        Some(["expansion", "a bare syn macro", "instructions a call"]),
    ),
    at_most(
        1.3,
        "one more `auth_link!` in a crate of 1,000, relative to a bare syn macro",
        ["expansion", "auth_link!", "1000 to 5000, us a call"],
        Some(["expansion", "a bare syn macro", "1000 to 5000, us a call"]),
    ),
    at_most(
        1.15,
        "one more `auth_link!` in a crate of 1,000, relative to a crate of 100: growth is linear",
        ["expansion", "auth_link!", "1000 to 5000, us a call"],
        Some(["expansion", "auth_link!", "100 to 1000, us a call"]),
    ),
];
