//! The provider of an account, a card or a connection.

use crate::client::{Object, ReadError, Reader, Unexpected, members};

/// The id and the name of a `provider`.
#[derive(Default)]
pub(super) struct ProviderNames {
    pub(super) id: Option<String>,
    pub(super) display_name: Option<String>,
}

impl Object for ProviderNames {
    fn read(members: &mut Reader<'_>) -> Result<Result<Self, Unexpected>, ReadError> {
        members!(members {
            id: Option<String> = "provider_id",
            display_name: Option<String>,
        });
        Ok(Ok(Self { id, display_name }))
    }
}
