//! The key of a made-up provider.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use ring::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _},
};
use serde_json::{Value, json};

/// A key, and what is published of it.
pub(super) struct Key {
    /// `None` signs nothing, and says so.
    algorithm: Option<Algorithm>,
    secret: Vec<u8>,
    pub(super) public: Value,
}

impl Key {
    pub(super) fn new() -> Self {
        let random = SystemRandom::new();
        let secret =
            EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
        let secret = secret.as_ref().to_vec();
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &secret, &random);
        let point = pair.unwrap().public_key().as_ref().to_vec();
        let part = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        let public = json!({
            "kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig", "kid": "a",
            "x": part(&point[1..33]), "y": part(&point[33..65]),
        });
        Self { algorithm: Some(Algorithm::ES256), secret, public }
    }

    /// Of the kind that most providers sign with; made for stories, and opens nothing.
    pub(super) fn rsa() -> Self {
        let secret = include_bytes!("../rsa.der").to_vec();
        let pair = ring::signature::RsaKeyPair::from_der(&secret).unwrap();
        let part = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        let known: ring::rsa::PublicKeyComponents<Vec<u8>> = pair.public().into();
        let public = json!({
            "kty": "RSA", "alg": "RS256", "use": "sig", "kid": "a",
            "n": part(&known.n), "e": part(&known.e),
        });
        Self { algorithm: Some(Algorithm::RS256), secret, public }
    }

    /// What a forger has without any key: no signature, or what is published taken for a shared secret.
    pub(super) fn forged(&self) -> [Self; 3] {
        let point = self.public.get("n").or(self.public.get("x")).unwrap();
        let part = URL_SAFE_NO_PAD.decode(point.as_str().unwrap()).unwrap();
        let shared = |secret| Self { algorithm: Some(Algorithm::HS256), secret, public: json!({}) };
        let none = Self { algorithm: None, secret: vec![], public: json!({}) };
        [none, shared(part), shared(self.public.to_string().into_bytes())]
    }

    /// A token that says this.
    pub(super) fn token(&self, claims: &Value) -> String {
        let Some(algorithm) = self.algorithm else {
            let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
            let head = json!({ "alg": "none", "typ": "JWT", "kid": "a" });
            return format!("{}.{}.", part(&head), part(claims));
        };
        let key = if algorithm == Algorithm::RS256 {
            EncodingKey::from_rsa_der(&self.secret)
        } else if algorithm == Algorithm::HS256 {
            EncodingKey::from_secret(&self.secret)
        } else {
            EncodingKey::from_ec_der(&self.secret)
        };
        let header = Header { kid: Some("a".into()), ..Header::new(algorithm) };
        jsonwebtoken::encode(&header, claims, &key).unwrap()
    }
}
