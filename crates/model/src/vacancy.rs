//! Work offered. 岗位

pub mod form;
pub mod life;
pub mod pair;
pub mod pattern;
pub mod query;
pub mod read;
pub mod relax;
pub mod suggestion;
mod twin;
pub mod wish;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use self::life::Act;
use crate::{
    Id, Refusal, coded::coded, education::Education, employer::Employer, occupation::Guess,
    skill::Need, wage::Wage,
};

/// A post with a headcount.
#[derive(Clone, Debug, PartialEq, Serialize, sqlx::FromRow)]
pub struct Vacancy {
    pub id: Id<Vacancy>,
    #[sqlx(flatten)]
    pub source: Source,
    #[sqlx(rename = "employer_id")]
    pub employer: Id<Employer>,
    #[sqlx(flatten)]
    pub offer: Offer,
    pub state: State,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    pub version: i64,
    /// How many of the places are taken, through this service.
    #[sqlx(default)]
    pub hired: i64,
}

/// What is offered and asked. What was understood stands beside the words it was understood from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, sqlx::FromRow)]
pub struct Offer {
    pub title: String,
    /// Code of the best guess, or empty.
    pub occupation: String,
    /// The top three, best first.
    #[sqlx(json)]
    pub guesses: Vec<Guess>,
    pub duties: String,
    /// How many people are wanted; `None` where the text says "some" (若干) or nothing.
    pub headcount: Option<i64>,
    #[sqlx(flatten)]
    pub place: Place,
    #[sqlx(json(nullable))]
    pub wage: Option<Wage>,
    /// Cents a month, as [`Wage::monthly`] gives them; `None` where not comparable.
    pub pay_from: Option<i64>,
    pub pay_to: Option<i64>,
    pub wage_text: String,
    /// The least that is asked for; `None`: nothing is.
    pub education: Option<Education>,
    pub education_text: String,
    /// Months of experience asked for. `Some(0)`: none is needed; `None`: nothing is said.
    pub experience_min: Option<i64>,
    pub experience_max: Option<i64>,
    pub experience_text: String,
    pub form: Option<Form>,
    #[sqlx(json)]
    pub skills: Vec<Need>,
    #[sqlx(json)]
    pub benefits: Vec<Benefit>,
    /// Whom to ask, as the employer published it: a telephone or an address to apply at.
    pub contact: String,
    /// The day the employer offered it; the day of intake where the file does not say.
    pub posted_on: Option<NaiveDate>,
    /// The last day on which it is open; `None`: until it is closed.
    pub expires_on: Option<NaiveDate>,
    /// Who takes the people on, where an agency offers the work; empty elsewhere.
    #[serde(default)]
    pub end_employer: String,
}

/// Where a row came from: the same row again is known by it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, sqlx::FromRow)]
pub struct Source {
    /// The layout or feed: `zhilian`, `county`, `jobposting`.
    #[sqlx(rename = "source")]
    pub name: String,
    /// The row's own id there, or a fingerprint of what makes it this row.
    #[sqlx(rename = "source_key")]
    pub key: String,
    /// Fingerprint of the content: the same means unchanged.
    pub fingerprint: String,
}

/// A place as written and as understood.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, sqlx::FromRow)]
pub struct Place {
    #[sqlx(rename = "place_text")]
    pub text: String,
    /// Region code as deep as it is certain, or empty.
    pub region: String,
    /// Degrees, as the region table has them.
    pub longitude: Option<f64>,
    pub latitude: Option<f64>,
}

coded! {
    /// The contract form. 用工形式
    pub enum Form: "vacancy.form_unknown", "contract" {
        FullTime = "full_time",
        PartTime = "part_time",
        Temporary = "temporary",
        Seasonal = "seasonal",
        /// 公益性岗位
        PublicWelfare = "public_welfare",
        /// 见习、实习
        Trainee = "trainee",
    }
}

coded! {
    /// What comes with the wage. 福利
    pub enum Benefit: "vacancy.benefit_unknown", "benefit" {
        /// 社会保险、五险一金
        Insurance = "insurance",
        /// 公积金
        HousingFund = "housing_fund",
        /// 包吃
        Board = "board",
        /// 包住
        Lodging = "lodging",
        /// 双休
        Weekend = "weekend",
        /// 年终奖
        Bonus = "bonus",
        /// 接送、班车、交通补贴
        Transport = "transport",
        /// 培训
        Training = "training",
    }
}

coded! {
    /// draft → submitted → published → paused → filled | expired | withdrawn | rejected.
    pub enum State: "vacancy.state_unknown", "state" {
        Draft = "draft",
        Submitted = "submitted",
        Published = "published",
        Paused = "paused",
        Filled = "filled",
        Expired = "expired",
        Withdrawn = "withdrawn",
        Rejected = "rejected",
    }
}

impl Vacancy {
    /// How many people are still wanted; `None` where nobody has said a number.
    pub fn places_open(&self) -> Option<i64> {
        self.offer.headcount.map(|wanted| (wanted - self.hired).max(0))
    }

    /// A clerk's decision about what the gate kept back, with its reason.
    pub fn decide(self, act: Act, reason: &str, now: DateTime<Utc>) -> Result<Self, Refusal> {
        if reason.trim().chars().count() < 2 {
            return Err(Refusal::new("compliance.reason_missing").field("reason"));
        }
        let into = match act {
            Act::Release => State::Published,
            Act::Reject => State::Rejected,
            Act::GiveBack => State::Draft,
            Act::Hold => State::Submitted,
            Act::Submit
            | Act::Pause
            | Act::Resume
            | Act::Renew
            | Act::Fill
            | Act::Withdraw
            | Act::Expire
            | Act::Reopen => return Err(Refusal::new("vacancy.act_impossible")),
        };
        let state = self.state.code();
        self.lead(act, into, now)
            .map_err(|_| Refusal::new("compliance.not_waiting").arg("state", state))
    }

    /// Open to the public on `day`?
    pub fn is_open(&self, day: NaiveDate) -> bool {
        self.state == State::Published && self.offer.expires_on.is_none_or(|last| day <= last)
    }

    /// Ends it: filled, or withdrawn by the employer. What has ended does not end again.
    pub fn close(self, end: State, now: DateTime<Utc>) -> Result<Self, Refusal> {
        let act = match end {
            State::Filled => Act::Fill,
            State::Withdrawn => Act::Withdraw,
            State::Draft
            | State::Submitted
            | State::Published
            | State::Paused
            | State::Expired
            | State::Rejected => {
                let refusal = Refusal::new("vacancy.no_end").field("state");
                return Err(refusal.arg("value", end.code()));
            }
        };
        let state = self.state.code();
        self.lead(act, end, now).map_err(|_| Refusal::new("vacancy.not_open").arg("state", state))
    }
}
