//! What is drawn of groups.

use super::*;
use crate::chart::Theme;
use crm_core::query::GroupBy;
use serde_json::json;

fn group(label: Option<&str>, value: Json) -> Group {
    let labels = vec![label.map(str::to_owned)];
    Group { keys: vec![json!(label)], labels, mixed_currencies: false, values: vec![value] }
}

fn usd(amount: &str) -> Json {
    json!({"amount": amount, "currency": "USD"})
}

fn by(field: &str, period: Option<Period>) -> Request {
    let measure = Some(Measure::Sum { field: "amount".into() });
    let group = vec![GroupBy { field: field.into(), by: period }];
    Request { object: "deal".into(), group, measure, ..Request::default() }
}

fn wanted(request: Request, shape: Shape) -> Request {
    Request { shape: Some(shape), ..request }
}

fn draw(request: &Request, groups: Vec<Group>) -> Option<Chart> {
    let schema = Schema::standard();
    let asked = Asked { request, schema: &schema, language: Language::En, title: "Deals" };
    asked.chart(&Groups { groups, more: false })
}

fn chart(request: &Request, groups: Vec<Group>) -> Chart {
    draw(request, groups).unwrap()
}

fn regions() -> Vec<Group> {
    vec![group(Some("East"), usd("1200.50")), group(Some("West"), usd("300")), group(None, usd("20"))]
}

#[test]
fn categories_are_bars_with_figures_as_people_read_them() {
    let chart = chart(&by("owner.team.region", None), regions());
    assert_eq!((chart.kind, chart.unit), (Kind::Bar, Unit::Money("USD".into())));
    assert_eq!(chart.categories, ["East", "West", "(none)"]);
    assert_eq!(chart.series[0].shown, ["1,200.50 USD", "300 USD", "20 USD"]);
    assert_eq!((chart.measure.as_str(), chart.category.as_str()), ("sum of Amount", "Region"));
    assert_eq!(chart.text, "Bar chart: Deals. East: 1,200.50 USD; West: 300 USD; (none): 20 USD.");
}

fn month(key: &str, amount: &str) -> Group {
    let keys = vec![json!(format!("{key}-01"))];
    Group { keys, ..group(Some(key), usd(amount)) }
}

#[test]
fn times_are_a_line_on_which_nothing_is_nought() {
    let monthly = by("close_date", Some(Period::Month));
    let months = vec![month("2017-03", "5"), month("2017-06", "7"), group(None, usd("9"))];
    let line = chart(&monthly, months.clone());
    assert_eq!((line.kind, line.categories.join(" ")), (Kind::Line, "2017-03 2017-04 2017-05 2017-06".into()));
    assert_eq!(line.series[0].values, [Some(5.0), Some(0.0), Some(0.0), Some(7.0)]);
    assert_eq!(line.notes, ["Not drawn, having no date: 9 USD."]);
    let mean = Request { measure: Some(Measure::Avg { field: "amount".into() }), ..monthly.clone() };
    assert_eq!(chart(&mean, months.clone()).series[0].values, [Some(5.0), None, None, Some(7.0)]);
    assert_eq!(chart(&wanted(monthly, Shape::Bars), months).kind, Kind::Bar);
}

#[test]
fn only_parts_of_a_whole_are_a_pie() {
    let regional = wanted(by("owner.team.region", None), Shape::Pie);
    assert_eq!(chart(&regional, regions()).kind, Kind::Pie);
    let below = vec![group(Some("East"), usd("5")), group(Some("West"), usd("-1"))];
    let told = chart(&regional, below);
    assert_eq!((told.kind, told.notes.len()), (Kind::Bar, 1));
    let mean = Request { measure: Some(Measure::Avg { field: "amount".into() }), ..regional.clone() };
    assert_eq!(chart(&mean, regions()).kind, Kind::Bar);
    let first = Request { ranked: Some(true), top: Some(2), ..regional };
    assert_eq!(chart(&first, regions()).kind, Kind::Bar);
}

#[test]
fn a_line_is_not_drawn_through_categories() {
    let told = chart(&wanted(by("owner.team.region", None), Shape::Line), regions());
    assert_eq!((told.kind, told.notes.len()), (Kind::Bar, 1));
}

