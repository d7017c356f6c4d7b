//! A vacancy as the rule sees it: one line of the processor's cache, in small numbers.

use chrono::NaiveDate;

use crate::{
    Id,
    education::Education,
    matching::{
        Point, Rule,
        catalogue::{Catalogue, NONE},
        feature::{bit, day, level, small, yuan},
        licence,
        standing::Standing,
    },
    region::abroad::is_abroad,
    skill::{Need, statute::Statute},
    vacancy::{Benefit, Form, Offer, State, Vacancy},
};

/// A vacancy's side: one line of the processor's cache.
#[repr(C, align(64))]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Post {
    pub point: Point,
    /// What it asks for: numbers in the catalogue with the bits below; the rest is [`NONE`].
    pub skills: [u16; Self::MOST],
    /// The most telling words of its title, as numbers in the catalogue; the rest is [`NONE`].
    pub words: [u16; Self::WORDS],
    /// Region, or [`NONE`].
    pub place: u16,
    /// Or [`NONE`].
    pub occupation: u16,
    /// Yuan a month, both or neither [`NONE`].
    pub pay_from: u16,
    pub pay_to: u16,
    /// What its occupation usually earns there, or [`NONE`]: see [`super::Market::usual`].
    pub usual: u16,
    /// Days by [`day`], or [`NONE`].
    pub posted: u16,
    /// The last day on which it is open: 0 closed, [`NONE`] without an end.
    pub last_day: u16,
    /// Months, or [`NONE`].
    pub experience: u16,
    /// A level, see [`level`]; [`Self::OPEN`] where it is said that none is asked for.
    pub education: u8,
    /// The bit of its form, or 0.
    pub form: u8,
    pub benefits: u8,
    /// How many applications in a hundred the employer answered, or 255.
    pub answered: u8,
    /// For whoever keeps it in a list; it does not count.
    pub number: u32,
}

impl Post {
    /// Skills that are looked at, what must be had first.
    pub const MOST: usize = 11;
    pub const WORDS: usize = 5;
    /// Must be had.
    pub const MUST: u16 = 0x8000;
    /// Must be had by law.
    pub const LAWFUL: u16 = 0x4000;
    /// What is left for the number.
    pub const SKILL: u16 = 0x3FFF;
    /// Something is said about what comes with the wage.
    pub const TOLD: u8 = 1;
    pub const BOARD: u8 = 2;
    pub const LODGING: u8 = 4;
    /// Its place is written, and lies in no region of the country.
    pub const ABROAD: u8 = 8;
    /// Where the rank of the post stands among the bits, see [`Standing`].
    const STANDING: u32 = 4;
    /// Of [`Self::education`]: step 0, and no entry of the list.
    pub const OPEN: u8 = 0x0F;
    /// Of [`Self::answered`].
    pub const UNANSWERED: u8 = u8::MAX;

    pub fn new(opening: &Opening, rule: &Rule) -> Self {
        let catalogue = &*rule.catalogue;
        let (from, to) = (opening.pay_from.or(opening.pay_to), opening.pay_to.or(opening.pay_from));
        let told = |benefit, bit| if opening.benefits.contains(&benefit) { bit } else { 0 };
        let some = if opening.benefits.is_empty() { 0 } else { Self::TOLD };
        let end = opening.expires_on.map_or(NONE, day);
        let mut post = Self {
            point: Point::of_degrees(opening.longitude, opening.latitude).unwrap_or_default(),
            skills: asked(&opening.skills, &opening.lawful(catalogue, rule.day), catalogue),
            words: catalogue.title(&opening.title),
            place: catalogue.place(&opening.region),
            occupation: catalogue.occupation(&opening.occupation),
            pay_from: from.map_or(NONE, yuan),
            pay_to: to.max(from).map_or(NONE, yuan),
            usual: NONE,
            posted: opening.posted_on.map_or(NONE, day),
            last_day: if opening.published { end } else { 0 },
            experience: opening.experience_min.map_or(NONE, small),
            education: match opening.education {
                Some(asked) => level(asked),
                None if opening.schooling_told => Self::OPEN,
                None => 0,
            },
            form: opening.form.map_or(0, bit),
            benefits: some
                | told(Benefit::Board, Self::BOARD)
                | told(Benefit::Lodging, Self::LODGING)
                | if opening.is_abroad() { Self::ABROAD } else { 0 }
                | (Standing::of(opening) as u8) << Self::STANDING,
            answered: opening.answered(),
            number: 0,
        };
        post.usual = rule.market.usual(&post, catalogue);
        post
    }

