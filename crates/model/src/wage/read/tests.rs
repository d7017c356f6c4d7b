//! Wages as people write them, and the ranges that are read from them.

use super::*;

fn read(written: &str) -> Result<Option<Said>, Refusal> {
    text(written, &Hint::default())
}

/// Yuan (or dollars) and period, the whole range.
fn range(written: &str) -> (f64, f64, Period) {
    match read(written) {
        Ok(Some(Said::Range(w))) => (yuan(w.min), yuan(w.max), w.period),
        other => panic!("{written}: {other:?}"),
    }
}

fn yuan(cents: i64) -> f64 {
    f64::from(i32::try_from(cents).unwrap()) / 100.0
}

#[test]
fn the_ways_of_writing_a_monthly_wage() {
    for (written, low, high) in [
        ("8千-1.2万", 8000.0, 12_000.0),
        ("1.5万-2.5万·13薪", 15_000.0, 25_000.0),
        ("6K-8K", 6000.0, 8000.0),
        ("7-14K", 7000.0, 14_000.0),
        ("7-14K·15薪", 7000.0, 14_000.0),
        ("1.2-2万/月", 12_000.0, 20_000.0),
        ("3千-5千/月", 3000.0, 5000.0),
        ("8000-10000元/月", 8000.0, 10_000.0),
        ("８０００－１００００元", 8000.0, 10_000.0),
        ("3,000～5,000元", 3000.0, 5000.0),
        ("8000以上", 8000.0, 8000.0),
        ("1.5千以下/月", 0.0, 1500.0),
        ("5000元左右", 5000.0, 5000.0),
        ("底薪3000+提成", 3000.0, 3000.0),
        ("底薪3000+提成，综合5000-8000", 5000.0, 8000.0),
        ("试用期3千，转正4千5", 4500.0, 4500.0),
        ("0.8-1.2万/月", 8000.0, 12_000.0),
        ("800-1.2万", 800.0, 12_000.0),
        ("4.5-6千/月", 4500.0, 6000.0),
        ("三千到五千", 3000.0, 5000.0),
        ("三五千", 3000.0, 5000.0),
        ("一千八百元/月", 1800.0, 1800.0),
        ("月薪4500-6000，五险一金，月休4天，每天8小时", 4500.0, 6000.0),
        ("3000元/月-5000元/月", 3000.0, 5000.0),
        ("3000元-5000元", 3000.0, 5000.0),
        ("￥3500—4500", 3500.0, 4500.0),
        ("4500+全勤200+餐补300", 4500.0, 4500.0),
        ("8-9千元/月", 8000.0, 9000.0),
        ("1-1.5万元/月", 10_000.0, 15_000.0),
        ("10k-15k", 10_000.0, 15_000.0),
        ("1.5w-2w", 15_000.0, 20_000.0),
        ("3500/月", 3500.0, 3500.0),
        ("税前8000元/月（可谈）", 8000.0, 8000.0),
        ("面议，3000-4000元", 3000.0, 4000.0),
        ("不低于2000元", 2000.0, 2000.0),
        ("最高8000元/月", 0.0, 8000.0),
        ("RMB 8000 per month", 8000.0, 8000.0),
        ("4000/5000", 4000.0, 5000.0),
        ("基本工资3000元/月+0.5元/件", 3000.0, 3000.0),
        ("4000元/月，奖金500元", 4000.0, 4000.0),
        ("15-25k*13", 15_000.0, 25_000.0),
    ] {
        assert_eq!(range(written), (low, high, Period::Month), "{written}");
    }
}

#[test]
fn other_periods_are_kept_as_they_were_meant() {
    for (written, low, high, period) in [
        ("180元/天", 180.0, 180.0, Period::Day),
        ("150-200/天", 150.0, 200.0, Period::Day),
        ("日结180", 180.0, 180.0, Period::Day),
        ("200元一天", 200.0, 200.0, Period::Day),
        ("25元/小时", 25.0, 25.0, Period::Hour),
        ("40-60/时", 40.0, 60.0, Period::Hour),
        ("时薪18-20元", 18.0, 20.0, Period::Hour),
        ("每小时20元", 20.0, 20.0, Period::Hour),
        ("年薪10-15万", 100_000.0, 150_000.0, Period::Year),
        ("10-15万/年", 100_000.0, 150_000.0, Period::Year),
        ("100万以上/年", 1_000_000.0, 1_000_000.0, Period::Year),
        ("800元/周", 800.0, 800.0, Period::Week),
        ("100-200元/次", 100.0, 200.0, Period::Once),
        ("42405-65485 Annual", 42_405.0, 65_485.0, Period::Year),
        ("$25.50 hourly", 25.5, 25.5, Period::Hour),
        ("$80k-$120k", 80_000.0, 120_000.0, Period::Year),
        ("$80,000 - $120,000 a year", 80_000.0, 120_000.0, Period::Year),
        ("$18/hr", 18.0, 18.0, Period::Hour),
        ("Up to $30 per hour", 0.0, 30.0, Period::Hour),
        ("一天200，月结", 200.0, 200.0, Period::Day),
        ("180元/天，月综合5000-6000", 5000.0, 6000.0, Period::Month),
    ] {
        assert_eq!(range(written), (low, high, period), "{written}");
    }
}

