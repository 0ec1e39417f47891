//! What a chart is drawn on: SVG, written piece by piece.

use super::picture::Theme;
use std::fmt::Write;

/// How wide every picture is.
pub(super) const WIDTH: f64 = 800.0;
/// What stays free at the edges.
pub(super) const MARGIN: f64 = 24.0;

/// The colours of a theme.
pub(super) struct Colours {
    pub(super) paper: &'static str,
    pub(super) ink: &'static str,
    pub(super) faint: &'static str,
    pub(super) lines: &'static str,
    pub(super) below: &'static str,
    /// One for each row of figures: told apart by those who do not tell red from green, too.
    pub(super) rows: [&'static str; 8],
}

const LIGHT: Colours = Colours {
    paper: "#ffffff",
    ink: "#1b1f24",
    faint: "#57606a",
    lines: "#d9dee3",
    below: "#b3261e",
    rows: ["#1f5fbf", "#c2570c", "#0f7b5f", "#a3337f", "#6b6ecf", "#8a6d00", "#2a8fa8", "#6e5a4b"],
};
const DARK: Colours = Colours {
    paper: "#16191d",
    ink: "#eceff2",
    faint: "#a7b0b9",
    lines: "#363c43",
    below: "#ff8a80",
    rows: ["#7db0ff", "#ffa45c", "#5fd3ae", "#f08fcb", "#b3b5ff", "#e0c341", "#6fd0e6", "#c9b09c"],
};

impl Theme {
    pub(super) fn colours(self) -> &'static Colours {
        match self {
            Self::Light => &LIGHT,
            Self::Dark => &DARK,
        }
    }
}

/// Where a text stands by its place.
#[derive(Debug, Clone, Copy)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// How a text looks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ink {
    pub(super) size: f64,
    pub(super) bold: bool,
    pub(super) colour: &'static str,
}

/// A picture that is being drawn.
pub(super) struct Canvas {
    drawn: String,
    pub(super) colours: &'static Colours,
}

impl Canvas {
    pub(super) fn new(theme: Theme) -> Self {
        Self { drawn: String::new(), colours: theme.colours() }
    }

    /// The whole, of this height.
    pub(super) fn finish(self, height: f64) -> String {
        let (paper, drawn) = (self.colours.paper, self.drawn);
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" \
             height=\"{height}\" font-family=\"DejaVu Sans\"><rect width=\"{WIDTH}\" height=\"{height}\" \
             fill=\"{paper}\"/>{drawn}</svg>"
        )
    }

    pub(super) fn plain(&self, size: f64) -> Ink {
        Ink { size, bold: false, colour: self.colours.ink }
    }

    pub(super) fn faint(&self, size: f64) -> Ink {
        Ink { size, bold: false, colour: self.colours.faint }
    }

    /// The colour of a row of figures.
    pub(super) fn row(&self, at: usize) -> &'static str {
        self.colours.rows.get(at % self.colours.rows.len()).copied().unwrap_or(self.colours.ink)
    }

    pub(super) fn text(&mut self, x: f64, y: f64, anchor: Anchor, ink: Ink, text: &str) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let weight = if ink.bold { "bold" } else { "normal" };
        let (size, colour, text) = (ink.size, ink.colour, escaped(text));
        self.add(format_args!(
            "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\" font-size=\"{size}\" font-weight=\"{weight}\" \
             fill=\"{colour}\">{text}</text>"
        ));
    }

    pub(super) fn rect(&mut self, [x, y, width, height]: [f64; 4], colour: &str) {
        self.add(format_args!(
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" rx=\"2\" fill=\"{colour}\"/>"
        ));
    }

    pub(super) fn line(&mut self, [x, y, to_x, to_y]: [f64; 4], colour: &str) {
        self.add(format_args!(
            "<line x1=\"{x:.1}\" y1=\"{y:.1}\" x2=\"{to_x:.1}\" y2=\"{to_y:.1}\" stroke=\"{colour}\"/>"
        ));
    }

    pub(super) fn path(&mut self, path: &str, stroke: &str, fill: &str) {
        self.add(format_args!(
            "<path d=\"{path}\" stroke=\"{stroke}\" stroke-width=\"2.5\" stroke-linejoin=\"round\" fill=\"{fill}\"/>"
        ));
    }

    pub(super) fn dot(&mut self, x: f64, y: f64, colour: &str) {
        self.add(format_args!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3.5\" fill=\"{colour}\"/>"));
    }

    /// A text in as many lines as it needs, up to a number; answers where the next line would stand.
    pub(super) fn lines(&mut self, mut y: f64, ink: Ink, most: usize, text: &str) -> f64 {
        for line in wrapped(text, WIDTH - 2.0 * MARGIN, ink.size, most) {
            self.text(MARGIN, y, Anchor::Start, ink, &line);
            y += ink.size * 1.35;
        }
        y
    }

    /// What the rows of figures are called, beside their colours; answers where the next thing would stand.
    pub(super) fn legend<'a>(&mut self, y: f64, names: impl Iterator<Item = &'a str>) -> f64 {
        let (mut x, mut y) = (MARGIN, y);
        for (at, name) in names.enumerate() {
            let name = cut(name, 200.0, 12.0);
            let width = 18.0 + width_of(&name, 12.0) + 18.0;
            if x > MARGIN && x + width > WIDTH - MARGIN {
                (x, y) = (MARGIN, y + 20.0);
            }
            self.rect([x, y - 10.0, 12.0, 12.0], self.row(at));
            self.text(x + 18.0, y, Anchor::Start, self.faint(12.0), &name);
            x += width;
        }
        y + 18.0
    }

    fn add(&mut self, piece: std::fmt::Arguments<'_>) {
        // Writing to a text cannot fail.
        let _ = self.drawn.write_fmt(piece);
    }
}

