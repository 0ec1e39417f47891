//! Attachments in a bucket, of a store that speaks S3 and lets in who has the right key.

use crate::support::{Engine, Program, World, send};
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use reqwest::Method;
use s3s::auth::SimpleAuth;
use s3s::service::S3ServiceBuilder;
use s3s_fs::FileSystem;
use serde_json::Value as Json;
use std::path::Path;
use tempfile::TempDir;
use tokio::net::TcpListener;

/// A store with an empty bucket `files`, over a folder.
async fn store() -> (TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("files")).unwrap();
    let mut service = S3ServiceBuilder::new(FileSystem::new(folder.path()).unwrap());
    service.set_auth(SimpleAuth::from_single("parley", "secret"));
    let service = service.build();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((connection, _)) = listener.accept().await {
            let service = service.clone();
            tokio::spawn(async move {
                let _ = Builder::new(TokioExecutor::new()).serve_connection(TokioIo::new(connection), service).await;
            });
        }
    });
    (folder, url)
}

/// The settings with which files go to the bucket.
fn settings(url: &str) -> [(&str, &str); 5] {
    [
        ("PARLEY_FILES", "s3://files/parley"),
        ("AWS_ENDPOINT_URL", url),
        ("AWS_REGION", "eu-central-1"),
        ("AWS_ACCESS_KEY_ID", "parley"),
        ("AWS_SECRET_ACCESS_KEY", "secret"),
    ]
}

async fn goes_to_the_bucket_and_comes_back(engine: Engine) {
    let (folder, url) = store().await;
    let program: &'static Program = Box::leak(Box::new(Program::start(engine, &settings(&url))));
    let world = World::new(program).await;
    // Longer than what is sent at once, and shorter.
    let large: Vec<u8> = (0..7_000_000_u32).map(|n| (n % 251) as u8).collect();
    for content in [large, b"small".to_vec(), Vec::new()] {
        let file = world.admin.raw(Method::POST, "/files?name=x.bin", content.clone()).await.expect(201);
        let path = format!("/files/{}", file["id"].as_str().unwrap());
        assert!(world.admin.get(&path).await.bytes == content);
        assert_eq!(stored(folder.path(), &world, &file), content.len() as u64);
    }
    let file = world.admin.raw(Method::POST, "/files?name=x.txt", "0123456789").await.expect(201);
    let path = format!("/files/{}", file["id"].as_str().unwrap());
    let part = send(world.admin.request(Method::GET, &path).header("range", "bytes=2-4")).await;
    assert_eq!((part.status, part.bytes.as_slice()), (206, b"234".as_slice()));
}

/// How long the object is that the bucket holds for a file: under the prefix, the company and the month.
fn stored(store: &Path, world: &World, file: &Json) -> u64 {
    let company = store.join("files/parley").join(world.tenant.id.to_string());
    let (year, month) = file["created_at"].as_str().unwrap()[..7].split_once('-').unwrap();
    let object = company.join(year).join(month).join(file["id"].as_str().unwrap());
    std::fs::metadata(&object).unwrap_or_else(|error| panic!("{}: {error}", object.display())).len()
}

#[tokio::test(flavor = "multi_thread")]
async fn on_sqlite_a_file_goes_to_the_bucket_and_comes_back() {
    goes_to_the_bucket_and_comes_back(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_postgresql_a_file_goes_to_the_bucket_and_comes_back() {
    goes_to_the_bucket_and_comes_back(Engine::Postgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bucket_that_refuses_the_key_is_told_at_the_start() {
    let (_store, url) = store().await;
    let folder = tempfile::tempdir().unwrap();
    let mut command = tokio::process::Command::new(crate::support::binary());
    command.args(["serve", "--listen", "127.0.0.1:0"]).env("PARLEY_DATA", folder.path()).envs(settings(&url));
    let ended = command.env("AWS_SECRET_ACCESS_KEY", "guess").output().await.unwrap();
    let said = String::from_utf8(ended.stderr).unwrap();
    assert!(!ended.status.success() && said.contains("The bucket files cannot be used"), "{said}");
}