#[test]
fn months_and_currency_are_kept() {
    let wage = |written: &str| match read(written).unwrap() {
        Some(Said::Range(wage)) => wage,
        other => panic!("{written}: {other:?}"),
    };
    assert_eq!(wage("1万-1.5万·13薪").months, Some(13));
    assert_eq!(wage("15-30K·14-16薪").months, Some(14));
    assert_eq!(wage("20k*14").months, Some(14));
    assert_eq!(wage("1万-1.5万").months, None);
    assert_eq!(wage("$80k-$120k").currency, "USD");
    assert_eq!(wage("8000-9000元").currency, "CNY");
    assert_eq!(wage("8000港币/月").currency, "HKD");
}

#[test]
fn what_has_no_figure_is_understood_all_the_same() {
    for written in
        ["面议", "面议/月", "工资面谈", "薪资从优", "电议", "按公司规定", "Negotiable", "DOE"]
    {
        assert_eq!(read(written), Ok(Some(Said::Negotiable)), "{written}");
    }
    for written in ["计件", "计件工资，多劳多得", "3元/件", "提成"] {
        assert_eq!(read(written), Ok(Some(Said::Piece)), "{written}");
    }
}

#[test]
fn a_slip_is_refused_and_not_mended() {
    let code = |written: &str| read(written).unwrap_err().code;
    for swapped in ["8000-3000元/月", "1.5万-8千", "8-1.2万", "30K-20K"] {
        assert_eq!(code(swapped), "wage.min_above_max", "{swapped}");
    }
    for nonsense in
        ["0.5元/月", "0元/月", "300000万/月", "100亿/年", "3-5000元/月", "99999999999元/月"]
    {
        assert_eq!(code(nonsense), "wage.implausible", "{nonsense}");
    }
}

#[test]
fn what_may_mean_two_things_is_left_open() {
    for open in
        ["15-20", "200", "20-30万", "每天8小时，月休4天", "五险一金", "不错", "P6-P7", "2026年"]
    {
        assert_eq!(read(open), Ok(None), "{open}");
    }
}

#[test]
fn the_layout_says_what_the_cell_does_not() {
    let thousands = Hint { unit: Some(1000.0), period: Some(Period::Month), ..Hint::default() };
    let Ok(Some(Said::Range(wage))) = text("6.0-8", &thousands) else { panic!("not read") };
    assert_eq!((wage.min, wage.max), (600_000, 800_000));
    // a unit in the cell is stronger
    let Ok(Some(Said::Range(wage))) = text("6千", &thousands) else { panic!("not read") };
    assert_eq!(wage.min, 600_000);
    let Ok(Some(Said::Range(wage))) = text("5600-6900元/月", &thousands) else {
        panic!("not read")
    };
    assert_eq!((wage.min, wage.max), (560_000, 690_000));
    let Ok(Some(Said::Range(wage))) = text("180-220元/天", &thousands) else {
        panic!("not read")
    };
    assert_eq!((wage.min, wage.period), (18_000, Period::Day));
    let month = Hint { period: Some(Period::Month), ..Hint::default() };
    let Ok(Some(Said::Range(wage))) = text("20万-30万", &month) else { panic!("not read") };
    assert_eq!((wage.min, wage.period), (20_000_000, Period::Month));
}

#[test]
fn two_columns_and_a_period() {
    let dollars = Hint { currency: "USD".into(), ..Hint::default() };
    let read = |a, b, per| match columns(a, b, per, &dollars) {
        Ok(Some(Said::Range(w))) => (w.min, w.max, w.period, w.currency),
        other => panic!("{a} {b}: {other:?}"),
    };
    assert_eq!(
        read("42405", "65485", "Annual"),
        (4_240_500, 6_548_500, Period::Year, "USD".into())
    );
    assert_eq!(read("13.5", "17.9", "Hourly"), (1350, 1790, Period::Hour, "USD".into()));
    assert_eq!(read("0", "100000", "Annual"), (0, 10_000_000, Period::Year, "USD".into()));
    assert_eq!(read("150.25", "150.25", "Daily"), (15_025, 15_025, Period::Day, "USD".into()));
    assert_eq!(columns("", "#N/A", "", &dollars), Ok(None));
}

#[test]
fn any_text_is_read_without_a_panic() {
    use proptest::prelude::*;
    proptest!(|(written in "[0-9千万kK元/\\-.,~至月年天时薪以上·+ 面议五险$]{0,24}")| {
        if let Ok(Some(Said::Range(wage))) = text(&written, &Hint::default()) {
            prop_assert!(wage.min <= wage.max && wage.max > 0, "{}", written);
        }
    });
}
