//! A message to somebody, on its way out of the house. 通知

use serde::{Deserialize, Serialize};

use crate::coded::coded;

coded! {
    /// How it goes.
    pub enum Channel: "notice.channel_unknown", "channel" {
        Sms = "sms",
    }
}

coded! {
    pub enum State: "notice.state_unknown", "state" {
        Waiting = "waiting",
        /// Taken up; if the program ends now it is not sent again.
        Sending = "sending",
        Sent = "sent",
        Failed = "failed",
    }
}

/// To whom, and the words; sealed until it is sent.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    pub to: String,
    pub text: String,
}

/// Never printed by accident.
impl std::fmt::Debug for Letter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Letter(sealed)")
    }
}

/// So often a gateway that fails is asked again.
pub const TRIES: i64 = 3;
