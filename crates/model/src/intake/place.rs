//! A place in a row: read, counted, and what is uncertain about it said.

use super::{Tally, Understood};
use crate::{
    Refusal,
    region::{Code, abroad, gazetteer::Gazetteer},
    vacancy::Place,
};

/// Reads a region code, where one is given and right, and else the text. With the place comes what
/// is to be noted about it.
pub(super) fn read(
    places: &Gazetteer,
    text: &str,
    code: &str,
    around: &str,
    tally: &mut Understood,
) -> (Place, Option<Refusal>) {
    if let Some(region) = deepest_code(places, code) {
        count(places, text, &region, tally);
        return (at(places, text, region), None);
    }
    let remark = |code| Some(Refusal::new(code).field("place"));
    let wrong_code = if code.is_empty() { None } else { remark("intake.place_code_unknown") };
    if text.is_empty() || abroad::is_anywhere(text) {
        return (at(places, text, String::new()), wrong_code);
    }
    let reading = places.read(text, around);
    count(places, text, &reading.region, tally);
    let remark = if !reading.candidates.is_empty() {
        let named: Vec<String> =
            reading.candidates.iter().filter_map(|c| named(places, c)).take(8).collect();
        remark("intake.place_ambiguous").map(|r| r.arg("places", named.join("、")))
    } else if reading.region.is_empty() && !abroad::is_abroad(text) {
        remark("intake.place_not_understood")
    } else {
        wrong_code
    };
    (at(places, text, reading.region), remark)
}

fn at(places: &Gazetteer, text: &str, region: String) -> Place {
    let found = places.find(&region);
    let (longitude, latitude) = found.map_or((None, None), |r| (r.longitude, r.latitude));
    Place { text: text.to_owned(), region, longitude, latitude }
}

/// Of several codes (province, city, county, in any order) the deepest that lies in all the others;
/// boards that keep them in three columns do not keep them in step.
fn deepest_code(places: &Gazetteer, codes: &str) -> Option<String> {
    let known = codes.split_whitespace().filter(|c| places.find(c).is_some());
    let mut codes: Vec<Code> = known.filter_map(|c| c.parse().ok()).collect();
    codes.sort_by_key(Code::level);
    let mut codes = codes.into_iter();
    let top = codes.next()?;
    let down = |above: Code, code: Code| if above.contains(code.as_str()) { code } else { above };
    Some(codes.fold(top, down).into())
}

/// "甘肃省 天水市 秦州区"
fn named(places: &Gazetteer, code: &str) -> Option<String> {
    let region = places.find(code)?;
    let above = places.find(&region.parent);
    Some(above.map_or_else(|| region.name.clone(), |a| format!("{}{}", a.name, region.name)))
}

/// Counts what the text says: a province alone says no city, and a city alone no county.
fn count(places: &Gazetteer, text: &str, region: &str, tally: &mut Understood) {
    let level = region.parse::<Code>().map_or(0, |c| c.level());
    let whole_city =
        ["11", "12", "31", "50", "71", "81", "82"].iter().any(|p| region.starts_with(p));
    let names_only =
        |code: &str| places.find(code).is_some_and(|r| r.name.starts_with(text) || text == r.name);
    let province_only = level == 1 && !whole_city && names_only(region);
    if !province_only {
        tally.city.count(level >= 2 || whole_city);
    }
    if level >= 3 || says_county(text) {
        tally.county.count(level >= 3);
    }
}

/// A second part after a separator, or a word that only a county's or township's name has.
fn says_county(text: &str) -> bool {
    let mut parts = text.split(['-', '·', '/', ' ']).filter(|p| !p.is_empty());
    let second = parts.nth(1).is_some_and(|p| p.chars().count() <= 8 && !p.ends_with('市'));
    second || text.ends_with(['县', '旗']) || (text.ends_with('区') && !text.ends_with("自治区"))
}

impl Tally {
    /// The share understood, 0 … 100, of what was said; 100 where nothing was.
    pub fn percent(self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "counts of rows")]
        let share = |a: i64, b: i64| a as f64 * 100.0 / b as f64;
        if self.said == 0 { 100.0 } else { share(self.understood, self.said) }
    }
}
