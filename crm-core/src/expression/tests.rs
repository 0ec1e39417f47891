use super::*;
use crate::db::{Db, Scope, Sql};
use crate::money::{Currency, Money};
use crate::schema::*;
use jiff::civil::date;
use proptest::prelude::*;

/// An object with one field of each type, and formulas that use one another.
fn thing() -> ObjectDef {
    object("thing", "things", "Thing", "Things")
        .field(number("n", "N"))
        .field(number("m", "M"))
        .field(money("amount", "Amount"))
        .field(text("title", "Title"))
        .field(text("other", "Other"))
        .field(select("tier", "Tier", [("key", "Key"), ("low", "Low")]))
        .field(boolean("yes", "Yes"))
        .field(boolean("no", "No"))
        .field(date_field("day"))
        .field(date_field("later"))
        .field(datetime("at", "At"))
        .field(user("boss_id", "Boss"))
        .field(formula("double", "Double", "n * 2", ResultType::Number))
        .field(formula("fourfold", "Fourfold", "double * 2", ResultType::Number))
        .field(formula("ring", "Ring", "chain + 1", ResultType::Number))
        .field(formula("chain", "Chain", "ring + 1", ResultType::Number))
        .field(rollup("parts", "Parts", ("thing", "boss_id"), RollupMeasure::Count, None))
        .build()
}

fn date_field(name: &str) -> FieldBuilder {
    crate::schema::date(name, name)
}

/// One record, and the same as SQL columns of either engine.
fn value(field: &str) -> Value {
    match field {
        "n" => Value::Number(2.675),
        "m" => Value::Number(-7.0),
        "amount" => Value::Money(Money { minor: 125_050, currency: Currency::parse("USD").unwrap() }),
        "title" => Value::Text("Grüße an 'Ö'".into()),
        "tier" => Value::Text("key".into()),
        "yes" => Value::Bool(true),
        "no" => Value::Bool(false),
        "day" => Value::Date(date(2016, 2, 29)),
        "later" => Value::Date(date(2017, 3, 1)),
        "at" => Value::DateTime("2017-03-01T18:00:00Z".parse().unwrap()),
        _ => Value::Null,
    }
}

fn column(field: &str) -> String {
    match field {
        "n" => "cast(2.675 as double precision)",
        "m" => "cast(-7.0 as double precision)",
        "amount" => "(cast(125050 as double precision) / cast(100 as double precision))",
        "title" => "cast('Grüße an ''Ö''' as text)",
        "other" => "cast(null as text)",
        "tier" => "cast('key' as text)",
        "yes" => "true",
        "no" => "false",
        "day" => "cast(16860 as bigint)",
        "later" => "cast(17226 as bigint)",
        "at" => "cast(1488391200000000 as bigint)",
        "boss_id" => "cast(null as uuid)",
        other => panic!("no column {other}"),
    }
    .into()
}

fn said(text: &str) -> Value {
    Expression::of(&thing(), text).unwrap().evaluate(&value)
}

