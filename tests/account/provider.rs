//! Stories of signing in at a bureau's own provider; a small one is made for them, with a key of its own.

mod key;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use app::{Provider, ProviderSettings};
use axum::{
    Form, Json, Router,
    extract::State,
    http::{HeaderMap, StatusCode},
    routing::{get, post},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use model::access::Role;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use self::key::Key;
use super::cookies;
use crate::world::{Answer, World, both_at, people::Member};

/// What was promised for a code: the challenge that the verifier must fit, and the token.
struct Promise {
    challenge: String,
    token: String,
}

/// The provider.
#[derive(Clone)]
struct Bureau(Arc<Inner>);

struct Inner {
    issuer: String,
    key: Key,
    promises: Mutex<HashMap<String, Promise>>,
}

/// Whom and how a token means.
struct Means<'a> {
    subject: &'a str,
    /// Claims that are otherwise than they should be.
    wrong: Value,
    key: Option<&'a Key>,
}

impl<'a> Means<'a> {
    fn of(subject: &'a str) -> Self {
        Self { subject, wrong: json!({}), key: None }
    }
}

impl Bureau {
    async fn open() -> Self {
        Self::signing_with(Key::new()).await
    }

    async fn signing_with(key: Key) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let inner = Inner { issuer, key, promises: Mutex::default() };
        let bureau = Self(Arc::new(inner));
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(told))
            .route("/keys", get(keys))
            .route("/token", post(token))
            .with_state(bureau.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        bureau
    }

    fn provider(&self) -> Provider {
        let settings = ProviderSettings {
            issuer: self.0.issuer.clone(),
            client: "jinqiao".into(),
            secret: "open sesame".into(),
            name: "政务统一认证".into(),
            ..ProviderSettings::default()
        };
        Provider::new(settings).unwrap()
    }

    /// Somebody proves at the provider who they are: the code with which it sends them back.
    fn agree(&self, world: &World, asked: &HashMap<String, String>, means: &Means<'_>) -> String {
        let now = world.app.now().timestamp();
        let mut claims = json!({
            "iss": self.0.issuer, "aud": "jinqiao", "sub": means.subject, "nonce": asked["nonce"],
            "iat": now, "exp": now + 300,
        });
        for (name, value) in means.wrong.as_object().unwrap() {
            claims[name] = value.clone();
        }
        let token = means.key.unwrap_or(&self.0.key).token(&claims);
        let code = app::secret::token();
        let promise = Promise { challenge: asked["code_challenge"].clone(), token };
        self.0.promises.lock().unwrap().insert(code.clone(), promise);
        code
    }
}

async fn told(State(bureau): State<Bureau>) -> Json<Value> {
    let issuer = &bureau.0.issuer;
    Json(json!({
        "issuer": issuer, "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"), "jwks_uri": format!("{issuer}/keys"),
    }))
}

async fn keys(State(bureau): State<Bureau>) -> Json<Value> {
    let unknown = json!({ "kty": "OKP", "crv": "new", "kid": "b", "x": "" });
    Json(json!({ "keys": [unknown, bureau.0.key.public] }))
}

/// A code is good once, for whoever holds the verifier.
async fn token(
    State(bureau): State<Bureau>,
    headers: HeaderMap,
    Form(form): Form<HashMap<String, String>>,
) -> Result<Json<Value>, StatusCode> {
    let basic = headers["authorization"].to_str().unwrap();
    let known = base64::engine::general_purpose::STANDARD.encode("jinqiao:open sesame");
    assert_eq!(basic, format!("Basic {known}"));
    assert_eq!(form["redirect_uri"], "https://jobs.example/sign-in/provider/back");
    let promise = bureau.0.promises.lock().unwrap().remove(&form["code"]);
    let promise = promise.ok_or(StatusCode::BAD_REQUEST)?;
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(&form["code_verifier"]));
    if promise.challenge != challenge {
        return Err(StatusCode::BAD_REQUEST);
    }
    Ok(Json(json!({ "id_token": promise.token, "access_token": "x", "token_type": "Bearer" })))
}

/// Sets out: what the provider is asked, and the cookies of the browser.
async fn out(world: &World, next: &str) -> (HashMap<String, String>, String) {
    let answer = world.stranger().get(&format!("/sign-in/provider?next={next}")).await.is(303);
    let (_, query) = answer.location().split_once('?').unwrap();
    let plain = |text: &str| {
        let text = text.replace('+', " ");
        let bytes = text.as_bytes();
        let mut out = vec![];
        let mut at = 0;
        while at < bytes.len() {
            if bytes[at] == b'%' {
                out.push(u8::from_str_radix(text.get(at + 1..at + 3).unwrap(), 16).unwrap());
                at += 3;
            } else {
                out.push(bytes[at]);
                at += 1;
            }
        }
        String::from_utf8(out).unwrap()
    };
    let asked = query.split('&').map(|pair| {
        let (name, value) = pair.split_once('=').unwrap();
        (name.to_owned(), plain(value))
    });
    let kept = format!(
        "__Host-way={}; device={}",
        answer.cookie("__Host-way").unwrap(),
        answer.cookie("device").unwrap()
    );
    (asked.collect(), kept)
}

