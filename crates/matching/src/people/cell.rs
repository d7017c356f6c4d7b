//! Neighbours in the order of people, and what can be said of all of them.

use model::matching::{Catalogue, Ground, Head, NONE, Someone};

use super::{Tag, desk::Span};

/// At most [`Cell::MOST`] people who wish for one group of occupations and go equally far.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cell {
    pub from: u32,
    pub to: u32,
    pub ground: Ground,
    /// Bits for skills that anybody has, and for cities and provinces that anybody named; one bit may
    /// be several of them.
    pub skills: u64,
    pub cities: u64,
    pub provinces: u32,
    /// The lowest bar.
    pub bar: u32,
    /// The farthest that anybody goes in kilometres, [`NONE`] any distance.
    pub reach_km: u16,
    /// The least and the greatest of the floors.
    pub floors: (u16, u16),
    /// The least and the greatest of the desks.
    pub desks: Span,
    /// How many are no longer here.
    pub gone: u8,
    pub way: Way,
    /// All are of the legal age, and want any form.
    pub of_age: bool,
    pub any_form: bool,
}

/// How somebody goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Way {
    /// Within a distance from home.
    Near,
    /// Also to the regions named.
    Named,
    /// Any distance, as none is told.
    Far,
    /// Declared: anywhere.
    Anywhere,
}

/// Where somebody stands in the order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    /// Of occupations, [`NONE`] of who wishes for none.
    pub group: u16,
    pub way: Way,
    /// The first region named, or the county of home.
    pub anchor: u16,
}

impl Key {
    pub(super) fn new(person: Someone<'_>, group: u16, catalogue: &Catalogue) -> Self {
        let head = &person.head;
        let way = match person.regions().first() {
            _ if head.is(Head::ANYWHERE) => Way::Anywhere,
            Some(_) => Way::Named,
            None if head.reach_km == NONE => Way::Far,
            None => Way::Near,
        };
        let named = person.regions().first().filter(|_| way == Way::Named);
        let anchor = named.copied().unwrap_or_else(|| catalogue.area(head.home));
        Self { group, way, anchor }
    }
}

impl Cell {
    pub(super) const MOST: u32 = 64;

    pub(super) fn new(from: u32, way: Way) -> Self {
        Self {
            from,
            to: from,
            ground: Ground::default(),
            skills: 0,
            cities: 0,
            provinces: 0,
            bar: u32::MAX,
            reach_km: 0,
            floors: (u16::MAX, 0),
            desks: (u16::MAX, 0),
            gone: 0,
            way,
            of_age: true,
            any_form: true,
        }
    }

    /// One more. `usual_km` is how far somebody goes who named places and no distance.
    pub(super) fn take(&mut self, person: Someone<'_>, tag: Tag, tops: &Tops, usual_km: u16) {
        let head = &person.head;
        self.to += 1;
        self.ground.take(head.point, tops.area(head.home));
        for skill in person.skills() {
            self.skills |= skill_bit(*skill);
        }
        for region in person.regions() {
            let [province, city] = tops.of(*region);
            // whoever names a whole province names each of its cities
            if city == NONE {
                self.provinces |= province_bit(province);
            } else {
                self.cities |= city_bit(city);
            }
        }
        self.bar = self.bar.min(tag.bar);
        self.desks = (self.desks.0.min(tag.desk), self.desks.1.max(tag.desk));
        let reach = match (head.reach_km, self.way) {
            (NONE, Way::Far | Way::Anywhere) => NONE,
            (NONE, Way::Near | Way::Named) => usual_km,
            (told, _) => told,
        };
        self.reach_km = self.reach_km.max(reach);
        self.floors = (self.floors.0.min(head.floor), self.floors.1.max(head.floor));
        self.of_age &= head.is(Head::OF_AGE);
        self.any_form &= head.forms == 0;
    }

    /// May anybody have named a region that holds the place, or lies in it?
    pub(super) const fn may_name(&self, [province, city]: [u16; 2]) -> bool {
        self.cities & city_bit(city) != 0
            || self.provinces & province_bit(province) != 0
            // a place that is only known to a province lies around every one in it
            || (city == NONE && (self.cities != 0 || self.provinces != 0))
    }

    pub(super) const fn people(&self) -> u32 {
        self.to - self.from
    }
}

pub(super) const fn skill_bit(skill: u16) -> u64 {
    1 << (skill % 64)
}

const fn city_bit(city: u16) -> u64 {
    if city == NONE { 0 } else { 1 << (city % 61) }
}

const fn province_bit(province: u16) -> u32 {
    if province == NONE { 0 } else { 1 << (province % 31) }
}

/// Province, city and county of each region.
pub(super) struct Tops(Vec<[u16; 3]>);

impl Tops {
    pub(super) fn new(catalogue: &Catalogue) -> Self {
        let (places, _, _) = catalogue.sizes();
        let places = 0..u16::try_from(places).unwrap_or(NONE);
        let of = |place| [catalogue.province(place), catalogue.city(place), catalogue.area(place)];
        Self(places.map(of).collect())
    }

    fn get(&self, place: u16) -> [u16; 3] {
        self.0.get(usize::from(place)).copied().unwrap_or([NONE; 3])
    }

    /// Its province and its city, [`NONE`] where it is more than that.
    pub(super) fn of(&self, place: u16) -> [u16; 2] {
        let [province, city, _] = self.get(place);
        [province, city]
    }

    fn area(&self, place: u16) -> u16 {
        let [_, _, area] = self.get(place);
        area
    }
}
