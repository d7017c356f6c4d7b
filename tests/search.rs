//! Stories of searching: the index beside the tables follows them, is made anew, and what is wrong
//! with it is found.

mod everywhere;
mod filter;
mod itself;
mod kill;
mod place;
mod relax;
mod suggest;
mod words;

use std::time::{Duration, Instant};

use app::{
    Error, deed, event,
    vacancy::{index, search},
};
use model::{
    Id,
    access::Actor,
    employer::{Details, Employer},
    region,
    vacancy::{
        Offer, Place, Source, State, Vacancy,
        query::{Sort, VacancyQuery},
    },
};
use search::{Entry, Mark};
use store::{Note, employer::Known};

use crate::world::{World, beginning, both};

/// A world with an employer in it.
struct Office<'a> {
    world: &'a World,
    employer: Employer,
}

fn asking(words: &str) -> VacancyQuery {
    VacancyQuery { words: words.into(), ..VacancyQuery::default() }
}

impl<'w> Office<'w> {
    /// With the index at the beginning of the log.
    async fn open(world: &'w World) -> Self {
        let (app, at) = (&world.app, beginning());
        let details = Details { name: "陇原机械厂".into(), ..Details::default() };
        let employer = Employer { id: app.id(), details, created_at: at, updated_at: at };
        let known = Known { name_key: employer.details.name.clone(), employer: employer.clone() };
        deed!(app, &Actor::office("test"), "vacancy.import", |w| {
            Ok(store::employer::add(w, std::slice::from_ref(&known)).await?)
        })
        .unwrap();
        event::catch_up(app).await.unwrap();
        Self { world, employer }
    }

    fn vacancy(&self, title: &str) -> Vacancy {
        let region = "620102".to_owned();
        let offer = Offer {
            title: title.into(),
            duties: format!("负责车间的{title}工作，包吃住"),
            place: Place { region, ..Place::default() },
            ..Offer::default()
        };
        let id: Id<Vacancy> = self.world.app.id();
        let source = Source { name: "test".into(), key: id.to_string(), ..Source::default() };
        Vacancy {
            id,
            source,
            employer: self.employer.id,
            offer,
            state: State::Published,
            created_at: beginning(),
            updated_at: beginning(),
            version: 1,
            hired: 0,
        }
    }

    async fn publish(&self, vacancies: &[Vacancy]) {
        deed!(&self.world.app, &Actor::office("test"), "vacancy.import", |w| {
            store::vacancy::add(w, vacancies).await?;
            for vacancy in vacancies {
                w.note(note(vacancy));
            }
            Ok(())
        })
        .unwrap();
    }

    /// Changes a row; without an event it is a fault that nobody is told of.
    async fn change(&self, vacancy: &mut Vacancy, told: bool) {
        vacancy.version += 1;
        let changed = vacancy.clone();
        deed!(&self.world.app, &Actor::office("test"), "vacancy.import", |w| {
            store::vacancy::save(w, &changed).await?;
            if told {
                w.note(note(&changed));
            }
            Ok(())
        })
        .unwrap();
    }

    /// Changes a row that was the same as others until now.
    async fn rename(&self, vacancy: &mut Vacancy, was: i64) {
        vacancy.version += 1;
        let changed = vacancy.clone();
        deed!(&self.world.app, &Actor::office("test"), "vacancy.import", |w| {
            store::vacancy::save(w, &changed).await?;
            w.note(Note { change: serde_json::json!({ "twin": was }), ..note(&changed) });
            Ok(())
        })
        .unwrap();
    }

    async fn titles(&self, words: &str) -> Vec<String> {
        let results = search(&self.world.app, &Actor::public(), &asking(words)).await.unwrap();
        results.items.into_iter().map(|hit| hit.vacancy.offer.title).collect()
    }
}

fn note(vacancy: &Vacancy) -> Note {
    let (subject, region) = (vacancy.id.uuid(), vacancy.offer.place.region.clone());
    Note { noun: "vacancy", subject, region, change: serde_json::json!({}) }
}

#[tokio::test]
async fn what_is_published_is_found_and_what_is_closed_is_not() {
    both(async |world| {
        let office = Office::open(world).await;
        event::catch_up(&office.world.app).await.unwrap();
        assert!(office.titles("").await.is_empty());
        let mut welder = office.vacancy("电焊工");
        office.publish(&[welder.clone(), office.vacancy("车工")]).await;
        event::catch_up(&office.world.app).await.unwrap();
        assert_eq!(office.titles("电焊工").await, ["电焊工"]);
        assert_eq!(office.titles("城关区 陇原机械厂 车工").await[0], "车工");
        welder.state = State::Filled;
        office.change(&mut welder, true).await;
        assert!(office.titles("电焊工").await.is_empty(), "closed in the tables already");
        event::catch_up(&office.world.app).await.unwrap();
        assert_eq!(office.titles("").await, ["车工"]);
        let mut r = office.world.app.db().read().await.unwrap();
        let last = store::event::last(&mut r).await.unwrap();
        assert_eq!(store::event::reached(&mut r, "index").await.unwrap(), last);
    })
    .await;
}

