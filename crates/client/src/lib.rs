//! Calling out: messages through gateways, sign-in at a provider. One file for each kind of service; nothing here
//! knows a deed.

pub mod gateway;
pub mod provider;

/// What can go wrong with a service of somebody else's.
#[derive(thiserror::Error, Debug)]
pub enum Error {
    /// The address in the settings is none.
    #[error("{0}: {1}")]
    Address(String, String),
    /// It does not answer, or not in time. The cause never holds what was sent.
    #[error("no answer: {0}")]
    Silent(String),
    /// It answers that it did not.
    #[error("refused with status {0}")]
    Refused(u16),
    /// A token that cannot be believed. Never holds the token.
    #[error("the token does not hold: {0}")]
    Token(String),
}
