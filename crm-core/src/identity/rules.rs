//! Rules of users, roles and teams: nobody gives more rights than they have, the last administrator stays, and every
//! change of rights is at once in force.

use crate::access::{Grants, Verb};
use crate::db::Sql;
use crate::error::{Error, FieldError, Result};
use crate::record::{Behaviour, Draft, Writing};
use crate::value::Value;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use jiff::tz::TimeZone;
use serde_json::json;

/// Roles, permission sets and teams.
#[derive(Debug)]
pub(crate) struct AccessRules;

impl Behaviour for AccessRules {
    fn before_write<'a>(&'a self, writing: &'a mut Writing<'_>, draft: &'a mut Draft) -> BoxFuture<'a, Result<()>> {
        async move {
            may_configure(writing, &draft.object.name)?;
            if draft.before("built_in") == &Value::Bool(true) && draft.changes("grants") {
                return Err(Error::Conflict(
                    "A built-in role cannot be changed. Make a role or permission set of your own.".into(),
                ));
            }
            if let Value::Json(grants) = draft.get("grants") {
                Grants::parse(grants)?;
            }
            if draft.object.name == "team" {
                crate::desk::check_hours(draft)?;
            }
            Ok(())
        }
        .boxed()
    }

    fn after_write<'a>(&'a self, writing: &'a mut Writing<'_>, _draft: &'a Draft) -> BoxFuture<'a, Result<()>> {
        revise(writing).boxed()
    }
}

/// Users.
#[derive(Debug)]
pub(crate) struct UserRules;

impl Behaviour for UserRules {
    fn before_write<'a>(&'a self, writing: &'a mut Writing<'_>, draft: &'a mut Draft) -> BoxFuture<'a, Result<()>> {
        async move {
            let rights = ["role_ids", "permission_set_ids", "is_active", "email", "team_id"];
            if draft.old.is_none() || rights.iter().any(|field| draft.changes(field)) {
                may_configure(writing, "user")?;
            }
            if let Value::Text(zone) = draft.get("time_zone")
                && TimeZone::get(zone).is_err()
            {
                let error =
                    FieldError::new("time_zone", "invalid", "The time zone is an IANA name such as Europe/Berlin.");
                return Err(error.value(&json!(zone)).into());
            }
            Ok(())
        }
        .boxed()
    }

    fn after_write<'a>(&'a self, writing: &'a mut Writing<'_>, draft: &'a Draft) -> BoxFuture<'a, Result<()>> {
        async move {
            if draft.old.is_some() {
                refuse_last_admin_gone(writing).await?;
            }
            revise(writing).await
        }
        .boxed()
    }
}

fn may_configure(writing: &Writing<'_>, object: &str) -> Result<()> {
    if writing.actor.rights().may(Verb::Configure, object) {
        return Ok(());
    }
    Err(Error::Forbidden { verb: "change".into(), what: "who may do what".into() })
}

/// Whatever nodes remember of the tenant is out of date from the commit on.
pub(crate) async fn revise(writing: &mut Writing<'_>) -> Result<()> {
    let sql = Sql::fixed("update tenant set revision = revision + 1 where id = ?", [writing.actor.tenant().into()]);
    writing.tx.execute(sql).await.map(drop)
}

async fn refuse_last_admin_gone(writing: &mut Writing<'_>) -> Result<()> {
    let tenant = writing.actor.tenant();
    // Only where somebody could sign in as an administrator before can there be a last one.
    let sql = Sql::fixed(
        "select count(*) from users u join link l on l.tenant_id = u.tenant_id and l.field_id = 'user.role_ids' and l.source_id = u.id \
         join role r on r.tenant_id = l.tenant_id and r.id = l.target_id where u.tenant_id = ? and u.deleted_at is null and u.is_active \
         and r.name = 'admin' and r.built_in",
        [tenant.into()],
    );
    let admins = writing.tx.row(sql).await?.map(|row| row.int(0)).transpose()?.unwrap_or(0);
    let sign_ins = Sql::fixed("select 1 as one from credential where tenant_id = ? limit 1", [tenant.into()]);
    if admins == 0 && writing.tx.row(sign_ins).await?.is_some() {
        return Err(Error::Conflict(
            "The last active administrator must stay. Make somebody else administrator first.".into(),
        ));
    }
    Ok(())
}
