//! One bind parameter that both engines accept. Only types with the same meaning on both sides are
//! here; anything else does not compile at the call, which is the point.

use std::borrow::Cow;

use chrono::{DateTime, NaiveDate, SubsecRound, Utc};
use model::Id;
use serde::Serialize;
use sqlx::{
    Database, Encode, Postgres, Sqlite, Type, encode::IsNull, error::BoxDynError,
    postgres::PgTypeInfo, sqlite::SqliteTypeInfo, types::Json,
};
use uuid::Uuid;

#[derive(Clone, Debug)]
pub enum Val {
    Bool(Option<bool>),
    I64(Option<i64>),
    F64(Option<f64>),
    Text(Option<String>),
    Bytes(Option<Vec<u8>>),
    Time(Option<DateTime<Utc>>),
    Date(Option<NaiveDate>),
    Uuid(Option<Uuid>),
    Json(Option<serde_json::Value>),
}

/// `vals![a, b, c]` makes the arguments of a statement.
#[macro_export]
macro_rules! vals {
    ($($x:expr),* $(,)?) => { vec![$($crate::Val::from($x)),*] };
}

impl Val {
    /// A JSON column: an object or a list. What cannot be JSON (a map with odd keys) becomes null,
    /// which the column's `not null` refuses.
    pub fn json(value: &impl Serialize) -> Self {
        let mut value = serde_json::to_value(value).ok().filter(|v| !v.is_null());
        value.iter_mut().for_each(without_nul);
        Self::Json(value)
    }
}

/// PostgreSQL keeps no text with a NUL in it, and SQLite's own functions stop at one: it is left out.
fn kept(text: &str) -> Cow<'_, str> {
    if text.contains('\0') { Cow::Owned(text.replace('\0', "")) } else { Cow::Borrowed(text) }
}

fn without_nul(value: &mut serde_json::Value) {
    use serde_json::Value;
    match value {
        Value::String(text) if text.contains('\0') => text.retain(|c| c != '\0'),
        Value::Array(items) => items.iter_mut().for_each(without_nul),
        Value::Object(fields) => fields.values_mut().for_each(without_nul),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// SQLite keeps times as text and compares text, so the text has a fixed width.
fn time_text(t: DateTime<Utc>) -> String {
    t.format("%Y-%m-%dT%H:%M:%S%.6fZ").to_string()
}

impl Type<Sqlite> for Val {
    fn type_info() -> SqliteTypeInfo {
        <str as Type<Sqlite>>::type_info() // SQLite's parameters have no type
    }
}

impl Encode<'_, Sqlite> for Val {
    fn encode_by_ref(
        &self,
        buf: &mut <Sqlite as Database>::ArgumentBuffer,
    ) -> Result<IsNull, BoxDynError> {
        match self {
            Self::Bool(v) => Encode::<Sqlite>::encode_by_ref(v, buf),
            Self::I64(v) => Encode::<Sqlite>::encode_by_ref(v, buf),
            Self::F64(v) => Encode::<Sqlite>::encode_by_ref(v, buf),
            Self::Text(v) => Encode::<Sqlite>::encode_by_ref(&v.as_deref().map(kept), buf),
            Self::Bytes(v) => Encode::<Sqlite>::encode_by_ref(v, buf),
            Self::Time(v) => Encode::<Sqlite>::encode(v.map(time_text), buf),
            Self::Date(v) => Encode::<Sqlite>::encode(v.map(|d| d.to_string()), buf),
            Self::Uuid(v) => Encode::<Sqlite>::encode_by_ref(v, buf),
            Self::Json(v) => Encode::<Sqlite>::encode(v.as_ref().map(ToString::to_string), buf),
        }
    }
}

impl Type<Postgres> for Val {
    fn type_info() -> PgTypeInfo {
        <str as Type<Postgres>>::type_info() // not used: `produces` always answers
    }
}

impl Encode<'_, Postgres> for Val {
    fn encode_by_ref(
        &self,
        buf: &mut <Postgres as Database>::ArgumentBuffer,
    ) -> Result<IsNull, BoxDynError> {
        match self {
            Self::Bool(v) => Encode::<Postgres>::encode_by_ref(v, buf),
            Self::I64(v) => Encode::<Postgres>::encode_by_ref(v, buf),
            Self::F64(v) => Encode::<Postgres>::encode_by_ref(v, buf),
            Self::Text(v) => Encode::<Postgres>::encode_by_ref(&v.as_deref().map(kept), buf),
            Self::Bytes(v) => Encode::<Postgres>::encode_by_ref(v, buf),
            Self::Time(v) => Encode::<Postgres>::encode_by_ref(v, buf),
            Self::Date(v) => Encode::<Postgres>::encode_by_ref(v, buf),
            Self::Uuid(v) => Encode::<Postgres>::encode_by_ref(v, buf),
            Self::Json(v) => Encode::<Postgres>::encode(v.as_ref().map(Json), buf),
        }
    }

    fn produces(&self) -> Option<PgTypeInfo> {
        Some(match self {
            Self::Bool(_) => <bool as Type<Postgres>>::type_info(),
            Self::I64(_) => <i64 as Type<Postgres>>::type_info(),
            Self::F64(_) => <f64 as Type<Postgres>>::type_info(),
            Self::Text(_) => <str as Type<Postgres>>::type_info(),
            Self::Bytes(_) => <[u8] as Type<Postgres>>::type_info(),
            Self::Time(_) => <DateTime<Utc> as Type<Postgres>>::type_info(),
            Self::Date(_) => <NaiveDate as Type<Postgres>>::type_info(),
            Self::Uuid(_) => <Uuid as Type<Postgres>>::type_info(),
            Self::Json(_) => <Json<()> as Type<Postgres>>::type_info(),
        })
    }
}

macro_rules! from {
    ($($t:ty => $variant:ident),* $(,)?) => { $(
        impl From<$t> for Val { fn from(v: $t) -> Self { Self::$variant(Some(v)) } }
        impl From<Option<$t>> for Val { fn from(v: Option<$t>) -> Self { Self::$variant(v) } }
        impl From<&$t> for Val { fn from(v: &$t) -> Self { Self::$variant(Some(v.clone())) } }
    )* };
}
from! {
    bool => Bool, i64 => I64, f64 => F64, String => Text, Vec<u8> => Bytes, NaiveDate => Date, Uuid => Uuid,
}

// PostgreSQL keeps microseconds: cutting here makes a time equal to itself after a round trip.
impl From<DateTime<Utc>> for Val {
    fn from(v: DateTime<Utc>) -> Self {
        Self::Time(Some(v.trunc_subsecs(6)))
    }
}
impl From<Option<DateTime<Utc>>> for Val {
    fn from(v: Option<DateTime<Utc>>) -> Self {
        Self::Time(v.map(|t| t.trunc_subsecs(6)))
    }
}
impl From<&str> for Val {
    fn from(v: &str) -> Self {
        Self::Text(Some(v.to_owned()))
    }
}
impl From<Option<&str>> for Val {
    fn from(v: Option<&str>) -> Self {
        Self::Text(v.map(str::to_owned))
    }
}
impl<T> From<Id<T>> for Val {
    fn from(v: Id<T>) -> Self {
        Self::Uuid(Some(v.uuid()))
    }
}
