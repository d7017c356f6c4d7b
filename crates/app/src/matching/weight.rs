//! Weights: an office makes a new version, and no old one is ever changed.

use model::{Id, Refusal, access::Actor, matching::Weights};
use serde_json::json;
use store::Note;

use crate::{App, Result, deed};

/// Adds a version that holds from its day on. The version number is given here.
pub async fn weigh(app: &App, actor: &Actor, wanted: &Weights) -> Result<Weights> {
    wanted.check(app.today())?;
    let id: Id<Weights> = app.id();
    deed!(app, actor, "matching.weigh", |w| {
        let all = store::matching::weight::all(w).await?;
        let Some(newest) = all.first() else {
            return Err(Refusal::new("matching.weight_sum").into());
        };
        let later = all.iter().any(|row| row.valid_from > wanted.valid_from);
        if later {
            return Err(Refusal::new("matching.weight_before").field("valid_from").into());
        }
        let row = Weights { version: newest.version + 1, ..wanted.clone() };
        store::matching::weight::add(w, &row).await?;
        w.note(Note {
            noun: "matching",
            subject: id.uuid(),
            region: String::new(),
            change: json!({ "weights": row }),
        });
        Ok(row)
    })
}
