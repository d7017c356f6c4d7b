//! Posts of one group of occupations, and which skills they ask for.

use model::matching::{Extent, NONE, Post, Rule};

/// The rows of a group of occupations.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Class {
    /// The least and the greatest occupation in it; [`NONE`] for those that have none.
    pub low: u16,
    pub high: u16,
    pub extent: Extent,
}

/// The rows of one class that ask for a skill.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asking {
    pub class: u16,
    /// The greatest share that this skill has of what one of them asks for, 0 … 1000, rounded up.
    pub share: u16,
    pub from: u32,
    pub to: u32,
}

/// For each skill the classes that ask for it, and the rows, in order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Postings {
    pub of: Vec<Vec<Asking>>,
    pub rows: Vec<u32>,
    /// The share that the skill has of what each of the rows asks for, in 250ths, rounded up.
    pub shares: Vec<u8>,
}

/// Of a whole, in [`Postings::shares`].
const PARTS: i64 = 250;

/// A share as a quality, 0 … 1000.
pub(crate) fn quality(share: u8) -> u16 {
    u16::from(share) * 4
}

impl Postings {
    /// `starts` are the first rows of the classes, in order, and the number of rows.
    pub(crate) fn new(rows: &[Post], starts: &[u32], rule: &Rule) -> Self {
        let (_, _, skills) = rule.catalogue.sizes();
        let mut counts = vec![0_u32; skills + 1];
        for skill in rows.iter().flat_map(Post::asked) {
            if let Some(count) = counts.get_mut(usize::from(skill & Post::SKILL) + 1) {
                *count += 1;
            }
        }
        let mut ends: Vec<u32> = counts
            .iter()
            .scan(0, |sum, count| {
                *sum += count;
                Some(*sum)
            })
            .collect();
        let total = ends.last().copied().unwrap_or(0);
        let mut postings = Self {
            of: vec![Vec::new(); skills],
            rows: vec![0; total as usize],
            shares: vec![0; total as usize],
        };
        for (class, span) in (0..).zip(starts.windows(2)) {
            let &[from, to] = span else { continue };
            let members = rows.iter().zip(0_u32..).skip(from as usize).take((to - from) as usize);
            for (post, row) in members {
                postings.take(class, post, row, &mut ends, rule);
            }
        }
        postings
    }

    fn take(&mut self, class: u16, post: &Post, row: u32, ends: &mut [u32], rule: &Rule) {
        let weight = |asked| rule.skill_weight(asked);
        let all: i64 = post.asked().map(weight).sum();
        for asked in post.asked() {
            let skill = usize::from(asked & Post::SKILL);
            let Some(at) = ends.get_mut(skill) else { continue };
            let share = (weight(asked) * PARTS).div_euclid(all.max(1)) + 1;
            let share = u8::try_from(share).unwrap_or(u8::MAX);
            let slots = self.rows.get_mut(*at as usize).zip(self.shares.get_mut(*at as usize));
            if let Some((slot, own)) = slots {
                (*slot, *own) = (row, share);
            }
            let share = quality(share);
            let Some(of) = self.of.get_mut(skill) else { continue };
            match of.last_mut() {
                Some(last) if last.class == class => {
                    last.share = last.share.max(share);
                    last.to = *at + 1;
                }
                _ => of.push(Asking { class, share, from: *at, to: *at + 1 }),
            }
            *at += 1;
        }
    }
}

impl Class {
    pub(crate) fn take(&mut self, post: &Post) {
        self.low = self.low.min(post.occupation);
        self.high =
            if self.high == NONE { post.occupation } else { self.high.max(post.occupation) };
        self.extent.take(post);
    }

    pub(crate) fn new() -> Self {
        Self { low: NONE, high: NONE, extent: Extent::default() }
    }
}
