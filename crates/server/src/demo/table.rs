//! Rows under headings in the layout that offices fill in, with the slips that real files have.

use super::{
    dice::Dice,
    identity::{day, full_width, miscopied},
    person::Person,
    post::Post,
};

/// A sheet before it is written to a file.
pub(super) struct Table {
    /// What stands above the headings, over the whole width.
    pub(super) title: String,
    pub(super) headings: &'static [&'static str],
    pub(super) rows: Vec<Vec<String>>,
}

const POSTS: &[&str] = &[
    "岗位编号",
    "单位名称",
    "统一社会信用代码",
    "所属行业",
    "单位性质",
    "岗位名称",
    "招聘人数",
    "工作地点",
    "月薪/工资待遇",
    "学历要求",
    "工作经验",
    "用工形式",
    "福利待遇",
    "岗位职责",
    "技能要求",
    "联系方式",
    "发布日期",
    "截止日期",
];
const PEOPLE: &[&str] = &[
    "姓名",
    "身份证号",
    "联系电话",
    "户籍/现居住地",
    "文化程度",
    "求职工种",
    "期望工资",
    "期望地区",
    "工作年限",
    "技能/证书",
    "工作经历",
    "用工形式",
    "需要住宿",
    "需要就餐",
];

/// What goes wrong in a cell, and how often in ten thousand rows.
type Slip = (&'static str, usize, fn(&str) -> String);

const POST_SLIPS: &[Slip] = &[
    ("统一社会信用代码", 55, miscopied),
    ("岗位名称", 45, |_| String::new()),
    ("单位名称", 35, |_| String::new()),
    ("月薪/工资待遇", 35, |_| "99999999999元/月".into()),
    ("工作地点", 120, |_| "城关区".into()),
    ("工作地点", 60, |_| "本县工业园".into()),
    ("招聘人数", 150, full_width),
    ("统一社会信用代码", 100, full_width),
    ("学历要求", 80, |written| format!("{written}学历优先")),
    ("岗位名称", 150, |written| format!("  {written}　")),
];
const PERSON_SLIPS: &[Slip] = &[
    ("身份证号", 80, miscopied),
    ("姓名", 60, |_| String::new()),
    ("身份证号", 45, impossible_birth),
    ("身份证号", 40, |written| written.chars().take(17).collect()),
    ("期望工资", 30, |_| "99999999999".into()),
    ("身份证号", 150, full_width),
    ("联系电话", 50, |written| written.chars().take(6).collect()),
    ("文化程度", 80, |_| "高中肄业".into()),
    ("户籍/现居住地", 100, |_| "本村".into()),
    ("姓名", 100, |written| format!(" {written} ")),
];

/// The thirteenth month.
fn impossible_birth(number: &str) -> String {
    number.chars().enumerate().map(|(i, c)| if i == 10 || i == 11 { '9' } else { c }).collect()
}

impl Table {
    pub(super) fn of_posts(dice: &mut Dice, title: &str, posts: &[Post]) -> Self {
        let mut rows: Vec<_> = posts.iter().map(|post| post_row(dice, post)).collect();
        spoil(dice, POSTS, POST_SLIPS, &mut rows);
        Self { title: title.into(), headings: POSTS, rows }
    }

    pub(super) fn of_people(dice: &mut Dice, title: &str, people: &[Person]) -> Self {
        let mut rows: Vec<_> = people.iter().map(|person| person_row(dice, person)).collect();
        spoil(dice, PEOPLE, PERSON_SLIPS, &mut rows);
        Self { title: title.into(), headings: PEOPLE, rows }
    }
}

fn post_row(dice: &mut Dice, post: &Post) -> Vec<String> {
    vec![
        format!("GG{:05}", post.number),
        post.firm.name.clone(),
        post.firm.credit_code.clone(),
        post.firm.industry.clone(),
        post.firm.ownership.clone(),
        post.title.clone(),
        post.headcount.clone(),
        post.place.written(dice),
        post.wage(dice),
        post.education.clone(),
        post.experience.clone(),
        post.form.clone(),
        post.benefits.join("、"),
        post.duties.clone(),
        post.skills.clone(),
        post.contact.clone(),
        day(dice, post.posted),
        day(dice, post.expires),
    ]
}

fn person_row(dice: &mut Dice, person: &Person) -> Vec<String> {
    let yes = |needed: bool| if needed { "是" } else { "否" }.to_owned();
    vec![
        person.name.clone(),
        person.number.clone(),
        person.phone.clone(),
        person.home.written(dice),
        person.education.clone(),
        person.wish.clone(),
        person.pay.clone(),
        person.regions.clone(),
        person.experience.clone(),
        person.skills.clone(),
        person.history.clone(),
        person.form.clone(),
        yes(person.lodging),
        yes(person.board),
    ]
}

/// At most one slip a row, and an empty cell stays empty.
fn spoil(dice: &mut Dice, headings: &[&str], slips: &[Slip], rows: &mut [Vec<String>]) {
    for row in rows {
        let mut left = dice.below(10_000);
        let fallen = slips.iter().find(|(_, often, _)| match left.checked_sub(*often) {
            Some(rest) => {
                left = rest;
                false
            }
            None => true,
        });
        let Some((heading, _, slip)) = fallen else { continue };
        let column = headings.iter().position(|h| h == heading);
        if let Some(cell) = column.and_then(|n| row.get_mut(n)).filter(|cell| !cell.is_empty()) {
            *cell = slip(cell);
        }
    }
}
