//! When each interview is: nobody in two places, no booth with two people, little waiting. 面试时间表
//!
//! All booths of a timetable keep the same times, so that an interview moves to another time without
//! overlapping anything by a part. Times are minutes of the office's day.

mod plan;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    Id, Refusal, assignment::Assignment, coded::coded, jobseeker::Jobseeker, vacancy::Vacancy,
};

pub use plan::{Planned, plan};

/// The times of one day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grid {
    /// Minutes of the day: when the first interview begins, and when the last must be over.
    pub begins: i64,
    pub ends: i64,
    /// Minutes of one interview, and from its end to the next.
    pub length: i64,
    pub pause: i64,
    /// From and to, minutes of the day: nobody is interviewed then.
    pub breaks: Vec<(i64, i64)>,
}

/// A day of interviews, made out of an assignment.
#[derive(Clone, Debug, PartialEq, Serialize, sqlx::FromRow)]
pub struct Timetable {
    pub id: Id<Timetable>,
    #[sqlx(rename = "assignment_id")]
    pub assignment: Id<Assignment>,
    pub title: String,
    pub day: NaiveDate,
    #[sqlx(json)]
    pub grid: Grid,
    pub created_at: DateTime<Utc>,
}

/// One person at one booth.
#[derive(Clone, Debug, PartialEq, Serialize, sqlx::FromRow)]
pub struct Interview {
    pub id: Id<Interview>,
    #[sqlx(rename = "timetable_id")]
    pub timetable: Id<Timetable>,
    #[sqlx(rename = "vacancy_id")]
    pub vacancy: Id<Vacancy>,
    #[sqlx(rename = "jobseeker_id")]
    pub jobseeker: Id<Jobseeker>,
    /// Minute of the day; none where no time was left.
    pub begins: Option<i64>,
    pub state: State,
    pub version: i64,
}

coded! {
    /// Does it take place?
    pub enum State: "timetable.state_unknown", "state" {
        Planned = "planned",
        Cancelled = "cancelled",
    }
}

/// Minutes of a day.
const DAY: i64 = 24 * 60;

impl Grid {
    /// The most times that a day may have: more is a slip of the pen.
    const MOST: usize = 200;

    /// When an interview may begin, ascending.
    pub fn times(&self) -> Vec<i64> {
        let mut times = vec![];
        let mut at = self.begins;
        while at + self.length <= self.ends && times.len() <= Self::MOST {
            let meets = |(from, to): &&(i64, i64)| at < *to && *from < at + self.length;
            if let Some((_, to)) = self.breaks.iter().find(meets) {
                at = *to;
            } else {
                times.push(at);
                at += self.length + self.pause;
            }
        }
        times
    }

    /// Can a day be like this?
    pub fn check(&self) -> Result<(), Refusal> {
        let within = |minute: i64| (0..=DAY).contains(&minute);
        let refuse = |field| Err(Refusal::new("timetable.times").field(field));
        if !within(self.begins) || !within(self.ends) || self.begins >= self.ends {
            return refuse("ends");
        }
        if !(1..=DAY).contains(&self.length) {
            return refuse("length");
        }
        if !(0..=DAY).contains(&self.pause) {
            return refuse("pause");
        }
        if self.breaks.iter().any(|(from, to)| !within(*from) || !within(*to) || from >= to) {
            return refuse("breaks");
        }
        match self.times().len() {
            0 => Err(Refusal::new("timetable.no_time_fits").field("ends")),
            n if n > Self::MOST => {
                let most = Self::MOST.to_string();
                Err(Refusal::new("timetable.many_times").field("length").arg("most", most))
            }
            _ => Ok(()),
        }
    }
}

impl Interview {
    /// At another time. `others` are the planned interviews of the same timetable; the refusal says
    /// who or what is in the way.
    pub fn move_to(self, begins: i64, grid: &Grid, others: &[Self]) -> Result<Self, Refusal> {
        if self.state == State::Cancelled {
            return Err(Refusal::new("timetable.cancelled"));
        }
        if !grid.times().contains(&begins) {
            return Err(Refusal::new("timetable.no_such_time").field("begins"));
        }
        let meets = |other: &&Self| {
            other.id != self.id && other.state == State::Planned && other.begins == Some(begins)
        };
        for other in others.iter().filter(meets) {
            if other.vacancy == self.vacancy {
                let label = other.jobseeker.label();
                return Err(Refusal::new("timetable.booth_busy")
                    .field("begins")
                    .arg("label", label));
            }
            if other.jobseeker == self.jobseeker {
                let label = self.jobseeker.label();
                return Err(Refusal::new("timetable.person_busy")
                    .field("begins")
                    .arg("label", label));
            }
        }
        Ok(Self { begins: Some(begins), version: self.version + 1, ..self })
    }

