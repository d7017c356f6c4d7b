//! The form of a placement, as it is typed and as it is understood.

use chrono::NaiveDate;
use model::{
    Refusal,
    placement::{Channel, Contract, End, Kind, Placement, Work},
    reference::Reference,
};
use serde::Deserialize;

use crate::frame::Frame;

/// Every field in words.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Given {
    pub kind: String,
    pub employer_name: String,
    pub post: String,
    pub region: String,
    pub started_on: String,
    /// Yuan a month.
    pub wage: String,
    pub contract: String,
    pub signed_on: String,
    pub until: String,
    pub insured_on: String,
    pub channel: String,
    /// The version that was on the page.
    pub seen: String,
}

impl Given {
    /// What is registered, or what a hire has brought.
    pub(super) fn of(one: &Placement) -> Self {
        let work = &one.work;
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        Self {
            kind: work.kind.code().to_owned(),
            employer_name: work.employer_name.clone(),
            post: work.post.clone(),
            region: work.region.clone(),
            started_on: day(work.started_on.or(Some(one.hired_on))),
            wage: work.wage.map(|cents| (cents / 100).to_string()).unwrap_or_default(),
            contract: work.contract.map(|form| form.code().to_owned()).unwrap_or_default(),
            signed_on: day(work.signed_on),
            until: day(work.until),
            insured_on: day(work.insured_on),
            channel: one.channel.code().to_owned(),
            seen: one.version.to_string(),
        }
    }

    pub(super) fn read(&self) -> Result<Work, Refusal> {
        let contract = match self.contract.trim() {
            "" => None,
            code => Some(code.parse::<Contract>()?),
        };
        Ok(Work {
            kind: if self.kind.is_empty() { Kind::Employed } else { self.kind.parse()? },
            employer_name: self.employer_name.clone(),
            post: self.post.clone(),
            region: self.region.trim().to_owned(),
            started_on: day(&self.started_on, "started_on")?,
            wage: yuan(&self.wage)?,
            contract,
            signed_on: day(&self.signed_on, "signed_on")?,
            until: day(&self.until, "until")?,
            insured_on: day(&self.insured_on, "insured_on")?,
        })
    }

    /// With the place of work as people write it: 天水市秦州区.
    pub(super) fn named(self, reference: &Reference) -> Self {
        let path = reference.places.path(&self.region);
        let names: Vec<&str> = path.iter().map(|region| region.name.as_str()).collect();
        if names.is_empty() { self } else { Self { region: names.concat(), ..self } }
    }

    /// The same the other way round; a code stays one, and what is no place stays as it was typed.
    pub(super) fn placed(self, reference: &Reference) -> Self {
        let text = self.region.trim();
        if text.chars().all(|c| c.is_ascii_digit()) {
            return self;
        }
        let found = reference.places.read(text, "").region;
        if found.is_empty() { self } else { Self { region: found, ..self } }
    }

    pub(super) fn way(&self) -> Result<Channel, Refusal> {
        if self.channel.is_empty() { Ok(Channel::Elsewhere) } else { self.channel.parse() }
    }
}

/// A day, or nothing.
pub(super) fn day(text: &str, field: &'static str) -> Result<Option<NaiveDate>, Refusal> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let malformed = || Refusal::new("placement.day_malformed").field(field);
    text.parse().map(Some).map_err(|_| malformed())
}

/// "4,500" yuan as cents.
fn yuan(text: &str) -> Result<Option<i64>, Refusal> {
    let plain: String = text.chars().filter(|c| !matches!(c, ',' | '，' | ' ' | '元')).collect();
    if plain.is_empty() {
        return Ok(None);
    }
    let malformed = || Refusal::new("placement.wage_range").field("wage");
    let yuan: i64 = plain.parse().map_err(|_| malformed())?;
    yuan.checked_mul(100).map(Some).ok_or_else(malformed)
}

/// The words of a closed list, for a form.
pub(super) struct Words {
    pub kinds: Vec<(&'static str, String)>,
    pub contracts: Vec<(&'static str, String)>,
    pub channels: Vec<(&'static str, String)>,
    pub ends: Vec<(&'static str, String)>,
}

impl Words {
    pub(super) fn new(frame: &Frame) -> Self {
        let word =
            |list: &str, code: &'static str| (code, frame.t(&format!("placement.{list}-{code}")));
        Self {
            kinds: Kind::ALL.iter().map(|one| word("kind", one.code())).collect(),
            contracts: Contract::ALL.iter().map(|one| word("contract", one.code())).collect(),
            channels: Channel::ALL.iter().map(|one| word("channel", one.code())).collect(),
            ends: End::ALL.iter().map(|one| word("end", one.code())).collect(),
        }
    }
}
