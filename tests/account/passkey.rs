//! Stories of passkeys; the authenticator is made here, with a key of its own.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use model::{Id, access::Role, organisation::Organisation};
use ring::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair as _},
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{cookies, of_secret, renewed, sign_in};
use crate::world::{
    Answer, World, both,
    people::{Member, PASSWORD},
};

const ORIGIN: &str = "https://jobs.example";
const RP: &str = "jobs.example";

/// An authenticator with one key.
struct Key {
    pair: EcdsaKeyPair,
    id: Vec<u8>,
}

/// How an answer is made; otherwise than it should be, where a story says so.
#[derive(Clone)]
struct How {
    origin: &'static str,
    rp: &'static str,
    kind: Option<&'static str>,
    flags: u8,
    counter: u32,
    framed: bool,
    /// Bytes after what belongs there.
    more: &'static [u8],
}

impl How {
    fn counted(counter: u32) -> Self {
        let (origin, rp) = (ORIGIN, RP);
        Self { origin, rp, kind: None, flags: 0x05, counter, framed: false, more: b"" }
    }
}

impl Key {
    fn new(name: &str) -> Self {
        let random = SystemRandom::new();
        let kept = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random).unwrap();
        let pair =
            EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, kept.as_ref(), &random);
        Self { pair: pair.unwrap(), id: name.as_bytes().to_vec() }
    }

    fn client(kind: &str, asked: &Value, how: &How) -> Vec<u8> {
        let kind = how.kind.unwrap_or(kind);
        let told = json!({
            "type": kind, "challenge": asked["challenge"], "origin": how.origin,
            "crossOrigin": how.framed,
        });
        told.to_string().into_bytes()
    }

    fn data(how: &How, flags: u8, made: &[u8]) -> Vec<u8> {
        let rp = Sha256::digest(how.rp);
        [rp.as_slice(), &[flags], &how.counter.to_be_bytes(), made, how.more].concat()
    }

    /// What it shows of its key when it has made it.
    fn made(&self, asked: &Value, how: &How) -> [String; 2] {
        let point = self.pair.public_key().as_ref();
        let cose = [
            b"\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20".as_slice(),
            &point[1..33],
            b"\x22\x58\x20",
            &point[33..65],
        ]
        .concat();
        let length = u16::try_from(self.id.len()).unwrap().to_be_bytes();
        let made = [[0; 16].as_slice(), &length, &self.id, &cose].concat();
        let data = Self::data(how, how.flags | 0x40, &made);
        let length = u16::try_from(data.len()).unwrap().to_be_bytes();
        let head = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x59";
        let object = [head.as_slice(), &length, &data].concat();
        [Self::client("webauthn.create", asked, how), object].map(|part| text(&part))
    }

    /// What it signs at the door.
    fn shown(&self, asked: &Value, how: &How) -> [String; 4] {
        let client = Self::client("webauthn.get", asked, how);
        let data = Self::data(how, how.flags, b"");
        let message = [data.as_slice(), Sha256::digest(&client).as_slice()].concat();
        let signature = self.pair.sign(&SystemRandom::new(), &message).unwrap();
        let signature = signature.as_ref().to_vec();
        [self.id.clone(), client, data, signature].map(|part| text(&part))
    }
}

