//! `bench matching`: what matching costs beside looking at everything, and beside the memory that it
//! reads.

mod column;
mod forward;
mod learn;
mod province;
mod reverse;
mod table;
mod tables;

use std::{process::ExitCode, sync::Arc, time::Instant};

use app::App;
use clap::Args;
use matching::Posts;
use model::matching::{Census, Market, Moves, Post, Related, Rule};

use self::table::Table;
use super::world::{World, people::Maker};
use crate::{Outcome, config::Config};

#[derive(Clone, Copy, Args)]
pub(crate) struct Options {
    /// Posts of the made-up province
    #[arg(long, default_value_t = 1_000_000)]
    posts: usize,
    /// Its people
    #[arg(long, default_value_t = 7_160_000)]
    people: usize,
    /// Also ten times as many posts; takes 1.5 GB more
    #[arg(long)]
    ten: bool,
    /// Write the table to .docs/bench/matching.md
    #[arg(long)]
    save: bool,
}

/// Everything is made in memory; a database is made in the data folder for the reference tables.
pub(crate) async fn run(config: &Config, options: Options) -> Outcome {
    let folder = config.data.join("bench-matching");
    std::fs::create_dir_all(&folder)?;
    let app = App::open(app::Settings::in_folder(&folder)).await?;
    let (reference, today) = (app.reference().await?, app.today());
    let weights = store::matching::weights(&mut app.db().read().await?, today).await?;
    let world = World::new(&reference, options.posts, today)?;
    let catalogue = Arc::clone(&reference.catalogue);
    let market = Arc::default();
    let rule = Rule { weights, catalogue, market, legal_age: Some(16), day: today };
    let mut table = Table::new(options.posts, options.people);
    tables::run(&mut table, &app, &world, &rule).await?;
    app::matching::engine::forget(&app)?;
    let done = tokio::task::spawn_blocking(move || measure(table, &world, rule, options));
    let outcome = done.await?;
    app.db().close().await;
    std::fs::remove_dir_all(&folder)?;
    outcome
}

fn measure(mut table: Table, world: &World, mut rule: Rule, options: Options) -> Outcome {
    table.bandwidth();
    rule.market = Arc::new(market(world, &rule));
    let rule = Arc::new(rule);
    let maker = Maker::new(world, &rule);
    learn::run(&mut table, &maker, &rule, options.posts);
    let posts = build(&mut table, &maker, &rule, options.posts);
    forward::run(&mut table, &maker, &posts, 1);
    column::run(&mut table, &maker, &posts)?;
    forward::beside_changes(&mut table, &maker, posts.clone());
    province::run(&mut table, &maker, &posts, options.people);
    let bars = province::bars(&maker, &posts);
    drop(posts);
    reverse::run(&mut table, &maker, &rule, options.people, &bars);
    if options.ten {
        let posts = build(&mut table, &maker, &rule, options.posts * 10);
        forward::run(&mut table, &maker, &posts, 10);
    }
    if options.save {
        table.save()?;
    }
    Ok(ExitCode::SUCCESS)
}

/// What the posts teach, and related skills by how often they are asked for together.
fn market(world: &World, rule: &Rule) -> Market {
    let maker = Maker::new(world, rule);
    let (mut census, mut together) = (Census::default(), std::collections::BTreeMap::new());
    for n in 0..50_000 {
        let (_, post) = maker.post(n);
        census.count(&post, &rule.catalogue);
        let asked: Vec<u16> = post.asked().map(|asked| asked & Post::SKILL).collect();
        for one in &asked {
            for other in asked.iter().filter(|other| *other != one) {
                *together.entry((*one, *other)).or_insert(0_u32) += 1;
            }
        }
    }
    let often = together.into_iter().filter(|(_, times)| *times >= 50);
    let worth = |times: u32| u8::try_from(8 + times.ilog2()).unwrap_or(0);
    let related = Related::new(often.map(|((has, asked), times)| (has, asked, worth(times))));
    census.finish(&rule.catalogue, related, Moves::default())
}

fn build(table: &mut Table, maker: &Maker<'_>, rule: &Arc<Rule>, count: usize) -> Posts {
    let one = |n| {
        table.progress("posts made", n, count);
        maker.post(n)
    };
    let made: Vec<_> = (0..count).map(one).collect();
    let began = Instant::now();
    let posts = Posts::new(Arc::clone(rule), made);
    #[expect(clippy::cast_precision_loss, reason = "bytes a post")]
    let each = posts.bytes() as f64 / count.max(1) as f64;
    table.row(
        &format!("building the structure of {count} posts, already read"),
        &format!("{:.1} s, {each:.0} bytes a post", began.elapsed().as_secs_f64()),
        "",
    );
    posts
}
