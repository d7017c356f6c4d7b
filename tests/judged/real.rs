//! The judged questions asked over the real postings, which lie beside the project or are absent.

use std::{collections::HashMap, time::Instant};

use app::intake::{self, Choice, Given};
use model::{
    access::Actor,
    intake::{Noun, binding::Binding, layout, vacancy},
    vacancy::{
        Vacancy,
        query::{Hit, VacancyQuery},
    },
};
use sha2::{Digest, Sha256};

use super::{
    Copy, Score, copy, matching,
    set::{File, Grades, People, Person, Questions, Row},
};
use crate::{real_files, world::World};

/// Hits asked for: copies among them do not take the places of others.
const ASKED: usize = 30;

/// The real postings, imported.
struct Postings {
    world: World,
    /// Rows that were refused are not among them.
    copies: HashMap<Row, Copy>,
}

#[tokio::test]
async fn the_real_postings_that_were_meant_come_first() {
    let questions = Questions::read();
    let Some(postings) = Postings::import(&questions.file).await else {
        println!("skipped: the real postings are not beside the project, or another edition is");
        return;
    };
    let found = postings.searched(&questions).await;
    let offered = postings.matched(&People::read().person).await;
    found.print();
    offered.print();
    found.hold();
    offered.hold();
}

impl Postings {
    /// `None` where a file is absent or not the one that was judged.
    async fn import(files: &[File]) -> Option<Self> {
        let known = |file: &&File| {
            let bytes = std::fs::read(real_files::data().join(&file.path)).unwrap_or_default();
            hex(&Sha256::digest(bytes)).starts_with(&file.sha256)
        };
        if files.iter().filter(known).count() < files.len() {
            return None;
        }
        let began = Instant::now();
        let world = World::alone().await;
        let mut rows: HashMap<(String, String), Vec<Row>> = HashMap::new();
        for file in files {
            let path = real_files::data().join(&file.path);
            let given = Given { noun: Noun::Vacancies, name: &file.path, path: &path };
            let office = Actor::office("test");
            intake::import(&world.app, &office, given, &Choice::Recognise, &|_| ()).await.unwrap();
            for (key, row) in keys(&world, file).await {
                rows.entry(key).or_default().push((file.layout.clone(), row));
            }
        }
        world.work().await;
        let mut r = world.app.db().read().await.unwrap();
        let vacancies = store::vacancy::all_after(&mut r, None, i64::MAX).await.unwrap();
        let rows_of = |vacancy: &Vacancy| {
            let source = &vacancy.source;
            let rows = rows.remove(&(source.name.clone(), source.key.clone()))?;
            let copy = copy(vacancy);
            Some(rows.into_iter().map(move |row| (row, copy.clone())))
        };
        let copies = vacancies.iter().filter_map(rows_of).flatten().collect();
        drop(r);
        println!("imported in {:.0} s", began.elapsed().as_secs_f64());
        Some(Self { world, copies })
    }

    async fn searched(&self, questions: &Questions) -> Score {
        let mut score = Score::new("search_real");
        for query in &questions.query {
            let words = query.words.clone();
            let asked = VacancyQuery { words, limit: ASKED, ..VacancyQuery::default() };
            let app = &self.world.app;
            let hits = app::vacancy::search(app, &Actor::public(), &asked).await.unwrap().items;
            let judged = |hit: &Hit| query.judges(questions.language(&hit.vacancy.source.name));
            let list = hits.iter().map(|hit| judged(hit).then(|| copy(&hit.vacancy))).collect();
            score.list(&query.group, &query.words, list, &self.by_copy(&query.grades));
        }
        score
    }

    async fn matched(&self, people: &[Person]) -> Score {
        let mut score = Score::new("matching_real");
        let rows: Vec<_> = people.iter().map(|person| person.row.as_slice()).collect();
        for (person, id) in people.iter().zip(matching::registered(&self.world, &rows).await) {
            let list = matching::offered(&self.world, id, ASKED).await;
            score.list("zh", &person.label, list, &self.by_copy(&person.grades));
        }
        score
    }

    /// The best grade among the copies of each posting.
    fn by_copy(&self, grades: &Grades) -> HashMap<Copy, u8> {
        let mut best: HashMap<Copy, u8> = HashMap::new();
        for (row, grade) in grades.by_row() {
            if let Some(copy) = self.copies.get(&row) {
                let known = best.entry(copy.clone()).or_default();
                *known = (*known).max(grade);
            }
        }
        best
    }
}

/// Layout and key of each row, read as the importer reads it.
async fn keys(world: &World, file: &File) -> Vec<((String, String), i64)> {
    let reference = world.app.reference().await.unwrap();
    let rows = real_files::rows(&real_files::data().join(&file.path));
    let binding = Binding::recognise(Noun::Vacancies, &rows, layout::builtin());
    let today = world.app.today();
    let key = |row: &model::intake::Row| {
        let (draft, ..) = vacancy::read(&reference, &binding, row, today).ok()?;
        Some(((binding.source.clone(), draft.key), row.number - 1))
    };
    rows.iter().filter(|row| binding.is_data(row)).filter_map(key).collect()
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    })
}
