//! Figures that an office keeps: a row more for a change, and no row is ever changed.

use model::{Id, access::Actor, term::Term};
use serde_json::json;
use store::Note;

use crate::{App, Result, deed};

/// Adds a dated row. It holds from its day on; the row before it ends by that.
pub async fn keep(app: &App, actor: &Actor, term: &Term) -> Result<()> {
    let reference = app.reference().await?;
    if !term.region.is_empty() && reference.places.find(&term.region).is_none() {
        let refusal = model::Refusal::new("term.region_unknown").field("region");
        return Err(refusal.arg("value", &term.region).into());
    }
    term.check()?;
    let id: Id<Term> = app.id();
    let kept = deed!(app, actor, "term.keep", |w| {
        store::term::keep(w, term, w.at()).await?;
        let (region, change) = (term.region.clone(), json!({ "term": term }));
        w.note(Note { noun: "term", subject: id.uuid(), region, change });
        Ok(())
    });
    match kept {
        Err(e) if e.is_collision() => {
            Err(model::Refusal::new("term.kept").field("valid_from").into())
        }
        kept => {
            app.forget_reference().await;
            kept
        }
    }
}
