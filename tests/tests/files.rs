//! Files go in and come out as they were.

use crate::support::{Client, Engine, Program, World, on_both, send};
use reqwest::Method;
use serde_json::{Value as Json, json};

async fn upload(world: &World, query: &[(&str, &str)], media_type: &str, content: &[u8]) -> Json {
    let request = world.admin.request(Method::POST, "/files").query(query).header("content-type", media_type);
    send(request.body(content.to_vec())).await.expect(201)
}

fn path(file: &Json) -> String {
    format!("/files/{}", file["id"].as_str().unwrap())
}

#[tokio::test]
async fn a_file_comes_back_byte_by_byte() {
    on_both(async |world| {
        let content: Vec<u8> = (0..7_000_000_u32).map(|n| (n % 251) as u8).collect();
        let file = upload(&world, &[("name", "Übersicht.bin")], "application/octet-stream", &content).await;
        assert_eq!(
            (&file["object"], &file["name"], &file["bytes"]),
            (&json!("attachment"), &json!("Übersicht.bin"), &json!(7_000_000))
        );
        let answer = world.admin.get(&path(&file)).await;
        assert_eq!(
            answer.header("content-disposition"),
            "attachment; filename=\"_bersicht.bin\"; filename*=UTF-8''%C3%9Cbersicht.bin"
        );
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert!(answer.header("content-security-policy").contains("sandbox"));
        assert!(answer.bytes == content);
        let part = send(world.admin.request(Method::GET, &path(&file)).header("range", "bytes=1000-1999")).await;
        assert_eq!((part.status, part.header("content-range")), (206, "bytes 1000-1999/7000000"));
        assert!(part.bytes == content[1000..2000]);
        let beyond = send(world.admin.request(Method::GET, &path(&file)).header("range", "bytes=7000000-")).await;
        beyond.problem(416, "malformed");
        let empty = upload(&world, &[("name", "empty.txt")], "text/plain", b"").await;
        assert_eq!(world.admin.get(&path(&empty)).await.bytes.len(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_page_is_never_shown_under_our_name() {
    on_both(async |world| {
        let cases: [(&str, &[u8], &str); 5] = [
            ("text/html", b"<script>alert(1)</script>", "attachment"),
            ("image/svg+xml", b"<svg onload='alert(1)'/>", "attachment"),
            ("image/png", b"<script>alert(1)</script>", "attachment"),
            ("image/png", b"\x89PNG\r\n\x1a\n....", "inline"),
            ("application/pdf", b"%PDF-1.7", "inline"),
        ];
        for (media_type, content, expected) in cases {
            let file = upload(&world, &[("name", "x")], media_type, content).await;
            let answer = world.admin.get(&path(&file)).await;
            assert!(answer.header("content-disposition").starts_with(expected), "{media_type}");
            assert!(!answer.header("content-type").contains("html"), "{media_type}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_file_belongs_to_a_record_that_exists() {
    on_both(async |world| {
        let account = world.create("account", json!({"name": "Acme"})).await;
        let query = [("name", "a.txt"), ("related_object", "account"), ("related_id", account["id"].as_str().unwrap())];
        let file = upload(&world, &query, "text/plain", b"a").await;
        assert_eq!(file["related_id"], json!({"object": "account", "id": account["id"]}));
        assert_eq!(file["_names"]["related_id"], "Acme");
        let post = |query: &str| world.admin.request(Method::POST, &format!("/files?{query}")).body("x");
        for wrong in [
            "name=x&related_object=account",
            "name=x&related_object=account&related_id=018df4a0-3c00-7000-8000-000000000000",
            "name=..",
            "name=%00",
        ] {
            assert_eq!(send(post(wrong)).await.status, 422, "{wrong}");
        }
        send(post("")).await.problem(400, "malformed");
        let record = format!("/records/attachment/{}", file["id"].as_str().unwrap());
        assert_eq!(world.admin.patch(&record, &json!({"sha256": "0"})).await.status, 422);
        world.admin.delete(&record).await.expect(204);
        world.admin.get(&path(&file)).await.problem(404, "not_found");
    })
    .await;
}

#[tokio::test]
async fn a_file_beyond_the_limit_is_refused_whether_announced_or_not() {
    let program: &'static Program =
        Box::leak(Box::new(Program::start(Engine::Sqlite, &[("PARLEY_FILE_LIMIT_BYTES", "1000")])));
    let mut browser = Client::new(program).csrf();
    let input = json!({"company": "Acme", "name": "Ada", "email": "ada@acme.example", "password": crate::support::PASSWORD,
                       "time_zone": "UTC", "currency": "USD", "language": "en"});
    browser.cookie = browser.post("/setup", &input).await.cookie();
    let post = || browser.request(Method::POST, "/files?name=x");
    send(post().body(vec![0; 1000])).await.expect(201);
    send(post().body(vec![0; 1001])).await.problem(413, "too_large");
    let chunks = (0..20).map(|_| Ok::<_, std::io::Error>(vec![0_u8; 100]));
    let streamed = reqwest::Body::wrap_stream(futures_util::stream::iter(chunks));
    send(post().body(streamed)).await.problem(413, "too_large");
}
