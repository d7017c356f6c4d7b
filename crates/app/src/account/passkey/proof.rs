//! What an authenticator shows, looked at as the standard asks (Web Authentication Level 3, 7.1 and 7.2):
//! the question, the site, that somebody was there, the count, the signature. Which authenticator it is
//! is not asked for (attestation "none").

use ring::signature::{
    ECDSA_P256_SHA256_ASN1, ED25519, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents,
    UnparsedPublicKey,
};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::{
    Site,
    cbor::{self, Item},
};

/// Why something is not believed: for the log of the program, and without a word of it.
pub(super) type Wrong = &'static str;

/// The kinds of keys that are taken, by their numbers in COSE: ES256, Ed25519, RS256.
pub(super) const KINDS: [i64; 3] = [-7, -8, -257];

const PRESENT: u8 = 0x01;
const MAY_BE_COPIED: u8 = 0x08;
const COPIED: u8 = 0x10;
const NEW_KEY: u8 = 0x40;
const EXTENDED: u8 = 0x80;

/// What the browser says of the occasion.
#[derive(Deserialize)]
struct Client<'a> {
    #[serde(rename = "type")]
    kind: &'a str,
    challenge: String,
    origin: String,
    #[serde(rename = "crossOrigin", default)]
    framed: bool,
    #[serde(rename = "topOrigin", default)]
    within: Option<String>,
}

/// The question that was answered, if this is an answer of that kind given to this site.
pub(super) fn question(told: &[u8], kind: &str, site: &Site) -> Result<String, Wrong> {
    let told: Client<'_> = serde_json::from_slice(told).map_err(|_| "client data")?;
    if told.kind != kind {
        return Err("type");
    }
    if told.origin != site.origin || told.framed || told.within.is_some() {
        return Err("origin");
    }
    Ok(told.challenge)
}

/// What an authenticator says of itself.
#[derive(Debug)]
pub(super) struct Told<'a> {
    pub(super) counter: i64,
    /// Name and key of a credential that was just made.
    pub(super) made: Option<(&'a [u8], &'a [u8])>,
}

/// Reads it, if it was made for this site and somebody was there.
pub(super) fn told<'a>(data: &'a [u8], site: &Site) -> Result<Told<'a>, Wrong> {
    const SHORT: Wrong = "authenticator data";
    let (rp, rest) = data.split_at_checked(32).ok_or(SHORT)?;
    if rp != Sha256::digest(&site.rp).as_slice() {
        return Err("relying party");
    }
    let (&flags, rest) = rest.split_first().ok_or(SHORT)?;
    let (counter, rest) = rest.split_first_chunk::<4>().ok_or(SHORT)?;
    let has = |flag| flags & flag != 0;
    if !has(PRESENT) || (has(COPIED) && !has(MAY_BE_COPIED)) {
        return Err("flags");
    }
    let (made, rest) = if has(NEW_KEY) { made(rest).ok_or("credential")? } else { (None, rest) };
    let rest = if has(EXTENDED) { cbor::read(rest).ok_or("extensions")?.1 } else { rest };
    if !rest.is_empty() {
        return Err("length");
    }
    Ok(Told { counter: i64::from(u32::from_be_bytes(*counter)), made })
}

type Credential<'a> = Option<(&'a [u8], &'a [u8])>;

fn made(rest: &[u8]) -> Option<(Credential<'_>, &[u8])> {
    // the model of the authenticator is not asked for
    let (_, rest) = rest.split_at_checked(16)?;
    let (length, rest) = rest.split_first_chunk::<2>()?;
    let (name, rest) = rest.split_at_checked(usize::from(u16::from_be_bytes(*length)))?;
    let (_, after) = cbor::read(rest)?;
    let key = rest.get(..rest.len() - after.len())?;
    (1..=1023).contains(&name.len()).then_some((Some((name, key)), after))
}

/// What stands in an attestation that attests nothing: the authenticator's data.
pub(super) fn unattested(object: &[u8]) -> Result<&[u8], Wrong> {
    let object = cbor::whole(object).ok_or("attestation")?;
    let nothing = object.at(&Item::Text("attStmt")) == Some(&Item::Map(vec![]));
    if object.at(&Item::Text("fmt")) != Some(&Item::Text("none")) || !nothing {
        return Err("attestation format");
    }
    object.at(&Item::Text("authData")).and_then(Item::bytes).ok_or("attestation data")
}

/// A key that signatures can be looked at with.
pub(super) enum Key {
    Es256([u8; 65]),
    Ed25519(Vec<u8>),
    Rs256 { n: Vec<u8>, e: Vec<u8> },
}

impl Key {
    /// Of a `COSE_Key`; `None` if it is of a kind that is not taken, or not whole.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let map = cbor::whole(bytes)?;
        let number = |key| map.at(&Item::Whole(key));
        let is = |key, value| number(key) == Some(&Item::Whole(value));
        let part = |key| number(key).and_then(Item::bytes);
        if is(1, 2) && is(3, -7) && is(-1, 1) {
            let point = [&[4], part(-2)?, part(-3)?].concat();
            return point.try_into().ok().map(Self::Es256);
        }
        if is(1, 1) && is(3, -8) && is(-1, 6) {
            return part(-2).filter(|x| x.len() == 32).map(|x| Self::Ed25519(x.to_vec()));
        }
        if is(1, 3) && is(3, -257) {
            let (n, e) = (part(-1)?.to_vec(), part(-2)?.to_vec());
            return (256..=512).contains(&n.len()).then_some(Self::Rs256 { n, e });
        }
        None
    }

    /// Has its owner signed this?
    pub(super) fn signed(&self, data: &[u8], client: &[u8], signature: &[u8]) -> bool {
        let message = [data, Sha256::digest(client).as_slice()].concat();
        let done = match self {
            Self::Es256(point) => {
                UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, point).verify(&message, signature)
            }
            Self::Ed25519(key) => UnparsedPublicKey::new(&ED25519, key).verify(&message, signature),
            Self::Rs256 { n, e } => RsaPublicKeyComponents { n, e }.verify(
                &RSA_PKCS1_2048_8192_SHA256,
                &message,
                signature,
            ),
        };
        done.is_ok()
    }
}

#[cfg(test)]
mod tests;
