//! Every way an application can go, walked at random, and the ways it must not.

use chrono::TimeDelta;
use proptest::prelude::*;
use uuid::Uuid;

use super::*;

fn clock(day: i64) -> Clock {
    let at = DateTime::from_timestamp(1_780_000_000, 0).unwrap() + TimeDelta::days(day);
    let (today, ahead) = (at.date_naive(), chrono::TimeDelta::zero());
    Clock { at, today, ahead, answer: Some(5), reply: Some(3) }
}

fn fresh() -> Application {
    let at = clock(0).at;
    let id = |n| Uuid::from_u128(n);
    let vacancy = Vacancy {
        id: Id::new(id(2)),
        source: crate::vacancy::Source::default(),
        employer: Id::new(id(3)),
        offer: crate::vacancy::Offer::default(),
        state: crate::vacancy::State::Published,
        created_at: at,
        updated_at: at,
        version: 1,
        hired: 0,
    };
    let pair = (Id::new(id(1)), &vacancy);
    Application::submitted(Id::new(id(4)), pair, "account:a/b", clock(0))
}

fn invite(day: i64) -> Act {
    Act::Invite { at: clock(day).at, place: "二楼人事部".into() }
}

fn acts() -> Vec<Act> {
    let mut all = vec![
        Act::Shortlist,
        invite(4_000),
        Act::Arrive,
        Act::Offer,
        Act::Hire,
        Act::Agree,
        Act::Reopen,
    ];
    all.extend(Reason::ALL.iter().map(|reason| Act::Reject(*reason)));
    all.extend(Reason::ALL.iter().map(|reason| Act::Decline(*reason)));
    all.extend(Reason::ALL.iter().map(|reason| Act::Lapse(*reason)));
    all
}

const SIDES: [Side; 4] = [Side::Person, Side::Employer, Side::Office, Side::Program];

proptest! {
    #[test]
    fn whatever_is_done_somebody_is_next_or_it_has_ended(
        steps in proptest::collection::vec((0..52_usize, 0..4_usize), 0..30),
    ) {
        let acts = acts();
        let mut one = fresh();
        for (day, (act, side)) in steps.into_iter().enumerate() {
            let (act, side) = (&acts[act % acts.len()], SIDES[side]);
            let before = one.clone();
            let now = clock(i64::try_from(day).unwrap() + 1);
            let Ok(next) = one.act(side, act, "", now) else { continue };
            one = next;
            prop_assert!(before.may(side, act));
            prop_assert_eq!(one.version, before.version + 1);
            prop_assert_eq!(one.state.is_open(), one.waits_for().is_some());
            prop_assert_eq!(one.state.is_open(), one.due_on.is_some());
            prop_assert!(one.due_on.is_none_or(|due| due >= now.today));
            prop_assert_eq!(one.state == before.state, one.since == before.since);
            // what has ended stays ended, but for what nobody ended
            prop_assert!(before.state.is_open() || before.state == State::Lapsed);
            prop_assert!(!one.agreed || matches!(one.state, State::Interview | State::Offered));
            let ended = matches!(one.state, State::Declined | State::Rejected | State::Lapsed);
            prop_assert_eq!(ended, one.reason.is_some());
            prop_assert!(one.reason.is_none_or(|why| Reason::of(one.state).contains(&why)));
            prop_assert!(one.state != State::Interview || one.meets_at.is_some());
            // nobody decides for the other side
            if side == Side::Person {
                prop_assert!(matches!(one.state, State::Declined) || one.state == before.state);
            }
            if side == Side::Employer {
                prop_assert!(one.state != State::Declined && (one.agreed <= before.agreed));
            }
        }
    }
}

#[test]
fn the_usual_way_ends_with_a_hire() {
    let mut one = fresh();
    assert_eq!(one.due_on, Some(clock(5).today));
    for (side, act, waits) in [
        (Side::Employer, Act::Shortlist, Side::Employer),
        (Side::Employer, invite(4), Side::Person),
        (Side::Person, Act::Agree, Side::Employer),
        (Side::Employer, Act::Offer, Side::Person),
        (Side::Person, Act::Agree, Side::Employer),
    ] {
        one = one.act(side, &act, "", clock(1)).unwrap();
        assert_eq!(one.waits_for(), Some(waits), "{act:?}");
    }
    let hired = one.act(Side::Employer, &Act::Hire, "", clock(2)).unwrap();
    assert_eq!((hired.state, hired.due_on), (State::Hired, None));
    let again = hired.act(Side::Employer, &Act::Hire, "", clock(2)).unwrap_err();
    assert_eq!(again.code, "application.not_now");
}

#[test]
fn an_employer_answers_from_the_day_of_the_interview_on() {
    let invited = fresh().act(Side::Employer, &invite(10), "", clock(1)).unwrap();
    assert_eq!(invited.due_on, Some(clock(4).today), "the person says yes or no");
    let agreed = invited.act(Side::Person, &Act::Agree, "", clock(2)).unwrap();
    assert_eq!(agreed.due_on, Some(clock(15).today));
    let past = fresh().act(Side::Employer, &invite(1), "", clock(2)).unwrap_err();
    assert_eq!(past.code, "application.meets_past");
}

#[test]
fn reasons_belong_to_the_side_that_ends_it() {
    let wrong = fresh().act(Side::Employer, &Act::Reject(Reason::PayLow), "", clock(1));
    assert_eq!(wrong.unwrap_err().code, "application.reason_elsewhere");
    let other = fresh().act(Side::Person, &Act::Reject(Reason::Unsuitable), "", clock(1));
    assert_eq!(other.unwrap_err().code, "application.not_yours");
    let long = fresh().act(Side::Person, &Act::Decline(Reason::PayLow), &"x".repeat(501), clock(1));
    assert_eq!(long.unwrap_err().code, "application.note_long");
}

#[test]
fn only_the_first_answer_is_counted_and_silence_is_none() {
    let one = fresh();
    let after = |side, act: Act, day| {
        let next = one.act(side, &act, "", clock(day)).unwrap();
        one.answers(&next, side, clock(day).today)
    };
    assert_eq!(after(Side::Employer, Act::Shortlist, 5), Some(true));
    assert_eq!(after(Side::Employer, Act::Reject(Reason::Unsuitable), 6), Some(false));
    assert_eq!(after(Side::Office, Act::Hire, 1), Some(true));
    assert_eq!(after(Side::Person, Act::Decline(Reason::TooFar), 1), None);
    assert_eq!(after(Side::Program, Act::Lapse(Reason::NoAnswer), 9), None);
    let counted = Application { counted: true, ..one.clone() };
    let next = counted.act(Side::Employer, &Act::Shortlist, "", clock(9)).unwrap();
    assert_eq!(counted.answers(&next, Side::Employer, clock(9).today), None);
}

#[test]
fn who_stands_at_the_door_is_taken_up_and_keeps_the_appointment() {
    let one = fresh().act(Side::Employer, &Act::Arrive, "", clock(1)).unwrap();
    assert_eq!((one.state, one.arrived_on), (State::Shortlisted, Some(clock(1).today)));
    let agreed = fresh().act(Side::Employer, &invite(4), "", clock(1)).unwrap();
    let agreed = agreed.act(Side::Person, &Act::Agree, "", clock(2)).unwrap();
    let came = agreed.act(Side::Employer, &Act::Arrive, "", clock(3)).unwrap();
    assert!(came.agreed && came.state == State::Interview);
}
