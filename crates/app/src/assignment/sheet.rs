//! The outcome as a table for other programs: no names, no formulas.

use model::{access::Actor, assignment::Fate, vacancy::Vacancy};
use text::Lang;

use super::Shown;
use crate::{
    App, Result,
    sheet::{Cell, Format, sheet},
};

/// One person in the outcome.
#[derive(Clone, Debug)]
pub struct Line {
    /// The person's number in the input.
    pub person: usize,
    pub label: String,
    /// The post's number, the place among the wishes from 1, and the score; none who got nothing.
    pub got: Option<(usize, usize, i64)>,
    /// Why not the dearest wish; none where that came true, or where nothing fits.
    pub fate: Option<Fate>,
}

impl Shown {
    /// Everybody, in the order of the input; a person with several posts stands there several times.
    pub fn lines(&self) -> Vec<Line> {
        let market = &self.input.market;
        let last = self.outcome.last(market);
        let mut lines = vec![];
        for (person, id) in self.input.people.iter().enumerate() {
            let got = self.outcome.got.get(person).map_or(&[][..], Vec::as_slice);
            let wishes = market.people.get(person).map_or(&[][..], Vec::as_slice);
            let dearest = (!wishes.is_empty() && got.first() != Some(&0))
                .then(|| self.outcome.fate(market, &last, (person, 0)));
            let line = |got| Line { person, label: id.label(), got, fate: dearest };
            let given = got.iter().filter_map(|at| {
                let wish = wishes.get(*at)?;
                Some(line(Some((wish.post, at + 1, wish.score))))
            });
            lines.extend(given);
            if got.is_empty() {
                lines.push(line(None));
            }
        }
        lines
    }

    /// Why the dearest wish did not come true, in words; empty where it did.
    pub fn why(&self, lang: Lang, line: &Line, region: impl Fn(&str) -> String) -> String {
        let cause = self.cause(lang, line, region);
        let wish = self.input.market.people.get(line.person).and_then(|wishes| wishes.first());
        match (wish, line.fate) {
            (Some(wish), Some(Fate::Full { last, .. })) => {
                let points = |favour: i64| text::Value::from(format!("{:.1}", percent(favour)));
                let args = [("own", points(wish.favour)), ("last", points(last))];
                cause + &text::t(lang, "assignment.ranks", &args)
            }
            _ => cause,
        }
    }

    /// The same without what concerns this person alone.
    pub fn cause(&self, lang: Lang, line: &Line, region: impl Fn(&str) -> String) -> String {
        let say = |key: &str, args: &[(&str, text::Value<'_>)]| {
            text::t(lang, &format!("assignment.{key}"), args)
        };
        let wish = self.input.market.people.get(line.person).and_then(|wishes| wishes.first());
        let Some(wish) = wish else { return say("why_nothing_fits", &[]) };
        let post = ("post", i64::try_from(wish.post + 1).unwrap_or_default().into());
        match line.fate {
            None | Some(Fate::Granted | Fate::Spared) => String::new(),
            Some(Fate::Outweighed) => say("why_outweighed", &[post]),
            Some(Fate::Full { limit, .. }) => match self.drawn.quota(limit) {
                Some((_, code)) => {
                    say("why_quota", &[post, ("region", region(code.as_str()).into())])
                }
                None => say("why_full", &[post]),
            },
        }
    }

    /// The table as a file.
    pub async fn file(
        &self,
        app: &App,
        actor: &Actor,
        lang: Lang,
        format: Format,
    ) -> Result<Vec<u8>> {
        let heads = ["person", "post_number", "post", "wish", "score", "why", "id"];
        let heads = heads.map(|head| text::t(lang, &format!("assignment.head-{head}"), &[]));
        sheet(format, &heads, &self.rows(app, actor, lang).await?)
    }

    async fn rows(&self, app: &App, actor: &Actor, lang: Lang) -> Result<Vec<Vec<Cell>>> {
        let reference = app.reference().await?;
        let region = |code: &str| {
            reference.places.find(code).map(|r| text::region::name(lang, r)).unwrap_or_default()
        };
        let ids: Vec<_> = self.input.posts.iter().map(|post| post.vacancy).collect();
        let mut r = app.db().read().await?;
        let vacancies = store::vacancy::of_ids(&mut r, &actor.scope(), &ids).await?;
        let title = |post: usize| {
            let found = ids.get(post).and_then(|id| vacancies.iter().find(|v| v.id == *id));
            found.map(|vacancy: &Vacancy| vacancy.offer.title.clone()).unwrap_or_default()
        };
        let mut rows = vec![];
        for line in self.lines() {
            let whole = |number: usize| Cell::from(i64::try_from(number).ok());
            let [number, post, wish, score] = match line.got {
                Some((post, wish, score)) => {
                    let title = Cell::Words(title(post));
                    [whole(post + 1), title, whole(wish), Cell::Part(percent(score))]
                }
                None => [Cell::Nothing, Cell::Nothing, Cell::Nothing, Cell::Nothing],
            };
            let id = self.input.people.get(line.person).map(ToString::to_string);
            let why = self.why(lang, &line, region).into();
            let id = id.unwrap_or_default().into();
            rows.push(vec![line.label.into(), number, post, wish, score, why, id]);
        }
        Ok(rows)
    }
}

/// Points of a hundred.
#[expect(clippy::cast_precision_loss, reason = "a score has six digits")]
pub fn percent(score: i64) -> f64 {
    score as f64 * 100.0 / model::matching::BEST as f64
}
