//! As many people placed as can be, and of all such ways the one with the best sum of scores: an
//! auction where the market is large, and then successive shortest paths (Jewell 1962; potentials
//! after Edmonds and Karp 1972) for whoever the auction left without a place. Without the auction
//! the sum is the best there is; with it the prices prove how far it may be from that.
//!
//! Each round places one person more by the chain of moves that costs the least. `height` is the
//! cost of the cheapest chain to a limit as far as it is known; no step of a chain leads down by
//! more than it costs, so that Dijkstra finds the next one. At the end the heights are the prices of
//! [`Proof`].

use std::cmp::Reverse;

use super::{
    Market, Outcome, Proof, Wish,
    auction::Auction,
    chain::{Node, Search, Step},
};

struct Flow<'m> {
    market: &'m Market,
    /// The limits within each limit.
    inside: Vec<Vec<usize>>,
    /// Of each limit: who asks there.
    asking: Vec<Asking>,
    /// Of each limit: who is kept, by person and wish.
    kept: Vec<Vec<(usize, usize)>>,
    got: Vec<Vec<usize>>,
    taken: Vec<usize>,
    height: Vec<i64>,
    /// Of people without room for more.
    height_person: Vec<i64>,
    /// Of everybody else, and of the end.
    base: i64,
    end: i64,
}

/// Score, person and wish of those who ask, the highest score first, and how many of these need no
/// more looking at.
type Asking = (Vec<(i64, usize, usize)>, usize);

/// Wishes up to which the best sum is looked for without an auction.
const SMALL: usize = 20_000;

/// A bid raises a price by this much at least: of scores up to 100,000 a half of one in a
/// thousand.
const STEP: i64 = 50;

pub(super) fn assign(market: &Market) -> Outcome {
    let wishes: usize = market.people.iter().map(Vec::len).sum();
    assign_by(market, (wishes > SMALL).then_some(STEP))
}

/// With an auction of such a step first, if any.
pub(super) fn assign_by(market: &Market, step: Option<i64>) -> Outcome {
    let mut flow = Flow::new(market);
    if let Some(step) = step {
        flow.begin(&Auction::run(market, step));
    }
    let near = loop {
        let mut search = flow.search();
        match flow.explore(&mut search) {
            Some((cost, last)) => flow.shift(&search, cost, last),
            None => break search.near(),
        }
    };
    let price = |n: usize| {
        let around = market.limits.get(n).and_then(|limit| limit.within);
        let outer = around.map_or(flow.end, |around| at(&flow.height, around));
        (outer - at(&flow.height, n)).max(0)
    };
    let prices = (0..market.limits.len()).map(price).collect();
    let proof = Proof { prices, bonus: flow.end - flow.base, near };
    let mut got = flow.got;
    for wishes in &mut got {
        wishes.sort_unstable();
    }
    Outcome::of(market, got, Some(proof))
}

impl<'m> Flow<'m> {
    fn new(market: &'m Market) -> Self {
        let (limits, people) = (market.limits.len(), market.people.len());
        let mut asking = vec![(vec![], 0); limits];
        for (person, wishes) in market.people.iter().enumerate().filter(|_| market.each > 0) {
            for (at, wish) in wishes.iter().enumerate() {
                if let Some((list, _)) = asking.get_mut(wish.limit) {
                    list.push((wish.score, person, at));
                }
            }
        }
        let mut inside = vec![vec![]; limits];
        for (n, limit) in market.limits.iter().enumerate() {
            if let Some(list) = limit.within.and_then(|around| inside.get_mut(around)) {
                list.push(n);
            }
        }
        let mut height = vec![0; limits];
        for (n, (list, _)) in asking.iter_mut().enumerate() {
            list.sort_unstable_by_key(|(score, person, wish)| (Reverse(*score), *person, *wish));
            let best = list.first().map_or(0, |(score, ..)| -score);
            for around in market.around(n) {
                let least = at(&height, around).min(best);
                put(&mut height, around, least);
            }
        }
        let end = height.iter().copied().min().unwrap_or_default();
        let (kept, got) = (vec![vec![]; limits], vec![vec![]; people]);
        let (taken, height_person) = (vec![0; limits], vec![0; people]);
        Self { market, inside, asking, kept, got, taken, height, height_person, base: 0, end }
    }

    /// Goes on from the end of an auction: its prices are the heights, upside down.
    fn begin(&mut self, auction: &Auction<'_>) {
        self.taken.clone_from(&auction.taken);
        (self.base, self.end) = (0, 0);
        for limit in 0..self.market.limits.len() {
            // where there is no seat at all, any price will do that nobody would pay
            let none = || self.height.get(limit).map_or(0, |height| -height);
            let price = auction.price(limit).unwrap_or_else(none);
            put(&mut self.height, limit, -price);
        }
        for (person, held) in auction.held.iter().enumerate() {
            let mut least = i64::MAX;
            for (at, _) in held {
                if let Some(wish) = self.market.wish(person, *at).copied() {
                    self.keep(wish.limit, person, *at);
                    least = least.min(wish.score + self::at(&self.height, wish.limit));
                }
            }
            if !self.has_room(person) {
                put(&mut self.height_person, person, least);
            }
        }
    }

    fn full(&self, limit: usize) -> bool {
        self.taken.get(limit).copied() >= Some(self.market.seats(limit))
    }

    fn has_room(&self, person: usize) -> bool {
        self.got.get(person).is_some_and(|got| got.len() < self.market.each)
    }

    fn holds(&self, person: usize, wish: usize) -> bool {
        self.got.get(person).is_some_and(|got| got.contains(&wish))
    }

