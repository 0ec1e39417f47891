//! Whatever is made of tokens, addresses and metadata: nothing opens, nothing is sent elsewhere, nothing breaks.

use super::program::{EVERYWHERE, HERE, Program, mcp, works};
use crate::support::{Client, World, on_both};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use reqwest::Url;
use serde_json::{Value as Json, json};

/// Signs that matter to those who read addresses and tokens.
const SIGNS: [&str; 24] = [
    "/",
    "//",
    "\\",
    ".",
    "..",
    ":",
    "@",
    "?",
    "#",
    "&",
    "=",
    "%2f",
    "%00",
    "%40",
    "%0d%0a",
    " ",
    "\t",
    ";",
    ",",
    "[::1]",
    "0x7f.1",
    "evil.example",
    "а",
    "\u{202e}",
];

/// The text with a piece of it replaced, taken away or put in.
fn changed(random: &mut StdRng, text: &str) -> String {
    let mut letters: Vec<String> = text.chars().map(String::from).collect();
    for _ in 0..random.random_range(1..=2) {
        let at = random.random_range(0..letters.len());
        let sign = SIGNS[random.random_range(0..SIGNS.len())].to_owned();
        match random.random_range(0..4) {
            0 => drop(letters.remove(at)),
            1 => letters[at] = sign,
            2 => letters[at] = letters[at].to_uppercase(),
            _ => letters.insert(at, sign),
        }
    }
    letters.concat()
}

#[tokio::test]
async fn nothing_that_is_made_of_a_token_is_one() {
    on_both(async |world| {
        let browser = world.browser("Bea Browser", &["seller"]).await;
        let program = Program::elsewhere(&world).await;
        let got = program.let_in(&browser, "crm:read").await;
        let mut random = StdRng::seed_from_u64(1);
        let mut forged: Vec<String> = (0..200).map(|_| changed(&mut random, &got.access)).collect();
        let bare = got.access.trim_start_matches("pa_");
        forged.extend(["pa_", "pk_", "pr_", "pc_", "ps_", ""].map(|kind| format!("{kind}{bare}{bare}")));
        forged.extend(["pk_", "pr_", "pc_", "ps_", ""].map(|kind| format!("{kind}{bare}")));
        forged.extend([got.refresh.clone(), got.access[..got.access.len() - 1].to_owned(), format!("{}=", got.access)]);
        forged.extend(["pa_' or '1'='1".to_owned(), "pa_%".to_owned(), format!("pa_{}", "a".repeat(4_000))]);
        for token in
            forged.iter().filter(|token| token.trim() != got.access && token.is_ascii() && !token.contains('\t'))
        {
            let answer = mcp(&Client::new(world.program).key(token), "tools/list", json!({})).await;
            assert!([400, 401].contains(&answer.status), "{} {token}", answer.status);
            assert!(answer.json["result"].is_null(), "{token}: {}", answer.json);
        }
        for token in forged.iter().filter(|token| !token.is_empty() && *token != &got.refresh) {
            let answer = program.renew(token, &[]).await;
            assert_eq!((answer.status, &answer.json["error"]), (400, &json!("invalid_grant")), "{token}");
        }
        assert_eq!(works(&world, &got.access).await, 200);
    })
    .await;
}

#[tokio::test]
async fn nothing_that_is_made_of_a_programs_address_is_sent_an_answer() {
    on_both(async |world| {
        let browser = world.browser("Bea Browser", &["seller"]).await;
        let mut random = StdRng::seed_from_u64(2);
        let (elsewhere, here) = (Program::elsewhere(&world).await, Program::at(&world, HERE).await);
        for _ in 0..200 {
            let bad = changed(&mut random, EVERYWHERE);
            if bad != EVERYWHERE {
                let sent = browser.get(&elsewhere.question("crm:read", &[("redirect_uri", &bad)])).await;
                assert_eq!((sent.status, sent.header("location")), (400, ""), "{bad}");
            }
            let bad = changed(&mut random, HERE);
            let sent = browser.get(&here.question("crm:read", &[("redirect_uri", &bad)])).await;
            assert_eq!(sent.header("location"), "", "{bad}");
            if sent.status != 400 {
                let url = Url::parse(&bad).unwrap();
                let place = (url.scheme(), url.host_str(), url.path(), url.query(), url.username());
                assert_eq!(place, ("http", Some("127.0.0.1"), "/back", None, ""), "{bad}");
            }
        }
    })
    .await;
}

/// Something that no program says of itself.
fn nonsense(random: &mut StdRng) -> Json {
    let text = changed(random, EVERYWHERE);
    match random.random_range(0..8) {
        0 => Json::Null,
        1 => json!(random.random_range(-9..9)),
        2 => json!([text, HERE]),
        3 => json!({"a": text}),
        4 => json!([[text]]),
        5 => json!(true),
        6 => json!(text.repeat(50)),
        _ => json!(text),
    }
}

#[tokio::test]
async fn whatever_a_program_says_of_itself_it_is_answered_at_its_own_addresses_or_not_at_all() {
    on_both(async |world: World| {
        let mut random = StdRng::seed_from_u64(3);
        let parts = [
            "client_name",
            "redirect_uris",
            "client_uri",
            "logo_uri",
            "grant_types",
            "scope",
            "token_endpoint_auth_method",
        ];
        for _ in 0..200 {
            let mut body = json!({"client_name": "Aide", "redirect_uris": [EVERYWHERE]});
            for _ in 0..2 {
                body[parts[random.random_range(0..parts.len())]] = nonsense(&mut random);
            }
            let answer = Client::new(world.program).post("//oauth/register", &body).await;
            assert!([201, 400].contains(&answer.status), "{}: {body}", answer.status);
            if answer.status != 201 {
                assert!(answer.json["error"].is_string(), "{body}: {}", answer.json);
                continue;
            }
            for address in answer.json["redirect_uris"].as_array().unwrap() {
                let url = Url::parse(address.as_str().unwrap()).unwrap();
                let host = url.host_str().unwrap();
                let own = url.scheme() == "https" || ["127.0.0.1", "localhost", "[::1]"].contains(&host);
                assert!(own && url.username().is_empty() && url.fragment().is_none(), "{address}");
            }
            assert!(answer.json.get("client_secret").is_none(), "{}", answer.json);
        }
    })
    .await;
}
