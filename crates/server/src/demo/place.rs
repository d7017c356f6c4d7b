//! Where the demonstration's posts and people are: one county, those around it, and the cities to
//! which people go for work. The places exist; nothing else in the demonstration does.

use super::dice::Dice;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) province: &'static str,
    pub(super) city: &'static str,
    pub(super) county: &'static str,
    /// Townships, or none.
    towns: &'static [&'static str],
    /// Shares of posts and of homes.
    posts: usize,
    homes: usize,
    /// What is paid here where the county pays 100.
    pub(super) pay: i64,
    /// In another province or the provincial capital.
    pub(super) away: bool,
}

/// The county of the demonstration.
pub(super) const HOME: &str = "甘谷县";

const GANGU: &[&str] = &[
    "大像山镇",
    "新兴镇",
    "磐安镇",
    "六峰镇",
    "安远镇",
    "金山镇",
    "大石镇",
    "礼辛镇",
    "武家河镇",
    "大庄镇",
    "古坡镇",
    "八里湾镇",
    "西坪镇",
    "谢家湾乡",
    "白家湾乡",
];

const fn near(county: &'static str, posts: usize, homes: usize, pay: i64) -> Place {
    let (province, city) = ("甘肃省", "天水市");
    Place { province, city, county, towns: &[], posts, homes, pay, away: false }
}

const fn far([province, city, county]: [&'static str; 3], posts: usize, pay: i64) -> Place {
    Place { province, city, county, towns: &[], posts, homes: 0, pay, away: true }
}

const COUNTY: Place = Place { towns: GANGU, ..near(HOME, 460, 760, 100) };

const PLACES: &[Place] = &[
    COUNTY,
    near("秦州区", 120, 80, 108),
    near("麦积区", 80, 60, 106),
    near("秦安县", 50, 50, 98),
    near("武山县", 50, 50, 98),
    far(["甘肃省", "兰州市", "城关区"], 50, 118),
    far(["甘肃省", "兰州市", "七里河区"], 30, 116),
    far(["江苏省", "苏州市", "昆山市"], 55, 138),
    far(["江苏省", "苏州市", "吴中区"], 35, 138),
    far(["浙江省", "宁波市", "北仑区"], 25, 136),
    far(["天津市", "", "滨海新区"], 30, 130),
    far(["广东省", "深圳市", "宝安区"], 15, 142),
];

impl Place {
    pub(super) fn of_post(dice: &mut Dice, local: bool) -> Self {
        let weight = |place: &Self| if local && place.away { 0 } else { place.posts };
        dice.weighted(PLACES, weight).copied().unwrap_or(COUNTY)
    }

    pub(super) fn of_home(dice: &mut Dice) -> Self {
        dice.weighted(PLACES, |place| place.homes).copied().unwrap_or(COUNTY)
    }

    /// As a clerk writes it: "天水市甘谷县新兴镇", "甘谷县六峰镇", "昆山市".
    pub(super) fn written(&self, dice: &mut Dice) -> String {
        let town = if dice.chance(700) { dice.word(self.towns) } else { String::new() };
        match dice.below(4) {
            0 => format!("{}{}{}{town}", self.province, self.city, self.county),
            1 if !self.away => format!("{}{town}", self.county),
            _ => format!("{}{}{town}", self.city_name(), self.county),
        }
    }

    /// A municipality under the central government is its own city.
    pub(super) fn city_name(&self) -> &'static str {
        if self.city.is_empty() { self.province } else { self.city }
    }
}
