//! Where the installation is to be found.

use url::Url;
use uuid::Uuid;

/// Where the installation is to be found, and whom it answers.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// The address of the console: `https://crm.example.com`. Without it, results carry addresses that begin with `/`.
    pub public_url: Option<Url>,
    /// Further names by which clients may call this server, as `host` or `host:port`. The public one and those of this
    /// machine itself are always allowed.
    pub hosts: Vec<String>,
    /// Further origins whose pages may call this server: `https://assistant.example.com`.
    pub origins: Vec<String>,
}

const THIS_MACHINE: [&str; 3] = ["localhost", "127.0.0.1", "::1"];

impl Settings {
    /// The console's page of a record.
    pub(crate) fn page(&self, object: &str, id: Uuid) -> String {
        let base = self.public_url.as_ref().map_or("", |url| url.as_str().trim_end_matches('/'));
        format!("{base}/records/{object}/{id}")
    }

    /// The picture by which people know this program among others; none where the address is not known.
    pub(crate) fn icon(&self) -> Option<String> {
        Some(self.public_url.as_ref()?.join("/assets/parley.svg").ok()?.into())
    }

    /// The names by which clients may call this server: a page elsewhere cannot pass its own name off as this server.
    pub(crate) fn allowed_hosts(&self) -> Vec<String> {
        let public = self.public_url.as_ref().and_then(Url::host_str).map(str::to_owned);
        THIS_MACHINE.iter().map(|host| (*host).to_owned()).chain(public).chain(self.hosts.iter().cloned()).collect()
    }

    /// The origins whose pages may call this server.
    pub(crate) fn allowed_origins(&self) -> Vec<String> {
        let own = ["http://localhost:*", "http://127.0.0.1:*"].into_iter().map(str::to_owned);
        let public = self.public_url.as_ref().and_then(|url| {
            let (host, port) = (url.host_str()?, url.port_or_known_default()?);
            Some(format!("{}://{host}:{port}", url.scheme()))
        });
        own.chain(public).chain(self.origins.iter().cloned()).collect()
    }
}
