//! Text messages through the operator's gateway: one HTTP call a message, `{"phone", "text"}`.

use std::time::Duration;

use reqwest::{Client, Url, redirect::Policy};
use serde::Serialize;

use crate::Error;

/// The gateway, as the settings name it.
#[derive(Clone, Debug)]
pub struct Gateway {
    http: Client,
    url: Url,
    token: String,
}

#[derive(Serialize)]
struct Message<'a> {
    phone: &'a str,
    text: &'a str,
}

/// A gateway that has not answered by then is not waited for.
const PATIENCE: Duration = Duration::from_secs(10);

impl Gateway {
    /// Where messages go, and the token that the gateway knows us by.
    pub fn new(url: &str, token: &str) -> Result<Self, Error> {
        let wrong = |e: &dyn std::fmt::Display| Error::Address(url.to_owned(), e.to_string());
        let parsed = Url::parse(url).map_err(|e| wrong(&e))?;
        // a second gateway finds it set already
        drop(rustls::crypto::ring::default_provider().install_default());
        let http = Client::builder().timeout(PATIENCE).redirect(Policy::none());
        let http = http.build().map_err(|e| wrong(&e))?;
        Ok(Self { http, url: parsed, token: token.to_owned() })
    }

    /// Hands a message over. Success means that the gateway has taken it.
    pub async fn send(&self, phone: &str, text: &str) -> Result<(), Error> {
        let request = self.http.post(self.url.clone()).bearer_auth(&self.token);
        let sent = request.json(&Message { phone, text }).send().await;
        let answer = sent.map_err(|e| Error::Silent(e.without_url().to_string()))?;
        match answer.status() {
            status if status.is_success() => Ok(()),
            status => Err(Error::Refused(status.as_u16())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_is_none_is_named() {
        let error = Gateway::new("gateway", "t").unwrap_err().to_string();
        assert!(error.starts_with("gateway: "), "{error}");
        assert!(Gateway::new("https://sms.example/send", "t").is_ok());
    }
}
