//! How a program finds out where it is let in.

use super::program::{mcp, works};
use crate::support::{Client, on_both, send};
use reqwest::Method;
use serde_json::json;

#[tokio::test]
async fn a_program_without_a_token_is_told_where_to_get_one_and_what_for() {
    on_both(async |world| {
        let answer = mcp(&Client::new(world.program), "tools/list", json!({})).await;
        let challenge = answer.header("www-authenticate").to_owned();
        assert_eq!(answer.status, 401);
        let metadata = format!("{}/.well-known/oauth-protected-resource/mcp", world.program.url);
        assert!(challenge.starts_with("Bearer "), "{challenge}");
        assert!(challenge.contains(&format!("resource_metadata=\"{metadata}\"")), "{challenge}");
        assert!(challenge.contains("scope=\"crm:read crm:write crm:delete crm:send\""), "{challenge}");
        assert!(!challenge.contains("error="), "nothing was wrong: {challenge}");
    })
    .await;
}

#[tokio::test]
async fn a_wrong_token_is_told_to_be_wrong() {
    on_both(async |world| {
        for token in ["pa_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "pa_", "pk_x", "pa_' or 1=1 --", "x"] {
            let answer = mcp(&Client::new(world.program).key(token), "tools/list", json!({})).await;
            assert_eq!(answer.status, 401, "{token}");
            let challenge = answer.header("www-authenticate");
            assert!(
                challenge.contains("error=\"invalid_token\"") && challenge.contains("resource_metadata="),
                "{challenge}"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn the_resource_names_who_gives_tokens_for_it() {
    on_both(async |world| {
        let (http, url) = (Client::new(world.program), &world.program.url);
        for path in ["//.well-known/oauth-protected-resource", "//.well-known/oauth-protected-resource/mcp"] {
            let told = http.get(path).await.expect(200);
            assert_eq!(
                (&told["resource"], &told["authorization_servers"]),
                (&json!(format!("{url}/mcp")), &json!([url]))
            );
            assert_eq!(
                told["scopes_supported"],
                json!(["crm:read", "crm:write", "crm:delete", "crm:send", "crm:admin"])
            );
            assert_eq!(told["bearer_methods_supported"], json!(["header"]));
        }
    })
    .await;
}

#[tokio::test]
async fn the_server_says_what_it_can_do_and_nothing_weaker() {
    on_both(async |world| {
        let (http, url) = (Client::new(world.program), &world.program.url);
        for path in ["//.well-known/oauth-authorization-server", "//.well-known/openid-configuration"] {
            let answer = http.get(path).await;
            assert!(answer.header("content-type").starts_with("application/json"));
            let told = answer.expect(200);
            assert_eq!(told["issuer"], json!(url));
            for (name, path) in [
                ("authorization_endpoint", "authorize"),
                ("token_endpoint", "token"),
                ("registration_endpoint", "register"),
                ("revocation_endpoint", "revoke"),
            ] {
                assert_eq!(told[name], json!(format!("{url}/oauth/{path}")));
            }
            assert_eq!(told["code_challenge_methods_supported"], json!(["S256"]));
            assert_eq!(told["response_types_supported"], json!(["code"]));
            assert_eq!(told["client_id_metadata_document_supported"], true);
            assert_eq!(told["authorization_response_iss_parameter_supported"], true);
        }
    })
    .await;
}

#[tokio::test]
async fn nothing_else_is_well_known() {
    on_both(async |world| {
        let http = Client::new(world.program);
        for path in ["oauth-authorization-server/mcp", "jwks.json", "oauth-protected-resource/api", "x"] {
            assert_eq!(http.get(&format!("//.well-known/{path}")).await.status, 404, "{path}");
        }
        assert_eq!(http.get("//oauth/nothing").await.status, 404);
    })
    .await;
}

#[tokio::test]
async fn pages_of_other_sites_may_call_what_needs_no_cookie_and_nothing_else() {
    on_both(async |world| {
        let http = Client::new(world.program);
        let from = |method: Method, path: &str| {
            let request = http.request(method, path).header("origin", "https://inspector.example");
            send(request.header("access-control-request-method", "POST").header("sec-fetch-site", "cross-site"))
        };
        for path in ["//oauth/token", "//oauth/register", "//oauth/revoke", "//.well-known/oauth-authorization-server"]
        {
            let asked = from(Method::OPTIONS, path).await;
            assert_eq!((asked.status, asked.header("access-control-allow-origin")), (204, "*"), "{path}");
            assert!(asked.header("access-control-allow-headers").contains("content-type"));
        }
        let answer = from(Method::POST, "//oauth/token").await;
        assert_eq!((answer.status, answer.header("access-control-allow-origin")), (400, "*"), "it was heard");
        let asked = from(Method::GET, "//oauth/authorize?client_id=x").await;
        assert_eq!(asked.header("access-control-allow-origin"), "");
        assert_eq!(from(Method::POST, "//oauth/authorize").await.status, 403);
    })
    .await;
}

#[tokio::test]
async fn an_api_key_still_opens_the_same_door() {
    on_both(async |world| {
        let user = world.user("Kim Keys", &["seller"]).await;
        let actor = world.crm.actor_for_user(world.tenant.id, user, crm_core::Surface::Console).await.unwrap();
        let (_, key) = world.crm.create_key(&actor, "script", &["read".to_owned()], None).await.unwrap();
        assert_eq!(works(&world, &key).await, 200);
    })
    .await;
}
