//! Intents learnt from a company's examples.

#![expect(clippy::unwrap_used, reason = "a test may stop at once")]

use nlu::intent::{Classifier, Example, ModelError, Name, TrainError, Vectors, names};

/// What customers of a small shop write: text and intent, some out of scope.
fn rows() -> Vec<(String, String)> {
    let mut table = csv::Reader::from_reader(include_str!("examples.csv").as_bytes());
    table.deserialize().map(|row| row.unwrap()).collect()
}

fn examples(rows: &[(String, String)]) -> Vec<Example<'_>> {
    rows.iter().map(|(text, intent)| Example { text, intent }).collect()
}

fn shop() -> Classifier {
    Classifier::train(&examples(&rows()), &[], None).unwrap()
}

fn answer(model: &Classifier, text: &str) -> String {
    model.predict(text, None).unwrap().answer().to_owned()
}

#[test]
fn texts_that_were_never_seen_are_told_apart() {
    let model = shop();
    for (text, intent) in [
        ("where is the parcel i ordered", "delivery"),
        ("my shipment is late", "delivery"),
        ("please pay back my money, i want a refund", "refund"),
        ("reset my password please", "password"),
        ("why does my login not work", "password"),
    ] {
        assert_eq!(answer(&model, text), intent, "{text}");
    }
}

#[test]
fn slips_of_the_finger_capitals_and_accents_do_not_matter() {
    let model = shop();
    for (text, intent) in
        [("RESET MY PASWORD", "password"), ("where is my parcle", "delivery"), ("my réfund?", "refund")]
    {
        assert_eq!(answer(&model, text), intent, "{text}");
    }
}

#[test]
fn what_is_like_no_intent_is_declined() {
    let model = shop();
    for text in ["what is the capital of spain", "play jazz", "xyzzy", "", "…", "🦜🦜🦜"] {
        assert_eq!(answer(&model, text), "oos", "{text:?}");
    }
}

#[test]
fn what_looks_more_like_an_example_is_more_certain() {
    let model = shop();
    let confidence = |text| model.predict(text, None).unwrap().confidence;
    let [sure, less, least] = ["where is my parcel", "where is my parrot", "sing of parrots"].map(confidence);
    assert!(sure > less && less > least, "{sure} {less} {least}");
    assert!((0.0..=1.0).contains(&sure) && (0.0..=1.0).contains(&least));
}

#[test]
fn out_of_scope_is_no_intent_of_its_own() {
    assert_eq!(shop().intents().collect::<Vec<_>>(), ["delivery", "password", "refund"]);
}

#[test]
fn an_answer_is_explained_by_the_words_that_speak_for_it() {
    let model = shop();
    let reasons = model.explain("Please reset my password", "password");
    let words: Vec<&str> = reasons.iter().map(|reason| reason.word.as_str()).collect();
    assert_eq!(words, ["please", "reset", "my", "password"]);
    let strongest = reasons.iter().max_by(|a, b| a.weight.total_cmp(&b.weight)).unwrap();
    assert_eq!(strongest.word, "password");
    assert!(model.explain("reset my password", "delivery").iter().any(|reason| reason.weight < 0.0));
    assert_eq!(model.explain("reset my password", "no such intent"), []);
}

#[test]
fn the_same_examples_make_the_same_model() {
    assert_eq!(shop().to_bytes(), shop().to_bytes());
}

#[test]
fn a_model_that_was_kept_answers_as_before() {
    let (model, read) = (shop(), Classifier::from_bytes(&shop().to_bytes()).unwrap());
    assert_eq!(model, read);
    for (text, _) in rows() {
        assert_eq!(model.predict(&text, None), read.predict(&text, None), "{text}");
    }
}

#[test]
fn a_model_of_another_version_is_told_from_a_damaged_one() {
    let bytes = shop().to_bytes();
    let version = "parley intents\n".len();
    let mut newer = bytes.clone();
    newer[version] = 7;
    assert_eq!(Classifier::from_bytes(&newer), Err(ModelError::Version(7, 2)));
    assert_eq!(Classifier::from_bytes(b"text,intent\n"), Err(ModelError::NotAModel));
    for length in [version + 2, version + 20, bytes.len() / 2, bytes.len() - 1] {
        assert_eq!(Classifier::from_bytes(&bytes[..length]), Err(ModelError::Damaged), "cut at {length}");
    }
    assert_eq!(Classifier::from_bytes(&[bytes.as_slice(), b"x"].concat()), Err(ModelError::Damaged));
}

