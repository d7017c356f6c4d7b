//! What would open more posts to somebody, in sentences, with the training that leads there.

use app::{App, matching::unmatched::Ways};
use axum::{
    Json,
    extract::{Path, State},
};
use model::{Id, access::Actor, jobseeker::Jobseeker, matching::Way, skill::Training};
use serde::Serialize;
use text::Lang;
use utoipa::ToSchema;

use super::sentence::{Reader, Sentence};
use crate::{
    actor::{Office, Signed},
    error::Result,
    frame::{Frame, wording::Wording},
};

/// The most that a page shows.
const FEW: usize = 6;

/// One way in words.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = WayLine)]
pub struct Line {
    /// `gap_licence`, `gap_paper`, `gap_skill`, `gap_reach`, `gap_away`, `gap_floor` or `gap_form`.
    #[schema(value_type = String, example = "gap_licence")]
    code: &'static str,
    /// How many posts more.
    posts: i64,
    /// The skill or paper, where it is one.
    skill: Option<String>,
    pub text: String,
    /// How the skill or paper can be had, where the table knows; otherwise empty.
    pub training: String,
}

/// What a page says of them.
#[derive(Clone, Debug, Default)]
pub struct Said {
    /// Those that open most posts.
    pub lines: Vec<Line>,
    /// No trade is wished for, so that nothing can be counted.
    pub untold: bool,
    /// What is said then.
    pub said: String,
}

impl Said {
    pub fn new(found: &Ways, reader: Reader, wording: Wording<'_>) -> Self {
        let line = |way: &Way| Line::new(way, &found.trainings, reader, wording);
        let lines = found.ways.iter().take(FEW).map(line).collect();
        let reader = [("reader", reader.code().into())];
        let said = text::t(wording.lang, "matching.ways_untold", &reader);
        Self { lines, untold: found.untold, said }
    }
}

impl Line {
    fn new(way: &Way, trainings: &[Training], reader: Reader, wording: Wording<'_>) -> Self {
        let reason = way.reason();
        let skill = way.skill().map(str::to_owned);
        let training = trainings.iter().find(|one| Some(&one.skill) == skill.as_ref());
        Self {
            code: reason.code,
            posts: way.posts,
            text: Sentence::new(&reason, reader, wording).text,
            training: training.map(|one| leading(one, wording.lang)).unwrap_or_default(),
            skill,
        }
    }
}

/// "Training: …; examined by …; under …".
fn leading(training: &Training, lang: Lang) -> String {
    let (name, examiner) = match lang {
        Lang::Zh => (&training.name_zh, &training.examiner_zh),
        Lang::En => (&training.name_en, &training.examiner_en),
    };
    let args = [("name", name), ("examiner", examiner), ("source", &training.source)];
    let args = args.map(|(key, text)| (key, text.as_str().into()));
    text::t(lang, "matching.training", &args)
}

/// What would open more posts to a person.
#[derive(Serialize, ToSchema)]
#[schema(as = WaysAnswer)]
pub(crate) struct Answer {
    /// Open posts of the trades that the person wants.
    posts: i64,
    /// Of these, those that no limit shuts.
    fitting: i64,
    /// No trade is wished for, so that nothing can be counted.
    untold: bool,
    items: Vec<Line>,
}

/// What would open more posts to a person: licences, skills, distance, wage, form.
#[utoipa::path(get, path = "/api/v1/jobseekers/{id}/ways", operation_id = "list_ways",
    tag = "matching", params(("id" = uuid::Uuid, Path)), responses((status = 200, body = Answer)))]
pub(crate) async fn read(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Path(id): Path<Id<Jobseeker>>,
) -> Result<Json<Answer>> {
    answer(&app, &actor, &frame, id).await
}

/// What would open more posts to oneself.
#[utoipa::path(get, path = "/api/v1/me/ways", operation_id = "list_own_ways", tag = "matching",
    responses((status = 200, body = Answer), (status = 404)))]
pub(crate) async fn own(
    State(app): State<App>,
    Signed { actor, .. }: Signed,
    frame: Frame,
) -> Result<Json<Answer>> {
    let id = actor.scope().person().ok_or(app::Error::Absent("jobseeker"))?;
    answer(&app, &actor, &frame, id).await
}

async fn answer(
    app: &App,
    actor: &Actor,
    frame: &Frame,
    id: Id<Jobseeker>,
) -> Result<Json<Answer>> {
    let reference = app.reference().await?;
    let wording = Wording { lang: frame.lang, reference: &reference, today: app.today() };
    let found = app::matching::unmatched::ways(app, actor, id).await?;
    let Said { lines: items, untold, .. } = Said::new(&found, Reader::You, wording);
    Ok(Json(Answer { posts: found.gaps.posts, fitting: found.gaps.fitting, untold, items }))
}
