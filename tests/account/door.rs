//! Stories of the door itself: no cookie of before opens anything after, and no answer tells whether
//! there is such an account.

use std::{
    io::{self, Write},
    sync::{Arc, Mutex},
};

use model::access::Role;
use serde_json::json;
use tracing_subscriber::{EnvFilter, util::SubscriberInitExt as _};

use super::{cookies, of_secret, renewed, sign_in};
use crate::world::{
    Answer, World, both,
    people::{Member, PASSWORD},
};

/// A cookie that somebody chose for another.
const PLANTED: &str =
    "__Host-session=00000000000000000000000000000000000000000000000000000000000000aa; device=d";

/// The code that was sent last.
async fn code(world: &World) -> String {
    let letter = app::notice::mailbox(&world.app).await.unwrap().remove(0).1;
    letter.text.chars().filter(char::is_ascii_digit).take(6).collect()
}

/// The session of an answer, which is none of those before; these open nothing now.
async fn fresh(world: &World, answer: &Answer, before: &[&str]) -> String {
    let session = answer.cookie("__Host-session").unwrap();
    assert!(session.len() == 64 && before.iter().all(|old| !old.contains(&session)));
    for old in before {
        world.stranger().with("cookie", old).get("/account").await.is(403);
    }
    cookies(answer)
}

#[tokio::test]
async fn the_door_for_telephones_gives_a_new_cookie_on_the_page_and_to_programs() {
    both(async |world| {
        let network = world.network().await;
        let clerk = world.staff(Role::Clerk, network.qinzhou).await;
        let phone = [("phone", "13800138000")];
        world.stranger().with("cookie", PLANTED).form("/sign-in/code", &phone).await.is(200);
        let typed = [phone[0], ("code", &code(world).await)];
        let asking = world.stranger().with("cookie", PLANTED);
        let answer = asking.form("/sign-in/code/check", &typed).await.is(303);
        fresh(world, &answer, &[PLANTED]).await;
        // a browser in which somebody else is signed in: that is over
        world.at("2026-11-22T00:32:00Z");
        world.by(&clerk).form("/sign-in/code", &phone).await.is(200);
        let typed = [phone[0], ("code", &code(world).await)];
        let answer = world.by(&clerk).form("/sign-in/code/check", &typed).await.is(303);
        fresh(world, &answer, &[&clerk.cookie]).await;
        // and for programs that stand for a page
        let other = world.staff(Role::Clerk, network.qinzhou).await;
        for (planted, number) in [(PLANTED, "13800138001"), (&other.cookie, "13800138002")] {
            let phone = json!({ "phone": number });
            as_program(world, planted, "/api/v1/sign-in/code", &phone).await.is(204);
            let body = json!({ "phone": number, "code": code(world).await });
            let answer = as_program(world, planted, "/api/v1/sign-in", &body).await.is(200);
            fresh(world, &answer, &[planted]).await;
        }
    })
    .await;
}

async fn as_program(world: &World, kept: &str, path: &str, body: &serde_json::Value) -> Answer {
    let asking = world.stranger().with("cookie", kept);
    asking.post(path, "application/json", body.to_string()).await
}

