//! The provider of an account, a card or a connection.

use serde_core::de::MapAccess;

use crate::client::{Object, Unexpected, members};

/// The id and the name of a `provider`.
#[derive(Default)]
pub(super) struct ProviderNames {
    pub(super) id: Option<String>,
    pub(super) display_name: Option<String>,
}

impl Object for ProviderNames {
    fn read<'de, A: MapAccess<'de>>(mut members: A) -> Result<Result<Self, Unexpected>, A::Error> {
        members!(members {
            id: Option<String> = "provider_id",
            display_name: Option<String>,
        });
        Ok(Ok(Self { id, display_name }))
    }
}
