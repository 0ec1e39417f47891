//! What kind of file something is: by its first bytes rather than by what the sender says.

/// Kinds that a browser may show in place. All others are offered for saving: a page or picture with scripts must
/// never run under this server's name.
const SHOWN: [&str; 6] = ["image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf", "text/plain"];
const UNKNOWN: &str = "application/octet-stream";

/// The kind of a file, from its first bytes and what its sender says.
pub(in crate::http) fn of(start: &[u8], declared: Option<&str>) -> String {
    if let Some(sniffed) = sniff(start) {
        return sniffed.to_owned();
    }
    let essence = declared.and_then(|text| text.split(';').next()).unwrap_or_default().trim().to_ascii_lowercase();
    let sound = essence.len() <= 100
        && essence.split_once('/').is_some_and(|(kind, rest)| !kind.is_empty() && !rest.is_empty())
        && essence.chars().all(|c| c.is_ascii_alphanumeric() || "/.+-_".contains(c));
    // What says that it is a picture or a document that is recognised by its start, but does not start like one.
    let pretends = SHOWN.contains(&essence.as_str()) && essence != "text/plain";
    if sound && !pretends { essence } else { UNKNOWN.to_owned() }
}

fn sniff(start: &[u8]) -> Option<&'static str> {
    let starts = |magic: &[u8]| start.starts_with(magic);
    Some(match () {
        () if starts(b"\x89PNG\r\n\x1a\n") => "image/png",
        () if starts(b"\xff\xd8\xff") => "image/jpeg",
        () if starts(b"GIF87a") || starts(b"GIF89a") => "image/gif",
        () if starts(b"RIFF") && start.get(8..12) == Some(b"WEBP") => "image/webp",
        () if starts(b"%PDF-") => "application/pdf",
        () => return None,
    })
}

/// The kind as it is told to browsers: of what is only for saving, nothing.
pub(super) fn sent(media_type: &str) -> &str {
    match media_type {
        "text/plain" => "text/plain; charset=utf-8",
        shown if is_shown(shown) => shown,
        _ => UNKNOWN,
    }
}

/// Whether a browser may show it in place.
pub(super) fn is_shown(media_type: &str) -> bool {
    SHOWN.contains(&media_type)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_bytes_decide() {
        assert_eq!(of(b"\x89PNG\r\n\x1a\n\0\0", Some("text/html")), "image/png");
        assert_eq!(of(b"<script>", Some("image/png")), UNKNOWN);
        assert_eq!(of(b"a,b", Some("text/csv; charset=utf-8")), "text/csv");
        assert_eq!(of(b"", Some("no type")), UNKNOWN);
    }

    #[test]
    fn pages_are_not_shown_in_place() {
        assert!(!is_shown("text/html") && !is_shown("image/svg+xml") && is_shown("application/pdf"));
        assert_eq!(sent("text/html"), UNKNOWN);
    }
}
