//! Skills: the share of what the post asks for that the person has, each by how telling it is; a
//! related skill counts in part.

use crate::{
    matching::{Arg, FULL, Post, Reason, Related, Rule, Someone},
    skill::{is_certificate, statute::Basis},
};

/// What one skill that is asked for weighs by itself: how telling it is, a must more than a wish.
pub(super) fn weight(asked: u16, rule: &Rule) -> i64 {
    i64::from(rule.market.rarity(asked & Post::SKILL)) * factor(asked, rule.weights.must)
}

#[inline]
pub(super) const fn factor(asked: u16, must: i64) -> i64 {
    if asked & Post::MUST == 0 { 100 } else { must }
}

/// The quality of having `gained` of `all`, where the first is in 64ths of the second's unit.
#[inline]
pub(super) fn share(gained: i64, all: i64) -> Option<i64> {
    (gained * FULL).checked_div(all * i64::from(Related::OWN)).map(of_share)
}

/// What a share of what is asked is worth, both 0 … 1000. The first skills count most: posts name
/// more of them than they need, and people fewer than they have.
pub(super) fn of_share(share: i64) -> i64 {
    (share * FULL).isqrt()
}

/// What the person has of one skill, in 64ths: all, the best of the related, or nothing.
pub(super) fn worth(person: Someone<'_>, asked: u16, rule: &Rule) -> u8 {
    let asked = asked & Post::SKILL;
    if person.skills().contains(&asked) {
        return Related::OWN;
    }
    let related = rule.market.related.to(asked).iter();
    let had = related.filter(|(has, _)| person.skills().contains(has));
    had.map(|(_, worth)| *worth).max().unwrap_or(0)
}

fn has(person: Someone<'_>, asked: u16) -> bool {
    person.skills().contains(&(asked & Post::SKILL))
}

const fn is_lawful(asked: u16) -> bool {
    asked & Post::LAWFUL != 0
}

const fn is_must(asked: u16) -> bool {
    asked & Post::MUST != 0
}

/// A licence, or a certificate: as [`crate::skill::Skill::is_paper`].
fn is_paper(rule: &Rule, asked: u16) -> bool {
    let skill = asked & Post::SKILL;
    rule.catalogue.is_licence(skill) || is_certificate(rule.catalogue.skill_code(skill))
}

/// Licences that the post asks for and the person has not registered.
pub(super) fn missing_licences(person: Someone<'_>, post: &Post) -> impl Iterator<Item = u16> {
    post.asked().filter(move |asked| is_lawful(*asked) && !has(person, *asked))
}

/// Where it stands that the law asks for these in the post's occupation.
pub(super) fn bases(licences: &[u16], post: &Post, rule: &Rule) -> Vec<Basis> {
    let occupation = rule.catalogue.occupation_code(post.occupation);
    let mut bases: Vec<Basis> = Vec::new();
    for licence in licences {
        let code = rule.catalogue.skill_code(licence & Post::SKILL);
        let found = rule.catalogue.statutes().basis(occupation, code, rule.day);
        bases.extend(found.filter(|basis| !bases.contains(basis)).cloned());
    }
    bases
}

pub(super) fn reasons(person: Someone<'_>, post: &Post, rule: &Rule) -> Vec<Reason> {
    if post.asked().next().is_none() {
        return vec![Reason::untold("post_skills_untold")];
    }
    if person.skills().is_empty() {
        let asked = codes(rule, post.asked().collect());
        return vec![Reason::untold("skills_untold").arg("skills", asked)];
    }
    let mut reasons = Vec::new();
    let mut say = |reason: Reason, wanted: &dyn Fn(u16) -> bool| {
        let skills = codes(rule, post.asked().filter(|asked| wanted(*asked)).collect());
        if skills != Arg::Skills(Vec::new()) {
            reasons.push(reason.arg("skills", skills));
        }
    };
    let akin = |asked| !has(person, asked) && worth(person, asked, rule) > 0;
    let lacks = |asked| worth(person, asked, rule) == 0;
    // nobody is able to do a paper: one holds it
    let paper = |asked| is_paper(rule, asked);
    let held = |asked| !is_lawful(asked) && has(person, asked);
    say(Reason::fits("licence_held"), &|asked| is_lawful(asked) && has(person, asked));
    say(Reason::fits("paper_held"), &|asked| paper(asked) && held(asked));
    say(Reason::fits("skills_had"), &|asked| !paper(asked) && held(asked));
    say(Reason::fits("skills_akin"), &akin);
    let missing = |asked| is_must(asked) && lacks(asked);
    say(Reason::lacks("skills_missing"), &|asked| !paper(asked) && missing(asked));
    say(Reason::lacks("paper_missing"), &|asked| paper(asked) && missing(asked));
    let extra = |asked| !is_must(asked) && lacks(asked);
    say(Reason::lacks("skills_extra"), &|asked| !paper(asked) && extra(asked));
    say(Reason::lacks("paper_extra"), &|asked| paper(asked) && extra(asked));
    reasons
}

/// Most telling first.
pub(super) fn codes(rule: &Rule, mut asked: Vec<u16>) -> Arg {
    asked.sort_by_key(|skill| (-weight(*skill, rule), skill & Post::SKILL));
    let code = |skill: u16| rule.catalogue.skill_code(skill & Post::SKILL).to_owned();
    Arg::Skills(asked.into_iter().map(code).collect())
}
