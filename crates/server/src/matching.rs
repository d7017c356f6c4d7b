//! `match --all`: the best posts for everybody, as files. Each block of people is a file that gets
//! its name when it is whole; the name says where the next one begins, so that a run that was killed
//! goes on without doing a finished block twice.

use std::{
    fs::{self, File},
    io::{BufWriter, Write, stdout},
    path::{Path, PathBuf},
    process::ExitCode,
};

use app::{
    App,
    matching::all::{Block, Province},
};
use clap::ValueEnum;
use model::{Id, access::Actor, jobseeker::Jobseeker};
use serde_json::json;

use crate::{Outcome, config::Config, progress::bar};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Everybody who looks for work; there is nothing else yet
    #[arg(long, required = true)]
    all: bool,
    /// CSV is the only one: it is read by everything, and Parquet would be a large dependency
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// The folder of the files; of a run that was stopped, the same folder again
    #[arg(long, default_value = "matches")]
    out: PathBuf,
    /// Posts for each person
    #[arg(long, default_value_t = 20)]
    limit: usize,
    /// People of one file
    #[arg(long, default_value_t = 5_000, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    block: u32,
}

#[derive(Clone, Copy, Default, ValueEnum)]
enum Format {
    #[default]
    Csv,
}

pub(crate) async fn run(config: &Config, args: &Args) -> Outcome {
    let Format::Csv = args.format;
    let app = App::open(config.app()).await?;
    let actor = Actor::office("command line");
    fs::create_dir_all(&args.out)?;
    let province = Province::open(&app).await?;
    begin(&args.out, &province, args)?;
    let (mut number, mut after) = reached(&args.out)?;
    let total = store::matching::seeking(&mut app.db().read().await?, &actor.scope()).await?;
    let shown = bar(total.unsigned_abs(), "matching");
    shown.set_position(number.saturating_mul(args.block.into()).min(total.unsigned_abs()));
    let begun = number;
    loop {
        let block = province.block(&app, &actor, after, (args.block as usize, args.limit)).await?;
        let Some((last, _)) = block.lists.last() else { break };
        after = Some(*last);
        number += 1;
        write(&args.out, number, *last, &block, province.rule().weights.version)?;
        shown.inc(block.lists.len() as u64);
    }
    shown.finish_and_clear();
    app.db().close().await;
    writeln!(
        stdout(),
        "{number} blocks in {}, {begun} of them from before; weights version {}",
        args.out.display(),
        province.rule().weights.version
    )?;
    Ok(ExitCode::SUCCESS)
}

/// Says what the run is made with, or makes sure that it is the same that was begun here.
fn begin(out: &Path, province: &Province, args: &Args) -> Outcome<()> {
    let rule = province.rule();
    let (version, limit, block) = (rule.weights.version, args.limit, args.block);
    let made = json!({ "version": version, "limit": limit, "block": block }).to_string();
    let path = out.join("run.json");
    match fs::read_to_string(&path) {
        Ok(begun) if begun == made => Ok(()),
        Ok(_) => {
            let folder = out.display();
            Err(format!("{folder} holds a run with other weights or sizes: choose another --out")
                .into())
        }
        Err(_) => Ok(fs::write(&path, made)?),
    }
}

/// How many blocks are whole, and the last person in them.
fn reached(out: &Path) -> Outcome<(u64, Option<Id<Jobseeker>>)> {
    let mut last = (0, None);
    for entry in fs::read_dir(out)? {
        let name = entry?.file_name();
        let Some(block) = name.to_str().and_then(|name| name.strip_suffix(".csv")) else {
            continue;
        };
        let Some((number, id)) = block.split_once('_') else { continue };
        if let (Ok(number), Ok(id)) = (number.parse::<u64>(), id.parse())
            && number > last.0
        {
            last = (number, Some(id));
        }
    }
    Ok(last)
}

/// The name comes last: a block that has one is whole.
fn write(out: &Path, number: u64, last: Id<Jobseeker>, block: &Block, version: i64) -> Outcome<()> {
    let making = out.join("block.part");
    let mut file = csv::Writer::from_writer(BufWriter::new(File::create(&making)?));
    file.write_record(["jobseeker", "place", "vacancy", "score", "version"])?;
    for (jobseeker, list) in &block.lists {
        for (place, entry) in (1_u32..).zip(list) {
            file.write_record([
                jobseeker.to_string(),
                place.to_string(),
                entry.vacancy.to_string(),
                entry.score.to_string(),
                version.to_string(),
            ])?;
        }
    }
    let file = file.into_inner().map_err(|error| error.to_string())?;
    file.into_inner().map_err(|error| error.to_string())?.sync_all()?;
    fs::rename(making, out.join(format!("{number:06}_{last}.csv")))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_goes_on_after_the_last_whole_block() {
        let folder = tempfile::tempdir().unwrap();
        let id = |n| Id::<Jobseeker>::new(uuid::Uuid::from_u128(n));
        assert_eq!(reached(folder.path()).unwrap(), (0, None));
        for n in 1..12_u64 {
            write(folder.path(), n, id(n.into()), &Block::default(), 2).unwrap();
        }
        fs::write(folder.path().join("block.part"), "half").unwrap();
        assert_eq!(reached(folder.path()).unwrap(), (11, Some(id(11))));
    }
}
