//! The one wrapper of every deed: may it be done, in one transaction, again if the database asks
//! for it, and what is told of it afterwards.

use std::time::Instant;

use crate::{App, Error, Result};

/// Runs a block as one deed: `deed!(app, actor, "vacancy.close", |w| { store::… (w, …).await? })`.
///
/// Asks whether the actor may, begins the transaction, runs the block, writes its events and
/// commits. The block may run twice (PostgreSQL's 40001 and 40P01), so nothing in it may leave the
/// building. A macro and not a function: the future of an async closure that borrows is not `Send`,
/// and could not be awaited in a handler.
#[macro_export]
macro_rules! deed {
    ($app:expr, $actor:expr, $name:literal, |$w:ident| $body:expr) => {{
        let (app, actor): (&$crate::App, &model::access::Actor) = ($app, $actor);
        let began = std::time::Instant::now();
        let mut tries = 0;
        let done: $crate::Result<_> = loop {
            if let Err(refusal) = actor.may($name) {
                break Err($crate::Error::Forbidden(refusal));
            }
            let deed = store::Deed { name: $name, actor: actor.name.clone(), at: app.now() };
            let mut writer = match app.db().write(deed).await {
                Ok(writer) => writer,
                Err(e) => break Err(e.into()),
            };
            let $w = &mut writer;
            let done: $crate::Result<_> = async { $body }.await;
            let done = match done {
                Ok(value) => writer.commit().await.map(|()| value).map_err($crate::Error::from),
                Err(e) => Err(e),
            };
            if $crate::refuse_or_retry(&done, &mut tries) {
                break done;
            }
        };
        $crate::did(app, $name, began, done.as_ref().err());
        done
    }};
}

/// Is this the answer? No, if the database asked to do it again and it was not done often yet.
pub fn refuse_or_retry<T>(done: &Result<T>, tries: &mut u32) -> bool {
    *tries += 1;
    *tries > 5 || !done.as_ref().is_err_and(Error::is_transient)
}

/// Tells of a deed that is over: one line for the log and the metrics, and the bell for the
/// readers of events.
pub fn did(app: &App, name: &'static str, began: Instant, error: Option<&Error>) {
    let outcome = error.map_or("done", Error::outcome);
    let ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    tracing::info!(target: "deed", deed = name, outcome, ms);
    if error.is_none() {
        app.bell().notify_waiters();
    }
}
