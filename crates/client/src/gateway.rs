//! Messages through the operator's gateway: one HTTP call a message.

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

/// What it is handed: the body of the call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Message<'a> {
    Sms { phone: &'a str, text: &'a str },
    Mail { mail: &'a str, subject: &'a str, text: &'a str },
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
    pub async fn send(&self, message: &Message<'_>) -> Result<(), Error> {
        let request = self.http.post(self.url.clone()).bearer_auth(&self.token);
        let sent = request.json(message).send().await;
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

    #[test]
    fn a_message_is_what_the_gateway_of_its_kind_expects() {
        let of = |message| serde_json::to_string(&message).unwrap();
        let sms = Message::Sms { phone: "13800138000", text: "码" };
        assert_eq!(of(sms), r#"{"phone":"13800138000","text":"码"}"#);
        let mail = Message::Mail { mail: "a@b.example", subject: "面试", text: "请确认" };
        assert_eq!(of(mail), r#"{"mail":"a@b.example","subject":"面试","text":"请确认"}"#);
    }
}
