//! Sign-in at a bureau's own provider (`OpenID` Connect): where to send somebody, a code for an ID token,
//! and what the token says once its signature holds.

use std::{
    fmt,
    sync::{Arc, OnceLock},
    time::Duration,
};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{
    Algorithm, DecodingKey, Validation,
    jwk::{AlgorithmParameters, Jwk, PublicKeyUse},
};
use reqwest::{Client, RequestBuilder, Url, redirect::Policy};
use serde::{Deserialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};

use crate::Error;

/// What the settings say of the provider.
#[derive(Clone, Default)]
pub struct Settings {
    /// As it calls itself: `https://sso.example.gov.cn/realms/bureau`.
    pub issuer: String,
    /// What it calls us, and the secret it knows us by; no secret: PKCE alone.
    pub client: String,
    pub secret: String,
    /// What people call it: it stands on the button.
    pub name: String,
    /// The `acr` that says that two factors were asked for; empty: only `amr` can say so.
    pub two_factors: String,
}

/// A provider. What it publishes of itself is read once.
#[derive(Clone)]
pub struct Provider {
    http: Client,
    settings: Settings,
    found: Arc<OnceLock<Found>>,
}

/// Never printed by accident: it holds the secret.
impl fmt::Debug for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Provider").field(&self.settings.issuer).finish()
    }
}

/// What a provider publishes of itself.
#[derive(Clone, Deserialize)]
struct Found {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
    #[serde(default)]
    token_endpoint_auth_methods_supported: Vec<String>,
}

/// What ties an answer to the browser that asked: `state` comes back in the address, `nonce` within the
/// token, and `verifier` goes with the code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ties {
    pub state: String,
    pub nonce: String,
    /// 43 to 128 letters and digits.
    pub verifier: String,
}

/// What a token says, as far as it matters here. When it ends and which question it answers, the caller
/// judges: this floor knows no clock.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub struct Claims {
    /// Who, in the provider's own words.
    pub sub: String,
    #[serde(default)]
    pub nonce: String,
    /// Seconds since 1970.
    pub exp: i64,
    #[serde(default)]
    pub iat: i64,
    #[serde(default)]
    azp: String,
    #[serde(default)]
    amr: Vec<String>,
    #[serde(default)]
    acr: String,
}

#[derive(Deserialize)]
struct Exchanged {
    id_token: String,
}

#[derive(Deserialize)]
struct Keys {
    keys: Vec<serde_json::Value>,
}

/// A provider that has not answered by then is not waited for.
const PATIENCE: Duration = Duration::from_secs(10);

const OF_RSA: &[Algorithm] = &[
    Algorithm::RS256,
    Algorithm::RS384,
    Algorithm::RS512,
    Algorithm::PS256,
    Algorithm::PS384,
    Algorithm::PS512,
];
const OF_CURVES: &[Algorithm] = &[Algorithm::ES256, Algorithm::ES384];

impl Provider {
    pub fn new(settings: Settings) -> Result<Self, Error> {
        safe(&settings.issuer)?;
        // whoever comes second finds it set already
        drop(rustls::crypto::ring::default_provider().install_default());
        let http = Client::builder().timeout(PATIENCE).redirect(Policy::none()).build();
        let http = http.map_err(|e| Error::Address(settings.issuer.clone(), e.to_string()))?;
        Ok(Self { http, settings, found: Arc::default() })
    }

    pub fn name(&self) -> &str {
        &self.settings.name
    }

    pub fn issuer(&self) -> &str {
        &self.settings.issuer
    }

    /// Was a second factor asked for, as far as the provider says (RFC 8176)?
    pub fn two_factors(&self, claims: &Claims) -> bool {
        let known = &self.settings.two_factors;
        claims.amr.iter().any(|how| how == "mfa") || (!known.is_empty() && claims.acr == *known)
    }

