//! Building the structures from the tables: rows of a share, and the rest by proportion.

use std::time::Instant;

use app::App;
use model::{
    Id,
    jobseeker::{Jobseeker, Profile, Wish},
    matching::{Catalogue, Head, Person, Rule, Someone},
    vacancy::{Form, Place, Source},
};
use store::{Deed, employer::Known, jobseeker::Sealed};

use super::table::Table;
use crate::{
    Outcome,
    bench::world::{World, people::Maker},
};

const ROWS: usize = 50_000;
const BATCH: usize = 1_000;

pub(crate) async fn run(table: &mut Table, app: &App, world: &World, rule: &Rule) -> Outcome<()> {
    posts(app, world).await?;
    let built = build(app).await?;
    table.row(
        &format!("reading {ROWS} posts from the tables and building"),
        &format!("{built:.1} s, {:.0} s for a million", built * 1e6 / AS_REAL),
        "≤ 30 s a million",
    );
    people(app, world, rule).await?;
    let both = build(app).await?;
    let alone = (both - built).max(0.0);
    table.row(
        &format!("reading {ROWS} people from the tables and building"),
        &format!("{alone:.1} s, {:.0} s for seven million", alone * 7e6 / AS_REAL),
        "≤ 60 s for 7 million",
    );
    Ok(())
}

const AS_REAL: f64 = 50_000.0;

/// Times that it is built; the shortest counts, as the difference of two is of interest.
const TIMES: usize = 3;

/// Seconds from nothing to the first answer.
async fn build(app: &App) -> Outcome<f64> {
    let mut least = f64::INFINITY;
    for _ in 0..TIMES {
        app::matching::engine::forget(app)?;
        let began = Instant::now();
        app::matching::engine::catch_up(app).await?;
        least = least.min(began.elapsed().as_secs_f64());
    }
    Ok(least)
}

fn deed(app: &App) -> Deed {
    Deed { name: "vacancy.import", actor: "bench".into(), at: app.now() }
}

async fn posts(app: &App, world: &World) -> Outcome<()> {
    let known = |n| {
        let employer = world.employer(n);
        Known { name_key: n.to_string(), employer }
    };
    let firms: Vec<_> = (0..world.firms).map(known).collect();
    for some in firms.chunks(BATCH) {
        let mut w = app.db().write(deed(app)).await?;
        store::employer::add(&mut w, some).await?;
        w.commit().await?;
    }
    for from in (0..ROWS).step_by(BATCH) {
        let rows: Vec<_> = (from..from + BATCH).map(|n| world.vacancy(n)).collect();
        let mut w = app.db().write(deed(app)).await?;
        store::vacancy::add(&mut w, &rows).await?;
        w.commit().await?;
    }
    Ok(())
}

async fn people(app: &App, world: &World, rule: &Rule) -> Outcome<()> {
    let maker = Maker::new(world, rule);
    for from in (0..ROWS).step_by(BATCH) {
        let rows: Vec<_> = (from..from + BATCH).map(|n| sealed(app, &maker, rule, n)).collect();
        let mut w = app.db().write(deed(app)).await?;
        store::jobseeker::add(&mut w, &rows).await?;
        w.commit().await?;
    }
    Ok(())
}

fn sealed(app: &App, maker: &Maker<'_>, rule: &Rule, n: usize) -> Sealed {
    let (id, person, _) = maker.person(n);
    let source = Source { name: "bench".into(), key: n.to_string(), fingerprint: n.to_string() };
    let jobseeker = Jobseeker {
        id: Id::new(uuid::Uuid::from_u128(id)),
        source,
        profile: profile(&person, &rule.catalogue),
        seeking: true,
        visible: true,
        created_at: app.now(),
        updated_at: app.now(),
        version: 1,
    };
    Sealed {
        jobseeker,
        identity: vec![0; 80],
        number_index: n.to_string(),
        phone_index: String::new(),
        name_index: String::new(),
    }
}

/// What somebody would have told who is seen like this.
fn profile(person: &Person, catalogue: &Catalogue) -> Profile {
    let Someone { head, .. } = person.view();
    let view = person.view();
    let degrees = |millionths: i32| f64::from(millionths) / 1e6;
    let code = |list: &[u16], name: &dyn Fn(u16) -> String| list.iter().map(|n| name(*n)).collect();
    let region = |n: u16| catalogue.place_code(n).to_owned();
    Profile {
        place: Place {
            text: String::new(),
            region: region(head.home),
            longitude: Some(degrees(head.point.east)),
            latitude: Some(degrees(head.point.north)),
        },
        experience: Some(i64::from(head.experience.min(400))),
        wish: Wish {
            occupations: code(view.occupations(), &|n| catalogue.occupation_code(n).to_owned()),
            regions: code(view.regions(), &region),
            anywhere: head.is(Head::ANYWHERE),
            pay_from: Some(i64::from(head.floor) * 100),
            forms: if head.forms > 0 { vec![Form::FullTime] } else { vec![] },
            needs_board: head.is(Head::BOARD),
            needs_lodging: head.is(Head::LODGING),
            ..Wish::default()
        },
        skills: code(view.skills(), &|n| catalogue.skill_code(n).to_owned()),
        ..Profile::default()
    }
}
