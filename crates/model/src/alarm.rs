//! That somebody walks through records, opens what no person is shown, or was shown as many people as a
//! day has. 告警

use std::{fmt, net::IpAddr};

use uuid::Uuid;

use crate::{Id, account::Membership, employer::Employer};

/// Where it comes from, as whoever looks after the service can act on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// Somebody signed in, as what they are.
    Member(Id<Membership>),
    /// Another program.
    Token(Uuid),
    /// Of somebody who has not said who they are.
    Address(IpAddr),
    Employer(Id<Employer>),
}

impl Source {
    /// Short, to speak about.
    pub fn label(&self) -> String {
        let (id, mark) = match self {
            Self::Address(address) => return address.to_string(),
            Self::Member(id) => (id.uuid(), 'A'),
            Self::Token(id) => (*id, 'T'),
            Self::Employer(id) => (id.uuid(), 'E'),
        };
        let digits = id.simple().to_string();
        let last: String = digits.chars().skip(24).collect();
        format!("{mark}-{last}")
    }

    /// Where whoever is told looks next.
    pub fn page(&self) -> Option<String> {
        match self {
            Self::Member(id) => Some(format!("/accounts/{id}")),
            Self::Employer(id) => Some(format!("/employers/{id}/verification")),
            Self::Token(_) | Self::Address(_) => None,
        }
    }

    /// Reads what [`fmt::Display`] writes.
    pub fn parse(text: &str) -> Option<Self> {
        let (kind, rest) = text.split_once(':')?;
        match kind {
            "member" => rest.parse().ok().map(Self::Member),
            "token" => rest.parse().ok().map(Self::Token),
            "address" => rest.parse().ok().map(Self::Address),
            "employer" => rest.parse().ok().map(Self::Employer),
            _ => None,
        }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Member(id) => write!(f, "member:{id}"),
            Self::Token(id) => write!(f, "token:{id}"),
            Self::Address(address) => write!(f, "address:{address}"),
            Self::Employer(id) => write!(f, "employer:{id}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_is_read_as_it_was_written() {
        let id = Uuid::from_u128(0x1234_5678_9abc);
        let all = [
            (Source::Member(Id::new(id)), "A-56789abc", true),
            (Source::Token(id), "T-56789abc", false),
            (Source::Employer(Id::new(id)), "E-56789abc", true),
            (Source::Address("2001:db8::7".parse().unwrap()), "2001:db8::7", false),
        ];
        for (source, label, page) in all {
            assert_eq!(Source::parse(&source.to_string()), Some(source));
            assert_eq!((source.label().as_str(), source.page().is_some()), (label, page));
        }
        assert_eq!(Source::parse("window"), None);
    }
}
