//! The program: serving, importing and looking after the data, in one binary.

mod config;

use std::{
    error::Error,
    io::{Write, stderr, stdout},
    process::ExitCode,
};

use clap::{Parser, Subcommand, error::ErrorKind};

use crate::config::{Flags, Layers};

/// What a command ends with; an error is told on standard error and ends with status 1.
type Outcome<T = ExitCode> = Result<T, Box<dyn Error + Send + Sync>>;

/// Jinqiao (金桥), a public employment service in one program.
#[derive(Parser)]
#[command(version)]
struct Cli {
    #[command(flatten)]
    flags: Flags,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Print every setting with its value and where that comes from
    Config {
        /// Print the documented default file instead
        #[arg(long)]
        default: bool,
    },
}

fn main() -> ExitCode {
    match Cli::try_parse() {
        Ok(cli) => run(&cli).unwrap_or_else(|error| {
            drop(writeln!(stderr(), "jinqiao: {}", causes(&*error)));
            ExitCode::FAILURE
        }),
        Err(usage) => {
            drop(usage.print());
            let asked = matches!(usage.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
            if asked { ExitCode::SUCCESS } else { ExitCode::from(64) }
        }
    }
}

fn run(cli: &Cli) -> Outcome {
    let layers = Layers::read(&cli.flags)?;
    match cli.command {
        Command::Config { default } => show(&layers, default),
    }
}

fn show(layers: &Layers, default: bool) -> Outcome {
    let mut out = stdout().lock();
    if default {
        write!(out, "{}", config::DEFAULT)?;
    } else {
        layers.config()?;
        for line in layers.lines() {
            writeln!(out, "{line}")?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The error and what it came from, in one line.
fn causes(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        // many errors say their cause themselves
        let said = cause.to_string();
        if !text.contains(&said) {
            text = format!("{text}: {said}");
        }
        next = cause.source();
    }
    text
}