    /// What it asks for, with its bits.
    #[inline]
    pub fn asked(&self) -> impl Iterator<Item = u16> {
        self.skills.into_iter().take_while(|skill| *skill != NONE)
    }

    /// The words of its title that are kept.
    #[inline]
    pub fn words(&self) -> impl Iterator<Item = u16> {
        self.words.into_iter().take_while(|word| *word != NONE)
    }

    #[inline]
    pub(super) const fn standing(&self) -> Standing {
        Standing::of_bits(self.benefits >> Self::STANDING)
    }
}

impl Default for Post {
    fn default() -> Self {
        Self {
            point: Point::NOWHERE,
            skills: [NONE; Self::MOST],
            words: [NONE; Self::WORDS],
            place: NONE,
            occupation: NONE,
            pay_from: NONE,
            pay_to: NONE,
            usual: NONE,
            posted: NONE,
            last_day: NONE,
            experience: NONE,
            education: 0,
            form: 0,
            benefits: 0,
            answered: Self::UNANSWERED,
            number: 0,
        }
    }
}

/// What must be had first, and what the law asks for before all, whether the post says it or not. Of
/// two licences of which one includes the other, the greater is asked for.
#[inline]
fn asked(needs: &[Need], lawful: &[&Statute], catalogue: &Catalogue) -> [u16; Post::MOST] {
    let told = needs.iter().map(|need| (need.code.as_str(), need.must));
    let by_law = lawful.iter().map(|row| (row.skill.as_str(), true));
    let counted = told.chain(by_law).filter(|(code, _)| licence::counts(code));
    let mut all: Vec<u16> = counted
        .filter_map(|(code, must)| {
            let skill = catalogue.skill(code);
            let lawful = must && catalogue.is_licence(skill);
            let bits = if must { Post::MUST } else { 0 } | if lawful { Post::LAWFUL } else { 0 };
            (skill < Post::SKILL).then_some(skill | bits)
        })
        .collect();
    all.sort_unstable_by(|a, b| b.cmp(a));
    // once as a must is enough
    let mut seen = Vec::with_capacity(all.len());
    for skill in all.iter().filter(|skill| **skill & Post::LAWFUL != 0) {
        seen.extend_from_slice(catalogue.included(skill & Post::SKILL));
    }
    all.retain(|skill| {
        let new = !seen.contains(&(skill & Post::SKILL));
        seen.push(skill & Post::SKILL);
        new
    });
    let mut slots = [NONE; Post::MOST];
    for (slot, skill) in slots.iter_mut().zip(all) {
        *slot = skill;
    }
    slots
}

/// What the tables tell of a vacancy.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct Opening {
    pub id: Id<Vacancy>,
    pub published: bool,
    pub expires_on: Option<NaiveDate>,
    pub occupation: String,
    pub title: String,
    pub region: String,
    /// As it is written; looked at only where no region was understood.
    pub place_text: String,
    pub longitude: Option<f64>,
    pub latitude: Option<f64>,
    /// Cents a month.
    pub pay_from: Option<i64>,
    pub pay_to: Option<i64>,
    pub education: Option<Education>,
    /// Something is said about schooling, and be it that none is asked for.
    pub schooling_told: bool,
    /// Months.
    pub experience_min: Option<i64>,
    pub experience_max: Option<i64>,
    pub form: Option<Form>,
    #[sqlx(json)]
    pub skills: Vec<Need>,
    /// Empty: nothing is said.
    #[sqlx(json)]
    pub benefits: Vec<Benefit>,
    pub posted_on: Option<NaiveDate>,
    /// Of the employer: applications that it had to answer, and that it answered.
    pub answers_due: Option<i64>,
    pub answers_given: Option<i64>,
}