/// Expressions, each with what it yields.
fn examples() -> Vec<(&'static str, Value)> {
    let n = Value::Number;
    let t = |text: &str| Value::Text(text.into());
    let (yes, no) = (Value::Bool(true), Value::Bool(false));
    vec![
        ("1 + 2 * 3 - 4 / 2", n(5.0)),
        ("(1 + 2) * 3", n(9.0)),
        ("-m - -1", n(8.0)),
        ("10 - 2 - 3", n(5.0)),
        ("m % 3", n(-1.0)),
        ("7.5 % 2", n(1.5)),
        ("n / 0", Value::Null),
        ("n % 0", Value::Null),
        ("amount * 10 / 100", n(125.05)),
        ("fourfold", n(10.7)),
        ("n + other_missing_is_unknown_to_evaluate_only", Value::Null),
        ("round(n, 2)", n(2.68)),
        ("round(-n, 2)", n(-2.68)),
        ("round(0.5)", n(1.0)),
        ("round(1e0, 0)", Value::Null),
        ("round(123456789012.345, 1)", n(123_456_789_012.3)),
        ("abs(m)", n(7.0)),
        ("min(3, n, 5)", n(2.675)),
        ("max(day, later)", Value::Date(date(2017, 3, 1))),
        ("max(day, '2020-01-01')", Value::Date(date(2020, 1, 1))),
        ("min(n, length(other))", Value::Null),
        ("length(title)", n(12.0)),
        ("upper(title)", t("GRÜßE AN 'Ö'")),
        ("lower(title)", t("grüße an 'ö'")),
        ("concat(title, ' ', other, '!')", t("Grüße an 'Ö' !")),
        ("concat(other)", Value::Null),
        ("coalesce(other, tier)", t("key")),
        ("coalesce(other, '', 'x')", t("x")),
        ("if(n > 2, 'big', 'small')", t("big")),
        ("if(other = 'x', 1, 2)", n(2.0)),
        ("if(null, 1, 2)", n(2.0)),
        ("is_empty(other) and not is_empty(title)", yes.clone()),
        ("is_empty(boss)", yes.clone()),
        ("contains(title, 'an')", yes.clone()),
        ("contains(title, 'AN')", no.clone()),
        ("contains(other, 'x')", Value::Null),
        ("starts_with(title, 'Grü')", yes.clone()),
        ("starts_with(title, 'x')", no.clone()),
        ("tier = 'key'", yes.clone()),
        ("'a' < 'B'", no.clone()),
        ("'ä' > 'z'", yes.clone()),
        ("other = 'x' or yes", yes.clone()),
        ("other = 'x' and yes", Value::Null),
        ("other = 'x' and no", no.clone()),
        ("not (other = 'x')", Value::Null),
        ("null = null", Value::Null),
        ("n + null", Value::Null),
        ("yes != no", yes.clone()),
        ("later - day", n(366.0)),
        ("day + 1", Value::Date(date(2016, 3, 1))),
        ("1.9 + day", Value::Date(date(2016, 3, 1))),
        ("day - 60", Value::Date(date(2015, 12, 31))),
        ("day + 3999999", Value::Null),
        ("day + amount * 1000000", Value::Null),
        ("at - later", n(0.75)),
        ("at > later", yes.clone()),
        ("at = '2017-03-01T18:00:00Z'", yes.clone()),
        ("day >= '2016-02-29'", yes.clone()),
        ("'2016-03-01' - day", n(1.0)),
        ("days_between(day, at)", n(366.0)),
        ("days_between('2017-02-28', at)", n(1.0)),
        ("year(day) * 100 + month(at)", n(201_603.0)),
        ("true and (1 <> 2 or false)", yes),
        ("'it''s'", t("it's")),
    ]
}

#[test]
fn expressions_mean_in_memory_what_the_examples_say() {
    for (text, wanted) in examples() {
        let Ok(expression) = Expression::of(&thing(), text) else {
            assert_eq!(wanted, Value::Null, "{text}");
            continue;
        };
        assert_eq!(expression.evaluate(&value), wanted, "{text}");
    }
}

#[tokio::test]
async fn both_engines_agree_with_memory() {
    let folder = tempfile::tempdir().unwrap();
    let databases = databases(&folder).await;
    let object = thing();
    for (text, wanted) in examples() {
        let Ok(expression) = Expression::of(&object, text) else { continue };
        let Some(result) = result_of(&object, text) else { continue };
        for db in &databases {
            let sql = expression.sql(db.engine(), &object, &mut |name| Ok(column(name))).unwrap();
            assert_eq!(found(db, &sql, result).await, wanted, "{text} on {:?}: {sql}", db.engine());
        }
    }
}

/// What a formula with this text can be declared to yield, if it is sound at all.
fn result_of(object: &ObjectDef, text: &str) -> Option<ResultType> {
    let results = [ResultType::Number, ResultType::Text, ResultType::Boolean, ResultType::Date];
    results.into_iter().find(|result| check(object, text, Purpose::Formula(*result)).is_ok())
}

