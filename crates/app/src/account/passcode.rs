//! A telephone and a code sent to it: how jobseekers sign in. Every number is answered alike; the first
//! right code makes the account.

use chrono::TimeDelta;
use model::{
    Id, Refusal,
    access::Role,
    account::{Account, Attempt, Membership, Person, State, phone},
    notice::{Channel, Letter},
};
use serde_json::json;
use store::{Writer, account::Indexes};
use text::Lang;

use super::{
    door::{self, Device, Entry, Way, enter},
    note, sealed,
};
use crate::{App, Result, deed, notice, secret};

/// A code is good for so many minutes, and so many tries.
pub const MINUTES: i64 = 5;
const TRIES: i64 = 5;
/// Codes to one number: in a minute, an hour, a day.
const TO_PHONE: [(i64, i64); 3] = [(1, 1), (60, 5), (24 * 60, 10)];
/// Codes asked for from one browser in an hour: a whole family, or a clerk who helps a queue.
const FROM_DEVICE: i64 = 60;

/// Sends a code to a number; the message leaves after the deed.
pub async fn send(app: &App, device: &Device, number: &str, lang: Lang) -> Result<()> {
    let number = phone(number)?;
    if !app.settings().account.messages {
        return Err(Refusal::new("account.no_messages").field("phone").into());
    }
    let index = app.secret().digest("phone", &number);
    let from = app.secret().digest("device", &device.key);
    let code = digits();
    let digest = app.secret().digest("passcode", &format!("{index} {code}"));
    let args = [("code", code.as_str().into()), ("minutes", MINUTES.into())];
    let text = text::t(lang, "account.code_message", &args);
    let letter = Letter { to: number, subject: String::new(), text };
    deed!(app, &door::keeper(), "account.code", |w| {
        allowed(app, w, &index, &from).await?;
        let id = app.id::<Letter>().uuid();
        store::account::passcode::add(w, id, (&index, &from), &digest).await?;
        let until = w.at() + TimeDelta::minutes(MINUTES);
        notice::write(app, w, (Channel::Sms, &letter), until).await
    })
}

/// Refused where too many were sent: to the number, from the browser, or in all.
async fn allowed(app: &App, w: &mut Writer, index: &str, from: &str) -> Result<()> {
    let now = w.at();
    // whoever sends to the same number in the same moment waits here
    let door = app.secret().digest("door", &format!("code {index}"));
    store::account::failed(w, &door, Attempt { failures: 0, last_at: now }).await?;
    for (minutes, most) in TO_PHONE {
        let since = now - TimeDelta::minutes(minutes);
        if store::account::passcode::to_phone(w, index, since).await? >= most {
            let refusal = Refusal::new("account.code_often").field("phone");
            return Err(refusal.arg("minutes", minutes.to_string()).into());
        }
    }
    let hour = now - TimeDelta::hours(1);
    let (device, all) = (
        store::account::passcode::from_device(w, from, hour).await?,
        store::account::passcode::all(w, hour).await?,
    );
    if all >= app.settings().account.codes_an_hour {
        tracing::error!(all, "more codes were asked for in an hour than are ever needed");
    }
    if device >= FROM_DEVICE || all >= app.settings().account.codes_an_hour {
        let refusal = Refusal::new("account.code_often").field("phone");
        return Err(refusal.arg("minutes", "60").into());
    }
    Ok(())
}

/// Six digits, any with the same chance.
fn digits() -> String {
    let bytes = secret::random();
    let number = bytes.first_chunk().map_or(0, |b| u64::from_be_bytes(*b));
    format!("{:06}", number % 1_000_000)
}

/// Signs in with the code that was sent to a number.
pub async fn check(app: &App, device: &Device, number: &str, typed: &str) -> Result<Entry> {
    let number = phone(number)?;
    let index = app.secret().digest("phone", &number);
    let typed: String = typed.chars().filter(char::is_ascii_digit).collect();
    let digest = app.secret().digest("passcode", &format!("{index} {typed}"));
    let right = deed!(app, &door::keeper(), "account.code", |w| {
        let since = w.at() - TimeDelta::minutes(MINUTES);
        let sent = store::account::passcode::try_newest(w, &index, since).await?;
        let Some(sent) = sent.filter(|sent| sent.tries <= TRIES && sent.digest == digest) else {
            return Ok(false);
        };
        Ok(store::account::passcode::used(w, sent.id).await?)
    })?;
    if !right {
        return Err(Refusal::new("account.code_wrong").field("code").into());
    }
    let account = match of_phone(app, &index).await? {
        Some(account) => account,
        None => register(app, &number, &index).await?,
    };
    if account.state == State::Closed {
        return Err(Refusal::new("account.code_wrong").field("code").into());
    }
    enter(app, device, &account, Way::Code).await
}

async fn of_phone(app: &App, index: &str) -> Result<Option<Account>> {
    Ok(store::account::of_phone(&mut app.db().read().await?, index).await?)
}

/// Somebody comes for the first time.
async fn register(app: &App, number: &str, index: &str) -> Result<Account> {
    let id: Id<Account> = app.id();
    let person = Person { phone: number.to_owned(), ..Person::default() };
    let sealed = sealed(app, id, &person).await?;
    let by = Indexes { login: String::new(), phone: index.to_owned() };
    let made = deed!(app, &door::keeper(), "account.code", |w| {
        let account = super::fresh(w, id, sealed.clone(), ("", false));
        store::account::add(w, &account, &by).await?;
        let membership = Membership {
            id: app.id(),
            account_id: id,
            role: Role::Jobseeker,
            organisation_id: None,
            employer_id: None,
            jobseeker_id: None,
            valid_from: w.at(),
            valid_to: None,
        };
        store::account::appoint(w, &membership).await?;
        note(w, id, json!({ "role": Role::Jobseeker }));
        Ok(account)
    });
    match made {
        // in the same moment on another page
        Err(error) if error.is_collision() => of_phone(app, index).await?.ok_or(error),
        made => made,
    }
}