/// About how wide a text is: the letters of the typeface in classes, which is near enough to lay things out.
pub(super) fn width_of(text: &str, size: f64) -> f64 {
    let letter = |c: char| match c {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | ' ' | '!' => 0.33,
        'f' | 't' | 'r' | '(' | ')' | '-' | '/' | '·' => 0.42,
        'm' | 'w' | 'M' | 'W' | '%' | '@' | '…' => 0.98,
        c if c.is_uppercase() => 0.7,
        c if u32::from(c) >= 0x1100 => 1.05,
        _ => 0.63,
    };
    text.chars().map(letter).sum::<f64>() * size
}

/// A text that fits: with an ellipsis where it was cut.
pub(super) fn cut(text: &str, width: f64, size: f64) -> String {
    if width_of(text, size) <= width {
        return text.to_owned();
    }
    let mut kept = String::new();
    for c in text.chars() {
        kept.push(c);
        if width_of(&kept, size) + size > width {
            kept.pop();
            break;
        }
    }
    format!("{}…", kept.trim_end())
}

fn wrapped(text: &str, width: f64, size: f64, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if lines_up(line, word, width, size) => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    if lines.len() > most {
        let rest = lines.split_off(most.saturating_sub(1)).join(" ");
        lines.push(rest);
    }
    lines.iter().map(|line| cut(line, width, size)).collect()
}

fn lines_up(line: &str, word: &str, width: f64, size: f64) -> bool {
    width_of(line, size) + width_of(word, size) + 0.33 * size <= width
}

/// A text as XML takes it.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            c if c.is_control() || matches!(u32::from(c), 0xFFFE | 0xFFFF) => safe.push(' '),
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_cut_or_wrapped_to_fit() {
        let long = "An exceedingly long name of a company that nobody can say in one breath";
        let short = cut(long, 120.0, 12.0);
        assert!(short.ends_with('…') && width_of(&short, 12.0) <= 120.0, "{short}");
        assert_eq!(cut("Acme", 120.0, 12.0), "Acme");
        let lines = wrapped(long, 200.0, 12.0, 2);
        assert!(lines.len() == 2 && lines[1].ends_with('…'), "{lines:?}");
    }

    #[test]
    fn nothing_that_is_written_in_a_name_becomes_part_of_the_drawing() {
        assert_eq!(escaped("<b>&\u{7}\n"), "&lt;b&gt;&amp;  ");
    }
}
