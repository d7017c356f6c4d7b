//! An office of the service network: from the province down to the village, and two kinds that are
//! no territory. 服务机构

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{Id, Refusal, access::Territory, coded::coded, region::Code};

coded! {
    /// What an office is.
    pub enum Kind: "organisation.kind_unknown", "kind" {
        /// Serves the people of its regions.
        Office = "office",
        /// In an industrial park: serves whoever is assigned to it. 工业园区
        Park = "park",
        /// Outside the province, where people work. 驻外机构
        Station = "station",
    }
}

coded! {
    pub enum State: "organisation.state_unknown", "state" {
        Open = "open",
        /// Became part of another one.
        Merged = "merged",
    }
}

/// A node of the network.
#[derive(Clone, Debug, PartialEq, Serialize, sqlx::FromRow)]
pub struct Organisation {
    pub id: Id<Organisation>,
    pub kind: Kind,
    pub name: String,
    /// `None` at the top.
    pub parent: Option<Id<Organisation>>,
    /// The ids from the top down to this one, each followed by a stroke.
    pub path: String,
    /// Codes of the regions it serves itself.
    #[sqlx(json)]
    pub regions: Vec<String>,
    /// Its regions and those of all below it, as half-open ranges of codes.
    #[sqlx(json)]
    pub ranges: Vec<(String, String)>,
    pub state: State,
    /// The office that it became part of.
    pub merged_into: Option<Id<Organisation>>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    pub version: i64,
}

/// What an office is known by, as somebody writes it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    pub name: String,
    pub regions: Vec<String>,
}

/// How an office was known for a time: one span of its history.
#[derive(Clone, Debug, PartialEq, Serialize, sqlx::FromRow)]
pub struct Past {
    pub organisation_id: Id<Organisation>,
    /// The deed that began this span.
    pub deed: String,
    pub name: String,
    pub parent: Option<Id<Organisation>>,
    #[sqlx(json)]
    pub regions: Vec<String>,
    pub valid_from: DateTime<Utc>,
    pub valid_to: Option<DateTime<Utc>>,
}

/// From the top to the lowest: more would be a mistake in the data.
pub const DEEPEST: usize = 12;

const LONGEST_NAME: usize = 60;

impl Organisation {
    /// How far below the top; 1 there.
    pub fn depth(&self) -> usize {
        self.path.matches('/').count()
    }

    /// This office with everything below it.
    pub fn territory(&self) -> Territory {
        Territory {
            office: self.id,
            path: self.path.clone(),
            ranges: self.ranges.clone(),
            root: self.parent.is_none(),
        }
    }

    /// Is `other` this one, or below it?
    pub fn holds(&self, other: &Self) -> bool {
        other.path.starts_with(&self.path)
    }

    /// May an office of these regions stand directly below this one?
    pub fn takes(&self, kind: Kind, regions: &[String]) -> Result<(), Refusal> {
        self.stands()?;
        if self.depth() >= DEEPEST {
            return Err(Refusal::new("organisation.too_deep").field("parent"));
        }
        let territory = self.territory();
        // a park or a station has no regions to lie in, and takes no office that has
        let outside = regions.iter().find(|code| !territory.covers(code));
        match outside {
            Some(code) if kind == Kind::Office => {
                let refusal = Refusal::new("organisation.region_outside").field("regions");
                Err(refusal.arg("value", code.as_str()).arg("name", self.name.as_str()))
            }
            Some(_) | None => Ok(()),
        }
    }

    /// May this one be moved below `parent`?
    pub fn moves(&self, parent: &Self) -> Result<(), Refusal> {
        self.stands()?;
        if self.parent.is_none() {
            return Err(Refusal::new("organisation.top_stays").field("parent"));
        }
        if self.holds(parent) {
            return Err(Refusal::new("organisation.below_itself").field("parent"));
        }
        parent.takes(self.kind, &self.regions)
    }

    /// May this one become part of `other`?
    pub fn merges(&self, other: &Self) -> Result<(), Refusal> {
        self.stands()?;
        other.stands()?;
        if self.parent.is_none() {
            return Err(Refusal::new("organisation.top_stays").field("into"));
        }
        if self.holds(other) {
            return Err(Refusal::new("organisation.below_itself").field("into"));
        }
        if self.kind == Kind::Office && other.kind != Kind::Office {
            return Err(Refusal::new("organisation.no_territory").field("into"));
        }
        Ok(())
    }

    fn stands(&self) -> Result<(), Refusal> {
        match self.state {
            State::Open => Ok(()),
            State::Merged => {
                Err(Refusal::new("organisation.merged_already").arg("name", self.name.as_str()))
            }
        }
    }
}

