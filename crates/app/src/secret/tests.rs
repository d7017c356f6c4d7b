//! Keys of persons: made, wrapped, turned, erased.

use std::time::Duration;

use model::access::Actor;

use super::*;
use crate::{App, Settings};

fn at() -> DateTime<Utc> {
    DateTime::UNIX_EPOCH
}

async fn secret(folder: &Path, cipher: Cipher) -> Secret {
    let file = folder.join("secret.key");
    let store = Place::beside(&file);
    Secret::open(Place { file, store, cipher }, at()).await.unwrap()
}

#[tokio::test]
async fn everybody_is_sealed_with_a_key_of_their_own() {
    for cipher in Cipher::ALL {
        let folder = tempfile::tempdir().unwrap();
        let (one, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let sealed = {
            let secret = secret(folder.path(), *cipher).await;
            let keys = secret.make(&[one, other], at()).await.unwrap();
            keys.seal(one, b"p", "王小明".as_bytes()).unwrap()
        };
        let secret = secret(folder.path(), *cipher).await;
        let keys = secret.keys(&[one, other]).await.unwrap();
        assert_eq!(keys.unseal(one, b"p", &sealed).unwrap(), "王小明".as_bytes());
        assert!(keys.unseal(other, b"p", &sealed).is_err());
        assert!(secret.unseal(b"p", &sealed).is_err());
    }
}

#[tokio::test]
async fn what_an_erased_key_sealed_is_gone_and_no_new_key_takes_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let secret = secret(folder.path(), Cipher::Aes).await;
    let one = Uuid::from_u128(1);
    let sealed = secret.make(&[one], at()).await.unwrap().seal(one, b"p", b"x").unwrap();
    secret.erase(&[one], at()).await.unwrap();
    for keys in [secret.keys(&[one]).await.unwrap(), secret.make(&[one], at()).await.unwrap()] {
        let refused = keys.unseal(one, b"p", &sealed).unwrap_err();
        assert!(matches!(&refused, Error::Refused(r) if r.code == "secret.erased"), "{refused}");
        assert!(keys.seal(one, b"p", b"x").is_err());
    }
}

#[tokio::test]
async fn a_key_that_is_not_in_the_store_is_said_so() {
    let folder = tempfile::tempdir().unwrap();
    let secret = secret(folder.path(), Cipher::Aes).await;
    let one = Uuid::from_u128(1);
    let sealed = secret.make(&[one], at()).await.unwrap().seal(one, b"p", b"x").unwrap();
    let (store, elsewhere) = ("keys.sqlite", tempfile::tempdir().unwrap());
    drop(secret);
    std::fs::rename(folder.path().join(store), elsewhere.path().join(store)).unwrap();
    for more in ["keys.sqlite-wal", "keys.sqlite-shm"] {
        drop(std::fs::remove_file(folder.path().join(more)));
    }
    let secret = self::secret(folder.path(), Cipher::Aes).await;
    let missing = secret.keys(&[one]).await.unwrap().unseal(one, b"p", &sealed).unwrap_err();
    assert!(matches!(&missing, Error::Unready(r) if r.code == "secret.missing"), "{missing}");
}

#[tokio::test]
async fn digests_agree_for_the_same_key_and_purpose_only() {
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let a = secret(one.path(), Cipher::Aes).await;
    let b = secret(other.path(), Cipher::Aes).await;
    assert_eq!(a.digest("number", "x"), a.digest("number", "x"));
    assert_ne!(a.digest("number", "x"), a.digest("phone", "x"));
    assert_ne!(a.digest("number", "x"), b.digest("number", "x"));
    assert_eq!(a.digest("number", ""), "");
}

