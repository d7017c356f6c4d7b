//! Stories of the log: whoever changes it behind the program's back is found out, even where they make
//! every link anew.

use std::process::Output;

use crate::world::{World, both, program};

fn verify(world: &World) -> Output {
    let data = world.folder.path().join("data");
    let database = world.app.settings().database.clone();
    let database = database.unwrap_or_else(|| store::Db::url_in(&data));
    let mut command = program::command(&data);
    command.args(["--database", &database, "verify"]).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&[output.stdout.as_slice(), &output.stderr].concat()).into_owned()
}

/// Runs statements on the tables as somebody would who has the database, and not the program.
async fn behind(world: &World, all: &[&'static str]) {
    let at = world.app.now();
    let deed = store::Deed { name: "x", actor: "story".into(), at };
    let mut w = world.app.db().write(deed).await.unwrap();
    let drops: &[&'static str] = world.app.db().engine().pick(
        &[
            "drop trigger if exists event_never_changed",
            "drop trigger if exists event_never_deleted",
        ],
        &["drop trigger if exists event_never_changed on event"],
    );
    for sql in drops.iter().chain(all) {
        w.exec(*sql, vec![]).await.unwrap();
    }
    w.commit().await.unwrap();
}

#[tokio::test]
async fn verify_names_the_event_that_was_changed() {
    both(async |world| {
        world.network().await;
        world.work().await;
        let whole = verify(world);
        assert!(whole.status.success(), "{}", said(&whole));
        assert!(said(&whole).contains("events bound, whole"), "{}", said(&whole));
        behind(world, &["update event set actor = 'nobody' where seq = 3"]).await;
        let found = verify(world);
        assert_eq!(found.status.code(), Some(1), "{}", said(&found));
        assert!(said(&found).contains("event 3: changed"), "{}", said(&found));
    })
    .await;
}

#[tokio::test]
async fn a_log_that_was_cut_and_closed_again_is_told_by_its_anchor() {
    both(async |world| {
        world.network().await;
        app::event::anchor(&world.app).await.unwrap();
        assert!(app::event::verify(&world.app).await.unwrap().is_sound());
        // the newest two go, and the clock is set back as if they had never been
        behind(
            world,
            &[
                "delete from event where seq > (select max(seq) - 2 from event)",
                "update event_clock set seq = (select max(seq) from event), head = (select link \
                 from event order by seq desc limit 1)",
            ],
        )
        .await;
        let found = app::event::verify(&world.app).await.unwrap();
        assert!(found.walk.is_sound() && !found.is_sound(), "{found:?}");
        assert_eq!(found.elsewhere.len(), 1);
    })
    .await;
}
