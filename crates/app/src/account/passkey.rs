//! Passkeys: a second factor that a browser and its authenticator show in the place of six digits. They
//! stand beside the digits, never alone: who has lost the one signs in with the other, and a browser
//! that knows no passkeys asks for digits as before. 通行密钥

mod cbor;
mod proof;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use model::{
    Id, Refusal,
    access::Actor,
    account::{
        Account, Login,
        passkey::{self, MOST, Passkey},
    },
};
use serde_json::{Value, json};

use self::proof::Key;
use super::{
    door::{self, Device, Entry},
    note, password, person,
};
use crate::{App, Error, Result, deed, secret};

/// A question is good for so long.
const PATIENCE: TimeDelta = TimeDelta::minutes(5);
/// What a question is asked for.
const ADD: &str = "add";
const SHOW: &str = "show";

/// Where passkeys are for: as browsers name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// `https://jobs.example:8443`
    origin: String,
    /// `jobs.example`
    rp: String,
}

impl Site {
    /// Of the site's own address; `None` where browsers know no passkeys: without https, but for a machine's
    /// own name, and at a bare number.
    pub fn of(address: &str) -> Option<Self> {
        let address = address.trim_end_matches('/').to_ascii_lowercase();
        let (scheme, host) = address.split_once("://")?;
        let rp = host.split(':').next().filter(|rp| !rp.is_empty())?;
        let plain = rp.chars().all(|c| c.is_ascii_alphanumeric() || ".-".contains(c));
        let named = rp.rsplit('.').next()?.chars().any(|c| c.is_ascii_alphabetic());
        let safe = scheme == "https" || (scheme == "http" && rp == "localhost");
        let usual = if scheme == "https" { ":443" } else { ":80" };
        let origin = address.strip_suffix(usual).unwrap_or(&address).to_owned();
        (plain && named && safe).then(|| Self { origin, rp: rp.to_owned() })
    }
}

/// What an authenticator shows of a key that it has just made, each part in base64url.
pub struct Made<'a> {
    pub client: &'a str,
    pub attestation: &'a str,
    /// What its owner calls it.
    pub name: &'a str,
}

/// What it shows at the door, likewise.
pub struct Shown<'a> {
    pub credential: &'a str,
    pub client: &'a str,
    pub data: &'a str,
    pub signature: &'a str,
}

/// A new question of a sign-in: what the authenticator has to sign.
async fn ask(app: &App, login: Id<Login>, purpose: &str) -> Result<String> {
    let question = URL_SAFE_NO_PAD.encode(secret::random());
    let digest = app.secret().digest("passkey question", &question);
    deed!(app, &door::keeper(), "account.attempt", |w| {
        Ok(store::account::passkey::ask(w, login, purpose, &digest).await?)
    })?;
    Ok(question)
}

/// Takes the question that was answered; each is good once, right or wrong.
async fn asked(app: &App, login: Id<Login>, purpose: &str, question: &str) -> Result<()> {
    let digest = app.secret().digest("passkey question", question);
    let taken = deed!(app, &door::keeper(), "account.attempt", |w| {
        let since = w.at() - PATIENCE;
        Ok(store::account::passkey::take(w, (login, purpose), &digest, since).await?)
    })?;
    if taken { Ok(()) } else { Err(Refusal::new("passkey.late").into()) }
}

/// What the browser is asked for a new passkey, by somebody who says the password again.
pub async fn begin(
    app: &App,
    site: &Site,
    (id, login): (Id<Account>, Id<Login>),
    (typed, name): (&str, &str),
) -> Result<Value> {
    passkey::name(name)?;
    let mut r = app.db().read().await?;
    let account = store::account::find(&mut r, id).await?;
    let known = store::account::passkey::of_account(&mut r, id).await?;
    drop(r);
    password::again(app, &account, typed, "password").await?;
    room(&account, &known)?;
    let question = ask(app, login, ADD).await?;
    let who = person(app, &account).await?;
    let kinds = proof::KINDS.map(|kind| json!({ "type": "public-key", "alg": kind }));
    Ok(json!({
        "challenge": question,
        "rp": { "id": site.rp, "name": "Jinqiao 金桥" },
        // tells an authenticator of the account nothing but that it is the same
        "user": { "id": handle(app, id), "name": who.login, "displayName": who.name },
        "pubKeyCredParams": kinds,
        "excludeCredentials": listed(&known),
        "authenticatorSelection": { "residentKey": "discouraged", "userVerification": "preferred" },
        "attestation": "none",
        "timeout": PATIENCE.num_milliseconds(),
    }))
}

/// May the account have one more?
fn room(account: &Account, known: &[Passkey]) -> Result<()> {
    if account.second.is_none() {
        return Err(Refusal::new("passkey.digits_first").into());
    }
    if known.len() >= MOST {
        return Err(Refusal::new("passkey.most").arg("most", MOST.to_string()).into());
    }
    Ok(())
}

fn handle(app: &App, id: Id<Account>) -> String {
    let digest = app.secret().digest("passkey user", &id.uuid().to_string());
    URL_SAFE_NO_PAD.encode(digest.bytes().take(32).collect::<Vec<u8>>())
}

fn listed(known: &[Passkey]) -> Vec<Value> {
    let one = |key: &Passkey| {
        let id = URL_SAFE_NO_PAD.encode(&key.credential);
        json!({ "type": "public-key", "id": id })
    };
    known.iter().map(one).collect()
}

fn decoded(text: &str) -> Result<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).map_err(|_| wrong("base64url"))
}

fn wrong(why: proof::Wrong) -> Error {
    tracing::warn!(why, "what an authenticator shows does not add up");
    Refusal::new("passkey.wrong").into()
}

