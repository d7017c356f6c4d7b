//! The tree in memory: what lies where, and places as people write them: "深圳市南山区科技园",
//! "北京·朝阳·十八里店", "青秀区".

mod name;
mod reading;
mod suggestion;

use std::collections::HashMap;

use crate::region::Region;
use name::Names;
pub use reading::Reading;
use suggestion::Sounds;

/// The tree, and every word for a node of it.
pub struct Gazetteer {
    /// Sorted by code; those that are gone come along, so that old words are understood.
    regions: Vec<Region>,
    /// Positions in `regions` of the nodes below a code.
    below: HashMap<String, Vec<usize>>,
    names: Names,
    sounds: Sounds,
}

impl Gazetteer {
    /// All levels, in any order; a node without a successor whose time is over is not read.
    pub fn new(mut regions: Vec<Region>) -> Self {
        regions.sort_by(|a, b| a.code.cmp(&b.code));
        let mut below: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, region) in regions.iter().enumerate().filter(|(_, r)| r.valid_to.is_none()) {
            below.entry(region.parent.clone()).or_default().push(at);
        }
        let names = Names::new(&regions);
        let sounds = Sounds::new(&regions);
        Self { regions, below, names, sounds }
    }

    pub fn find(&self, code: &str) -> Option<&Region> {
        let at = self.regions.binary_search_by(|r| r.code.as_str().cmp(code)).ok()?;
        self.regions.get(at)
    }

    /// The nodes right below, in the order of their codes; the provinces for an empty code. The
    /// nameless city level of 北京 or of 济源's province is passed through.
    pub fn children(&self, code: &str) -> Vec<&Region> {
        let mut found = Vec::new();
        for region in
            self.below.get(code).into_iter().flatten().filter_map(|&at| self.regions.get(at))
        {
            if region.is_nameless() {
                found.extend(self.children(&region.code));
            } else {
                found.push(region);
            }
        }
        found
    }

    /// From the province down to the node itself, without nameless levels; empty if unknown.
    pub fn path(&self, code: &str) -> Vec<&Region> {
        let mut found: Vec<&Region> = Vec::new();
        let mut next = self.find(code);
        while let Some(region) = next {
            if found.is_empty() || !region.is_nameless() {
                found.push(region);
            }
            next = self.find(&region.parent);
        }
        found.reverse();
        found
    }

    /// Is it as exact as a city at least? A municipality is one, and so are 香港 and 澳门.
    pub fn is_city(&self, code: &str) -> bool {
        let provincial =
            |r: &Region| r.level > 1 || self.children(&r.code).iter().all(|c| c.level > 2);
        self.find(code).is_some_and(provincial)
    }

    /// Degrees, longitude first; of the nearest node above that has them.
    pub fn centroid(&self, code: &str) -> Option<(f64, f64)> {
        let mut next = self.find(code);
        while let Some(region) = next {
            if let (Some(longitude), Some(latitude)) = (region.longitude, region.latitude) {
                return Some((longitude, latitude));
            }
            next = self.find(&region.parent);
        }
        None
    }

    /// Places whose name, pinyin ("nan shan", "nanshan") or initials ("ns") begin with `prefix`,
    /// larger ones first.
    pub fn suggest(&self, prefix: &str, limit: usize) -> Vec<&Region> {
        let found = self.sounds.find(prefix, limit);
        found.into_iter().filter_map(|at| self.regions.get(at)).collect()
    }
}

#[cfg(test)]
mod tests;
