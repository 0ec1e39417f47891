//! Programs that a document introduces, at the address that is their id.

use super::program::{Program, page, works};
use crate::support::{Engine, Program as Installation, World};
use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls::pki_types::PrivatePkcs8KeyDer;
use serde_json::{Value as Json, json};
use std::sync::{Arc, Mutex};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

/// Somebody's website, at which documents lie, and the certificate to trust.
struct Website {
    host: String,
    certificate: String,
    /// What it answers: the head after the status, and the body.
    answer: Arc<Mutex<(String, String)>>,
    asked: Arc<Mutex<usize>>,
    _folder: TempDir,
}

impl Website {
    async fn open() -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let CertifiedKey { cert, signing_key } = generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let certificate = folder.path().join("website.pem");
        std::fs::write(&certificate, cert.pem()).unwrap();
        let key = PrivatePkcs8KeyDer::from(signing_key.serialize_der()).into();
        let config = rustls::ServerConfig::builder().with_no_client_auth();
        let tls = TlsAcceptor::from(Arc::new(config.with_single_cert(vec![cert.der().clone()], key).unwrap()));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let host = format!("localhost:{}", listener.local_addr().unwrap().port());
        let (answer, asked) = (Arc::<Mutex<(String, String)>>::default(), Arc::<Mutex<usize>>::default());
        let (told, count) = (answer.clone(), asked.clone());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let Ok(mut stream) = tls.accept(stream).await else { continue };
                let mut request = vec![0; 4_096];
                let _ = stream.read(&mut request).await;
                *count.lock().unwrap() += 1;
                let (head, body) = told.lock().unwrap().clone();
                let response =
                    format!("HTTP/1.1 {head}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}", body.len());
                let _ = stream.write_all(response.as_bytes()).await;
                let _ = stream.shutdown().await;
            }
        });
        let certificate = certificate.to_str().unwrap().to_owned();
        Self { host, certificate, answer, asked, _folder: folder }
    }

    fn address(&self, path: &str) -> String {
        format!("https://{}{path}", self.host)
    }

    fn says(&self, head: &str, body: &str) {
        *self.answer.lock().unwrap() = (head.to_owned(), body.to_owned());
    }

    fn document(&self, path: &str) -> Json {
        json!({"client_id": self.address(path), "client_name": "Aide", "redirect_uris": ["https://aide.example/back"]})
    }

    fn asked(&self) -> usize {
        *self.asked.lock().unwrap()
    }
}

/// An installation that trusts the website's certificate, and names its host if it may be asked.
async fn installation(engine: Engine, website: &Website, named: bool) -> World {
    let hosts = if named { website.host.as_str() } else { "" };
    let settings = [("SSL_CERT_FILE", website.certificate.as_str()), ("PARLEY_CLIENT_HOSTS", hosts)];
    World::new(Box::leak(Box::new(Installation::start(engine, &settings)))).await
}

#[tokio::test]
async fn a_document_introduces_a_program_and_its_host_vouches_for_it() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let website = Website::open().await;
        let world = installation(engine, &website, true).await;
        website.says("200 OK\r\ncontent-type: application/json", &website.document("/client.json").to_string());
        let browser = world.browser("Bea Browser", &["seller"]).await;
        let program = Program::known(&world, &website.address("/client.json"), "https://aide.example/back");
        let text = page(&browser, &program.question("crm:read", &[])).await;
        assert!(text.contains("localhost vouches for this name."), "{text}");
        let got = program.let_in(&browser, "crm:read").await;
        assert_eq!(works(&world, &got.access).await, 200);
        assert_eq!(website.asked(), 1, "a document is believed for a while");
        let sent = browser.get(&program.question("crm:read", &[("redirect_uri", "https://evil.example/")])).await;
        assert_eq!(sent.status, 400);
        let admin = world.browser("Adi Admin", &["admin"]).await;
        assert_eq!(admin.get("/oauth/clients").await.expect(200)["clients"][0]["kind"], "document");
    }
}

#[tokio::test]
async fn a_document_that_is_not_as_it_should_be_introduces_nobody() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let website = Website::open().await;
        let world = installation(engine, &website, true).await;
        let browser = world.browser("Bea Browser", &["seller"]).await;
        let good = website.document("/a").to_string();
        let mut secret = website.document("/a");
        secret["token_endpoint_auth_method"] = json!("client_secret_basic");
        for (head, body) in [
            ("200 OK", website.document("/other").to_string()),
            ("200 OK", "not json".to_owned()),
            ("200 OK", format!("{good}{}", " ".repeat(20_000))),
            ("200 OK", secret.to_string()),
            ("404 Not Found", good.clone()),
            ("302 Found\r\nlocation: /b", good.clone()),
        ] {
            website.says(head, &body);
            let program = Program::known(&world, &website.address("/a"), "https://aide.example/back");
            assert_eq!(browser.get(&program.question("crm:read", &[])).await.status, 400, "{head}: {body:.80}");
        }
        assert_eq!(website.asked(), 6, "no redirect was followed");
        website.says("200 OK", &good);
        let program = Program::known(&world, &website.address("/a"), "https://aide.example/back");
        page(&browser, &program.question("crm:read", &[])).await;
    }
}

#[tokio::test]
async fn nothing_inside_the_own_network_is_asked_and_nothing_for_who_is_not_signed_in() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let website = Website::open().await;
        website.says("200 OK", &website.document("/a").to_string());
        let (closed, open) = (installation(engine, &website, false).await, installation(engine, &website, true).await);
        let program = |world: &World| Program::known(world, &website.address("/a"), "https://aide.example/back");
        let browser = closed.browser("Bea Browser", &["admin"]).await;
        assert_eq!(browser.get(&program(&closed).question("crm:read", &[])).await.status, 400);
        let nobody = crate::support::Client::new(open.program);
        assert_eq!(nobody.get(&program(&open).question("crm:read", &[])).await.status, 303);
        assert_eq!(website.asked(), 0);
    }
}

#[tokio::test]
async fn nobody_makes_the_server_fetch_without_end() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let website = Website::open().await;
        website.says("404 Not Found", "");
        let world = installation(engine, &website, true).await;
        let browser = world.browser("Bea Browser", &["seller"]).await;
        let mut last = 0;
        for n in 0..15 {
            let program = Program::known(&world, &website.address(&format!("/{n}")), "https://aide.example/back");
            last = browser.get(&program.question("crm:read", &[])).await.status;
        }
        assert_eq!((last, website.asked()), (429, 10));
    }
}