fn text(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Sets the six digits up for somebody, as an enrolment does; gives their secret.
async fn digits(world: &World, member: &Member) -> String {
    let secret = app::account::second::secret_text();
    let digits = of_secret(world, &secret);
    let actor = world.actor(member).await;
    let typed = (secret.as_str(), digits.as_str());
    app::account::second::enrol(&world.app, &actor, member.account, typed).await.unwrap();
    secret
}

/// The password said again: what the browser is asked.
async fn asked(world: &World, member: &Member) -> Value {
    let fields = [("name", "办公室电脑"), ("password", PASSWORD)];
    let page = world.by(member).form("/account/passkeys/begin", &fields).await.is(200).text();
    let (_, asked) = page.split_once("data-asked=\"").unwrap();
    let (asked, _) = asked.split_once('"').unwrap();
    serde_json::from_str(&asked.replace("&#34;", "\"").replace("&quot;", "\"")).unwrap()
}

async fn keep(world: &World, member: &Member, [client, attestation]: &[String; 2]) -> Answer {
    let fields = [("name", "办公室电脑"), ("client", client), ("attestation", attestation)];
    world.by(member).form("/account/passkeys", &fields).await
}

async fn with_key(world: &World, member: &mut Member, name: &str) -> Key {
    let key = Key::new(name);
    let asked = asked(world, member).await;
    let kept = keep(world, member, &key.made(&asked, &How::counted(1))).await.is(303);
    member.cookie = renewed(member, &kept);
    key
}

/// A clerk of the office with six digits and a passkey.
async fn keyed(world: &World, office: Id<Organisation>) -> (Member, Key) {
    let mut clerk = world.staff(Role::Clerk, office).await;
    digits(world, &clerk).await;
    let key = with_key(world, &mut clerk, "clerk-1").await;
    (clerk, key)
}

/// The password at the door: the cookies of somebody half way in.
async fn half(world: &World, member: &Member) -> String {
    let answer = sign_in(world, &member.login, PASSWORD).await.is(303);
    assert!(answer.location().starts_with("/sign-in/next"), "{}", answer.location());
    cookies(&answer)
}

async fn question(world: &World, kept: &str) -> Value {
    let asking = world.stranger().with("cookie", kept);
    asking.form("/sign-in/passkey/question", &[]).await.is(200).json()
}

async fn answer(world: &World, kept: &str, shown: &[String; 4]) -> Answer {
    let [credential, client, data, signature] = shown;
    let fields = [
        ("credential", credential.as_str()),
        ("client", client),
        ("data", data),
        ("signature", signature),
        ("next", "/jobseekers"),
    ];
    world.stranger().with("cookie", kept).form("/sign-in/passkey", &fields).await
}

/// In with the password and the passkey.
async fn enter(world: &World, member: &Member, key: &Key, how: &How) -> Answer {
    let kept = half(world, member).await;
    let asked = question(world, &kept).await;
    answer(world, &kept, &key.shown(&asked, how)).await
}

#[tokio::test]
async fn a_passkey_is_added_with_the_password_shown_at_the_door_and_removed() {
    both(async |world| {
        let network = world.network().await;
        let mut clerk = world.staff(Role::Clerk, network.qinzhou).await;
        // never without the digits, and never without the password
        let fields = [("name", "电脑"), ("password", PASSWORD)];
        let page = world.by(&clerk).form("/account/passkeys/begin", &fields).await.is(422).text();
        assert!(page.contains("先设置六位数字"), "{page}");
        let secret = digits(world, &clerk).await;
        let fields = [("name", "电脑"), ("password", "not the password")];
        let page = world.by(&clerk).form("/account/passkeys/begin", &fields).await.is(422).text();
        assert!(!page.contains("data-asked"));
        let asked = asked(world, &clerk).await;
        assert_eq!((&asked["rp"]["id"], &asked["attestation"]), (&json!(RP), &json!("none")));
        let key = Key::new("credential-1");
        let made = key.made(&asked, &How::counted(1));
        let kept = keep(world, &clerk, &made).await.is(303);
        world.by(&clerk).get("/account").await.is(403); // another cookie from now on
        clerk.cookie = renewed(&clerk, &kept);
        keep(world, &clerk, &made).await.is(422); // the question was taken
        let page = world.by(&clerk).get("/account/passkeys").await.is(200).text();
        assert!(page.contains("办公室电脑") && page.contains("还没有用过"), "{page}");
        // at the door
        let kept = half(world, &clerk).await;
        let next = world.stranger().with("cookie", &kept).get("/sign-in/next").await.is(200).text();
        assert!(next.contains("data-passkey=\"show\"") && next.contains("/sign-in/digits"));
        let asked = question(world, &kept).await;
        assert_eq!(asked["allowCredentials"][0]["id"], text(b"credential-1"));
        let shown = key.shown(&asked, &How::counted(2));
        let entered = answer(world, &kept, &shown).await.is(303);
        assert_eq!(entered.location(), "/jobseekers");
        let fresh = cookies(&entered);
        assert_ne!(fresh, kept);
        world.stranger().with("cookie", &fresh).get("/jobseekers").await.is(200);
        world.stranger().with("cookie", &kept).get("/jobseekers").await.is(403);
        // removed by its owner only, who types the digits for it
        let mut r = world.app.db().read().await.unwrap();
        let id = store::account::passkey::of_account(&mut r, clerk.account).await.unwrap()[0].id;
        drop(r);
        let path = format!("/account/passkeys/{id}/remove");
        let other = world.staff(Role::Clerk, network.qinzhou).await;
        let wrong = [("digits", "000000")];
        world.by(&other).get(&path).await.is(404);
        world.by(&other).form(&path, &wrong).await.is(404);
        assert!(world.by(&clerk).get(&path).await.is(200).text().contains("办公室电脑"));
        let page = world.by(&clerk).form(&path, &wrong).await.is(422).text();
        assert!(page.contains("数字不对"), "{page}");
        world.at("2026-11-22T00:32:00Z");
        let typed = of_secret(world, &secret);
        let gone = world.by(&clerk).form(&path, &[("digits", &typed)]).await.is(303);
        world.by(&clerk).get("/account").await.is(403); // and again another cookie
        clerk.cookie = renewed(&clerk, &gone);
        let page = world.by(&clerk).get("/account/passkeys").await.is(200).text();
        assert!(page.contains("还没有通行密钥"), "{page}");
        let kept = half(world, &clerk).await;
        let next = world.stranger().with("cookie", &kept).get("/sign-in/next").await.is(200).text();
        assert!(!next.contains("data-passkey") && next.contains("/sign-in/digits"));
        let mut r = world.app.db().read().await.unwrap();
        let log = store::event::of_subject(&mut r, clerk.account.uuid(), 20).await.unwrap();
        let log = serde_json::to_string(&log).unwrap();
        assert!(log.contains("passkey_removed") && !log.contains("办公室电脑"), "{log}");
    })
    .await;
}

#[tokio::test]
async fn an_answer_that_does_not_add_up_opens_nothing() {
    both(async |world| {
        let network = world.network().await;
        let mut clerk = world.staff(Role::Clerk, network.qinzhou).await;
        let mut other = world.staff(Role::Clerk, network.qinzhou).await;
        digits(world, &clerk).await;
        digits(world, &other).await;
        let key = with_key(world, &mut clerk, "clerk-1").await;
        let foreign = with_key(world, &mut other, "other-1").await;
        let mut count = 2;
        let right = || How::counted(9_999);
        let wrong = [
            ("origin", How { origin: "https://jobs.example.evil.example", ..right() }),
            ("plain origin", How { origin: "http://jobs.example", ..right() }),
            ("relying party", How { rp: "evil.example", ..right() }),
            ("kind", How { kind: Some("webauthn.create"), ..right() }),
            ("nobody there", How { flags: 0x04, ..right() }),
            ("copied, yet never copied", How { flags: 0x15, ..right() }),
            ("in a frame", How { framed: true, ..right() }),
            ("more than belongs there", How { more: b"\x01", ..right() }),
        ];
        for (why, how) in wrong {
            let refused = enter(world, &clerk, &key, &how).await.is(422);
            assert!(refused.cookie("__Host-session").is_none(), "{why}");
            // which also forgets the failure
            enter(world, &clerk, &key, &How::counted(count)).await.is(303);
            count += 1;
        }
        // of another account: its name, or its signature under the own name
        enter(world, &clerk, &foreign, &right()).await.is(422);
        let disguised = Key { id: key.id.clone(), ..foreign };
        enter(world, &clerk, &disguised, &right()).await.is(422);
        enter(world, &clerk, &key, &How::counted(count)).await.is(303);
        // a signature with one bit turned, and one under other words
        for part in [2, 3] {
            let kept = half(world, &clerk).await;
            let asked = question(world, &kept).await;
            let mut shown = key.shown(&asked, &How::counted(count + 1));
            let mut bytes = URL_SAFE_NO_PAD.decode(&shown[part]).unwrap();
            *bytes.last_mut().unwrap() ^= 1;
            shown[part] = text(&bytes);
            answer(world, &kept, &shown).await.is(422);
            // the question is gone: even the right answer comes too late
            let right = key.shown(&asked, &How::counted(count + 1));
            let late = answer(world, &kept, &right).await.is(422).text();
            assert!(late.contains("已经失效"), "{late}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_question_is_good_once_for_five_minutes_and_for_the_sign_in_that_asked_it() {
    both(async |world| {
        let (clerk, key) = keyed(world, world.network().await.qinzhou).await;
        let (one, two) = (half(world, &clerk).await, half(world, &clerk).await);
        let asked = question(world, &one).await;
        let shown = key.shown(&asked, &How::counted(2));
        question(world, &two).await;
        answer(world, &two, &shown).await.is(422); // asked in another sign-in
        answer(world, "", &shown).await.is(403);
        world.stranger().form("/sign-in/passkey/question", &[]).await.is(404);
        let entered = answer(world, &one, &shown).await.is(303);
        // heard once, said again: in the same sign-in, and in a new one
        answer(world, &cookies(&entered), &shown).await.is(403);
        answer(world, &half(world, &clerk).await, &shown).await.is(422);
        let kept = half(world, &clerk).await;
        let asked = question(world, &kept).await;
        world.at("2026-11-22T00:35:01Z");
        answer(world, &kept, &key.shown(&asked, &How::counted(3))).await.is(422);
        // nobody adds one with a question of the door
        let member = world.in_again(&clerk).await;
        assert!(member.cookie != clerk.cookie);
        let kept = half(world, &clerk).await;
        let asked = question(world, &kept).await;
        let made = Key::new("clerk-2").made(&asked, &How::counted(1));
        keep(world, &clerk, &made).await.is(422);
    })
    .await;
}

#[tokio::test]
async fn a_count_that_goes_back_is_refused_and_told_to_the_owner() {
    both(async |world| {
        let (clerk, key) = keyed(world, world.network().await.qinzhou).await;
        enter(world, &clerk, &key, &How::counted(7)).await.is(303);
        for count in [7, 6, 0] {
            let page = enter(world, &clerk, &key, &How::counted(count)).await.is(422).text();
            assert!(page.contains("可能被复制过"), "{page}");
        }
        let page = world.by(&clerk).get("/account/passkeys").await.is(200).text();
        assert!(page.contains("它可能被复制了"), "{page}");
        assert!(world.by(&clerk).get("/account").await.is(200).text().contains("可能被复制过"));
        let mut r = world.app.db().read().await.unwrap();
        let log = store::event::of_subject(&mut r, clerk.account.uuid(), 20).await.unwrap();
        assert!(serde_json::to_string(&log).unwrap().contains("passkey_doubted"));
    })
    .await;
}

#[tokio::test]
async fn wrong_passkeys_and_wrong_digits_are_counted_together() {
    both(async |world| {
        let network = world.network().await;
        let admin = world.staff(Role::OfficeAdministrator, network.qinzhou).await;
        let (clerk, key) = keyed(world, network.qinzhou).await;
        let kept = half(world, &clerk).await;
        let typed = [("digits", "000000")];
        for _ in 0..3 {
            world.stranger().with("cookie", &kept).form("/sign-in/digits", &typed).await.is(422);
        }
        for _ in 0..2 {
            let how = How { rp: "evil.example", ..How::counted(2) };
            let asked = question(world, &kept).await;
            answer(world, &kept, &key.shown(&asked, &how)).await.is(422);
        }
        let asked = question(world, &kept).await;
        let page = answer(world, &kept, &key.shown(&asked, &How::counted(2))).await.is(422);
        assert!(page.text().contains("分钟后"));
        // an administrator who takes the lost second step away takes the passkeys too
        let path = format!("/accounts/{}/change", clerk.membership);
        world.by(&admin).form(&path, &[("what", "second")]).await.is(303);
        let mut r = world.app.db().read().await.unwrap();
        let left = store::account::passkey::of_account(&mut r, clerk.account).await.unwrap();
        assert!(left.is_empty());
    })
    .await;
}
