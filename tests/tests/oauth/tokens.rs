//! Codes become tokens, tokens become new ones, and both come to an end.

use super::program::{Program, VERIFIER, log, refused, tokens, works};
use crate::support::{World, on_both};
use crm_core::clock::FixedClock;
use crm_core::identity::oauth::Renewal;
use crm_core::{Crm, Db};
use futures_util::future::join_all;
use jiff::SignedDuration;
use std::sync::Arc;

/// The same records, so much later.
async fn later(world: &World, by: SignedDuration) -> Crm {
    let clock = FixedClock::new(world.crm.now() + by);
    Crm::new(Db::open(&world.program.database_url).await.unwrap(), Arc::new(clock))
}

fn any_limits(_: &[String]) -> Vec<crm_core::access::KeyScope> {
    Vec::new()
}

#[tokio::test]
async fn a_code_becomes_a_short_token_and_one_that_brings_the_next() {
    on_both(async |world| {
        let browser = world.browser("Bea Browser", &["seller"]).await;
        let program = Program::elsewhere(&world).await;
        let code = program.allowed(&browser, "crm:read").await;
        let answer = program.redeem(&code, &[]).await;
        assert_eq!(answer.header("cache-control"), "no-store");
        let json = answer.expect(200);
        assert_eq!((json["token_type"].as_str(), json["scope"].as_str()), (Some("Bearer"), Some("crm:read")));
        assert!((600..=3600).contains(&json["expires_in"].as_i64().unwrap()), "{json}");
        assert_eq!(works(&world, json["access_token"].as_str().unwrap()).await, 200);
        assert_eq!(works(&world, json["refresh_token"].as_str().unwrap()).await, 401, "it is not for that");
        assert_eq!(works(&world, &code).await, 401);
    })
    .await;
}

