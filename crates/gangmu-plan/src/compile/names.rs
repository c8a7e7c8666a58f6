//! Known names (已知名称): organisations and areas that a pack gives to the compiler. Empty by default.

/// An organisation that the pack knows (已知单位).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownOrganisation {
    /// Its id in the pack.
    pub id: String,
    /// Its full name.
    pub name: String,
    /// Other names, short ones included.
    pub aliases: Vec<String>,
}

/// An area that the pack knows (已知区域).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownArea {
    /// Its code.
    pub code: String,
    /// Its full name.
    pub name: String,
    /// Other names.
    pub aliases: Vec<String>,
}

/// The names that a pack gives (名录).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names {
    /// Organisations.
    pub organisations: Vec<KnownOrganisation>,
    /// Areas.
    pub areas: Vec<KnownArea>,
}
