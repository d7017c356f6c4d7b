//! Whether an employer is who it says: what it shows, and what a clerk has found. 单位核验

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::{Refusal, coded::coded};

coded! {
    /// unverified → submitted → verified | refused; verified → suspended.
    pub enum State: "employer.state_unknown", "state" {
        Unverified = "unverified",
        Submitted = "submitted",
        Verified = "verified",
        Refused = "refused",
        Suspended = "suspended",
    }
}

coded! {
    /// What is done about it.
    pub enum Act: "employer.act_unknown", "act" {
        /// The employer shows its papers: for the first time, again, or to renew.
        Apply = "apply",
        Verify = "verify",
        Refuse = "refuse",
        Suspend = "suspend",
    }
}

use State::{Refused, Submitted, Suspended, Unverified, Verified};

/// Every way there is.
#[rustfmt::skip]
const LEADS: &[(Act, &[State], State)] = &[
    (Act::Apply,   &[Unverified, Submitted, Verified, Refused],  Submitted),
    // a clerk may know an employer that has not asked
    (Act::Verify,  &[Unverified, Submitted, Refused, Suspended], Verified),
    (Act::Refuse,  &[Submitted],                                 Refused),
    (Act::Suspend, &[Unverified, Submitted, Verified],           Suspended),
];

/// How it stands with an employer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, sqlx::FromRow)]
pub struct Verification {
    pub state: State,
    pub since: DateTime<Utc>,
    /// In the words of the clerk, or empty.
    pub reason: String,
    /// The last day for which it is verified.
    pub valid_to: Option<NaiveDate>,
    #[sqlx(flatten)]
    pub claim: Claim,
}

/// What an employer shows of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, sqlx::FromRow)]
#[serde(default)]
pub struct Claim {
    /// The credit code that it says is its own; checked for its form only.
    #[sqlx(rename = "claimed_code")]
    pub code: String,
    /// Region code of the seat: the office there looks at it.
    #[sqlx(rename = "seat")]
    pub region: String,
    /// Offers work at others: 人力资源服务机构.
    pub agency: bool,
    /// Number of the licence, who has given it, and its last day. 人力资源服务许可证
    pub agency_licence: String,
    pub agency_issuer: String,
    pub agency_until: Option<NaiveDate>,
}

impl Act {
    /// Can this be done from the state?
    pub fn begins(self, from: State) -> bool {
        LEADS.iter().any(|(act, froms, _)| *act == self && froms.contains(&from))
    }
}

impl Verification {
    /// Leads it on. Whoever refuses or suspends says why; what is verified is so until a day.
    pub fn lead(
        self,
        act: Act,
        (reason, valid_to): (&str, Option<NaiveDate>),
        now: DateTime<Utc>,
    ) -> Result<Self, Refusal> {
        let reason = reason.trim();
        let row =
            LEADS.iter().find(|(known, froms, _)| *known == act && froms.contains(&self.state));
        let Some((_, _, into)) = row else {
            return Err(Refusal::new("employer.act_impossible"));
        };
        match act {
            Act::Refuse | Act::Suspend if reason.chars().count() < 2 => {
                return Err(Refusal::new("employer.reason_missing").field("reason"));
            }
            Act::Verify if valid_to.is_none() => {
                return Err(Refusal::new("employer.valid_to_missing").field("valid_to"));
            }
            Act::Apply | Act::Verify | Act::Refuse | Act::Suspend => {}
        }
        // whoever renews stays verified until the old day, or until a clerk says no
        let valid_to = match act {
            Act::Apply => self.valid_to,
            Act::Verify => valid_to,
            Act::Refuse | Act::Suspend => None,
        };
        Ok(Self { state: *into, since: now, reason: reason.to_owned(), valid_to, ..self })
    }

    /// Is it verified on `day`?
    pub fn is_verified(&self, day: NaiveDate) -> bool {
        let current = self.valid_to.is_some_and(|last| day <= last);
        match self.state {
            Verified | Submitted => current,
            Unverified | Refused | Suspended => false,
        }
    }

    /// Has a clerk said no?
    pub const fn is_barred(&self) -> bool {
        matches!(self.state, Refused | Suspended)
    }

    /// May it offer work at others on `day`?
    pub fn may_broker(&self, day: NaiveDate) -> bool {
        let claim = &self.claim;
        self.is_verified(day)
            && !claim.agency_licence.is_empty()
            && claim.agency_until.is_some_and(|last| day <= last)
    }
}

impl Claim {
    /// Does it say all that a clerk must know?
    pub fn check(&self, today: NaiveDate) -> Result<(), Refusal> {
        let missing = |field| Err(Refusal::new("employer.field_missing").field(field));
        match () {
            () if self.code.is_empty() => missing("credit_code"),
            () if self.region.is_empty() => missing("place"),
            () if self.agency && self.agency_licence.trim().is_empty() => missing("agency_licence"),
            () if self.agency && self.agency_issuer.trim().is_empty() => missing("agency_issuer"),
            () if self.agency && self.agency_until.is_none() => missing("agency_until"),
            () if self.agency && self.agency_until.is_some_and(|last| last < today) => {
                Err(Refusal::new("employer.licence_over").field("agency_until"))
            }
            () => Ok(()),
        }
    }
}

