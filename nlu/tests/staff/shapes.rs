//! In which shape figures are wanted: said with the question, or after it.

use crate::company::{self, ask, ask_after};
use nlu::Language;
use nlu::staff::{Meaning, Request, Shape};

fn understood(text: &str, earlier: Option<&Request>, language: Language) -> Request {
    match company::hear(text, earlier, language).meaning {
        Meaning::Question(request) => request,
        other => panic!("{text}: {other:?}"),
    }
}

fn shape(text: &str) -> Option<Shape> {
    understood(text, None, Language::En).shape
}

#[test]
fn a_shape_is_said_with_the_question() {
    assert_eq!(shape("won revenue by month as a line chart"), Some(Shape::Line));
    assert_eq!(shape("bar chart of won revenue by month"), Some(Shape::Bars));
    assert_eq!(shape("deals by stage as a pie"), Some(Shape::Pie));
    assert_eq!(shape("make a pie chart of deals by stage"), Some(Shape::Pie));
    assert_eq!(shape("show me a chart of win rate by product"), Some(Shape::Chart));
    assert_eq!(shape("deals by stage in a table"), Some(Shape::Table));
    assert_eq!(shape("deals by stage"), None);
}

#[test]
fn the_words_for_a_shape_leave_the_question_as_it_is() {
    for shape in ["as a chart", "as a pie chart", "as a table", "as bars", "in a line chart"] {
        assert_eq!(ask(&format!("won revenue by region {shape}")), ask("won revenue by region"), "{shape}");
    }
}

#[test]
fn a_shape_that_is_said_afterwards_is_that_of_the_question_before() {
    let before = understood("won revenue by region", None, Language::En);
    for (text, shape) in [
        ("make it a chart", Shape::Chart),
        ("as a pie chart", Shape::Pie),
        ("as bars please", Shape::Bars),
        ("can you show that as a table?", Shape::Table),
        ("and as a line", Shape::Line),
    ] {
        let after = understood(text, Some(&before), Language::En);
        assert_eq!(after, Request { shape: Some(shape), ..before.clone() }, "{text}");
        assert_eq!(understood(text, Some(&after), Language::En), after, "{text}, said twice");
    }
}

#[test]
fn a_shape_stays_until_another_is_wanted() {
    let pie = understood("deals by stage as a pie", None, Language::En);
    let narrower = understood("only in the East", Some(&pie), Language::En);
    assert_eq!((narrower.conditions.len(), narrower.shape), (1, Some(Shape::Pie)));
}

#[test]
fn what_has_no_groups_is_drawn_by_the_usual_ones() {
    assert_eq!(ask_after(&["open deals"], "make it a chart"), "Deals · open · number by Stage");
    assert_eq!(ask_after(&["how many open deals are there"], "as a pie"), "Deals · open · number by Stage");
    assert_eq!(ask_after(&["open deals"], "as a table"), "Deals · open");
    assert_eq!(ask("a chart of the pipeline"), "Deals · in the pipeline · number by Stage");
}

#[test]
fn the_first_of_an_order_are_drawn_each_by_itself() {
    let drawn = "Deals · open · sum of Amount by Name · top 5";
    assert_eq!(ask("top 5 open deals by amount as a bar chart"), drawn);
    assert_eq!(ask_after(&["top 5 open deals by amount"], "make it a chart"), drawn);
}

#[test]
fn nothing_is_drawn_before_something_was_asked() {
    assert_eq!(ask("make it a chart"), "?");
}

#[test]
fn changes_that_speak_of_charts_are_changes() {
    assert!(ask("create a task called draw a chart").starts_with("New Task"));
}

#[test]
fn a_shape_is_wanted_in_each_language() {
    let says = [
        (Language::De, "mach daraus ein Diagramm", Shape::Chart),
        (Language::De, "als Kreisdiagramm", Shape::Pie),
        (Language::De, "und als Balkendiagramm?", Shape::Bars),
        (Language::De, "zeig das als Liniendiagramm", Shape::Line),
        (Language::De, "bitte als Tabelle", Shape::Table),
        (Language::Fr, "fais-en un graphique", Shape::Chart),
        (Language::Fr, "sous forme de camembert", Shape::Pie),
        (Language::Fr, "en barres", Shape::Bars),
        (Language::Fr, "en courbe", Shape::Line),
        (Language::Fr, "sous forme de tableau", Shape::Table),
        (Language::Es, "conviértelo en un gráfico", Shape::Chart),
        (Language::Es, "como gráfico circular", Shape::Pie),
        (Language::Es, "en barras", Shape::Bars),
        (Language::Es, "como gráfico de líneas", Shape::Line),
        (Language::Es, "como tabla", Shape::Table),
        (Language::Pt, "faça um gráfico disso", Shape::Chart),
        (Language::Pt, "como gráfico de pizza", Shape::Pie),
        (Language::Pt, "em barras", Shape::Bars),
        (Language::Pt, "como gráfico de linhas", Shape::Line),
        (Language::Pt, "em uma tabela", Shape::Table),
        (Language::Fr, "make it a chart", Shape::Chart),
    ];
    let before = understood("won revenue by region", None, Language::En);
    for (language, text, shape) in says {
        let after = understood(text, Some(&before), language);
        assert_eq!(after, Request { shape: Some(shape), ..before.clone() }, "{text}");
    }
    assert_eq!(understood("Umsatz nach Region als Kreisdiagramm", None, Language::De).shape, Some(Shape::Pie));
    assert_eq!(understood("chiffre d'affaires par région en camembert", None, Language::Fr).shape, Some(Shape::Pie));
}
