//! What an address of the API takes and gives (接口说明): the one description from which the OpenAPI document, the reference
//! page and the tests are made.

use axum::http::StatusCode;
use std::collections::BTreeMap;
use utoipa::{
    IntoParams, ToSchema,
    openapi::{
        Ref, RefOr, Schema,
        path::{Parameter, ParameterIn},
        schema::{ArrayBuilder, ObjectBuilder, SchemaType, Type},
    },
};

/// The schemas that are named.
pub type Schemas = BTreeMap<String, RefOr<Schema>>;
/// Adds what a type needs to the schemas, and refers to it.
pub type Shape = fn(&mut Schemas) -> RefOr<Schema>;

/// What an address takes and gives.
#[derive(Debug, Clone, Copy)]
pub struct About {
    /// Noun and verb, such as `plans.list`: the operation's name in the document, its words in the locale.
    pub id: &'static str,
    /// Parameters behind the question mark.
    pub query: Option<fn() -> Vec<Parameter>>,
    /// The body.
    pub body: Sent,
    /// The status of the good answer.
    pub status: u16,
    /// The body of the good answer.
    pub answer: Given,
    /// It changes what has a version and needs `If-Match`.
    pub held: bool,
    /// The answer has an `ETag`.
    pub tagged: bool,
    /// A request that changes something may carry an `Idempotency-Key`.
    pub keyed: bool,
}

/// What is sent.
#[derive(Debug, Clone, Copy)]
pub enum Sent {
    /// Nothing.
    Nothing,
    /// JSON.
    Json(Shape),
    /// JSON, or nothing.
    MayJson(Shape),
    /// Files: as a form of parts, or one file as it is.
    Files,
    /// One file as it is.
    File,
}

/// What is given.
#[derive(Debug, Clone, Copy)]
pub enum Given {
    /// Nothing.
    Nothing,
    /// JSON.
    Json(Shape),
    /// A page of rows, with `Link` to the next.
    Page(Shape),
    /// A file of that media type.
    File(&'static str),
}

impl About {
    /// What gives that.
    pub const fn gives<T: ToSchema>(id: &'static str) -> Self {
        Self::new(id, Given::Json(of::<T>))
    }

    /// What gives pages of that.
    pub const fn pages<T: ToSchema>(id: &'static str) -> Self {
        Self::new(id, Given::Page(of::<T>))
    }

    /// What gives that.
    pub const fn new(id: &'static str, answer: Given) -> Self {
        Self { id, query: None, body: Sent::Nothing, status: 200, answer, held: false, tagged: false, keyed: true }
    }

    /// What gives nothing back.
    pub const fn step(id: &'static str) -> Self {
        Self::new(id, Given::Nothing).status(StatusCode::NO_CONTENT)
    }

    /// With these parameters.
    #[must_use]
    pub const fn asked<T: IntoParams>(mut self) -> Self {
        self.query = Some(|| T::into_params(|| Some(ParameterIn::Query)));
        self
    }

    /// With that body.
    #[must_use]
    pub const fn takes<T: ToSchema>(mut self) -> Self {
        self.body = Sent::Json(of::<T>);
        self
    }

    /// With that body or none.
    #[must_use]
    pub const fn may_take<T: ToSchema>(mut self) -> Self {
        self.body = Sent::MayJson(of::<T>);
        self
    }

    /// With files.
    #[must_use]
    pub const fn takes_files(mut self) -> Self {
        self.body = Sent::Files;
        self
    }

    /// With one file.
    #[must_use]
    pub const fn takes_file(mut self) -> Self {
        self.body = Sent::File;
        self
    }

    /// Without an `Idempotency-Key`: doing it twice is the same as once, or each time is a reading of its own.
    #[must_use]
    pub const fn unkeyed(mut self) -> Self {
        self.keyed = false;
        self
    }

    /// With that status instead of 200.
    #[must_use]
    pub const fn status(mut self, status: StatusCode) -> Self {
        self.status = status.as_u16();
        self
    }

    /// Changes what has a version.
    #[must_use]
    pub const fn held(mut self) -> Self {
        self.held = true;
        self
    }

    /// Gives the version as `ETag`.
    #[must_use]
    pub const fn tagged(mut self) -> Self {
        self.tagged = true;
        self
    }
}

/// The shape of a type with a name of its own.
pub fn of<T: ToSchema>(schemas: &mut Schemas) -> RefOr<Schema> {
    let mut found = Vec::new();
    T::schemas(&mut found);
    schemas.extend(found);
    let name = T::name().into_owned();
    let known = schemas.insert(name.clone(), T::schema());
    let alike = |known: &RefOr<Schema>| serde_json::to_value(known).ok() == serde_json::to_value(T::schema()).ok();
    debug_assert!(known.as_ref().is_none_or(alike), "two shapes are called {name}");
    RefOr::Ref(Ref::from_schema_name(name))
}

/// The shape of a page of rows.
pub fn page(rows: RefOr<Schema>) -> RefOr<Schema> {
    let next = ObjectBuilder::new()
        .schema_type(SchemaType::from_iter([Type::String, Type::Null]))
        .description(Some("The value of after for the next page; null on the last (下一页的 after)."));
    let items = ArrayBuilder::new().items(rows).description(Some("The rows (本页各条)."));
    let page = ObjectBuilder::new().property("items", items).required("items").property("next", next).required("next");
    RefOr::T(Schema::Object(page.build()))
}