fn many(count: usize) -> Vec<Group> {
    (1..=count).map(|n| group(Some(&format!("Account {n}")), usd(&n.to_string()))).collect()
}

#[test]
fn of_many_groups_the_small_ones_are_others_where_that_adds_up() {
    let drawn = chart(&by("account", None), many(50));
    assert_eq!((drawn.categories.len(), drawn.others), (20, Some(31)));
    assert_eq!((drawn.categories[0].as_str(), drawn.categories[19].as_str()), ("Account 50", "Others (31)"));
    assert_eq!(drawn.series[0].values[19], Some((1..=31).sum::<i32>().into()));
    let mean = Request { measure: Some(Measure::Avg { field: "amount".into() }), ..by("account", None) };
    let drawn = chart(&mean, many(50));
    assert_eq!((drawn.categories.len(), drawn.others), (20, None));
    assert_eq!(drawn.notes, ["Drawn are 20 of 50 groups."]);
}

#[test]
fn a_record_in_several_groups_is_not_counted_twice_among_the_others() {
    let counted = Request { measure: None, ..by("contact_ids", None) };
    let groups = (1..=50).map(|n| group(Some(&format!("Contact {n}")), json!(n))).collect();
    assert_eq!(chart(&counted, groups).others, None);
}

#[test]
fn money_of_another_currency_is_not_held_against_the_rest() {
    let mut groups = regions();
    groups.push(group(Some("North"), json!({"amount": "9", "currency": "EUR"})));
    groups.push(Group { mixed_currencies: true, ..group(Some("South"), Json::Null) });
    let drawn = chart(&by("owner.team.region", None), groups);
    assert_eq!(drawn.categories, ["East", "West", "(none)"]);
    assert_eq!(drawn.notes, ["Not drawn, being in another currency or in several: North, South."]);
}

#[test]
fn a_second_grouping_makes_rows() {
    let two = |region: &str, product: &str, amount: &str| Group {
        labels: vec![Some(region.into()), Some(product.into())],
        ..group(Some(region), usd(amount))
    };
    let mut request = by("owner.team.region", None);
    request.group.push(GroupBy { field: "product".into(), by: None });
    let groups = vec![two("East", "GTX", "5"), two("East", "MG", "3"), two("West", "MG", "4")];
    let drawn = chart(&request, groups);
    assert_eq!(drawn.categories, ["East", "West"]);
    let rows: Vec<_> = drawn.series.iter().map(|series| (series.name.as_str(), series.values.clone())).collect();
    assert_eq!(rows, [("GTX", vec![Some(5.0), None]), ("MG", vec![Some(3.0), Some(4.0)])]);
}

#[test]
fn what_is_no_figure_or_nothing_is_not_drawn() {
    assert_eq!(draw(&by("account", None), Vec::new()), None);
    assert_eq!(draw(&by("account", None), vec![group(Some("East"), Json::Null)]), None);
    let latest = Request { measure: Some(Measure::Max { field: "close_date".into() }), ..by("account", None) };
    assert_eq!(draw(&latest, vec![group(Some("East"), json!("2017-03-01"))]), None);
}

#[test]
fn every_chart_becomes_a_picture_light_or_dark() {
    let long = "A name \u{202E}that <is> exceedingly & \"needlessly\" long, 名前 and more of it to the end";
    let below = vec![group(Some(long), usd("-5000")), group(Some("West"), usd("12"))];
    let months = vec![month("2017-03", "5"), month("2018-06", "-7")];
    let regional = by("owner.team.region", None);
    let charts = [
        chart(&regional, below),
        chart(&regional, vec![group(Some("East"), usd("0"))]),
        chart(&by("close_date", Some(Period::Month)), months),
        chart(&wanted(regional.clone(), Shape::Pie), many(50)),
        chart(&wanted(regional, Shape::Pie), vec![group(Some("East"), usd("1"))]),
    ];
    for drawn in charts {
        let (light, dark) = (drawn.picture(Theme::Light).unwrap(), drawn.picture(Theme::Dark).unwrap());
        assert!(light.starts_with(b"\x89PNG") && dark.starts_with(b"\x89PNG") && light != dark, "{}", drawn.text);
    }
}
