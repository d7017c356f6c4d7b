//! The keys of the house. Everybody's identity is sealed with a key of their own; those keys are wrapped
//! by the key file and lie in a store of their own, apart from the database and its backups: erasing a
//! key makes what it sealed unreadable everywhere, in old backups too. The same file makes the digests
//! by which a person is found again without opening anything.

mod cipher;
mod ring;
pub mod rotation;

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock},
};

use aes_gcm_siv::{Aes256GcmSiv, Key as AesKey, KeyInit, aead::Generate as _};
use chrono::{DateTime, Utc};
use hmac::{Hmac, Mac as _};
use model::{Refusal, secret::Cipher};
use sha2::Sha256;
use store::{Db, Deed, secret::Kept};
use uuid::Uuid;

use self::{
    cipher::{Key, derive, unsealable},
    ring::Ring,
};
use crate::{Error, Result};

/// Where keys are, and what seals.
#[derive(Clone, Debug)]
pub struct Place {
    /// The key file.
    pub file: PathBuf,
    /// The database of the wrapped keys: `sqlite:PATH` or `postgres://…`.
    pub store: String,
    pub cipher: Cipher,
}

impl Place {
    /// The key store that lies beside a key file.
    pub fn beside(file: &Path) -> String {
        format!("sqlite:{}", file.with_file_name("keys.sqlite").display())
    }
}

pub struct Secret {
    place: Place,
    ring: RwLock<Arc<Ring>>,
    digests: Hmac<Sha256>,
    store: Db,
    /// Seals what is nobody's, or not kept for long.
    house: Key,
}

/// Who holds the house's own key.
const HOUSE: Uuid = Uuid::nil();

impl Secret {
    /// Opens the key file and the store of keys; makes what is not there.
    pub async fn open(place: Place, at: DateTime<Utc>) -> Result<Self> {
        let ring = Ring::open(&place.file)?;
        let digests =
            <Hmac<Sha256> as KeyInit>::new_from_slice(&ring.digest).map_err(Error::broken)?;
        let store = store::secret::connect(&place.store).await?;
        let mut w = store.write(keeping(at)).await?;
        store::secret::prepare(&mut w).await?;
        store::event::chain::prepare(&mut w).await?;
        w.commit().await?;
        let ring = RwLock::new(Arc::new(ring));
        let mut secret = Self { place, ring, digests, store, house: [0; 32] };
        let keys = secret.make(&[HOUSE], at).await?;
        secret.house = *keys.held.get(&HOUSE).ok_or_else(unsealable)?;
        Ok(secret)
    }

    pub fn place(&self) -> &Place {
        &self.place
    }

    /// The database of the wrapped keys.
    pub fn store(&self) -> &Db {
        &self.store
    }

    /// Seals with the house's key, for one place.
    pub fn seal(&self, place: &[u8], plain: &[u8]) -> Result<Vec<u8>> {
        cipher::seal(self.place.cipher, &self.house, place, plain)
    }

    /// Opens what [`seal`](Self::seal) sealed for the same place, or what the program sealed before
    /// there were keys of persons; anything else is an error.
    pub fn unseal(&self, place: &[u8], sealed: &[u8]) -> Result<Vec<u8>> {
        opened(&self.house, self.ring().old().as_ref(), place, sealed)
    }

    /// The keys of these holders, as far as there are any.
    pub async fn keys(&self, holders: &[Uuid]) -> Result<Keys> {
        let kept = store::secret::of(&mut self.store.read().await?, holders).await?;
        let mut keys = Keys {
            held: HashMap::new(),
            erased: vec![],
            old: self.ring().old(),
            cipher: self.place.cipher,
        };
        for one in kept {
            match &one.wrapped {
                Some(wrapped) => {
                    let key = self.unwrapped(one.holder, one.generation, wrapped)?;
                    keys.held.insert(one.holder, key);
                }
                None => keys.erased.push(one.holder),
            }
        }
        Ok(keys)
    }

    /// The keys of these holders, made where there are none. They are on the disk before this answers:
    /// a key without a row does no harm, a row without its key is lost.
    pub async fn make(&self, holders: &[Uuid], at: DateTime<Utc>) -> Result<Keys> {
        let found = self.keys(holders).await?;
        let missing =
            |holder: &&Uuid| !found.held.contains_key(holder) && !found.erased.contains(holder);
        let missing: Vec<Uuid> = holders.iter().filter(missing).copied().collect();
        if missing.is_empty() {
            return Ok(found);
        }
        self.refresh()?;
        let made = missing.iter().map(|holder| self.wrapped(*holder, &random()));
        let made = made.collect::<Result<Vec<Kept>>>()?;
        let mut w = self.store.write(keeping(at)).await?;
        store::secret::add(&mut w, &made).await?;
        w.commit().await?;
        // another program may have been first: what the store says holds
        self.keys(holders).await
    }

