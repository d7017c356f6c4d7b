//! The menu: what is read, where it stands, and its word. Everybody sees what they may read.

use super::Frame;

/// In the order in which they stand.
const MENU: [(&str, &str, &str); 16] = [
    ("workbench.read", "/workbench", "workbench.title"),
    ("workbench.read", "/counter", "workbench.counter"),
    ("employer.desk", "/desk", "employer.desk"),
    ("public.read", "/vacancies", "frame.vacancies"),
    ("jobseeker.list", "/jobseekers", "frame.jobseekers"),
    ("jobseeker.own", "/me", "jobseeker.mine"),
    ("application.own", "/me/applications", "application.mine"),
    ("application.queue", "/applications", "frame.applications"),
    ("notice.list", "/notices", "notice.title"),
    ("placement.list", "/placements", "placement.list"),
    ("assignment.list", "/assignments", "frame.assignments"),
    ("vacancy.held", "/vacancies/held", "compliance.queue"),
    ("employer.list", "/employers", "employer.queue"),
    ("intake.list", "/intakes", "frame.intakes"),
    ("inquiry.list", "/inquiries", "frame.inquiries"),
    ("public.read", "/about", "frame.about"),
];

/// One place of the menu.
pub struct Entry {
    pub path: &'static str,
    pub name: String,
    /// The page is there, or below it.
    pub here: bool,
}

impl Frame {
    pub fn menu(&self) -> Vec<Entry> {
        let seen = MENU.iter().filter(|(read, ..)| self.actor.may(read).is_ok());
        let mut entries: Vec<Entry> = seen
            .map(|&(_, path, key)| Entry { path, name: self.t(key), here: self.at(path) })
            .collect();
        // of two that hold the page, the nearer one
        let nearest = entries.iter().filter(|e| e.here).map(|e| e.path.len()).max();
        for entry in &mut entries {
            entry.here &= Some(entry.path.len()) == nearest;
        }
        entries
    }
}
