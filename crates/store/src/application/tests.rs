//! Applications on both engines: one open one for a pair, numbers without gaps, the last place.

use model::{
    access::Actor,
    application::{Act, Clock, Side},
};
use uuid::Uuid;

use super::*;
use crate::{
    Db,
    both::{both, deed},
    jobseeker::{self, tests::person},
    vacancy::tests::{vacancy, with},
};

fn clock() -> Clock {
    let at = deed("x").at;
    let (today, ahead) = (at.date_naive(), chrono::TimeDelta::zero());
    Clock { at, today, ahead, answer: Some(5), reply: Some(3) }
}

pub(crate) fn application(n: u128, person: u128, post: u128) -> Application {
    let post = vacancy(post, Id::new(Uuid::from_u128(7)));
    let pair = (Id::new(Uuid::from_u128(person)), &post);
    Application::submitted(Id::new(Uuid::from_u128(n)), pair, "test", clock())
}

pub(crate) async fn ready(db: &Db) {
    with(db, 2).await;
    let mut w = db.write(deed("jobseeker.import")).await.unwrap();
    jobseeker::add(&mut w, &[person(1), person(2), person(3), person(4)]).await.unwrap();
    w.commit().await.unwrap();
}

#[tokio::test]
async fn one_comes_back_as_it_went_in_and_a_second_open_one_for_the_pair_does_not_go_in() {
    both(async |db| {
        ready(&db).await;
        let one = application(1, 1, 1);
        let mut w = db.write(deed("application.submit")).await.unwrap();
        add(&mut w, &one).await.unwrap();
        w.commit().await.unwrap();
        let (office, public) = (Actor::office("window").scope(), Actor::public().scope());
        let mut r = db.read().await.unwrap();
        assert_eq!(find(&mut r, &office, one.id).await.unwrap(), one);
        assert!(matches!(find(&mut r, &public, one.id).await, Err(Error::Absent(_))));
        assert_eq!(count(&mut r, &office, clock().today).await.unwrap(), (1, 0));
        let later = clock().today + chrono::Days::new(6);
        assert_eq!(count(&mut r, &office, later).await.unwrap(), (1, 1));
        drop(r);
        let mut w = db.write(deed("application.submit")).await.unwrap();
        let second = add(&mut w, &application(2, 1, 1)).await;
        assert!(matches!(second, Err(Error::Duplicate)), "{second:?}");
        drop(w);
        // once it has ended there may be another
        let act = Act::Lapse(model::application::Reason::NoAnswer);
        let ended = one.act(Side::Program, &act, "", clock()).unwrap();
        let mut w = db.write(deed("application.follow")).await.unwrap();
        save(&mut w, &ended).await.unwrap();
        assert!(matches!(save(&mut w, &ended).await, Err(Error::Stale)));
        add(&mut w, &application(2, 1, 1)).await.unwrap();
        assert_eq!(of_person(&mut w, &office, one.jobseeker, 9).await.unwrap().len(), 2);
        let open = page(&mut w, &office, Which::Open, None, 9).await.unwrap();
        assert_eq!(open.items.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn letters_are_numbered_without_gaps_office_by_office() {
    both(async |db| {
        ready(&db).await;
        let (here, there) = (None, Some(Id::new(Uuid::from_u128(9))));
        let mut w = db.write(deed("application.refer")).await.unwrap();
        assert_eq!(letter::next(&mut w, here, 2026).await.unwrap(), (1, 1));
        drop(w);
        let mut w = db.write(deed("application.refer")).await.unwrap();
        assert_eq!(letter::next(&mut w, here, 2026).await.unwrap(), (1, 1), "no gap");
        assert_eq!(letter::next(&mut w, there, 2026).await.unwrap(), (2, 1));
        assert_eq!(letter::next(&mut w, here, 2026).await.unwrap(), (1, 2));
        assert_eq!(letter::next(&mut w, here, 2027).await.unwrap(), (1, 1));
        let one = application(1, 1, 1);
        add(&mut w, &Application { number: "001-2026-00001".into(), ..one.clone() }).await.unwrap();
        letter::keep(&mut w, one.id, "d").await.unwrap();
        let office = Actor::office("window").scope();
        let found = letter::of_number(&mut w, &office, "001-2026-00001").await.unwrap();
        assert_eq!(found.map(|one| one.id), Some(one.id));
        assert!(letter::of_number(&mut w, &office, "").await.unwrap().is_none());
        assert_eq!(letter::of_code(&mut w, "d").await.unwrap().map(|a| a.id), Some(one.id));
        assert!(letter::of_code(&mut w, "").await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn the_last_place_is_taken_once_however_many_reach_for_it() {
    both(async |db| {
        ready(&db).await;
        let post: Id<Vacancy> = Id::new(Uuid::from_u128(1));
        let taken = futures_util::future::join_all((0..8).map(|_| async {
            let mut w = db.write(deed("application.act")).await.unwrap();
            let taken = take_place(&mut w, post).await.unwrap();
            w.commit().await.unwrap();
            taken
        }))
        .await;
        let taken: Vec<_> = taken.into_iter().flatten().collect();
        assert_eq!(taken.len(), 3, "three are wanted");
        assert_eq!(taken.iter().filter(|taken| taken.places_open() == Some(0)).count(), 1);
    })
    .await;
}

#[tokio::test]
async fn an_employer_is_told_of_by_the_share_it_answers_in_time() {
    both(async |db| {
        ready(&db).await;
        let scope = Actor::public().scope();
        let employer: Id<Employer> = Id::new(Uuid::from_u128(7));
        let mut w = db.write(deed("application.act")).await.unwrap();
        assert!(crate::employer::answers(&mut w, &scope, &[employer]).await.unwrap().is_empty());
        for in_time in [true, true, false, true] {
            count_answer(&mut w, employer, in_time).await.unwrap();
        }
        let share = crate::employer::answers(&mut w, &scope, &[employer]).await.unwrap();
        assert_eq!(share, [(employer, 75)]);
    })
    .await;
}