    /// Not held; its time is free for others.
    pub fn cancel(self) -> Result<Self, Refusal> {
        match self.state {
            State::Planned => {
                Ok(Self { state: State::Cancelled, version: self.version + 1, ..self })
            }
            State::Cancelled => Err(Refusal::new("timetable.cancelled")),
        }
    }
}

/// "09:30".
pub fn clock(minute: i64) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// The minute of the day that "9:30" says.
pub fn minute(text: &str) -> Option<i64> {
    let (hour, minute) = text.trim().split_once([':', '：'])?;
    let (hour, minute) = (hour.parse::<i64>().ok()?, minute.parse::<i64>().ok()?);
    ((0..=24).contains(&hour) && (0..60).contains(&minute)).then_some(hour * 60 + minute)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn grid() -> Grid {
        Grid { begins: 540, ends: 720, length: 20, pause: 10, breaks: vec![(600, 630)] }
    }

    fn interview(id: u128, vacancy: u128, jobseeker: u128, begins: i64) -> Interview {
        let new = Uuid::from_u128;
        Interview {
            id: Id::new(new(id)),
            timetable: Id::new(new(1)),
            vacancy: Id::new(new(vacancy)),
            jobseeker: Id::new(new(jobseeker)),
            begins: Some(begins),
            state: State::Planned,
            version: 1,
        }
    }

    #[test]
    fn times_leave_room_for_the_break_and_end_in_time() {
        let times: Vec<_> = grid().times().into_iter().map(clock).collect();
        assert_eq!(times, ["09:00", "09:30", "10:30", "11:00", "11:30"]);
        assert_eq!(grid().check(), Ok(()));
    }

    #[test]
    fn a_day_that_cannot_be_is_refused_at_its_field() {
        let refused = |grid: Grid| grid.check().unwrap_err().field.unwrap_or_default();
        assert_eq!(refused(Grid { ends: 540, ..grid() }), "ends");
        assert_eq!(refused(Grid { length: 0, ..grid() }), "length");
        assert_eq!(refused(Grid { pause: -1, ..grid() }), "pause");
        assert_eq!(refused(Grid { breaks: vec![(600, 500)], ..grid() }), "breaks");
        assert_eq!(refused(Grid { length: 181, ..grid() }), "ends");
        let odd = Grid { begins: 0, ends: 1_440, length: 1, pause: 0, breaks: vec![] };
        assert_eq!(refused(odd), "length");
    }

    #[test]
    fn an_interview_moves_only_to_where_booth_and_person_are_free() {
        let one = interview(1, 7, 3, 540);
        let others = [one.clone(), interview(2, 7, 4, 570), interview(3, 8, 3, 630)];
        let to = |minute| one.clone().move_to(minute, &grid(), &others);
        assert_eq!(to(570).unwrap_err().code, "timetable.booth_busy");
        assert_eq!(to(630).unwrap_err().code, "timetable.person_busy");
        assert_eq!(to(545).unwrap_err().code, "timetable.no_such_time");
        let moved = to(660).unwrap();
        assert_eq!((moved.begins, moved.version), (Some(660), 2));
        assert!(to(540).is_ok(), "where it is already");
    }

    #[test]
    fn a_cancelled_interview_leaves_its_time_free_and_stays_cancelled() {
        let (one, two) = (interview(1, 7, 3, 540), interview(2, 7, 4, 570));
        let gone = two.cancel().unwrap();
        assert!(one.move_to(570, &grid(), std::slice::from_ref(&gone)).is_ok());
        assert_eq!(gone.clone().cancel().unwrap_err().code, "timetable.cancelled");
        assert_eq!(gone.move_to(540, &grid(), &[]).unwrap_err().code, "timetable.cancelled");
    }

    #[test]
    fn the_clock_is_read_as_people_write_it() {
        assert_eq!((minute("9:30"), minute(" 09：05 ")), (Some(570), Some(545)));
        assert_eq!((minute("25:00"), minute("9:60"), minute("nine")), (None, None, None));
        assert_eq!(clock(545), "09:05");
    }
}
