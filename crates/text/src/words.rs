//! Sentences by key: `vacancy.form_unknown` is the message `form_unknown` of `vacancy.ftl`.
//!
//! Each file is read once, when its first sentence is asked for.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{LazyLock, RwLock},
};

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use model::Refusal;
use rust_embed::RustEmbed;

use crate::{Lang, number};

#[derive(RustEmbed)]
#[folder = "../../web/locales"]
struct Files;

type Bundle = FluentBundle<FluentResource>;

static BUNDLES: LazyLock<HashMap<(Lang, String), Bundle>> = LazyLock::new(|| {
    let pairs = Lang::ALL.iter().flat_map(|&lang| {
        let nouns = nouns(lang).into_iter();
        nouns.map(move |(noun, source)| ((lang, noun), bundle(lang, source)))
    });
    pairs.collect()
});

/// The sentence for `key` (`noun.name`), with its values filled in. A key that does not exist is
/// given back as it is: a test keeps that from happening.
pub fn t(lang: Lang, key: &str, args: &[(&str, FluentValue<'_>)]) -> String {
    find(lang, key, args).unwrap_or_else(|| key.to_owned())
}

/// What a refusal says.
pub fn say(lang: Lang, refusal: &Refusal) -> String {
    t(lang, refusal.code, &values(refusal))
}

/// How to mend what was refused, where there is a way.
pub fn remedy(lang: Lang, refusal: &Refusal) -> Option<String> {
    find(lang, &format!("{}-remedy", refusal.code), &values(refusal))
}

fn values(refusal: &Refusal) -> Vec<(&'static str, FluentValue<'_>)> {
    refusal.args.iter().map(|(name, value)| (*name, value.as_str().into())).collect()
}

/// Sentences without values as they were last made, by key: most of a page is made of these. There
/// are no more than there are messages.
static PLAIN: [RwLock<BTreeMap<String, String>>; Lang::ALL.len()] =
    [const { RwLock::new(BTreeMap::new()) }; Lang::ALL.len()];

/// The sentence for `key`, where there is one.
pub fn find(lang: Lang, key: &str, args: &[(&str, FluentValue<'_>)]) -> Option<String> {
    let plain = PLAIN.get(lang as usize).filter(|_| args.is_empty());
    let known = plain.and_then(|plain| plain.read().ok()?.get(key).cloned());
    known.or_else(|| {
        let made = make(lang, key, args)?;
        if let Some(mut plain) = plain.and_then(|plain| plain.write().ok()) {
            plain.insert(key.to_owned(), made.clone());
        }
        Some(made)
    })
}

fn make(lang: Lang, key: &str, args: &[(&str, FluentValue<'_>)]) -> Option<String> {
    let (noun, id) = key.split_once('.')?;
    let bundle = BUNDLES.get(&(lang, noun.to_owned()))?;
    let pattern = bundle.get_message(&id.replace('.', "-"))?.value()?;
    let args: FluentArgs<'_> = args.iter().map(|(name, value)| (*name, value.clone())).collect();
    Some(bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned())
}

/// The files of one language: noun and text.
fn nouns(lang: Lang) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for path in Files::iter() {
        let noun = path.strip_prefix(lang.tag()).and_then(|p| p.strip_prefix('/'));
        let Some(noun) = noun.and_then(|p| p.strip_suffix(".ftl")) else { continue };
        let Some(file) = Files::get(&path) else { continue };
        found.push((noun.to_owned(), String::from_utf8_lossy(&file.data).into_owned()));
    }
    found
}

fn bundle(lang: Lang, source: String) -> Bundle {
    // what cannot be read is left out, as an unknown key is; the test below reads it all
    let resource = FluentResource::try_new(source).unwrap_or_else(|(read, _)| read);
    let tag = lang.tag().parse().unwrap_or_default();
    let mut bundle = Bundle::new_concurrent(vec![tag]);
    // marks of direction around every value would end up in copied text and in search
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(|value, _| match value {
        FluentValue::Number(n) => Some(number::decimal(n.value)),
        FluentValue::String(_)
        | FluentValue::Custom(_)
        | FluentValue::None
        | FluentValue::Error => None,
    }));
    bundle.add_resource_overriding(resource);
    bundle
}

#[cfg(test)]
mod tests;
