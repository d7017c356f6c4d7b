//! Titles judged by hand, against the two ways that everybody knows: BM25 over the words of a
//! dictionary, and characters alone. The judgements were written before anything was tuned to them;
//! sets with an even number were looked at only at the end.

#![expect(clippy::cast_precision_loss, reason = "some hundred titles")]

use std::{collections::HashMap, fmt::Write as _, fs, sync::LazyLock};

use app::intake::{self, Choice, Given};
use jieba_rs::Jieba;
use model::{
    access::Actor,
    intake::Noun,
    occupation::classify::Classifier,
    title::{Title, likeness::Likeness, measure::Measures},
};
use serde_json::json;

use crate::world::{World, both};

/// What was measured last: mean average precision and the first and the first ten
/// codes, of all titles. A change may cost a hundredth.
const RECORDED: [(&str, [f64; 3]); 2] =
    [("zh", [0.954, 0.951, 0.992]), ("en", [0.900, 0.720, 0.994])];
const SLACK: f64 = 0.01;

static CLASSIFIER: LazyLock<Classifier> = LazyLock::new(store::reference::classifier);

struct Judged {
    family: String,
    set: u32,
    title: String,
    /// Of the classification of 2022 for Chinese titles, of ISCO-08 for English ones.
    code: String,
}

