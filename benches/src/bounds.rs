//! What the figures are held to: each against another of the same run.

use crate::Results;

/// One bound.
pub struct Bound {
    /// What is held.
    pub what: &'static str,
    /// A figure: table, row and column.
    figure: [&'static str; 3],
    /// What it is divided by, if by anything.
    by: Option<[&'static str; 3]>,
    /// What the quotient may be.
    limit: Limit,
}

#[derive(Clone, Copy)]
enum Limit {
    AtMost(f64),
    AtLeast(f64),
}

/// A bound, and how the figures stand to it.
pub struct Verdict {
    /// The quotient.
    pub found: f64,
    /// The bound, in words.
    pub limit: String,
    /// Whether it is held.
    pub holds: bool,
}

impl Bound {
    /// How the figures stand to it; `None` where they lack.
    #[must_use]
    pub fn verdict(&self, results: &Results) -> Option<Verdict> {
        let get = |[table, row, figure]: [&str; 3]| results.get(table, row, figure);
        let found = get(self.figure)? / self.by.map_or(Some(1.0), get)?;
        let (limit, holds) = match self.limit {
            Limit::AtMost(limit) => (format!("at most {limit}"), found <= limit),
            Limit::AtLeast(limit) => (format!("at least {limit}"), found >= limit),
        };
        Some(Verdict { found, limit, holds })
    }
}

const fn at_most(limit: f64, what: &'static str, figure: [&'static str; 3], by: Option<[&'static str; 3]>) -> Bound {
    Bound { what, figure, by, limit: Limit::AtMost(limit) }
}

/// All of them.
pub const BOUNDS: &[Bound] = &[
    at_most(
        1.10,
        "`begin`, of one by hand with the same randomness",
        ["begin", "begin", "ns"],
        Some(["begin", "by hand", "ns"]),
    ),
    at_most(
        1.10,
        "`begin_with_entropy`, of one by hand with the same generator",
        ["begin", "begin_with_entropy", "ns"],
        Some(["begin", "by hand, ChaCha12", "ns"]),
    ),
    Bound {
        what: "oauth2's `authorize_url`, of `begin_with_entropy`",
        figure: ["begin", "oauth2", "ns"],
        by: Some(["begin", "begin_with_entropy", "ns"]),
        limit: Limit::AtLeast(11.0),
    },
    at_most(1.0, "allocations of `begin`", ["begin", "begin", "allocations"], None),
    at_most(
        1.5,
        "a callback received, of one pass by hand",
        ["callback", "Callback and receive", "ns"],
        Some(["callback", "by hand, one pass", "ns"]),
    ),
    at_most(1.0, "allocations of a callback", ["callback", "Callback and receive", "allocations"], None),
    // A check compiles the macro's packages in full, and those alone take more than half of oauth2's time.
    at_most(
        0.65,
        "a cold `cargo check`, CPU time, of oauth2's; both without default features",
        ["build", "auth-link, none", "check, CPU s"],
        Some(["build", "oauth2, none", "check, CPU s"]),
    ),
    at_most(
        0.60,
        "a cold `cargo build`, CPU time, of oauth2's; both without default features",
        ["build", "auth-link, none", "build, CPU s"],
        Some(["build", "oauth2, none", "build, CPU s"]),
    ),
    at_most(
        0.60,
        "a cold `cargo build --release`, CPU time, of oauth2's; both without default features",
        ["build", "auth-link, none", "build --release, CPU s"],
        Some(["build", "oauth2, none", "build --release, CPU s"]),
    ),
    at_most(50.0, "packages that one link brings", ["build", "auth-link, none", "packages"], None),
    at_most(20.0, "packages that it is linked to", ["build", "auth-link, none", "packages linked"], None),
    at_most(
        1.3,
        "one more `auth_link!` in a crate of 1,000, of a bare syn macro",
        ["expansion", "auth_link!", "1000 to 5000, us a call"],
        Some(["expansion", "a bare syn macro", "1000 to 5000, us a call"]),
    ),
    at_most(
        1.15,
        "one more `auth_link!` in a crate of 1,000, of one in a crate of 100: growth is linear",
        ["expansion", "auth_link!", "1000 to 5000, us a call"],
        Some(["expansion", "auth_link!", "100 to 1000, us a call"]),
    ),
];
