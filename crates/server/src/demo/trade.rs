//! The trades of the demonstration, as `trades.toml` beside this file has them.

use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Trade {
    /// As employers head their posts.
    pub(crate) titles: Vec<String>,
    /// As people say what they want to do.
    pub(crate) wish: Vec<String>,
    pub(crate) industry: String,
    /// What the names of such employers end with.
    pub(crate) firms: Vec<String>,
    pub(crate) duties: Vec<String>,
    pub(crate) skills: Vec<String>,
    /// The certificate or licence of the trade.
    #[serde(default)]
    pub(crate) paper: String,
    /// Yuan a month in the county.
    pub(crate) pay: [i64; 2],
    /// `day` where it is paid by the day.
    #[serde(default)]
    pub(crate) period: String,
    #[serde(default = "full_time")]
    pub(crate) form: String,
    pub(crate) education: Vec<String>,
    /// Years of experience asked for at most.
    pub(crate) years: i64,
    /// Shares among the vacancies and among the people.
    pub(crate) posts: usize,
    pub(crate) people: usize,
}

fn full_time() -> String {
    "全职".into()
}

#[derive(Deserialize)]
struct Trades {
    trade: Vec<Trade>,
}

pub(crate) fn all() -> Result<Vec<Trade>, toml::de::Error> {
    toml::from_str::<Trades>(include_str!("trades.toml")).map(|trades| trades.trade)
}

impl Trade {
    /// Work on the land, near home, or paid by the public: not offered in other provinces.
    pub(crate) fn is_local(&self) -> bool {
        self.form != "全职" || self.industry == "农业" || self.industry == "畜牧业"
    }

    pub(crate) fn is_office(&self) -> bool {
        self.education.iter().any(|e| e.starts_with("大专") || e.starts_with("本科"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_trade_is_whole() {
        let trades = all().unwrap();
        assert!(trades.len() >= 44, "{} trades", trades.len());
        for trade in trades {
            let lists = [&trade.titles, &trade.wish, &trade.firms, &trade.duties, &trade.skills];
            assert!(lists.iter().all(|list| !list.is_empty()), "{:?}", trade.titles);
            assert!(trade.pay[0] < trade.pay[1] && trade.posts > 0 && trade.people > 0);
            assert!(["", "day"].contains(&trade.period.as_str()), "{:?}", trade.titles);
        }
    }
}
