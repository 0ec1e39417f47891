//! HTTPS by the program itself, with a certificate from its settings.

use crate::support::{Engine, PASSWORD, Program, World};
use rcgen::{CertifiedKey, generate_simple_self_signed};
use reqwest::{Certificate, Client};
use serde_json::json;

async fn speaks_https(engine: Engine) {
    let CertifiedKey { cert, signing_key } = generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let (certificate, key) = (folder.path().join("certificate.pem"), folder.path().join("key.pem"));
    std::fs::write(&certificate, cert.pem()).unwrap();
    std::fs::write(&key, signing_key.serialize_pem()).unwrap();
    let settings =
        [("PARLEY_TLS_CERTIFICATE", certificate.to_str().unwrap()), ("PARLEY_TLS_KEY", key.to_str().unwrap())];
    let program: &'static Program = Box::leak(Box::new(Program::start(engine, &settings)));
    let world = World::new(program).await;
    let user = world.user("Tia Tls", &["viewer"]).await;
    world.crm.set_password(&world.admin_actor, user, PASSWORD).await.unwrap();

    assert!(program.url.starts_with("https://"), "{}", program.url);
    let trusting = Client::builder().tls_certs_only([Certificate::from_pem(cert.pem().as_bytes()).unwrap()]);
    let trusting = trusting.build().unwrap();
    let input = json!({"email": world.email("Tia Tls"), "password": PASSWORD, "tenant": world.tenant.slug});
    let session = format!("{}/api/v1/session", program.url);
    let signed_in = trusting.post(session).header("x-parley-csrf", "1").json(&input).send().await.unwrap();
    assert_eq!(signed_in.status(), 200);
    let cookie = signed_in.headers()["set-cookie"].to_str().unwrap();
    assert!(cookie.contains("; Secure"), "the browser sends the session through HTTPS only: {cookie}");

    let health = format!("{}/health", program.url);
    let stranger = Client::builder().build().unwrap().get(&health).send().await;
    assert!(stranger.is_err_and(|error| error.is_connect()), "nobody else vouches for the certificate");
    let plain = trusting.get(health.replace("https://", "http://")).send().await;
    assert!(plain.is_err(), "there is no answer without TLS");
    assert_eq!(trusting.get(health).send().await.unwrap().status(), 200);
}

#[tokio::test]
async fn on_sqlite_a_certificate_makes_it_speak_https() {
    speaks_https(Engine::Sqlite).await;
}

#[tokio::test]
async fn on_postgresql_a_certificate_makes_it_speak_https() {
    speaks_https(Engine::Postgres).await;
}
