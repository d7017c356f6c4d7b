//! Rows of plain numbers in an index, gone through by a collector: what matching in memory is
//! measured against.

use std::ops::Bound;

use tantivy::{
    DocId, Index, ReloadPolicy, Searcher, TantivyDocument, Term,
    columnar::Column,
    query::{BooleanQuery, EnableScoring, Query, RangeQuery},
    schema::{FAST, Field, INDEXED, Schema},
};

use crate::Error;

type Result<T> = std::result::Result<T, Error>;

/// Numbers of a row.
pub const WIDTH: usize = 8;

/// Memory of the writer.
const BUDGET: usize = 200_000_000;

/// An index in memory: by row two numbers to choose by, and [`WIDTH`] to look at.
pub struct Columns {
    searcher: Searcher,
    keys: [Field; 2],
    names: [String; WIDTH],
}

impl Columns {
    pub fn new(rows: impl Iterator<Item = ([u64; 2], [u64; WIDTH])>) -> Result<Self> {
        let mut schema = Schema::builder();
        let keys = ["first", "second"].map(|name| schema.add_u64_field(name, FAST | INDEXED));
        let names: [String; WIDTH] = std::array::from_fn(|n| format!("word{n}"));
        let words = names.each_ref().map(|name| schema.add_u64_field(name, FAST));
        let index = Index::create_in_ram(schema.build());
        let mut writer = index.writer_with_num_threads::<TantivyDocument>(1, BUDGET)?;
        for (chosen, row) in rows {
            let mut document = TantivyDocument::new();
            for (field, value) in keys.iter().zip(chosen).chain(words.iter().zip(row)) {
                document.add_u64(*field, value);
            }
            writer.add_document(document)?;
        }
        writer.commit()?;
        let segments = index.searchable_segment_ids()?;
        writer.merge(&segments).wait()?;
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Self { searcher: reader.searcher(), keys, names })
    }

    /// Gives every row whose two numbers are at least these.
    pub fn each(&self, least: [u64; 2], mut look: impl FnMut([u64; WIDTH])) -> Result<()> {
        let range = |(field, least): (&Field, u64)| -> Box<dyn Query> {
            let from = Bound::Included(Term::from_field_u64(*field, least));
            Box::new(RangeQuery::new(from, Bound::Unbounded))
        };
        let query = BooleanQuery::intersection(self.keys.iter().zip(least).map(range).collect());
        let weight = query.weight(EnableScoring::disabled_from_searcher(&self.searcher))?;
        for segment in self.searcher.segment_readers() {
            let fast = segment.fast_fields();
            let columns: Vec<_> =
                self.names.iter().map(|name| fast.u64(name)).collect::<tantivy::Result<_>>()?;
            let row = |&document: &DocId| -> [u64; WIDTH] {
                let value =
                    |n| columns.get(n).and_then(|column: &Column<u64>| column.first(document));
                std::array::from_fn(|n| value(n).unwrap_or(0))
            };
            let mut collect = |documents: &[DocId]| documents.iter().map(row).for_each(&mut look);
            weight.for_each_no_score(segment, &mut collect)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rows_that_are_asked_for_come_back_as_they_were() {
        let row = |n: u64| ([n, 100 - n], std::array::from_fn(|k| n << (k * 7)));
        let columns = Columns::new((0..100).map(row)).unwrap();
        let mut found = Vec::new();
        columns.each([40, 50], |row| found.push(row)).unwrap();
        found.sort_unstable();
        let expected: Vec<[u64; WIDTH]> = (40..=50).map(|n| row(n).1).collect();
        assert_eq!(found, expected);
    }
}