/// SQLite, and PostgreSQL where there is one.
async fn databases(folder: &tempfile::TempDir) -> Vec<Db> {
    let mut databases = vec![Db::open(&format!("sqlite:{}", folder.path().join("test.db").display())).await.unwrap()];
    if let Ok(url) = std::env::var("PARLEY_TEST_POSTGRES") {
        databases.push(Db::open(&url).await.unwrap());
    }
    databases
}

/// What the engine makes of the SQL of a formula.
async fn found(db: &Db, sql: &str, result_type: ResultType) -> Value {
    let of = match result_type {
        ResultType::Number => SqlType::Real,
        ResultType::Text => SqlType::Text,
        ResultType::Date => SqlType::Integer,
        ResultType::Boolean => SqlType::Boolean,
    };
    let select = Sql::new(format!("select {}", db.engine().cast(sql, of)));
    let row = db.row(Scope::System, select).await.unwrap_or_else(|error| panic!("{error:?} {sql}")).unwrap();
    row.cell(0, &FieldType::Formula { formula: String::new(), result_type }).unwrap()
}

#[test]
fn what_cannot_be_read_is_told_with_its_place() {
    let wrong = |text: &str| Expression::parse(text).unwrap_err().message;
    for (text, place, what) in [
        ("", 1, "a value is missing at the end"),
        ("1 +", 4, "a value is missing at the end"),
        ("(1 + 2", 7, "«)» is missing"),
        ("1 2", 3, "an operator is missing before this"),
        ("1)", 2, "a closing parenthesis has no opening one"),
        ("a < b < c", 7, "comparisons do not chain"),
        ("'abc", 1, "this text is not closed"),
        ("\"abc\"", 1, "this quotation mark is not known"),
        ("account.name", 8, "only fields of the record itself can be used"),
        ("foo(1)", 1, "there is no function foo"),
        ("if(1)", 1, "if takes 3 values"),
        ("ä", 1, "«ä» does not belong here"),
        ("12abc", 1, "this is no number"),
    ] {
        assert_eq!(wrong(text), format!("The expression cannot be read at character {place}: {what}."), "{text}");
    }
}

#[test]
fn depth_and_length_are_bounded() {
    for text in ["(".repeat(1_000), "-".repeat(1_900), "not ".repeat(400), "a+".repeat(900) + "a", "abs(".repeat(400)] {
        assert!(Expression::parse(&text).is_err(), "{text}");
    }
    assert_eq!(Expression::parse(&"1".repeat(2_001)).unwrap_err().code, "too_long");
    assert!(Expression::parse(&("a+".repeat(90) + "a")).is_ok());
}

#[test]
fn types_that_do_not_fit_are_told() {
    let object = thing();
    let wrong = |text: &str, purpose| check(&object, text, purpose).unwrap_err();
    let number = Purpose::Formula(ResultType::Number);
    assert_eq!(wrong("n + title", number).message, "In `n + title`: «+» does not go with a number and a text.");
    assert_eq!(wrong("n + title", number).field, "formula");
    assert_eq!(wrong("titel", number).hint.unwrap(), "Did you mean title?");
    assert_eq!(wrong("title", number).message, "The expression yields a text, but a number is needed.");
    assert_eq!(wrong("n", Purpose::Rule).hint.unwrap(), "Write a condition such as amount > 0.");
    assert_eq!(wrong("tier = 'Key'", Purpose::Rule).hint.unwrap(), "The options are key, low.");
    assert_eq!(wrong("title = ''", Purpose::Rule).hint.unwrap(), "Write is_empty(title).");
    assert_eq!(wrong("day > 'soon'", Purpose::Rule).hint.unwrap(), "Write days as '2017-03-01'.");
    assert_eq!(wrong("parts > 0", Purpose::Rule).code, "not_usable");
    assert_eq!(wrong("is_empty(tags)", Purpose::Rule).code, "not_usable");
    assert_eq!(wrong("chain", number).code, "circular");
    assert_eq!(wrong("chain", number).message, "The formulas use one another in a circle: chain → ring → chain.");
    assert_eq!(wrong(&format!("n{}", "/n".repeat(25)), number).code, "wrong_type");
    assert!(check(&object, "parts * 2", number).is_ok());
    assert!(check(&object, "not no or amount > 0", Purpose::Rule).is_ok());
}

