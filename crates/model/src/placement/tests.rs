//! A placement is registered in time, ends once, and is never before it began.

use chrono::TimeDelta;
use proptest::prelude::*;
use uuid::Uuid;

use super::*;

fn clock(day: i64) -> Clock {
    let at = DateTime::from_timestamp(1_780_000_000, 0).unwrap() + TimeDelta::days(day);
    Clock { at, today: at.date_naive(), register: Some(30), end: Some(15) }
}

fn day(day: i64) -> NaiveDate {
    clock(day).today
}

fn hired() -> Placement {
    let origin = Origin {
        jobseeker: Id::new(Uuid::from_u128(1)),
        application: None,
        vacancy: None,
        employer: None,
        office: None,
        channel: Channel::Referral,
    };
    Placement::hired(Id::new(Uuid::from_u128(2)), origin, Work::default(), clock(0))
}

fn work(start: i64) -> Work {
    Work {
        employer_name: "甲公司".into(),
        post: "焊工".into(),
        started_on: Some(day(start)),
        wage: Some(500_000),
        contract: Some(Contract::OpenEnded),
        ..Work::default()
    }
}

proptest! {
    #[test]
    fn whatever_happens_it_ends_once_and_what_is_due_has_a_day(
        steps in proptest::collection::vec((0..4_usize, -3..30_i64, any::<bool>()), 0..20),
    ) {
        let mut one = hired();
        for (n, (what, when, office)) in steps.into_iter().enumerate() {
            let (before, now) = (one.clone(), clock(i64::try_from(n).unwrap() * 3));
            let done = match what {
                0 | 1 => one.register(work(when), now),
                2 => one.end(day(when), End::Resigned, office, now),
                _ => one.end(day(when), End::NotBegun, office, now),
            };
            let Ok(next) = done else { continue };
            prop_assert_ne!(before.state, State::Ended);
            prop_assert_eq!(next.version, before.version + 1);
            prop_assert_eq!(next.ended_on.is_some(), matches!(next.state, State::Leaving | State::Ended));
            prop_assert!(next.state != State::Leaving || next.due_on.is_some());
            prop_assert!(next.state != State::Ended || next.due_on.is_none());
            prop_assert!(next.ended_on.is_none_or(|last| last <= now.today));
            prop_assert!(before.registered_on.is_none() || next.registered_on == before.registered_on);
            one = next;
        }
    }
}

#[test]
fn it_is_due_thirty_days_from_the_hire_and_its_end_fifteen_from_the_last_day() {
    let one = hired();
    assert_eq!((one.state, one.due_on), (State::Hired, Some(day(30))));
    let registered = one.register(work(1), clock(5)).unwrap();
    assert_eq!((registered.state, registered.due_on), (State::Registered, None));
    let told = registered.end(day(60), End::Resigned, false, clock(61)).unwrap();
    assert_eq!((told.state, told.due_on), (State::Leaving, Some(day(75))));
    let ended = told.end(day(60), End::Resigned, true, clock(80)).unwrap();
    assert_eq!((ended.state, ended.due_on, ended.late(clock(80))), (State::Ended, None, 5));
    assert!(ended.end(day(60), End::Resigned, true, clock(80)).is_err());
}

#[test]
fn a_contract_for_a_fixed_time_says_until_when_and_is_followed_up() {
    let fixed = |until| Work { contract: Some(Contract::FixedTerm), until, ..work(1) };
    let missing = hired().register(fixed(None), clock(2)).unwrap_err();
    assert_eq!(missing.code, "placement.until_missing");
    let one = hired().register(fixed(Some(day(100))), clock(2)).unwrap();
    assert_eq!(one.due_on, Some(day(115)));
}

#[test]
fn flexible_work_needs_no_employer_and_employment_does() {
    let own =
        Work { kind: Kind::Flexible, employer_name: String::new(), contract: None, ..work(0) };
    assert!(hired().register(own.clone(), clock(1)).is_ok());
    let refused = |work: Work| hired().register(work, clock(1)).unwrap_err().code;
    assert_eq!(refused(Work { kind: Kind::Employed, ..own }), "placement.employer_missing");
    assert_eq!(refused(Work { post: " ".into(), ..work(0) }), "placement.post_missing");
    assert_eq!(refused(Work { started_on: None, ..work(0) }), "placement.start_missing");
    assert_eq!(refused(work(9)), "placement.start_ahead");
    assert_eq!(refused(Work { wage: Some(-1), ..work(0) }), "placement.wage_range");
    assert_eq!(refused(Work { until: Some(day(-1)), ..work(0) }), "placement.until_before");
    assert_eq!(refused(Work { contract: None, ..work(0) }), "placement.contract_missing");
}

#[test]
fn nothing_ends_before_it_began_or_in_days_to_come() {
    let one = hired().register(work(3), clock(5)).unwrap();
    let before = one.end(day(2), End::Resigned, true, clock(5)).unwrap_err();
    assert_eq!(before.code, "placement.end_before");
    assert!(one.end(day(2), End::NotBegun, true, clock(5)).is_ok());
    let ahead = one.end(day(9), End::Resigned, true, clock(5)).unwrap_err();
    assert_eq!(ahead.code, "placement.end_ahead");
}
