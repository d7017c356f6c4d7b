//! The search for the cheapest chain of moves that places one person more (Dijkstra 1959).

use std::{cmp::Reverse, collections::BinaryHeap};

use super::optimal::put;

/// A place in the network: a limit, a person who has as many posts as one may, or the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Node {
    Limit(usize),
    Person(usize),
    End,
}

/// How a chain came to a node.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    /// A person with room asks here.
    Enter { person: usize, wish: usize },
    /// A person gives something up, and asks here instead.
    Move { person: usize, wish: usize },
    /// Whoever has this wish gives it up.
    Give { wish: usize },
    /// One more counts against the limit inside.
    Outward { from: usize },
    /// One fewer counts against the limit that is reached.
    Inward { from: usize },
}

/// What one search has found so far.
pub(super) struct Search {
    /// Of limits, then of people; `i64::MAX` where nothing was found.
    cost: Vec<i64>,
    came: Vec<Option<Step>>,
    queue: BinaryHeap<Reverse<(i64, Node)>>,
    limits: usize,
    pub(super) done: Vec<Node>,
}

impl Search {
    pub(super) fn new(limits: usize, people: usize) -> Self {
        let cost = vec![i64::MAX; limits + people + 1];
        let came = vec![None; limits + people];
        Self { cost, came, queue: BinaryHeap::new(), limits, done: vec![] }
    }

    pub(super) fn number(&self, node: Node) -> usize {
        match node {
            Node::Limit(n) => n,
            Node::Person(n) => self.limits + n,
            Node::End => self.cost.len() - 1,
        }
    }

    pub(super) fn cost(&self, node: Node) -> i64 {
        self.cost.get(self.number(node)).copied().unwrap_or(i64::MAX)
    }

    pub(super) fn step(&self, node: Node) -> Option<Step> {
        self.came.get(self.number(node)).copied().flatten()
    }

    /// `from` is what the chain costs so far, `more` the step; after an auction it may seem to be a
    /// little less than nothing.
    pub(super) fn reach(&mut self, node: Node, (from, more): (i64, i64), step: Step) {
        let (number, cost) = (self.number(node), from + more.max(0));
        if cost < self.cost(node) {
            put(&mut self.cost, number, cost);
            put(&mut self.came, number, Some(step));
            self.queue.push(Reverse((cost, node)));
        }
    }

    /// Is this the cheapest way to the end so far?
    pub(super) fn end(&mut self, cost: i64) -> bool {
        let better = cost < self.cost(Node::End);
        if better {
            let number = self.number(Node::End);
            put(&mut self.cost, number, cost);
            self.queue.push(Reverse((cost, Node::End)));
        }
        better
    }

    pub(super) fn nearest(&mut self) -> Option<(i64, Node)> {
        while let Some(Reverse((cost, node))) = self.queue.pop() {
            if cost == self.cost(node) {
                self.done.push(node);
                return Some((cost, node));
            }
        }
        None
    }

    /// The limits that a search came to.
    pub(super) fn near(&self) -> Vec<bool> {
        self.cost.iter().take(self.limits).map(|cost| *cost < i64::MAX).collect()
    }
}
