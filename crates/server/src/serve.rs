//! `serve`: the program as a service, from the lock on its folder to the last running request.

use std::{
    fs::{File, TryLockError},
    future::IntoFuture,
    io::{Write as _, stdout},
    net::SocketAddr,
    path::Path,
    pin::Pin,
    process::ExitCode,
    sync::Arc,
    time::Duration,
};

use app::App;
use axum::{Router, middleware::from_fn};
use model::access::Actor;
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
    sync::watch,
    task::JoinHandle,
};

use crate::{
    Outcome,
    config::{self, Config},
    health,
    metrics::Metrics,
    request,
};

/// Serves until the program is told to stop.
pub(crate) async fn run(config: &Config, metrics: Metrics) -> Outcome {
    let _held = hold(&config.data)?;
    let app = App::open(app::Settings { provider: config.provider()?, ..config.app() }).await?;
    let settings = web::Settings {
        site: config.site.clone(),
        demo: false,
        proxies: config.proxies.clone(),
        ..web::Settings::default()
    };
    if let Some(code) = app::account::setup_code(&app).await? {
        let address = format!("http://{}", config.listen);
        let args = [("code", code.into()), ("address", address.into())];
        writeln!(stdout(), "{}", text::t(config::lang(), "account.setup_told", &args))?;
    }
    on(&app, config, settings, metrics).await
}

/// Serves an app that is open already.
pub(crate) async fn on(
    app: &App,
    config: &Config,
    pages: web::Settings,
    metrics: Metrics,
) -> Outcome {
    let listener =
        TcpListener::bind(config.listen).await.map_err(|e| format!("{}: {e}", config.listen))?;
    let (stop, stopped) = watch::channel(false);
    let router = routes(app, pages, metrics).into_make_service_with_connect_info::<SocketAddr>();
    let mut done = stopped.clone();
    let server = axum::serve(listener, router)
        .with_graceful_shutdown(async move { drop(done.wait_for(|stop| *stop).await) });
    let server = tokio::spawn(server.into_future());
    let mut tasks = beside(app);
    tasks.extend(at_the_door(app, config)?);
    tracing::info!(address = %config.listen, data = %config.data.display(), "serving");
    told_to_stop().await?;
    tracing::info!("stopping");
    stop.send_replace(true);
    let patience = Duration::from_secs(config.stop_seconds);
    if let Ok(ended) = tokio::time::timeout(patience, server).await {
        ended??;
    } else {
        tracing::warn!("requests were still running and are cut off");
    }
    // all can be stopped anywhere and go on from there at the next start
    for task in tasks {
        task.abort();
        drop(task.await);
    }
    if let Err(error) = app::inquiry::write(app).await {
        tracing::warn!(%error, "what people looked for last is not counted");
    }
    if let Err(error) = app::exposure::flush(app).await {
        tracing::warn!(%error, "what was shown last is not counted");
    }
    app.db().close().await;
    tracing::info!("stopped");
    Ok(ExitCode::SUCCESS)
}

/// What signing in needs beside the answering of requests: messages leave, what was tried is forgotten.
fn at_the_door(app: &App, config: &Config) -> Outcome<[JoinHandle<()>; 4]> {
    let ways = config.ways()?;
    let messenger = tokio::spawn({
        let app = app.clone();
        async move { app::notice::follow(&app, &ways).await }
    });
    let subscriptions = tokio::spawn({
        let app = app.clone();
        async move { app::subscription::follow(&app, web::vacancy::params::of_text).await }
    });
    let answers = tokio::spawn({
        let app = app.clone();
        async move { app::application::clock::follow(&app).await }
    });
    let tidying = tokio::spawn({
        let app = app.clone();
        async move { app::account::keep_tidy(&app).await }
    });
    Ok([messenger, subscriptions, answers, tidying])
}

/// Everything that runs beside the answering of requests. What can wait waits until questions can
/// be answered: it would take the processor from the reading of the index.
fn beside(app: &App) -> Vec<JoinHandle<()>> {
    let follower = tokio::spawn({
        let app = app.clone();
        async move { app::event::follow(&app).await }
    });
    let (ready, wait) = watch::channel(false);
    let warming = tokio::spawn({
        let app = app.clone();
        async move {
            if let Err(error) = app.warm().await {
                tracing::warn!(%error, "the dictionary was not read");
            }
            ready.send_replace(true);
        }
    });
    let later = |work: fn(App) -> Later| {
        let (app, mut wait) = (app.clone(), wait.clone());
        tokio::spawn(async move {
            drop(wait.wait_for(|ready| *ready).await);
            work(app).await;
        })
    };
    vec![
        follower,
        warming,
        later(|app| Box::pin(async move { app::vacancy::suggest::follow(&app).await })),
        later(|app| Box::pin(async move { app::inquiry::follow(&app).await })),
        later(|app| Box::pin(async move { app::matching::engine::follow(&app).await })),
        later(|app| Box::pin(async move { app::matching::notice::follow(&app).await })),
        later(|app| Box::pin(async move { resume(&app).await })),
        later(|app| Box::pin(async move { app::vacancy::life::keep_current(&app).await })),
        later(|app| Box::pin(async move { app::vacancy::pair::follow(&app).await })),
        later(|app| Box::pin(async move { app::relation::keep_learning(&app).await })),
        later(|app| Box::pin(async move { app::retention::keep(&app).await })),
        later(|app| Box::pin(async move { app::matching::unmatched::survey::follow(&app).await })),
    ]
}

type Later = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Goes on with the uploads that were being imported when the program ended last.
async fn resume(app: &App) {
    if let Err(error) = app::intake::resume(app, &Actor::office("start")).await {
        tracing::warn!(%error, "an import could not go on");
    }
}

fn routes(app: &App, pages: web::Settings, metrics: Metrics) -> Router {
    let state = health::State { app: app.clone(), metrics };
    web::router(app.clone(), pages)
        .merge(health::routes(Arc::new(state)))
        .layer(from_fn(request::told))
}

/// Keeps a second program from the same folder for as long as the answer lives.
pub(crate) fn hold(data: &Path) -> Outcome<File> {
    std::fs::create_dir_all(data)?;
    let lock = File::create(data.join("serving.lock"))?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::WouldBlock) => {
            Err(format!("another jinqiao is serving from {}", data.display()).into())
        }
        Err(TryLockError::Error(e)) => Err(e.into()),
    }
}

/// Ctrl-C, or what a service manager sends.
async fn told_to_stop() -> std::io::Result<()> {
    let mut term = signal(SignalKind::terminate())?;
    tokio::select! {
        _ = term.recv() => Ok(()),
        done = tokio::signal::ctrl_c() => done,
    }
}