#[test]
fn a_model_of_the_version_before_is_still_read() {
    let mut older = shop().to_bytes();
    older["parley intents\n".len()] = 1;
    assert_eq!(Classifier::from_bytes(&older), Ok(shop()));
}

#[test]
fn examples_from_which_nothing_can_be_learnt_are_refused() {
    let train = |rows: &[(&str, &str)]| {
        let examples: Vec<Example<'_>> = rows.iter().map(|(text, intent)| Example { text, intent }).collect();
        Classifier::train(&examples, &[], None).unwrap_err()
    };
    assert_eq!(train(&[]), TrainError::NoExamples);
    assert_eq!(train(&[("tell me a joke", "oos")]), TrainError::NoExamples);
    assert_eq!(train(&[("hi", "greeting"), ("hello", "greeting")]), TrainError::OneIntent("greeting".into()));
    assert_eq!(train(&[("hi", "greeting"), (" ", "other")]), TrainError::NoText(2));
    assert_eq!(train(&[("hi", ""), ("bye", "farewell")]), TrainError::NoIntent(1));
}

#[test]
fn one_example_of_each_intent_is_enough_to_begin() {
    let examples = [("where is my parcel", "delivery"), ("reset my password", "password")]
        .map(|(text, intent)| Example { text, intent });
    let model = Classifier::train(&examples, &[], None).unwrap();
    assert_eq!(model.predict("my parcel please", None).unwrap().intent, "delivery");
}

#[test]
fn what_an_intent_is_called_says_what_it_is_about() {
    let examples = [("where is it", "parcel_delivery"), ("i forgot it", "password")]
        .map(|(text, intent)| Example { text, intent });
    let called = examples.map(|one| (one.intent, one.intent));
    let model = Classifier::train(&examples, &names(called), None).unwrap();
    assert_eq!(model.predict("my parcel please", None).unwrap().intent, "parcel_delivery");
    assert_eq!(model.predict("password", None).unwrap().intent, "password");
}

#[test]
fn numbered_intents_are_learnt_as_if_they_had_no_names() {
    let rows = rows();
    let numbered = [("delivery", "Intent 1"), ("password", "Intent 2"), ("refund", "Intent 3")];
    let model = Classifier::train(&examples(&rows), &names(numbered), None).unwrap();
    assert!(model.to_bytes() == shop().to_bytes());
}

#[test]
fn the_name_of_an_intent_without_examples_teaches_nothing() {
    let name = Name { intent: "weather".into(), words: "rain and sun".into() };
    let model = Classifier::train(&examples(&rows()), &[name], None).unwrap();
    assert!(model.to_bytes() == shop().to_bytes());
}

/// A sentence encoder that knows what two kinds of text are about, whatever their words.
fn vectors(texts: &[&str]) -> Vec<Vec<f32>> {
    let about_home = |text: &&str| ["house", "flat", "villa"].iter().any(|word| text.contains(word));
    texts.iter().map(|text| if about_home(text) { vec![1.0, 0.1] } else { vec![0.1, 1.0] }).collect()
}

#[test]
fn meaning_finds_what_words_do_not() {
    let texts = ["buy a house", "sell a house", "rent a flat", "buy a bus", "sell a bus", "rent a tram"];
    let intents = ["home", "home", "home", "vehicle", "vehicle", "vehicle"];
    let examples: Vec<Example<'_>> = texts.iter().zip(intents).map(|(text, intent)| Example { text, intent }).collect();
    let train = |vectors: &[Vec<f32>]| Classifier::train(&examples, &[], Some(Vectors { vectors, encoder: "made up" }));
    let model = train(&vectors(&texts)).unwrap();
    let model = Classifier::from_bytes(&model.to_bytes()).unwrap();
    assert_eq!(model.encoder(), Some("made up"));
    for (text, intent) in [("a villa", "home"), ("a canoe", "vehicle")] {
        let vector = vectors(&[text]);
        assert_eq!(model.predict(text, Some(&vector[0])).unwrap().intent, intent, "{text}");
    }
    assert_eq!(model.predict("a villa", None), Err(ModelError::Vector { expected: 2, found: 0 }));
    assert_eq!(model.predict("a villa", Some(&[1.0; 3])), Err(ModelError::Vector { expected: 2, found: 3 }));
    assert_eq!(train(&vectors(&texts)[1..]), Err(TrainError::Vectors));
    assert_eq!(train(&vec![vec![f32::NAN, 1.0]; 6]), Err(TrainError::Vectors));
}
