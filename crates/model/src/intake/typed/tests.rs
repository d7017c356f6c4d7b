//! What is typed into a form, read.

use std::sync::LazyLock;

use chrono::NaiveDate;

use super::*;
use crate::reference::seed;

static REFERENCE: LazyLock<Reference> = LazyLock::new(seed::reference);

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 1).unwrap()
}

fn typed(pairs: &[(&str, &str)]) -> Typed {
    Typed::new(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())))
}

const SOMEBODY: &[(&str, &str)] = &[
    ("name", "测试甲"),
    ("number", "１１０１０５１９４９１２３１００２ｘ"),
    ("phone", "０００００００００００"),
    ("place", "天水市秦州区玉泉镇"),
    ("education", "高中"),
    ("experience", "三年"),
    ("wish", "电焊工、保安"),
    ("skills", "电焊"),
    ("wish_places", "兰州"),
    ("maybe_places", "深圳、东莞"),
    ("reach_km", "十公里"),
    ("wage", "4千"),
    ("contract", "full_time"),
    ("contract", "temporary"),
    ("needs_lodging", "yes"),
];

#[test]
fn a_form_is_read_as_a_row_of_a_file_is() {
    let (draft, ..) = typed(SOMEBODY).read(&REFERENCE, today(), "").unwrap();
    let (profile, wish) = (&draft.profile, &draft.profile.wish);
    assert_eq!(draft.identity.number, "11010519491231002X");
    assert_eq!(profile.born_on, NaiveDate::from_ymd_opt(1949, 12, 31));
    assert_eq!(profile.place.region.get(..6), Some("620502"));
    assert_eq!(profile.experience, Some(36));
    assert_eq!((wish.pay_from, wish.reach_km), (Some(400_000), Some(10)));
    assert_eq!((wish.forms.len(), wish.occupations.len()), (2, 2));
    assert!(wish.needs_lodging && !wish.needs_board);
    assert_eq!(wish.regions.len(), 3);
    assert_eq!(wish.reluctant, ["440300", "441900"]);
}

#[test]
fn sums_are_understood_however_they_are_written() {
    for (written, cents) in [
        ("三千五", 350_000),
        ("3500", 350_000),
        ("３５００元", 350_000),
        ("3.5k", 350_000),
        ("4千", 400_000),
    ] {
        let form = typed(SOMEBODY).and(Field::Wage, written);
        let (draft, ..) = form.read(&REFERENCE, today(), "").unwrap();
        assert_eq!(draft.profile.wish.pay_from, Some(cents), "{written}");
    }
}

#[test]
fn a_person_shown_in_a_form_and_read_again_is_the_same() {
    let (draft, ..) = typed(SOMEBODY).read(&REFERENCE, today(), "").unwrap();
    let shown = Typed::of(&REFERENCE, &draft.identity, &draft.profile, false);
    assert!(!shown.get("number").contains("1949") && !shown.visible());
    let (again, ..) = shown.of_whom(&draft.identity).read(&REFERENCE, today(), "").unwrap();
    assert_eq!(again.identity, draft.identity);
    assert_eq!(again.profile, draft.profile);
}

#[test]
fn what_is_wrong_is_said_at_its_field_all_at_once() {
    let faults =
        typed(&[("number", "110105194912310021")]).read(&REFERENCE, today(), "").unwrap_err();
    let said: Vec<_> = faults.iter().map(|f| (f.column.as_str(), f.refusal.code)).collect();
    assert_eq!(said, [("name", "jobseeker.name_missing"), ("number", "jobseeker.number_check")]);
    let faults = typed(&[("name", "测试甲")]).read(&REFERENCE, today(), "").unwrap_err();
    assert_eq!(faults[0].refusal.code, "jobseeker.reach_missing");
}

#[test]
fn a_page_replaces_its_own_fields_only() {
    let (first, page) = (typed(SOMEBODY), typed(&[("wage", "5000"), ("name", "别人")]));
    let both = first.with(&["wage", "reach_km"], page);
    assert_eq!((both.get("wage"), both.get("reach_km"), both.get("name")), ("5000", "", "测试甲"));
}

#[test]
fn what_is_no_field_is_not_kept_and_nothing_is_printed() {
    let form = typed(&[("name", "测试甲"), ("office_id", "x"), ("id", "y")]);
    assert_eq!((form.get("office_id"), form.get("id")), ("", ""));
    assert_eq!(format!("{form:?}"), "Typed(sealed)");
}
