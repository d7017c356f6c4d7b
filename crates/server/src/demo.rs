//! `demo`: a county of vacancies and jobseekers that do not exist, written into files in the
//! layouts that users have, imported as users import, and served.

pub(crate) mod county;
pub(crate) mod dice;
mod file;
pub(crate) mod identity;
pub(crate) mod network;
mod person;
mod place;
mod post;
mod table;
pub(crate) mod trade;

use std::{
    fs,
    io::{IsTerminal as _, Write as _, stdout},
    path::Path,
};

use app::{
    App, Settings,
    account::Rules,
    intake::{self, Choice, Given, Progress},
};
use indicatif::{ProgressBar, ProgressStyle};
use model::{access::Actor, intake::Noun};
use serde::{Deserialize, Serialize};
use text::{Lang, Value, t};

use crate::{
    Outcome,
    config::{self, Config},
    metrics::Metrics,
    serve,
};

/// What is in the database of the demonstration.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Summary {
    pub(crate) vacancies: i64,
    pub(crate) jobseekers: i64,
    /// Rows with a slip that cannot be understood.
    pub(crate) refused: i64,
}

/// Prepares the demonstration where it is not yet, and serves it.
pub(crate) async fn run(config: &Config, metrics: Metrics) -> Outcome {
    let _held = serve::hold(&config.data)?;
    let shown = Shown::new(config::lang());
    shown.say("demo.opening", &[])?;
    // no second factor to try the roles with, and a mailbox page in the place of a gateway
    let settings = config.app();
    let account = Rules { second_factor: false, messages: true, mails: true, ..settings.account };
    let app = App::open(Settings { account, ..settings }).await?;
    let summary = prepare(&app, &shown).await?;
    network::make(&app).await?;
    let address = format!("http://{}", config.listen);
    let files = config.data.join("demo").display().to_string();
    let args = [
        ("vacancies", summary.vacancies.into()),
        ("jobseekers", summary.jobseekers.into()),
        ("refused", summary.refused.into()),
        ("files", files.into()),
        ("address", address.into()),
    ];
    shown.say("demo.ready", &args)?;
    let pages = web::Settings {
        site: config.site.clone(),
        demo: true,
        proxies: config.proxies.clone(),
        ..web::Settings::default()
    };
    serve::on(&app, config, pages, metrics).await
}

/// Writes and imports the files, and waits for the index. What was done before is not done again;
/// what was cut short goes on.
async fn prepare(app: &App, shown: &Shown) -> Outcome<Summary> {
    let folder = app.settings().data.join("demo");
    let note = folder.join("imported.json");
    if let Some(summary) = imported(app, &note).await? {
        return Ok(summary);
    }
    shown.say("demo.writing", &[])?;
    let actor = Actor::office("demonstration");
    let mut summary = Summary::default();
    for (noun, path) in county::files(&folder, app.today())? {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let given = Given { noun, name: &name, path: &path };
        let bar = shown.bar(&name);
        let watch = |progress: Progress| bar.at(progress);
        let intake = intake::import(app, &actor, given, &Choice::Recognise, &watch).await?;
        let counts = intake.counts;
        bar.done(counts.rows)?;
        match noun {
            Noun::Vacancies => summary.vacancies += counts.accepted + counts.unchanged,
            Noun::Jobseekers => summary.jobseekers += counts.accepted + counts.unchanged,
        }
        summary.refused += counts.refused;
    }
    shown.say("demo.indexing", &[])?;
    app::event::catch_up(app).await?;
    fs::write(note, serde_json::to_vec(&summary)?)?;
    Ok(summary)
}

/// What was noted when everything was imported, if this is the database it was imported into.
async fn imported(app: &App, note: &Path) -> Outcome<Option<Summary>> {
    let Ok(bytes) = fs::read(note) else { return Ok(None) };
    let vacancies = store::vacancy::count(&mut app.db().read().await?).await?;
    let known = serde_json::from_slice(&bytes).ok();
    Ok(known.filter(|_| vacancies.iter().any(|(_, count)| *count > 0)))
}

/// What whoever started it is told meanwhile: a bar on a terminal, plain lines in a pipe.
struct Shown {
    lang: Lang,
    piped: bool,
}

impl Shown {
    fn new(lang: Lang) -> Self {
        Self { lang, piped: !stdout().is_terminal() }
    }

    fn say(&self, key: &str, args: &[(&str, Value<'_>)]) -> std::io::Result<()> {
        writeln!(stdout(), "{}", t(self.lang, key, args))
    }

    fn bar(&self, name: &str) -> Incoming<'_> {
        let bar = if self.piped { ProgressBar::hidden() } else { ProgressBar::new(0) };
        let style = ProgressStyle::with_template("  {msg} {wide_bar} {pos}/{len} {eta}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        bar.set_message(name.to_owned());
        Incoming { shown: self, bar, name: name.to_owned() }
    }
}

/// One file on its way in.
struct Incoming<'a> {
    shown: &'a Shown,
    bar: ProgressBar,
    name: String,
}

impl Incoming<'_> {
    fn at(&self, progress: Progress) {
        self.bar.set_length(progress.staged.unsigned_abs());
        self.bar.set_position(progress.done.unsigned_abs());
    }

    fn done(&self, rows: i64) -> std::io::Result<()> {
        self.bar.finish_and_clear();
        let args = [("file", self.name.as_str().into()), ("rows", rows.into())];
        self.shown.say("demo.imported", &args)
    }
}
