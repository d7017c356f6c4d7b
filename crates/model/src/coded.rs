//! A closed list of words: an enum whose members have a code that is the same in addresses, files,
//! columns and the JSON API.

/// Declares such an enum: `coded! { /// doc  pub enum Form: "vacancy.form_unknown", "contract" {
/// FullTime = "full_time", … } }`. The two texts are the refusal for an unknown word and the field.
macro_rules! coded {
    (
        $(#[$doc:meta])*
        pub enum $name:ident: $refusal:literal, $field:literal {
            $($(#[$member_doc:meta])* $member:ident = $code:literal,)+
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$member_doc])* $member,)+ }

        impl $name {
            /// Every member, in the order of the declaration.
            pub const ALL: &[Self] = &[$(Self::$member,)+];

            /// The word for it everywhere outside the program's sentences.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$member => $code,)+ }
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::Refusal;

            fn from_str(s: &str) -> Result<Self, $crate::Refusal> {
                match s {
                    $($code => Ok(Self::$member),)+
                    _ => {
                        let valid = [$($code,)+].join(", ");
                        let refusal = $crate::Refusal::new($refusal).field($field);
                        Err(refusal.arg("value", s).arg("valid", valid))
                    }
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.code())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.serialize_str(self.code())
            }
        }
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                <std::borrow::Cow<'de, str> as serde::Deserialize>::deserialize(d)?
                    .parse()
                    .map_err(serde::de::Error::custom)
            }
        }

        impl<DB: sqlx::Database> sqlx::Type<DB> for $name
        where
            String: sqlx::Type<DB>,
        {
            fn type_info() -> DB::TypeInfo {
                <String as sqlx::Type<DB>>::type_info()
            }

            fn compatible(ty: &DB::TypeInfo) -> bool {
                <String as sqlx::Type<DB>>::compatible(ty)
            }
        }
        impl<'r, DB: sqlx::Database> sqlx::Decode<'r, DB> for $name
        where
            String: sqlx::Decode<'r, DB>,
        {
            fn decode(value: DB::ValueRef<'r>) -> Result<Self, sqlx::error::BoxDynError> {
                Ok(<String as sqlx::Decode<'r, DB>>::decode(value)?.parse()?)
            }
        }
    };
}
pub(crate) use coded;
