//! The rules of signing in.

use proptest::prelude::*;

use super::*;

fn at(minute: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::days(20_000) + TimeDelta::minutes(minute)
}

fn failures(failures: i64) -> Attempt {
    Attempt { failures, last_at: at(0) }
}

#[test]
fn five_failures_are_free_and_each_more_costs_twice_as_long() {
    assert!(failures(4).open(at(0)).is_ok());
    let minutes = |n| failures(n).closed_until().map(|until| (until - at(0)).num_minutes());
    assert_eq!([4, 5, 6, 7, 10].map(minutes), [None, Some(1), Some(2), Some(4), Some(32)]);
    assert_eq!([11, 12, 90].map(minutes), [Some(60); 3]);
    assert_eq!(failures(5).open(at(0)).unwrap_err().args, [("minutes", "2".to_owned())]);
    assert!(failures(5).open(at(1)).is_ok());
}

#[test]
fn a_day_without_a_failure_forgets_all() {
    assert_eq!(failures(9).failed(at(10)).failures, 10);
    assert_eq!(failures(9).failed(at(24 * 60)).failures, 1);
}

#[test]
fn nobody_is_sent_to_another_site() {
    for path in ["/", "/jobseekers?after=1&x=%20y", "/a//b"] {
        assert_eq!(next(path), path);
    }
    let bad = [
        "",
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "javascript:x",
        "/a\r\nset-cookie: x",
        "\\/evil",
        " //evil",
        "/\t/evil",
    ];
    for path in bad {
        assert_eq!(next(path), "/", "{path:?}");
    }
}

#[test]
fn a_name_for_the_door_and_a_number_are_read_as_people_write_them() {
    assert_eq!(login(" Wang.Li ").unwrap(), "wang.li");
    assert!(["", "a", "a b", "a\nb", "<b>x</b>"].iter().all(|bad| login(bad).is_err()));
    for number in ["13800138000", "+86 138-0013-8000", "１３８００１３８０００", "008613800138000"]
    {
        assert_eq!(phone(number).unwrap(), "13800138000", "{number}");
    }
    assert!(["", "1380013800", "23800138000", "1380013800a"].iter().all(|bad| phone(bad).is_err()));
}

#[test]
fn a_role_has_its_place() {
    let membership = |organisation: bool, employer: bool| Membership {
        id: Id::new(Uuid::nil()),
        account_id: Id::new(Uuid::nil()),
        role: Role::Clerk,
        organisation_id: organisation.then_some(Id::new(Uuid::nil())),
        employer_id: employer.then_some(Id::new(Uuid::nil())),
        jobseeker_id: None,
        valid_from: at(0),
        valid_to: None,
    };
    assert!(Role::Clerk.fits(&membership(true, false)).is_ok());
    assert!(Role::Clerk.fits(&membership(false, false)).is_err());
    assert!(Role::Owner.fits(&membership(false, true)).is_ok());
    assert!(Role::Owner.fits(&membership(true, false)).is_err());
    assert!(Role::SystemAdministrator.fits(&membership(true, false)).is_err());
    assert!(Role::Office.fits(&membership(false, false)).is_err());
}

#[test]
fn nobody_makes_anybody_more_than_they_are() {
    let made = |by: Role| Role::ALL.iter().filter(|role| by.appoints(**role)).count();
    assert_eq!(made(Role::Owner), 3);
    assert_eq!(made(Role::SystemAdministrator), 2);
    assert!(!Role::OfficeAdministrator.appoints(Role::SystemAdministrator));
    assert!(!Role::OfficeAdministrator.appoints(Role::Office));
    assert_eq!(made(Role::Clerk) + made(Role::Jobseeker) + made(Role::Public), 0);
}

proptest! {
    #[test]
    fn the_author_of_an_event_is_read_back(account: u128, membership: u128) {
        let (a, m) = (Uuid::from_u128(account), Uuid::from_u128(membership));
        let read = author(&format!("account:{a}/{m}"));
        prop_assert_eq!(read, Some((Id::new(a), Id::new(m))));
    }

    #[test]
    fn what_is_no_author_is_none(text in ".{0,80}") {
        prop_assert!(author(&text).is_none());
    }
}

#[test]
fn a_mail_address_is_one_name_at_one_host() {
    assert_eq!(mail(" hr@example.com ").unwrap(), "hr@example.com");
    assert!(mail("人事@例子.中国").is_ok());
    for bad in ["", "hr", "hr@", "@example.com", "hr@example", "a@b@c.example", "hr@.com"] {
        assert!(mail(bad).is_err(), "{bad}");
    }
    for bad in ["a b@c.example", "a@c.example\nbcc: d@e.example", "a,b@c.example", "<a@b.example>"]
    {
        assert!(mail(bad).is_err(), "{bad}");
    }
}
