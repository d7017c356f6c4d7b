//! The facts of a vacancy in the order in which people ask for them.

use model::{
    matching::Opening,
    skill::statute::Statute,
    vacancy::{Offer, Vacancy, query::VacancyQuery},
};
use text::t;

use super::{
    card::{Card, Fact},
    params,
};
use crate::frame::wording::Wording;

/// What is known, each with the words it was understood from where those say more.
pub(super) fn facts(vacancy: &Vacancy, wording: Wording<'_>) -> Vec<Fact> {
    let offer = &vacancy.offer;
    let lang = wording.lang;
    let name = |key: &str| t(lang, &format!("vacancy.{key}"), &[]);
    let fact = |key, value: Option<String>, note| {
        value.filter(|v| !v.is_empty()).map(|value| Fact { name: name(key), value, note })
    };
    let written = |text: &str, value: &str| {
        let said = text.is_empty() || value.contains(text);
        if said { String::new() } else { t(lang, "vacancy.as_written", &[("text", text.into())]) }
    };
    let place = wording.place(offer);
    let education = text::vacancy::education_asked(lang, offer.education);
    let (from, to) = (offer.experience_min, offer.experience_max);
    let experience = text::vacancy::experience_asked(lang, from, to);
    let day = |day| Some(text::date::full(lang, day?));
    let all = [
        fact("place", Some(place.clone()), written(&offer.place.text, &place)),
        fact("form", offer.form.map(|form| text::vacancy::form(lang, form)), String::new()),
        fact("education", Some(education.clone()), written(&offer.education_text, &education)),
        fact("experience", Some(experience.clone()), written(&offer.experience_text, &experience)),
        fact("headcount_name", Some(text::vacancy::places(lang, vacancy)), String::new()),
        fact("occupation", Some(wording.occupation(&offer.occupation)), String::new()),
        fact("posted_on", day(offer.posted_on), String::new()),
        fact("expires_on", day(offer.expires_on), String::new()),
    ];
    all.into_iter().flatten().collect()
}

/// What the wage comes to in a month, and how it was written, where either says more.
pub(super) fn pay_note(offer: &Offer, wording: Wording<'_>) -> String {
    let by_month = offer.wage.as_ref().is_none_or(|w| w.period == model::wage::Period::Month);
    let mut notes = Vec::new();
    if let (false, Some(from), Some(to)) = (by_month, offer.pay_from, offer.pay_to) {
        // a comparison: cents would claim what it cannot hold
        let yuan = |cents: i64| (cents + 50) / 100 * 100;
        let range = text::wage::monthly_range(wording.lang, yuan(from), yuan(to));
        notes.push(t(wording.lang, "vacancy.wage_monthly", &[("range", range.into())]));
    }
    if !offer.wage_text.is_empty() && offer.wage.is_some() {
        let args = [("text", offer.wage_text.as_str().into())];
        notes.push(t(wording.lang, "vacancy.as_written", &args));
    }
    notes.join(" · ")
}

/// The skills asked for, the required ones first.
pub(super) fn skills(offer: &Offer, wording: Wording<'_>) -> Vec<Fact> {
    let mut needs: Vec<_> = offer.skills.iter().collect();
    needs.sort_by_key(|need| !need.must);
    let must = |must| if must { t(wording.lang, "vacancy.skill_must", &[]) } else { String::new() };
    let fact = |need: &&model::skill::Need| Fact {
        name: wording.skill(&need.code),
        note: must(need.must),
        ..Fact::default()
    };
    needs.iter().map(fact).collect()
}

/// What the law asks of whoever does the work, with where it stands.
pub(super) fn lawful(offer: &Offer, wording: Wording<'_>) -> Vec<String> {
    let lawful = Opening::of(offer).lawful(&wording.reference.catalogue, wording.today);
    worded("vacancy.lawful", &lawful, wording)
}