impl Details {
    /// The name trimmed, the regions each once; refused where one of them cannot be.
    pub fn checked(mut self, kind: Kind) -> Result<Self, Refusal> {
        self.name = self.name.trim().to_owned();
        if self.name.is_empty() || self.name.chars().count() > LONGEST_NAME {
            let refusal = Refusal::new("organisation.name_missing").field("name");
            return Err(refusal.arg("most", LONGEST_NAME.to_string()));
        }
        let codes: Result<Vec<Code>, _> = self.regions.iter().map(|code| code.parse()).collect();
        let codes = codes.map_err(|refusal: Refusal| refusal.field("regions"))?;
        if (kind == Kind::Office) == codes.is_empty() {
            let code = match kind {
                Kind::Office => "organisation.region_missing",
                Kind::Park | Kind::Station => "organisation.no_territory",
            };
            return Err(Refusal::new(code).field("regions"));
        }
        self.regions = codes.into_iter().map(String::from).collect();
        self.regions.sort();
        self.regions.dedup();
        Ok(self)
    }
}

/// The regions of codes as few half-open ranges: what lies in another one is left out.
pub fn ranges(codes: impl IntoIterator<Item = Code>) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = codes.into_iter().map(|code| code.subtree()).collect();
    all.sort();
    let mut kept: Vec<(String, String)> = vec![];
    for (from, to) in all {
        if kept.last().is_none_or(|(_, end)| to > *end) {
            kept.push((from, to));
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn office(path: &str, regions: &[&str]) -> Organisation {
        let codes = regions.iter().map(|code| code.parse().unwrap());
        Organisation {
            id: Id::new(Uuid::from_u128(path.len() as u128)),
            kind: Kind::Office,
            name: path.into(),
            parent: (path.matches('/').count() > 1).then_some(Id::new(Uuid::nil())),
            path: path.into(),
            regions: regions.iter().map(|code| (*code).to_owned()).collect(),
            ranges: ranges(codes),
            state: State::Open,
            merged_into: None,
            created_at: DateTime::UNIX_EPOCH,
            updated_at: DateTime::UNIX_EPOCH,
            version: 1,
        }
    }

    #[test]
    fn an_office_lies_in_the_regions_of_the_one_above() {
        let city = office("p/c/", &["620500"]);
        assert!(city.takes(Kind::Office, &["620502".into()]).is_ok());
        let refusal = city.takes(Kind::Office, &["620602".into()]).unwrap_err();
        assert_eq!(refusal.code, "organisation.region_outside");
        assert!(city.takes(Kind::Station, &[]).is_ok());
    }

    #[test]
    fn an_office_never_stands_below_itself() {
        let (city, county) = (office("p/c/", &["620500"]), office("p/c/q/", &["620502"]));
        assert_eq!(city.moves(&county).unwrap_err().code, "organisation.below_itself");
        assert_eq!(city.merges(&county).unwrap_err().code, "organisation.below_itself");
        assert_eq!(city.moves(&city).unwrap_err().code, "organisation.below_itself");
        let top = office("p/", &["620000"]);
        assert_eq!(top.moves(&city).unwrap_err().code, "organisation.top_stays");
        assert!(county.moves(&top).is_ok());
    }

    #[test]
    fn a_park_has_no_regions_and_an_office_has_some() {
        let named = |regions: &[&str]| Details {
            name: " 园区 ".into(),
            regions: regions.iter().map(|code| (*code).to_owned()).collect(),
        };
        assert_eq!(named(&[]).checked(Kind::Park).unwrap().name, "园区");
        assert!(named(&["620502"]).checked(Kind::Station).is_err());
        assert!(named(&[]).checked(Kind::Office).is_err());
        let twice = named(&["620503", "620502", "620503"]).checked(Kind::Office).unwrap();
        assert_eq!(twice.regions, ["620502", "620503"]);
        assert_eq!(named(&["x"]).checked(Kind::Office).unwrap_err().field, Some("regions"));
    }

    proptest! {
        #[test]
        fn ranges_cover_exactly_what_the_regions_do(
            codes in prop::collection::vec((1_u32..4, 1_u32..4, 0_u32..4, 0_u32..3), 0..12),
            probe in (1_u32..4, 1_u32..4, 1_u32..4),
        ) {
            let code = |(p, c, q, t): (u32, u32, u32, u32)| -> Code {
                let county = format!("{}{:02}{:02}", 10 + p, c, q);
                let text = if q > 0 && t > 0 { format!("{county}{t:03}") } else { county };
                text.parse().unwrap()
            };
            let codes: Vec<Code> = codes.into_iter().map(code).collect();
            let probe = code((probe.0, probe.1, probe.2, 0)).to_string();
            let covered = ranges(codes.clone());
            let inside = covered.iter().any(|(from, to)| *from <= probe && probe < *to);
            prop_assert_eq!(inside, codes.iter().any(|code| code.contains(&probe)));
        }
    }
}
