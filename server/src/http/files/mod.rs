//! Files: the contents of attachments. Their records are like all others; the bytes lie in an object store.

pub(super) mod download;
pub(super) mod media_type;
pub(crate) mod place;
pub(super) mod upload;

use crm_core::TenantId;
use object_store::path::Path;
use uuid::Uuid;

/// Where the content of an attachment lies: by tenant and month, which the time-ordered id tells.
pub(super) fn path(tenant: TenantId, attachment: Uuid) -> Path {
    let seconds = attachment.get_timestamp().map_or(0, |at| i64::try_from(at.to_unix().0).unwrap_or_default());
    let date = jiff::Timestamp::from_second(seconds).unwrap_or_default().to_zoned(jiff::tz::TimeZone::UTC).date();
    let (year, month) = (date.year(), date.month());
    Path::from(format!("{tenant}/{year:04}/{month:02}/{attachment}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_lies_under_its_tenant_and_month() {
        let id: Uuid = "018df4a0-3c00-7000-8000-000000000000".parse().unwrap();
        let path = path(TenantId(Uuid::nil()), id);
        assert_eq!(path.as_ref(), format!("{}/2024/02/{id}", Uuid::nil()));
    }
}
