//! Programs whose id is an https address, at which a document introduces them
//! (draft-ietf-oauth-client-id-metadata-document).
//!
//! Whoever is signed in can make this server fetch an address, so it fetches with care: only https on its usual port,
//! only from public addresses of the network, which are looked up once and then used; no redirects, no more than a few
//! bytes, no more than a few seconds.

use crate::http::oauth::Limits;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use crm_core::identity::oauth::{ClientMetadata, Registration};
use jiff::SignedDuration;
use reqwest::header::CACHE_CONTROL;
use serde_json::Value;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;
use url::{Host, Url};
use uuid::Uuid;

/// The most bytes of a document.
const LONGEST: usize = 16 * 1024;
const PATIENCE: Duration = Duration::from_secs(5);
/// How long a document is believed: as long as its server says, within these bounds.
const AT_LEAST: i64 = 5 * 60;
const AT_MOST: i64 = 24 * 3600;
const USUALLY: i64 = 3600;

/// The program that an id means; none if nothing introduces it.
pub(super) async fn client(state: &AppState, client_id: &str, session: Uuid) -> Result<Option<Registration>, Problem> {
    if let Some(known) = state.crm.registration(client_id).await? {
        return Ok(Some(known));
    }
    let Some(address) = address(client_id) else { return Ok(None) };
    let limits: &Limits = &state.oauth;
    limits.document(session)?;
    match fetch(&address, &state.settings.client_hosts).await {
        Ok((metadata, good_for)) => Ok(Some(state.crm.keep_document(client_id, metadata, good_for).await?)),
        Err(why) => {
            tracing::info!(client = client_id, why, "the document of a client was refused");
            Ok(None)
        }
    }
}

/// The address that an id is, if it is one of a document: it has a path, and nothing that could be written otherwise.
fn address(client_id: &str) -> Option<Url> {
    let url = Url::parse(client_id).ok()?;
    let plain =
        url.scheme() == "https" && url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
    (plain && url.path() != "/" && url.as_str() == client_id && client_id.len() <= 500).then_some(url)
}

/// Fetches a document; `private` names hosts in one's own network that may be fetched from all the same.
async fn fetch(url: &Url, private: &[String]) -> Result<(ClientMetadata, SignedDuration), &'static str> {
    let (host, addresses) = look_up(url, private).await?;
    let client = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .timeout(PATIENCE)
        .resolve_to_addrs(&host, &addresses)
        .user_agent("Parley")
        .build()
        .map_err(|_| "no client can be made")?;
    let answer = client.get(url.clone()).header("accept", "application/json").send().await;
    let answer = answer.map_err(|_| "it cannot be fetched")?;
    if answer.status() != reqwest::StatusCode::OK {
        return Err("it is not answered with 200");
    }
    let control = answer.headers().get(CACHE_CONTROL).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let json: Value = serde_json::from_slice(&body(answer).await?).map_err(|_| "it is not JSON")?;
    Ok((introduced(url, &json)?, good_for(control.as_deref())))
}

/// What a document says, if it may say so at this address.
fn introduced(url: &Url, json: &Value) -> Result<ClientMetadata, &'static str> {
    if json["client_id"] != url.as_str() {
        return Err("its client_id is not its address");
    }
    let public = json["token_endpoint_auth_method"].as_str().is_none_or(|method| method == "none");
    if !public || json.get("client_secret").is_some() {
        return Err("a program that introduces itself so cannot have a secret");
    }
    ClientMetadata::read(json).map_err(|_| "its metadata is refused")
}

async fn body(mut answer: reqwest::Response) -> Result<Vec<u8>, &'static str> {
    let mut bytes = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(|_| "it was broken off")? {
        if bytes.len() + chunk.len() > LONGEST {
            return Err("it is too long");
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

/// Where the host of an address is. It is fetched from there and nowhere else, whatever its name means a moment later.
async fn look_up(url: &Url, private: &[String]) -> Result<(String, Vec<SocketAddr>), &'static str> {
    let Some(Host::Domain(host)) = url.host() else { return Err("its host has no name") };
    let port = url.port().unwrap_or(443);
    let named = |known: &String| known == host || *known == format!("{host}:{port}");
    let trusted = private.iter().any(named);
    if port != 443 && !trusted {
        return Err("its port is not that of https");
    }
    let found = tokio::time::timeout(PATIENCE, tokio::net::lookup_host((host, port))).await;
    let addresses: Vec<SocketAddr> = found.ok().and_then(Result::ok).ok_or("its host cannot be found")?.collect();
    if addresses.is_empty() || !trusted && !addresses.iter().all(|address| is_public(address.ip())) {
        return Err("its host is not on the public network");
    }
    Ok((host.to_owned(), addresses))
}

/// Whether an address of the network is one that everybody reaches, by the registries of special addresses (RFC 6890).
fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let special =
        ip.is_private() || ip.is_loopback() || ip.is_link_local() || ip.is_documentation() || ip.is_multicast();
    let reserved = a == 0 || a >= 240 || (a == 100 && (64..128).contains(&b)) || (a == 198 && (18..20).contains(&b));
    !special && !reserved && (a, b, c) != (192, 0, 0) && (a, b, c) != (192, 88, 99)
}

