//! How sure answers are on a small shelf: the articles of the demo company, and questions in its customers' words.
//!
//! `demo/answered.tsv` has questions and the articles that answer them, `demo/unanswered.tsv` questions that none does,
//! `demo/follow_ups.tsv` questions, what is asked after them, and the passage that answers that, or `-`.
//! The weights of the confidence were not fitted on them; the threshold was chosen with an eye on them.

use kb_index::{Answer, CONFIDENT, Calibration, Judged, Question, Trial};
use std::path::{Path, PathBuf};

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn demo() -> Trial {
    let mut trial = Trial::new("en").unwrap();
    for entry in std::fs::read_dir(here("../examples/demo/articles")).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let (front, body) = text.trim_start_matches("---\n").split_once("---\n").unwrap();
        let says = |line: &str| front.lines().any(|other| other == line);
        if says("language: en") && says("visibility: public") {
            let title = front.lines().find_map(|line| line.strip_prefix("title: ")).unwrap();
            trial.add(path.file_stem().unwrap().to_str().unwrap(), title, body).unwrap();
        }
    }
    trial.ready().unwrap();
    trial
}

fn questions(file: &str) -> Vec<String> {
    let text = std::fs::read_to_string(here("tests/index/demo").join(file)).unwrap();
    text.lines().map(str::to_owned).collect()
}

/// The answer that would be given without a person, if any.
fn given(trial: &Trial, text: &str) -> Option<Judged> {
    trial.answer(Question { text, earlier: None }).unwrap().filter(|answer| answer.confidence >= CONFIDENT)
}

#[test]
fn most_questions_that_an_article_answers_are_answered_from_it_without_a_person() {
    let trial = demo();
    let rows = questions("answered.tsv");
    let missed = |row: &&String| {
        let (question, article) = row.split_once('\t').unwrap();
        given(&trial, question).is_none_or(|answer| answer.name != article)
    };
    let missed: Vec<&String> = rows.iter().filter(missed).collect();
    assert!(missed.len() * 100 <= rows.len() * 15, "{} of {} missed: {missed:#?}", missed.len(), rows.len());
}

#[test]
fn hardly_any_question_that_no_article_answers_is_answered() {
    let trial = demo();
    let questions = questions("unanswered.tsv");
    let wrong: Vec<_> = questions.iter().filter_map(|text| Some((text, given(&trial, text)?))).collect();
    assert!(wrong.len() * 100 <= questions.len() * 5, "{wrong:#?}");
}

#[test]
fn most_follow_ups_are_answered_from_the_passage_that_is_asked_about_and_hardly_any_from_another_article() {
    let trial = demo();
    let (mut right, mut elsewhere) = (Vec::new(), Vec::new());
    let rows = questions("follow_ups.tsv");
    for row in &rows {
        let [earlier, text, wanted] = row.split('\t').collect::<Vec<_>>().try_into().unwrap();
        let answer = trial.answer(Question { text, earlier: Some(earlier) }).unwrap();
        let given = answer.filter(|answer| answer.confidence >= CONFIDENT);
        let place = given.as_ref().map_or("-".to_owned(), |given| format!("{}#{}", given.name, given.anchor));
        if place == wanted || given.as_ref().is_some_and(|given| given.name == wanted) {
            right.push(row);
        } else if given.is_some_and(|given| wanted.split('#').next() != Some(&given.name)) {
            elsewhere.push(row);
        }
    }
    assert!(right.len() * 100 >= rows.len() * 75, "{} of {}", right.len(), rows.len());
    assert!(elsewhere.len() * 100 <= rows.len() * 5, "{elsewhere:#?}");
}

#[test]
fn the_passage_that_answers_is_cited_and_not_the_one_that_leads_in() {
    let trial = demo();
    for (question, anchor) in [
        ("how do I invite a colleague to the portal", "invite-somebody"),
        ("how do i set up two factor authentication", "switch-it-on"),
        ("how do i restore a backup", "restore"),
        ("how do i reset my password", "you-can-receive-e-mail"),
        ("how can i reset the administrator password of the gateway", "password-of-a-gateway"),
    ] {
        let answer = trial.answer(Question { text: question, earlier: None }).unwrap().unwrap();
        assert_eq!(answer.anchor, anchor, "{question}");
    }
}

#[test]
fn an_answer_to_nothing_is_none() {
    assert_eq!(demo().answer(Question { text: "", earlier: None }).unwrap(), None);
    assert_eq!(given(&demo(), "the of and"), None);
}

#[test]
fn a_company_whose_answers_do_not_help_is_answered_less() {
    let answer = Answer { confidence: 0.7, confident: true, sentences: Vec::new(), passages: Vec::new() };
    let unhelpful = Calibration::fit(&[(0.7, false); 100]);
    assert!(!answer.clone().calibrated(&unhelpful).confident);
    assert_eq!(answer.clone().calibrated(&Calibration::default()), answer);
}
