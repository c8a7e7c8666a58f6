//! Values on their way into and out of both databases (数据值).
//!
//! SQLite keeps decimals, days and JSON as text and instants as integer microseconds. PostgreSQL is told nothing:
//! it infers each parameter's type, and the value is encoded for the type that it inferred.

use crate::fault::Fault;
use jiff::{Timestamp, civil::Date};
use postgres::types::{FromSql, IsNull, ToSql, Type, to_sql_checked};
use rusqlite::types::{ToSqlOutput, ValueRef};
use rust_decimal::Decimal;
use std::error::Error;

/// One parameter or column.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing.
    Null,
    /// A whole number, a key.
    Int(i64),
    /// Yes or no.
    Bool(bool),
    /// A float: forecasts only, never an official figure.
    Real(f64),
    /// Text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
    /// An exact number.
    Decimal(Decimal),
    /// A day.
    Date(Date),
    /// An instant, kept to the microsecond.
    Instant(Timestamp),
    /// A JSON document.
    Json(serde_json::Value),
}

/// The parameters of a statement, `$1` first.
#[macro_export]
macro_rules! params {
    ($($value:expr),* $(,)?) => { &[$($crate::Value::from($value)),*] as &[$crate::Value] };
}

macro_rules! values {
    ($($type:ty => |$v:ident| $made:expr;)*) => {$(
        impl From<$type> for Value { fn from($v: $type) -> Self { $made } }
    )*};
}

