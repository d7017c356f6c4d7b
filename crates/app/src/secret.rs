//! The key of the house: seals what identifies a person, and makes the digests by which a person is
//! found again without opening anything. The key file lies apart from the database and its backups.

use std::{fs, io::Write as _, os::unix::fs::OpenOptionsExt as _, path::Path};

use aes_gcm_siv::{
    Aes256GcmSiv, Key, KeyInit, Nonce,
    aead::{Aead, Generate as _, Payload},
};
use hmac::{Hmac, Mac as _};
use sha2::Sha256;

use crate::{Error, Result};

pub struct Secret {
    cipher: Aes256GcmSiv,
    nonces: Hmac<Sha256>,
    digests: Hmac<Sha256>,
}

const NONCE: usize = 12;

impl Secret {
    /// Reads the key file, or makes one that only its owner can read.
    pub fn open(path: &Path) -> Result<Self> {
        let key = match fs::read(path) {
            Ok(bytes) => <[u8; 32]>::try_from(bytes)
                .map_err(|_| Error::broken(format!("{}: not a key of 32 bytes", path.display())))?,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => make(path)?,
            Err(e) => return Err(Error::broken(format!("{}: {e}", path.display()))),
        };
        Self::new(&key)
    }

    fn new(key: &[u8; 32]) -> Result<Self> {
        let master = <Hmac<Sha256> as KeyInit>::new_from_slice(key).map_err(Error::broken)?;
        let derive = |purpose: &str| master.clone().chain_update(purpose).finalize().into_bytes();
        let mac = |purpose| {
            <Hmac<Sha256> as KeyInit>::new_from_slice(&derive(purpose)).map_err(Error::broken)
        };
        Ok(Self {
            cipher: Aes256GcmSiv::new(&derive("seal")),
            nonces: mac("nonce")?,
            digests: mac("digest")?,
        })
    }

    /// Seals `plain` for one place (the row's id): moved to another row it does not open. The same
    /// text in the same place gives the same bytes; GCM-SIV (RFC 8452) is safe with such nonces.
    pub fn seal(&self, place: &[u8], plain: &[u8]) -> Result<Vec<u8>> {
        let full = self.nonces.clone().chain_update(place).chain_update(plain).finalize();
        let bytes: [u8; 32] = full.into_bytes().into();
        let nonce: [u8; NONCE] = *bytes.first_chunk().ok_or_else(unsealable)?;
        let payload = Payload { msg: plain, aad: place };
        let sealed = self.cipher.encrypt(&Nonce::from(nonce), payload).map_err(|_| unsealable())?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// Opens what [`seal`](Self::seal) sealed for the same place; anything else is an error.
    pub fn unseal(&self, place: &[u8], sealed: &[u8]) -> Result<Vec<u8>> {
        let (nonce, body) = sealed.split_first_chunk::<NONCE>().ok_or_else(unsealable)?;
        let payload = Payload { msg: body, aad: place };
        self.cipher.decrypt(&Nonce::from(*nonce), payload).map_err(|_| unsealable())
    }

    /// A digest that only the holder of the key can make: 32 hexadecimal digits, or empty for an
    /// empty text. `purpose` keeps a number's digest apart from a telephone's.
    pub fn digest(&self, purpose: &str, text: &str) -> String {
        if text.is_empty() {
            return String::new();
        }
        let full = self.digests.clone().chain_update(purpose).chain_update([0]).chain_update(text);
        let bytes: [u8; 32] = full.finalize().into_bytes().into();
        bytes
            .first_chunk()
            .map_or_else(String::new, |b| format!("{:032x}", u128::from_be_bytes(*b)))
    }
}

/// Bytes that nobody can guess.
pub fn random() -> [u8; 32] {
    Key::<Aes256GcmSiv>::generate().into()
}

/// A secret to hand out: 64 hexadecimal digits.
pub fn token() -> String {
    model::backup::hex(&random())
}

fn unsealable() -> Error {
    Error::broken("sealed data does not open: another key, or changed bytes")
}

fn make(path: &Path) -> Result<[u8; 32]> {
    let key = random();
    let write = || {
        let mut file =
            fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
        file.write_all(&key)?;
        file.sync_all()
    };
    write().map_err(|e| Error::broken(format!("{}: {e}", path.display())))?;
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_sealed_opens_in_its_place_only() {
        let secret = Secret::new(&[7; 32]).unwrap();
        let sealed = secret.seal(b"row 1", "王小明".as_bytes()).unwrap();
        assert_eq!(secret.unseal(b"row 1", &sealed).unwrap(), "王小明".as_bytes());
        assert!(secret.unseal(b"row 2", &sealed).is_err());
        assert!(Secret::new(&[8; 32]).unwrap().unseal(b"row 1", &sealed).is_err());
        assert!(secret.unseal(b"row 1", b"short").is_err());
        assert!(!sealed.windows(3).any(|w| w == "王".as_bytes()));
        let mut changed = sealed.clone();
        *changed.last_mut().unwrap() ^= 1;
        assert!(secret.unseal(b"row 1", &changed).is_err());
    }

    #[test]
    fn digests_agree_for_the_same_key_and_purpose_only() {
        let (a, b) = (Secret::new(&[7; 32]).unwrap(), Secret::new(&[8; 32]).unwrap());
        assert_eq!(a.digest("number", "x"), a.digest("number", "x"));
        assert_ne!(a.digest("number", "x"), a.digest("phone", "x"));
        assert_ne!(a.digest("number", "x"), b.digest("number", "x"));
        assert_eq!(a.digest("number", ""), "");
    }

    #[test]
    fn the_key_is_made_once_and_read_by_its_owner_alone() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret.key");
        let sealed = Secret::open(&path).unwrap().seal(b"p", b"x").unwrap();
        assert_eq!(Secret::open(&path).unwrap().unseal(b"p", &sealed).unwrap(), b"x");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        fs::write(&path, "short").unwrap();
        assert!(Secret::open(&path).is_err());
    }
}
