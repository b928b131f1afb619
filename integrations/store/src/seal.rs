//! Encryption of a stored connection, bound to its id.
//!
//! Format: the version 1, the id of the key (8 bytes), a random nonce (24 bytes), the encrypted text and its tag (16 bytes). The
//! version, the id of the key and the id of the connection are authenticated too.

use chacha20poly1305::aead::{AeadInOut, KeyInit};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

use crate::error::StoreError;
use crate::key::{KeyId, Keys};

const FORMAT: u8 = 1;

const NONCE_LEN: usize = 24;

const HEADER_LEN: usize = 1 + size_of::<KeyId>();

const TAG_LEN: usize = 16;

/// Encrypts the text of a connection with the newest key.
pub(crate) fn seal(keys: &Keys, id: &str, text: &[u8]) -> Result<Vec<u8>, StoreError> {
    let key = keys.newest();
    let mut nonce = [0; NONCE_LEN];
    getrandom::fill(&mut nonce).map_err(|_| StoreError::Random)?;
    let mut data = Vec::with_capacity(HEADER_LEN + NONCE_LEN + text.len() + TAG_LEN);
    data.push(FORMAT);
    data.extend(key.id());
    let associated_data = [&data, id.as_bytes()].concat();
    data.extend(nonce);
    // The buffer does not grow, so that it leaves no copy of the text.
    let mut buffer = Zeroizing::new(Vec::with_capacity(text.len() + TAG_LEN));
    buffer.extend_from_slice(text);
    XChaCha20Poly1305::new(key.bytes().into())
        .encrypt_in_place(&XNonce::from(nonce), &associated_data, &mut *buffer)
        // Only a text of 256 GiB is too long.
        .map_err(|_| StoreError::Altered)?;
    data.extend_from_slice(&buffer);
    Ok(data)
}

/// Decrypts the text of a connection with the key that encrypted it.
pub(crate) fn open(keys: &Keys, id: &str, data: &[u8]) -> Result<Zeroizing<Vec<u8>>, StoreError> {
    match data.first() {
        Some(&FORMAT) => {}
        Some(FORMAT..) => return Err(StoreError::NewerFormat),
        _ => return Err(StoreError::Altered),
    }
    let (header, rest) = data.split_at_checked(HEADER_LEN).ok_or(StoreError::Altered)?;
    let (nonce, encrypted) = rest.split_first_chunk::<NONCE_LEN>().ok_or(StoreError::Altered)?;
    let key_id = header[1..].try_into().map_err(|_| StoreError::Altered)?;
    let key = keys.find(key_id).ok_or(StoreError::UnknownKey)?;
    let mut text = Zeroizing::new(encrypted.to_vec());
    XChaCha20Poly1305::new(key.bytes().into())
        .decrypt_in_place(&XNonce::from(*nonce), &[header, id.as_bytes()].concat(), &mut *text)
        .map_err(|_| StoreError::Altered)?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key::Key;

    fn key(byte: u8) -> Key {
        Key::from_bytes([byte; 32])
    }

    #[test]
    fn a_sealed_text_opens_with_its_id_and_its_key() {
        let keys = Keys::new(key(1));
        let data = seal(&keys, "a", b"tokens").unwrap();
        assert_eq!(*open(&keys, "a", &data).unwrap(), b"tokens");
        assert!(!data.windows(6).any(|window| window == b"tokens"));
        assert_ne!(seal(&keys, "a", b"tokens").unwrap(), data, "the nonce is random");
        assert!(matches!(open(&keys, "b", &data), Err(StoreError::Altered)));
        assert!(matches!(open(&Keys::new(key(2)), "a", &data), Err(StoreError::UnknownKey)));
        let rotated = Keys::new(key(2)).with_old(key(1));
        assert_eq!(*open(&rotated, "a", &data).unwrap(), b"tokens");
        let data = seal(&rotated, "a", b"tokens").unwrap();
        assert_eq!(*open(&Keys::new(key(2)), "a", &data).unwrap(), b"tokens", "the newest key seals");
    }

    #[test]
    fn a_text_with_one_altered_bit_or_a_missing_end_does_not_open() {
        let keys = Keys::new(key(1));
        let data = seal(&keys, "a", b"tokens").unwrap();
        for at in 0..data.len() * 8 {
            let mut altered = data.clone();
            altered[at / 8] ^= 1 << (at % 8);
            assert!(open(&keys, "a", &altered).is_err(), "{at}");
        }
        for len in 0..data.len() {
            assert!(open(&keys, "a", &data[..len]).is_err(), "{len}");
        }
        let error = |format: u8| open(&keys, "a", &[&[format], &data[1..]].concat()).unwrap_err();
        assert!(matches!((error(0), error(2)), (StoreError::Altered, StoreError::NewerFormat)));
    }
}
