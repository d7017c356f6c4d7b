//! Sealing and opening with one key: AES-256-GCM-SIV, or SM4-GCM where an office asks for it.

use aes_gcm::AesGcm;
use aes_gcm_siv::{
    Aes256GcmSiv, KeyInit, Nonce,
    aead::{Aead, Payload, consts::U12},
};
use hmac::{Hmac, Mac as _};
use model::secret::Cipher;
use sha2::Sha256;
use sm4::Sm4;

use super::random;
use crate::{Error, Result};

/// Thirty-two bytes that nobody can guess. Never printed.
pub(super) type Key = [u8; 32];

const NONCE: usize = 12;

/// Another key for a purpose, out of one.
pub(super) fn derive(key: &[u8], purpose: &str) -> Result<Key> {
    let mac = <Hmac<Sha256> as KeyInit>::new_from_slice(key).map_err(Error::broken)?;
    Ok(mac.chain_update(purpose).finalize().into_bytes().into())
}

/// Seals `plain` for one place (a row's id): moved to another row it does not open.
pub(super) fn seal(cipher: Cipher, key: &Key, place: &[u8], plain: &[u8]) -> Result<Vec<u8>> {
    let (head, chance) = (cipher.head(), random());
    let nonce: [u8; NONCE] = *chance.first_chunk().ok_or_else(unsealable)?;
    let bound = [head.as_slice(), place].concat();
    let payload = Payload { msg: plain, aad: &bound };
    let nonced = Nonce::from(nonce);
    let body = match cipher {
        Cipher::Aes => Aes256GcmSiv::new(&(*key).into()).encrypt(&nonced, payload),
        Cipher::Sm4 => sm4(key)?.encrypt(&nonced, payload),
    };
    Ok([head.as_slice(), &nonce, &body.map_err(|_| unsealable())?].concat())
}

/// Opens what [`seal`] sealed with the same key for the same place; anything else is an error.
pub(super) fn open(key: &Key, place: &[u8], sealed: &[u8]) -> Result<Vec<u8>> {
    let (cipher, rest) = Cipher::split(sealed).ok_or_else(unsealable)?;
    let (nonce, body) = rest.split_first_chunk::<NONCE>().ok_or_else(unsealable)?;
    let bound = [cipher.head().as_slice(), place].concat();
    let payload = Payload { msg: body, aad: &bound };
    let nonced = Nonce::from(*nonce);
    let plain = match cipher {
        Cipher::Aes => Aes256GcmSiv::new(&(*key).into()).decrypt(&nonced, payload),
        Cipher::Sm4 => sm4(key)?.decrypt(&nonced, payload),
    };
    plain.map_err(|_| unsealable())
}

/// Opens what was sealed before there were versions.
pub(super) fn open_old(key: &Key, place: &[u8], sealed: &[u8]) -> Result<Vec<u8>> {
    let (nonce, body) = sealed.split_first_chunk::<NONCE>().ok_or_else(unsealable)?;
    let payload = Payload { msg: body, aad: place };
    let cipher = Aes256GcmSiv::new(&(*key).into());
    cipher.decrypt(&Nonce::from(*nonce), payload).map_err(|_| unsealable())
}

/// SM4 takes a key of half the length: one made of ours for it alone.
fn sm4(key: &Key) -> Result<AesGcm<Sm4, U12>> {
    let whole = derive(key, "sm4")?;
    let half: [u8; 16] = *whole.first_chunk().ok_or_else(unsealable)?;
    Ok(AesGcm::new(&half.into()))
}

pub(super) fn unsealable() -> Error {
    Error::broken("sealed data does not open: another key, or changed bytes")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_sealed_opens_in_its_place_only() {
        for cipher in Cipher::ALL {
            let key = [7; 32];
            let sealed = seal(*cipher, &key, b"row 1", "王小明".as_bytes()).unwrap();
            assert_eq!(open(&key, b"row 1", &sealed).unwrap(), "王小明".as_bytes());
            assert!(open(&key, b"row 2", &sealed).is_err());
            assert!(open(&[8; 32], b"row 1", &sealed).is_err());
            assert!(open(&key, b"row 1", b"short").is_err());
            assert!(!sealed.windows(3).any(|w| w == "王".as_bytes()));
            for at in 0..sealed.len() {
                let mut changed = sealed.clone();
                changed[at] ^= 1;
                assert!(open(&key, b"row 1", &changed).is_err(), "{cipher}: byte {at}");
            }
        }
    }

    #[test]
    fn the_same_text_is_never_sealed_alike() {
        for cipher in Cipher::ALL {
            let one = seal(*cipher, &[7; 32], b"p", b"x").unwrap();
            assert_ne!(one, seal(*cipher, &[7; 32], b"p", b"x").unwrap());
        }
    }

    /// RFC 8998, appendix A.1.
    #[test]
    fn sm4_gcm_gives_what_the_standard_gives() {
        let bytes = |text: &str| model::backup::unhex(text).unwrap();
        let key: [u8; 16] = bytes("0123456789abcdeffedcba9876543210").try_into().unwrap();
        let nonce: [u8; 12] = bytes("00001234567800000000abcd").try_into().unwrap();
        let plain = bytes(
            "aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd\
             eeeeeeeeeeeeeeeeffffffffffffffffeeeeeeeeeeeeeeeeaaaaaaaaaaaaaaaa",
        );
        let aad = bytes("feedfacedeadbeeffeedfacedeadbeefabaddad2");
        let payload = Payload { msg: &plain, aad: &aad };
        let sealed = AesGcm::<Sm4, U12>::new(&key.into()).encrypt(&nonce.into(), payload).unwrap();
        let expected = "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735\
                        d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d\
                        83de3541e4c2b58177e065a9bf7b62ec";
        assert_eq!(model::backup::hex(&sealed), expected);
    }
}
