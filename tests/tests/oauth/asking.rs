//! A person is asked.

use super::program::{EVERYWHERE, HERE, Program, answer, fields, log, page, submit, tokens};
use crate::support::{Client, World, on_both, send};
use reqwest::Method;
use serde_json::json;

#[tokio::test]
async fn who_is_not_signed_in_signs_in_first_and_comes_back_to_the_same_question() {
    on_both(async |world| {
        let program = Program::elsewhere(&world).await;
        let question = program.question("crm:read", &[]);
        let sent = Client::new(world.program).get(&question).await;
        assert_eq!(sent.status, 303);
        let address = reqwest::Url::parse(&format!("http://x{}", sent.header("location"))).unwrap();
        assert_eq!(address.path(), "/sign-in");
        let (_, back) = address.query_pairs().next().unwrap();
        assert_eq!(format!("/{back}"), question);
    })
    .await;
}

#[tokio::test]
async fn the_page_names_the_program_where_the_answer_goes_the_person_and_what_is_asked() {
    on_both(async |world| {
        let browser = world.browser("Bea Browser", &["seller"]).await;
        let program = Program::elsewhere(&world).await;
        let answer = browser.get(&program.question("crm:read crm:send", &[])).await;
        let text = String::from_utf8_lossy(&answer.bytes).into_owned();
        for named in
            ["Aide", "aide.example", "Bea Browser", &world.email("Bea Browser"), "Test Company", "Write to customers"]
        {
            assert!(text.contains(named), "{named}: {text}");
        }
        assert!(!text.contains("Delete and merge") && !text.contains("<script"), "{text}");
        let policy = answer.header("content-security-policy");
        assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{policy}");
        assert!(policy.contains("form-action 'self' https://aide.example"), "{policy}");
        assert_eq!((answer.header("cache-control"), answer.header("x-frame-options")), ("no-store", "DENY"));
    })
    .await;
}

#[tokio::test]
async fn a_person_is_asked_in_their_own_language() {
    on_both(async |world| {
        let browser = world.browser("Greta Grün", &["seller"]).await;
        browser.patch("/me", &json!({"language": "de"})).await.expect(200);
        let text = page(&browser, &Program::at(&world, HERE).await.question("crm:read", &[])).await;
        assert!(
            text.contains("<html lang=\"de\">") && text.contains("Darf Aide in Parley für Sie arbeiten?"),
            "{text}"
        );
        assert!(text.contains("Jedes Programm auf diesem Computer"), "{text}");
    })
    .await;
}

#[tokio::test]
async fn what_a_program_calls_itself_is_only_words() {
    on_both(async |world| {
        let name = "<script>alert(1)</script>\"'{person}\u{202e}";
        let body = json!({"client_name": name, "redirect_uris": [EVERYWHERE]});
        let made = Client::new(world.program).post("//oauth/register", &body).await.expect(201);
        let program = Program::known(&world, made["client_id"].as_str().unwrap(), EVERYWHERE);
        let text = page(&world.browser("Bea Browser", &["seller"]).await, &program.question("crm:read", &[])).await;
        assert!(text.contains("&lt;script&gt;") && !text.contains("<script"), "{text}");
        assert!(text.contains("{person}") && !text.contains('\u{202e}'), "{text}");
    })
    .await;
}