#[tokio::test]
async fn every_step_further_and_every_change_of_secrets_gives_a_new_cookie() {
    both(async |world| {
        let network = world.network().await;
        let mut clerk = world.staff(Role::Clerk, network.qinzhou).await;
        let elsewhere = world.in_again(&clerk).await;
        // the six digits, set up on the own page
        let secret = app::account::second::secret_text();
        let now = of_secret(world, &secret);
        let set = [("secret", secret.as_str()), ("digits", &now), ("password", PASSWORD)];
        let answer = world.by(&clerk).form("/account/second", &set).await.is(200);
        fresh(world, &answer, &[&clerk.cookie, &elsewhere.cookie]).await;
        clerk.cookie = renewed(&clerk, &answer);
        world.by(&clerk).get("/account").await.is(200);
        // another password
        let chosen = [("old", PASSWORD), ("password", "anchor velvet 71 tulip")];
        let answer = world.by(&clerk).form("/account/password", &chosen).await.is(200);
        fresh(world, &answer, &[&clerk.cookie]).await;
        // the door, step by step: what a half-way cookie was is nothing afterwards
        let entered = sign_in(world, &clerk.login, "anchor velvet 71 tulip").await.is(303);
        let half = cookies(&entered);
        world.at("2026-11-22T00:31:00Z");
        let typed = of_secret(world, &secret);
        let asking = world.stranger().with("cookie", &half);
        let answer = asking.form("/sign-in/digits", &[("digits", &typed)]).await.is(303);
        let whole = fresh(world, &answer, &[&half]).await;
        world.stranger().with("cookie", &whole).get("/jobseekers").await.is(200);
        // another of the things one is
        let other = app::account::Seat {
            role: Some(Role::Caseworker),
            organisation: Some(network.qinzhou),
            employer: None,
        };
        let program = model::access::Actor::program("story");
        let to =
            app::account::appoint(&world.app, &program, clerk.membership, other).await.unwrap();
        let asking = world.stranger().with("cookie", &whole);
        let to = to.to_string();
        let answer = asking.form("/account/switch", &[("membership", &to)]).await.is(303);
        fresh(world, &answer, &[&whole]).await;
    })
    .await;
}

/// Keeps what is written to the log.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What was done while this was answered: deeds and passwords worked on, in their order, without times.
async fn work(asked: impl Future<Output = Answer>) -> Vec<String> {
    let kept = Kept::default();
    let writer = kept.clone();
    let wanted: EnvFilter = "deed=info,app::account::password=trace".parse().unwrap();
    let guard = tracing_subscriber::fmt()
        .with_env_filter(wanted)
        .with_ansi(false)
        .without_time()
        .with_writer(move || writer.clone())
        .finish()
        .set_default();
    let status = asked.await.status.to_string();
    drop(guard);
    let lines = String::from_utf8(kept.0.lock().unwrap().clone()).unwrap();
    let plain = |line: &str| line.split(" ms=").next().unwrap().trim().to_owned();
    std::iter::once(status).chain(lines.lines().map(plain)).collect()
}

/// Two clerks of an office; the second's account is closed.
async fn open_and_closed(world: &World) -> (Member, Member) {
    let network = world.network().await;
    let admin = world.staff(Role::OfficeAdministrator, network.qinzhou).await;
    let open = world.staff(Role::Clerk, network.qinzhou).await;
    let closed = world.staff(Role::Clerk, network.qinzhou).await;
    let path = format!("/accounts/{}/change", closed.membership);
    world.by(&admin).form(&path, &[("what", "close")]).await.is(303);
    (open, closed)
}

#[tokio::test]
async fn as_much_is_done_for_what_is_unknown_as_for_what_is_known() {
    both(async |world| {
        let (open, closed) = open_and_closed(world).await;
        let known = work(sign_in(world, &open.login, "not the password")).await;
        let worked = |line: &&String| line.contains("a password is worked on");
        assert_eq!(known.iter().filter(worked).count(), 1, "{known:?}");
        assert!(known.iter().any(|line| line.contains("account.attempt")), "{known:?}");
        assert_eq!(known, work(sign_in(world, "nobody.at.all", "not the password")).await);
        assert_eq!(known, work(sign_in(world, "?", "not the password")).await);
        assert_eq!(known, work(sign_in(world, &closed.login, PASSWORD)).await);
        // a number that somebody has come with before, and one that nobody has
        let phone = "13800138000";
        world.stranger().form("/sign-in/code", &[("phone", phone)]).await.is(200);
        let typed = [("phone", phone), ("code", &code(world).await)];
        world.stranger().form("/sign-in/code/check", &typed).await.is(303);
        let wrong = async |phone: &str| {
            let typed = [("phone", phone), ("code", "1")];
            work(world.stranger().form("/sign-in/code/check", &typed)).await
        };
        let known = wrong(phone).await;
        assert!(known.iter().any(|line| line.contains("account.code")), "{known:?}");
        assert_eq!(known, wrong("13800138009").await);
        world.at("2026-11-22T00:40:00Z");
        let sent = async |phone: &str| {
            work(world.stranger().form("/sign-in/code", &[("phone", phone)])).await
        };
        assert_eq!(sent(phone).await, sent("13800138009").await);
    })
    .await;
}

