//! People for a post, and whom a new post reaches.

mod search;

use std::{collections::HashMap, sync::Arc};

use model::matching::{Catalogue, Ground, Head, NONE, Person, Rule, Someone};

/// One person in half a line of the cache; the lists stand elsewhere, in the same order.
#[derive(Clone, Copy, Debug)]
struct Row {
    head: Head,
    /// Where the lists begin; they end where the next person's begin.
    from: u32,
    /// The total that a new post must reach to be worth a notice; [`GONE`]: no longer here.
    bar: u32,
}

/// Of somebody who has gone or changed.
const GONE: u32 = u32::MAX;

/// Neighbours in the order: who live in one area and wish for similar work.
#[derive(Clone, Copy, Debug)]
struct Cell {
    from: u32,
    to: u32,
    /// A bit for each minor group wished for by anybody.
    minors: u128,
    /// Bits for the provinces and for the cities named by anybody; one bit may be several.
    provinces: u64,
    cities: u64,
    /// The farthest that anybody goes in kilometres, [`NONE`] any distance.
    reach_km: u16,
    ground: u16,
    /// The lowest bar.
    bar: u32,
    /// Everybody has a wish.
    wish: bool,
    /// Somebody would go anywhere.
    anywhere: bool,
}

/// People sorted by how far they go, county, and what they wish for.
pub struct People {
    rule: Arc<Rule>,
    rows: Vec<Row>,
    lists: Vec<u16>,
    ids: Vec<u128>,
    cells: Vec<Cell>,
    grounds: Vec<Ground>,
    by_id: Vec<u32>,
    minors: Minors,
    /// Who is new or has changed since, with the bar.
    delta: HashMap<u128, (Person, u32)>,
}

/// People on their way in.
#[derive(Default)]
pub struct Crowd {
    rows: Vec<Row>,
    lists: Vec<u16>,
    ids: Vec<u128>,
}

impl Crowd {
    pub fn push(&mut self, id: u128, person: &Person, bar: u32) {
        let from = u32::try_from(self.lists.len()).unwrap_or(u32::MAX);
        self.rows.push(Row { head: person.head, from, bar });
        self.lists.extend_from_slice(&person.lists);
        self.ids.push(id);
    }

    fn view(&self, n: u32) -> Someone<'_> {
        let row = self.rows.get(n as usize);
        let (head, from) = row.map_or((Head::default(), 0), |row| (row.head, row.from));
        Someone { head, lists: slice(&self.lists, from, &head) }
    }
}

fn slice<'l>(lists: &'l [u16], from: u32, head: &Head) -> &'l [u16] {
    let lengths = [head.occupations, head.regions, head.words, head.skills];
    let length = lengths.map(usize::from).iter().sum::<usize>();
    let from = from as usize;
    lists.get(from..from + length).unwrap_or_default()
}

/// Minor groups of occupations as bits.
struct Minors {
    /// By occupation; the bits of a major group are those of all its minors.
    of: Vec<u128>,
}

impl Minors {
    fn new(catalogue: &Catalogue) -> Self {
        let (_, occupations, _) = catalogue.sizes();
        let (mut of, mut bit) = (vec![0; occupations], 0);
        let mut last = NONE;
        for n in 0..occupations {
            let node = u16::try_from(n).unwrap_or(NONE);
            let [major, minor] = catalogue.top(node);
            if minor != NONE && minor != last {
                last = minor;
                bit = (bit + 1) % 128;
            }
            let own = if minor == NONE { 0 } else { 1 << bit };
            for above in [major, node] {
                if let Some(bits) = of.get_mut(usize::from(above)) {
                    *bits |= own;
                }
            }
        }
        Self { of }
    }

    fn of(&self, occupation: u16) -> u128 {
        self.of.get(usize::from(occupation)).copied().unwrap_or(0)
    }
}

/// How somebody goes: within a reach first, then any distance.
fn far(head: &Head) -> bool {
    head.is(Head::ANYWHERE) || (head.reach_km == NONE && head.regions == 0)
}

impl People {
    /// Takes about 64 bytes a person.
    pub fn new(rule: Arc<Rule>, crowd: &Crowd) -> Self {
        let catalogue = Arc::clone(&rule.catalogue);
        let minors = Minors::new(&catalogue);
        let count = u32::try_from(crowd.rows.len()).unwrap_or(u32::MAX);
        let key = |n: u32| {
            let person = crowd.view(n);
            let wish = person.occupations().first().copied().unwrap_or(NONE);
            let [_, minor] = catalogue.top(wish);
            (far(&person.head), catalogue.area(person.head.home), minor, catalogue.group(wish))
        };
        let mut order: Vec<u32> = (0..count).collect();
        order.sort_by_cached_key(|n| (key(*n), *n));
        let mut people = Self {
            rows: Vec::with_capacity(crowd.rows.len()),
            lists: Vec::with_capacity(crowd.lists.len()),
            ids: Vec::with_capacity(crowd.ids.len()),
            cells: Vec::new(),
            grounds: Vec::new(),
            by_id: (0..count).collect(),
            minors,
            delta: HashMap::new(),
            rule,
        };
        let mut last = None;
        for n in order {
            let (far, area, minor, _) = key(n);
            if last != Some((far, area, minor)) {
                people.begin(last.is_none_or(|(f, a, _)| (f, a) != (far, area)).then_some(area));
                last = Some((far, area, minor));
            }
            let bar = crowd.rows.get(n as usize).map_or(GONE, |row| row.bar);
            let id = crowd.ids.get(n as usize).copied().unwrap_or(0);
            people.take(id, crowd.view(n), bar);
        }
        let ids = &people.ids;
        people.by_id.sort_unstable_by_key(|row| ids.get(*row as usize));
        people.cells.shrink_to_fit();
        people
    }

