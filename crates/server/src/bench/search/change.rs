//! Changes and searches at once: how soon a change is found, and what it costs the searches.

use std::{
    collections::VecDeque,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use app::App;
use model::{
    access::Actor,
    vacancy::{Vacancy, query::VacancyQuery},
};
use search::Index;
use store::{Deed, Note};

use super::question::Question;
use crate::{
    Outcome,
    bench::{clock::Times, table::Table, world::World},
};

/// Changes a second, in deeds of so many.
const CHANGES: u32 = 200;
const EACH: u32 = 10;
const SEARCHES: u32 = 100;
/// How often a change is looked for.
const LOOK: Duration = Duration::from_millis(5);

pub(super) async fn measure(
    app: &App,
    world: &World,
    questions: &[Question],
    seconds: u32,
    table: &mut Table,
) -> Outcome<()> {
    app::event::catch_up(app).await?;
    let following = tokio::spawn({
        let app = app.clone();
        async move { app::event::follow(&app).await }
    });
    let queries: Arc<Vec<VacancyQuery>> = Arc::new(questions.iter().map(Question::page).collect());
    let quiet = searches(app.clone(), Arc::clone(&queries), Duration::from_secs(10)).await?;
    let time = Duration::from_secs(seconds.into());
    let beside = tokio::spawn(searches(app.clone(), queries, time));
    let found = changes(app, world, seconds).await?;
    let busy = beside.await??;
    following.abort();
    drop(following.await);
    let (p95, quiet95, busy95) = (found.percentile(95), quiet.percentile(95), busy.percentile(95));
    table.row(
        &format!("{CHANGES} changes a second for {seconds} s, while {SEARCHES} searches a second run"),
        "95 % findable within 1.2 s, 95 % of the searches ≤ 1.5 × the quiet ones",
        format!(
            "findable 50 % {:.0}, 95 % {p95:.0}, all {:.0} ms; searches with rows 95 % {busy95:.2} ms, \
             quiet {quiet95:.2}, ×{:.2}",
            found.percentile(50),
            found.percentile(100),
            busy95 / quiet95
        ),
        p95 <= 1_200.0 && busy95 <= 1.5 * quiet95,
    )
}

/// Searches with their rows, at a fixed rate; what each took from when it was due.
async fn searches(app: App, queries: Arc<Vec<VacancyQuery>>, time: Duration) -> Outcome<Times> {
    let (began, actor, mut times) = (Instant::now(), Actor::public(), Vec::new());
    for (n, query) in (0..).zip(queries.iter().cycle()) {
        let due = began + Duration::from_secs(1) * n / SEARCHES;
        if due - began > time {
            break;
        }
        tokio::time::sleep_until(due.into()).await;
        let asked = Instant::now();
        app::vacancy::search(&app, &actor, query).await?;
        times.push(asked.elapsed());
    }
    Ok(Times::new(times))
}

/// A change on its way: its word, and when it was on the disk.
type Waiting = tokio::sync::mpsc::UnboundedSender<(String, Instant)>;

/// Changes vacancies at a fixed rate; gives how long each deed's last one was not to be found.
async fn changes(app: &App, world: &World, seconds: u32) -> Outcome<Times> {
    let ended = Arc::new(AtomicBool::new(false));
    let (send, coming) = tokio::sync::mpsc::unbounded_channel();
    let watching = {
        let (index, today, over) = (app.index().await?, app.today(), Arc::clone(&ended));
        tokio::task::spawn_blocking(move || watch(&index, today, coming, &over))
    };
    let began = Instant::now();
    let deeds = CHANGES / EACH;
    for n in 0..deeds * seconds {
        tokio::time::sleep_until((began + Duration::from_secs(1) * n / deeds).into()).await;
        change(app, world, n, &send).await?;
    }
    drop(send);
    ended.store(true, Ordering::Relaxed);
    Ok(Times::new(watching.await?))
}

async fn change(app: &App, world: &World, n: u32, found: &Waiting) -> Outcome<()> {
    let deed = Deed { name: "vacancy.close", actor: "bench".into(), at: app.now() };
    let mut w = app.db().write(deed).await?;
    let mark = format!("zq{n}x");
    for k in 0..EACH {
        // every one is another one: strides over the whole
        let at = usize::try_from((u64::from(n * EACH + k)) * 7_919)?;
        let mut vacancy: Vacancy = world.vacancy(at % world.vacancies);
        vacancy.version = 2;
        vacancy.offer.title += &mark;
        store::vacancy::save(&mut w, &vacancy).await?;
        let (subject, region) = (vacancy.id.uuid(), vacancy.offer.place.region.clone());
        w.note(Note { noun: "vacancy", subject, region, change: serde_json::json!({}) });
    }
    w.commit().await?;
    app.bell().notify_waiters();
    found.send((mark, Instant::now()))?;
    Ok(())
}

/// Looks for each word until it is found, one after the other as they came: looking costs time too.
fn watch(
    index: &Index,
    today: chrono::NaiveDate,
    mut coming: tokio::sync::mpsc::UnboundedReceiver<(String, Instant)>,
    over: &AtomicBool,
) -> Vec<Duration> {
    let (mut waiting, mut found) = (VecDeque::new(), Vec::new());
    let mut last = Instant::now();
    // in quotes: what is not there is not taken for a slip of the pen
    let there = |(word, _): &(String, Instant)| {
        let words = format!("\"{word}\"");
        let query = VacancyQuery { words, limit: 1, ..VacancyQuery::default() };
        index.list(&query, today).is_ok_and(|found| found.total > 0)
    };
    loop {
        while let Ok(one) = coming.try_recv() {
            waiting.push_back(one);
            last = Instant::now();
        }
        while let Some((_, since)) = waiting.pop_front_if(|one| there(one)) {
            found.push(since.elapsed());
        }
        let late = last.elapsed() > Duration::from_secs(20);
        if over.load(Ordering::Relaxed) && (waiting.is_empty() || late) {
            // what was never found counts as what took longest
            found.extend(waiting.iter().map(|(_, since)| since.elapsed()));
            return found;
        }
        std::thread::sleep(LOOK);
    }
}
