//! What a document holds, each field listed once: the schema is made from these lists.

use tantivy::schema::{
    BytesOptions, FAST, Field, INDEXED, IndexRecordOption, NumericOptions, Schema,
    TextFieldIndexing, TextOptions,
};

/// For lists that cannot fail to be made.
type Made<T> = Result<T, std::convert::Infallible>;

/// Part of what a generation must agree on; raised with every change of fields or of words.
pub(crate) const EDITION: u32 = 6;

macro_rules! fields {
    ($(#[$docs:meta])* $list:ident { $($(#[$doc:meta])* $name:ident,)+ }) => {
        $(#[$docs])*
        #[derive(Clone, Debug)]
        pub(crate) struct $list<T> { $($(#[$doc])* pub(crate) $name: T,)+ }

        impl<T> $list<T> {
            /// Makes each member from its name.
            pub(crate) fn make<E>(
                mut make: impl FnMut(&'static str) -> Result<T, E>,
            ) -> Result<Self, E> {
                Ok(Self { $($name: make(stringify!($name))?,)+ })
            }

            /// The members, in the order of the list.
            pub(crate) fn each(&self) -> impl Iterator<Item = &T> {
                [$(&self.$name,)+].into_iter()
            }
        }
    };
}

fields! {
    /// What is filtered, counted and sorted by; whole numbers in columns.
    Numbers {
        /// The two halves of the id.
        id_high,
        id_low,
        /// By what the documents of a segment are sorted: county, then occupation.
        order,
        /// Of everything in the document: the same means nothing to do.
        fingerprint,
        /// 9 digits, so that a node of the tree is a range; 0: not known.
        region,
        /// 7 digits, as `region`.
        occupation,
        /// Cents a month; -1: not comparable.
        pay_from,
        pay_to,
        /// The step asked for; 0: none.
        education,
        /// Months asked for; 0: none.
        experience,
        /// Place in the list of forms, from 1; 0: not said.
        form,
        /// One bit each.
        benefits,
        /// Days.
        posted,
        /// The last day.
        expires,
        /// Millionths of a degree; [`crate::vacancy::NOWHERE`]: not known.
        latitude,
        longitude,
        /// Characters that the title is shorter than the longest one that counts.
        brevity,
        /// Applications of a hundred that the employer answers in time; 50 where it is not known.
        answered,
    }
}

/// The fields of a schema.
pub(crate) struct Fields {
    /// By which a document is replaced and removed.
    pub(crate) id: Field,
    /// As [`crate::words::Words::document`] makes them.
    pub(crate) words: Field,
    pub(crate) numbers: Numbers<Field>,
}

/// Tokens come ready, separated by spaces; how often one stands is what it is worth.
fn tokens() -> TextOptions {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("whitespace")
        .set_index_option(IndexRecordOption::WithFreqs)
        .set_fieldnorms(false);
    TextOptions::default().set_indexing_options(indexing)
}

pub(crate) fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let id = schema.add_bytes_field("id", BytesOptions::from(INDEXED));
    let words = schema.add_text_field("words", tokens());
    let Ok(numbers) =
        Numbers::make(|name| Made::Ok(schema.add_i64_field(name, NumericOptions::from(FAST))));
    (schema.build(), Fields { id, words, numbers })
}
