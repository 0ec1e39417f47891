//! Products one sells.

use crate::schema::*;

pub(super) fn definition() -> ObjectDef {
    object("product", "products", "Product", "Products")
        .label_in("de", "Produkt", "Produkte")
        .also_called(["item", "article number", "sku"])
        .description("Something one sells.")
        .field(text("sku", "SKU").aka(["product code"]).unique())
        .field(text("family", "Family").aka(["series", "product line", "category"]).indexed())
        .field(money("price", "Price").aka(["sales price", "list price", "cost"]))
        .field(boolean("is_active", "Active").default(true))
        .field(long_text("description", "Description"))
        .build()
}