    /// A new cell, on new ground if it is another area.
    fn begin(&mut self, area: Option<u16>) {
        self.grounds.extend(area.map(Ground::new));
        let at = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
        self.cells.push(Cell {
            from: at,
            to: at,
            minors: 0,
            provinces: 0,
            cities: 0,
            reach_km: 0,
            ground: u16::try_from(self.grounds.len().saturating_sub(1)).unwrap_or(NONE),
            bar: GONE,
            wish: true,
            anywhere: false,
        });
    }

    fn take(&mut self, id: u128, person: Someone<'_>, bar: u32) {
        let from = u32::try_from(self.lists.len()).unwrap_or(u32::MAX);
        self.rows.push(Row { head: person.head, from, bar });
        self.lists.extend_from_slice(person.lists);
        self.ids.push(id);
        if let Some(ground) = self.grounds.last_mut() {
            ground.take(person.head.point);
        }
        let Some(cell) = self.cells.last_mut() else { return };
        cell.to += 1;
        cell.bar = cell.bar.min(bar);
        cell.wish &= person.head.occupations > 0;
        cell.anywhere |= person.head.is(Head::ANYWHERE);
        for wish in person.occupations() {
            cell.minors |= self.minors.of(*wish);
        }
        for region in person.regions() {
            let (province, city) = bits(&self.rule.catalogue, *region);
            cell.cities |= city;
            // whoever names a whole province names each of its cities
            cell.provinces |= if city == 0 { province } else { 0 };
        }
        let usual = u16::try_from(self.rule.weights.usual_reach_km).unwrap_or(NONE);
        let reach = match person.head.reach_km {
            NONE if far(&person.head) => NONE,
            NONE => usual,
            told => told,
        };
        cell.reach_km = cell.reach_km.max(reach);
    }

    pub fn rule(&self) -> &Arc<Rule> {
        &self.rule
    }

    /// People in the base, and in the delta.
    pub fn len(&self) -> (usize, usize) {
        (self.rows.len(), self.delta.len())
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty() && self.delta.is_empty()
    }

    /// Bytes held.
    pub fn bytes(&self) -> usize {
        self.rows.len() * (size_of::<Row>() + 16 + 4)
            + self.lists.len() * 2
            + self.cells.len() * size_of::<Cell>()
            + self.delta.len() * 160
    }

    /// Somebody is new, has changed, or has gone.
    pub fn put(&mut self, id: u128, person: Option<(Person, u32)>) {
        if let Some(row) = self.row_of(id).and_then(|row| self.rows.get_mut(row)) {
            row.bar = GONE;
        }
        match person {
            Some(person) => drop(self.delta.insert(id, person)),
            None => drop(self.delta.remove(&id)),
        }
    }

    /// The total that a new post must reach to be worth a notice to somebody. Lowered, it may cost
    /// time until the next building; raised, it saves some.
    pub fn set_bar(&mut self, id: u128, bar: u32) {
        if let Some((_, held)) = self.delta.get_mut(&id) {
            *held = bar;
            return;
        }
        let Some(at) = self.row_of(id) else { return };
        let Some(row) = self.rows.get_mut(at).filter(|row| row.bar != GONE) else { return };
        row.bar = bar.min(GONE - 1);
        let cell = self.cells.partition_point(|cell| cell.to as usize <= at);
        if let Some(cell) = self.cells.get_mut(cell) {
            cell.bar = cell.bar.min(bar);
        }
    }

    fn row_of(&self, id: u128) -> Option<usize> {
        let at = |row: &u32| self.ids.get(*row as usize).copied().unwrap_or(u128::MAX);
        let found = self.by_id.binary_search_by_key(&id, at).ok()?;
        self.by_id.get(found).map(|row| *row as usize)
    }

    #[inline]
    fn view(&self, row: &Row) -> Someone<'_> {
        Someone { head: row.head, lists: slice(&self.lists, row.from, &row.head) }
    }

    /// Everybody, base and delta, with the bar.
    pub fn all(&self) -> impl Iterator<Item = (u128, Someone<'_>, u32)> {
        let rows = self.ids.iter().zip(&self.rows).filter(|(_, row)| row.bar != GONE);
        let delta = self.delta.iter().map(|(id, (person, bar))| (*id, person.view(), *bar));
        rows.map(|(id, row)| (*id, self.view(row), row.bar)).chain(delta)
    }
}

/// The bit of a region's province, and of its city where it is one or lies in one.
fn bits(catalogue: &Catalogue, region: u16) -> (u64, u64) {
    let province = catalogue.province(region);
    let city = catalogue.city(region);
    let bit = |node: u16| if node == NONE { 0 } else { 1_u64 << (node % 61) };
    (bit(province), bit(city))
}
