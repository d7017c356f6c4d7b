//! The second factor: six digits from a telephone, or one of ten codes on paper. 第二步验证

use model::{
    Id, Refusal,
    access::Actor,
    account::{Account, Person},
};
use qrcode::{QrCode, render::svg};
use totp_rs::{Algorithm, Builder, Totp};

use super::{note, password, person};
use crate::{App, Error, Result, deed, secret};

/// What a person needs to set it up: for the camera, and to type in.
pub struct Enrolment {
    /// A picture, as SVG.
    pub picture: String,
    pub secret: String,
}

/// A new secret; nothing is kept until digits made with it come back.
pub fn secret_text() -> String {
    let bytes: [u8; 32] = secret::random();
    totp_rs::Secret::from(bytes.first_chunk::<20>().map_or_else(Vec::new, |b| b.to_vec()))
        .to_base32()
}

/// How a secret is shown.
pub async fn shown(app: &App, id: Id<Account>, secret: &str) -> Result<Enrolment> {
    let account = store::account::find(&mut app.db().read().await?, id).await?;
    let Person { login, .. } = person(app, &account).await?;
    let url = totp(secret, &login)?.to_url().map_err(Error::broken)?;
    let code = QrCode::new(url).map_err(Error::broken)?;
    let picture = code
        .render()
        .min_dimensions(200, 200)
        .dark_color(svg::Color("#000"))
        .light_color(svg::Color("#fff"))
        .build();
    Ok(Enrolment { picture, secret: secret.to_owned() })
}

/// Keeps a secret once its digits are right, and gives ten codes for the day the telephone is lost.
pub async fn enrol(
    app: &App,
    actor: &Actor,
    id: Id<Account>,
    (secret, digits): (&str, &str),
) -> Result<Vec<String>> {
    let step = totp(secret, "x")?
        .check(&plain(digits), seconds(app))
        .ok_or_else(|| Refusal::new("account.digits_wrong").field("digits"))?;
    let keys = app.secret().make(&[id.uuid()], app.now()).await?;
    let sealed = keys.seal(id.uuid(), &place(id), secret.as_bytes())?;
    let codes: Vec<String> = (0..10).map(|_| recovery_code()).collect();
    let digests: Vec<String> =
        codes.iter().map(|code| app.secret().digest("recovery", &plain(code))).collect();
    deed!(app, actor, "account.secure", |w| {
        let mut account = store::account::find(w, id).await?;
        account.second = Some(sealed.clone());
        account.second_step = i64::try_from(step).unwrap_or(i64::MAX);
        store::account::save(w, &account).await?;
        store::account::recoverable(w, id, &digests).await?;
        note(w, id, serde_json::json!({ "second": true }));
        Ok(())
    })?;
    Ok(codes)
}

/// Sets up another second factor for somebody signed in, who says the password again; gives the codes
/// for paper.
pub async fn renew(
    app: &App,
    actor: &Actor,
    id: Id<Account>,
    (typed, secret, digits): (&str, &str, &str),
) -> Result<Vec<String>> {
    let account = store::account::find(&mut app.db().read().await?, id).await?;
    password::again(app, &account, typed, "password").await?;
    enrol(app, actor, id, (secret, digits)).await
}

/// Are these the digits of now, or one of the codes on paper? Each is good once.
pub(super) async fn fits(
    w: &mut store::Writer,
    app: &App,
    id: Id<Account>,
    typed: &str,
) -> Result<bool> {
    let account = store::account::find(w, id).await?;
    let typed = plain(typed);
    if typed.len() != 6 {
        let digest = app.secret().digest("recovery", &typed);
        return Ok(store::account::recover(w, id, &digest).await?);
    }
    let Some(sealed) = &account.second else { return Ok(false) };
    let keys = app.secret().keys(&[id.uuid()]).await?;
    let secret = keys.unseal(id.uuid(), &place(id), sealed)?;
    let secret = String::from_utf8(secret).map_err(Error::broken)?;
    match totp(&secret, "x")?.check(&typed, seconds(app)) {
        Some(step) => {
            let step = i64::try_from(step).unwrap_or(i64::MAX);
            Ok(store::account::take_step(w, id, step).await?)
        }
        None => Ok(false),
    }
}

/// What a telephone shows that holds the secret, at a second of the clock.
pub fn digits(secret: &str, at: u64) -> Result<String> {
    Ok(totp(secret, "x")?.generate(at).to_string())
}

fn totp(secret: &str, name: &str) -> Result<Totp> {
    let secret = totp_rs::Secret::try_from_base32(secret)
        .map_err(|_| Refusal::new("account.digits_wrong").field("digits"))?;
    let name = name.replace(':', " ");
    let name = if name.is_empty() { "account".to_owned() } else { name };
    Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_digits(6)
        .with_skew(1)
        .with_step_duration(30)
        .with_secret(secret)
        .with_issuer(Some("Jinqiao"))
        .with_account_name(name)
        .build()
        .map_err(Error::broken)
}

fn seconds(app: &App) -> u64 {
    u64::try_from(app.now().timestamp()).unwrap_or_default()
}

/// Sealed apart from what else is sealed of the account.
pub(crate) fn place(id: Id<Account>) -> Vec<u8> {
    [id.uuid().as_bytes().as_slice(), b"second"].concat()
}

/// `K7QXM-3FZPA`: letters and digits that are not taken for one another.
fn recovery_code() -> String {
    const LETTERS: [char; 32] = [
        'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'J', 'K', 'L', 'M', 'N', 'P', 'Q', 'R', 'S', 'T',
        'U', 'V', 'W', 'X', 'Y', 'Z', '2', '3', '4', '5', '6', '7', '8', '9',
    ];
    let bytes: [u8; 32] = secret::random();
    let letters = bytes.iter().filter_map(|byte| LETTERS.get(usize::from(byte % 32)));
    let code: String = letters.take(10).collect();
    let (head, tail) = code.split_at_checked(5).unwrap_or((&code, ""));
    format!("{head}-{tail}")
}

/// As typed, without spaces and strokes, in capitals.
fn plain(typed: &str) -> String {
    typed.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
}
