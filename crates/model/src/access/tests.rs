//! The table is whole, and says what it should where a mistake would be worst.

use uuid::Uuid;

use super::*;

fn member(role: Role, place: Place) -> Actor {
    let account = Id::new(Uuid::from_u128(1));
    Actor::member(Member { account, membership: Id::new(Uuid::from_u128(2)), role, place })
}

#[test]
fn every_row_decides_for_every_role() {
    for (name, who) in MAY.iter().chain(SEES) {
        assert_eq!(who.len(), COLUMNS.len(), "{name}");
        let sound = who
            .chars()
            .zip(COLUMNS.chars())
            .all(|(c, column)| c == column || (c == '-' && column != ' '));
        assert!(sound, "{name}: {who}");
    }
    assert!(Role::ALL.iter().all(|role| COLUMNS.contains(role.letter())));
    let names: std::collections::BTreeSet<_> = names().map(|(name, _)| name).collect();
    assert_eq!(names.len(), MAY.len() + SEES.len(), "a name stands twice");
    let opened = OPENS.iter().flat_map(|(_, all)| all.iter());
    assert!(opened.clone().all(|name| names.contains(name)));
}

#[test]
fn the_public_registers_a_firm_and_does_nothing_else_and_sees_no_people() {
    let public = Actor::public();
    let done: Vec<_> = MAY.iter().filter(|(deed, _)| public.may(deed).is_ok()).collect();
    assert!(matches!(done.as_slice(), [("employer.register", _)]), "{done:?}");
    assert!(!public.scope().people() && !public.scope().drafts());
    assert!(public.may("public.read").is_ok());
}

#[test]
fn a_deed_without_a_row_is_nobodys() {
    assert!(Actor::office("window").may("fund.empty").is_err());
    assert!(Actor::program("indexer").may("fund.empty").is_err());
}

#[test]
fn who_looks_after_the_program_reads_no_people() {
    let actor = member(Role::SystemAdministrator, Place::Nowhere);
    assert!(!actor.scope().people() && !actor.scope().drafts());
    for name in ["jobseeker.list", "jobseeker.open", "jobseeker.import", "intake.list"] {
        assert!(actor.may(name).is_err(), "{name}");
    }
    assert!(actor.may("account.create").is_ok());
}

#[test]
fn a_token_opens_only_what_it_was_given() {
    let (account, membership) = (Id::new(Uuid::from_u128(1)), Id::new(Uuid::from_u128(2)));
    let member = Member { account, membership, role: Role::Clerk, place: Place::Nowhere };
    let token = Actor::token("t", member.clone(), vec![Grant::Vacancies]);
    assert!(token.may("intake.stage").is_ok() && token.may("public.read").is_ok());
    assert!(token.may("jobseeker.list").is_err() && token.may("jobseeker.import").is_err());
    assert!(!token.scope().people());
    let token = Actor::token("t", member, vec![Grant::People]);
    assert!(token.may("jobseeker.list").is_ok() && token.scope().people());
    assert!(token.may("jobseeker.open").is_err(), "no token opens a name");
}

#[test]
fn an_author_is_named_by_numbers_only() {
    let actor = member(Role::Clerk, Place::Nowhere);
    assert!(actor.name.starts_with("account:00000000-"), "{}", actor.name);
    assert_eq!(actor.name.len(), "account:/".len() + 72);
}

#[test]
fn a_territory_covers_its_ranges_and_ends_its_paths() {
    let office = Id::new(Uuid::from_u128(3));
    let ranges = vec![("6205".into(), "6206".into())];
    let territory = Territory { office, path: "a/b/".into(), ranges, root: false };
    assert!(territory.covers("620502001") && !territory.covers("620600") && !territory.covers(""));
    let (from, to) = territory.paths();
    assert!(from <= "a/b/" && "a/b/c/" < to.as_str() && *"a/b0" >= *to.as_str());
    assert!("a/bc/" >= to.as_str(), "a neighbour whose name begins alike");
}
