//! Who looks after somebody, as a number, and some of these: the people of one office.

/// A choice of desks.
#[derive(Clone, Debug)]
pub struct Desks {
    /// How many of those before each are chosen; one more at the end.
    before: Vec<u32>,
}

/// The least and the greatest desk of a set.
pub(super) type Span = (u16, u16);

impl Desks {
    /// For each desk by number: is it chosen?
    pub fn new(chosen: impl IntoIterator<Item = bool>) -> Self {
        let sums = chosen.into_iter().scan(0, |sum, chosen| {
            *sum += u32::from(chosen);
            Some(*sum)
        });
        Self { before: std::iter::once(0).chain(sums).collect() }
    }

    fn count(&self, (low, high): Span) -> u32 {
        let last = self.before.last().copied().unwrap_or(0);
        let before = |desk: usize| self.before.get(desk).copied().unwrap_or(last);
        before(usize::from(high) + 1) - before(usize::from(low))
    }

    #[inline]
    pub(super) fn has(&self, desk: u16) -> bool {
        self.count((desk, desk)) > 0
    }

    /// May anybody of the set be looked after by one of these?
    pub(super) fn any(&self, span: Span) -> bool {
        span.0 <= span.1 && self.count(span) > 0
    }

    /// Is everybody of the set?
    pub(super) fn all(&self, span: Span) -> bool {
        span.0 <= span.1 && self.count(span) == u32::from(span.1 - span.0) + 1
    }
}