async fn back(world: &World, kept: &str, state: &str, code: &str) -> Answer {
    let path = format!("/sign-in/provider/back?state={state}&code={code}");
    world.stranger().with("cookie", kept).get(&path).await
}

/// There and back as whoever `means` says.
async fn there_and_back(world: &World, bureau: &Bureau, means: &Means<'_>) -> Answer {
    let (asked, kept) = out(world, "/jobseekers").await;
    let code = bureau.agree(world, &asked, means);
    back(world, &kept, &asked["state"], &code).await
}

/// An administrator says who somebody is at the provider.
async fn link(world: &World, admin: &Member, whose: &Member, subject: &str) -> Answer {
    let path = format!("/accounts/{}/change", whose.membership);
    world.by(admin).form(&path, &[("what", "subject"), ("subject", subject)]).await
}

#[tokio::test]
async fn a_clerk_comes_through_the_bureaus_provider_once_an_administrator_has_said_who_that_is() {
    let bureau = Bureau::open().await;
    both_at(Some(bureau.provider()), async |world| {
        let network = world.network().await;
        let admin = world.staff(Role::OfficeAdministrator, network.qinzhou).await;
        let clerk = world.staff(Role::Clerk, network.qinzhou).await;
        let page = world.stranger().get("/sign-in").await.is(200).text();
        assert!(page.contains("用政务统一认证登录"), "{page}");
        // known there, unknown here: told the number that the administrator needs
        let means = Means::of("u-4711");
        let answer = there_and_back(world, &bureau, &means).await.is(422);
        assert!(answer.text().contains("u-4711") && answer.cookie("__Host-session").is_none());
        link(world, &admin, &clerk, "u-4711").await.is(303);
        let shown = world.by(&admin).get(&format!("/accounts/{}", clerk.membership)).await;
        assert!(shown.is(200).text().contains("已经对应"));
        let answer = there_and_back(world, &bureau, &means).await.is(303);
        assert_eq!(answer.location(), "/jobseekers");
        assert_eq!(answer.cookie("__Host-way").unwrap(), "", "the way is over");
        let page = world.stranger().with("cookie", &cookies(&answer)).get("/account").await;
        assert!(page.is(200).text().contains("秦州区中心"));
        // in the log, without the subject
        let mut r = world.app.db().read().await.unwrap();
        let log = store::event::of_subject(&mut r, clerk.account.uuid(), 9).await.unwrap();
        let log = serde_json::to_string(&log).unwrap();
        assert!(log.contains("\"provider\":true") && log.contains("\"subject\""), "{log}");
        assert!(!log.contains("u-4711"), "{log}");
        drop(r);
        // and no more
        let path = format!("/accounts/{}/change", clerk.membership);
        world.by(&admin).form(&path, &[("what", "subject_forget")]).await.is(303);
        there_and_back(world, &bureau, &means).await.is(422);
    })
    .await;
}

#[tokio::test]
async fn whatever_does_not_add_up_signs_nobody_in() {
    let (bureau, other) = (Bureau::open().await, Key::new());
    both_at(Some(bureau.provider()), async |world| {
        let network = world.network().await;
        let admin = world.staff(Role::OfficeAdministrator, network.qinzhou).await;
        let clerk = world.staff(Role::Clerk, network.qinzhou).await;
        link(world, &admin, &clerk, "u-1").await.is(303);
        let refused = async |means: Means<'_>, why: &str| {
            let answer = there_and_back(world, &bureau, &means).await.is(422);
            assert!(answer.cookie("__Host-session").is_none(), "{why}");
        };
        let past = world.app.now().timestamp() - 600;
        let wrong = [
            ("nonce", json!("of another sign-in")),
            ("iss", json!("https://elsewhere.example")),
            ("aud", json!("another")),
            ("azp", json!("another")),
            ("exp", json!(past)),
            ("iat", json!(past + 6_000)),
            ("sub", json!(null)),
        ];
        for (name, value) in wrong {
            refused(Means { wrong: json!({ name: value }), ..Means::of("u-1") }, name).await;
        }
        refused(Means { key: Some(&other), ..Means::of("u-1") }, "signature").await;
        refused(Means::of("u-2"), "subject").await;
        // a state that is another's, none, old, or of another browser
        let (asked, kept) = out(world, "/").await;
        let code = bureau.agree(world, &asked, &Means::of("u-1"));
        let (elsewhere, _) = out(world, "/").await;
        back(world, &kept, &elsewhere["state"], &code).await.is(422);
        back(world, &kept, "", &code).await.is(422);
        back(world, "", &asked["state"], &code).await.is(422);
        // the code of one sign-in in another, whose verifier does not fit
        let (asked, kept) = out(world, "/").await;
        back(world, &kept, &asked["state"], &code).await.is(422);
        // who says no there comes back without a code
        let (asked, kept) = out(world, "/").await;
        let answer = back(world, &kept, &asked["state"], "").await.is(422).text();
        assert!(answer.contains("没有放行"), "{answer}");
        let (asked, kept) = out(world, "/").await;
        world.at("2026-11-22T00:45:00Z");
        let code = bureau.agree(world, &asked, &Means::of("u-1"));
        back(world, &kept, &asked["state"], &code).await.is(422);
    })
    .await;
}

