//! One application with its history, what can be done with it now, and its appointment as a file.

use app::App;
use askama::Template;
use axum::{
    extract::{Path, State},
    http::header,
    response::{Html, IntoResponse, Response},
};
use chrono::TimeDelta;
use model::{
    Id,
    access::Actor,
    application::{Act, Application, Reason, Side, State as Standing},
    event::Event,
    jobseeker::Identity,
    look::What,
};

use super::{
    line::{Line, lines},
    mine::reasons,
};
use crate::{
    actor::Office,
    error::Result,
    frame::{Frame, page},
};

/// Lines of the history.
const EVENTS: i64 = 50;

#[derive(Template)]
#[template(path = "application/show.html")]
struct Show {
    frame: Frame,
    line: Line,
    application: Application,
    /// Day, and what happened.
    history: Vec<(String, String)>,
    /// Name and telephone, once they were opened.
    opened: Option<Identity>,
    rejects: Vec<(&'static str, String)>,
    declines: Vec<(&'static str, String)>,
    side: Side,
}

impl Show {
    async fn new(app: &App, actor: &Actor, frame: Frame, id: Id<Application>) -> Result<Self> {
        let mut r = app.db().read().await?;
        let application = store::application::find(&mut r, &actor.scope(), id).await?;
        let mut events = store::event::of_subject(&mut r, id.uuid(), EVENTS).await?;
        drop(r);
        events.reverse();
        let history = events.iter().map(|event| told(app, &frame, event)).collect();
        let all = std::slice::from_ref(&application);
        let Some(line) = lines(&frame, app, all).await?.pop() else {
            return Err(app::Error::Absent("application").into());
        };
        Ok(Self {
            line,
            history,
            opened: None,
            rejects: reasons(&frame, Standing::Rejected),
            declines: reasons(&frame, Standing::Declined),
            side: Side::of(actor.role),
            application,
            frame,
        })
    }

    /// May whoever looks do this now? For the buttons.
    fn may(&self, word: &str) -> bool {
        let act = match word {
            "shortlist" => Act::Shortlist,
            "invite" => Act::Invite { at: self.application.since, place: String::new() },
            "arrive" => Act::Arrive,
            "offer" => Act::Offer,
            "hire" => Act::Hire,
            "reject" => Act::Reject(Reason::Unsuitable),
            "agree" => Act::Agree,
            "decline" => Act::Decline(Reason::OtherWork),
            "lapse" => Act::Lapse(Reason::NoAnswer),
            "reopen" => Act::Reopen,
            _ => return false,
        };
        self.application.may(self.side, &act)
    }

    fn is_person(&self) -> bool {
        self.side == Side::Person
    }
}

fn told(app: &App, frame: &Frame, event: &Event) -> (String, String) {
    let local = app.local(event.at);
    let word = |name: &str| {
        event.change.get(name).and_then(serde_json::Value::as_str).unwrap_or_default().to_owned()
    };
    let (act, reason) = (word("act"), word("reason"));
    let mut said = frame.t(&format!("application.did-{act}"));
    if !reason.is_empty() {
        said = format!(
            "{said}{}",
            frame.s(
                "application.because",
                "reason",
                &frame.t(&format!("application.reason-{reason}"))
            )
        );
    }
    (local.format("%Y-%m-%d %H:%M").to_string(), said)
}

pub(super) async fn show(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Path(id): Path<Id<Application>>,
) -> Result<Html<String>> {
    let shown = Show::new(&app, &actor, frame, id).await?;
    app::look::note(&app, &actor, &[shown.application.jobseeker], What::Progress, "").await?;
    page(&shown)
}

/// The same page with name and telephone. A post, because it leaves a trace.
pub(super) async fn open(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Path(id): Path<Id<Application>>,
) -> Result<Html<String>> {
    let identity = app::application::open(&app, &actor, id).await?;
    let shown = Show::new(&app, &actor, frame, id).await?;
    page(&Show { opened: Some(identity), ..shown })
}

/// The interview for the calendar of a telephone (RFC 5545). An hour, since nobody says how long.
pub(super) async fn calendar(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Path(id): Path<Id<Application>>,
) -> Result<Response> {
    let mut r = app.db().read().await?;
    let one = store::application::find(&mut r, &actor.scope(), id).await?;
    drop(r);
    let at = one.meets_at.ok_or(app::Error::Absent("interview"))?;
    let line = lines(&frame, &app, std::slice::from_ref(&one)).await?.pop();
    let line = line.ok_or(app::Error::Absent("application"))?;
    let what = frame.s("application.interview_at", "employer", &line.employer);
    let utc = |at: chrono::DateTime<chrono::Utc>| at.format("%Y%m%dT%H%M%SZ").to_string();
    let fields = [
        ("BEGIN", "VCALENDAR".to_owned()),
        ("VERSION", "2.0".to_owned()),
        ("PRODID", "-//Jinqiao//EN".to_owned()),
        ("BEGIN", "VEVENT".to_owned()),
        ("UID", one.id.to_string()),
        ("SEQUENCE", one.version.to_string()),
        ("DTSTAMP", utc(one.updated_at)),
        ("DTSTART", utc(at)),
        ("DTEND", utc(at + TimeDelta::hours(1))),
        ("SUMMARY", plain(&format!("{what} · {}", line.title))),
        ("LOCATION", plain(&one.meets_where)),
        ("DESCRIPTION", plain(&frame.full(&format!("/applications/{id}")))),
        ("END", "VEVENT".to_owned()),
        ("END", "VCALENDAR".to_owned()),
    ];
    let text: String =
        fields.iter().map(|(name, value)| folded(&format!("{name}:{value}"))).collect();
    let headers = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"interview.ics\""),
    ];
    Ok((headers, text).into_response())
}

/// A text as the value of a line: what has a meaning there loses it.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// No line is longer than 75 bytes; what follows begins with a blank.
fn folded(line: &str) -> String {
    let (mut out, mut width) = (String::with_capacity(line.len() + 8), 0);
    for c in line.chars() {
        if width + c.len_utf8() > 74 {
            out.push_str("\r\n ");
            width = 1;
        }
        out.push(c);
        width += c.len_utf8();
    }
    out.push_str("\r\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_a_calendar_is_short_and_nothing_in_it_is_a_command() {
        assert_eq!(plain("a;b,c\\d\ne\r"), "a\\;b\\,c\\\\d\\ne");
        let long = folded(&format!("LOCATION:{}", "二楼人事部".repeat(20)));
        assert!(long.lines().all(|line| line.len() <= 75), "{long}");
        assert_eq!(
            long.replace("\r\n ", "").trim_end(),
            format!("LOCATION:{}", "二楼人事部".repeat(20))
        );
    }
}