/// Keeps a passkey that was made for the question.
pub async fn add(
    app: &App,
    actor: &Actor,
    site: &Site,
    (id, login): (Id<Account>, Id<Login>),
    shown: &Made<'_>,
) -> Result<()> {
    let name = passkey::name(shown.name)?;
    let (client, object) = (decoded(shown.client)?, decoded(shown.attestation)?);
    let question = proof::question(&client, "webauthn.create", site).map_err(wrong)?;
    asked(app, login, ADD, &question).await?;
    let data = proof::unattested(&object).map_err(wrong)?;
    let told = proof::told(data, site).map_err(wrong)?;
    let (credential, key) = told.made.ok_or("no key").map_err(wrong)?;
    Key::read(key).ok_or("kind of key").map_err(wrong)?;
    let kept = deed!(app, actor, "account.secure", |w| {
        let account = store::account::find(w, id).await?;
        room(&account, &store::account::passkey::of_account(w, id).await?)?;
        let one = Passkey {
            id: app.id(),
            account_id: id,
            credential: credential.to_vec(),
            public_key: key.to_vec(),
            counter: told.counter,
            name: name.clone(),
            made_at: w.at(),
            used_at: None,
            doubted_at: None,
        };
        store::account::passkey::add(w, &one).await?;
        note(w, id, json!({ "passkey": one.id }));
        Ok(())
    });
    match kept {
        Err(error) if error.is_collision() => Err(Refusal::new("passkey.known").into()),
        kept => kept,
    }
}

/// One of an account's own.
pub async fn own(app: &App, account: Id<Account>, id: Id<Passkey>) -> Result<Passkey> {
    let all = store::account::passkey::of_account(&mut app.db().read().await?, account).await?;
    all.into_iter().find(|key| key.id == id).ok_or(Error::Absent("passkey"))
}

/// Removes one of the actor's own, who types the digits (or a code from paper) for it. They stay, so nobody
/// is left without a second factor.
pub async fn remove(
    app: &App,
    (actor, device): (&Actor, &Device),
    account: Id<Account>,
    (id, typed): (Id<Passkey>, &str),
) -> Result<()> {
    own(app, account, id).await?;
    door::second(app, device, account, typed).await?;
    deed!(app, actor, "account.secure", |w| {
        if !store::account::passkey::remove(w, account, id).await? {
            return Err(Error::Absent("passkey"));
        }
        note(w, account, json!({ "passkey_removed": id }));
        Ok(())
    })
}

/// What the browser is asked at the door, after the password.
pub async fn challenge(app: &App, site: &Site, login: &Login) -> Result<Value> {
    let id = login.account_id;
    let known = store::account::passkey::of_account(&mut app.db().read().await?, id).await?;
    if known.is_empty() {
        return Err(Error::Absent("passkey"));
    }
    let question = ask(app, login.id, SHOW).await?;
    Ok(json!({
        "challenge": question,
        "rpId": site.rp,
        "allowCredentials": listed(&known),
        "userVerification": "preferred",
        "timeout": PATIENCE.num_milliseconds(),
    }))
}

/// The second step with a passkey, counted as the six digits are.
pub async fn show(
    app: &App,
    device: &Device,
    site: &Site,
    login: &Login,
    shown: &Shown<'_>,
) -> Result<Entry> {
    let id = login.account_id;
    let index = id.uuid().to_string();
    let door = door::door(app, Some(id), ("second", &index), device).await?;
    door::knock(app, &door).await?;
    let client = decoded(shown.client)?;
    let question = proof::question(&client, "webauthn.get", site).map_err(wrong)?;
    asked(app, login.id, SHOW, &question).await?;
    let (credential, data) = (decoded(shown.credential)?, decoded(shown.data)?);
    let signature = decoded(shown.signature)?;
    let told = proof::told(&data, site).map_err(wrong)?;
    let went_on = deed!(app, &door::keeper(), "account.sign_in", |w| {
        let held = store::account::passkey::hold(w, id, &credential).await?;
        let held = held.ok_or("credential of another").map_err(wrong)?;
        let key = Key::read(&held.public_key).ok_or("kept key").map_err(wrong)?;
        if !key.signed(&data, &client, &signature) {
            return Err(wrong("signature"));
        }
        let went_on = passkey::goes_on(held.counter, told.counter);
        if went_on {
            store::account::passkey::used(w, held.id, told.counter).await?;
            store::account::forget(w, &door).await?;
        } else {
            // kept, and shown to its owner: somebody may hold a copy
            store::account::passkey::doubt(w, held.id).await?;
            note(w, id, json!({ "passkey_doubted": held.id }));
        }
        Ok(went_on)
    })?;
    if !went_on {
        return Err(Refusal::new("passkey.copied").into());
    }
    door::further(app, device, login, true).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passkeys_are_for_https_and_for_the_machine_itself() {
        let of = |address| Site::of(address).map(|site| (site.origin, site.rp));
        let site = |origin: &str, rp: &str| Some((origin.to_owned(), rp.to_owned()));
        assert_eq!(of("https://Jobs.example/"), site("https://jobs.example", "jobs.example"));
        assert_eq!(of("https://jobs.example:443"), site("https://jobs.example", "jobs.example"));
        let port = of("https://jobs.example:8443");
        assert_eq!(port, site("https://jobs.example:8443", "jobs.example"));
        assert_eq!(of("http://localhost:8080"), site("http://localhost:8080", "localhost"));
        for none in
            ["http://jobs.example", "https://10.0.0.1", "http://127.0.0.1:80", "https://[::1]", ""]
        {
            assert_eq!(of(none), None, "{none}");
        }
    }
}
