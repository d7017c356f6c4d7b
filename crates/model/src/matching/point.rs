//! A place on the ground, and how far it is from another: integers only.

/// Millionths of a degree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    pub east: i32,
    pub north: i32,
}

impl Default for Point {
    fn default() -> Self {
        Self::NOWHERE
    }
}

impl Point {
    /// Where nothing is known.
    pub const NOWHERE: Self = Self { east: i32::MIN, north: i32::MIN };

    pub fn of_degrees(longitude: Option<f64>, latitude: Option<f64>) -> Option<Self> {
        #[expect(clippy::cast_possible_truncation, reason = "degrees are at most 180")]
        let millionths = |degrees: f64| (degrees.clamp(-180.0, 180.0) * 1e6).round() as i32;
        Some(Self { east: millionths(longitude?), north: millionths(latitude?) })
    }

    #[inline]
    pub fn is_known(self) -> bool {
        self != Self::NOWHERE
    }

    /// Metres along the ground, within 0.5 % up to some hundred kilometres. Integers only, so that
    /// every machine gives the same.
    #[inline]
    pub fn metres_to(self, other: Self) -> i64 {
        let (east, north) = self.apart(other);
        (east * east + north * north).isqrt()
    }

    /// Metres to the east and to the north.
    #[inline]
    pub(super) fn apart(self, other: Self) -> (i64, i64) {
        let mean = i64::midpoint(self.north.into(), other.north.into());
        let east = metres(i64::from(self.east) - i64::from(other.east));
        (
            east.abs() * cosine(mean) / 10_000,
            metres(i64::from(self.north) - i64::from(other.north)).abs(),
        )
    }
}

/// A degree of a great circle is 111,195 m.
#[inline]
pub(super) const fn metres(millionths: i64) -> i64 {
    millionths * 111_195 / 1_000_000
}

/// Ten thousand times the cosine of a latitude by Bhaskara: (32400 − 4x²) / (32400 + x²), at most
/// 0.2 % off. It falls with the distance from the equator.
#[inline]
pub(super) const fn cosine(north: i64) -> i64 {
    let mean = north / 1_000;
    let square = mean * mean / 1_000;
    (32_400_000 - 4 * square) * 10_000 / (32_400_000 + square)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(longitude: f64, latitude: f64) -> Point {
        Point::of_degrees(Some(longitude), Some(latitude)).unwrap()
    }

    #[test]
    fn distances_are_those_of_the_map() {
        let lanzhou = point(103.834_303, 36.061_089);
        let tianshui = point(105.724_979, 34.580_885);
        let sanya = point(109.511_909, 18.252_847);
        let haikou = point(110.199_889, 20.044_22);
        // By the haversine: 237.7 and 211.9 km.
        assert!((236_000..239_000).contains(&lanzhou.metres_to(tianshui)));
        assert!((210_500..212_700).contains(&sanya.metres_to(haikou)));
        assert_eq!(lanzhou.metres_to(tianshui), tianshui.metres_to(lanzhou));
        assert_eq!(haikou.metres_to(haikou), 0);
    }

    #[test]
    fn a_place_without_degrees_is_no_point() {
        assert_eq!(Point::of_degrees(Some(1.0), None), None);
        assert!(!Point::default().is_known());
    }
}
