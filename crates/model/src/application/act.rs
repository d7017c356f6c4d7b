//! What may be done with an application, by whom, in which state.

use chrono::{DateTime, Utc};

use super::{Reason, Side, State};

/// What is done with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    Shortlist,
    Invite {
        at: DateTime<Utc>,
        place: String,
    },
    /// The person has come to the door.
    Arrive,
    Offer,
    Hire,
    Reject(Reason),
    /// To the interview, or the offer.
    Agree,
    Decline(Reason),
    Lapse(Reason),
    /// What lapsed without an answer waits again.
    Reopen,
}

impl Act {
    /// The word for it in addresses and events.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Shortlist => "shortlist",
            Self::Invite { .. } => "invite",
            Self::Arrive => "arrive",
            Self::Offer => "offer",
            Self::Hire => "hire",
            Self::Reject(_) => "reject",
            Self::Agree => "agree",
            Self::Decline(_) => "decline",
            Self::Lapse(_) => "lapse",
            Self::Reopen => "reopen",
        }
    }

    /// The state it leads to; `None`: it stays, or depends on what it was.
    pub const fn leads_to(&self) -> Option<State> {
        match self {
            Self::Shortlist => Some(State::Shortlisted),
            Self::Invite { .. } => Some(State::Interview),
            Self::Offer => Some(State::Offered),
            Self::Hire => Some(State::Hired),
            Self::Reject(_) => Some(State::Rejected),
            Self::Decline(_) => Some(State::Declined),
            Self::Lapse(_) => Some(State::Lapsed),
            Self::Reopen => Some(State::Submitted),
            Self::Arrive | Self::Agree => None,
        }
    }

    /// May somebody of this side do it at all?
    pub(super) const fn is_of(&self, side: Side) -> bool {
        match self {
            Self::Shortlist
            | Self::Invite { .. }
            | Self::Arrive
            | Self::Offer
            | Self::Hire
            | Self::Reject(_) => matches!(side, Side::Employer | Side::Office),
            Self::Agree | Self::Decline(_) => matches!(side, Side::Person | Side::Office),
            Self::Lapse(_) => matches!(side, Side::Program | Side::Office),
            Self::Reopen => matches!(side, Side::Office),
        }
    }

    /// May it be done in this state? `agreed`: the person has said yes to what was asked.
    pub(super) const fn fits(&self, state: State, agreed: bool) -> bool {
        match self {
            Self::Shortlist => matches!(state, State::Submitted),
            Self::Invite { .. }
            | Self::Arrive
            | Self::Hire
            | Self::Reject(_)
            | Self::Decline(_)
            | Self::Lapse(_) => state.is_open(),
            Self::Offer => state.is_open() && !matches!(state, State::Offered),
            Self::Agree => matches!(state, State::Interview | State::Offered) && !agreed,
            Self::Reopen => matches!(state, State::Lapsed),
        }
    }
}
