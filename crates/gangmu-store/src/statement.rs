//! The register of statements (语句登记): every SQL text is a named constant, so that one test prepares each on both
//! databases.

/// The two databases that every statement runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// SQLite, the embedded default.
    Sqlite,
    /// PostgreSQL 15 or newer.
    Postgres,
}

/// A statement as text: the same for both databases, or one each.
#[derive(Debug, Clone, Copy)]
pub struct Sql {
    /// The constant's name, for the prepare test.
    pub name: &'static str,
    /// The text for SQLite.
    pub sqlite: &'static str,
    /// The text for PostgreSQL.
    pub postgres: &'static str,
}

/// Anything that has a text per database: a registered [`Sql`], or a list's text put together from pieces.
pub trait Statement {
    /// The text for that database.
    fn text(&self, engine: Engine) -> &str;
}

impl Statement for Sql {
    fn text(&self, engine: Engine) -> &str {
        match engine {
            Engine::Sqlite => self.sqlite,
            Engine::Postgres => self.postgres,
        }
    }
}

impl Statement for &str {
    fn text(&self, _: Engine) -> &str {
        self
    }
}

impl Statement for &String {
    fn text(&self, _: Engine) -> &str {
        self
    }
}

/// Declares the statements of a module as constants and lists them in `STATEMENTS` for the register in `lib.rs`.
///
/// ```text
/// statements! {
///     FIND = "SELECT id FROM plans WHERE key = $1";
///     CLAIM = { sqlite: "…", postgres: "… FOR UPDATE SKIP LOCKED" };
/// }
/// ```
#[macro_export]
macro_rules! statements {
    (@each [$($named:ident)*]) => {
        /// The statements of this module, for the prepare test.
        pub(crate) const STATEMENTS: &[$crate::statement::Sql] = &[$($named),*];
    };
    (@each [$($named:ident)*] $name:ident = { sqlite: $sqlite:expr, postgres: $postgres:expr $(,)? }; $($rest:tt)*) => {
        const $name: $crate::statement::Sql =
            $crate::statement::Sql { name: stringify!($name), sqlite: $sqlite, postgres: $postgres };
        $crate::statements!(@each [$($named)* $name] $($rest)*);
    };
    (@each [$($named:ident)*] $name:ident = $text:expr; $($rest:tt)*) => {
        const $name: $crate::statement::Sql =
            $crate::statement::Sql { name: stringify!($name), sqlite: $text, postgres: $text };
        $crate::statements!(@each [$($named)* $name] $($rest)*);
    };
    ($($all:tt)*) => { $crate::statements!(@each [] $($all)*); };
}
