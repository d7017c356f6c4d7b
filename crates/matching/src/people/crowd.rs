//! People on their way in.

use model::matching::{Head, Person, Someone};

/// What is kept of somebody besides the person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tag {
    /// The total that a new post must reach to be worth a notice.
    pub bar: u32,
    /// Who looks after them, see [`super::Desks`]; neighbours have neighbouring numbers.
    pub desk: u16,
}

/// In any order.
#[derive(Default)]
pub struct Crowd {
    heads: Vec<(Head, Tag)>,
    /// Where the lists begin.
    from: Vec<u32>,
    lists: Vec<u16>,
    ids: Vec<u128>,
}

impl Crowd {
    pub fn push(&mut self, id: u128, person: &Person, tag: Tag) {
        self.from.push(u32::try_from(self.lists.len()).unwrap_or(u32::MAX));
        self.heads.push((person.head, tag));
        self.lists.extend_from_slice(&person.lists);
        self.ids.push(id);
    }

    /// Gives each desk its new number.
    pub fn renumber(&mut self, numbers: &[u16]) {
        for (_, tag) in &mut self.heads {
            tag.desk = numbers.get(usize::from(tag.desk)).copied().unwrap_or(u16::MAX);
        }
    }

    pub(super) fn len(&self) -> u32 {
        u32::try_from(self.ids.len()).unwrap_or(u32::MAX)
    }

    /// Of all lists.
    pub(super) fn numbers(&self) -> usize {
        self.lists.len()
    }

    pub(super) fn id(&self, n: u32) -> u128 {
        self.ids.get(n as usize).copied().unwrap_or(0)
    }

    pub(super) fn tag(&self, n: u32) -> Tag {
        self.heads.get(n as usize).map(|(_, tag)| *tag).unwrap_or_default()
    }

    pub(super) fn view(&self, n: u32) -> Someone<'_> {
        let head = self.heads.get(n as usize).map(|(head, _)| *head).unwrap_or_default();
        let from = self.from.get(n as usize).copied().unwrap_or(0);
        Someone { head, lists: slice(&self.lists, from as usize, &head) }
    }
}

pub(super) fn slice<'l>(lists: &'l [u16], from: usize, head: &Head) -> &'l [u16] {
    let lengths = [head.occupations, head.regions, head.words, head.skills];
    let length = lengths.map(usize::from).iter().sum::<usize>();
    lists.get(from..from + length).unwrap_or_default()
}
