//! Figures as a chart: what is drawn, in one form for every channel.
//!
//! A channel that can draw takes the [`Chart`] as it is; one that only shows pictures takes [`Chart::picture`]; one
//! that does neither, and whoever listens, has [`Chart::text`].

mod bars;
mod canvas;
mod line;
mod numbers;
mod picture;
mod pie;
mod scale;
mod texts;

pub use numbers::Unit;
pub use picture::{Theme, Undrawable};

pub(crate) use numbers::full;
pub(crate) use texts::of as texts;

use nlu::Language;
use serde::{Deserialize, Serialize};

/// How many figures are told one by one.
const TOLD: usize = 12;

/// How figures are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Categories beside each other.
    Bar,
    /// Times, one after another.
    Line,
    /// Parts of a whole.
    Pie,
}

/// A chart.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Chart {
    /// How it is drawn.
    pub kind: Kind,
    /// What it shows, in one line.
    pub title: String,
    /// What the categories are: "Region".
    pub category: String,
    /// What is measured: "sum of Amount".
    pub measure: String,
    /// What it is counted in.
    pub unit: Unit,
    /// The categories, in order.
    pub categories: Vec<String>,
    /// The figures: one row of them, or one for each of the things that are told apart.
    pub series: Vec<Series>,
    /// How many groups the last category stands for, if it is all others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub others: Option<usize>,
    /// What must be known of it: what was left out, and why it is not drawn as was asked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// The same in words.
    pub text: String,
    /// The language of its words, as a code.
    pub language: String,
}

/// A row of figures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Series {
    /// What they are of; what is measured, if there is but one row.
    pub name: String,
    /// The figure of each category; none where there is none.
    pub values: Vec<Option<f64>>,
    /// The same as people read them.
    pub shown: Vec<String>,
}

impl Chart {
    fn language(&self) -> Language {
        Language::of(&self.language).unwrap_or(Language::En)
    }

    /// The chart with its words: what it is, its figures and what must be known of it.
    #[must_use]
    pub(crate) fn told(mut self) -> Self {
        let texts = texts::of(self.language());
        let kind = match self.kind {
            Kind::Bar => &texts.bar,
            Kind::Line => &texts.line,
            Kind::Pie => &texts.pie,
        };
        let rows = self.series.iter().map(|series| {
            let figures = self.categories.iter().zip(&series.shown);
            let mut told: Vec<String> =
                figures.take(TOLD).map(|(category, shown)| format!("{category}: {shown}")).collect();
            if self.categories.len() > TOLD {
                told.push("…".to_owned());
            }
            let name = if self.series.len() > 1 { format!("{}: ", series.name) } else { String::new() };
            format!("{name}{}.", told.join("; "))
        });
        let rows: Vec<String> = rows.collect();
        let notes = self.notes.join(" ");
        self.text = format!("{kind}: {}. {} {notes}", self.title, rows.join(" ")).trim_end().to_owned();
        self
    }
}