/// All that an answer says: status, words, headers and what cookies it sets, but for what is new in
/// every answer.
fn said(answer: &Answer, name: &str) -> String {
    let header = |(key, value): (&axum::http::HeaderName, &axum::http::HeaderValue)| {
        let value = value.to_str().unwrap();
        match key.as_str() {
            "x-request-id" | "date" => format!("{key}"),
            "set-cookie" => {
                let (pair, rest) = value.split_once(';').unwrap();
                format!("{key}: {}; {rest}", pair.split_once('=').unwrap().0)
            }
            _ => format!("{key}: {value}"),
        }
    };
    let mut headers: Vec<String> = answer.headers.iter().map(header).collect();
    headers.sort();
    let text = answer.text().replace(name, "-");
    // the last of a problem's parts is the request's number
    let text = text.split(",\"request\":").next().unwrap_or_default();
    format!("{}\n{}\n{text}", answer.status, headers.join("\n"))
}

#[tokio::test]
async fn a_wrong_password_is_answered_alike_for_open_closed_and_unknown_accounts() {
    both(async |world| {
        let (open, closed) = open_and_closed(world).await;
        let unknown = format!("clerk.{}", world.app.id::<()>().uuid().simple());
        // seven wrong tries each: five are looked at, then the door is closed
        let mut all = vec![];
        // of the closed account even the right password
        let no = "not the password";
        for (login, password) in [(&open.login, no), (&closed.login, PASSWORD), (&unknown, no)] {
            let mut one = vec![];
            for _ in 0..7 {
                one.push(said(&sign_in(world, login, password).await.is(422), login));
            }
            assert_ne!(one[4], one[5], "locked");
            all.push(one);
        }
        assert_eq!(all[0], all[2], "open and unknown");
        assert_eq!(all[1], all[2], "closed and unknown");
    })
    .await;
}

#[tokio::test]
async fn a_number_with_an_account_is_answered_like_one_without() {
    both(async |world| {
        let known = "13800138000";
        world.stranger().form("/sign-in/code", &[("phone", known)]).await.is(200);
        let typed = [("phone", known), ("code", &code(world).await)];
        world.stranger().form("/sign-in/code/check", &typed).await.is(303);
        world.at("2026-11-22T00:40:00Z");
        let (mut asked, mut wrong, mut soon) = (vec![], vec![], vec![]);
        for phone in [known, "13800138009"] {
            let send = async || world.stranger().form("/sign-in/code", &[("phone", phone)]).await;
            asked.push(said(&send().await.is(200), phone));
            soon.push(said(&send().await.is(422), phone));
            let right = code(world).await;
            let other = if right == "000000" { "000001" } else { "000000" };
            let typed = [("phone", phone), ("code", other)];
            let answer = world.stranger().form("/sign-in/code/check", &typed).await.is(422);
            wrong.push(said(&answer, phone));
            let body = json!({ "phone": phone, "code": other }).to_string();
            let path = "/api/v1/sign-in";
            let answer = world.stranger().post(path, "application/json", body).await.is(422);
            wrong.push(said(&answer, phone));
        }
        assert_eq!(asked[0], asked[1]);
        assert_eq!(soon[0], soon[1]);
        assert_eq!(wrong[..2], wrong[2..]);
    })
    .await;
}

#[tokio::test]
async fn the_old_password_is_not_guessed_at_a_screen_that_was_left_open() {
    both(async |world| {
        let network = world.network().await;
        let clerk = world.staff(Role::Clerk, network.qinzhou).await;
        let change = async |old: &str| {
            let chosen = [("old", old), ("password", "anchor velvet 71 tulip")];
            world.by(&clerk).form("/account/password", &chosen).await.is(422).text()
        };
        for _ in 0..5 {
            assert!(!change("not the password").await.contains("分钟后"));
        }
        // closed, to the right one as well, and for what else asks for the password again
        assert!(change(PASSWORD).await.contains("分钟后"));
        let secret = app::account::second::secret_text();
        let now = of_secret(world, &secret);
        let set = [("secret", secret.as_str()), ("digits", &now), ("password", PASSWORD)];
        world.by(&clerk).form("/account/second", &set).await.is(422);
    })
    .await;
}