    /// Where to send somebody who is to come back to `back`.
    pub async fn address(&self, back: &str, ties: &Ties) -> Result<String, Error> {
        let mut url = safe(&self.found().await?.authorization_endpoint)?;
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(&ties.verifier));
        url.query_pairs_mut()
            .append_pair("response_type", "code")
            .append_pair("scope", "openid")
            .append_pair("client_id", &self.settings.client)
            .append_pair("redirect_uri", back)
            .append_pair("state", &ties.state)
            .append_pair("nonce", &ties.nonce)
            .append_pair("code_challenge", &challenge)
            .append_pair("code_challenge_method", "S256");
        Ok(url.into())
    }

    /// What the provider says of whoever came back to `back` with a code.
    pub async fn exchange(&self, back: &str, code: &str, ties: &Ties) -> Result<Claims, Error> {
        let found = self.found().await?;
        let Settings { client, secret, .. } = &self.settings;
        let methods = &found.token_endpoint_auth_methods_supported;
        let basic = methods.is_empty() || methods.iter().any(|one| one == "client_secret_basic");
        let mut form = vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", back),
            ("code_verifier", &ties.verifier),
            ("client_id", client),
        ];
        let request = self.http.post(safe(&found.token_endpoint)?);
        let request = match (secret.is_empty(), basic) {
            (true, _) => request,
            (false, true) => request.basic_auth(client, Some(secret)),
            (false, false) => {
                form.push(("client_secret", secret));
                request
            }
        };
        let Exchanged { id_token } = answer(request.form(&form)).await?;
        self.claims(found, &id_token).await
    }

    async fn found(&self) -> Result<&Found, Error> {
        if let Some(found) = self.found.get() {
            return Ok(found);
        }
        let issuer = self.settings.issuer.trim_end_matches('/');
        let url = safe(&format!("{issuer}/.well-known/openid-configuration"))?;
        let found: Found = answer(self.http.get(url)).await?;
        // a provider that calls itself otherwise is another one
        if found.issuer != self.settings.issuer {
            return Err(Error::Token("another issuer".into()));
        }
        Ok(self.found.get_or_init(|| found))
    }

    /// The claims of a token whose signature, issuer and audience are right. The keys are read each
    /// time: a provider changes them when it likes.
    async fn claims(&self, found: &Found, token: &str) -> Result<Claims, Error> {
        let keys: Keys = answer(self.http.get(safe(&found.jwks_uri)?)).await?;
        let wrong = |e: jsonwebtoken::errors::Error| Error::Token(e.to_string());
        let wanted = jsonwebtoken::decode_header(token).map_err(wrong)?.kid;
        let keys = keys.keys.into_iter().filter_map(|key| serde_json::from_value::<Jwk>(key).ok());
        let fits = |key: &Jwk| {
            let named = wanted.is_none() || key.common.key_id == wanted;
            named && key.common.public_key_use != Some(PublicKeyUse::Encryption)
        };
        let nothing = || Error::Token("no such key".into());
        let key = keys.into_iter().find(fits).ok_or_else(nothing)?;
        let allowed = match &key.algorithm {
            AlgorithmParameters::RSA(_) => OF_RSA,
            AlgorithmParameters::EllipticCurve(_) => OF_CURVES,
            // a shared secret signs nothing that is published
            AlgorithmParameters::OctetKey(_) | AlgorithmParameters::OctetKeyPair(_) => {
                return Err(nothing());
            }
        };
        let mut rule = Validation::default();
        rule.algorithms = allowed.to_vec();
        rule.validate_exp = false;
        rule.set_audience(&[&self.settings.client]);
        rule.set_issuer(&[&found.issuer]);
        rule.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        let key = DecodingKey::from_jwk(&key).map_err(wrong)?;
        let claims = jsonwebtoken::decode::<Claims>(token, &key, &rule).map_err(wrong)?.claims;
        if claims.azp.is_empty() || claims.azp == self.settings.client {
            Ok(claims)
        } else {
            Err(Error::Token("made for another".into()))
        }
    }
}

/// An address over https, or on this machine.
fn safe(address: &str) -> Result<Url, Error> {
    let wrong = |why: &str| Error::Address(address.to_owned(), why.to_owned());
    let url = Url::parse(address).map_err(|e| wrong(&e.to_string()))?;
    let here = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
    if url.scheme() == "https" || (url.scheme() == "http" && here) {
        Ok(url)
    } else {
        Err(wrong("not https"))
    }
}

async fn answer<T: DeserializeOwned>(request: RequestBuilder) -> Result<T, Error> {
    let silent = |e: reqwest::Error| Error::Silent(e.without_url().to_string());
    let answer = request.send().await.map_err(silent)?;
    if !answer.status().is_success() {
        return Err(Error::Refused(answer.status().as_u16()));
    }
    answer.json().await.map_err(silent)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_provider_is_asked_over_https_only_or_on_this_machine() {
        for good in ["https://sso.example/realm", "http://127.0.0.1:9000", "http://localhost"] {
            assert!(safe(good).is_ok(), "{good}");
        }
        for bad in [
            "http://sso.example",
            "ftp://127.0.0.1",
            "sso.example",
            "http://127.0.0.1.evil.example",
        ] {
            let settings = Settings { issuer: bad.into(), ..Settings::default() };
            assert!(Provider::new(settings).is_err(), "{bad}");
        }
    }

    #[test]
    fn the_secret_is_not_printed() {
        let settings = Settings {
            issuer: "https://sso.example".into(),
            secret: "hush".into(),
            ..Settings::default()
        };
        let shown = format!("{:?}", Provider::new(settings).unwrap());
        assert!(shown.contains("sso.example") && !shown.contains("hush"), "{shown}");
    }

    #[test]
    fn a_second_factor_counts_where_the_provider_says_so() {
        let settings = Settings {
            issuer: "https://sso.example".into(),
            two_factors: "gold".into(),
            ..Settings::default()
        };
        let provider = Provider::new(settings).unwrap();
        let said = |json: &str| provider.two_factors(&serde_json::from_str(json).unwrap());
        assert!(said(r#"{"sub":"a","exp":1,"amr":["pwd","mfa"]}"#));
        assert!(said(r#"{"sub":"a","exp":1,"acr":"gold"}"#));
        assert!(!said(r#"{"sub":"a","exp":1,"amr":["pwd"],"acr":"silver"}"#));
        assert!(!said(r#"{"sub":"a","exp":1,"acr":""}"#));
    }
}
