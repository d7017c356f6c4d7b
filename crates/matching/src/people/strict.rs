//! How many people each condition of a post keeps away: sums only, and never who.

use model::matching::{Call, Limit, NONE, Post, Someone};

use super::People;

/// Of those who wish for the work and can reach it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Strict {
    /// Whatever the post asks for and pays.
    pub all: i64,
    /// With every condition.
    pub left: i64,
    /// Kept away by each; somebody may be by several.
    pub education: i64,
    pub experience: i64,
    pub licence: i64,
    pub wage: i64,
    pub form: i64,
}

impl People {
    /// Looks at those who wish for an occupation of the post's group.
    pub fn strict(&self, post: &Post) -> Strict {
        let catalogue = &self.rule.catalogue;
        let wanted = catalogue.group(post.occupation);
        let mut strict = Strict::default();
        if post.occupation == NONE || wanted == NONE {
            return strict;
        }
        let sieve = Sieve::new(self, post);
        for group in self.groups.iter().filter(|group| group.node == wanted) {
            for cell in self.cells_of(group) {
                for (at, row) in self.rows_of(cell) {
                    sieve.put(self.view(at, row), &mut strict);
                }
            }
        }
        for (person, _) in self.delta.values() {
            let person = person.view();
            if person.occupations().iter().any(|wish| catalogue.group(*wish) == wanted) {
                sieve.put(person, &mut strict);
            }
        }
        strict
    }
}

/// The post with nothing but its place, and with one condition besides.
struct Sieve<'s> {
    people: &'s People,
    education: u8,
    experience: u16,
    bare: Post,
    licence: Post,
    wage: Post,
    form: Post,
}

impl<'s> Sieve<'s> {
    fn new(people: &'s People, post: &Post) -> Self {
        let (skills, pay) = ([NONE; Post::MOST], NONE);
        let bare = Post { skills, pay_from: pay, pay_to: pay, form: 0, ..*post };
        Self {
            people,
            education: if post.education == Post::OPEN { 0 } else { post.education >> 4 },
            experience: if post.experience == NONE { 0 } else { post.experience },
            licence: Post { skills: post.skills, ..bare },
            wage: Post { pay_from: post.pay_from, pay_to: post.pay_to, ..bare },
            form: Post { form: post.form, ..bare },
            bare,
        }
    }

    fn stopped(&self, person: Someone<'_>, post: &Post) -> bool {
        let rule = &self.people.rule;
        Limit::hardest(&Call::of(rule, post), person, post, rule).is_some()
    }

    fn put(&self, person: Someone<'_>, strict: &mut Strict) {
        if self.stopped(person, &self.bare) {
            return;
        }
        let head = person.head;
        // what is not known of somebody keeps nobody away
        let level = head.education >> 4;
        let education = level != 0 && level < self.education;
        let experience = head.experience != NONE && head.experience < self.experience;
        let licence = self.stopped(person, &self.licence);
        let wage = self.stopped(person, &self.wage);
        let form = self.stopped(person, &self.form);
        strict.all += 1;
        strict.education += i64::from(education);
        strict.experience += i64::from(experience);
        strict.licence += i64::from(licence);
        strict.wage += i64::from(wage);
        strict.form += i64::from(form);
        strict.left += i64::from(!(education || experience || licence || wage || form));
    }
}