    /// Erases keys for good: nothing that they sealed is ever opened again.
    pub async fn erase(&self, holders: &[Uuid], at: DateTime<Utc>) -> Result<()> {
        let mut w = self.store.write(keeping(at)).await?;
        store::secret::erase(&mut w, holders).await?;
        Ok(w.commit().await?)
    }

    fn wrapped(&self, holder: Uuid, key: &Key) -> Result<Kept> {
        let (generation, master) = self.ring().newest();
        let wrap = derive(&master, "wrap")?;
        let wrapped = cipher::seal(self.place.cipher, &wrap, &lid(holder, generation), key)?;
        Ok(Kept { holder, wrapped: Some(wrapped), generation })
    }

    fn unwrapped(&self, holder: Uuid, generation: i64, wrapped: &[u8]) -> Result<Key> {
        if self.ring().find(generation).is_none() {
            // the key file was turned while this program ran
            self.refresh()?;
        }
        let master = self.ring().find(generation).ok_or_else(|| {
            let file = self.place.file.display();
            Error::broken(format!("{file}: its key number {generation} is not in it"))
        })?;
        let wrap = derive(&master, "wrap")?;
        let key = cipher::open(&wrap, &lid(holder, generation), wrapped)?;
        <Key>::try_from(key).map_err(|_| unsealable())
    }

    fn ring(&self) -> Arc<Ring> {
        Arc::clone(&self.ring.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn put(&self, ring: Ring) {
        *self.ring.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(ring);
    }

    /// Reads the key file again.
    fn refresh(&self) -> Result<()> {
        self.put(Ring::open(&self.place.file)?);
        Ok(())
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

/// Keys of some people (or files, or accounts) in memory, for as long as a deed takes.
pub struct Keys {
    held: HashMap<Uuid, Key>,
    erased: Vec<Uuid>,
    old: Option<Key>,
    cipher: Cipher,
}

impl Keys {
    /// Seals for its holder, at one place. An erased key seals nothing any more.
    pub fn seal(&self, holder: Uuid, place: &[u8], plain: &[u8]) -> Result<Vec<u8>> {
        let key = self.held.get(&holder).ok_or_else(|| self.missing(holder))?;
        cipher::seal(self.cipher, key, place, plain)
    }

    /// Opens what was sealed for the same holder and place.
    pub fn unseal(&self, holder: Uuid, place: &[u8], sealed: &[u8]) -> Result<Vec<u8>> {
        match (self.held.get(&holder), &self.old) {
            (Some(key), old) => opened(key, old.as_ref(), place, sealed),
            (None, Some(old)) if Cipher::split(sealed).is_none() => {
                cipher::open_old(old, place, sealed)
            }
            (None, _) => Err(self.missing(holder)),
        }
    }

    /// Whether a holder's key is there.
    pub fn has(&self, holder: Uuid) -> bool {
        self.held.contains_key(&holder)
    }

    /// Whether a holder's key is there, or was erased.
    pub fn knows(&self, holder: Uuid) -> bool {
        self.has(holder) || self.erased.contains(&holder)
    }

    fn missing(&self, holder: Uuid) -> Error {
        if self.erased.contains(&holder) {
            return Refusal::new("secret.erased").into();
        }
        tracing::error!(%holder, "a key is not in the store of keys");
        Error::Unready(Refusal::new("secret.missing"))
    }
}

fn opened(key: &Key, old: Option<&Key>, place: &[u8], sealed: &[u8]) -> Result<Vec<u8>> {
    cipher::open(key, place, sealed).or_else(|error| match old {
        Some(old) => cipher::open_old(old, place, sealed).map_err(|_| error),
        None => Err(error),
    })
}

/// A wrapped key opens for its holder and generation only.
fn lid(holder: Uuid, generation: i64) -> Vec<u8> {
    [b"key".as_slice(), holder.as_bytes(), &generation.to_le_bytes()].concat()
}

fn keeping(at: DateTime<Utc>) -> Deed {
    Deed { name: "secret.keep", actor: "keys".into(), at }
}

/// Bytes that nobody can guess.
pub fn random() -> [u8; 32] {
    AesKey::<Aes256GcmSiv>::generate().into()
}

/// A secret to hand out: 64 hexadecimal digits.
pub fn token() -> String {
    model::backup::hex(&random())
}

#[cfg(test)]
mod tests;
