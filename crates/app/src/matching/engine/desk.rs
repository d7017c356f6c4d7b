//! Who looks after whom, in small numbers: the region where somebody lives and the office that keeps
//! the record decide together which offices see it.

use std::collections::{HashMap, HashSet};

use matching::Desks;
use model::{
    Id,
    access::{Reach, Scope, Territory},
    event::Event,
    organisation::Organisation,
};
use store::Reader;

use crate::Result;

type Desk = (String, Option<Id<Organisation>>);

/// Every desk that anybody is looked after at, by number.
#[derive(Default)]
pub(super) struct Numbers {
    all: Vec<Desk>,
    by_desk: HashMap<Desk, u16>,
    /// More desks than there are numbers: then nothing can be chosen.
    too_many: bool,
}

impl Numbers {
    pub(super) fn number(&mut self, desk: Desk) -> u16 {
        if let Some(number) = self.by_desk.get(&desk) {
            return *number;
        }
        let Some(number) = u16::try_from(self.all.len()).ok().filter(|n| *n < u16::MAX) else {
            self.too_many = true;
            return u16::MAX;
        };
        self.all.push(desk.clone());
        self.by_desk.insert(desk, number);
        number
    }

    /// Numbers neighbours next to each other; gives by old number the new one.
    pub(super) fn sort(&mut self) -> Vec<u16> {
        let old = std::mem::take(&mut self.all);
        self.all.clone_from(&old);
        self.all.sort_unstable();
        self.by_desk = self.all.iter().cloned().zip(0..).collect();
        old.iter().map(|desk| self.by_desk.get(desk).copied().unwrap_or(u16::MAX)).collect()
    }

    /// What an office had may be another's now.
    pub(super) fn follow(&mut self, event: &Event) {
        let into = event.change.get("merged_into").and_then(|id| id.as_str()?.parse().ok());
        let (Some(into), "organisation") = (into, event.noun.as_str()) else { return };
        for (_, office) in
            self.all.iter_mut().filter(|(_, office)| *office == Some(Id::new(event.subject)))
        {
            *office = Some(Id::new(into));
        }
        self.by_desk = self.all.iter().cloned().zip(0..).collect();
    }

    /// Can it be said who is meant?
    pub(super) const fn knows(&self, choice: &Choice) -> bool {
        matches!(choice, Choice::All) || !self.too_many
    }

    /// Nothing where everybody is meant.
    pub(super) fn chosen(&self, choice: &Choice) -> Option<Desks> {
        let Choice::Some(territory, offices) = choice else { return None };
        let own = |(region, office): &Desk| {
            territory.covers(region)
                || office.map_or(territory.root, |office| offices.contains(&office))
        };
        Some(Desks::new(self.all.iter().map(own)))
    }
}

/// Whose people a scope sees.
pub(super) enum Choice {
    All,
    Some(Territory, HashSet<Id<Organisation>>),
}

impl Choice {
    /// `None` for who is no office.
    pub(super) async fn of(r: &mut Reader, scope: &Scope) -> Result<Option<Self>> {
        Ok(match scope.reach() {
            _ if !scope.people() => None,
            Reach::All => Some(Self::All),
            Reach::Office(territory) => {
                let offices = store::organisation::ids(r, scope).await?;
                Some(Self::Some(territory.clone(), offices.into_iter().collect()))
            }
            Reach::Public | Reach::Employer(_) | Reach::Person(_) => None,
        })
    }
}