#[tokio::test]
async fn a_token_is_believed_by_the_published_key_alone_of_rsa_and_of_curves() {
    for (key, other) in [(Key::rsa(), Key::new()), (Key::new(), Key::rsa())] {
        let bureau = Bureau::signing_with(key).await;
        both_at(Some(bureau.provider()), async |world| {
            let network = world.network().await;
            let admin = world.staff(Role::OfficeAdministrator, network.qinzhou).await;
            let clerk = world.staff(Role::Clerk, network.qinzhou).await;
            link(world, &admin, &clerk, "u-1").await.is(303);
            let answer = there_and_back(world, &bureau, &Means::of("u-1")).await.is(303);
            assert_eq!(answer.location(), "/jobseekers");
            // signed by nobody, with what is published, or with a key of another kind
            for key in bureau.0.key.forged().iter().chain([&other]) {
                let means = Means { key: Some(key), ..Means::of("u-1") };
                let answer = there_and_back(world, &bureau, &means).await.is(422);
                assert!(answer.cookie("__Host-session").is_none());
            }
        })
        .await;
    }
}

#[tokio::test]
async fn each_way_back_is_good_once_whatever_the_provider_would_say() {
    let bureau = Bureau::open().await;
    both_at(Some(bureau.provider()), async |world| {
        let network = world.network().await;
        let admin = world.staff(Role::OfficeAdministrator, network.qinzhou).await;
        let clerk = world.staff(Role::Clerk, network.qinzhou).await;
        link(world, &admin, &clerk, "u-1").await.is(303);
        let (asked, kept) = out(world, "//evil.example").await;
        let code = bureau.agree(world, &asked, &Means::of("u-1"));
        let answer = back(world, &kept, &asked["state"], &code).await.is(303);
        assert_eq!(answer.location(), "/account", "never elsewhere");
        // even with a fresh code for the same state
        let again = bureau.agree(world, &asked, &Means::of("u-1"));
        for code in [code, again] {
            let answer = back(world, &kept, &asked["state"], &code).await.is(422);
            assert!(answer.text().contains("已经失效"));
        }
    })
    .await;
}

#[tokio::test]
async fn the_digits_are_asked_for_unless_the_provider_has_asked_for_two_factors() {
    let bureau = Bureau::open().await;
    both_at(Some(bureau.provider()), async |world| {
        let network = world.network().await;
        let admin = world.staff(Role::OfficeAdministrator, network.qinzhou).await;
        let clerk = world.staff(Role::Clerk, network.qinzhou).await;
        link(world, &admin, &clerk, "u-1").await.is(303);
        let secret = app::account::second::secret_text();
        let digits = totp_rs::Builder::new()
            .with_secret(totp_rs::Secret::try_from_base32(&secret).unwrap())
            .build()
            .unwrap()
            .generate(u64::try_from(world.app.now().timestamp()).unwrap())
            .to_string();
        let actor = world.actor(&world.in_again(&clerk).await).await;
        let typed = (secret.as_str(), digits.as_str());
        app::account::second::enrol(&world.app, &actor, clerk.account, typed).await.unwrap();
        let answer = there_and_back(world, &bureau, &Means::of("u-1")).await.is(303);
        assert!(answer.location().starts_with("/sign-in/next"), "{}", answer.location());
        let wrong = json!({ "amr": ["pwd", "mfa"] });
        let answer =
            there_and_back(world, &bureau, &Means { wrong, ..Means::of("u-1") }).await.is(303);
        assert_eq!(answer.location(), "/jobseekers");
    })
    .await;
}

#[tokio::test]
async fn only_an_administrator_of_the_account_says_who_it_is_and_of_one_account_only() {
    let bureau = Bureau::open().await;
    both_at(Some(bureau.provider()), async |world| {
        let network = world.network().await;
        let admin = world.staff(Role::OfficeAdministrator, network.qinzhou).await;
        let other = world.staff(Role::OfficeAdministrator, network.gangu).await;
        let clerk = world.staff(Role::Clerk, network.qinzhou).await;
        let second = world.staff(Role::Clerk, network.qinzhou).await;
        link(world, &other, &clerk, "u-1").await.is(404);
        link(world, &clerk, &clerk, "u-1").await.is(403);
        link(world, &admin, &clerk, "u-1").await.is(303);
        assert!(link(world, &admin, &second, "u-1").await.is(422).text().contains("另一个账户"));
        link(world, &admin, &second, "张三").await.is(422);
    })
    .await;
    // a bureau without one
    both_at(None, async |world| {
        world.stranger().get("/sign-in/provider").await.is(404);
        assert!(!world.stranger().get("/sign-in").await.text().contains("/sign-in/provider"));
    })
    .await;
}