#[tokio::test]
async fn the_office_ends_a_vacancy_once_and_it_is_gone_everywhere() {
    const FORM: &str = "application/x-www-form-urlencoded";
    both(async |world| {
        let office = Office::open(world).await;
        let welder = office.vacancy("电焊工");
        office.publish(std::slice::from_ref(&welder)).await;
        world.work().await;
        let page = format!("/vacancies/{}", welder.id);
        let close = format!("{page}/close");
        world.stranger().get(&page).await.is(200);
        world.stranger().post(&close, FORM, "state=filled").await.is(403);
        world.office().post(&close, FORM, "state=draft").await.is(422);
        let done = world.office().post(&close, FORM, "state=filled").await.is(303);
        assert_eq!(done.location(), page);
        world.stranger().get(&page).await.is(410);
        assert!(office.titles("电焊工").await.is_empty());
        world.office().post(&close, FORM, "state=filled").await.is(422);
        let mut r = world.app.db().read().await.unwrap();
        let log = store::event::of_subject(&mut r, welder.id.uuid(), 9).await.unwrap();
        assert_eq!((log[0].deed.as_str(), log.len()), ("vacancy.close", 2));
    })
    .await;
}

#[tokio::test]
async fn a_hit_shows_why_it_was_found() {
    both(async |world| {
        let office = Office::open(world).await;
        office.publish(&[office.vacancy("电焊工")]).await;
        event::catch_up(&office.world.app).await.unwrap();
        let query = asking("车间");
        let results = search(&office.world.app, &Actor::public(), &query).await.unwrap();
        let hit = &results.items[0];
        assert_eq!(hit.employer, "陇原机械厂");
        assert!(hit.snippet.contains(&(true, "车间".into())), "{:?}", hit.snippet);
        assert_eq!(results.facets.region[0].value.as_str(), "620102");
    })
    .await;
}