#[tokio::test]
async fn a_turned_key_file_opens_everything_and_the_old_one_nothing_more() {
    let folder = tempfile::tempdir().unwrap();
    let app = App::open(Settings::in_folder(folder.path())).await.unwrap();
    let file = folder.path().join("secret.key");
    let before = std::fs::read(&file).unwrap();
    let holders: Vec<Uuid> = (1..=2_500).map(Uuid::from_u128).collect();
    let one = holders[7];
    let keys = app.secret().make(&holders, at()).await.unwrap();
    let sealed = keys.seal(one, b"p", b"x").unwrap();
    let (house, digest) = (app.secret().seal(b"p", b"y").unwrap(), app.secret().digest("a", "b"));
    // a service that runs beside it and has read the file before
    let beside = Secret::open(app.secret().place().clone(), at()).await.unwrap();
    let command = Actor::office("command");
    let turned = rotation::turn(&app, &command, Duration::ZERO, |_| ()).await.unwrap();
    assert_eq!((turned.wrapped, turned.generation), (2_501, 2));
    for secret in [app.secret(), &beside] {
        let keys = secret.keys(&[one]).await.unwrap();
        assert_eq!(keys.unseal(one, b"p", &sealed).unwrap(), b"x");
        assert_eq!(secret.unseal(b"p", &house).unwrap(), b"y");
        assert_eq!(secret.digest("a", "b"), digest);
    }
    let made = beside.make(&[Uuid::from_u128(9_999)], at()).await.unwrap();
    assert!(made.has(Uuid::from_u128(9_999)));
    std::fs::write(&file, before).unwrap();
    let place = app.secret().place().clone();
    assert!(Secret::open(place, at()).await.is_err(), "the old key opens nothing");
}

#[tokio::test]
async fn a_turn_that_was_stopped_goes_on_with_the_same_key() {
    let folder = tempfile::tempdir().unwrap();
    let app = App::open(Settings::in_folder(folder.path())).await.unwrap();
    let file = folder.path().join("secret.key");
    // stopped after the new key was written
    let ring = Ring::open(&file).unwrap().turned(&file).unwrap();
    let command = Actor::office("command");
    let turned = rotation::turn(&app, &command, Duration::ZERO, |_| ()).await.unwrap();
    assert_eq!(turned.generation, 2);
    assert_eq!(Ring::open(&file).unwrap().newest(), ring.newest());
}

/// As the program sealed before there were versions.
fn sealed_before(master: &Key, place: &[u8], plain: &[u8]) -> Vec<u8> {
    use aes_gcm_siv::{
        Nonce,
        aead::{Aead as _, Payload},
    };
    let cipher = Aes256GcmSiv::new(&derive(master, "seal").unwrap().into());
    let nonce = [9; 12];
    let payload = Payload { msg: plain, aad: place };
    [nonce.as_slice(), &cipher.encrypt(&Nonce::from(nonce), payload).unwrap()].concat()
}

#[tokio::test]
async fn what_was_sealed_before_opens_and_is_moved_behind_a_key_by_a_turn() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("secret.key"), [7; 32]).unwrap();
    let app = App::open(Settings::in_folder(folder.path())).await.unwrap();
    let id: model::Id<model::account::Account> = app.id();
    let person = serde_json::json!({ "login": "old", "name": "旧人", "phone": "" }).to_string();
    let sealed = sealed_before(&[7; 32], id.uuid().as_bytes(), person.as_bytes());
    let second = sealed_before(&[7; 32], &crate::account::second::place(id), b"SECRET");
    let account = model::account::Account {
        id,
        sealed: sealed.clone(),
        password: String::new(),
        password_due: false,
        second: Some(second),
        second_step: 0,
        state: model::account::State::Open,
        created_at: at(),
        updated_at: at(),
    };
    let deed = Deed { name: "account.create", actor: "test".into(), at: at() };
    let mut w = app.db().write(deed).await.unwrap();
    store::account::add(&mut w, &account, &store::account::Indexes::default()).await.unwrap();
    w.commit().await.unwrap();
    assert_eq!(crate::account::person(&app, &account).await.unwrap().name, "旧人");
    let command = Actor::office("command");
    let turned = rotation::turn(&app, &command, Duration::ZERO, |_| ()).await.unwrap();
    assert_eq!(turned.moved, 2);
    let found = store::account::find(&mut app.db().read().await.unwrap(), id).await.unwrap();
    assert_ne!(found.sealed, sealed);
    assert_eq!(crate::account::person(&app, &found).await.unwrap().name, "旧人");
    let keys = app.secret().keys(&[id.uuid()]).await.unwrap();
    let place = crate::account::second::place(id);
    assert_eq!(keys.unseal(id.uuid(), &place, &found.second.unwrap()).unwrap(), b"SECRET");
    assert!(crate::account::person(&app, &account).await.is_err(), "the old key is gone");
}