values! {
    i64 => |v| Self::Int(v);
    i32 => |v| Self::Int(v.into());
    u32 => |v| Self::Int(v.into());
    bool => |v| Self::Bool(v);
    f64 => |v| Self::Real(v);
    &str => |v| Self::Text(v.to_owned());
    String => |v| Self::Text(v);
    &String => |v| Self::Text(v.clone());
    Vec<u8> => |v| Self::Bytes(v);
    &[u8] => |v| Self::Bytes(v.to_vec());
    [u8; 32] => |v| Self::Bytes(v.to_vec());
    Decimal => |v| Self::Decimal(v);
    Date => |v| Self::Date(v);
    Timestamp => |v| Self::Instant(v);
    serde_json::Value => |v| Self::Json(v);
    gangmu_kernel::ids::AccountId => |v| Self::Int(v.0);
    gangmu_kernel::ids::AttachmentId => |v| Self::Int(v.0);
    gangmu_kernel::ids::ClauseId => |v| Self::Int(v.0);
    gangmu_kernel::ids::CommitmentId => |v| Self::Int(v.0);
    gangmu_kernel::ids::EditionId => |v| Self::Int(v.0);
    gangmu_kernel::ids::IndicatorId => |v| Self::Int(v.0);
    gangmu_kernel::ids::NoticeId => |v| Self::Int(v.0);
    gangmu_kernel::ids::OrganisationId => |v| Self::Int(v.0);
    gangmu_kernel::ids::MessageId => |v| Self::Int(v.0);
    gangmu_kernel::ids::PlanId => |v| Self::Int(v.0);
    gangmu_kernel::ids::PostId => |v| Self::Int(v.0);
    gangmu_kernel::ids::DeputyId => |v| Self::Int(v.0);
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// A type that a column can be read as.
pub trait Column: Sized {
    /// What an error message calls the type.
    const NAME: &'static str;
    /// The value as this type, or the value back.
    fn read(value: Value) -> Result<Self, Value>;
}

macro_rules! columns {
    ($($type:ty, $name:literal { $($pattern:pat => $read:expr),* $(,)? })*) => {$(
        impl Column for $type {
            const NAME: &'static str = $name;
            #[allow(unreachable_patterns)]
            fn read(value: Value) -> Result<Self, Value> {
                let read: Option<Self> = match value.clone() { $($pattern => $read,)* _ => None };
                read.ok_or(value)
            }
        }
    )*};
}

columns! {
    Value, "a value" { v => Some(v) }
    i64, "a whole number" { Value::Int(n) => Some(n) }
    u32, "a small whole number" { Value::Int(n) => n.try_into().ok() }
    bool, "yes or no" { Value::Bool(b) => Some(b), Value::Int(n) => (n == 0 || n == 1).then_some(n == 1) }
    f64, "a float" { Value::Real(x) => Some(x) }
    Decimal, "a decimal" { Value::Decimal(d) => Some(d), Value::Text(t) => t.parse().ok() }
    Date, "a day" { Value::Date(d) => Some(d), Value::Text(t) => t.parse().ok() }
    Timestamp, "an instant" { Value::Int(n) => Timestamp::from_microsecond(n).ok() }
    serde_json::Value, "JSON" { Value::Json(j) => Some(j), Value::Text(t) => serde_json::from_str(&t).ok() }
    gangmu_kernel::ids::AccountId, "an account's key" { Value::Int(n) => Some(Self(n)) }
    gangmu_kernel::ids::AttachmentId, "an attachment's key" { Value::Int(n) => Some(Self(n)) }
    gangmu_kernel::ids::ClauseId, "a clause's key" { Value::Int(n) => Some(Self(n)) }
    gangmu_kernel::ids::CommitmentId, "a commitment's key" { Value::Int(n) => Some(Self(n)) }
    gangmu_kernel::ids::EditionId, "an edition's key" { Value::Int(n) => Some(Self(n)) }
    gangmu_kernel::ids::IndicatorId, "an indicator's key" { Value::Int(n) => Some(Self(n)) }
    gangmu_kernel::ids::NoticeId, "a notice's key" { Value::Int(n) => Some(Self(n)) }
    gangmu_kernel::ids::OrganisationId, "an organisation's key" { Value::Int(n) => Some(Self(n)) }
    gangmu_kernel::ids::PostId, "a post's key" { Value::Int(n) => Some(Self(n)) }
    gangmu_kernel::ids::DeputyId, "a deputy's key" { Value::Int(n) => Some(Self(n)) }
    gangmu_kernel::ids::MessageId, "a message's key" { Value::Int(n) => Some(Self(n)) }
    gangmu_kernel::ids::PlanId, "a plan's key" { Value::Int(n) => Some(Self(n)) }
}

// What lies on the heap is moved, never copied: reading a long list is mostly reading these.

impl Column for String {
    const NAME: &'static str = "a text";
    fn read(value: Value) -> Result<Self, Value> {
        if let Value::Text(text) = value { Ok(text) } else { Err(value) }
    }
}

impl Column for Vec<u8> {
    const NAME: &'static str = "bytes";
    fn read(value: Value) -> Result<Self, Value> {
        if let Value::Bytes(bytes) = value { Ok(bytes) } else { Err(value) }
    }
}

impl Column for [u8; 32] {
    const NAME: &'static str = "32 bytes";
    fn read(value: Value) -> Result<Self, Value> {
        if let Value::Bytes(bytes) = value { bytes.try_into().map_err(Value::Bytes) } else { Err(value) }
    }
}

impl<T: Column> Column for Option<T> {
    const NAME: &'static str = T::NAME;
    fn read(value: Value) -> Result<Self, Value> {
        if value == Value::Null { Ok(None) } else { T::read(value).map(Some) }
    }
}

/// A row of an answer, while the statement stands on it.
pub enum Row<'a> {
    /// From SQLite.
    Sqlite(&'a rusqlite::Row<'a>),
    /// From PostgreSQL.
    Postgres(&'a postgres::Row),
}

impl Row<'_> {
    /// The column at that position, counted from 0.
    pub fn get<T: Column>(&self, column: usize) -> Result<T, Fault> {
        let unread = |got: String| Fault::Column { column, wanted: T::NAME, got };
        let value = match self {
            Self::Sqlite(row) => row.get_ref(column).map_err(|e| unread(e.to_string()))?.into(),
            Self::Postgres(row) => row.try_get(column).map_err(|e| unread(e.to_string()))?,
        };
        T::read(value).map_err(|value| unread(format!("{value:?}")))
    }
}

impl From<ValueRef<'_>> for Value {
    fn from(value: ValueRef<'_>) -> Self {
        match value {
            ValueRef::Null => Self::Null,
            ValueRef::Integer(n) => Self::Int(n),
            ValueRef::Real(x) => Self::Real(x),
            ValueRef::Text(t) => Self::Text(String::from_utf8_lossy(t).into_owned()),
            ValueRef::Blob(b) => Self::Bytes(b.to_vec()),
        }
    }
}

