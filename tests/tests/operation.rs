//! What operators and browsers rely on.

use crate::support::{Client, Engine, Program, on_both, send};
use reqwest::Method;

#[tokio::test]
async fn the_program_tells_how_it_is() {
    on_both(async |world| {
        let nobody = Client::new(world.program);
        assert_eq!(nobody.get("//health").await.expect(200)["status"], "ok");
        assert_eq!(nobody.get("//ready").await.expect(200)["status"], "ready");
        world.admin.get("/records/account").await.expect(200);
        let metrics = String::from_utf8(nobody.get("//metrics").await.bytes).unwrap();
        let line =
            "http_request_duration_seconds_count{route=\"/api/v1/records/{object}\",method=\"GET\",status=\"200\"}";
        assert!(metrics.contains(line), "{metrics}");
    })
    .await;
}

#[tokio::test]
async fn pages_and_answers_carry_the_headers_that_protect_browsers() {
    on_both(async |world| {
        for path in ["//", "//health", "/me", "//nothing/here.js"] {
            let answer = world.admin.get(path).await;
            assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
            assert!(answer.header("content-security-policy").contains("frame-ancestors 'none'"), "{path}");
            assert!(!answer.header("x-request-id").is_empty(), "{path}");
        }
        assert_eq!(world.admin.get("/me").await.header("cache-control"), "private, no-cache");
    })
    .await;
}

#[tokio::test]
async fn large_answers_are_compressed() {
    on_both(async |world| {
        let answer = send(world.admin.request(Method::GET, "/schema").header("accept-encoding", "gzip")).await;
        assert_eq!(answer.header("content-encoding"), "gzip");
    })
    .await;
}

#[tokio::test]
async fn a_caller_who_calls_too_often_has_to_wait() {
    let program = Program::start(Engine::Sqlite, &[("PARLEY_REQUESTS_PER_SECOND", "1")]);
    let caller = Client::new(&program);
    let mut statuses = Vec::new();
    for _ in 0..10 {
        statuses.push(caller.get("/setup").await.status);
    }
    assert_eq!(statuses[..5], [200; 5]);
    let refused = caller.get("/setup").await;
    assert!(refused.header("retry-after").parse::<u32>().unwrap() >= 1);
    refused.problem(429, "rate_limited");
    assert_eq!(Client::new(&program).get("/setup").await.status, 200);
}