#[test]
fn formulas_within_formulas_may_not_grow_without_bound() {
    let mut builder = object("thing", "things", "Thing", "Things").field(number("f0", "F"));
    for i in 1..20 {
        let text = format!("f{0} + f{0} + f{0}", i - 1);
        builder = builder.field(formula(&format!("f{i}"), "F", &text, ResultType::Number));
    }
    let error = check(&builder.build(), "f19", Purpose::Formula(ResultType::Number)).unwrap_err();
    assert_eq!(error.code, "too_long");
}

#[test]
fn the_standard_objects_have_sound_formulas_and_rules() {
    let standard = Schema::standard();
    for object in standard.objects() {
        for field in &object.fields {
            if let FieldType::Formula { formula, result_type } = &field.kind {
                check(object, formula, Purpose::Formula(*result_type)).unwrap();
            }
        }
        for rule in &object.rules {
            check(object, &rule.expression, Purpose::Rule).unwrap();
        }
    }
}

#[test]
fn fields_are_listed_once_in_order() {
    let expression = Expression::parse("b + a * if(c, a, b)").unwrap();
    assert_eq!(expression.fields(), ["b", "a", "c"]);
    assert_eq!(said("boss"), Value::Null);
}

fn node() -> impl Strategy<Value = node::Node> {
    use node::{Binary, Function, Node};
    let leaf = prop_oneof![
        Just(Node::Null),
        any::<bool>().prop_map(Node::Boolean),
        (0_u32..1_000_000, 0_u32..5).prop_map(|(n, digits)| Node::Number(f64::from(n) / 10_f64.powi(digits as i32))),
        "[a-z' äß%\\\\]{0,6}".prop_map(Node::Text),
        prop_oneof![
            Just("n"),
            Just("m"),
            Just("title"),
            Just("yes"),
            Just("day"),
            Just("at"),
            Just("other"),
            Just("amount")
        ]
        .prop_map(|name| Node::Field(name.into())),
    ];
    leaf.prop_recursive(5, 40, 3, |inner| {
        let op = prop::sample::select(vec![
            Binary::Or,
            Binary::And,
            Binary::Equal,
            Binary::NotEqual,
            Binary::Less,
            Binary::LessOrEqual,
            Binary::Greater,
            Binary::GreaterOrEqual,
            Binary::Add,
            Binary::Subtract,
            Binary::Multiply,
            Binary::Divide,
            Binary::Remainder,
        ]);
        let call = prop::sample::select(Function::ALL);
        prop_oneof![
            inner.clone().prop_map(|node| Node::Not(Box::new(node))),
            inner.clone().prop_map(|node| Node::Negative(Box::new(node))),
            (op, inner.clone(), inner.clone()).prop_map(|(op, a, b)| Node::Binary(op, Box::new(a), Box::new(b))),
            (call, prop::collection::vec(inner, 3)).prop_map(|(function, mut arguments)| {
                arguments.truncate(*function.takes().end());
                Node::Call(function, arguments)
            }),
        ]
    })
}

proptest! {
    #[test]
    fn printing_and_reading_are_inverse(node in node()) {
        let expression = Expression(node);
        prop_assert_eq!(Expression::parse(&expression.to_string()).unwrap(), expression);
    }

    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,60}", words in "([a-z]{1,3}|[0-9.]{1,3}|[-+*/%()<>=!',]| |and |or |not |if\\(){0,40}") {
        for text in [text, words] {
            if let Ok(expression) = Expression::parse(&text) {
                expression.evaluate(&value);
            }
        }
    }

    #[test]
    fn any_tree_is_evaluated_and_checked_without_panic(node in node()) {
        let text = Expression(node).to_string();
        Expression::parse(&text).unwrap().evaluate(&value);
        for purpose in [Purpose::Rule, Purpose::Formula(ResultType::Number)] {
            let _ = check(&thing(), &text, purpose);
        }
    }
}

