//! How well what was learnt guesses: of half of the vacancies is learnt, and in the other half one
//! skill of each is hidden and guessed from those that are left.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use model::{
    intake::{Noun, binding::Binding, layout, vacancy},
    relation::learner::Learner,
    skill::Need,
};

use crate::{
    real_files,
    world::{World, demonstration},
};

/// Guesses that are looked at.
const FIRST: usize = 10;

struct Hits {
    hidden: usize,
    /// In a hundred: by what was learnt, and by always naming what is asked for most.
    learnt: f64,
    frequent: f64,
}

fn share(hits: usize, of: usize) -> f64 {
    100.0 * f64::from(u32::try_from(hits).unwrap()) / f64::from(u32::try_from(of.max(1)).unwrap())
}

fn measured(posts: &[Vec<Need>]) -> Hits {
    let halves = |rest| posts.iter().enumerate().filter(move |(n, _)| n % 2 == rest);
    let mut learner = Learner::new([]);
    let mut asked: HashMap<&str, usize> = HashMap::new();
    for (_, skills) in halves(0) {
        learner.read("", skills);
        for need in skills {
            *asked.entry(&need.code).or_default() += 1;
        }
    }
    let mut related: HashMap<String, Vec<(String, i64)>> = HashMap::new();
    for row in learner.skills() {
        related.entry(row.code).or_default().push((row.related, row.strength));
    }
    let mut common: Vec<_> = asked.iter().map(|(code, n)| (usize::MAX - n, *code)).collect();
    common.sort_unstable();
    let (mut learnt, mut frequent, mut hidden) = (0, 0, 0);
    for (n, skills) in halves(1) {
        let codes: BTreeSet<&str> = skills.iter().map(|need| need.code.as_str()).collect();
        let codes: Vec<&str> = codes.into_iter().collect();
        if codes.len() < 2 {
            continue;
        }
        let secret = codes[n / 2 % codes.len()];
        let left = |code: &str| code != secret && codes.contains(&code);
        let mut sums: BTreeMap<&str, i64> = BTreeMap::new();
        for (code, strength) in
            codes.iter().filter(|c| **c != secret).filter_map(|c| related.get(*c)).flatten()
        {
            if !left(code) {
                *sums.entry(code).or_default() += strength;
            }
        }
        let mut guesses: Vec<_> = sums.into_iter().map(|(code, sum)| (-sum, code)).collect();
        guesses.sort_unstable();
        learnt += usize::from(guesses.iter().take(FIRST).any(|(_, code)| *code == secret));
        let mut usual = common.iter().filter(|(_, code)| !left(code)).take(FIRST);
        frequent += usize::from(usual.any(|(_, code)| *code == secret));
        hidden += 1;
    }
    Hits { hidden, learnt: share(learnt, hidden), frequent: share(frequent, hidden) }
}

fn print(of: &str, hits: &Hits) {
    let Hits { hidden, learnt, frequent } = hits;
    println!(
        "{of}: of {hidden} hidden skills {learnt:.1} in a hundred are among the first {FIRST} \
         guesses; {frequent:.1} where the most frequent are always named"
    );
}

#[tokio::test]
async fn a_hidden_skill_of_the_demonstration_is_among_the_first_ten_guesses() {
    let world = World::with(demonstration::copied()).await;
    let mut r = world.app.db().read().await.unwrap();
    let all = store::vacancy::all_after(&mut r, None, i64::MAX).await.unwrap();
    let posts: Vec<Vec<Need>> = all.into_iter().map(|vacancy| vacancy.offer.skills).collect();
    let hits = measured(&posts);
    print("the demonstration", &hits);
    assert!(hits.hidden > 500 && hits.learnt > hits.frequent, "{}", hits.hidden);
}

#[tokio::test]
async fn a_hidden_skill_of_a_real_posting_is_among_the_first_ten_guesses() {
    let reference = real_files::reference().await;
    let mut posts = Vec::new();
    for (path, ..) in real_files::FILES {
        let path = real_files::data().join(path);
        if !path.exists() {
            println!("skipped: the real postings are not beside the project");
            return;
        }
        let rows = real_files::rows(&path);
        let binding = Binding::recognise(Noun::Vacancies, &rows, layout::builtin());
        let today = real_files::today();
        let skills = rows.iter().filter(|row| binding.is_data(row)).filter_map(|row| {
            let (draft, ..) = vacancy::read(&reference, &binding, row, today).ok()?;
            Some(draft.offer.skills)
        });
        posts.extend(skills);
    }
    let hits = measured(&posts);
    print("the real postings", &hits);
    assert!(hits.learnt > hits.frequent && hits.learnt > 50.0);
}
