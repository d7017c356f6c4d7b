//! What a question was understood to look for, for somebody whom it found nothing.

use crate::Index;

impl Index {
    /// The words that a text is understood to look for.
    pub fn words(&self, text: &str) -> Vec<String> {
        self.words.question(text).words().collect()
    }
}
