//! The help centre: what the public reads of the knowledge base, as pages.

use crate::support::{Answer, Client, Engine, Program, World, on_both_alone, send};
use reqwest::Method;
use serde_json::{Value as Json, json};
use std::time::{Duration, Instant};

const RETURNS: &str = "# Returns\nSend it *back* to us. Then wait.\n\n## How long\nGoods can be returned within **30 days**.\n\n\
                       ## Größe & Gewicht\nParcels weigh 20 kg at most.\n\n## How long\nMoney is back after a week.\n\n\
                       <script>alert(1)</script>\n";

/// Somebody who reads a company's help pages.
struct Reader {
    client: Client,
    base: String,
}

impl Reader {
    fn of(world: &World) -> Self {
        Self { client: Client::new(world.program), base: format!("/help/c/{}", world.tenant.slug) }
    }

    fn request(&self, path: &str) -> reqwest::RequestBuilder {
        self.client.request(Method::GET, &format!("/{}{path}", self.base))
    }

    async fn get(&self, path: &str) -> Answer {
        send(self.request(path)).await
    }

    async fn status(&self, path: &str) -> u16 {
        self.get(path).await.status
    }

    /// The page at this path, which there must be.
    async fn page(&self, path: &str) -> String {
        let answer = self.get(path).await;
        assert_eq!(answer.status, 200, "{path}");
        text(&answer)
    }

    /// The page in the language that a browser asks for.
    async fn page_for(&self, path: &str, languages: &str) -> String {
        text(&send(self.request(path).header("accept-language", languages)).await)
    }

