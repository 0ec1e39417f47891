//! Categories of articles.

use crate::schema::*;

pub(super) fn definition() -> ObjectDef {
    object("article_category", "article_categories", "Article category", "Article categories")
        .plain()
        .hidden()
        .also_called(["help topic"])
        .field(reference("parent_id", "Parent category", "article_category"))
        .field(number("position", "Position").default(0))
        .field(long_text("description", "Description"))
        .customers_own(CustomerOwn::Where(&[]))
        .build()
}
