//! The same question to tantivy: the rows as columns of an index, those left that are open and pay
//! enough, each scored by the same rule in a collector.

use std::time::Instant;

use matching::{Best, Posts};
use model::matching::{Aim, NONE, Person, Point, Post, Rank, day, judge_above};
use search::columns::{Columns, WIDTH};

use super::{
    forward::{LIMIT, compare, compared},
    table::Table,
};
use crate::{Outcome, bench::world::people::Maker};

const COMPARED: usize = 60;

pub(crate) fn run(table: &mut Table, maker: &Maker<'_>, posts: &Posts) -> Outcome<()> {
    let mut all: Vec<(u128, Post)> = posts.all().map(|(id, post)| (id, *post)).collect();
    let ids: Vec<u128> = all.iter().map(|(id, _)| *id).collect();
    for ((_, post), number) in all.iter_mut().zip(0..) {
        post.number = number;
    }
    let began = Instant::now();
    let keys = |post: &Post| [post.last_day.into(), post.pay_to.into()];
    let columns = Columns::new(all.iter().map(|(_, post)| (keys(post), packed(post))))?;
    let built = began.elapsed().as_secs_f64();
    let mut broken = None;
    let look = |aim: &Aim<'_>, person: &Person| {
        let found = best(&columns, &ids, aim, person);
        found.unwrap_or_else(|error| {
            broken = Some(error);
            Vec::new()
        })
    };
    let found = compare(maker, posts, COMPARED, look);
    if let Some(error) = broken {
        return Err(error.into());
    }
    let work = format!(
        "the same by tantivy, filters and a collector with the same rule, {COMPARED} people \
         (indexed in {built:.0} s)"
    );
    compared(table, &work, COMPARED, found, "≥ 50 times, same bit for bit");
    Ok(())
}

fn best(
    columns: &Columns,
    ids: &[u128],
    aim: &Aim<'_>,
    person: &Person,
) -> Result<Vec<Rank>, search::Error> {
    let (rule, mut best) = (aim.rule(), Best::new(LIMIT));
    let least = [day(rule.day).into(), person.head.floor.into()];
    columns.each(least, |row| {
        let post = unpacked(row);
        let bar = (best.bar(), 1_000);
        if let Some(score) = judge_above(aim, person.view(), &post, rule, bar) {
            let id = ids.get(post.number as usize).copied().unwrap_or(0);
            best.offer(Rank::new(score, post.posted, id));
        }
    })?;
    Ok(best.into_ranks())
}

fn packed(post: &Post) -> [u64; WIDTH] {
    let four = |n: [u16; 4]| n.into_iter().fold(0, |all, n| all << 16 | u64::from(n));
    let mut lists = post.skills.into_iter().chain(post.words);
    let mut next = || std::array::from_fn(|_| lists.next().unwrap_or(NONE));
    let [first, second, third, fourth] = std::array::from_fn(|_| four(next()));
    let bytes = [post.education, post.form, post.benefits, post.answered];
    [
        u64::from(post.point.east.cast_unsigned()) << 32
            | u64::from(post.point.north.cast_unsigned()),
        first,
        second,
        third,
        fourth,
        four([post.place, post.occupation, post.pay_from, post.pay_to]),
        four([post.usual, post.posted, post.last_day, post.experience]),
        u64::from(u32::from_be_bytes(bytes)) << 32 | u64::from(post.number),
    ]
}

#[expect(clippy::cast_possible_truncation, reason = "what was packed comes apart")]
fn unpacked(row: [u64; WIDTH]) -> Post {
    let four = |n: u64| [(n >> 48) as u16, (n >> 32) as u16, (n >> 16) as u16, n as u16];
    let [point, first, second, third, fourth, work, days, rest] = row;
    let mut lists = [first, second, third, fourth].into_iter().flat_map(four);
    let mut next = || lists.next().unwrap_or(NONE);
    let (skills, words) = (std::array::from_fn(|_| next()), std::array::from_fn(|_| next()));
    let [place, occupation, pay_from, pay_to] = four(work);
    let [usual, posted, last_day, experience] = four(days);
    let [education, form, benefits, answered] = ((rest >> 32) as u32).to_be_bytes();
    let half = |n: u64| (n as u32).cast_signed();
    Post {
        point: Point { east: half(point >> 32), north: half(point) },
        skills,
        words,
        place,
        occupation,
        pay_from,
        pay_to,
        usual,
        posted,
        last_day,
        experience,
        education,
        form,
        benefits,
        answered,
        number: rest as u32,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_comes_back_from_its_columns() {
        let post = Post {
            point: Point { east: -1_234, north: 34_000_000 },
            skills: std::array::from_fn(|n| 7_000 + u16::try_from(n).unwrap()),
            words: [1, 2, 3, 4, 5],
            place: 6,
            occupation: 7,
            pay_from: 8,
            pay_to: 9,
            usual: 10,
            posted: 11,
            last_day: 12,
            experience: 13,
            education: 14,
            form: 15,
            benefits: 16,
            answered: 17,
            number: 18,
        };
        assert_eq!(unpacked(packed(&post)), post);
        assert_eq!(unpacked(packed(&Post::default())), Post::default());
    }
}
