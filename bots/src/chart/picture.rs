//! A chart as a picture, for channels that can show nothing else.

use super::canvas::{Canvas, Ink, MARGIN};
use super::{Chart, Kind, bars, line, pie};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};
use std::fmt;
use std::sync::{Arc, LazyLock};

/// How many dots of the picture a unit of the drawing has, so that it is sharp on any screen.
const SCALE: f32 = 2.0;

/// On what ground a picture is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Theme {
    #[default]
    Light,
    Dark,
}

/// That a picture could not be made of a drawing.
#[derive(Debug, Clone)]
pub struct Undrawable(String);

impl fmt::Display for Undrawable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the chart cannot be drawn: {}", self.0)
    }
}

impl std::error::Error for Undrawable {}

/// The typeface comes with the program: pictures look the same wherever it runs.
static TYPEFACE: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut faces = fontdb::Database::new();
    faces.load_font_data(dejavu::sans::regular().to_vec());
    faces.load_font_data(dejavu::sans::bold().to_vec());
    Arc::new(faces)
});

impl Chart {
    /// The chart as a PNG. It takes a while: not for a thread that others wait for.
    ///
    /// # Errors
    /// When the drawing is no SVG that can be drawn, which it always is.
    pub fn picture(&self, theme: Theme) -> Result<Vec<u8>, Undrawable> {
        let options = Options { fontdb: TYPEFACE.clone(), font_family: "DejaVu Sans".into(), ..Options::default() };
        let tree = Tree::from_str(&self.drawing(theme), &options).map_err(|error| Undrawable(error.to_string()))?;
        let size = tree.size().to_int_size().scale_by(SCALE);
        let size = size.ok_or_else(|| Undrawable("it has no size".into()))?;
        let pixmap = Pixmap::new(size.width(), size.height());
        let mut pixmap = pixmap.ok_or_else(|| Undrawable("it is too large".into()))?;
        resvg::render(&tree, Transform::from_scale(SCALE, SCALE), &mut pixmap.as_mut());
        pixmap.encode_png().map_err(|error| Undrawable(error.to_string()))
    }

    /// The chart as SVG.
    fn drawing(&self, theme: Theme) -> String {
        let mut canvas = Canvas::new(theme);
        let heading = Ink { bold: true, ..canvas.plain(16.0) };
        let mut y = canvas.lines(MARGIN + 14.0, heading, 2, &self.title) + 6.0;
        if self.kind != Kind::Pie {
            let axes = format!("{} · {}", self.measure, self.category);
            y = canvas.lines(y, canvas.faint(12.0), 1, &axes) + 4.0;
        }
        if self.series.len() > 1 {
            y = canvas.legend(y + 6.0, self.series.iter().map(|series| series.name.as_str()));
        }
        y = match self.kind {
            Kind::Bar => bars::draw(self, &mut canvas, y),
            Kind::Line => line::draw(self, &mut canvas, y + 8.0),
            Kind::Pie => pie::draw(self, &mut canvas, y),
        };
        for note in &self.notes {
            y = canvas.lines(y + 10.0, canvas.faint(12.0), 2, note);
        }
        canvas.finish((y + MARGIN).ceil())
    }
}
