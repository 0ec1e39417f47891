//! How long answers may be: assistants pay for every token, and cut what is too long in the middle.

use crate::schema;
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

/// How much is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Detail {
    /// What is usually needed.
    #[default]
    Concise,
    /// As much as assistants take.
    Full,
}

impl Detail {
    /// How many tokens an answer may have.
    pub(crate) fn tokens(self) -> usize {
        match self {
            Self::Concise => 1_400,
            Self::Full => 18_000,
        }
    }

    /// How much of a long text is shown where many records are, and where one is.
    pub(crate) fn of_many(self) -> usize {
        match self {
            Self::Concise => 160,
            Self::Full => 1_000,
        }
    }

    /// How much of a long text is shown where one record is asked for.
    pub(crate) fn of_one(self) -> usize {
        match self {
            Self::Concise => 1_500,
            Self::Full => 20_000,
        }
    }

    /// The parameter.
    pub(crate) fn schema() -> (&'static str, Json) {
        ("detail", json!({"enum": ["concise", "full"], "default": "concise"}))
    }
}

/// About how many tokens a text has, rather too many than too few.
pub(crate) fn tokens(text: &str) -> usize {
    #[derive(PartialEq, Clone, Copy)]
    enum Kind {
        Letters,
        Digits,
        Space,
        Marks,
        Foreign,
    }
    let kind = |c: char| match c {
        'a'..='z' | 'A'..='Z' => Kind::Letters,
        '0'..='9' => Kind::Digits,
        ' ' => Kind::Space,
        '\0'..='\u{7f}' => Kind::Marks,
        _ => Kind::Foreign,
    };
    // In quarters of a token: what a run of such characters costs.
    let cost = |kind: Kind, length: usize| match kind {
        // No word is that long: it is a code, or the like, of which few parts are known.
        Kind::Letters if length > 20 => 4 * length.div_ceil(3),
        Kind::Letters => 4 * length.div_ceil(6),
        Kind::Digits => 4 * length.div_ceil(3),
        Kind::Space => length / 4,
        Kind::Marks => 4 * length.div_ceil(3),
        Kind::Foreign => 3 * length,
    };
    let (mut quarters, mut run, mut length) = (0, Kind::Space, 0);
    for c in text.chars() {
        let this = kind(c);
        if this != run {
            quarters += cost(run, length);
            (run, length) = (this, 0);
        }
        length += 1;
    }
    (quarters + cost(run, length)).div_ceil(4)
}

/// How many of the items fit, beside what else the answer says; at least one.
pub(crate) fn fitting<T: Serialize>(items: &[T], detail: Detail) -> usize {
    const REST: usize = 60;
    let mut left = detail.tokens().saturating_sub(REST);
    let fits = |item: &T| {
        let size = serde_json::to_string(item).map_or(0, |text| tokens(&text) + 1);
        let fits = size <= left;
        left = left.saturating_sub(size);
        fits
    };
    items.iter().map(fits).take_while(|fits| *fits).count().max(1).min(items.len())
}

/// Makes an answer about one thing fit, by cutting its texts: `show` it with texts of at most so many characters.
pub(crate) fn cut_to_fit(detail: Detail, show: impl Fn(usize) -> Json) -> Json {
    let mut most = detail.of_one();
    loop {
        let shown = show(most);
        const LEAST: usize = 20;
        if most <= LEAST || tokens(&shown.to_string()) <= detail.tokens() {
            return shown;
        }
        most /= 2;
    }
}

/// The parameter that says how many at most.
pub(crate) fn limit(most: usize, usual: usize) -> (&'static str, Json) {
    ("limit", schema::count(most, usual))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The estimate is never much below what the tokens really are.
    #[test]
    fn tokens_are_rather_counted_too_high() -> Result<(), String> {
        let real = tiktoken_rs::o200k_base().map_err(|error| error.to_string())?;
        let texts = [
            json!({"id": "0193f3a2-7c1e-7b3a-9f00-5be1c2d3e4f5", "amount": {"amount": "1250.00", "currency": "USD"}})
                .to_string(),
            "The customer asked where the order is and was told that it left the warehouse on Monday.".into(),
            "Die Rechnungsstellung verzögert sich wegen der Überprüfung der Lieferadresse.".into(),
            json!([1, 22, 333, 4_444, "2017-03-01T14:00:00Z", null, true, ["a", "b"]]).to_string(),
            "https://crm.example.com/records/deal/0193f3a2-7c1e-7b3a-9f00-5be1c2d3e4f5".into(),
            "契約の更新について、明日の午後に電話でご相談できますか。".into(),
        ];
        for text in texts {
            let (estimated, counted) = (tokens(&text), real.encode_ordinary(&text).len());
            assert!(estimated * 10 >= counted * 9, "{estimated} for {counted}: {text}");
            assert!(estimated <= counted * 5 / 2, "{estimated} for {counted}: {text}");
        }
        Ok(())
    }

    #[test]
    fn what_fits_is_at_least_one() {
        let long = "x y ".repeat(10_000);
        assert_eq!(fitting(&[long.clone(), long], Detail::Concise), 1);
        assert_eq!(fitting(&["a", "b", "c"], Detail::Concise), 3);
        assert_eq!(fitting::<String>(&[], Detail::Full), 0);
    }
}
