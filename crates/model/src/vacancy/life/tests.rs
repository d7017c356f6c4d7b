//! Every way through the life of a vacancy, and that there is no other.

use chrono::DateTime;
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::{
    Id,
    term::Term,
    vacancy::{Offer, Source},
};

fn vacancy(state: State) -> Vacancy {
    let at = DateTime::from_timestamp(1_795_000_000, 0).unwrap();
    Vacancy {
        id: Id::new(Uuid::from_u128(1)),
        source: Source::default(),
        employer: Id::new(Uuid::from_u128(1)),
        offer: Offer::default(),
        state,
        created_at: at,
        updated_at: at,
        version: 1,
        hired: 0,
    }
}

/// The states that an act may lead to from a state, written by hand: the second opinion.
fn by_hand(act: Act, from: State) -> &'static [State] {
    match (act, from) {
        (Act::Submit, Draft | Submitted | Published | Rejected) => {
            &[Published, Submitted, Rejected]
        }
        (Act::Release, Submitted | Rejected) | (Act::Renew, Published) => &[Published],
        (Act::Reject, Submitted) => &[Rejected],
        (Act::GiveBack, Submitted) => &[Draft],
        (Act::Hold, Published | Paused) => &[Submitted],
        (Act::Pause, Published) => &[Paused],
        (Act::Resume, Paused) | (Act::Reopen, Filled | Expired | Withdrawn) => {
            &[Published, Submitted]
        }
        (Act::Fill, Published | Paused) => &[Filled],
        (Act::Withdraw, Draft | Submitted | Published | Paused | Rejected) => &[Withdrawn],
        (Act::Expire, Published | Paused) => &[Expired],
        _ => &[],
    }
}

#[test]
fn every_act_leads_where_the_table_says_and_nowhere_else() {
    for &act in Act::ALL {
        for &from in State::ALL {
            for &to in State::ALL {
                let led = vacancy(from).lead(act, to, DateTime::UNIX_EPOCH).is_ok();
                assert_eq!(led, by_hand(act, from).contains(&to), "{act}: {from} → {to}");
            }
            assert_eq!(act.begins(from), !by_hand(act, from).is_empty(), "{act}: {from}");
        }
    }
}

#[test]
fn whatever_has_ended_comes_back_only_by_being_reopened() {
    for from in [Filled, Expired, Withdrawn] {
        let ways: Vec<_> = Act::ALL.iter().filter(|act| act.begins(from)).collect();
        assert_eq!(ways, [&Act::Reopen], "{from}");
    }
}

proptest! {
    /// However the acts follow each other, nothing gets into the open but through the gate or a
    /// clerk, and every step counts one version.
    #[test]
    fn nothing_is_published_but_by_the_gate_or_a_clerk(
        steps in proptest::collection::vec((0..Act::ALL.len(), 0..State::ALL.len()), 0..60)
    ) {
        let mut now = vacancy(Draft);
        for (act, into) in steps {
            let (act, into) = (Act::ALL[act], State::ALL[into]);
            let before = now.clone();
            match before.clone().lead(act, into, before.updated_at) {
                Ok(next) => {
                    prop_assert_eq!(next.version, before.version + 1);
                    prop_assert_eq!(&next.offer, &before.offer);
                    if next.state == Published && before.state != Published {
                        let gates = [Act::Submit, Act::Release, Act::Resume, Act::Reopen];
                        prop_assert!(gates.contains(&act));
                    }
                    now = next;
                }
                Err(refusal) => prop_assert_eq!(refusal.code, "vacancy.act_impossible"),
            }
        }
    }
}

#[test]
fn a_file_comes_into_the_states_that_the_gate_gives() {
    for &was in State::ALL {
        for &verdict in Strength::ALL {
            for holds in [true, false] {
                let state = State::screened(Some(was), verdict, holds);
                let stays = matches!(was, Paused | Filled | Expired | Withdrawn);
                assert_eq!(state == was && stays, stays, "{was}");
                assert!(stays || Act::Submit.leads(was, state), "{was} → {state}");
            }
        }
    }
    assert_eq!(State::screened(None, Strength::Hold, false), Published);
    assert_eq!(State::screened(None, Strength::Refuse, false), Rejected);
}

fn terms() -> Terms {
    let day = |y| NaiveDate::from_ymd_opt(y, 1, 1).unwrap();
    let keys = [
        ("vacancy_silent_days", 90.0),
        ("vacancy_reminder_days", 7.0),
        ("vacancy_usual_days", 60.0),
        ("vacancy_longest_days", 365.0),
    ];
    let term = |(key, value): (&str, f64)| Term {
        key: key.into(),
        region: String::new(),
        value,
        unit: "day".into(),
        valid_from: day(2026),
        valid_to: None,
        basis: "test".into(),
    };
    Terms::on(day(2027), keys.map(term))
}

#[test]
fn it_lasts_until_its_last_day_or_until_nobody_has_spoken_of_it_for_long() {
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    let standing = Standing {
        since: DateTime::UNIX_EPOCH,
        confirmed_on: Some(day("2026-11-01")),
        cause: None,
        reason: String::new(),
    };
    let mut post = vacancy(Published);
    let silent = day("2027-01-30");
    assert_eq!(post.lasts(&standing, &terms()), Some(silent));
    post.offer.expires_on = Some(day("2026-12-20"));
    assert_eq!(post.lasts(&standing, &terms()), Some(day("2026-12-20")));
    assert!(!post.nears_end(&standing, &terms(), day("2026-12-12")));
    assert!(post.nears_end(&standing, &terms(), day("2026-12-13")));
    post.state = Paused;
    assert!(!post.nears_end(&standing, &terms(), day("2026-12-13")));
    assert_eq!(vacancy(Published).lasts(&standing, &Terms::default()), None);
}

#[test]
fn a_last_day_lies_ahead_and_not_beyond_memory() {
    let today = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
    let on = |days| Some(today + TimeDelta::days(days));
    assert_eq!(until(None, &terms(), today), Ok(on(60)));
    assert_eq!(until(on(0), &terms(), today), Ok(on(0)));
    assert_eq!(until(on(365), &terms(), today), Ok(on(365)));
    assert_eq!(until(on(-1), &terms(), today).unwrap_err().code, "vacancy.last_day_past");
    assert_eq!(until(on(366), &terms(), today).unwrap_err().code, "vacancy.last_day_far");
}
