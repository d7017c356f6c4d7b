//! What occupations a title may mean, for many titles at once.

use model::{Refusal, occupation::Guess};

use crate::{App, Result, blocking};

/// So many titles are taken at once.
pub const MOST_TITLES: usize = 1_000;

/// Longer titles are texts.
pub const LONGEST: usize = 200;

/// For each title the likeliest occupations, best first, at most `most`; none where nothing is
/// likely enough to be said.
pub async fn classify(app: &App, titles: Vec<String>, most: usize) -> Result<Vec<Vec<Guess>>> {
    if titles.is_empty() || titles.len() > MOST_TITLES {
        let refusal = Refusal::new("occupation.titles_out_of_range").field("titles");
        return Err(refusal.arg("most", MOST_TITLES.to_string()).into());
    }
    if titles.iter().any(|title| title.chars().count() > LONGEST) {
        let refusal = Refusal::new("occupation.title_too_long").field("title");
        return Err(refusal.arg("most", LONGEST.to_string()).into());
    }
    let reference = app.reference().await?;
    let each = move |title: &String| reference.occupations.classify(title, most);
    blocking(move || titles.iter().map(each).collect()).await
}
