//! The knowledge base: how an article comes to be published, under which address, and how it gets back what it said.

mod article;
mod revision;
mod slug;
mod step;

pub(crate) use article::ArticleRules;
