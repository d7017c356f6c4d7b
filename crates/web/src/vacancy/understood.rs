//! What was understood of a field, in words; and how many people each condition keeps away.

use app::matching::Strict;
use model::vacancy::Offer;

use crate::frame::{Frame, wording::Wording};

/// What is said beside a field.
#[derive(Clone, Debug, Default)]
pub(super) struct Heard {
    /// What was understood; empty where nothing was said.
    pub(super) plain: String,
    /// What was not, or only in part.
    pub(super) unsure: String,
}

/// What was understood of the field.
pub(super) fn heard(field: &str, offer: &Offer, wording: Wording<'_>) -> Heard {
    let lang = wording.lang;
    let t = |key: &str, value: String| text::t(lang, key, &[("value", value.into())]);
    let plain = match field {
        "title" if !offer.occupation.is_empty() => {
            t("vacancy.heard_occupation", wording.occupation(&offer.occupation))
        }
        "wage" if offer.wage.is_some() => text::wage::full(lang, offer.wage.as_ref()),
        "place" if !offer.place.region.is_empty() => wording.place(offer),
        "education" if !offer.education_text.is_empty() || offer.education.is_some() => {
            text::vacancy::education_asked(lang, offer.education)
        }
        "experience" if !offer.experience_text.is_empty() => {
            let (from, to) = (offer.experience_min, offer.experience_max);
            text::vacancy::experience_asked(lang, from, to)
        }
        "headcount" if offer.headcount.is_some() => text::vacancy::headcount(lang, offer.headcount),
        "skills" => {
            let skills = super::sheet::skills(offer, wording);
            skills.into_iter().map(|fact| fact.name).collect::<Vec<_>>().join("、")
        }
        "expires_on" => offer.expires_on.map(|day| text::date::full(lang, day)).unwrap_or_default(),
        _ => String::new(),
    };
    let unread = match field {
        "wage" => !offer.wage_text.is_empty() && offer.wage.is_none(),
        "place" => !offer.place.text.is_empty() && offer.place.region.is_empty(),
        "education" => !offer.education_text.is_empty() && offer.education.is_none(),
        _ => false,
    };
    let key = format!("vacancy.unread-{field}");
    let unsure = match field {
        "skills" => super::sheet::unsaid(offer, wording).join(" "),
        _ if unread => text::t(lang, &key, &[]),
        _ => String::new(),
    };
    Heard { plain, unsure }
}

/// How many people there are for it, and how many of them each condition keeps away.
pub(super) fn strict(frame: &Frame, offer: &Offer, strict: Option<&Strict>) -> Vec<String> {
    let Some(strict) = strict else { return vec![] };
    let count = |n: i64| u64::try_from(n).unwrap_or(0);
    let mut lines = vec![
        frame.n("vacancy.strict_all", "count", &count(strict.all)),
        frame.n("vacancy.strict_left", "count", &count(strict.left)),
    ];
    let education = text::vacancy::education_asked(frame.lang, offer.education);
    let (from, to) = (offer.experience_min, offer.experience_max);
    let experience = text::vacancy::experience_asked(frame.lang, from, to);
    let conditions = [
        (strict.education, education),
        (strict.experience, experience),
        (strict.licence, frame.t("vacancy.strict_licence")),
        (strict.wage, frame.t("vacancy.strict_wage")),
        (strict.form, frame.t("vacancy.strict_form")),
    ];
    for (cut, condition) in conditions.into_iter().filter(|(cut, _)| *cut > 0) {
        let args = [("count", count(cut).into()), ("condition", condition.into())];
        lines.push(text::t(frame.lang, "vacancy.strict_cut", &args));
    }
    lines
}
