//! What somebody is here as. A person may have several memberships, and acts under one at a time.

use crate::coded::coded;

coded! {
    /// A role. Its letter is its column in the table of `model::access`.
    pub enum Role: "access.role_unknown", "role" {
        /// Anybody with a browser.
        Public = "public",
        /// A registered person. 求职者
        Jobseeker = "jobseeker",
        /// Writes an employer's vacancies. 岗位发布人
        Poster = "poster",
        /// Deals with an employer's candidates. 招聘人
        Recruiter = "recruiter",
        /// Answers for an employer. 单位负责人
        Owner = "owner",
        /// At the window. 窗口经办
        Clerk = "clerk",
        /// Has people in care. 帮扶专员
        Caseworker = "caseworker",
        /// Runs fairs. 招聘会经办
        FairOrganiser = "fair_organiser",
        /// Sends and follows groups that work elsewhere. 劳务协作经办
        ExportCoordinator = "export_coordinator",
        /// Reads figures and lists without names. 管理人员
        Manager = "manager",
        /// Looks after the lawfulness of posts. 劳动监察
        Inspector = "inspector",
        /// Gives and takes accounts of an office and those below it. 机构管理员
        OfficeAdministrator = "office_administrator",
        /// Looks after the program; reads no people. 系统管理员
        SystemAdministrator = "system_administrator",
        /// Another program, with a token. 接口
        Integrator = "integrator",
        /// The machine itself: the command line, and the loopback address where that is open.
        Office = "office",
        /// The program's own work: following the log, loading reference tables.
        Program = "program",
    }
}

impl Role {
    /// The column of the table.
    pub(super) const fn letter(self) -> char {
        match self {
            Self::Public => 'P',
            Self::Jobseeker => 'J',
            Self::Poster => 'E',
            Self::Recruiter => 'R',
            Self::Owner => 'W',
            Self::Clerk => 'C',
            Self::Caseworker => 'K',
            Self::FairOrganiser => 'F',
            Self::ExportCoordinator => 'X',
            Self::Manager => 'M',
            Self::Inspector => 'I',
            Self::OfficeAdministrator => 'A',
            Self::SystemAdministrator => 'S',
            Self::Integrator => 'T',
            Self::Office => 'L',
            Self::Program => 'Z',
        }
    }

    /// Works in an office: short sessions, a second factor.
    pub const fn is_staff(self) -> bool {
        match self {
            Self::Clerk
            | Self::Caseworker
            | Self::FairOrganiser
            | Self::ExportCoordinator
            | Self::Manager
            | Self::Inspector
            | Self::OfficeAdministrator
            | Self::SystemAdministrator
            | Self::Office => true,
            Self::Public
            | Self::Jobseeker
            | Self::Poster
            | Self::Recruiter
            | Self::Owner
            | Self::Integrator
            | Self::Program => false,
        }
    }

    /// Belongs to an employer.
    pub const fn is_employers(self) -> bool {
        matches!(self, Self::Poster | Self::Recruiter | Self::Owner)
    }

    /// May read records of persons, within its scope.
    pub(super) const fn reads_people(self) -> bool {
        matches!(
            self,
            Self::Jobseeker
                | Self::Clerk
                | Self::Caseworker
                | Self::FairOrganiser
                | Self::ExportCoordinator
                | Self::Manager
                | Self::Office
                | Self::Program
        )
    }

    /// May read what is not public yet, within its scope.
    pub(super) const fn reads_drafts(self) -> bool {
        !matches!(self, Self::Public | Self::Jobseeker | Self::SystemAdministrator)
    }
}
