//! Templates: text in which `{column}` stands for a cell.

use super::error::did_you_mean;
use serde::Deserialize;

/// A template as the mapping has it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(crate) struct Template(Vec<Part<String>>);

/// A template whose columns were found in a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bound(Vec<Part<usize>>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part<C> {
    Text(String),
    Cell { column: C, form: Form },
}

/// How a cell is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    AsIs,
    /// As the first half of an e-mail address.
    Handle,
}

impl TryFrom<String> for Template {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let mut parts = Vec::new();
        let mut rest = text.as_str();
        while let Some((before, after)) = rest.split_once('{') {
            let Some((inside, after)) = after.split_once('}') else {
                return Err(format!("the template `{text}` has a `{{` without its `}}`"));
            };
            if !before.is_empty() {
                parts.push(Part::Text(before.to_owned()));
            }
            parts.push(cell(&text, inside)?);
            rest = after;
        }
        if !rest.is_empty() {
            parts.push(Part::Text(rest.to_owned()));
        }
        Ok(Self(parts))
    }
}

fn cell(text: &str, inside: &str) -> Result<Part<String>, String> {
    let (column, form) = match inside.split_once('|') {
        None => (inside.trim(), Form::AsIs),
        Some((column, form)) if form.trim() == "handle" => (column.trim(), Form::Handle),
        Some((_, form)) => {
            return Err(format!("the template `{text}` asks for the form `{}`; there is only `handle`", form.trim()));
        }
    };
    match column.is_empty() {
        true => Err(format!("the template `{text}` has braces without a column between them")),
        false => Ok(Part::Cell { column: column.to_owned(), form }),
    }
}

impl Template {
    /// Finds the columns in a table's header; the error says which one is missing.
    pub(super) fn bind(&self, columns: &[String]) -> Result<Bound, String> {
        let bind = |part: &Part<String>| {
            Ok(match part {
                Part::Text(text) => Part::Text(text.clone()),
                Part::Cell { column, form } => Part::Cell { column: position(column, columns)?, form: *form },
            })
        };
        self.0.iter().map(bind).collect::<Result<_, String>>().map(Bound)
    }

    /// The text, if no column is in it.
    pub(super) fn constant(&self) -> Option<&str> {
        match self.0.as_slice() {
            [Part::Text(text)] => Some(text),
            _ => None,
        }
    }
}

fn position(column: &str, columns: &[String]) -> Result<usize, String> {
    columns.iter().position(|known| known == column).ok_or_else(|| {
        let near = did_you_mean(column, columns.iter().map(String::as_str));
        format!("the table has no column `{column}`.{near} It has: {}.", columns.join(", "))
    })
}

impl Bound {
    /// The text with the row's cells in it; none if one of them is blank.
    pub(super) fn fill(&self, cells: &[String]) -> Option<String> {
        let mut filled = String::new();
        for part in &self.0 {
            match part {
                Part::Text(text) => filled.push_str(text),
                Part::Cell { column, form } => {
                    let cell = cells.get(*column).map(|cell| cell.trim()).filter(|cell| !cell.is_empty())?;
                    match form {
                        Form::AsIs => filled.push_str(cell),
                        Form::Handle => filled.push_str(&handle(cell)),
                    }
                }
            }
        }
        Some(filled)
    }

    /// The positions of its columns.
    pub(super) fn columns(&self) -> impl Iterator<Item = usize> {
        self.0.iter().filter_map(|part| match part {
            Part::Cell { column, .. } => Some(*column),
            Part::Text(_) => None,
        })
    }

    /// The column that it stands for alone, as it is.
    pub(super) fn only_column(&self) -> Option<usize> {
        match self.0.as_slice() {
            [Part::Cell { column, form: Form::AsIs }] => Some(*column),
            _ => None,
        }
    }
}

/// `Anna O'Snéll ing` as `anna.osnell.ing`.
fn handle(cell: &str) -> String {
    let words: Vec<String> = crm_core::text::fold(cell)
        .split_whitespace()
        .map(|word| word.chars().filter(|c| c.is_alphanumeric() || matches!(c, '.' | '-')).collect::<String>())
        .filter(|word| !word.is_empty())
        .collect();
    words.join(".")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns() -> Vec<String> {
        ["account", "product"].map(str::to_owned).into()
    }

    fn filled(template: &str, cells: [&str; 2]) -> Option<String> {
        let template = Template::try_from(template.to_owned()).unwrap();
        template.bind(&columns()).unwrap().fill(&cells.map(str::to_owned))
    }

    #[test]
    fn cells_are_put_in_without_blanks_around_them() {
        assert_eq!(filled("{account} – {product}", [" Acme ", "GTX"]).unwrap(), "Acme – GTX");
        assert_eq!(filled("constant", ["", ""]).unwrap(), "constant");
    }

    #[test]
    fn a_blank_column_makes_the_whole_template_blank() {
        assert_eq!(filled("{account} – {product}", ["  ", "GTX"]), None);
    }

    #[test]
    fn a_handle_is_half_an_email_address() {
        assert_eq!(
            filled("{account|handle}@x.example", ["Renée O'Brien-Smith", ""]).unwrap(),
            "renee.obrien-smith@x.example"
        );
    }

    #[test]
    fn errors_name_the_template_and_the_column() {
        assert!(Template::try_from("{account".to_owned()).unwrap_err().contains("`{account`"));
        assert!(Template::try_from("{account|upper}".to_owned()).unwrap_err().contains("`upper`"));
        assert!(Template::try_from("{}".to_owned()).is_err());
        let wrong = Template::try_from("{acount}".to_owned()).unwrap().bind(&columns()).unwrap_err();
        assert_eq!(wrong, "the table has no column `acount`. Did you mean `account`? It has: account, product.");
    }
}
