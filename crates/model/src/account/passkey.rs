//! A passkey: a key that an authenticator keeps for this site, shown besides the password. 通行密钥

use chrono::{DateTime, Utc};

use super::Account;
use crate::{Id, Refusal};

/// So many may an account have.
pub const MOST: usize = 10;

#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Passkey {
    pub id: Id<Passkey>,
    pub account_id: Id<Account>,
    /// What the authenticator calls it.
    pub credential: Vec<u8>,
    /// As the authenticator told it: a `COSE_Key`.
    pub public_key: Vec<u8>,
    /// How often it has signed, where the authenticator counts.
    pub counter: i64,
    pub name: String,
    pub made_at: DateTime<Utc>,
    pub used_at: Option<DateTime<Utc>>,
    /// When its count went back: somebody may hold a copy.
    pub doubted_at: Option<DateTime<Utc>>,
}

/// What its owner calls it: 1 to 40 characters.
pub fn name(text: &str) -> Result<String, Refusal> {
    let name = text.trim();
    if name.is_empty() || name.chars().count() > 40 || name.chars().any(char::is_control) {
        return Err(Refusal::new("passkey.name_shape").field("name"));
    }
    Ok(name.to_owned())
}

/// Is this the count of the authenticator that counted `before`? One that does not count says 0 always.
pub const fn goes_on(before: i64, now: i64) -> bool {
    (before == 0 && now == 0) || now > before
}