    /// Waits until a page says something: the search index follows in its own time.
    async fn says(&self, path: &str, expected: &str) -> String {
        let began = Instant::now();
        loop {
            let page = self.page(path).await;
            if page.contains(expected) {
                return page;
            }
            assert!(began.elapsed() < Duration::from_secs(30), "{path} does not say {expected}: {page}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

fn text(answer: &Answer) -> String {
    String::from_utf8_lossy(&answer.bytes).into_owned()
}

fn article(title: &str, slug: &str, body: &str) -> Json {
    json!({"title": title, "slug": slug, "body": body, "status": "published"})
}

/// What stands between two texts.
fn between<'a>(page: &'a str, start: &str, end: &str) -> &'a str {
    let rest = page.split_once(start).unwrap_or_else(|| panic!("no {start} in {page}")).1;
    rest.split_once(end).unwrap_or_else(|| panic!("no {end} after {start}")).0
}

#[tokio::test]
async fn a_published_article_is_a_page_for_everybody() {
    on_both_alone(|world| async move {
        world.other().await; // One of several companies is best addressed by its name.
        let made = world.create("article", article("Returns", "returns", RETURNS)).await;
        let reader = Reader::of(&world);
        let answer = reader.get("/returns").await;
        let page = text(&answer);
        assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
        assert!(page.contains("<h1 id=\"returns\" lang=\"en\" dir=\"ltr\">Returns</h1>"), "{page}");
        for heading in [
            "<h2 id=\"how-long\">How long</h2>",
            "<h2 id=\"grosse-gewicht\">Größe &amp; Gewicht</h2>",
            "<h2 id=\"how-long-1\">How long</h2>",
        ] {
            assert!(page.contains(heading), "{heading} in {page}");
        }
        assert!(page.contains("<strong>30 days</strong>") && !page.contains("alert"), "{page}");
        assert_eq!(between(&page, "name=\"description\" content=\"", "\""), "Send it back to us.");
        let place = format!("{}{}/returns", world.program.url, reader.base);
        assert_eq!(between(&page, "rel=\"canonical\" href=\"", "\""), place);
        let data: Json =
            serde_json::from_str(between(&page, "<script type=\"application/ld+json\">", "</script>")).unwrap();
        assert_eq!((&data["@type"], &data["headline"]), (&json!("Article"), &json!("Returns")));
        let policy = answer.header("content-security-policy");
        assert!(policy.contains("default-src 'none'; script-src 'self'; style-src 'self';"), "{policy}");

        let by_id = reader.page(&format!("/{}", made["id"].as_str().unwrap())).await;
        assert_eq!(between(&by_id, "rel=\"canonical\" href=\"", "\""), place, "one address is the best");
    })
    .await;
}

#[tokio::test]
async fn what_is_not_for_the_public_is_nowhere() {
    on_both_alone(|world| async move {
        let hidden = |slug: &str| article("Zeppelin handling", slug, "Zeppelins are moored.");
        let category = world.create("article_category", json!({"name": "Zeppelin internals"})).await;
        let with = |mut values: Json, field: &str, value: Json| {
            values[field] = value;
            values
        };
        let internal = with(hidden("internal"), "visibility", json!("internal"));
        world.create("article", with(internal, "category_id", category["id"].clone())).await;
        world.create("article", with(hidden("draft"), "status", json!("draft"))).await;
        world.create("article", article("Balloons", "balloons", "Balloons are not zeppelins.")).await;
        let other = world.other().await;
        other.create("article", article("Zeppelins elsewhere", "elsewhere", "Zeppelins too.")).await;

        let reader = Reader::of(&world);
        reader.says("/search?q=zeppelins", "Balloons").await;
        for path in ["/internal", "/draft", "/elsewhere", "/category/zeppelin-internals", "/no/such/page"] {
            let answer = reader.get(path).await;
            assert_eq!(answer.status, 404, "{path}");
            assert!(text(&answer).contains("role=\"search\""), "a way on");
        }
        for path in ["", "/search?q=zeppelins", "/suggestions?q=zeppelin", "/sitemap.xml"] {
            let page = reader.page(path).await;
            for word in ["Zeppelin handling", "Zeppelin internals", "elsewhere", "/internal", "/draft", "moored"] {
                assert!(!page.contains(word), "{path} tells {word}: {page}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_withdrawn_article_is_gone_with_the_next_request() {
    on_both_alone(|world| async move {
        let made = world.create("article", article("Ephemera", "ephemera", "Mayflies live a day.")).await;
        let reader = Reader::of(&world);
        reader.says("/search?q=mayflies", "Ephemera").await;
        let tag = reader.get("/ephemera").await.header("etag").to_owned();
        let path = format!("/records/article/{}", made["id"].as_str().unwrap());
        world.admin.patch(&path, &json!({"status": "draft"})).await.expect(200);
        assert_eq!(send(reader.request("/ephemera").header("if-none-match", tag)).await.status, 404);
        for path in ["", "/search?q=mayflies", "/suggestions?q=ephem"] {
            assert!(!reader.page(path).await.contains(">Ephemera"), "{path}");
        }
    })
    .await;
}

/// Uploads a picture, as one that belongs to a record or to none.
async fn picture(world: &World, of: Option<(&str, &Json)>) -> String {
    let related =
        of.map(|(object, record)| format!("&related_object={object}&related_id={}", record["id"].as_str().unwrap()));
    let path = format!("/files?name=plan.png{}", related.unwrap_or_default());
    let upload = world.admin.request(Method::POST, &path).header("content-type", "image/png").body(PNG);
    send(upload).await.expect(201)["id"].as_str().unwrap().to_owned()
}

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

#[tokio::test]
async fn an_articles_pictures_are_seen_as_long_as_it_is() {
    on_both_alone(|world| async move {
        let ticket = world.create("ticket", json!({"subject": "A secret"})).await;
        let (own, unnamed, of_ticket) = (
            picture(&world, None).await,
            picture(&world, None).await,
            picture(&world, Some(("ticket", &ticket))).await,
        );
        let body = format!("![Plan](/api/v1/files/{own}) and ![more](/api/v1/files/{of_ticket})");
        let made = world.create("article", article("Plans", "plans", &body)).await;
        let reader = Reader::of(&world);
        let place = format!("/plans/files/{own}");
        let page = reader.page("/plans").await;
        assert!(page.contains(&format!("src=\"{}{place}\"", reader.base)), "{page}");
        let seen = reader.get(&place).await;
        assert_eq!((seen.status, seen.header("content-type"), &*seen.bytes), (200, "image/png", PNG));
        assert_eq!(reader.status(&format!("/plans/files/{unnamed}")).await, 404, "the article does not name it");
        assert_eq!(reader.status(&format!("/plans/files/{of_ticket}")).await, 404, "it is a ticket's");
        let path = format!("/records/article/{}", made["id"].as_str().unwrap());
        world.admin.patch(&path, &json!({"status": "draft"})).await.expect(200);
        assert_eq!(reader.status(&place).await, 404);
    })
    .await;
}

#[tokio::test]
async fn a_search_leads_to_the_place_that_answers() {
    on_both_alone(|world| async move {
        world.create("article", article("Returns", "returns", RETURNS)).await;
        world.create("article", article("Delivery", "delivery", "# Delivery\nParcels take two days.")).await;
        let reader = Reader::of(&world);
        let page = reader.says("/search?q=how+heavy+may+a+parcel+weigh", "#grosse-gewicht").await;
        let place = between(&page, "<h2><a href=\"", "\"").to_owned();
        assert_eq!(place, format!("{}/returns#grosse-gewicht", reader.base));
        let nothing = reader.page("/search?q=%3Cb%3Exylophone%3C%2Fb%3E").await;
        assert!(nothing.contains("Nothing was found for “&lt;b&gt;xylophone&lt;/b&gt;”."), "{nothing}");

        reader.says("/suggestions?q=deli", "Delivery").await;
        let titles = async |words: &str| {
            let found = reader.get(&format!("/suggestions?q={words}")).await.expect(200);
            let found = found["suggestions"].as_array().unwrap().clone();
            found.iter().map(|one| one["title"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(titles("deli").await, ["Delivery"]);
        assert_eq!(titles("delivrey").await, ["Delivery"], "a slip of the finger");
        assert_eq!(titles("").await, Vec::<String>::new());
    })
    .await;
}

#[tokio::test]
async fn topics_count_what_stands_under_them_and_below() {
    on_both_alone(|world| async move {
        let orders =
            world.create("article_category", json!({"name": "Orders & more", "description": "All of it."})).await;
        let below = world.create("article_category", json!({"name": "Parcels", "parent_id": orders["id"]})).await;
        for (slug, category) in [("one", &orders["id"]), ("two", &below["id"]), ("three", &Json::Null)] {
            let mut values = article(&format!("Article {slug}"), slug, "Text.");
            values["category_id"] = category.clone();
            world.create("article", values).await;
        }
        let reader = Reader::of(&world);
        let home = reader.page("").await;
        assert!(
            home.contains("<strong>Orders &amp; more</strong><span>All of it.</span><span class=\"quiet\">2 articles"),
            "{home}"
        );
        assert!(home.contains("<strong>Other articles</strong><span class=\"quiet\">1 article<"), "{home}");
        assert!(!home.contains("<strong>Parcels"), "only the highest: {home}");
        let topic = reader.page("/category/orders-more").await;
        assert!(topic.contains("Article one") && !topic.contains("Article two"), "{topic}");
        assert!(topic.contains("/category/parcels\""), "{topic}");
        assert!(reader.page("/category/-").await.contains("Article three"));
        let page = reader.page("/two").await;
        let trail = between(&page, "<nav class=\"trail\"", "</nav>");
        let places = ["Help</a>", "Orders &amp; more</a>", "Parcels</a>"].map(|name| trail.find(name).unwrap());
        assert!(places.is_sorted(), "{trail}");
    })
    .await;
}

#[tokio::test]
async fn pages_speak_the_readers_language_and_articles_their_own() {
    on_both_alone(|world| async move {
        let mut german = article("Lieferzeiten", "lieferzeiten", "Pakete brauchen zwei Tage.");
        german["language"] = json!("de");
        world.create("article", german).await;
        let mut hebrew = article("שלום", "hebrew", "שלום");
        hebrew["language"] = json!("he");
        world.create("article", hebrew).await;
        world.create("article", article("Delivery", "delivery", "Two days.")).await;
        let reader = Reader::of(&world);

        assert!(reader.page("").await.contains("How can we help?"), "as the company speaks");
        assert!(reader.page_for("", "de-CH,en;q=0.5").await.contains("Wie können wir helfen?"));
        let chosen = reader.page_for("?lang=fr", "de").await;
        assert!(chosen.contains("<html lang=\"fr\" dir=\"ltr\">"), "{chosen}");
        assert!(chosen.contains("/delivery?lang=fr\""), "links keep what was chosen: {chosen}");
        for code in ["en", "de", "fr", "es", "pt", "x-default"] {
            assert!(chosen.contains(&format!("hreflang=\"{code}\"")), "{code}");
        }
        let german = reader.page("/lieferzeiten").await;
        assert!(german.contains("<html lang=\"de\""), "without a wish, as the article: {german}");
        assert!(reader.page_for("/lieferzeiten", "es").await.contains("<html lang=\"es\""));
        assert!(reader.page("/hebrew").await.contains("<div class=\"text\" lang=\"he\" dir=\"rtl\">"));
    })
    .await;
}

#[tokio::test]
async fn a_page_that_the_browser_has_is_not_sent_again() {
    on_both_alone(|world| async move {
        let made = world.create("article", article("Returns", "returns", RETURNS)).await;
        let reader = Reader::of(&world);
        let first = reader.get("/returns").await;
        assert!(first.header("last-modified").ends_with(" GMT"), "{:?}", first.headers);
        let again = || send(reader.request("/returns").header("if-none-match", first.header("etag")));
        let known = again().await;
        assert_eq!((known.status, known.bytes.len()), (304, 0));
        let path = format!("/records/article/{}", made["id"].as_str().unwrap());
        world.admin.patch(&path, &json!({"title": "Returning"})).await.expect(200);
        assert_eq!(again().await.status, 200);

        let page = text(&first);
        let style = between(&page, "rel=\"stylesheet\" href=\"", "\"");
        let style = reader.client.get(&format!("/{style}")).await;
        assert_eq!((style.status, style.header("content-type")), (200, "text/css"));
        assert!(style.header("cache-control").contains("immutable"));
    })
    .await;
}

#[tokio::test]
async fn search_engines_are_led_to_the_articles() {
    on_both_alone(|world| async move {
        world.other().await;
        world.create("article", article("Returns", "returns", RETURNS)).await;
        let reader = Reader::of(&world);
        let answer = reader.get("/sitemap.xml").await;
        assert_eq!(answer.header("content-type"), "application/xml; charset=utf-8");
        assert!(text(&answer).contains(&format!("<loc>{}{}/returns</loc><lastmod>", world.program.url, reader.base)));
        let rules = text(&reader.client.get("//robots.txt").await);
        assert!(rules.contains("Allow: /help\n") && rules.contains("Disallow: /\n"), "{rules}");
        assert!(reader.page("/search?q=returns").await.contains("<meta name=\"robots\" content=\"noindex\">"));
    })
    .await;
}

#[tokio::test]
async fn the_list_for_search_engines_names_topics_however_deep() {
    on_both_alone(|world| async move {
        let above = world.create("article_category", json!({"name": "Devices"})).await;
        let below = json!({"name": "Printers", "parent_id": above["id"]});
        let below = world.create("article_category", below).await;
        let mut values = article("Paper jams", "paper-jams", "Open the back.");
        values["category_id"] = below["id"].clone();
        world.create("article", values).await;
        let listed = Reader::of(&world).page("/sitemap.xml").await;
        for topic in ["devices", "printers"] {
            assert!(listed.contains(&format!("/category/{topic}</loc>")), "{listed}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_address_of_the_help_centres_own_is_no_articles() {
    on_both_alone(|world| async move {
        for slug in ["search", "suggestions", "sitemap.xml", "c"] {
            let values = article("Finding things", slug, "Look twice.");
            let refused = world.admin.post("/records/article", &values).await;
            assert_eq!(refused.invalid(), [("slug".to_owned(), "reserved".to_owned())]);
        }
        let made =
            world.create("article", json!({"title": "Search", "body": "Look twice.", "status": "published"})).await;
        assert_eq!(made["slug"], "search-2");
    })
    .await;
}

#[tokio::test]
async fn odd_addresses_are_pages_that_are_not_there() {
    on_both_alone(|world| async move {
        let reader = Reader::of(&world);
        assert_eq!(reader.status("/no%2Fsuch%00thing").await, 404);
        assert_eq!(reader.status("/category/nothing?after=nonsense").await, 404);
        for odd in ["/search?q=%00%ff", "/search?q=%22%28AND+*", "/search?q", "/suggestions?q=%00", "?lang=%00"] {
            assert_eq!(reader.status(odd).await, 200, "{odd}");
        }
        let moved = reader.get("/returns/?lang=de").await;
        assert_eq!((moved.status, moved.header("location")), (308, &*format!("{}/returns?lang=de", reader.base)));
        let nowhere = Reader { client: reader.client.clone(), base: "/help/c/no-such-company".into() };
        let answer = nowhere.get("/returns").await;
        assert_eq!((answer.status, answer.header("content-type")), (404, "text/html; charset=utf-8"));
        assert_eq!(send(reader.client.request(Method::POST, "//help")).await.status, 405);
    })
    .await;
}

#[tokio::test]
async fn the_help_centre_of_the_only_company_needs_no_name() {
    // Companies of other tests share the database on PostgreSQL; there the browser tests open `/help` of the demo.
    let program = Program::start(Engine::Sqlite, &[("PARLEY_PUBLIC_URL", "https://help.example")]);
    let reader = Reader { client: Client::at(&program.url), base: "/help".into() };
    assert_eq!(reader.status("").await, 404, "no company yet");
    let (_, _, key) = World::company(&program.database_url).await;
    let admin = Client::at(&program.url).key(&key);
    admin.post("/records/article", &article("Returns", "returns", RETURNS)).await.expect(201);
    let page = reader.page("/returns").await;
    assert_eq!(between(&page, "rel=\"canonical\" href=\"", "\""), "https://help.example/help/returns");
    let rules = text(&reader.client.get("//robots.txt").await);
    assert!(rules.contains("Sitemap: https://help.example/help/sitemap.xml"), "{rules}");
    assert_eq!(reader.get("/").await.header("location"), "/help");
}

#[tokio::test]
async fn who_asks_too_often_is_told_to_wait() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let program = Program::start(engine, &[("PARLEY_REQUESTS_PER_SECOND", "1")]);
        let client = Client::at(&program.url);
        let mut answers = Vec::new();
        for _ in 0..20 {
            answers.push(client.get("//help/search?q=x").await);
        }
        let refused = answers.iter().find(|answer| answer.status == 429).expect("none was refused");
        assert_eq!(refused.header("content-type"), "text/html; charset=utf-8");
        assert!(!refused.header("retry-after").is_empty() && text(refused).contains("Please wait"));
    }
}
