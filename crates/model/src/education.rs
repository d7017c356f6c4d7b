//! Levels of education, GB/T 4658, and grades of skill. 学历、技能等级

pub mod read;

use crate::coded::coded;

coded! {
    /// The level of education somebody has, or a vacancy asks for, lowest first.
    pub enum Education: "education.unknown", "education" {
        /// 小学及以下
        Primary = "primary",
        /// 初中
        JuniorHigh = "junior_high",
        /// 高中
        SeniorHigh = "senior_high",
        /// 中专、中技、职高
        Vocational = "vocational",
        /// 大专、高职
        College = "college",
        /// 本科
        Bachelor = "bachelor",
        /// 硕士
        Master = "master",
        /// 博士
        Doctor = "doctor",
    }
}

impl Education {
    /// Steps on the ladder where senior high and vocational school stand on the same one: neither
    /// is more than the other, so a post that asks for one takes both.
    pub const fn step(self) -> i64 {
        match self {
            Self::Primary => 1,
            Self::JuniorHigh => 2,
            Self::SeniorHigh | Self::Vocational => 3,
            Self::College => 4,
            Self::Bachelor => 5,
            Self::Master => 6,
            Self::Doctor => 7,
        }
    }
}

coded! {
    /// The grade of a vocational skill, lowest first.
    pub enum SkillGrade: "education.grade_unknown", "skill_grade" {
        /// 五级、初级工
        Five = "grade_5",
        /// 四级、中级工
        Four = "grade_4",
        /// 三级、高级工
        Three = "grade_3",
        /// 二级、技师
        Two = "grade_2",
        /// 一级、高级技师
        One = "grade_1",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_means_itself() {
        for &e in Education::ALL {
            assert_eq!(e.code().parse::<Education>().unwrap(), e);
        }
        assert_eq!("phd".parse::<Education>().unwrap_err().code, "education.unknown");
    }
}