fn judged(language: &str) -> Vec<Judged> {
    let path = format!("{}/judged/titles-{language}.csv", env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(path).unwrap();
    let rows = csv::Reader::from_reader(text.as_bytes()).into_records().map(Result::unwrap);
    rows.map(|row| Judged {
        family: row[0].into(),
        set: row[1].parse().unwrap(),
        title: row[2].into(),
        code: row[3].into(),
    })
    .collect()
}

/// How alike every title is to one.
type Way<'a> = dyn Fn(&str) -> Vec<f32> + 'a;

/// Means over the titles of one half: relevant are those of the same set, a little those of the
/// same family.
fn measured(titles: &[Judged], half: u32, scores: &Way<'_>) -> Measures {
    let mut all = Vec::new();
    for (at, asked) in titles.iter().enumerate().filter(|(_, t)| t.set % 2 == half) {
        let mut ranked: Vec<(usize, f32)> = scores(&asked.title).into_iter().enumerate().collect();
        ranked.retain(|(other, _)| *other != at);
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let same = |other: &Judged| u32::from(other.set == asked.set);
        let near = |other: &Judged| u32::from(other.family == asked.family) + same(other);
        let grades = |grade: &dyn Fn(&Judged) -> u32| -> Vec<u32> {
            ranked.iter().map(|(other, _)| grade(&titles[*other])).collect()
        };
        let (same, near) = (grades(&same), grades(&near));
        let ndcg10 = Measures::of(&near, &near).unwrap().ndcg10;
        all.push(Measures { ndcg10, ..Measures::of(&same, &same).unwrap() });
    }
    Measures::mean(&all)
}

/// BM25 (k1 1.2, b 0.75) over tokens.
fn bm25(documents: &[Vec<String>], query: &[String]) -> Vec<f32> {
    let count = documents.len() as f32;
    let mean = documents.iter().map(Vec::len).sum::<usize>() as f32 / count;
    let mut scores = vec![0.0; documents.len()];
    for word in query {
        let times = |document: &Vec<String>| document.iter().filter(|w| *w == word).count() as f32;
        let with = documents.iter().filter(|d| d.contains(word)).count() as f32;
        let rarity = (1.0 + (count - with + 0.5) / (with + 0.5)).ln();
        for (score, document) in scores.iter_mut().zip(documents) {
            let (times, length) = (times(document), document.len() as f32 / mean);
            *score += rarity * times * 2.2 / (times + 1.2 * (0.25 + 0.75 * length));
        }
    }
    scores
}

/// Characters alone and in pairs, tf-idf, cosine.
fn by_characters(titles: &[Judged]) -> impl Fn(&str) -> Vec<f32> {
    let count = |text: &str| {
        let characters: Vec<char> = text.to_lowercase().chars().collect();
        let mut counted: HashMap<String, f32> = HashMap::new();
        for gram in characters.windows(1).chain(characters.windows(2)) {
            *counted.entry(gram.iter().collect()).or_default() += 1.0;
        }
        counted
    };
    let counted: Vec<_> = titles.iter().map(|title| count(&title.title)).collect();
    let mut with: HashMap<String, f32> = HashMap::new();
    counted
        .iter()
        .flat_map(HashMap::keys)
        .for_each(|gram| *with.entry(gram.clone()).or_default() += 1.0);
    let all = titles.len() as f32;
    let weigh = move |grams: &HashMap<String, f32>| {
        let rarity = |gram| (1.0 + all / with.get(gram).copied().unwrap_or(1.0)).ln();
        let weighed = grams.iter().map(|(gram, n)| (gram.clone(), n * rarity(gram)));
        let mut weighed: HashMap<String, f32> = weighed.collect();
        let length = weighed.values().map(|w| w * w).sum::<f32>().sqrt();
        for weight in weighed.values_mut() {
            *weight /= length;
        }
        weighed
    };
    let weighed: Vec<_> = counted.iter().map(&weigh).collect();
    move |query| {
        let query = weigh(&count(query));
        let cosine = |document: &HashMap<String, f32>| {
            query.iter().filter_map(|(gram, w)| Some(w * document.get(gram)?)).sum()
        };
        weighed.iter().map(cosine).collect()
    }
}

/// Shares of titles of one half whose code comes first, and in the first ten.
fn coded(titles: &[Judged], half: u32, language: &str) -> [f64; 2] {
    let space = CLASSIFIER.space();
    let (mut count, mut first, mut ten) = (0.0, 0.0, 0.0);
    for asked in titles.iter().filter(|t| t.set % 2 == half) {
        let fit = space.fit(&Title::new(&asked.title));
        let found = if language == "zh" { space.ours(&fit, 10) } else { space.isco(&fit, 10) };
        let place = found.iter().position(|(code, _)| *code == asked.code);
        count += 1.0;
        first += f64::from(u8::from(place == Some(0)));
        ten += f64::from(u8::from(place.is_some()));
    }
    [first / count, ten / count]
}

#[test]
fn similar_titles_and_their_occupations_are_found_as_well_as_before() {
    let jieba = Jieba::new();
    let tokens = |text: &str| -> Vec<String> {
        let lower = text.to_lowercase();
        let words = jieba.cut(&lower, false).into_iter().map(|token| token.word.to_owned());
        words.filter(|word| word.chars().any(char::is_alphanumeric)).collect()
    };
    let mut fallen = Vec::new();
    for (language, recorded) in RECORDED {
        let titles = judged(language);
        let documents: Vec<_> = titles.iter().map(|title| tokens(&title.title)).collect();
        let texts: Vec<&str> = titles.iter().map(|title| title.title.as_str()).collect();
        let likeness = Likeness::new(CLASSIFIER.space(), &texts);
        let characters = by_characters(&titles);
        let words = |query: &str| bm25(&documents, &tokens(query));
        let ours = |query: &str| likeness.all(query);
        let mut reached = [0.0; 3];
        for (half, name) in [(1, "seen"), (0, "held out")] {
            let ways: [(&str, &Way<'_>); 3] =
                [("BM25, words", &words), ("characters", &characters), ("ours", &ours)];
            for (way, scores) in ways {
                let Measures { map, mrr, p5, ndcg10, .. } = measured(&titles, half, scores);
                println!(
                    "{language} {name:9} {way:12} MAP {map:.3} MRR {mrr:.3} P@5 {p5:.3} nDCG@10 {ndcg10:.3}"
                );
                if way == "ours" {
                    reached[0] += map / 2.0;
                }
            }
            let [first, ten] = coded(&titles, half, language);
            println!("{language} {name:9} code first {first:.3}, in ten {ten:.3}");
            reached[1] += first / 2.0;
            reached[2] += ten / 2.0;
        }
        println!("{language} recorded {recorded:?}, reached {reached:.3?}");
        let below = |(now, before): (&f64, &f64)| *now < *before - SLACK;
        fallen.extend(reached.iter().zip(&recorded).any(below).then_some(language));
    }
    assert!(fallen.is_empty(), "worse than recorded: {fallen:?}");
}

#[test]
fn a_guess_is_right_as_often_as_it_says() {
    let titles = judged("zh");
    let mut bands: [[f64; 3]; 5] = Default::default();
    for asked in &titles {
        for guess in CLASSIFIER.classify(&asked.title, 10) {
            let band = usize::try_from(guess.confidence / 20).unwrap().min(4);
            bands[band][0] += 1.0;
            bands[band][1] += guess.confidence as f64 / 100.0;
            bands[band][2] += f64::from(u8::from(guess.code == asked.code));
        }
    }
    let all: f64 = bands.iter().map(|band| band[0]).sum();
    let mut error = 0.0;
    for [count, said, right] in bands {
        let most = f64::max(count, 1.0);
        println!("{count:5} guesses say {:.2} and are right {:.2}", said / most, right / most);
        error += (said - right).abs() / all;
    }
    println!("mean error {error:.3}");
    assert!(error < 0.05, "{error}");
}

#[test]
fn what_is_no_title_is_not_guessed() {
    for title in ["", "？？？", "20260101", "qwxzv kjhgf", "包吃住，五险一金"] {
        let guesses = CLASSIFIER.classify(title, 10);
        println!("{title}: {guesses:?}");
        assert!(guesses.is_empty(), "{title}: {guesses:?}");
    }
}

#[tokio::test]
async fn programs_ask_what_one_title_or_many_mean() {
    both(async |world| {
        let one =
            "/api/v1/occupations/classify?title=%E6%80%A5%E8%81%98%E7%94%B5%E7%84%8A%E5%B7%A5";
        let told = world.stranger().get(one).await.is(200).json();
        let best = &told["items"][0]["guesses"][0];
        assert_eq!((&best["code"], &best["name"]), (&json!("6-18-02-04"), &json!("焊工")));
        assert!(best["confidence"].as_i64().unwrap() >= 90, "{told}");
        let ask = async |titles: Vec<&str>| {
            let body = json!({ "titles": titles, "limit": 3 }).to_string();
            let path = "/api/v1/occupations/classify";
            world.stranger().post(path, "application/json", body).await
        };
        let many = ask(vec!["Registered Nurse", "qwxzv"]).await.is(200).json();
        assert_eq!(many["items"][0]["guesses"][0]["code"], "2-05-08-01");
        assert_eq!(many["items"][1]["guesses"], json!([]));
        ask(vec![]).await.is(422);
        ask(vec!["焊工"; 1_001]).await.is(422);
        ask(vec!["工".repeat(201).as_str()]).await.is(422);
    })
    .await;
}

/// Posts of two trades, one of them in two cities.
async fn posts(world: &World) -> String {
    let mut text = "岗位编号,单位名称,岗位名称,工作地点".to_owned();
    let titles = ["电焊工", "氩弧焊工", "焊工学徒", "厨师"];
    for (n, title) in titles.iter().cycle().take(8).enumerate() {
        let place = if n < 4 { "甘谷县" } else { "兰州市城关区" };
        write!(text, "\n{n},甘谷县第{n}厂,{title},{place}").unwrap();
    }
    let path = world.folder.path().join("posts.csv");
    fs::write(&path, text).unwrap();
    let given = Given { noun: Noun::Vacancies, name: "posts.csv", path: &path };
    let office = Actor::office("test");
    intake::import(&world.app, &office, given, &Choice::Recognise, &|_| ()).await.unwrap();
    app::event::catch_up(&world.app).await.unwrap();
    let found = world.stranger().get("/api/v1/vacancies?region=620523").await.is(200).json();
    let items = found["items"].as_array().unwrap();
    let welder = items.iter().find(|item| item["title"] == "电焊工").unwrap();
    welder["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_vacancy_leads_to_others_of_its_kind() {
    both(async |world| {
        let id = posts(world).await;
        let ask = async |most: usize| {
            let path = format!("/api/v1/vacancies/{id}/similar?limit={most}");
            world.stranger().get(&path).await.is(200).json()
        };
        let near = ask(1).await;
        assert_eq!(near["items"].as_array().unwrap().len(), 1);
        let all = ask(20).await;
        let all = all["items"].as_array().unwrap();
        assert_eq!(
            (all[0]["title"].as_str(), all[0]["likeness"].as_i64()),
            (Some("电焊工"), Some(100))
        );
        assert!(all.iter().all(|item| item["title"] != "厨师" && item["id"] != id.as_str()));
        assert_eq!(all.len(), 5, "those of the other city come in where there are few");
        let page = world.stranger().get(&format!("/vacancies/{id}")).await.is(200).text();
        assert!(page.contains("相似岗位") && page.contains("氩弧焊工"));
    })
    .await;
}
