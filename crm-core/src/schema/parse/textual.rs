//! Texts: plain ones, e-mail addresses, phone numbers, web addresses.

use super::{Refusal, refuse};
use crate::value::Value;
use serde_json::Value as Json;
use url::Url;

/// A text without surrounding space; empty is no value.
pub(super) fn text(json: &Json, several_lines: bool) -> Result<Value, Refusal> {
    let text = match json {
        Json::String(text) => text.trim().to_owned(),
        Json::Number(number) => number.to_string(),
        _ => return refuse("wrong_type", "must be a text", "Put it between quotation marks."),
    };
    let odd = |c: char| c.is_control() && !(several_lines && matches!(c, '\n' | '\t' | '\r'));
    if let Some(c) = text.chars().find(|c| odd(*c)) {
        let what = if c == '\n' || c == '\r' {
            "a line break".to_owned()
        } else {
            format!("the control character U+{:04X}", u32::from(c))
        };
        return refuse("wrong_type", format!("must not contain {what}"), "Remove it.");
    }
    Ok(text.as_str().into())
}

/// An address with one `@`, a local part, and a host with a dot (RFC 5321's lengths; its quoted oddities refused).
pub(super) fn email(json: &Json) -> Result<Value, Refusal> {
    const MEND: &str = "Write it such as jane@example.com.";
    let Value::Text(text) = text(json, false)? else { return Ok(Value::Null) };
    let Some((local, host)) = text.rsplit_once('@') else {
        return refuse("bad_email", "must be an e-mail address", MEND);
    };
    let local_is_good = (1..=64).contains(&local.len())
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
        && local.chars().all(|c| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c));
    let label_is_good = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    let host = host.to_lowercase();
    if !local_is_good || text.len() > 254 || !host.contains('.') || !host.split('.').all(label_is_good) {
        return refuse("bad_email", "must be an e-mail address", MEND);
    }
    Ok(Value::Text(format!("{local}@{host}")))
}

/// A phone number of any country, as E.164.
pub(super) fn phone(json: &Json) -> Result<Value, Refusal> {
    const MEND: &str = "Write it with the country code, such as +1 202 555 0143.";
    let Value::Text(text) = text(json, false)? else { return Ok(Value::Null) };
    let international = match text.strip_prefix("00") {
        Some(rest) => format!("+{rest}"),
        None => text.clone(),
    };
    if text.chars().count() > 40 || !international.trim_start_matches(['(', ' ']).starts_with('+') {
        return refuse("bad_phone", "must be a phone number with its country code", MEND);
    }
    let Ok(number) = phonenumber::parse(None, &international) else {
        return refuse("bad_phone", "must be a phone number", MEND);
    };
    let digits = number.national().value().to_string().len();
    // Shape only: numbers of fiction and of new ranges are no customer's fault.
    if !(4..=14).contains(&digits) {
        return refuse("bad_phone", "must be a phone number", MEND);
    }
    Ok(Value::Text(number.format().mode(phonenumber::Mode::E164).to_string()))
}

/// A web address; one without a scheme gets https.
pub(super) fn url(json: &Json) -> Result<Value, Refusal> {
    const MEND: &str = "Write it such as https://example.com.";
    let Value::Text(text) = text(json, false)? else { return Ok(Value::Null) };
    let whole = if text.contains("://") { text } else { format!("https://{text}") };
    match Url::parse(&whole) {
        Ok(url)
            if matches!(url.scheme(), "http" | "https")
                && url.host_str().is_some_and(|host| host.contains('.') || host == "localhost") =>
        {
            let shown = url.as_str();
            let bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
            Ok(Value::Text(if bare { shown.trim_end_matches('/') } else { shown }.to_owned()))
        }
        _ => refuse("bad_url", "must be a web address", MEND),
    }
}