/// Of the newer addresses, only those given out for all, and none that stands for an older one or a tunnel.
fn is_public_v6(ip: Ipv6Addr) -> bool {
    let [first, second, ..] = ip.segments();
    let given_out = (0x2000..0x4000).contains(&first);
    let tunnel = first == 0x2002 || (first == 0x2001 && second < 0x0200);
    let documentation = (first == 0x2001 && second == 0x0db8) || (first == 0x3fff && second < 0x1000);
    given_out && !tunnel && !documentation
}

/// How long a document is believed whose server says this.
fn good_for(control: Option<&str>) -> SignedDuration {
    let mut words = control.unwrap_or_default().split(',').map(str::trim);
    let seconds = words.find_map(|word| word.strip_prefix("max-age=")?.parse::<i64>().ok());
    SignedDuration::from_secs(seconds.unwrap_or(USUALLY).clamp(AT_LEAST, AT_MOST))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_public_addresses_are_fetched_from() {
        for public in ["93.184.215.14", "8.8.8.8", "2606:4700::1111", "100.128.0.1"] {
            assert!(is_public(public.parse().unwrap()), "{public}");
        }
        for private in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "0.0.0.0",
            "100.64.0.1",
            "198.18.0.1",
            "192.0.0.1",
            "192.0.2.1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::1",
            "::",
            "fe80::1",
            "fc00::1",
            "fd12::1",
            "::ffff:127.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "2001::1",
            "2001:db8::1",
            "ff02::1",
        ] {
            assert!(!is_public(private.parse().unwrap()), "{private}");
        }
    }

    #[test]
    fn an_id_is_an_address_written_in_the_one_way() {
        assert!(address("https://aide.example/client.json").is_some());
        for bad in [
            "http://aide.example/client.json",
            "https://aide.example",
            "https://aide.example/",
            "https://AIDE.example/c",
            "https://aide.example/c#x",
            "https://me@aide.example/c",
            "https://aide.example/a/../c",
            "https://aide.example:443/c",
            "client_1",
            "",
        ] {
            assert!(address(bad).is_none(), "{bad}");
        }
    }

    #[tokio::test]
    async fn hosts_without_a_name_or_inside_are_not_fetched_from() {
        for bad in [
            "https://127.0.0.1/c",
            "https://[::1]/c",
            "https://localhost/c",
            "https://localhost:8443/c",
            "https://2130706433/c",
        ] {
            assert!(look_up(&Url::parse(bad).unwrap(), &[]).await.is_err(), "{bad}");
        }
        let named = ["localhost:8443".to_owned()];
        assert!(look_up(&Url::parse("https://localhost:8443/c").unwrap(), &named).await.is_ok());
        assert!(look_up(&Url::parse("https://localhost:8444/c").unwrap(), &named).await.is_err());
    }

    #[test]
    fn a_document_speaks_only_for_its_own_address() {
        let url = Url::parse("https://aide.example/c").unwrap();
        let json =
            |id: &str| json!({"client_id": id, "client_name": "Aide", "redirect_uris": ["https://aide.example/back"]});
        assert!(introduced(&url, &json("https://aide.example/c")).is_ok());
        assert!(introduced(&url, &json("https://aide.example/d")).is_err());
        let mut secret = json("https://aide.example/c");
        secret["token_endpoint_auth_method"] = json!("client_secret_post");
        assert!(introduced(&url, &secret).is_err());
    }

    #[test]
    fn a_document_is_believed_neither_too_long_nor_too_short() {
        let seconds = |text| good_for(text).as_secs();
        assert_eq!((seconds(None), seconds(Some("no-store"))), (3600, 3600));
        assert_eq!((seconds(Some("public, max-age=1")), seconds(Some("max-age=600"))), (300, 600));
        assert_eq!(seconds(Some("max-age=99999999")), 86_400);
    }
}
