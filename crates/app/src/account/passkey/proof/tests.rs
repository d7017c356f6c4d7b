//! Keys of each kind, and what is not read.

use ring::{
    rand::SystemRandom,
    signature::{Ed25519KeyPair, KeyPair as _, RSA_PKCS1_SHA256, RsaKeyPair},
};

use super::*;

const DATA: &[u8] = b"what the authenticator says";
const CLIENT: &[u8] = b"what the browser says";

fn message() -> Vec<u8> {
    [DATA, Sha256::digest(CLIENT).as_slice()].concat()
}

fn believed(key: &Key, signature: &[u8]) {
    assert!(key.signed(DATA, CLIENT, signature));
    assert!(!key.signed(DATA, b"other words", signature));
    assert!(!key.signed(b"other data", CLIENT, signature));
    let mut turned = signature.to_vec();
    *turned.last_mut().unwrap() ^= 1;
    assert!(!key.signed(DATA, CLIENT, &turned));
    assert!(!key.signed(DATA, CLIENT, b""));
}

#[test]
fn a_key_over_ed25519_is_believed() {
    let random = SystemRandom::new();
    let pair = Ed25519KeyPair::generate_pkcs8(&random).unwrap();
    let pair = Ed25519KeyPair::from_pkcs8(pair.as_ref()).unwrap();
    // {1: 1, 3: -8, -1: 6, -2: x}
    let head = b"\xa4\x01\x01\x03\x27\x20\x06\x21\x58\x20";
    let cose = [head.as_slice(), pair.public_key().as_ref()].concat();
    believed(&Key::read(&cose).unwrap(), pair.sign(&message()).as_ref());
}

#[test]
fn a_key_of_rsa_is_believed() {
    let pair = RsaKeyPair::from_der(include_bytes!("../../../../../../tests/account/rsa.der"));
    let pair = pair.unwrap();
    let known: ring::rsa::PublicKeyComponents<Vec<u8>> = pair.public().into();
    // {1: 3, 3: -257, -1: n, -2: e}
    let head = b"\xa4\x01\x03\x03\x39\x01\x00\x20\x59\x01\x00";
    let cose = [head.as_slice(), &known.n, b"\x21\x43", &known.e].concat();
    let mut signature = vec![0; pair.public().modulus_len()];
    pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), &message(), &mut signature).unwrap();
    believed(&Key::read(&cose).unwrap(), &signature);
}

#[test]
fn a_key_of_another_kind_or_not_whole_is_none() {
    let point = [7; 32];
    let es256 = |kind: u8, curve: u8, x: &[u8]| {
        let length = u8::try_from(x.len()).unwrap();
        let head = [0xa5, 1, 2, 3, kind, 0x20, curve, 0x21, 0x58, length];
        [head.as_slice(), x, b"\x22\x58\x20", &point].concat()
    };
    assert!(Key::read(&es256(0x26, 1, &point)).is_some());
    // another kind's number, another curve, a short point, one byte more, nothing
    for bytes in [
        es256(0x27, 1, &point),
        es256(0x26, 2, &point),
        es256(0x26, 1, &[7; 31]),
        [es256(0x26, 1, &point), vec![0]].concat(),
        vec![],
    ] {
        assert!(Key::read(&bytes).is_none(), "{bytes:x?}");
    }
}

#[test]
fn only_an_attestation_that_attests_nothing_is_read() {
    let none = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x42ab";
    assert_eq!(unattested(none), Ok(b"ab".as_slice()));
    let packed = b"\xa3\x63fmt\x66packed\x67attStmt\xa0\x68authData\x42ab";
    assert_eq!(unattested(packed), Err("attestation format"));
    let stated = b"\xa3\x63fmt\x64none\x67attStmt\xa1\x01\x02\x68authData\x42ab";
    assert_eq!(unattested(stated), Err("attestation format"));
    assert_eq!(unattested(b"\xa2\x63fmt\x64none\x67attStmt\xa0"), Err("attestation data"));
    assert_eq!(unattested(&none[1..]), Err("attestation"));
}
