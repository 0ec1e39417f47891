//! The knowledge base at the command line: articles come from files, answer questions, and are measured.

use crate::support::{World, binary, on_both};
use serde_json::{Value as Json, json};
use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

const RETURNS: &str = "---\ntitle: Returns\ncategory: Orders\n---\n# Returns\nWe are sorry.\n\n## How long\n\
                       Goods can be returned within **30 days**. Keep the box.\n";
const DELIVERY: &str = "<html><head><title>x</title><script>let y = 1;</script></head><body><h1>Delivery</h1>\
                        <h2>Times</h2><p>Parcels take <b>two days</b> &amp; a night.</p></body></html>";

/// A company's data folder beside the server's, and a folder of articles.
struct Desk<'a> {
    world: &'a World,
    data: TempDir,
    articles: TempDir,
}

impl<'a> Desk<'a> {
    fn new(world: &'a World) -> Self {
        let desk = Self { world, data: tempfile::tempdir().unwrap(), articles: tempfile::tempdir().unwrap() };
        desk.write("returns.md", RETURNS);
        desk.write("orders/delivery.html", DELIVERY);
        desk.write("notes.txt", "No article.");
        desk
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.articles.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(binary());
        command.env_clear().arg("--json").arg("--data").arg(self.data.path());
        command.args(["--database-url", &self.world.program.database_url, "--tenant", &self.world.tenant.slug]);
        command.arg("kb").args(arguments).output().unwrap()
    }

    fn json(&self, arguments: &[&str]) -> Json {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).unwrap()
    }

    fn import(&self, flags: &[&str]) -> Json {
        self.json(&[&["import", self.articles.path().to_str().unwrap()], flags].concat())
    }
}

fn counts(created: u32, updated: u32, unchanged: u32) -> Json {
    json!({"created": created, "updated": updated, "unchanged": unchanged})
}

#[tokio::test]
async fn articles_are_imported_as_drafts_published_when_asked_and_importing_again_changes_nothing() {
    on_both(|world| async move {
        let desk = Desk::new(&world);
        assert_eq!(desk.import(&[]), counts(2, 0, 0));
        assert_eq!(desk.import(&[]), counts(0, 0, 2));
        let question = ["answer", "How long do parcels take?"];
        assert_eq!(desk.json(&question)["passages"], json!([]), "a draft answers nothing");
        assert_eq!(desk.import(&["--publish"]), counts(0, 2, 0));
        assert_eq!(desk.import(&["--publish"]), counts(0, 0, 2));
        assert_eq!(desk.import(&[]), counts(0, 0, 2), "nothing is taken back");
        let answer = desk.json(&question);
        assert_eq!(answer["sentences"][0]["text"], "Parcels take two days & a night.");
        assert_eq!(answer["passages"][0]["slug"], "orders-delivery");
        assert_eq!(answer["passages"][0]["anchor"], "times");

        desk.write("returns.md", &RETURNS.replace("30 days", "60 days"));
        assert_eq!(desk.import(&[]), counts(0, 1, 1));
        let answer = desk.json(&["answer", "Until when can goods be returned?"]);
        assert_eq!(answer["sentences"][0]["text"], "Goods can be returned within 60 days.");
    })
    .await;
}

#[tokio::test]
async fn an_answer_cites_the_bytes_of_the_article_that_it_comes_from() {
    on_both(|world| async move {
        let desk = Desk::new(&world);
        desk.import(&["--publish"]);
        let answer = desk.json(&["answer", "And how many days?", "--earlier", "Can I return goods?"]);
        let id = answer["passages"][0]["article"].as_str().unwrap();
        let article = world.admin.get(&format!("/records/article/{id}")).await.expect(200);
        let span = &answer["sentences"][0]["span"];
        let at = |end: &str| usize::try_from(span[end].as_u64().unwrap()).unwrap();
        let body = article["body"].as_str().unwrap();
        assert_eq!(&body[at("start")..at("end")], "Goods can be returned within **30 days**.");
    })
    .await;
}

#[tokio::test]
async fn internal_articles_answer_staff_only() {
    on_both(|world| async move {
        let desk = Desk::new(&world);
        desk.import(&["--publish", "--internal"]);
        assert_eq!(desk.json(&["answer", "parcels"])["passages"], json!([]));
        assert_eq!(desk.json(&["answer", "parcels", "--staff"])["passages"][0]["internal"], true);
    })
    .await;
}

#[tokio::test]
async fn a_file_that_cannot_be_an_article_is_named() {
    on_both(|world| async move {
        let desk = Desk::new(&world);
        desk.write("wrong.md", "---\ntitle: No end\n");
        let output = desk.run(&["import", desk.articles.path().to_str().unwrap()]);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.code() == Some(1) && told.contains("wrong.md"), "{told}");
        let empty = tempfile::tempdir().unwrap();
        let output = desk.run(&["import", empty.path().to_str().unwrap()]);
        assert!(String::from_utf8_lossy(&output.stderr).contains("no Markdown or HTML file"));
    })
    .await;
}

#[test]
fn a_trial_ranks_articles_for_questions_and_needs_no_database() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, lines: &[Json]| {
        let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
        std::fs::write(folder.path().join(name), text).unwrap();
    };
    let article = |id: &str, title: &str, text: &str| json!({"_id": id, "title": title, "text": text});
    let corpus = [article("a1", "Cats", "Cats sleep all day."), article("a2", "Dogs", "Dogs bark at night.")];
    write("corpus.jsonl", &corpus);
    let question = |id: &str, text: &str| json!({"_id": id, "text": text});
    write("queries.jsonl", &[question("q1", "Who is barking?"), question("q2", "the slepe of cats")]);
    let ranked = evaluate(folder.path());
    let found: Vec<Vec<&str>> = ranked.lines().map(|line| line.split(' ').take(4).collect()).collect();
    assert_eq!(found, [["q1", "Q0", "a2", "1"], ["q2", "Q0", "a1", "1"]], "{ranked}");
}

fn evaluate(folder: &Path) -> String {
    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let arguments = [
        "kb",
        "eval",
        "--corpus",
        &path("corpus.jsonl"),
        "--queries",
        &path("queries.jsonl"),
        "--out",
        &path("run.txt"),
    ];
    let output = Command::new(binary()).env_clear().current_dir(folder).args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(!folder.join("parley-data").exists());
    std::fs::read_to_string(path("run.txt")).unwrap()
}