#[tokio::test]
async fn a_published_vacancy_is_found_without_anybody_asking_for_it() {
    both(async |world| {
        let office = Office::open(world).await;
        let app = office.world.app.clone();
        let following = tokio::spawn(async move { event::follow(&app).await });
        while office.world.app.index().await.unwrap().mark().is_none() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let began = Instant::now();
        office.publish(&[office.vacancy("电焊工")]).await;
        while office.titles("电焊工").await.is_empty() {
            assert!(began.elapsed() < Duration::from_mins(1), "nothing follows the log");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        println!("findable after {} ms", began.elapsed().as_millis());
        following.abort();
    })
    .await;
}

#[tokio::test]
async fn a_planted_difference_is_found_and_mended() {
    both(async |world| {
        let office = Office::open(world).await;
        let mut rows: Vec<_> = ["电焊工", "车工", "钳工"].map(|t| office.vacancy(t)).into();
        office.publish(&rows).await;
        event::catch_up(&office.world.app).await.unwrap();
        let whole = index::check(&office.world.app, |_| ()).await.unwrap();
        assert_eq!(whole, index::Agreement { rows: 3, ..index::Agreement::default() });
        // one that changed without an event, one that was never in the tables, one that is not in the index
        rows[0].offer.title = "氩弧焊工".into();
        office.change(&mut rows[0].clone(), false).await;
        let stranger = office.vacancy("幽灵");
        let entry =
            Entry { vacancy: &stranger, employer: "", occupation: "", place: "", answered: None };
        let kept = office.world.app.index().await.unwrap();
        kept.apply(&[entry], &[rows[1].id], kept.mark().unwrap()).unwrap();
        let found = index::check(&office.world.app, |_| ()).await.unwrap();
        assert_eq!((found.missing, found.stale, found.extra, found.pending), (1, 1, 1, 0));
        assert!(!found.is_whole());
        assert_eq!(index::reindex(&office.world.app, |_| ()).await.unwrap(), 3);
        assert!(index::check(&office.world.app, |_| ()).await.unwrap().is_whole());
        assert_eq!(office.titles("氩弧焊工").await[0], "氩弧焊工");
    })
    .await;
}

#[tokio::test]
async fn what_the_index_cannot_know_yet_is_no_fault() {
    both(async |world| {
        let office = Office::open(world).await;
        office.publish(&[office.vacancy("电焊工")]).await;
        event::catch_up(&office.world.app).await.unwrap();
        office.publish(&[office.vacancy("车工")]).await;
        let found = index::check(&office.world.app, |_| ()).await.unwrap();
        assert!(found.is_whole());
        assert_eq!((found.rows, found.pending), (2, 1));
    })
    .await;
}

#[tokio::test]
async fn the_index_of_another_database_is_not_believed() {
    both(async |world| {
        let office = Office::open(world).await;
        office.publish(&[office.vacancy("电焊工")]).await;
        event::catch_up(&office.world.app).await.unwrap();
        let index = office.world.app.index().await.unwrap();
        for mark in [Mark { seq: 1, at: 5 }, Mark { seq: 99, at: 5 }] {
            let stranger = office.vacancy("幽灵");
            let entry = Entry {
                vacancy: &stranger,
                employer: "",
                occupation: "",
                place: "",
                answered: None,
            };
            index.apply(&[entry], &[], mark).unwrap();
            event::catch_up(&office.world.app).await.unwrap();
            assert!(office.titles("幽灵").await.is_empty());
            assert_eq!(office.titles("").await, ["电焊工"]);
        }
    })
    .await;
}

#[tokio::test]
async fn an_unknown_code_names_those_nearby() {
    both(async |world| {
        let office = Office::open(world).await;
        event::catch_up(&office.world.app).await.unwrap();
        let refused = async |query: VacancyQuery| {
            let Err(Error::Refused(refusal)) =
                search(&office.world.app, &Actor::public(), &query).await
            else {
                panic!("not refused");
            };
            let valid = refusal.args.iter().find(|(name, _)| *name == "valid").unwrap().1.clone();
            (refusal.code, valid)
        };
        let at = |code: &str| Some(code.parse::<region::Code>().unwrap());
        let county = VacancyQuery { region: at("620199"), ..VacancyQuery::default() };
        let (code, valid) = refused(county).await;
        assert_eq!(code, "search.region_unknown");
        assert!(valid.contains("620102 城关区"), "{valid}");
        let nowhere = VacancyQuery { region: at("990000"), ..VacancyQuery::default() };
        assert!(refused(nowhere).await.1.contains("110000 北京市"));
        let trade =
            VacancyQuery { occupation: Some("6-18-02-99".into()), ..VacancyQuery::default() };
        let (code, valid) = refused(trade).await;
        assert_eq!(code, "search.occupation_unknown");
        assert!(valid.contains("6-18-02-04 焊工"), "{valid}");
    })
    .await;
}

#[tokio::test]
async fn pages_go_to_the_last_hit_while_others_are_published() {
    both(async |world| {
        let office = Office::open(world).await;
        let rows: Vec<_> = (0..230).map(|n| office.vacancy(&format!("电焊工{n}"))).collect();
        office.publish(&rows).await;
        event::catch_up(&office.world.app).await.unwrap();
        let mut query = VacancyQuery { sort: Sort::New, limit: 50, ..asking("电焊工") };
        let mut seen = vec![];
        loop {
            let page = search(&office.world.app, &Actor::public(), &query).await.unwrap();
            seen.extend(page.items.iter().map(|hit| hit.vacancy.id));
            query.cursor = page.next;
            if query.cursor.is_none() {
                break;
            }
            office.publish(&[office.vacancy("新来的电焊工")]).await;
            event::catch_up(&office.world.app).await.unwrap();
        }
        assert!(rows.iter().all(|row| seen.contains(&row.id)));
        let all = seen.len();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), all);
    })
    .await;
}

#[tokio::test]
async fn what_has_expired_is_not_found_and_needs_no_event_for_it() {
    both(async |world| {
        let office = Office::open(world).await;
        let mut today = office.vacancy("电焊工");
        today.offer.expires_on = Some(office.world.app.today());
        office.publish(&[today]).await;
        event::catch_up(&office.world.app).await.unwrap();
        assert_eq!(office.titles("").await, ["电焊工"]);
        office.world.at("2026-11-22T16:00:01Z");
        assert!(office.titles("").await.is_empty());
        assert!(index::check(&office.world.app, |_| ()).await.unwrap().is_whole());
    })
    .await;
}

#[tokio::test]
async fn the_tables_tell_how_far_the_index_has_come() {
    both(async |world| {
        let office = Office::open(world).await;
        office.publish(&[office.vacancy("电焊工")]).await;
        event::catch_up(&office.world.app).await.unwrap();
        let mut r = office.world.app.db().read().await.unwrap();
        let last = store::event::last(&mut r).await.unwrap();
        assert_eq!(store::event::reached(&mut r, "index").await.unwrap(), last);
        assert!(Actor::office("window").may("event.follow").is_err());
    })
    .await;
}
