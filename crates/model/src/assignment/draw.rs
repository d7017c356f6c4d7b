//! Seats and quotas drawn as a forest of limits.

use serde::{Deserialize, Serialize};

use crate::{Refusal, region::Code};

use super::Limit;

/// At most so many from a region.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quota {
    /// The post's number; none: of each post by itself.
    pub post: Option<usize>,
    pub region: Code,
    pub seats: usize,
}

/// The limits of posts with so many seats, and for each post its quotas from the smallest region to
/// the widest, each with the number of its limit.
#[derive(Clone, Debug)]
pub struct Drawn {
    pub limits: Vec<Limit>,
    by_post: Vec<Vec<(Code, usize)>>,
}

/// Draws the limits. Two quotas for one region and post contradict each other and are refused.
pub fn draw(seats: &[usize], quotas: &[Quota]) -> Result<Drawn, Refusal> {
    let root = |seats: &usize| Limit { within: None, seats: *seats };
    let mut limits: Vec<_> = seats.iter().map(root).collect();
    let mut by_post = vec![];
    for post in 0..seats.len() {
        let mut own: Vec<_> = quotas.iter().filter(|q| q.post.is_none_or(|p| p == post)).collect();
        // the widest first, so that what lies around a limit is drawn before it
        own.sort_by_key(|quota| (quota.region.level(), quota.region.clone()));
        let mut drawn: Vec<(Code, usize)> = vec![];
        for quota in own {
            if drawn.iter().any(|(region, _)| *region == quota.region) {
                let refusal = Refusal::new("assignment.quota_twice").field("quotas");
                return Err(refusal.arg("region", quota.region.as_str()));
            }
            let around = drawn.iter().find(|(region, _)| region.contains(quota.region.as_str()));
            let within = Some(around.map_or(post, |(_, limit)| *limit));
            drawn.insert(0, (quota.region.clone(), limits.len()));
            limits.push(Limit { within, seats: quota.seats });
        }
        by_post.push(drawn);
    }
    Ok(Drawn { limits, by_post })
}

impl Drawn {
    /// The innermost limit that somebody from a region counts against at a post.
    pub fn limit(&self, post: usize, region: &str) -> usize {
        let quotas = self.by_post.get(post).map_or(&[][..], Vec::as_slice);
        quotas.iter().find(|(around, _)| around.contains(region)).map_or(post, |(_, limit)| *limit)
    }

    /// The region of a quota's limit, and its post; none for the seats of a post.
    pub fn quota(&self, limit: usize) -> Option<(usize, &Code)> {
        let find = |(post, quotas): (usize, &Vec<(Code, usize)>)| {
            Some((post, quotas.iter().position(|(_, n)| *n == limit)?))
        };
        let (post, at) = self.by_post.iter().enumerate().find_map(find)?;
        self.by_post.get(post)?.get(at).map(|(region, _)| (post, region))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quota(post: Option<usize>, region: &str, seats: usize) -> Quota {
        Quota { post, region: region.parse().unwrap(), seats }
    }

    #[test]
    fn a_county_lies_within_its_city_and_the_city_within_the_post() {
        let quotas = [quota(None, "620523", 3), quota(Some(1), "620500", 5)];
        let drawn = draw(&[10, 20], &quotas).unwrap();
        let within: Vec<_> = drawn.limits.iter().map(|limit| limit.within).collect();
        assert_eq!(within, [None, None, Some(0), Some(1), Some(3)]);
        assert_eq!(drawn.limit(0, "620523101"), 2);
        assert_eq!(drawn.limit(0, "620502001"), 0, "no quota there");
        assert_eq!(drawn.limit(1, "620523101"), 4);
        assert_eq!(drawn.limit(1, "620502001"), 3);
        assert_eq!(drawn.limit(1, ""), 1, "a home that is not known counts only against the post");
        assert_eq!(drawn.quota(3).map(|(post, code)| (post, code.as_str())), Some((1, "620500")));
        assert_eq!(drawn.quota(1), None);
    }

    #[test]
    fn two_quotas_for_one_region_contradict_each_other() {
        let quotas = [quota(None, "620523", 3), quota(Some(0), "620523", 5)];
        assert_eq!(draw(&[10], &quotas).err().unwrap().code, "assignment.quota_twice");
    }
}
