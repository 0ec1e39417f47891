//! What colleagues ask in their own words, over the tables of the example, on both engines.

use crate::support::installation::{Installation, example, text};
use bots::staff::{Answer, Kind, Staff};
use crm_core::{Actor, Command, Crm, Surface};
use jiff::tz::TimeZone;
use kb_index::Search;
use nlu::staff::Request;
use serde_json::{Value as Json, json};

/// The end of the year that the example is about; a Sunday.
const NOW: &str = "2017-12-31T12:00:00Z";

/// The example's company.
struct Company {
    crm: Crm,
    staff: Staff,
    installation: Installation,
}

impl Company {
    async fn on_each_engine() -> Vec<Self> {
        let mut companies = Vec::new();
        for installation in Installation::on_each_engine() {
            installation.import(&example());
            let crm = installation.crm(NOW).await;
            let search = Search::open(&installation.data().join("index-of-test")).unwrap();
            search.catch_up(&crm).await.unwrap();
            companies.push(Self { staff: Staff::new(crm.clone(), search), crm, installation });
        }
        companies
    }

    async fn person(&self, name: &str) -> Actor {
        let tenant = self.crm.tenant(Some(&self.installation.tenant)).await.unwrap().id;
        let user = self.crm.find_user(tenant, name).await.unwrap();
        self.crm.actor_for_user(tenant, user, Surface::Terminal).await.unwrap().in_zone(TimeZone::UTC)
    }

    /// What the last of the texts is answered.
    async fn ask(&self, person: &Actor, texts: &[&str]) -> Answer {
        let mut earlier: Option<Request> = None;
        let mut answer = None;
        for text in texts {
            let told = self.staff.ask(person, text, earlier.as_ref(), 10_000).await.unwrap();
            earlier.clone_from(&told.request);
            answer = Some(told);
        }
        answer.unwrap()
    }

    async fn value(&self, person: &Actor, texts: &[&str]) -> Json {
        self.ask(person, texts).await.value.unwrap_or_default()
    }

