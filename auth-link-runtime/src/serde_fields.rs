//! `Serialize` and `Deserialize` for structs, without the derive macro.

/// Implements both traits for a struct: each field by its name and in its order. An `Option` may be missing; unknown names are
/// ignored, so that an older release can read what a newer one stored.
macro_rules! serde_fields {
    ($type:ident { $($field:ident: $kind:ident),* $(,)? }) => {
        const _: () = {
            use std::fmt;

            use serde_core::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
            use serde_core::ser::{Serialize, SerializeStruct, Serializer};

            const FIELDS: &[&str] = &[$(stringify!($field)),*];

            impl Serialize for $type {
                /// Writes the tokens unencrypted. Encrypt the store.
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    let mut fields = serializer.serialize_struct(stringify!($type), FIELDS.len())?;
                    $(fields.serialize_field(stringify!($field), &self.$field)?;)*
                    fields.end()
                }
            }

            impl<'de> Deserialize<'de> for $type {
                fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    deserializer.deserialize_struct(stringify!($type), FIELDS, Fields)
                }
            }

            struct Fields;

            impl<'de> Visitor<'de> for Fields {
                type Value = $type;

                fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.write_str(concat!("a stored `", stringify!($type), "`"))
                }

                fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<$type, A::Error> {
                    $(let mut $field = None;)*
                    while let Some(name) = map.next_key::<String>()? {
                        match name.as_str() {
                            $(stringify!($field) if $field.is_some() => {
                                return Err(A::Error::duplicate_field(stringify!($field)));
                            }
                            stringify!($field) => $field = Some(map.next_value()?),)*
                            _ => {
                                map.next_value::<IgnoredAny>()?;
                            }
                        }
                    }
                    Ok($type { $($field: $crate::serde_fields::serde_fields!(@value $kind A::Error, $field),)* })
                }

                fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<$type, A::Error> {
                    $(let $field = items.next_element()?;)*
                    Ok($type { $($field: $crate::serde_fields::serde_fields!(@value $kind A::Error, $field),)* })
                }
            }
        };
    };
    (@value required $error:ty, $field:ident) => {
        $field.ok_or_else(|| <$error>::missing_field(stringify!($field)))?
    };
    (@value optional $error:ty, $field:ident) => {
        $field.unwrap_or_default()
    };
}

pub(crate) use serde_fields;
