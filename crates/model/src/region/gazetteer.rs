//! Places as people write them: "深圳市南山区科技园", "北京·朝阳·十八里店", "青秀区".

use crate::region::Region;

/// The tree in memory.
pub struct Gazetteer {
    regions: Vec<Region>,
}

/// What a text says about where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// As deep as it is certain, or empty.
    pub region: String,
    /// The places it may mean where it is not certain which ("朝阳区" alone): codes.
    pub candidates: Vec<String>,
}

impl Gazetteer {
    /// Regions in force, all levels, in any order.
    pub fn new(regions: Vec<Region>) -> Self {
        Self { regions }
    }

    pub fn find(&self, code: &str) -> Option<&Region> {
        self.regions.iter().find(|r| r.code == code)
    }

    /// Reads free text. `around` is the code of the region in which an ambiguous name is meant
    /// (the file's county or city), or empty.
    pub fn read(&self, _text: &str, _around: &str) -> Reading {
        Reading::default()
    }
}
