//! Skills: the share of what the post asks for that the person has, each by how telling it is.

use crate::{
    matching::{Arg, FULL, Person, Post, Reason, Rule, licence},
    skill::Need,
};

/// Has it, or a licence that includes it.
pub(super) fn has(person: &Person, skill: &str) -> bool {
    person.has(skill) || licence::including(skill).any(|greater| person.has(greater))
}

/// What the post asks for and may count.
fn asked(post: &Post) -> impl Iterator<Item = &Need> {
    post.skills.iter().filter(|need| licence::counts(&need.code))
}

/// Licences that the post asks for and the person has not registered.
pub(super) fn missing_licences<'a>(
    person: &'a Person,
    post: &'a Post,
    rule: &'a Rule,
) -> impl Iterator<Item = &'a Need> {
    let lawful = asked(post).filter(|need| need.must && rule.licences.contains(&need.code));
    lawful.filter(|need| !has(person, &need.code))
}

fn weight(need: &Need, rule: &Rule) -> i64 {
    rule.rarity.of(&need.code) * if need.must { rule.weights.must } else { 100 }
}

pub(super) fn quality(person: &Person, post: &Post, rule: &Rule) -> Option<i64> {
    if person.skills.is_empty() {
        return None;
    }
    let weights = |needs: &mut dyn Iterator<Item = &Need>| -> i64 {
        needs.map(|need| weight(need, rule)).sum()
    };
    let all = weights(&mut asked(post));
    let had = weights(&mut asked(post).filter(|need| has(person, &need.code)));
    (had * FULL).checked_div(all)
}

pub(super) fn reasons(person: &Person, post: &Post, rule: &Rule) -> Vec<Reason> {
    if asked(post).next().is_none() {
        return vec![Reason::untold("post_skills_untold")];
    }
    if person.skills.is_empty() {
        let asked = codes(rule, asked(post).collect());
        return vec![Reason::untold("skills_untold").arg("skills", asked)];
    }
    let mut reasons = Vec::new();
    let mut say = |reason: Reason, wanted: &dyn Fn(&Need) -> bool| {
        let found = asked(post).filter(|need| wanted(need));
        let skills = codes(rule, found.collect());
        if skills != Arg::Skills(Vec::new()) {
            reasons.push(reason.arg("skills", skills));
        }
    };
    let lawful = |need: &Need| need.must && rule.licences.contains(&need.code);
    say(Reason::fits("licence_held"), &lawful);
    say(Reason::fits("skills_had"), &|need| has(person, &need.code) && !lawful(need));
    say(Reason::lacks("skills_missing"), &|need| need.must && !has(person, &need.code));
    say(Reason::lacks("skills_extra"), &|need| !need.must && !has(person, &need.code));
    reasons
}

/// Most telling first.
pub(super) fn codes(rule: &Rule, mut needs: Vec<&Need>) -> Arg {
    needs.sort_by_key(|need| (-weight(need, rule), &need.code));
    Arg::Skills(needs.into_iter().map(|need| need.code.clone()).collect())
}