#[tokio::test]
async fn sound_random_expressions_mean_the_same_on_both_engines() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let folder = tempfile::tempdir().unwrap();
    let databases = databases(&folder).await;
    let (object, mut runner, strategy) = (thing(), TestRunner::deterministic(), node());
    let mut sound = 0;
    for _ in 0..3_000 {
        let text = Expression(strategy.new_tree(&mut runner).unwrap().current()).to_string();
        let Some(result) = result_of(&object, &text) else { continue };
        sound += 1;
        let expression = Expression::of(&object, &text).unwrap();
        let wanted = expression.evaluate(&value);
        for db in &databases {
            let sql = expression.sql(db.engine(), &object, &mut |name| Ok(column(name))).unwrap();
            assert_eq!(found(db, &sql, result).await, wanted, "{text} on {:?}: {sql}", db.engine());
        }
    }
    assert!(sound > 100, "{sound}");
}

/// A copy of `inner` within `count` calls of the function.
fn nested(function: &str, count: usize, inner: &str) -> String {
    format!("{}{inner}{}", format!("{function}(").repeat(count), ")".repeat(count))
}

#[test]
fn formulas_within_formulas_may_not_become_deep() {
    let mut builder = object("thing", "things", "Thing", "Things").field(number("f0", "F"));
    for i in 1..=20 {
        let text = format!("f{}{}", i - 1, " + 1".repeat(80));
        builder = builder.field(formula(&format!("f{i}"), "F", &text, ResultType::Number));
    }
    let object = builder.build();
    assert!(check(&object, "f1", Purpose::Formula(ResultType::Number)).is_ok());
    assert_eq!(check(&object, "f20", Purpose::Formula(ResultType::Number)).unwrap_err().code, "too_long");
    assert_eq!(Expression::of(&object, "f20").unwrap_err().code, "too_long");
}

#[test]
fn an_empty_list_is_null() {
    let keys = |text: &str| Expression::parse(text).unwrap().evaluate(&|_| Value::Keys(Vec::new()));
    assert_eq!(keys("contains(keys, 'x')"), Value::Null);
    assert_eq!(keys("is_empty(keys)"), Value::Bool(true));
}

#[test]
fn what_would_be_too_large_is_refused() {
    let object = thing();
    let deep = format!("length({})", nested("upper", 30, "title"));
    assert_eq!(check(&object, &deep, Purpose::Formula(ResultType::Number)).unwrap_err().code, "too_long");
}

#[tokio::test]
async fn a_roll_up_out_of_range_counts_as_null() {
    let folder = tempfile::tempdir().unwrap();
    let most = rollup("most", "Most", ("thing", "boss_id"), RollupMeasure::Max, Some("n"));
    let object = object("thing", "things", "Thing", "Things").field(number("n", "N")).field(most).build();
    let text = "coalesce(most * most, -1)";
    check(&object, text, Purpose::Formula(ResultType::Number)).unwrap();
    let expression = Expression::of(&object, text).unwrap();
    for db in databases(&folder).await {
        for (most, wanted) in [("1e300", -1.0), ("1e-300", -1.0), ("0.0", 0.0), ("-3.0", 9.0)] {
            // As in a list: the roll-up looks out at the row it belongs to.
            let column = "(select max(t.x + q.y) from (select cast(0 as double precision) as y) as q)";
            let sql = expression.sql(db.engine(), &object, &mut |_| Ok(column.into())).unwrap();
            let sql = format!("(select {sql} from (select cast({most} as double precision) as x) as t)");
            assert_eq!(
                found(&db, &sql, ResultType::Number).await,
                Value::Number(wanted),
                "{most} on {:?}",
                db.engine()
            );
        }
    }
}