coded! {
    /// What a file is that an employer shows.
    pub enum Paper: "employer.paper_unknown", "paper" {
        /// 营业执照
        Licence = "licence",
        /// 人力资源服务许可证
        AgencyLicence = "agency_licence",
    }
}

coded! {
    /// What a file is by its first bytes; nothing else is taken, and none of it is ever opened here.
    pub enum Media: "employer.media_unknown", "file" {
        Pdf = "application/pdf",
        Jpeg = "image/jpeg",
        Png = "image/png",
    }
}

impl Media {
    /// By its content; a name proves nothing.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        const SIGNS: [(&[u8], Media); 3] = [
            (b"%PDF-", Media::Pdf),
            (&[0xFF, 0xD8, 0xFF], Media::Jpeg),
            (b"\x89PNG\r\n\x1a\n", Media::Png),
        ];
        SIGNS.iter().find(|(sign, _)| bytes.starts_with(sign)).map(|(_, media)| *media)
    }

    pub const fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Jpeg => "jpg",
            Self::Png => "png",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn verification(state: State) -> Verification {
        let (since, claim) = (DateTime::UNIX_EPOCH, Claim::default());
        Verification {
            state,
            since,
            reason: String::new(),
            valid_to: Some(day("2026-12-31")),
            claim,
        }
    }

    #[test]
    fn every_act_leads_where_it_should_and_nowhere_else() {
        let to = |act, from| {
            let said = ("理由充分", Some(day("2027-12-31")));
            verification(from).lead(act, said, DateTime::UNIX_EPOCH).ok().map(|v| v.state)
        };
        for &from in State::ALL {
            let verify = (from != Verified).then_some(Verified);
            assert_eq!(to(Act::Verify, from), verify, "{from}");
            assert_eq!(to(Act::Refuse, from), (from == Submitted).then_some(Refused), "{from}");
            let apply = (from != Suspended).then_some(Submitted);
            assert_eq!(to(Act::Apply, from), apply, "{from}");
            let suspend = !matches!(from, Refused | Suspended);
            assert_eq!(to(Act::Suspend, from), suspend.then_some(Suspended), "{from}");
            for &act in Act::ALL {
                assert_eq!(act.begins(from), to(act, from).is_some(), "{act} {from}");
            }
        }
    }

    #[test]
    fn whoever_says_no_says_why_and_a_yes_has_a_last_day() {
        let at = DateTime::UNIX_EPOCH;
        let no = verification(Submitted).lead(Act::Refuse, (" ", None), at);
        assert_eq!(no.unwrap_err().code, "employer.reason_missing");
        let yes = verification(Submitted).lead(Act::Verify, ("", None), at);
        assert_eq!(yes.unwrap_err().code, "employer.valid_to_missing");
        let refused = verification(Submitted).lead(Act::Refuse, ("执照过期", None), at).unwrap();
        assert_eq!((refused.valid_to, refused.is_barred()), (None, true));
    }

    #[test]
    fn whoever_renews_stays_verified_until_the_old_day() {
        let at = DateTime::UNIX_EPOCH;
        let known = verification(Verified);
        assert!(known.is_verified(day("2026-12-31")) && !known.is_verified(day("2027-01-01")));
        let again = known.lead(Act::Apply, ("", None), at).unwrap();
        assert!(again.is_verified(day("2026-12-31")) && !again.is_verified(day("2027-01-01")));
        let gone = again.lead(Act::Suspend, ("查无此地", None), at).unwrap();
        assert!(!gone.is_verified(day("2026-12-31")) && gone.is_barred());
        assert!(
            !Verification { valid_to: None, ..verification(Unverified) }
                .is_verified(day("2026-01-01"))
        );
    }

    #[test]
    fn an_agency_needs_a_licence_that_is_in_force() {
        let today = day("2026-11-22");
        let claim = Claim {
            code: "x".into(),
            region: "620502".into(),
            agency: true,
            agency_licence: "甘人社许字001".into(),
            agency_issuer: "天水市人社局".into(),
            agency_until: Some(today),
        };
        assert_eq!(claim.check(today), Ok(()));
        let over = claim.check(day("2026-11-23")).unwrap_err();
        assert_eq!((over.code, over.field), ("employer.licence_over", Some("agency_until")));
        let unnamed = Claim { agency_issuer: " ".into(), ..claim.clone() };
        assert_eq!(unnamed.check(today).unwrap_err().field, Some("agency_issuer"));
        let plain = Claim { agency: false, agency_licence: String::new(), ..claim.clone() };
        assert_eq!(plain.check(today), Ok(()));
        assert_eq!(Claim::default().check(today).unwrap_err().field, Some("credit_code"));
        let agency = Verification { claim, ..verification(Verified) };
        assert!(agency.may_broker(today) && !agency.may_broker(day("2026-11-23")));
        assert!(!Verification { state: Unverified, ..agency }.may_broker(today));
    }

    #[test]
    fn a_file_is_what_its_first_bytes_say() {
        assert_eq!(Media::of(b"%PDF-1.7 ..."), Some(Media::Pdf));
        assert_eq!(Media::of(&[0xFF, 0xD8, 0xFF, 0xE0]), Some(Media::Jpeg));
        assert_eq!(Media::of(b"\x89PNG\r\n\x1a\nrest"), Some(Media::Png));
        for other in [&b"<html>"[..], b"<svg/>", b"MZ", b"", b"GIF89a", b" %PDF-"] {
            assert_eq!(Media::of(other), None);
        }
    }
}
