//! `bench assignment`: made-up people and posts of one city, scored and assigned in both ways, with
//! what each promises checked on the result.

use std::{
    fmt::Write as _,
    io::{Write as _, stdout},
    path::Path,
    process::ExitCode,
    time::Instant,
};

use model::{
    assignment::{Fate, Market, Outcome, Quota, Way, Wish, assign, draw},
    region::Code,
};

use crate::{Outcome as Done, demo::dice::Dice};

/// The counties of the made-up city.
const COUNTIES: usize = 8;

pub(super) struct Side {
    trade: i64,
    county: usize,
    /// Kilometres on a map.
    place: (i64, i64),
    pay: i64,
    years: i64,
}

impl Side {
    pub(super) fn throw(dice: &mut Dice) -> Self {
        let county = dice.below(COUNTIES);
        let (column, row) =
            (i64::try_from(county % 4).unwrap_or(0), i64::try_from(county / 4).unwrap_or(0));
        let place = (column * 30 + dice.between(0, 30), row * 30 + dice.between(0, 30));
        let trade = dice.between(0, 49);
        Self { trade, county, place, pay: dice.between(30, 90), years: dice.between(0, 15) }
    }

    /// Points of 100,000 by trade, distance, pay and experience; none where it cannot be.
    pub(super) fn score(&self, post: &Self) -> Option<i64> {
        let km = (self.place.0 - post.place.0).abs() + (self.place.1 - post.place.1).abs();
        let trade = match (self.trade - post.trade).abs() {
            0 => 60,
            1..=3 => 30,
            _ => return None,
        };
        let fits = km <= 80 && post.pay >= self.pay - 20;
        let near = 20_000 * (80 - km) / 80;
        let wage = (post.pay - self.pay + 20).clamp(0, 40) * 250;
        let years = 10_000 - (post.years - self.years).abs() * 600;
        fits.then_some(trade * 1_000 + near + wage + years)
    }
}

/// Where the result is kept.
const FILE: &str = ".docs/bench/assignment.md";

#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Options {
    #[arg(long, default_value_t = 10_000)]
    people: usize,
    #[arg(long, default_value_t = 500)]
    posts: usize,
    #[arg(long, default_value_t = 3_000)]
    seats: usize,
    /// With a quota for each county at each post
    #[arg(long)]
    quotas: bool,
    /// Without quotas and with them, and keep what came of it in .docs/bench
    #[arg(long)]
    save: bool,
}

pub(crate) fn run(options: &Options) -> Done {
    let kinds = if options.save { vec![false, true] } else { vec![options.quotas] };
    let mut told = String::new();
    for quotas in kinds {
        told += &once(options, quotas)?;
        told.push('\n');
    }
    write!(stdout(), "{told}")?;
    if options.save {
        let path = Path::new(FILE);
        std::fs::create_dir_all(path.parent().unwrap_or(path))?;
        let head = "# Assignment, measured\n\n`jinqiao bench assignment --save` wrote this. Wanted: \
                    under 0.5 s with the scores, nobody who would gain by an exchange, and how far \
                    from the best.\n\n";
        std::fs::write(path, format!("{head}{told}"))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn once(options: &Options, quotas: bool) -> Done<String> {
    let Options { people, posts, seats, .. } = *options;
    let (mut out, mut dice) = (String::new(), Dice::new(4));
    let seekers: Vec<_> = (0..people).map(|_| Side::throw(&mut dice)).collect();
    let offers: Vec<_> = (0..posts).map(|_| Side::throw(&mut dice)).collect();
    let mut places = vec![0; posts];
    for _ in 0..seats {
        if let Some(place) = places.get_mut(dice.below(posts)) {
            *place += 1;
        }
    }
    let kind = if quotas { "with a quota for each county at each post" } else { "without quotas" };
    writeln!(out, "## {people} people, {posts} posts, {seats} seats, {kind}\n")?;
    let began = Instant::now();
    let market = market(&seekers, &offers, &places, quotas)?;
    let scored = began.elapsed();
    let pairs: usize = market.people.iter().map(Vec::len).sum();
    writeln!(out, "- {pairs} pairs that fit, scored and ranked in {scored:.0?}")?;
    for way in [Way::Stable, Way::Optimal] {
        let began = Instant::now();
        let outcome = assign(&market, way);
        let took = began.elapsed();
        tell(&mut out, &market, &outcome, way)?;
        writeln!(out, "; {took:.0?}, {:.0?} with the scores", scored + took)?;
    }
    Ok(out)
}

fn market(seekers: &[Side], offers: &[Side], places: &[usize], quotas: bool) -> Done<Market> {
    let code = |county: usize| format!("6205{:02}", county + 20);
    let mut quota = vec![];
    for county in (0..COUNTIES).filter(|_| quotas) {
        quota.push(Quota { post: None, region: code(county).parse::<Code>()?, seats: 2 });
    }
    let drawn = draw(places, &quota)?;
    let wishes = |person: &Side| {
        let home = code(person.county);
        let wish = |(post, offer): (usize, &Side)| {
            let score = person.score(offer)?;
            // the post looks at experience, the person at the wage
            let favour = score + offer.years.min(person.years) * 500;
            Some((
                score + offer.pay * 100,
                Wish { post, limit: drawn.limit(post, &home), score, favour },
            ))
        };
        let mut wishes: Vec<_> = offers.iter().enumerate().filter_map(wish).collect();
        wishes.sort_by_key(|(liking, wish)| (-liking, wish.post));
        wishes.into_iter().map(|(_, wish)| wish).collect()
    };
    let people = seekers.iter().map(wishes).collect();
    Ok(Market { each: 1, limits: drawn.limits, people })
}

fn tell(out: &mut String, market: &Market, outcome: &Outcome, way: Way) -> Done<()> {
    let (placed, sum) = outcome.sum(market);
    write!(out, "- {way}: {placed} placed, {sum} points")?;
    if let Some(proof) = &outcome.proof {
        let shown = proof.distance(market, outcome);
        let (gap, permille, most) = (shown.gap(), shown.permille(), shown.most);
        write!(
            out,
            "; at most {most} can be placed, at most {gap} points ({permille} per mille) from the best"
        )?;
    }
    if way == Way::Stable {
        let last = outcome.last(market);
        let wishes = market.people.iter().enumerate();
        let all = wishes.flat_map(|(person, own)| (0..own.len()).map(move |wish| (person, wish)));
        let blocking =
            all.filter(|pair| outcome.fate(market, &last, *pair) == Fate::Outweighed).count();
        write!(out, "; {blocking} pairs would both rather have each other")?;
    }
    Ok(())
}
