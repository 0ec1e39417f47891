//! STUB by the lead so that the crate compiles: replace this file entirely.
use super::*;
use crate::error::Result;
use crate::{Db, TenantId};
#[allow(missing_docs)]
pub struct FieldPatch;
#[allow(missing_docs)]
pub struct NewField;
#[allow(missing_docs)]
pub struct NewObject;
#[allow(missing_docs)]
pub struct ObjectPatch;
pub(crate) async fn load_custom(_db: &Db, _tenant: TenantId, revision: i64) -> Result<Schema> {
    Ok(Schema::new(revision, crate::objects::standard()))
}
