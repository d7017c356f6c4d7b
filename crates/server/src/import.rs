//! `import`: a file of vacancies or jobseekers from the command line, and what became of its rows.

use std::{
    io::{IsTerminal as _, Write, stdout},
    path::{Path, PathBuf},
    process::ExitCode,
    sync::atomic::{AtomicI64, Ordering},
};

use app::{
    App, Settings,
    intake::{self, Choice, Given, Progress, Told},
};
use indicatif::{ProgressBar, ProgressStyle};
use model::{
    access::Actor,
    intake::{
        Noun, Tally,
        file::{Counts, Intake},
        layout::Layout,
    },
};
use serde_json::json;
use text::{Lang, t};

use crate::Outcome;

/// What the command takes.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// What the file holds: vacancies or jobseekers
    noun: Noun,
    /// CSV, XLSX, JSON, JSON Lines, or JSON-LD of schema.org
    file: PathBuf,
    /// The name of a layout, or a mapping file ending in .toml; else the headings decide
    #[arg(long, value_name = "NAME")]
    layout: Option<String>,
    /// Tell what would happen, and change nothing
    #[arg(long)]
    dry_run: bool,
    /// Write the refused rows to this file, with what is wrong in each
    #[arg(long, value_name = "FILE")]
    refused: Option<PathBuf>,
    /// End with one line of JSON
    #[arg(long)]
    json: bool,
}

/// So many faults are told on the terminal.
const TOLD: usize = 10;

/// Imports; the status is 0 when every row was accepted or unchanged, 2 when some were refused.
pub(crate) async fn run(settings: Settings, lang: Lang, args: &Args) -> Outcome {
    let choice = choice(args.layout.as_deref())?;
    let app = App::open(settings).await?;
    let actor = Actor::office("command line");
    let shown = Shown::new(lang, args);
    let watch = |progress| shown.progress(progress);
    let outcome = if args.dry_run {
        rehearse(&app, &actor, lang, args, &choice, &watch).await
    } else {
        import(&app, &actor, lang, args, &choice, &watch).await
    };
    shown.bar.finish_and_clear();
    let outcome = match outcome {
        Err(app::Error::Refused(refusal)) if refusal.code == intake::ASKED => {
            preview(&app, &actor, lang, args).await?;
            Err(app::Error::Refused(refusal))
        }
        outcome => outcome,
    };
    app.db().close().await;
    let (counts, faults) = outcome?;
    tell(lang, args, &counts, &faults)?;
    Ok(if counts.refused > 0 { ExitCode::from(2) } else { ExitCode::SUCCESS })
}

fn choice(layout: Option<&str>) -> Outcome<Choice> {
    Ok(match layout {
        None => Choice::Recognise,
        Some(file) if Path::new(file).extension().is_some_and(|e| e == "toml") => {
            let text = std::fs::read_to_string(file).map_err(|e| format!("{file}: {e}"))?;
            Choice::Mapping(Box::new(Layout::parse(&text).map_err(app::Error::Refused)?))
        }
        Some(name) => Choice::Layout(name.to_owned()),
    })
}

type Done = app::Result<(Counts, Vec<Told>)>;

async fn rehearse(
    app: &App,
    actor: &Actor,
    lang: Lang,
    args: &Args,
    choice: &Choice,
    watch: intake::Watch<'_>,
) -> Done {
    let (file, refused) = ((args.noun, args.file.as_path(), choice), args.refused.as_deref());
    let found = intake::rehearse(app, actor, file, (lang, refused), watch).await?;
    Ok((found.counts, found.faults))
}

async fn import(
    app: &App,
    actor: &Actor,
    lang: Lang,
    args: &Args,
    choice: &Choice,
    watch: intake::Watch<'_>,
) -> Done {
    let name = args.file.file_name().unwrap_or_default().to_string_lossy();
    let given = Given { noun: args.noun, name: &name, path: &args.file };
    let Intake { id, counts, .. } = intake::import(app, actor, given, choice, watch).await?;
    if let Some(path) = &args.refused {
        intake::refused(app, actor, id, lang, path).await?;
    }
    Ok((counts, intake::faults(app, actor, id, lang, 0).await?.items))
}

/// A bar on a terminal, plain lines in a pipe.
struct Shown {
    bar: ProgressBar,
    piped: bool,
    lang: Lang,
    told: AtomicI64,
}

