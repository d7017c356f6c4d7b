//! A grid over the map: which documents lie around a point, without looking at the others.

use std::ops::Range;

use model::vacancy::query::Point;
use tantivy::DocId;

use crate::record::{Record, is_somewhere};

/// Millionths of a degree that a cell is high and wide: about a kilometre.
const CELL: i32 = 10_000;
const ROWS: i32 = 180_000_000 / CELL;
const COLUMNS: i32 = 360_000_000 / CELL;

/// The documents of a segment by cell: row, column and document in one number, sorted.
pub(crate) struct Grid(Vec<u64>);

impl Grid {
    pub(crate) fn new(records: &[Record]) -> Self {
        let placed = records.iter().zip(0..).filter(|(record, _)| is_somewhere(record));
        let mut keys: Vec<u64> = placed
            .map(|(record, doc)| key(row(record.latitude), column(record.longitude), doc))
            .collect();
        keys.sort_unstable();
        Self(keys)
    }

    /// Every document in the box, and others of its outermost cells, in no order.
    pub(crate) fn within(&self, around: &Around) -> impl Iterator<Item = DocId> {
        let rows = row(around.latitudes.start)..=row(around.latitudes.end);
        let (first, last) = (column(around.longitudes.start), column(around.longitudes.end));
        let stretch = move |row| {
            let from = self.0.partition_point(|&k| k < key(row, first, 0));
            let rest = self.0.get(from..).unwrap_or_default();
            let count = rest.partition_point(|&k| k <= key(row, last, DocId::MAX));
            rest.get(..count).unwrap_or_default()
        };
        #[expect(clippy::cast_possible_truncation, reason = "the lower half is the document")]
        let doc = |&key: &u64| key as DocId;
        rows.flat_map(stretch).map(doc)
    }
}

/// A circle, and the box around it in millionths of a degree.
#[derive(Clone, Debug)]
pub(crate) struct Around {
    centre: Point,
    metres: f64,
    latitudes: Range<i32>,
    longitudes: Range<i32>,
}

impl Around {
    /// Radius of the earth, as [`Point::metres`] has it, a little smaller: a box is never too small.
    const EARTH: f64 = 6_371_000.0;
    /// The whole way around is so far.
    pub(crate) const FARTHEST: f64 = 20_100_000.0;

    pub(crate) fn new(centre: Point, metres: f64) -> Self {
        let angle = metres / Self::EARTH;
        let (north, south) =
            (centre.latitude + angle.to_degrees(), centre.latitude - angle.to_degrees());
        let slant = angle.sin() / centre.latitude.to_radians().cos();
        // around a pole, or over the edge of the map: every longitude
        let wide =
            angle >= std::f64::consts::FRAC_PI_2 || slant >= 1.0 || north > 90.0 || south < -90.0;
        let width = if wide { 360.0 } else { slant.asin().to_degrees() };
        let (west, east) = (centre.longitude - width, centre.longitude + width);
        let all = west < -180.0 || east > 180.0;
        let (west, east) = if all { (-180.0, 180.0) } else { (west, east) };
        Self {
            centre,
            metres,
            latitudes: millionths(south.max(-90.0)) - 1..millionths(north.min(90.0)) + 1,
            longitudes: millionths(west) - 1..millionths(east) + 1,
        }
    }

    /// Is the document in the circle?
    pub(crate) fn holds(&self, record: &Record) -> bool {
        self.latitudes.contains(&record.latitude)
            && self.longitudes.contains(&record.longitude)
            && self.metres(record).is_some_and(|metres| metres <= self.metres)
    }

    /// Can something in there be in the circle?
    pub(crate) fn reaches(&self, there: &Reach) -> bool {
        let meet = |a: &Range<i32>, b: &Range<i32>| a.start < b.end && b.start < a.end;
        meet(&self.latitudes, &there.latitudes) && meet(&self.longitudes, &there.longitudes)
    }

    /// From the centre to the document; `None` where its place is not known.
    pub(crate) fn metres(&self, record: &Record) -> Option<f64> {
        point(record).map(|place| self.centre.metres(place))
    }
}

/// The box in which some documents lie, in millionths of a degree; empty where there are none.
#[derive(Clone, Debug)]
pub(crate) struct Reach {
    latitudes: Range<i32>,
    longitudes: Range<i32>,
}

impl Default for Reach {
    fn default() -> Self {
        let none = Range { start: i32::MAX, end: i32::MIN };
        Self { latitudes: none.clone(), longitudes: none }
    }
}

impl Reach {
    /// One document more; where its place is not known it lies in no circle.
    pub(crate) fn take(&mut self, record: &Record) {
        fn widen(range: &mut Range<i32>, value: i32) {
            *range = range.start.min(value)..range.end.max(value.saturating_add(1));
        }
        if is_somewhere(record) {
            widen(&mut self.latitudes, record.latitude);
            widen(&mut self.longitudes, record.longitude);
        }
    }
}

/// `None` where the place is not known.
pub(crate) fn point(record: &Record) -> Option<Point> {
    let degrees = |millionths: i32| f64::from(millionths) / 1e6;
    is_somewhere(record)
        .then(|| Point { latitude: degrees(record.latitude), longitude: degrees(record.longitude) })
}

#[expect(clippy::cast_possible_truncation, reason = "degrees on earth are small numbers")]
fn millionths(degrees: f64) -> i32 {
    (degrees * 1e6).round() as i32
}

fn row(latitude: i32) -> u64 {
    cell(latitude, 90_000_000, ROWS)
}

fn column(longitude: i32) -> u64 {
    cell(longitude, 180_000_000, COLUMNS)
}

fn cell(millionths: i32, half: i32, cells: i32) -> u64 {
    u64::try_from((millionths.clamp(-half, half) + half) / CELL)
        .unwrap_or_default()
        .min(u64::try_from(cells).unwrap_or_default())
}

fn key(row: u64, column: u64, doc: DocId) -> u64 {
    row << 48 | column << 32 | u64::from(doc)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(latitude: f64, longitude: f64) -> Record {
        Record {
            latitude: millionths(latitude),
            longitude: millionths(longitude),
            ..Record::default()
        }
    }

    #[test]
    fn a_box_never_misses_what_is_in_the_circle() {
        let mut records = Vec::new();
        for row in -90..=90 {
            for column in -90..=90 {
                records.push(record(f64::from(row), f64::from(column) * 2.0));
            }
        }
        let grid = Grid::new(&records);
        for (latitude, longitude) in
            [(0.0, 0.0), (36.06, 103.83), (89.5, 10.0), (-90.0, 0.0), (60.0, 179.5), (10.0, -180.0)]
        {
            let centre = Point { latitude, longitude };
            for km in [1.0, 150.0, 2_000.0, 9_000.0, 19_000.0, 20_040.0] {
                let around = Around::new(centre, km * 1_000.0);
                let found =
                    grid.within(&around).filter(|&doc| around.holds(&records[doc as usize]));
                let near = |record: &&Record| {
                    point(record).is_some_and(|place| centre.metres(place) <= km * 1_000.0)
                };
                let expected = records.iter().filter(near).count();
                assert_eq!(found.count(), expected, "{centre:?} {km}");
            }
        }
    }
}