impl Opening {
    /// Of a vacancy; how its employer answers is not known here.
    pub fn new(vacancy: &Vacancy) -> Self {
        let published = vacancy.state == State::Published;
        let expires_on = vacancy.offer.expires_on;
        Self { id: vacancy.id, published, expires_on, ..Self::of(&vacancy.offer) }
    }

    /// Of an offer, as if it were open for ever.
    pub fn of(offer: &Offer) -> Self {
        Self {
            id: Id::new(uuid::Uuid::nil()),
            published: true,
            expires_on: None,
            occupation: offer.occupation.clone(),
            title: offer.title.clone(),
            place_text: offer.place.text.clone(),
            region: offer.place.region.clone(),
            longitude: offer.place.longitude,
            latitude: offer.place.latitude,
            pay_from: offer.pay_from,
            pay_to: offer.pay_to,
            education: offer.education,
            schooling_told: !offer.education_text.is_empty(),
            experience_min: offer.experience_min,
            experience_max: offer.experience_max,
            form: offer.form,
            skills: offer.skills.clone(),
            benefits: offer.benefits.clone(),
            posted_on: offer.posted_on,
            answers_due: None,
            answers_given: None,
        }
    }

    /// What the law of the country asks of whoever does the work; who begins learns it there first.
    pub fn lawful<'c>(&self, catalogue: &'c Catalogue, day: NaiveDate) -> Vec<&'c Statute> {
        let learns = self.form == Some(Form::Trainee)
            || Standing::of_title(&self.title) == Standing::Beginner;
        if learns || self.is_abroad() {
            return Vec::new();
        }
        catalogue.statutes().of(&self.occupation, &self.title, day)
    }

    /// Of these what the post does not say must be had.
    pub fn unsaid<'c>(&self, catalogue: &'c Catalogue, day: NaiveDate) -> Vec<&'c Statute> {
        let mut unsaid = self.lawful(catalogue, day);
        unsaid.retain(|row| {
            let asked = catalogue.skill(&row.skill);
            let must = self.skills.iter().filter(|need| need.must);
            let mut said = must.map(|need| catalogue.skill(&need.code));
            !said.any(|said| said == asked || catalogue.included(said).contains(&asked))
        });
        unsaid
    }

    fn is_abroad(&self) -> bool {
        self.region.is_empty() && !self.place_text.is_empty() && is_abroad(&self.place_text)
    }

    fn answered(&self) -> u8 {
        match (self.answers_due, self.answers_given) {
            (Some(due @ 1..), Some(given)) => {
                u8::try_from(given.clamp(0, due) * 100 / due).unwrap_or(Post::UNANSWERED)
            }
            _ => Post::UNANSWERED,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_post_is_one_line_of_the_cache() {
        assert_eq!(size_of::<Post>(), 64);
    }

    #[test]
    fn what_the_law_asks_for_is_never_left_out() {
        let need = |n: usize, must| Need { code: format!("skill_{n:02}"), must };
        let skill = |n: usize| crate::skill::Skill {
            code: format!("skill_{n:02}"),
            name_zh: String::new(),
            name_en: String::new(),
            aliases: String::new(),
            occupation: String::new(),
            licence: n == 29,
        };
        let skills: Vec<_> = (0..30).map(skill).collect();
        let catalogue = Catalogue::new(&[], &[], &skills);
        let needs: Vec<_> = (0..30).map(|n| need(n, n > 26)).chain([need(28, false)]).collect();
        let slots = asked(&needs, &[], &catalogue);
        assert_eq!(slots[0], Post::MUST + Post::LAWFUL + 29);
        assert_eq!(&slots[1..4], &[Post::MUST + 28, Post::MUST + 27, 26]);
        assert!(slots.iter().all(|slot| *slot != NONE));
    }
}
