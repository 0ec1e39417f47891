mod support;
use crm_core::clock::SystemClock;
use crm_core::query::*;
use crm_core::*;
use serde_json::json;
use std::sync::Arc;
use std::time::Instant;

#[tokio::test(flavor = "multi_thread")]
async fn perf() {
    let db = Db::open(&std::env::var("PERF_DB").unwrap()).await.unwrap();
    let crm = Crm::new(db, Arc::new(SystemClock));
    let tenants = crm.tenants().await.unwrap();
    let tenant = match tenants.iter().find(|t| t.slug == "perf") {
        Some(t) => t.clone(),
        None => crm.create_tenant(identity::NewTenant::named("perf", "Perf")).await.unwrap(),
    };
    println!("tenant {}", tenant.id);
    if std::env::var("PERF_RUN").is_err() {
        return;
    }
    let actor = crm.product(tenant.id, "test", Surface::System).await.unwrap();
    for q in [
        json!({"object":"deal"}),
        json!({"object":"deal","sort":[{"field":"amount","descending":true}]}),
        json!({"object":"deal","sort":[{"field":"amount"}]}),
        json!({"object":"deal","sort":[{"field":"close_date"}], "filter":{"field":"probability","op":"gt","value":75}}),
        json!({"object":"deal","sort":[{"field":"amount","descending":true}], "filter":{"field":"probability","op":"eq","value":75}}),
        json!({"object":"deal","sort":[{"field":"amount","descending":true},{"field":"name"}]}),
        json!({"object":"deal","filter":{"field":"probability","op":"eq","value":75}}),
        json!({"object":"deal","sort":[{"field":"amount","descending":true}], "filter":{"field":"stage_id","op":"eq","value":"00000000-0000-0000-0000-000000000001"}}),
        json!({"object":"deal","sort":[{"field":"amount","descending":true}], "filter":{"field":"stage_id","op":"eq","value":"00000000-0000-0000-0000-0000000000ff"}}),
        json!({"object":"deal","sort":[{"field":"name"}], "filter":{"field":"name","op":"starts_with","value":"deal 77"}}),
        json!({"object":"deal","filter":{"field":"name","op":"starts_with","value":"deal 77"}}),
        json!({"object":"deal","filter":{"field":"name","op":"contains","value":"77777"}}),
        json!({"object":"deal","filter":{"field":"account.industry","op":"eq","value":"ind 3"}}),
        json!({"object":"deal","sort":[{"field":"account.name"}]}),
        json!({"object":"account","filter":{"any":{"through":"deals","filter":{"field":"amount","op":"gt","value":9990}}}}),
        json!({"object":"account","sort":[{"field":"deal_count","descending":true}], "limit": 10}),
        json!({"object":"account"}),
        json!({"object":"account","sort":[{"field":"tier"}]}),
        json!({"object":"deal","filter":{"and":[{"field":"close_date","op":"within","value":"this_month"},{"field":"probability","op":"ge","value":75}]},"total":true}),
        json!({"object":"deal","filter":{"field":"id","op":"eq","value":"00000000-0000-0000-0000-000000000001"}}),
    ] {
        let mut query: Query = serde_json::from_value(q.clone()).unwrap();
        crm.query(&actor, &query).await.unwrap();
        let start = Instant::now();
        let page = crm.query(&actor, &query).await.unwrap();
        let first = start.elapsed();
        query.after = page.next.clone();
        let start = Instant::now();
        let second = crm.query(&actor, &query).await.unwrap();
        println!(
            "{:9.2?} {:9.2?} {:3} {:3} {:?} {q}",
            first,
            start.elapsed(),
            page.records.len(),
            second.records.len(),
            page.total
        );
    }
    for q in [
        json!({"object":"deal"}),
        json!({"object":"deal","group":[{"field":"stage_id"}],"measures":[{"measure":"sum","field":"amount"}]}),
        json!({"object":"deal","group":[{"field":"close_date","by":"month"}],"measures":[{"measure":"sum","field":"amount"}]}),
        json!({"object":"deal","group":[{"field":"created_at","by":"month"}],"measures":[{"measure":"count"}]}),
        json!({"object":"deal","group":[{"field":"stage_id"}],"measures":[{"measure":"median","field":"amount"}]}),
        json!({"object":"deal","group":[{"field":"account.industry"}],"measures":[{"measure":"count"}],"sort":{"measure":0,"descending":true},"top":5}),
    ] {
        let aggregate: Aggregate = serde_json::from_value(q.clone()).unwrap();
        let start = Instant::now();
        let groups = crm.aggregate(&actor, &aggregate).await.unwrap();
        println!("{:9.2?} {:3} {q}", start.elapsed(), groups.groups.len());
    }
}