impl Shown {
    fn new(lang: Lang, args: &Args) -> Self {
        let piped = !stdout().is_terminal();
        let bar = if piped { ProgressBar::hidden() } else { ProgressBar::new(0) };
        let style = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} {eta}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        bar.set_message(args.file.display().to_string());
        Self { bar, piped, lang, told: AtomicI64::new(0) }
    }

    /// Only what is on disk is called done.
    fn progress(&self, Progress { staged, done }: Progress) {
        self.bar.set_length(staged.unsigned_abs());
        self.bar.set_position(done.unsigned_abs());
        if self.piped && done > self.told.fetch_max(done, Ordering::Relaxed) {
            let args = [("done", number(done)), ("staged", number(staged))];
            let line = t(self.lang, "intake.committed", &args);
            // Whoever reads the other end may have gone; the import goes on.
            drop(writeln!(stdout(), "{line}").and_then(|()| stdout().flush()));
        }
    }
}

fn number(n: i64) -> text::Value<'static> {
    n.to_string().into()
}

fn tell(lang: Lang, args: &Args, counts: &Counts, faults: &[Told]) -> Outcome<()> {
    let mut out = stdout().lock();
    for told in faults.iter().take(TOLD) {
        let values = [
            ("row", number(told.row)),
            ("column", told.column.as_str().into()),
            ("value", told.value.as_str().into()),
            ("reason", told.reason.as_str().into()),
            ("remedy", told.remedy.as_str().into()),
        ];
        let key = if told.column.is_empty() { "intake.row_fault" } else { "intake.cell_fault" };
        writeln!(out, "{}", t(lang, key, &values).trim_end())?;
    }
    let values = [
        ("rows", number(counts.rows)),
        ("accepted", number(counts.accepted)),
        ("unchanged", number(counts.unchanged)),
        ("refused", number(counts.refused)),
    ];
    let key = if args.dry_run { "intake.rehearsed" } else { "intake.imported" };
    writeln!(out, "{}", t(lang, key, &values))?;
    let understood = &counts.understood;
    for (name, tally) in [
        ("wage", understood.wage),
        ("city", understood.city),
        ("county", understood.county),
        ("education", understood.education),
    ] {
        if let Some(share) = share(tally) {
            let values = [
                ("what", t(lang, &format!("intake.what-{name}"), &[]).into()),
                ("said", number(tally.said)),
                ("percent", format!("{:.1}", share * 100.0).into()),
            ];
            writeln!(out, "{}", t(lang, "intake.understood", &values))?;
        }
    }
    if counts.held + counts.rejected > 0 {
        let values = [("held", number(counts.held)), ("rejected", number(counts.rejected))];
        writeln!(out, "{}", t(lang, "intake.kept_back", &values))?;
    }
    if counts.refused > 0 && args.refused.is_none() {
        writeln!(out, "{}", t(lang, "intake.refused_where", &[]))?;
    }
    if args.json {
        writeln!(out, "{}", summary(counts))?;
    }
    Ok(())
}

/// The line that other programs read.
fn summary(counts: &Counts) -> String {
    let Counts { rows, accepted, unchanged, refused, held, rejected, understood } = counts;
    let share = |tally| json!(share(tally));
    format!(
        "{{\"rows\":{rows},\"accepted\":{accepted},\"unchanged\":{unchanged},\"refused\":{refused},\
         \"held\":{held},\"rejected\":{rejected},\
         \"understood\":{{\"wage\":{},\"city\":{},\"county\":{},\"education\":{}}}}}",
        share(understood.wage),
        share(understood.city),
        share(understood.county),
        share(understood.education),
    )
}

/// 0 to 1; nothing where nothing was said.
fn share(tally: Tally) -> Option<f64> {
    #[expect(clippy::cast_precision_loss, reason = "counts of rows")]
    (tally.said > 0).then(|| tally.understood as f64 / tally.said as f64)
}

/// What a person needs to say what the columns are.
async fn preview(app: &App, actor: &Actor, lang: Lang, args: &Args) -> Outcome<()> {
    let preview = intake::preview(app, actor, args.noun, &args.file).await?;
    let mut out = stdout().lock();
    writeln!(out, "{}", t(lang, "intake.first_rows", &[]))?;
    for row in preview.rows.iter().take(6) {
        let cells = row.cells.iter().map(|c| c.chars().take(20).collect::<String>());
        writeln!(out, "{:>4} | {}", row.number, cells.collect::<Vec<_>>().join(" | "))?;
    }
    let field = |code: &str| t(lang, &format!("intake.field-{code}"), &[]);
    let bound = preview.binding.headings.iter().zip(&preview.binding.columns);
    for (heading, found) in bound.filter_map(|(h, f)| Some((h, (*f)?))) {
        writeln!(out, "  {heading} → {}", field(found.code()))?;
    }
    let missing: Vec<String> = preview.missing.iter().map(|f| field(f.code())).collect();
    let values =
        [("missing", missing.join(", ").into()), ("layouts", preview.layouts.join(", ").into())];
    writeln!(out, "{}", t(lang, "intake.say_layout", &values))?;
    Ok(())
}
