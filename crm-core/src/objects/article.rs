//! Articles of the knowledge base. Their status goes in steps: [`crate::knowledge`].

use crate::schema::*;

pub(super) fn definition() -> ObjectDef {
    object("article", "articles", "Article", "Articles")
        .label_in("de", "Artikel", "Artikel")
        .also_called(["help page", "help article", "kb article"])
        .description("A page of the knowledge base.")
        .field(text("title", "Title").required())
        .named_from(["title"])
        .field(text("slug", "Slug").unique().description(
            "The last part of the page's address. Left empty, it is made from the title when the article is published.",
        ))
        .field(rich_text("body", "Body").aka(["content", "text"]))
        .field(reference("category_id", "Category", "article_category").indexed())
        .field(text("language", "Language").default("en").indexed())
        .field(
            select(
                "status",
                "Status",
                [("draft", "Draft"), ("review", "In review"), ("published", "Published"), ("archived", "Archived")],
            )
            .default("draft")
            .required()
            .indexed(),
        )
        .field(
            select("visibility", "Visibility", [("public", "Public"), ("internal", "Internal")])
                .default("public")
                .required(),
        )
        .field(datetime("published_at", "Published").read_only())
        .behaviour(crate::knowledge::ArticleRules)
        .customers_own(CustomerOwn::Where(&[("status", "published"), ("visibility", "public")]))
        .build()
}
