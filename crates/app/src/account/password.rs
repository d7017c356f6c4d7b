//! Passwords: argon2id, a few at a time, off the threads that answer. 口令

use argon2::{
    Algorithm, Argon2, Params, PasswordHasher as _, PasswordVerifier as _, Version,
    password_hash::phc::PasswordHash,
};
use model::{Refusal, account::Account};
use tokio::sync::Semaphore;

use super::{
    Rules,
    door::{self, Device},
};
use crate::{App, Error, Result, blocking, deed};

/// Longer ones cost more to hash than they are worth.
const LONGEST: usize = 128;
const SHORTEST: usize = 8;

/// Only so many are hashed at once: each takes memory on purpose.
pub(crate) struct Kiln(Semaphore);

impl Kiln {
    pub(crate) fn new(rules: &Rules) -> Self {
        Self(Semaphore::new(rules.passwords_at_once.max(1)))
    }
}

fn argon(rules: &Rules) -> Result<Argon2<'static>> {
    let (memory, passes) = (rules.password_memory_kib, rules.password_passes);
    let params = Params::new(memory, passes, 1, None).map_err(Error::broken)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// Does the work of one password, off the threads that answer and not too many at once.
async fn burnt<T: Send + 'static>(
    app: &App,
    work: impl FnOnce(Argon2<'static>) -> Result<T> + Send + 'static,
) -> Result<T> {
    let argon = argon(&app.settings().account)?;
    let _place = app.0.kiln.0.acquire().await.map_err(Error::broken)?;
    tracing::trace!("a password is worked on");
    blocking(move || work(argon)).await?
}

/// The text that is kept of a password.
pub(super) async fn hashed(app: &App, password: &str) -> Result<String> {
    let bytes = password.to_owned();
    burnt(app, move |argon| {
        let hash = argon.hash_password(bytes.as_bytes()).map_err(Error::broken)?;
        Ok(hash.to_string())
    })
    .await
}

/// Is it the password of `kept`? Where there is none, it takes as long to say no.
pub(super) async fn fits(app: &App, password: &str, kept: Option<&str>) -> Result<bool> {
    if password.len() > LONGEST * 4 {
        return Ok(false);
    }
    let Some(kept) = kept.filter(|kept| !kept.is_empty()).map(str::to_owned) else {
        hashed(app, password).await?;
        return Ok(false);
    };
    let bytes = password.to_owned();
    burnt(app, move |argon| {
        let hash = PasswordHash::new(&kept).map_err(Error::broken)?;
        Ok(argon.verify_password(bytes.as_bytes(), &hash).is_ok())
    })
    .await
}

/// The password once more from somebody who is signed in, counted as at the door: whoever sits down at
/// a screen that was left open guesses no better than a stranger.
pub(super) async fn again(
    app: &App,
    account: &Account,
    typed: &str,
    field: &'static str,
) -> Result<()> {
    let index = account.id.uuid().to_string();
    let door = door::door(app, None, ("renew", &index), &Device::default()).await?;
    door::knock(app, &door).await?;
    if !fits(app, typed, Some(&account.password)).await? {
        return Err(Refusal::new("account.password_wrong").field(field).into());
    }
    deed!(app, &door::keeper(), "account.attempt", |w| {
        Ok(store::account::forget(w, &door).await?)
    })
}

/// Refuses what is guessed easily, with the person's own words known to whoever guesses.
pub fn strong(app: &App, password: &str, own: &[&str]) -> Result<(), Refusal> {
    let length = password.chars().count();
    if !(SHORTEST..=LONGEST).contains(&length) {
        let refusal = Refusal::new("account.password_length").field("password");
        let refusal = refusal.arg("least", SHORTEST.to_string());
        return Err(refusal.arg("most", LONGEST.to_string()));
    }
    let own: Vec<&str> = own.iter().copied().chain(["jinqiao", "金桥"]).collect();
    let score = u8::from(zxcvbn::zxcvbn(password, &own).score());
    if score < app.settings().account.password_score {
        return Err(Refusal::new("account.password_weak").field("password"));
    }
    Ok(())
}