impl rusqlite::ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        use rusqlite::types::Value as Owned;
        Ok(match self {
            Self::Null => ToSqlOutput::Owned(Owned::Null),
            Self::Int(n) => ToSqlOutput::Owned(Owned::Integer(*n)),
            Self::Bool(b) => ToSqlOutput::Owned(Owned::Integer((*b).into())),
            Self::Real(x) => ToSqlOutput::Owned(Owned::Real(*x)),
            Self::Text(t) => ToSqlOutput::Borrowed(ValueRef::Text(t.as_bytes())),
            Self::Bytes(b) => ToSqlOutput::Borrowed(ValueRef::Blob(b)),
            Self::Decimal(d) => ToSqlOutput::Owned(Owned::Text(d.to_string())),
            Self::Date(d) => ToSqlOutput::Owned(Owned::Text(d.to_string())),
            Self::Instant(t) => ToSqlOutput::Owned(Owned::Integer(t.as_microsecond())),
            Self::Json(j) => ToSqlOutput::Owned(Owned::Text(j.to_string())),
        })
    }
}

/// PostgreSQL counts days from here.
const EPOCH: Date = Date::constant(2000, 1, 1);

impl ToSql for Value {
    fn to_sql(&self, ty: &Type, out: &mut bytes::BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        let text = *ty == Type::TEXT || *ty == Type::VARCHAR || *ty == Type::JSON || *ty == Type::JSONB;
        if *ty == Type::JSONB && *self != Self::Null {
            out.extend_from_slice(&[1]);
        }
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Int(n) if *ty == Type::INT8 => n.to_sql(ty, out),
            Self::Int(n) if *ty == Type::INT4 => i32::try_from(*n)?.to_sql(ty, out),
            Self::Int(n) if *ty == Type::INT2 => i16::try_from(*n)?.to_sql(ty, out),
            Self::Int(n) if *ty == Type::NUMERIC => Decimal::from(*n).to_sql(ty, out),
            Self::Bool(b) if *ty == Type::BOOL => b.to_sql(ty, out),
            Self::Real(x) if *ty == Type::FLOAT8 => x.to_sql(ty, out),
            Self::Text(t) if text => t.to_sql(&Type::TEXT, out),
            Self::Bytes(b) if *ty == Type::BYTEA => b.to_sql(ty, out),
            Self::Decimal(d) if *ty == Type::NUMERIC => d.to_sql(ty, out),
            Self::Decimal(d) if text => d.to_string().to_sql(&Type::TEXT, out),
            Self::Date(d) if *ty == Type::DATE => (*d - EPOCH).get_days().to_sql(&Type::INT4, out),
            Self::Date(d) if text => d.to_string().to_sql(&Type::TEXT, out),
            Self::Instant(t) if *ty == Type::INT8 => t.as_microsecond().to_sql(ty, out),
            Self::Json(j) if text => j.to_string().to_sql(&Type::TEXT, out),
            other => Err(format!("{other:?} can't be sent where the database expects {ty}").into()),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

impl FromSql<'_> for Value {
    fn from_sql(ty: &Type, raw: &[u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
        Ok(match *ty {
            Type::INT8 => Self::Int(i64::from_sql(ty, raw)?),
            Type::INT4 => Self::Int(i32::from_sql(ty, raw)?.into()),
            Type::INT2 => Self::Int(i16::from_sql(ty, raw)?.into()),
            Type::BOOL => Self::Bool(bool::from_sql(ty, raw)?),
            Type::FLOAT8 => Self::Real(f64::from_sql(ty, raw)?),
            Type::FLOAT4 => Self::Real(f32::from_sql(ty, raw)?.into()),
            Type::BYTEA => Self::Bytes(raw.to_vec()),
            Type::NUMERIC => Self::Decimal(Decimal::from_sql(ty, raw)?),
            Type::DATE => {
                let days = i32::from_sql(&Type::INT4, raw)?;
                Self::Date(EPOCH.checked_add(jiff::Span::new().try_days(days)?)?)
            }
            Type::JSONB => Self::Json(serde_json::from_slice(raw.get(1..).unwrap_or_default())?),
            Type::JSON => Self::Json(serde_json::from_slice(raw)?),
            _ => Self::Text(String::from_sql(ty, raw)?),
        })
    }

    fn from_sql_null(_: &Type) -> Result<Self, Box<dyn Error + Sync + Send>> {
        Ok(Self::Null)
    }

    fn accepts(ty: &Type) -> bool {
        const READ: [Type; 11] = [
            Type::INT8,
            Type::INT4,
            Type::INT2,
            Type::BOOL,
            Type::FLOAT8,
            Type::FLOAT4,
            Type::BYTEA,
            Type::NUMERIC,
            Type::DATE,
            Type::JSONB,
            Type::JSON,
        ];
        READ.contains(ty) || <String as FromSql>::accepts(ty)
    }
}