#[tokio::test]
async fn a_stolen_code_is_worth_nothing() {
    on_both(async |world| {
        let browser = world.browser("Bea Browser", &["seller"]).await;
        let (program, thief) = (Program::elsewhere(&world).await, Program::elsewhere(&world).await);
        let code = program.allowed(&browser, "crm:read").await;
        let other_verifier = VERIFIER.replace('d', "e");
        for changed in [
            ("client_id", thief.id.as_str()),
            ("code_verifier", &other_verifier),
            ("redirect_uri", "https://aide.example/other"),
            ("code", "pc_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
        ] {
            assert_eq!(refused(&program.redeem(&code, &[changed]).await, 400), "invalid_grant", "{changed:?}");
        }
        for missing in ["code_verifier", "redirect_uri", "code", "client_id", "grant_type"] {
            assert_eq!(refused(&program.redeem(&code, &[(missing, "")]).await, 400), "invalid_request", "{missing}");
        }
        let target = program.redeem(&code, &[("resource", "https://other.example/mcp")]).await;
        assert_eq!(refused(&target, 400), "invalid_target");
        tokens(program.redeem(&code, &[]).await);
    })
    .await;
}

#[tokio::test]
async fn a_code_that_comes_a_second_time_ends_everything_that_came_of_it() {
    on_both(async |world| {
        let browser = world.browser("Bea Browser", &["seller"]).await;
        let program = Program::elsewhere(&world).await;
        let code = program.allowed(&browser, "crm:read").await;
        let got = tokens(program.redeem(&code, &[]).await);
        assert_eq!(refused(&program.redeem(&code, &[]).await, 400), "invalid_grant");
        assert_eq!(works(&world, &got.access).await, 401);
        assert_eq!(refused(&program.renew(&got.refresh, &[]).await, 400), "invalid_grant");
        assert_eq!(log(&world).await, ["client_code_reused", "client_connected", "client_allowed"]);
    })
    .await;
}

#[tokio::test]
async fn of_many_who_come_with_one_code_at_once_at_most_one_gets_tokens() {
    on_both(async |world| {
        let browser = world.browser("Bea Browser", &["seller"]).await;
        let program = Program::elsewhere(&world).await;
        let code = program.allowed(&browser, "crm:read").await;
        let answers = join_all((0..12).map(|_| program.redeem(&code, &[]))).await;
        let got: Vec<_> = answers.into_iter().filter(|answer| answer.status == 200).map(tokens).collect();
        assert_eq!(got.len(), 1);
        assert_eq!(works(&world, &got[0].access).await, 401, "somebody else had the code too");
    })
    .await;
}

#[tokio::test]
async fn a_code_is_good_for_a_minute() {
    on_both(async |world| {
        let browser = world.browser("Bea Browser", &["seller"]).await;
        let program = Program::elsewhere(&world).await;
        let code = program.allowed(&browser, "crm:read").await;
        let shown = program.redemption(&code);
        assert!(later(&world, SignedDuration::from_secs(61)).await.redeem_code(&shown).await.is_err());
        assert!(later(&world, SignedDuration::from_secs(30)).await.redeem_code(&shown).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn short_tokens_end_within_the_hour_and_long_ones_when_nobody_comes_for_a_month() {
    on_both(async |world| {
        let browser = world.browser("Bea Browser", &["seller"]).await;
        let program = Program::elsewhere(&world).await;
        let got = program.let_in(&browser, "crm:read").await;
        let (soon, hour) = (SignedDuration::from_mins(5), SignedDuration::from_mins(61));
        assert!(later(&world, soon).await.assistant(&got.access, &program.resource, any_limits).await.is_ok());
        assert!(later(&world, hour).await.assistant(&got.access, &program.resource, any_limits).await.is_err());
        let renewal = Renewal { client_id: &program.id, refresh_token: &got.refresh, resource: None, scopes: None };
        let month = later(&world, SignedDuration::from_hours(24 * 31)).await;
        assert!(month.renew_token(&renewal).await.is_err());
        assert!(later(&world, hour).await.renew_token(&renewal).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn tidying_up_forgets_nothing_that_is_still_good() {
    on_both(async |world| {
        let browser = world.browser("Bea Browser", &["seller"]).await;
        let program = Program::elsewhere(&world).await;
        let (got, pending) = (program.let_in(&browser, "crm:read").await, Program::elsewhere(&world).await);
        let code = pending.allowed(&browser, "crm:read").await;
        world.crm.tidy_clients().await.unwrap();
        assert_eq!(works(&world, &got.access).await, 200);
        tokens(program.renew(&got.refresh, &[]).await);
        tokens(pending.redeem(&code, &[]).await);
    })
    .await;
}

#[tokio::test]
async fn a_long_token_is_good_once_and_brings_the_next() {
    on_both(async |world| {
        let browser = world.browser("Bea Browser", &["seller"]).await;
        let program = Program::elsewhere(&world).await;
        let first = program.let_in(&browser, "crm:read crm:write").await;
        let second = tokens(program.renew(&first.refresh, &[("resource", &program.resource)]).await);
        assert_ne!(first.refresh, second.refresh);
        assert_eq!(second.scope, "crm:read crm:write");
        let third = tokens(program.renew(&second.refresh, &[]).await);
        assert_eq!(works(&world, &third.access).await, 200);
    })
    .await;
}

#[tokio::test]
async fn a_long_token_that_comes_a_second_time_ends_its_whole_family() {
    on_both(async |world| {
        let browser = world.browser("Bea Browser", &["seller"]).await;
        let program = Program::elsewhere(&world).await;
        let other = program.let_in(&browser, "crm:read").await;
        let code = program.code(&browser.get(&program.question("crm:read", &[])).await);
        let first = tokens(program.redeem(&code, &[]).await);
        let second = tokens(program.renew(&first.refresh, &[]).await);
        assert_eq!(refused(&program.renew(&first.refresh, &[]).await, 400), "invalid_grant");
        assert_eq!((works(&world, &first.access).await, works(&world, &second.access).await), (401, 401));
        assert_eq!(refused(&program.renew(&second.refresh, &[]).await, 400), "invalid_grant");
        assert_eq!(log(&world).await[0], "client_token_reused");
        assert_eq!(works(&world, &other.access).await, 200, "the same program was let in another time, elsewhere");
    })
    .await;
}

#[tokio::test]
async fn of_many_who_come_with_one_long_token_at_once_one_gets_the_next_and_then_nobody() {
    on_both(async |world| {
        let browser = world.browser("Bea Browser", &["seller"]).await;
        let program = Program::elsewhere(&world).await;
        let first = program.let_in(&browser, "crm:read").await;
        let answers = join_all((0..12).map(|_| program.renew(&first.refresh, &[]))).await;
        let got: Vec<_> = answers.into_iter().filter(|answer| answer.status == 200).map(tokens).collect();
        assert_eq!(got.len(), 1);
        assert_eq!(works(&world, &got[0].access).await, 401);
    })
    .await;
}

#[tokio::test]
async fn a_renewed_token_may_allow_less_and_never_more() {
    on_both(async |world| {
        let browser = world.browser("Bea Browser", &["seller"]).await;
        let program = Program::elsewhere(&world).await;
        let first = program.let_in(&browser, "crm:read crm:write").await;
        let more = program.renew(&first.refresh, &[("scope", "crm:read crm:send")]).await;
        assert_eq!(refused(&more, 400), "invalid_scope");
        let less = tokens(program.renew(&first.refresh, &[("scope", "crm:read")]).await);
        assert_eq!(less.scope, "crm:read");
        let again = tokens(program.renew(&less.refresh, &[]).await);
        assert_eq!(again.scope, "crm:read crm:write", "what was allowed is still allowed");
    })
    .await;
}

#[tokio::test]
async fn a_long_token_is_of_no_use_to_another_program_or_for_another_resource() {
    on_both(async |world| {
        let browser = world.browser("Bea Browser", &["seller"]).await;
        let (program, thief) = (Program::elsewhere(&world).await, Program::elsewhere(&world).await);
        let got = program.let_in(&browser, "crm:read").await;
        assert_eq!(refused(&thief.renew(&got.refresh, &[]).await, 400), "invalid_grant");
        assert_eq!(refused(&program.renew(&got.access, &[]).await, 400), "invalid_grant");
        let target = program.renew(&got.refresh, &[("resource", "https://other.example/mcp")]).await;
        assert_eq!(refused(&target, 400), "invalid_target");
        tokens(program.renew(&got.refresh, &[]).await);
    })
    .await;
}

#[tokio::test]
async fn a_program_gives_its_tokens_back() {
    on_both(async |world| {
        let browser = world.browser("Bea Browser", &["seller"]).await;
        let (program, other) = (Program::elsewhere(&world).await, Program::elsewhere(&world).await);
        let got = program.let_in(&browser, "crm:read").await;
        let revoke = async |by: &Program, token: &str| {
            by.post("//oauth/revoke", &[("client_id", &by.id), ("token", token)]).await.status
        };
        assert_eq!(revoke(&program, "pr_unknown").await, 200);
        assert_eq!(
            (revoke(&other, &got.refresh).await, works(&world, &got.access).await),
            (200, 200),
            "it is not theirs"
        );
        let next = tokens(program.renew(&got.refresh, &[]).await);
        assert_eq!(revoke(&program, &got.access).await, 200);
        assert_eq!((works(&world, &got.access).await, works(&world, &next.access).await), (401, 200));
        assert_eq!(revoke(&program, &next.refresh).await, 200);
        assert_eq!(works(&world, &next.access).await, 401);
        assert_eq!(refused(&program.renew(&next.refresh, &[]).await, 400), "invalid_grant");
        assert_eq!(log(&world).await[..2], ["client_left", "client_token_ended"]);
    })
    .await;
}

#[tokio::test]
async fn nothing_else_is_given_for_tokens() {
    on_both(async |world| {
        let program = Program::elsewhere(&world).await;
        for kind in ["password", "implicit", "urn:ietf:params:oauth:grant-type:jwt-bearer"] {
            let form = [("grant_type", kind), ("client_id", &program.id), ("username", "a"), ("password", "b")];
            assert_eq!(refused(&program.post("//oauth/token", &form).await, 400), "unsupported_grant_type");
        }
        let json = program.http.post("//oauth/token", &serde_json::json!({"grant_type": "refresh_token"})).await;
        assert_eq!(refused(&json, 400), "invalid_request");
        let twice = [("grant_type", "refresh_token"), ("grant_type", "refresh_token"), ("client_id", &program.id)];
        assert_eq!(refused(&program.post("//oauth/token", &twice).await, 400), "invalid_request");
    })
    .await;
}
