//! What a clerk types: quotas, and people with the posts that they wished for, a line each.

use std::collections::HashMap;

use model::{Id, Refusal, assignment::Quota, jobseeker::Jobseeker, region::gazetteer::Gazetteer};

/// Who takes part, and the posts' numbers in the order of their wishes; empty: by score.
pub(super) type Named = HashMap<Id<Jobseeker>, Vec<usize>>;

/// More lines than anybody types.
const LINES: usize = 20_000;

/// "甘谷县 20", "620523 20 1".
pub(super) fn quotas(text: &str, places: &Gazetteer, posts: usize) -> Result<Vec<Quota>, Refusal> {
    let line = |(number, line): (usize, &str)| {
        let refuse = || {
            let refusal = Refusal::new("assignment.quota_line").field("quotas");
            refusal.arg("row", number.to_string()).arg("value", line)
        };
        let mut words = words(line).into_iter();
        let (place, seats, post) = (words.next(), words.next(), words.next());
        let region = places.read(&place.unwrap_or_default(), "").region;
        let post = match post {
            None => None,
            Some(post) => Some(number_of(&post, posts).ok_or_else(refuse)?),
        };
        let seats = seats.and_then(|seats| seats.parse().ok()).ok_or_else(refuse)?;
        let region = region.parse().map_err(|_| refuse())?;
        if words.next().is_some() { Err(refuse()) } else { Ok(Quota { post, region, seats }) }
    };
    lines(text, "quotas")?.into_iter().map(line).collect()
}

/// "A3F27", "A3F27: 2 1 3"; none where nobody is named, that is everybody.
pub(super) fn people(
    text: &str,
    registered: impl Iterator<Item = Id<Jobseeker>>,
    posts: usize,
) -> Result<Option<Named>, Refusal> {
    let lines = lines(text, "people")?;
    if lines.is_empty() {
        return Ok(None);
    }
    let (mut by_label, mut by_id) = (HashMap::new(), HashMap::new());
    for id in registered {
        by_label.entry(id.label()).or_insert_with(Vec::new).push(id);
        by_id.insert(id.to_string(), id);
    }
    let mut named = HashMap::new();
    for (number, line) in lines {
        let refuse = |code| {
            let refusal = Refusal::new(code).field("people");
            refusal.arg("row", number.to_string()).arg("value", line)
        };
        let (who, wishes) = line.split_once([':', '：']).unwrap_or((line, ""));
        let who = who.trim().trim_start_matches('#');
        let last = who.rsplit('/').next().unwrap_or(who);
        let id = match by_label.get(&who.to_uppercase()).map(Vec::as_slice) {
            Some([id]) => *id,
            Some(_) => return Err(refuse("assignment.person_ambiguous")),
            None => {
                let id = by_id.get(&last.to_lowercase());
                *id.ok_or_else(|| refuse("assignment.person_unknown"))?
            }
        };
        let wishes: Option<Vec<_>> =
            words(wishes).iter().map(|word| number_of(word, posts)).collect();
        let wishes = wishes.ok_or_else(|| refuse("assignment.wish_unknown"))?;
        if named.insert(id, wishes).is_some() {
            return Err(refuse("assignment.person_twice"));
        }
    }
    Ok(Some(named))
}

fn lines<'t>(text: &'t str, field: &'static str) -> Result<Vec<(usize, &'t str)>, Refusal> {
    let lines: Vec<_> = (1..).zip(text.lines().map(str::trim)).collect();
    if lines.len() > LINES {
        let refusal = Refusal::new("assignment.many_lines").field(field);
        return Err(refusal.arg("most", LINES.to_string()));
    }
    Ok(lines.into_iter().filter(|(_, line)| !line.is_empty()).collect())
}

fn words(text: &str) -> Vec<String> {
    let split = |c: char| c.is_whitespace() || ",，、;；>".contains(c);
    text.split(split).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The place in the list of what people count from one.
fn number_of(word: &str, of: usize) -> Option<usize> {
    word.parse::<usize>().ok()?.checked_sub(1).filter(|number| *number < of)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn id(n: u128) -> Id<Jobseeker> {
        Id::new(Uuid::from_u128(n))
    }

    #[test]
    fn people_are_named_by_label_id_or_address_with_their_wishes() {
        let text = format!("0000a：2，1\n\n#0000B\n/jobseekers/{}: 3", id(12));
        let named = people(&text, (1..20).map(id), 3).unwrap().unwrap();
        let expected = [(id(10), vec![1, 0]), (id(11), vec![]), (id(12), vec![2])];
        assert_eq!(named, HashMap::from(expected));
        assert_eq!(people(" \n", (1..20).map(id), 3), Ok(None));
    }

    #[test]
    fn a_line_that_cannot_be_meant_is_named_with_its_number() {
        let refused = |text: &str| {
            let two = [1, 2, 1 << 64 | 1].map(id);
            let refusal = people(text, two.into_iter(), 3).unwrap_err();
            (refusal.code, refusal.args[0].1.clone())
        };
        assert_eq!(refused("00001"), ("assignment.person_ambiguous", "1".into()));
        assert_eq!(refused("\n00009"), ("assignment.person_unknown", "2".into()));
        assert_eq!(refused("00002: 4"), ("assignment.wish_unknown", "1".into()));
        assert_eq!(refused("00002\n00002"), ("assignment.person_twice", "2".into()));
    }
}
