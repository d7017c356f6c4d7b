//! What is kept of whom: every column of every table with its class, for what it is there, how long it is
//! kept, and what becomes of it when somebody is erased. 个人信息清单

use crate::coded::coded;

coded! {
    /// How much a column tells of a person.
    pub enum Class: "inventory.class_unknown", "class" {
        /// Public reference tables.
        Open = "open",
        /// The office's own work; nobody's person.
        Inner = "inner",
        /// About somebody, without saying who.
        Person = "person",
        /// Says who somebody is, or how to reach them: sealed, or a keyed digest.
        Identity = "identity",
        /// Opens something: passwords, digests of tokens.
        Secret = "secret",
    }
}

coded! {
    /// What becomes of a column when the person is erased.
    pub enum Forget: "inventory.forget_unknown", "forget" {
        /// It stays: it tells nothing of a person, or statistics need it.
        Keep = "keep",
        /// It goes with its row.
        Row = "row",
        Empty = "empty",
        Null = "null",
        Object = "{}",
        List = "[]",
        False = "false",
        /// Only the county stays of a region.
        County = "county",
        /// The word that says that the row was erased.
        Forgotten = "forgotten",
        /// The row's own id in the place of what it was known by.
        Id = "id",
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    pub name: String,
    pub class: Class,
    pub forget: Forget,
    /// What a person calls it, in Chinese and English; empty where no person reads it.
    pub words: [String; 2],
}

impl Column {
    /// What a person calls it, else its own name.
    pub fn label(&self, chinese: bool) -> &str {
        let [zh, en] = &self.words;
        let word = if chinese { zh } else { en };
        if word.is_empty() { &self.name } else { word }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    pub name: String,
    /// The columns that name the person a row is about.
    pub who: Vec<String>,
    /// The column that names an account; its rows go with the account.
    pub account: Option<String>,
    /// Do the rows go when the person is erased, or do stubs stay for statistics?
    pub rows_go: bool,
    /// Why it is there, in Chinese and English.
    pub purpose: [String; 2],
    /// How long it is kept.
    pub kept: String,
    pub columns: Vec<Column>,
}

impl Table {
    /// Is it about registered people?
    pub fn personal(&self) -> bool {
        !self.who.is_empty()
    }
}
