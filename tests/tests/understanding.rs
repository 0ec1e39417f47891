//! What the understanding of language makes of texts, at the command line: times, and intents learnt from examples.

use crate::support::binary;
use serde_json::{Value as Json, json};
use std::io::Write;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

const EXAMPLES: &str = include_str!("../../nlu/tests/intent/examples.csv");

/// A folder of tables and models.
struct Folder(TempDir);

impl Folder {
    /// With the examples of a small shop.
    fn new() -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        folder.write("train.csv", EXAMPLES);
        folder
    }

    /// The same, with a model of them.
    fn trained() -> Self {
        let folder = Self::new();
        folder.done(&["train", "--out", "shop.model", "train.csv"]);
        folder
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.0.path().join(name), text).unwrap();
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(binary());
        command.env_clear().current_dir(self.0.path()).arg("nlu").args(arguments).output().unwrap()
    }

    /// What a command prints that must succeed.
    fn done(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// What a command says that must fail, and print nothing.
    fn refused(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0), "{arguments:?}");
        String::from_utf8(output.stderr).unwrap()
    }

    /// The intents of texts, in their order.
    fn intents(&self, texts: &str) -> Vec<String> {
        self.write("texts.csv", texts);
        let table = self.done(&["predict", "--model", "shop.model", "texts.csv"]);
        let cell = |line: &str| line.rsplit(',').nth(1).unwrap().to_owned();
        table.lines().skip(1).map(cell).collect()
    }
}

#[test]
fn intents_are_told_of_texts_that_were_never_seen_and_declined_out_of_scope() {
    let folder = Folder::trained();
    let texts = "text\nwhere is the parcel i ordered\n\"please, I want a refund\"\nreset my pasword\nplay jazz\n";
    assert_eq!(folder.intents(texts), ["delivery", "refund", "password", "oos"]);
}

#[test]
fn predictions_are_a_table_with_a_row_for_each_text_in_its_order() {
    let folder = Folder::trained();
    folder.write("texts.csv", "intent,text\nrefund,\"a \"\"refund\"\", please\"\npassword,my password\n");
    let table = folder.done(&["predict", "--model", "shop.model", "texts.csv"]);
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(lines.len(), 3);
    assert_eq!(lines[0], "text,intent,confidence");
    assert!(lines[1].starts_with("\"a \"\"refund\"\", please\",refund,0."), "{table}");
    assert!(lines[2].starts_with("my password,password,0."), "{table}");
}

#[test]
fn an_explained_prediction_names_the_words_that_speak_for_it() {
    let folder = Folder::trained();
    folder.write("texts.csv", "text\nreset my password\n");
    let table = folder.done(&["predict", "--model", "shop.model", "--explain", "texts.csv"]);
    assert!(table.starts_with("text,intent,confidence,likeliest,because\n"), "{table}");
    assert!(table.contains(",password,\"password (+"), "{table}");
}

#[test]
fn training_twice_writes_the_same_model() {
    let folder = Folder::trained();
    folder.done(&["train", "--out", "again.model", "train.csv"]);
    let read = |name: &str| std::fs::read(folder.0.path().join(name)).unwrap();
    assert!(read("shop.model") == read("again.model"));
}

#[test]
fn tables_that_cannot_be_learnt_from_are_refused_with_the_reason() {
    let folder = Folder::new();
    for (table, reason) in [
        ("", "no column \"text\""),
        ("text,intent\n", "no examples of any intent"),
        ("text,label\nhi,greeting\n", "no column \"intent\""),
        ("text,intent\nhi,greeting\nhello,greeting\n", "at least two intents"),
        ("text,intent\nhi,greeting\n,farewell\n", "example 2 has no text"),
        ("text,intent\nhi,greeting\nbye\n", "line: 3"),
    ] {
        folder.write("bad.csv", table);
        let told = folder.refused(&["train", "--out", "bad.model", "bad.csv"]);
        assert!(told.contains("bad.csv") && told.contains(reason), "{table:?}: {told}");
    }
    assert!(!folder.0.path().join("bad.model").exists());
}

