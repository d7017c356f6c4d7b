//! How good a ranking is: what is printed for judged sets.

/// Measures of one ranking, or their means over many.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Measures {
    /// Average precision: every grade above 0 is relevant.
    pub map: f64,
    /// One divided by the place of the first relevant one.
    pub mrr: f64,
    pub p5: f64,
    pub p10: f64,
    /// By grades, the gain of grade g is 2^g - 1.
    pub ndcg10: f64,
}

impl Measures {
    /// `ranked`: the grades in the order of the ranking; `judged`: all grades of this question.
    /// `None` where nothing relevant was judged.
    pub fn of(ranked: &[u32], judged: &[u32]) -> Option<Self> {
        let relevant = judged.iter().filter(|grade| **grade > 0).count();
        if relevant == 0 {
            return None;
        }
        let (mut found, mut precision, mut first) = (0_u32, 0.0, 0.0);
        for (place, _) in (1_u32..).zip(ranked).filter(|(_, grade)| **grade > 0) {
            found += 1;
            precision += f64::from(found) / f64::from(place);
            first = if found == 1 { 1.0 / f64::from(place) } else { first };
        }
        let mut ideal = judged.to_vec();
        ideal.sort_unstable_by(|a, b| b.cmp(a));
        #[expect(clippy::cast_precision_loss, reason = "some thousand titles")]
        let share = |most: usize| {
            ranked.iter().take(most).filter(|grade| **grade > 0).count() as f64 / most as f64
        };
        #[expect(clippy::cast_precision_loss, reason = "some thousand titles")]
        let map = precision / relevant as f64;
        let ndcg10 = gain(ranked) / gain(&ideal);
        Some(Self { map, mrr: first, p5: share(5), p10: share(10), ndcg10 })
    }

    pub fn mean(all: &[Self]) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "some thousand questions")]
        let count = all.len().max(1) as f64;
        let mean = |part: fn(&Self) -> f64| all.iter().map(part).sum::<f64>() / count;
        Self {
            map: mean(|m| m.map),
            mrr: mean(|m| m.mrr),
            p5: mean(|m| m.p5),
            p10: mean(|m| m.p10),
            ndcg10: mean(|m| m.ndcg10),
        }
    }
}

fn gain(grades: &[u32]) -> f64 {
    let places = (1_u32..).map(|place| f64::from(place + 1).log2());
    let gains = grades.iter().take(10).map(|grade| f64::from(*grade).exp2() - 1.0);
    gains.zip(places).map(|(gain, discount)| gain / discount).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_are_what_the_textbook_says() {
        let m = Measures::of(&[1, 0, 2, 0], &[2, 1, 1]).unwrap();
        assert!((m.map - (1.0 + 2.0 / 3.0) / 3.0).abs() < 1e-9);
        assert!((m.mrr - 1.0).abs() < 1e-9 && (m.p5 - 0.4).abs() < 1e-9);
        let ideal = 3.0 + 1.0 / 3_f64.log2() + 0.5;
        assert!((m.ndcg10 - (1.0 + 1.5) / ideal).abs() < 1e-9);
        assert_eq!(Measures::of(&[0, 0], &[0]), None);
    }
}
