//! Learning which skills and occupations belong together from all posts, in one pass.

use std::time::{Duration, Instant};

use model::{
    matching::{Post, Rule},
    relation::learner::{FLOOR, Learner},
    skill::Need,
};

use super::table::{Table, resident};
use crate::bench::world::people::Maker;

pub(crate) fn run(table: &mut Table, maker: &Maker<'_>, rule: &Rule, posts: usize) {
    let (catalogue, before) = (&rule.catalogue, resident());
    let mut learner = Learner::new([]);
    let mut reading = Duration::ZERO;
    for n in 0..posts {
        let (_, post) = maker.post(n);
        let need = |asked: u16| Need {
            code: catalogue.skill_code(asked & Post::SKILL).to_owned(),
            must: asked & Post::MUST != 0,
        };
        let asked: Vec<Need> = post.asked().map(need).collect();
        let began = Instant::now();
        learner.read(catalogue.occupation_code(post.occupation), &asked);
        reading += began.elapsed();
        table.progress("posts read for learning", n, posts);
    }
    let held = resident().saturating_sub(before);
    let began = Instant::now();
    let (skills, occupations) = (learner.skills().len(), learner.occupations().len());
    let took = (reading + began.elapsed()).as_secs_f64();
    table.row(
        &format!("learning related skills and occupations from {posts} posts"),
        &format!(
            "{took:.1} s, {held} MB more; {skills} pairs of skills and {occupations} of \
             occupations, each asked for together at least {FLOOR} times"
        ),
        "",
    );
}
