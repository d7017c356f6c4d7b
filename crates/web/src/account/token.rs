//! Keys for other programs: made, shown once, ended.

use app::{App, account::token as deeds};
use askama::Template;
use axum::Form;
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use model::{Id, access::Grant, account::Token};

use crate::{
    actor::Signed,
    error::Result,
    frame::{Fault, Frame, again, page},
};

/// Tokens on the page.
const LIMIT: i64 = 200;

struct Line {
    id: Id<Token>,
    name: String,
    grants: Vec<&'static str>,
    until: String,
    used: String,
    ended: bool,
}

#[derive(Template)]
#[template(path = "account/tokens.html")]
struct List {
    frame: Frame,
    lines: Vec<Line>,
    grants: Vec<&'static str>,
    /// The text of a new one: shown now, and never again.
    fresh: Option<String>,
    fault: Option<Fault>,
}

impl List {
    async fn new(app: &App, frame: Frame, signed: &Signed) -> Result<Self> {
        let scope = signed.actor.scope();
        let all = store::account::token::page(&mut app.db().read().await?, &scope, LIMIT).await?;
        let now = app.now();
        let line = |token: Token| Line {
            id: token.id,
            name: token.name,
            grants: token.grants.iter().map(|grant| grant.code()).collect(),
            until: text::date::full(frame.lang, app.day_of(token.expires_at)),
            used: token
                .used_at
                .map(|at| text::date::full(frame.lang, app.day_of(at)))
                .unwrap_or_default(),
            ended: token.ended_at.is_some() || token.expires_at <= now,
        };
        let lines = all.into_iter().map(line).collect();
        let grants = Grant::ALL.iter().map(|grant| grant.code()).collect();
        Ok(Self { lines, grants, fresh: None, fault: None, frame })
    }
}

pub(super) async fn list(State(app): State<App>, frame: Frame, signed: Signed) -> Result<Response> {
    Ok(page(&List::new(&app, frame, &signed).await?)?.into_response())
}

/// The form: a name, days, and any number of `grants`.
pub(super) async fn grant(
    State(app): State<App>,
    frame: Frame,
    signed: Signed,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let field = |name: &str| {
        let found = fields.iter().find(|(key, _)| key == name);
        found.map_or("", |(_, value)| value.as_str())
    };
    let grants = fields.iter().filter(|(key, _)| key == "grants");
    let grants: Vec<Grant> = grants.map(|(_, value)| value.parse()).collect::<Result<_, _>>()?;
    let days = field("days").trim().parse().unwrap_or(0);
    let Some(membership) = signed.here.login.membership_id else {
        return Err(app::Error::Absent("account").into());
    };
    let wanted = (field("name"), grants.as_slice(), days);
    let made = deeds::grant(&app, &signed.actor, membership, wanted).await;
    let mut list = List::new(&app, frame, &signed).await?;
    match made {
        Ok(fresh) => {
            list.fresh = Some(fresh);
            Ok(page(&list)?.into_response())
        }
        Err(error) => {
            list.fault = Some(Fault::of(&list.frame, error)?);
            Ok(again(page(&list)?))
        }
    }
}

pub(super) async fn end(
    State(app): State<App>,
    signed: Signed,
    Path(id): Path<Id<Token>>,
) -> Result<Redirect> {
    deeds::end(&app, &signed.actor, id).await?;
    Ok(Redirect::to("/tokens"))
}