#[test]
fn what_is_no_model_or_no_encoder_is_refused_with_the_reason() {
    let folder = Folder::trained();
    let mut newer = std::fs::read(folder.0.path().join("shop.model")).unwrap();
    newer["parley intents\n".len()] = 200;
    std::fs::write(folder.0.path().join("newer.model"), newer).unwrap();
    for (arguments, reason) in [
        (vec!["--model", "train.csv"], "not a model"),
        (vec!["--model", "missing.model"], "No such file"),
        (vec!["--model", "newer.model"], "version 200"),
        (vec!["--model", "shop.model", "--encoder", "."], "trained without an encoder"),
    ] {
        let told = folder.refused(&[&["predict"], arguments.as_slice(), &["train.csv"]].concat());
        assert!(told.contains(reason), "{arguments:?}: {told}");
    }
    let told = folder.refused(&["train", "--out", "x.model", "--encoder", ".", "train.csv"]);
    assert!(told.contains("config.json"), "{told}");
}

/// What `parley nlu time --jsonl` writes for lines.
fn times(arguments: &[&str], lines: &str) -> Output {
    let mut command = Command::new(binary());
    command.env_clear().args(["nlu", "time", "--jsonl"]).args(arguments);
    let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut running = piped.spawn().unwrap();
    running.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
    running.wait_with_output().unwrap()
}

/// The answers to texts that are said on Saturday, 21 November 2026, in Berlin.
fn found(arguments: &[&str], texts: &[&str]) -> Vec<Json> {
    let line = |(id, text): (usize, &&str)| {
        format!("{}\n", json!({"id": id, "text": text, "now": "2026-11-21T09:00:00Z", "zone": "Europe/Berlin"}))
    };
    let output = times(arguments, &texts.iter().enumerate().map(line).collect::<String>());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output
        .stdout
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty())
        .map(|line| serde_json::from_slice(line).unwrap())
        .collect()
}

#[test]
fn times_are_found_with_their_place_in_characters() {
    let answers = found(&["--likeliest"], &["für den Café-Besuch: tomorrow at 5 pm", "nothing of the kind"]);
    assert_eq!(answers.len(), 2);
    let time = &answers[0]["found"][0];
    assert_eq!(answers[0]["id"], 0);
    assert_eq!((&time["text"], &time["start"], &time["end"]), (&json!("tomorrow at 5 pm"), &json!(21), &json!(37)));
    assert_eq!((&time["kind"], &time["from"]), (&json!("datetime"), &json!("2026-11-22T17:00:00")));
    assert_eq!(answers[1], json!({"id": 1, "found": []}));
}

#[test]
fn days_ranges_and_durations_are_told_apart() {
    let answers = found(&["--likeliest"], &["on 3 May 2027", "from 3 May to 5 May 2027", "for two hours"]);
    let first = |i: usize| answers[i]["found"][0].clone();
    assert_eq!((&first(0)["kind"], &first(0)["from"]), (&json!("date"), &json!("2027-05-03T00:00:00")));
    assert_eq!(first(1)["kind"], "range");
    assert_eq!((&first(1)["from"], &first(1)["to"]), (&json!("2027-05-03T00:00:00"), &json!("2027-05-06T00:00:00")));
    assert_eq!((&first(2)["kind"], &first(2)["seconds"]), (&json!("duration"), &json!(7200.0)));
}

#[test]
fn texts_are_read_in_the_language_that_is_named() {
    let answers = found(&["--likeliest", "--language", "de"], &["übermorgen"]);
    assert_eq!(answers[0]["found"][0]["from"], "2026-11-23T00:00:00");
}

#[test]
fn lines_that_are_no_texts_are_refused_with_the_reason() {
    for (line, reason) in [
        ("no json\n", "no json"),
        ("{\"id\":1,\"text\":\"today\"}\n", "missing field"),
        ("{\"id\":1,\"text\":\"today\",\"now\":\"2026-11-21T09:00:00Z\",\"zone\":\"Moon/Sea\"}\n", "Moon/Sea"),
    ] {
        let output = times(&[], line);
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.code() == Some(1) && told.contains(reason), "{line}: {told}");
    }
    assert_ne!(times(&["--language", "xx"], "").status.code(), Some(0));
}