#[tokio::test]
async fn an_unknown_program_is_not_answered_at_all() {
    on_both(async |world| {
        let browser = world.browser("Bea Browser", &["seller"]).await;
        for id in [
            "client_00000000000000000000000000000000",
            "https://localhost/client.json",
            "https://127.0.0.1/c",
            "http://aide.example/c",
            "' or 1=1",
        ] {
            let sent = browser.get(&Program::known(&world, id, EVERYWHERE).question("crm:read", &[])).await;
            assert_eq!((sent.status, sent.header("location")), (400, ""), "{id}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_address_that_the_program_did_not_name_is_never_sent_anything() {
    on_both(async |world| {
        let browser = world.browser("Bea Browser", &["seller"]).await;
        let program = Program::elsewhere(&world).await;
        for bad in [
            "https://evil.example/",
            "https://aide.example/back/",
            "https://aide.example/back?x=1",
            "https://aide.example.evil.example/back",
            "https://aide.example@evil.example/back",
            "http://aide.example/back",
            "//evil.example",
            "javascript:alert(1)",
            "",
        ] {
            let sent = browser.get(&program.question("crm:read", &[("redirect_uri", bad)])).await;
            assert_eq!((sent.status, sent.header("location")), (400, ""), "{bad}");
        }
    })
    .await;
}

#[tokio::test]
async fn on_the_persons_own_machine_the_port_may_be_any() {
    on_both(async |world| {
        let browser = world.browser("Bea Browser", &["seller"]).await;
        let program = Program::at(&world, HERE).await;
        let moved = Program { redirect: HERE.replace("7000", "51234"), ..program.clone() };
        let tokens = moved.let_in(&browser, "crm:read").await;
        assert_eq!(tokens.scope, "crm:read");
        let sent = browser.get(&program.question("crm:read", &[("redirect_uri", "http://127.0.0.1:7000/other")])).await;
        assert_eq!(sent.status, 400);
    })
    .await;
}

#[tokio::test]
async fn what_else_is_wrong_the_program_is_told() {
    on_both(async |world| {
        let browser = world.browser("Bea Browser", &["seller"]).await;
        let program = Program::elsewhere(&world).await;
        for (part, value, error) in [
            ("response_type", "token", "unsupported_response_type"),
            ("response_type", "", "invalid_request"),
            ("code_challenge", "", "invalid_request"),
            ("code_challenge", "too short", "invalid_request"),
            ("code_challenge_method", "plain", "invalid_request"),
            ("code_challenge_method", "", "invalid_request"),
            ("resource", "https://other.example/mcp", "invalid_target"),
            ("scope", "crm:fly", "invalid_scope"),
        ] {
            let sent = browser.get(&program.question("crm:read", &[(part, value)])).await;
            assert_eq!(program.error(&sent), error, "{part}={value}");
        }
    })
    .await;
}

#[tokio::test]
async fn nothing_may_be_said_twice() {
    on_both(async |world| {
        let browser = world.browser("Bea Browser", &["seller"]).await;
        let program = Program::elsewhere(&world).await;
        for part in ["client_id", "redirect_uri", "scope", "state", "code_challenge"] {
            let question = format!("{}&{part}=https%3A%2F%2Fevil.example", program.question("crm:read", &[]));
            let sent = browser.get(&question).await;
            assert_eq!((sent.status, sent.header("location")), (400, ""), "{part}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_person_says_no() {
    on_both(async |world| {
        let browser = world.browser("Bea Browser", &["seller"]).await;
        let program = Program::elsewhere(&world).await;
        let sent = answer(&browser, &program.question("crm:read", &[]), "deny").await;
        assert_eq!(program.error(&sent), "access_denied");
        assert_eq!(log(&world).await, ["client_refused"]);
        assert_eq!(browser.get("/oauth/consents").await.expect(200)["consents"], json!([]));
    })
    .await;
}

#[tokio::test]
async fn a_person_allows_less_than_was_asked() {
    on_both(async |world| {
        let browser = world.browser("Bea Browser", &["seller"]).await;
        let program = Program::elsewhere(&world).await;
        let mut form = fields(&page(&browser, &program.question("crm:read crm:write crm:send", &[])).await);
        form.retain(|(name, value)| name != "allow" || value == "crm:read");
        form.push(("answer".into(), "allow".into()));
        // Ticking what was not asked for adds nothing.
        form.push(("allow".into(), "crm:delete".into()));
        let code = program.code(&submit(&browser, &form).await);
        assert_eq!(tokens(program.redeem(&code, &[]).await).scope, "crm:read");
    })
    .await;
}

#[tokio::test]
async fn allowing_nothing_is_asked_again() {
    on_both(async |world| {
        let browser = world.browser("Bea Browser", &["seller"]).await;
        let program = Program::elsewhere(&world).await;
        let mut form = fields(&page(&browser, &program.question("crm:read", &[])).await);
        form.retain(|(name, _)| name != "allow");
        form.push(("answer".into(), "allow".into()));
        let again = submit(&browser, &form).await;
        assert_eq!(again.status, 200);
        assert!(String::from_utf8_lossy(&again.bytes).contains("role=\"alert\""));
    })
    .await;
}

#[tokio::test]
async fn only_the_form_of_the_persons_own_page_counts() {
    on_both(async |world| {
        let (bea, cem) =
            (world.browser("Bea Browser", &["seller"]).await, world.browser("Cem Console", &["seller"]).await);
        let program = Program::elsewhere(&world).await;
        let question = program.question("crm:read", &[]);
        let mut of_cem = fields(&page(&cem, &question).await);
        of_cem.push(("answer".into(), "allow".into()));
        assert_eq!(submit(&bea, &of_cem).await.status, 403, "somebody else's page");
        let bare: Vec<_> = of_cem.iter().filter(|(name, _)| name != "seal").cloned().collect();
        assert_eq!(submit(&bea, &bare).await.status, 403, "no page at all");
        for (name, value) in [("origin", "https://evil.example"), ("origin", "null"), ("sec-fetch-site", "cross-site")]
        {
            let request = cem.request(Method::POST, "//oauth/authorize").form(&of_cem).header(name, value);
            assert_eq!(send(request).await.status, 403, "{name}: {value}");
        }
        assert_eq!(submit(&cem, &of_cem).await.status, 303);
        let nobody = submit(&Client::new(world.program), &of_cem).await;
        assert!(nobody.header("location").starts_with("/sign-in?to=%2Foauth%2Fauthorize"), "{nobody:?}");
    })
    .await;
}

#[tokio::test]
async fn a_changed_form_is_checked_like_a_new_question() {
    on_both(async |world| {
        let browser = world.browser("Bea Browser", &["seller"]).await;
        let program = Program::elsewhere(&world).await;
        let form = fields(&page(&browser, &program.question("crm:read", &[])).await);
        let changed = |name: &str, value: &str| {
            let mut form: Vec<_> = form.iter().filter(|(other, _)| other != name).cloned().collect();
            form.extend([(name.to_owned(), value.to_owned()), ("answer".to_owned(), "allow".to_owned())]);
            form
        };
        let elsewhere = submit(&browser, &changed("redirect_uri", "https://evil.example/")).await;
        assert_eq!((elsewhere.status, elsewhere.header("location")), (400, ""));
        let resource = submit(&browser, &changed("resource", "https://other.example/mcp")).await;
        assert_eq!(program.error(&resource), "invalid_target");
    })
    .await;
}

#[tokio::test]
async fn what_was_allowed_is_not_asked_again_until_more_is_wanted() {
    on_both(async |world| {
        let browser = world.browser("Bea Browser", &["seller"]).await;
        let program = Program::elsewhere(&world).await;
        program.let_in(&browser, "crm:read crm:write").await;
        let again = browser.get(&program.question("crm:read", &[])).await;
        assert_eq!(tokens(program.redeem(&program.code(&again), &[]).await).scope, "crm:read");
        let more = page(&browser, &program.question("crm:read crm:send", &[])).await;
        assert_eq!(more.matches("class=\"new\"").count(), 1, "what is new is marked: {more}");
        page(&browser, &program.question("crm:read", &[("prompt", "consent")])).await;
        let other = Program::elsewhere(&world).await;
        page(&browser, &other.question("crm:read", &[])).await;
        page(&world.browser("Cem Console", &["seller"]).await, &program.question("crm:read", &[])).await;
    })
    .await;
}

#[tokio::test]
async fn a_program_on_the_persons_own_machine_is_asked_about_each_time() {
    on_both(async |world| {
        let browser = world.browser("Bea Browser", &["seller"]).await;
        let program = Program::at(&world, HERE).await;
        program.let_in(&browser, "crm:read").await;
        let again = page(&browser, &program.question("crm:read", &[])).await;
        assert!(again.contains("A program on this computer"), "{again}");
    })
    .await;
}

#[tokio::test]
async fn nobody_can_allow_what_is_not_theirs() {
    on_both(async |world| {
        let seller = world.browser("Sam Seller", &["seller"]).await;
        let program = Program::elsewhere(&world).await;
        let text = page(&seller, &program.question("crm:read crm:admin", &[])).await;
        assert!(!text.contains("Read the audit log"), "{text}");
        let alone = seller.get(&program.question("crm:admin", &[])).await;
        assert_eq!(program.error(&alone), "invalid_scope");
        let admin = world.browser("Adi Admin", &["admin"]).await;
        assert!(page(&admin, &program.question("crm:admin", &[])).await.contains("Read the audit log"));
    })
    .await;
}

#[tokio::test]
async fn a_program_cannot_let_another_one_in() {
    on_both(async |world| {
        let browser = world.browser("Bea Browser", &["admin"]).await;
        let program = Program::elsewhere(&world).await;
        let access = program.let_in(&browser, "crm:read crm:write").await.access;
        let with_token = Client::new(world.program).key(&access);
        for client in [&with_token, &world.admin] {
            let sent = client.get(&program.question("crm:read", &[])).await;
            assert!(sent.header("location").starts_with("/sign-in?"), "{sent:?}");
        }
        let made =
            json!({"name": "More", "user_id": world.user("Una User", &["viewer"]).await, "scopes": ["crm:read"]});
        world.admin.post("/oauth/clients", &made).await.problem(403, "forbidden");
    })
    .await;
}

#[tokio::test]
async fn a_long_question_is_not_read() {
    on_both(async |world: World| {
        let browser = world.browser("Bea Browser", &["seller"]).await;
        let program = Program::elsewhere(&world).await;
        let sent = browser.get(&program.question("crm:read", &[("state", &"x".repeat(20_000))])).await;
        assert_eq!(sent.status, 400);
    })
    .await;
}