    /// The external ids of the records, sorted.
    async fn ids(&self, person: &Actor, texts: &[&str]) -> Vec<String> {
        let records = self.ask(person, texts).await.records.unwrap_or_default();
        let mut ids: Vec<String> =
            records.iter().map(|record| record["external_id"].as_str().unwrap_or_default().to_owned()).collect();
        ids.sort();
        ids
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn words_for_people_mean_those_who_are_that() {
    for company in Company::on_each_engine().await {
        let seller = company.person("Darcel Schlecht").await;
        assert_eq!(company.value(&seller, &["how many sales agents"]).await, 35);
        assert_eq!(company.value(&seller, &["how many sales managers"]).await, 6);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_in_another_language_gets_the_same_answer() {
    for company in Company::on_each_engine().await {
        let seller = company.person("Kami Bicknell").await;
        let open = company.ids(&seller, &["my open deals for Cancity"]).await;
        let win_rate = company.ask(&seller, &["win rate by product this year"]).await.groups;
        assert!(!open.is_empty() && win_rate.is_some());
        for (language, deals, rate, accounts) in [
            (
                "de",
                "meine offenen Verkaufschancen bei Cancity",
                "Gewinnquote nach Produkt dieses Jahr",
                "Wie viele Firmen haben wir in Deutschland?",
            ),
            (
                "fr",
                "mes affaires ouvertes chez Cancity",
                "taux de réussite par produit cette année",
                "Combien d'entreprises avons-nous en Allemagne ?",
            ),
            (
                "es",
                "mis oportunidades abiertas de Cancity",
                "tasa de éxito por producto este año",
                "¿Cuántas empresas tenemos en Alemania?",
            ),
            (
                "pt",
                "minhas oportunidades abertas da Cancity",
                "taxa de sucesso por produto este ano",
                "Quantas empresas temos na Alemanha?",
            ),
        ] {
            let seller = seller.clone().speaking(language);
            assert_eq!(company.ids(&seller, &[deals]).await, open, "{deals}");
            assert_eq!(company.ask(&seller, &[rate]).await.groups, win_rate, "{rate}");
            assert_eq!(company.value(&seller, &[accounts]).await, 1, "{accounts}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn questions_get_the_exact_answer() {
    for company in Company::on_each_engine().await {
        let seller = company.person("Darcel Schlecht").await;
        let open = ["3FWZBSW1", "58W7CZGD", "5UFU5IO4", "CLRPASVW", "J5IXJWVU", "NXXKM7C7", "RD6Y5R4P", "WW1WV7IT"];
        assert_eq!(company.ids(&seller, &["opne deals for Cancty"]).await, open);
        assert_eq!(company.ids(&seller, &["open deals for Cancity", "only the ones in engaging"]).await.len(), 7);
        assert_eq!(
            company.ids(&seller, &["accounts in the retail sector with more than 10000 employees"]).await,
            ["Ganjaflex"]
        );
        assert_eq!(company.value(&seller, &["how many deals did we win this year?"]).await, json!(4238));
        assert_eq!(company.value(&seller, &["how much did we sell last quarter?"]).await, json!(2_982_255.0));
        assert_eq!(
            company.value(&seller, &["won deals in November", "just the East", "how much is that in total?"]).await,
            json!(268_822.0)
        );
        let ranked = company.ask(&seller, &["top 5 sales agents by won revenue this year"]).await;
        let names = ["Darcel Schlecht", "Vicki Laflamme", "Kary Hendrixson", "Cassey Cress", "Donn Cantrell"];
        assert_eq!(ranked.labels.unwrap(), names);
        let months = company.ask(&seller, &["monthly won revenue in 2017"]).await.groups.unwrap();
        assert_eq!((months.len(), &months["2017-03"]), (10, &json!(1_134_672.0)));
        assert_eq!(company.ask(&seller, &["show deal 1C1I7A6R"]).await.kind, Kind::Record);
        assert_eq!(company.ask(&seller, &["what's the weather in Boston"]).await.kind, Kind::Unknown);
        assert_eq!(company.ask(&seller, &["open deals; drop table deal; --"]).await.kind, Kind::Unknown);
        let manager = company.person("Melvin Marxen").await;
        assert_eq!(company.value(&manager, &["what did my team sell this month in dollars?"]).await, json!(255_530.0));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_written_a_moment_ago_can_be_asked_about() {
    for company in Company::on_each_engine().await {
        let seller = company.person("Darcel Schlecht").await;
        let everything = company.crm.product(seller.tenant(), "test", Surface::System).await.unwrap();
        let write = async |command: Command| company.crm.write(&everything, command).await.unwrap();
        let values = |json: Json| json.as_object().unwrap().clone();
        let in_falconry = ["accounts in the falconry sector"];
        assert!(company.ids(&seller, &in_falconry).await.is_empty());
        let hawk = values(json!({"name": "Hawk and Daughters", "external_id": "hawk", "industry": "falconry"}));
        let id = write(Command::Create { object: "account".into(), values: hawk }).await.id;
        assert_eq!(company.ids(&seller, &in_falconry).await, ["hawk"]);
        assert_eq!(company.ids(&seller, &["show me Hawk and Daughters"]).await, ["hawk"]);

        let renamed = values(json!({"name": "Peregrine Brothers"}));
        write(Command::Update { object: "account".into(), id, version: None, values: renamed }).await;
        assert_eq!(company.ids(&seller, &["show me Peregrine Brothers"]).await, ["hawk"]);
        write(Command::Delete { object: "account".into(), id, version: None }).await;
        assert!(company.ids(&seller, &["show me Peregrine Brothers"]).await.is_empty());
        assert!(company.ids(&seller, &in_falconry).await.is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_is_unknown_as_soon_as_its_record_is_another_teams() {
    for company in Company::on_each_engine().await {
        let everything = company.person("Darcel Schlecht").await;
        let everything = company.crm.product(everything.tenant(), "test", Surface::System).await.unwrap();
        let write = async |command: Command| company.crm.write(&everything, command).await.unwrap();
        let values = |json: Json| json.as_object().unwrap().clone();
        let create = |object: &str, json: Json| Command::Create { object: object.into(), values: values(json) };
        let update =
            |id, json: Json| Command::Update { object: "user".into(), id, version: None, values: values(json) };
        let (team, other) = (
            write(create("team", json!({"name": "Inner"}))).await.id,
            write(create("team", json!({"name": "Outer"}))).await.id,
        );
        let grants = json!({"account": {"read": "team"}, "user": {"read": "all"}});
        let role = write(create("role", json!({"name": "team only", "grants": grants}))).await.id;
        let user = async |name: &str| company.person(name).await.who().user().unwrap();
        let (seller, colleague) = (user("Darcel Schlecht").await, user("Kami Bicknell").await);
        write(update(seller, json!({"role_ids": [role], "team_id": team}))).await;
        write(update(colleague, json!({"team_id": team}))).await;
        write(create("account", json!({"name": "Hawk and Daughters", "owner_id": colleague}))).await;

        let seller = company.person("Darcel Schlecht").await;
        assert_eq!(company.ask(&seller, &["show me Hawk and Daughters"]).await.kind, Kind::Record);
        write(update(colleague, json!({"team_id": other}))).await;
        assert_eq!(company.ask(&seller, &["show me Hawk and Daughters"]).await.kind, Kind::Unknown);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_is_only_proposed_until_somebody_agrees() {
    for company in Company::on_each_engine().await {
        let seller = company.person("Darcel Schlecht").await;
        let proposed = company.ask(&seller, &["create a follow-up task for Cancity next Tuesday at 2 PM"]).await;
        assert_eq!(proposed.kind, Kind::Proposal);
        let values = proposed.values.unwrap();
        assert_eq!((&values["related"], &values["due_at"]), (&json!("Cancity"), &json!("2018-01-02T14:00:00Z")));
        assert_eq!(company.value(&seller, &["how many tasks are there"]).await, json!(0));
        company.crm.write(&seller, proposed.proposed.unwrap().command).await.unwrap();
        assert_eq!(company.value(&seller, &["how many tasks are there"]).await, json!(1));

        assert_eq!(company.ask(&seller, &["create a task"]).await.kind, Kind::Clarify);
        let changed = company.ask(&seller, &["mark deal UP409DSB as won for $5,200"]).await;
        assert_eq!(changed.values.unwrap(), *json!({"stage": "Won", "amount": 5200.0}).as_object().unwrap());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_may_not_see_cannot_be_asked_out() {
    for company in Company::on_each_engine().await {
        let seller = company.person("Darcel Schlecht").await;
        let everything = company.crm.product(seller.tenant(), "test", Surface::System).await.unwrap();
        let grants = json!({"deal": {"read": "all", "fields": {"amount": "none"}}, "account": {"read": "all"}, "user": {"read": "all"}});
        let values = json!({"name": "blind", "grants": grants}).as_object().unwrap().clone();
        let role = Command::Create { object: "role".into(), values };
        let role = company.crm.write(&everything, role).await.unwrap().id;
        let id = seller.who().user().unwrap();
        let values = json!({"role_ids": [role]}).as_object().unwrap().clone();
        let blinded = Command::Update { object: "user".into(), id, version: None, values };
        company.crm.write(&everything, blinded).await.unwrap();

        let seller = company.person("Darcel Schlecht").await;
        for question in [
            "deals with an amount over 5000",
            "deals over $20,000",
            "average amount of won deals",
            "deals sorted by amount",
            "revenue by product",
        ] {
            let answer = company.ask(&seller, &[question]).await;
            let told = serde_json::to_string(&(&answer.query, &answer.records)).unwrap();
            assert!(
                answer.value.is_none() && answer.groups.is_none() && !told.contains("amount"),
                "{question}: {told}"
            );
        }
        assert_eq!(company.ids(&seller, &["open deals for Cancity"]).await.len(), 8);
    }
}

#[test]
fn the_command_line_answers_in_one_line_of_json_and_carries_out_what_it_is_told_to() {
    let [installation, _] = Installation::on_each_engine();
    installation.import(&example());
    let ask = |more: &[&str]| {
        let asked = ["ask", "--as", "Darcel Schlecht", "--now", NOW, "--zone", "UTC", "--json"];
        let done = installation.run(&[&asked, more].concat());
        assert!(done.status.success(), "{}", text(&done.stderr));
        serde_json::from_slice::<Json>(&done.stdout).unwrap()
    };
    let answer = ask(&["open deals", "how many is that?"]);
    assert_eq!(
        (&answer["kind"], &answer["value"], &answer["understood"]),
        (&json!("value"), &json!(2089), &json!("Deals · open · number"))
    );
    let proposed = ask(&["create an account called Northwind Traders in the retail sector"]);
    assert_eq!((&proposed["kind"], &proposed["done"]), (&json!("proposal"), &Json::Null));
    assert!(ask(&["--yes", "create an account called Northwind Traders in the retail sector"])["done"].is_string());
    assert_eq!(
        installation.records("account", json!({"field": "name", "op": "eq", "value": "Northwind Traders"})).len(),
        1
    );
    let nobody = installation.run(&["ask", "--as", "Nobody", "deals"]);
    assert!(text(&nobody.stderr).contains("Nobody"), "{}", text(&nobody.stderr));
}
