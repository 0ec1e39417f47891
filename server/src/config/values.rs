//! The values in force and where each comes from.

use super::setting::{is_secret, settings};
use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Origin {
    Flag,
    Environment(&'static str),
    File { path: PathBuf, line: usize },
    Default,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag => f.write_str("command line"),
            Self::Environment(name) => write!(f, "environment {name}"),
            Self::File { path, line } => write!(f, "{}, line {line}", path.display()),
            Self::Default => f.write_str("default"),
        }
    }
}

/// A value and where it comes from.
#[derive(Debug, Clone)]
pub(super) struct Given {
    pub(super) text: String,
    pub(super) origin: Origin,
}

/// What is wrong with the configuration: every error, each with where it stands and how to mend it.
#[derive(Debug, thiserror::Error)]
#[error("{}", .0.join("\n"))]
pub(crate) struct ConfigError(pub(super) Vec<String>);

/// The values in force, not read into types yet.
#[derive(Debug)]
pub(crate) struct Values(pub(super) BTreeMap<&'static str, Given>);

impl Values {
    /// Puts flags over environment over file over defaults. `flags` are by key; `env` reads a variable.
    ///
    /// # Errors
    /// When the file cannot be read or has keys that are none.
    pub(crate) fn gather(
        flags: &[(&'static str, Option<String>)],
        env: impl Fn(&str) -> Option<String>,
        file: Option<&Path>,
    ) -> Result<Self, ConfigError> {
        let mut values = BTreeMap::new();
        for setting in settings() {
            values.insert(setting.key, Given { text: setting.default.into(), origin: Origin::Default });
        }
        if let Some(path) = file {
            let text = std::fs::read_to_string(path).map_err(|error| {
                ConfigError(vec![format!("{}: the configuration cannot be read: {error}.", path.display())])
            })?;
            from_file(path, &text, &mut values)?;
        }
        for setting in settings() {
            if let Some(text) = env(setting.env).filter(|text| !text.is_empty()) {
                values.insert(setting.key, Given { text, origin: Origin::Environment(setting.env) });
            }
        }
        for (key, text) in flags {
            if let Some(text) = text {
                values.insert(key, Given { text: text.clone(), origin: Origin::Flag });
            }
        }
        Ok(Self(values))
    }

    /// Every setting as a commented TOML file, secrets hidden.
    pub(crate) fn show(&self) -> String {
        let (mut text, mut section) = (String::new(), "");
        for setting in settings() {
            let (of, key) = setting.key.split_once('.').unwrap_or(("", setting.key));
            if of != section {
                text.push_str(&format!("\n[{of}]\n"));
                section = of;
            }
            if let Some(given) = self.0.get(setting.key) {
                let shown = shown(setting.key, &given.text);
                text.push_str(&format!(
                    "# {} ({}; {})\n{key} = {}\n",
                    setting.about,
                    setting.env,
                    given.origin,
                    toml::Value::String(shown)
                ));
            }
        }
        text
    }

    pub(super) fn text(&self, key: &str) -> &str {
        self.0.get(key).map_or("", |given| given.text.as_str())
    }
}

/// Reads the file's keys into `values`.
fn from_file(path: &Path, text: &str, values: &mut BTreeMap<&'static str, Given>) -> Result<(), ConfigError> {
    let refused =
        |error: toml::de::Error| ConfigError(vec![format!("{}: {}", path.display(), error.to_string().trim_end())]);
    let document = toml::de::DeTable::parse(text).map_err(refused)?;
    let mut errors = Vec::new();
    let mut take = |key: String, at: usize, value: &toml::de::DeValue<'_>| {
        let line = text[..at.min(text.len())].matches('\n').count() + 1;
        let here = Origin::File { path: path.to_owned(), line };
        let Some(setting) = settings().find(|setting| setting.key == key) else {
            let meant = settings().map(|setting| (strsim::osa_distance(setting.key, &key), setting.key)).min();
            let meant = meant
                .filter(|(distance, _)| *distance <= 3)
                .map(|(_, key)| format!(" Did you mean `{key}`?"))
                .unwrap_or_default();
            errors
                .push(format!("{here}: there is no setting `{key}`.{meant} `parley config show` lists all settings."));
            return;
        };
        match plain(value) {
            Some(text) => {
                values.insert(setting.key, Given { text, origin: here });
            }
            None => errors.push(format!("{here}: `{key}` takes a text, a number, true, false or a list of texts.")),
        }
    };
    for (name, value) in document.get_ref() {
        match value.get_ref().as_table() {
            Some(section) => {
                for (key, value) in section {
                    take(format!("{}.{}", name.get_ref(), key.get_ref()), key.span().start, value.get_ref());
                }
            }
            None => take(name.get_ref().to_string(), name.span().start, value.get_ref()),
        }
    }
    if errors.is_empty() { Ok(()) } else { Err(ConfigError(errors)) }
}

fn plain(value: &toml::de::DeValue<'_>) -> Option<String> {
    use toml::de::DeValue;
    match value {
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Integer(number) => Some(number.as_str().replace('_', "")),
        DeValue::Float(number) => Some(number.as_str().to_owned()),
        DeValue::Boolean(yes) => Some(yes.to_string()),
        DeValue::Array(items) => {
            let items: Option<Vec<String>> =
                items.iter().map(|item| item.get_ref().as_str().map(str::to_owned)).collect();
            Some(items?.join(","))
        }
        _ => None,
    }
}

/// A value as people may see it.
pub(super) fn shown(key: &str, text: &str) -> String {
    if is_secret(key) && !text.is_empty() { "***".into() } else { hide_password(text) }
}

/// `postgres://parley:***@host/db` for an address with a password, in its usual place or as a parameter.
pub(super) fn hide_password(text: &str) -> String {
    let Some((scheme, rest)) = text.split_once("://") else { return text.to_owned() };
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    // A password may hold an @ that was not encoded: the last one ends it.
    let (authority, after) = match rest.rfind('@') {
        Some(at) if at >= end => (&rest[..at], &rest[at..]),
        _ => match rest[..end].rfind('@') {
            Some(at) => (&rest[..at], &rest[at..]),
            None => ("", rest),
        },
    };
    let authority = authority.split_once(':').map_or_else(|| authority.to_owned(), |(user, _)| format!("{user}:***"));
    let after = match after.split_once('?') {
        None => after.to_owned(),
        Some((path, parameters)) => {
            let hidden = parameters.split('&').map(|pair| match pair.split_once('=') {
                Some((name, _)) if name.contains("password") => format!("{name}=***"),
                _ => pair.to_owned(),
            });
            format!("{path}?{}", hidden.collect::<Vec<_>>().join("&"))
        }
    };
    format!("{scheme}://{authority}{after}")
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::Config;
    use super::*;

    pub(in crate::config) fn gathered(
        flags: &[(&'static str, Option<String>)],
        env: &[(&str, &str)],
        file: &str,
    ) -> Result<Values, ConfigError> {
        let mut values = BTreeMap::new();
        for setting in settings() {
            values.insert(setting.key, Given { text: setting.default.into(), origin: Origin::Default });
        }
        from_file(Path::new("parley.toml"), file, &mut values)?;
        let over = Values::gather(
            flags,
            |name| env.iter().find(|(known, _)| *known == name).map(|(_, text)| (*text).to_owned()),
            None,
        )?;
        for (key, given) in over.0.into_iter().filter(|(_, given)| given.origin != Origin::Default) {
            values.insert(key, given);
        }
        Ok(Values(values))
    }

    pub(in crate::config) fn wrong(file: &str) -> String {
        match gathered(&[], &[], file) {
            Ok(values) => Config::read(&values).err().map(|error| error.to_string()).unwrap_or_default(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn passwords_are_never_shown() {
        for url in [
            "postgres://parley:s3cret@db/x",
            "postgres://parley:s3c@ret/@db/x",
            "postgres://db/x?user=a&password=s3cret",
        ] {
            assert!(!hide_password(url).contains("s3c"), "{}", hide_password(url));
        }
        assert_eq!(hide_password("postgres://parley:s3cret@db/x"), "postgres://parley:***@db/x");
        let values = gathered(&[("database.url", Some("postgres://parley:s3cret@db/x".into()))], &[], "").unwrap();
        assert!(!values.show().contains("s3cret"));
        let bad = gathered(&[("database.url", Some("mysql://parley:s3cret@db/x".into()))], &[], "").unwrap();
        let error = Config::read(&bad).err().unwrap().to_string();
        assert!(error.contains("command line: `database.url`") && !error.contains("s3cret"), "{error}");
    }
}