    /// A search that begins with the best of those at each limit who have room for more.
    fn search(&mut self) -> Search {
        let mut search = Search::new(self.market.limits.len(), self.market.people.len());
        for limit in 0..self.market.limits.len() {
            let Some((list, mut begun)) = self.asking.get(limit).map(|(l, n)| (l.as_slice(), *n))
            else {
                continue;
            };
            // whoever has no room will never have any again
            while list.get(begun).is_some_and(|(_, person, _)| !self.has_room(*person)) {
                begun += 1;
            }
            let free = |(_, person, wish): &&(i64, usize, usize)| {
                self.has_room(*person) && !self.holds(*person, *wish)
            };
            if let Some((score, person, wish)) = list.iter().skip(begun).find(free).copied() {
                let cost = self.base - score - at(&self.height, limit);
                search.reach(Node::Limit(limit), (0, cost), Step::Enter { person, wish });
            }
            if let Some((_, known)) = self.asking.get_mut(limit) {
                *known = begun;
            }
        }
        search
    }

    /// Goes on until the end is reached: what that costs, and the post where it was.
    fn explore(&self, search: &mut Search) -> Option<(i64, usize)> {
        let mut last = None;
        while let Some((cost, node)) = search.nearest() {
            match node {
                Node::End => return last.map(|last| (cost, last)),
                Node::Person(person) => self.leave_person(search, person, cost),
                Node::Limit(limit) => {
                    let found = self.leave_limit(search, limit, cost);
                    if let Some(end) = found
                        && search.end(end)
                    {
                        last = Some(limit);
                    }
                }
            }
        }
        None
    }

    fn leave_person(&self, search: &mut Search, person: usize, cost: i64) {
        let height = at(&self.height_person, person);
        for (wish, wished) in self.market.people.get(person).into_iter().flatten().enumerate() {
            if !self.holds(person, wish) {
                let more = height - wished.score - at(&self.height, wished.limit);
                let step = Step::Move { person, wish };
                search.reach(Node::Limit(wished.limit), (cost, more), step);
            }
        }
    }

    /// Answers what the end costs from here, if this is a post with a free seat.
    fn leave_limit(&self, search: &mut Search, limit: usize, cost: i64) -> Option<i64> {
        let height = at(&self.height, limit);
        for inner in self.inside.get(limit).into_iter().flatten() {
            if self.taken.get(*inner).is_some_and(|taken| *taken > 0) {
                let more = height - at(&self.height, *inner);
                search.reach(Node::Limit(*inner), (cost, more), Step::Inward { from: limit });
            }
        }
        for (person, wish) in self.kept.get(limit).into_iter().flatten() {
            // whoever has room costs nothing to begin with
            if let Some(wished) = self.market.wish(*person, *wish)
                && !self.has_room(*person)
            {
                let more = wished.score + height - at(&self.height_person, *person);
                search.reach(Node::Person(*person), (cost, more), Step::Give { wish: *wish });
            }
        }
        if self.full(limit) {
            return None;
        }
        match self.market.limits.get(limit)?.within {
            Some(around) => {
                let more = height - at(&self.height, around);
                search.reach(Node::Limit(around), (cost, more), Step::Outward { from: limit });
                None
            }
            None => Some(cost + (height - self.end).max(0)),
        }
    }

    /// Raises the heights by what was learnt, and moves everybody along the chain.
    fn shift(&mut self, search: &Search, cost: i64, last: usize) {
        for node in &search.done {
            let short = search.cost(*node) - cost;
            let height = match node {
                Node::Limit(n) => self.height.get_mut(*n),
                Node::Person(n) => self.height_person.get_mut(*n),
                Node::End => None,
            };
            if let Some(height) = height {
                *height += short;
            }
        }
        self.base -= cost;
        if let Some(taken) = self.taken.get_mut(last) {
            *taken += 1;
        }
        let mut node = Node::Limit(last);
        while let Some(step) = search.step(node) {
            match self.undo(node, step) {
                Some(before) => node = before,
                None => return,
            }
        }
    }

    /// Makes one step of the chain true; answers where it came from.
    fn undo(&mut self, node: Node, step: Step) -> Option<Node> {
        match (node, step) {
            (Node::Limit(limit), Step::Enter { person, wish }) => {
                self.keep(limit, person, wish);
                if !self.has_room(person) {
                    put(&mut self.height_person, person, self.base);
                }
                None
            }
            (Node::Limit(limit), Step::Move { person, wish }) => {
                self.keep(limit, person, wish);
                Some(Node::Person(person))
            }
            (Node::Person(person), Step::Give { wish }) => {
                let limit = self.market.wish(person, wish).map(|wish: &Wish| wish.limit)?;
                if let Some(kept) = self.kept.get_mut(limit) {
                    kept.retain(|one| *one != (person, wish));
                }
                if let Some(got) = self.got.get_mut(person) {
                    got.retain(|one| *one != wish);
                }
                Some(Node::Limit(limit))
            }
            (Node::Limit(_), Step::Outward { from }) => {
                super::add(&mut self.taken, from, 1);
                Some(Node::Limit(from))
            }
            (Node::Limit(limit), Step::Inward { from }) => {
                super::take(&mut self.taken, limit);
                Some(Node::Limit(from))
            }
            _ => None,
        }
    }

    fn keep(&mut self, limit: usize, person: usize, wish: usize) {
        if let Some(kept) = self.kept.get_mut(limit) {
            kept.push((person, wish));
        }
        if let Some(got) = self.got.get_mut(person) {
            got.push(wish);
        }
    }
}

fn at(of: &[i64], n: usize) -> i64 {
    of.get(n).copied().unwrap_or_default()
}

pub(super) fn put<T>(of: &mut [T], n: usize, value: T) {
    if let Some(place) = of.get_mut(n) {
        *place = value;
    }
}
