//! Figures: thousands apart, no digits that say nothing.

/// 1234567 is "1,234,567".
pub fn whole(n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if n < 0 { format!("-{out}") } else { out }
}

/// Two decimals where there are any: 18.5 is "18.50", 18 is "18".
pub fn money(cents: i64) -> String {
    let (yuan, rest) = (whole(cents / 100), cents.unsigned_abs() % 100);
    if rest == 0 { yuan } else { format!("{yuan}.{rest:02}") }
}

/// As many decimals as it has, two at most.
pub fn decimal(n: f64) -> String {
    #[expect(clippy::cast_possible_truncation, reason = "saturates, far above what is counted")]
    let cents = (n * 100.0).round() as i64;
    if cents % 100 == 0 {
        whole(cents / 100)
    } else {
        money(cents).trim_end_matches('0').to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_stand_apart() {
        assert_eq!(whole(0), "0");
        assert_eq!(whole(999), "999");
        assert_eq!(whole(1000), "1,000");
        assert_eq!(whole(-1_234_567), "-1,234,567");
    }

    #[test]
    fn decimals_are_shown_where_there_are_any() {
        assert_eq!(money(1850), "18.50");
        assert_eq!(money(800_000), "8,000");
        assert_eq!(decimal(10.0), "10");
        assert_eq!(decimal(0.5), "0.5");
        assert_eq!(decimal(2.7199), "2.72");
        assert_eq!(decimal(1200.0), "1,200");
    }
}
