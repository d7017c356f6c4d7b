//! `bench door`: a hundred thousand guesses, and whether the time of an answer tells a name or a number
//! that exists from one that does not.

use std::{
    fs,
    io::{Write as _, stdout},
    process::ExitCode,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use app::{
    App, Clock,
    account::{
        Rules,
        door::{self, Device},
        passcode,
    },
};
use chrono::{DateTime, TimeDelta, Utc};
use clap::Args;
use store::Db;
use text::Lang;

use crate::{Outcome, config::Config, demo::network};

#[derive(Args)]
pub(crate) struct Options {
    /// Wrong passwords: half of them for one account, half spread over ten thousand names
    #[arg(long, default_value_t = 100_000)]
    guesses: usize,
    /// Answers timed of each sort
    #[arg(long, default_value_t = 2_000)]
    samples: usize,
}

/// A made-up account of the demonstration's network.
const KNOWN: &str = "clerk";
const NAMES: usize = 10_000;

type Hand = Arc<Mutex<DateTime<Utc>>>;

/// The time stands still but for this.
fn pass(hand: &Hand, time: TimeDelta) {
    if let Ok(mut now) = hand.lock() {
        *now += time;
    }
}

pub(crate) async fn run(config: &Config, options: &Options) -> Outcome {
    let data = config.data.join("bench-door");
    if data.exists() {
        fs::remove_dir_all(&data)?;
    }
    fs::create_dir_all(&data)?;
    let hand: Hand = Arc::new(Mutex::new(DateTime::UNIX_EPOCH + TimeDelta::days(20_000)));
    let (database, clock) = (Some(Db::url_in(&data)), Clock::Hand(Arc::clone(&hand)));
    let account = Rules { messages: true, ..Rules::default() };
    let folder = app::Settings::in_folder(&data);
    let app = App::open(app::Settings { database, clock, account, ..folder }).await?;
    network::make(&app).await?;
    guesses(&app, &hand, options.guesses / 2).await?;
    times(&app, &hand, options.samples).await?;
    app.db().close().await;
    fs::remove_dir_all(&data)?;
    Ok(ExitCode::SUCCESS)
}

fn stranger() -> Device {
    Device { key: String::new(), kind: String::new() }
}

/// What became of one wrong password: was it looked at, or was the door closed?
async fn guess(app: &App, name: &str) -> Outcome<bool> {
    match door::sign_in(app, &stranger(), name, "not the password").await {
        Err(app::Error::Refused(refusal)) => Ok(refusal.code != "account.wait"),
        Err(error) => Err(error.into()),
        Ok(_) => Err("a wrong password was let in".into()),
    }
}

/// One guess a second, for more than half a day each.
async fn guesses(app: &App, hand: &Hand, count: usize) -> Outcome<()> {
    for (said, spread) in [("one account", 1), ("ten thousand names", NAMES)] {
        let (began, mut looked_at) = (Instant::now(), 0);
        for n in 0..count {
            let name = if spread == 1 { KNOWN.to_owned() } else { format!("name.{}", n % spread) };
            looked_at += usize::from(guess(app, &name).await?);
            pass(hand, TimeDelta::seconds(1));
        }
        writeln!(
            stdout(),
            "{count} guesses, one a second, {said}: {looked_at} were looked at, none let in; {:.0} s",
            began.elapsed().as_secs_f64()
        )?;
    }
    Ok(())
}

/// Somebody has come with this number before, and has an account.
async fn registered(app: &App, number: &str) -> Outcome<()> {
    passcode::send(app, &stranger(), number, Lang::Zh).await?;
    let sent = app::notice::mailbox(app).await?;
    let text = sent.first().map(|(_, letter)| letter.text.clone()).unwrap_or_default();
    let code: String = text.chars().filter(char::is_ascii_digit).take(6).collect();
    passcode::check(app, &stranger(), number, &code).await?;
    Ok(())
}

/// Answers for what exists and what does not, in turns, far enough apart for every door to be open.
async fn times(app: &App, hand: &Hand, samples: usize) -> Outcome<()> {
    let (mut names, mut numbers, mut codes) =
        ([vec![], vec![]], [vec![], vec![]], [vec![], vec![]]);
    let known = "13900000001";
    registered(app, known).await?;
    for n in 0..samples * 2 {
        pass(hand, TimeDelta::days(3));
        if n % 64 == 0 {
            app::account::tidy(app).await?;
        }
        let which = n % 2;
        let name = if which == 0 { KNOWN.to_owned() } else { format!("nobody.{n}") };
        let began = Instant::now();
        guess(app, &name).await?;
        names.get_mut(which).into_iter().for_each(|times| times.push(began.elapsed()));
        let number = if which == 0 { known.to_owned() } else { format!("138{n:08}") };
        let began = Instant::now();
        passcode::send(app, &stranger(), &number, Lang::Zh).await?;
        numbers.get_mut(which).into_iter().for_each(|times| times.push(began.elapsed()));
        let began = Instant::now();
        let wrong = passcode::check(app, &stranger(), &number, "0").await;
        codes.get_mut(which).into_iter().for_each(|times| times.push(began.elapsed()));
        if wrong.is_ok() {
            return Err("a wrong code was let in".into());
        }
    }
    for (said, [there, not]) in [
        ("a name and a password", names),
        ("a code for a number", numbers),
        ("a wrong code", codes),
    ] {
        let middle = |times: &[Duration]| {
            let mut times = times.to_vec();
            times.sort_unstable();
            times.get(times.len() / 2).map_or(0.0, |time| time.as_secs_f64() * 1e3)
        };
        let (known, unknown, p) = (middle(&there), middle(&not), likeness(&there, &not));
        let kept = if p > 0.01 { "yes" } else { "NO" };
        writeln!(
            stdout(),
            "{kept:>3}  {said}: known {known:.2} ms, unknown {unknown:.2} ms in the middle of \
             {samples} each; p = {p:.3} that chance alone makes such a difference (must: > 0.01)"
        )?;
    }
    Ok(())
}

/// Mann and Whitney's test of two samples, two-sided, by the normal approximation.
#[expect(clippy::cast_precision_loss, reason = "counts of samples")]
fn likeness(one: &[Duration], other: &[Duration]) -> f64 {
    let mut all: Vec<(Duration, bool)> = one.iter().map(|time| (*time, true)).collect();
    all.extend(other.iter().map(|time| (*time, false)));
    all.sort_unstable();
    let ranks: usize =
        all.iter().enumerate().filter(|(_, (_, of_one))| *of_one).map(|(rank, _)| rank + 1).sum();
    let (ones, others) = (one.len() as f64, other.len() as f64);
    let above = ranks as f64 - ones * (ones + 1.0) / 2.0;
    let pairs = ones * others;
    two_sided((above - pairs / 2.0) / (pairs * (ones + others + 1.0) / 12.0).sqrt())
}

/// The chance of a normal value at least this far from the middle (Abramowitz and Stegun 26.2.17).
fn two_sided(z: f64) -> f64 {
    let (z, mut tail) = (z.abs(), 0.0);
    let t = 1.0 / (1.0 + 0.231_641_9 * z);
    for factor in [1.330_274_429, -1.821_255_978, 1.781_477_937, -0.356_563_782, 0.319_381_53] {
        tail = t * (tail + factor);
    }
    2.0 * tail * (-z * z / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_times_are_alike_and_shifted_ones_are_not() {
        let of = |shift: u64| -> Vec<Duration> {
            (0..400).map(|n| Duration::from_micros(1_000 + shift + n * 37 % 211)).collect()
        };
        assert!(likeness(&of(0), &of(0)) > 0.9);
        assert!(likeness(&of(0), &of(40)) < 0.001);
        assert!((two_sided(1.96) - 0.05).abs() < 0.001);
    }
}