/// Of these what the offer does not say, as a warning to whoever writes it.
pub(super) fn unsaid(offer: &Offer, wording: Wording<'_>) -> Vec<String> {
    let unsaid = Opening::of(offer).unsaid(&wording.reference.catalogue, wording.today);
    worded("vacancy.lawful_unsaid", &unsaid, wording)
}

fn worded(key: &str, statutes: &[&Statute], wording: Wording<'_>) -> Vec<String> {
    let say = |row: &&Statute| {
        let law = wording.basis(&row.basis);
        let args = [("skill", wording.skill(&row.skill).into()), ("law", law.into())];
        t(wording.lang, key, &args)
    };
    statutes.iter().map(say).collect()
}

/// The text in readable pieces: its own lines, and long runs of "1. … 2. …" apart.
pub(super) fn paragraphs(text: &str) -> Vec<String> {
    let lines = text.lines().flat_map(numbered).map(|line| line.trim().to_owned());
    lines.filter(|line| !line.is_empty()).collect()
}

/// Cuts before "2、", "3." and the like, where they follow the end of a sentence.
fn numbered(line: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let chars: Vec<char> = line.chars().collect();
    for (i, &c) in chars.iter().enumerate() {
        let before = i.checked_sub(1).and_then(|j| chars.get(j)).copied().unwrap_or(c);
        let after = chars.get(i + 1).copied().unwrap_or(c);
        let ends = "。；;！.".contains(before) || before.is_whitespace();
        let digit_after = chars.get(i + 2).is_some_and(char::is_ascii_digit);
        if c.is_ascii_digit() && ends && "、.．)）".contains(after) && !digit_after {
            pieces.push(String::new());
        }
        if let Some(piece) = pieces.last_mut() {
            piece.push(c);
        }
    }
    pieces
}

/// The first number in it that can be dialled: seven digits or more, with spaces or dashes between.
pub(super) fn telephone(contact: &str) -> String {
    let other = |c: char| !(c.is_ascii_digit() || " -".contains(c));
    let digits = |part: &str| part.chars().filter(char::is_ascii_digit).collect::<String>();
    let mut runs = contact.split(other).map(digits);
    runs.find(|run| (7..=15).contains(&run.len())).unwrap_or_default()
}

/// One line for search engines.
pub(super) fn summary(card: &Card) -> String {
    let mut parts = vec![card.title.as_str(), &card.pay, &card.employer, &card.place];
    parts.extend(card.facts.iter().map(String::as_str));
    parts.retain(|part| !part.is_empty());
    parts.join("，")
}

/// The list of the same kind of work in the same county.
pub(super) fn similar(vacancy: &Vacancy, wording: Wording<'_>) -> String {
    let (region, occupation) = (&vacancy.offer.place.region, &vacancy.offer.occupation);
    // the group of the occupation: the node above the finest level
    let group = occupation.rsplit_once('-').map(|(group, _)| group.to_owned());
    let county = region.parse::<model::region::Code>().ok().map(|code| code.at_level(3));
    let query = VacancyQuery { occupation: group, region: county, ..VacancyQuery::default() };
    params::address(&query, wording.today)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_of_points_is_taken_apart() {
        let text = "1、负责焊接；2、看懂图纸。3、工资4.5千。\n要求：能倒班";
        let expected = ["1、负责焊接；", "2、看懂图纸。", "3、工资4.5千。", "要求：能倒班"];
        assert_eq!(paragraphs(text), expected);
        assert_eq!(paragraphs("月薪 3.5 千元"), ["月薪 3.5 千元"]);
        assert!(paragraphs(" \n ").is_empty());
    }

    #[test]
    fn only_a_number_can_be_dialled() {
        assert_eq!(telephone("0938-821 0000"), "09388210000");
        assert_eq!(telephone("王经理 17000000000，周一到周五"), "17000000000");
        assert_eq!(telephone("hr@example.cn"), "");
        assert_eq!(telephone("123"), "");
    }
}
