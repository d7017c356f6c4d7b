//! Files of jobseekers: who a person is stays sealed, from the first byte staged to the refused row.

use model::intake::Noun;
use text::Lang;

use super::{events, import_as, intake, office, put, told};
use crate::world::{World, both};

const HEADINGS: &str = "姓名,身份证号,联系电话,户籍/现居住地,求职工种,期望工资";
/// Test vectors of GB 11643, nobody's.
const NUMBER: &str = "11010519491231002X";
const OTHER: &str = "440524188001010014";

fn people() -> String {
    format!(
        "{HEADINGS}\n\
         王小明,{NUMBER},13900000001,甘肃省天水市秦州区,电焊工,5000\n\
         李红,,13900000002,清水县,保洁员,3000\n\
         王小明,{NUMBER},13900000003,甘肃省天水市秦州区,车工,6000\n\
         赵强,11010519491231002Y,13900000004,秦安县,厨师,5000\n"
    )
}

async fn count(world: &World) -> i64 {
    let mut r = world.app.db().read().await.unwrap();
    store::jobseeker::count(&mut r, &office().scope()).await.unwrap()
}

#[tokio::test]
async fn a_person_stands_in_a_file_once() {
    both(async |world| {
        let file = put(world, "求职.csv", people());
        let intake = import_as(world, Noun::Jobseekers, &file).await.unwrap();
        assert_eq!(told(intake.counts), [4, 2, 0, 2]);
        let faults = intake::faults(&world.app, &office(), intake.id, Lang::Zh, 0).await.unwrap();
        let twice = faults.items.iter().find(|t| t.code == "jobseeker.twice").unwrap();
        assert!(twice.row == 4 && twice.reason.contains('2'), "{twice:?}");
        assert!(!format!("{faults:?}").contains(NUMBER));
        let before = events(world).await;
        let again = import_as(world, Noun::Jobseekers, &file).await.unwrap();
        assert_eq!(told(again.counts), [4, 0, 2, 2]);
        assert_eq!((count(world).await, events(world).await), (2, before));
    })
    .await;
}

#[tokio::test]
async fn who_has_a_citizen_number_is_the_same_person_in_every_file() {
    both(async |world| {
        import_as(world, Noun::Jobseekers, &put(world, "a.csv", people())).await.unwrap();
        let other = format!("身份证号码,姓名,求职意向\n{NUMBER},王小明,钳工\n");
        let intake = import_as(world, Noun::Jobseekers, &put(world, "b.csv", other)).await.unwrap();
        assert_eq!(told(intake.counts), [1, 1, 0, 0]);
        assert_eq!(count(world).await, 2);
    })
    .await;
}

#[tokio::test]
async fn names_and_numbers_are_nowhere_to_be_read() {
    both(async |world| {
        let text = people().replace("赵强,11010519491231002Y", &format!(",{OTHER}"));
        let file = put(world, "求职.csv", text);
        let intake = import_as(world, Noun::Jobseekers, &file).await.unwrap();
        assert!(intake.counts.refused > 0 && intake.counts.accepted > 0);
        let mut r = world.app.db().read().await.unwrap();
        let mut all = Vec::new();
        for table in store::backup::tables(&mut r).await.unwrap() {
            use futures_util::StreamExt as _;
            let rows: Vec<_> = store::backup::rows(&mut r, &table).unwrap().collect().await;
            if !["region", "occupation", "skill"].contains(&table.name.as_str()) {
                all.push(format!("{rows:?}"));
            }
        }
        for secret in [NUMBER, OTHER, "王小明", "李红", "1390000000"] {
            assert!(!all.iter().any(|rows| rows.contains(secret)), "{secret}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_public_brings_nothing_in() {
    both(async |world| {
        let file = put(world, "求职.csv", people());
        let public = model::access::Actor::public();
        let deeds = [
            "intake.stage",
            "intake.apply",
            "intake.discard",
            "vacancy.import",
            "jobseeker.import",
        ];
        assert!(deeds.iter().all(|deed| public.may(deed).is_err() && office().may(deed).is_ok()));
        let given = intake::Given { noun: Noun::Jobseekers, name: "求职.csv", path: &file };
        let choice = intake::Choice::Recognise;
        let refusal = intake::import(&world.app, &public, given, &choice, &|_| ()).await;
        assert!(matches!(refusal, Err(app::Error::Forbidden(_))));
        assert_eq!((count(world).await, events(world).await), (0, 0));
    })
    .await;
}
