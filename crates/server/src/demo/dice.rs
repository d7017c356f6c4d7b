//! Chance with a seed: the same demonstration on every machine.

use rand_chacha::{
    ChaCha8Rng,
    rand_core::{Rng, SeedableRng},
};

pub(crate) struct Dice(ChaCha8Rng);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    /// 0 … `n` − 1, and 0 where `n` is 0.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        let n = u64::try_from(n.max(1)).unwrap_or(1);
        usize::try_from(self.0.next_u64() % n).unwrap_or(0)
    }

    /// Both ends included.
    pub(crate) fn between(&mut self, from: i64, to: i64) -> i64 {
        let span = usize::try_from(to - from + 1).unwrap_or(1);
        from + i64::try_from(self.below(span)).unwrap_or(0)
    }

    /// True so many times in a thousand.
    pub(crate) fn chance(&mut self, permille: usize) -> bool {
        self.below(1_000) < permille
    }

    /// One of the words; nothing of none.
    pub(crate) fn word<S: AsRef<str>>(&mut self, words: &[S]) -> String {
        let n = self.below(words.len());
        words.get(n).map(|word| word.as_ref().to_owned()).unwrap_or_default()
    }

    /// One of many, each as often as its weight says.
    pub(crate) fn weighted<'a, T>(
        &mut self,
        of: &'a [T],
        weight: impl Fn(&T) -> usize,
    ) -> Option<&'a T> {
        let mut left = self.below(of.iter().map(&weight).sum());
        of.iter().find(|one| match left.checked_sub(weight(one)) {
            Some(rest) => {
                left = rest;
                false
            }
            None => true,
        })
    }

    /// At most `most` of the words, in their order, each with the same chance, and one at least.
    pub(crate) fn some<S: AsRef<str>>(&mut self, words: &[S], most: usize) -> Vec<String> {
        let first = self.below(words.len());
        let take = 1 + self.below(most);
        let turned = words.iter().cycle().skip(first).take(take.min(words.len()));
        turned.map(|word| word.as_ref().to_owned()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_throws_the_same() {
        let throw = |seed| {
            let mut dice = Dice::new(seed);
            (0..100).map(|_| dice.between(-3, 3)).collect::<Vec<_>>()
        };
        assert_eq!(throw(1), throw(1));
        assert_ne!(throw(1), throw(2));
        assert!(throw(1).iter().all(|n| (-3..=3).contains(n)));
    }

    #[test]
    fn weights_are_kept() {
        let mut dice = Dice::new(1);
        let sides = [("often", 9), ("seldom", 1), ("never", 0)];
        let thrown: Vec<_> =
            (0..1000).filter_map(|_| dice.weighted(&sides, |s| s.1)).map(|s| s.0).collect();
        let count = |name| thrown.iter().filter(|n| **n == name).count();
        assert_eq!(thrown.len(), 1000);
        assert!(count("often") > 850 && count("seldom") > 60 && count("never") == 0);
    }
}
