//! What is offered to somebody who is still typing.

use crate::coded::coded;

coded! {
    /// What a suggestion is, in the order in which equals are offered.
    pub enum Kind: "search.kind_unknown", "kind" {
        Occupation = "occupation",
        /// Words that many have asked for.
        Words = "words",
        Place = "place",
        Skill = "skill",
        Employer = "employer",
    }
}

/// One thing that the typed letters may mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    pub kind: Kind,
    /// Code of the occupation, skill or place, id of the employer, or the words.
    pub id: String,
    /// As the tables call it.
    pub name: String,
    /// The word that was recognised: the name, or another word for it.
    pub matched: String,
    /// Open vacancies of it in the chosen place (of a place: in itself); of words, how often they
    /// were asked for.
    pub count: u64,
}
