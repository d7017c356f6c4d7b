//! A message to somebody: in their inbox, and on its way out of the house. 通知

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    Id, alarm::Source, application::Application, coded::coded, employer::Employer,
    jobseeker::Jobseeker, organisation::Organisation, vacancy::Vacancy,
};

coded! {
    /// How it goes.
    pub enum Channel: "notice.channel_unknown", "channel" {
        Sms = "sms",
        Mail = "mail",
    }
}

coded! {
    pub enum State: "notice.state_unknown", "state" {
        Waiting = "waiting",
        /// Taken up; if the program ends now it is not sent again.
        Sending = "sending",
        Sent = "sent",
        Failed = "failed",
    }
}

/// To whom, and the words; sealed until it is sent.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    pub to: String,
    /// Of a mail; empty for a text message.
    #[serde(default)]
    pub subject: String,
    pub text: String,
}

/// Never printed by accident.
impl std::fmt::Debug for Letter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Letter(sealed)")
    }
}

/// So often a gateway that fails is asked again.
pub const TRIES: i64 = 3;

coded! {
    /// What somebody is told of, in their inbox; the words are the locales'.
    pub enum Kind: "notice.kind_unknown", "kind" {
        /// To an employer: somebody applied, or was sent with a letter.
        Applied = "applied",
        Referred = "referred",
        /// To an employer: the person said yes, or no.
        Agreed = "agreed",
        Declined = "declined",
        /// To a person.
        Shortlisted = "shortlisted",
        Invited = "invited",
        Offered = "offered",
        Hired = "hired",
        Rejected = "rejected",
        Lapsed = "lapsed",
        /// To whoever it waits for: the day is near.
        Remind = "remind",
        /// To a person: a new vacancy answers a question of theirs.
        Found = "found",
        /// To a person: a new vacancy fits.
        Fits = "fits",
        /// To a person: an employer asks whether they would apply.
        Asked = "asked",
        /// To an employer: the last day of its vacancy is near.
        Expiring = "expiring",
        /// To an office: no answer came in time.
        Escalated = "escalated",
        /// To an office: an employer was shown as many people as a day has.
        Full = "full",
        /// To administrators: somebody opens what no person is shown.
        Trapped = "trapped",
        /// To administrators: somebody walks through lists or records.
        Walked = "walked",
    }
}

impl Kind {
    /// Does somebody have to act? Such a notice goes out of the house as well, where they let it.
    pub const fn asks(self) -> bool {
        match self {
            Self::Applied
            | Self::Referred
            | Self::Agreed
            | Self::Invited
            | Self::Offered
            | Self::Hired
            | Self::Remind
            | Self::Asked
            | Self::Expiring
            | Self::Escalated
            | Self::Full
            | Self::Trapped
            | Self::Walked => true,
            Self::Declined
            | Self::Shortlisted
            | Self::Rejected
            | Self::Lapsed
            | Self::Found
            | Self::Fits => false,
        }
    }
}

/// Whose inbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum To {
    Person(Id<Jobseeker>),
    Employer(Id<Employer>),
    /// The office that sent the person, or whose the person is.
    Office(Option<Id<Organisation>>, Id<Jobseeker>),
    /// The office that looks after an employer.
    Desk(Option<Id<Organisation>>, Id<Employer>),
    /// Those who administer an office, and those who look after the program.
    Administrators(Option<Id<Organisation>>),
}

/// What a line of an inbox is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    Application(Id<Application>),
    Vacancy(Id<Vacancy>),
    Source(Source),
}

/// One line of an inbox, by the vacancy's title; no name of a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, sqlx::FromRow)]
pub struct Notice {
    pub id: Id<Notice>,
    pub kind: Kind,
    #[sqlx(rename = "application_id")]
    pub application: Option<Id<Application>>,
    #[sqlx(rename = "vacancy_id")]
    pub vacancy: Option<Id<Vacancy>>,
    #[sqlx(rename = "jobseeker_id")]
    #[serde(skip)]
    pub jobseeker: Option<Id<Jobseeker>>,
    #[sqlx(rename = "employer_id")]
    #[serde(skip)]
    pub employer: Option<Id<Employer>>,
    #[sqlx(rename = "office_id")]
    #[serde(skip)]
    pub office: Option<Id<Organisation>>,
    /// Where it comes from, as [`Source`] writes it.
    #[serde(skip)]
    pub source: Option<String>,
    pub title: String,
    pub made_at: DateTime<Utc>,
    pub read_at: Option<DateTime<Utc>>,
}
