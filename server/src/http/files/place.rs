//! Where the contents of attachments are kept: a folder, or a bucket of anything that speaks S3.

use crate::config::Bucket;
use futures_util::StreamExt;
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::prefix::PrefixStore;
use object_store::{ObjectStore, Result, RetryConfig};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// A request to the bucket may take so long, tries included: who uploads is waiting.
const PATIENCE: Duration = Duration::from_secs(20);

/// A folder, which is made if it is not there.
///
/// # Errors
/// When it cannot be used.
pub(crate) fn folder(path: &Path) -> Result<Arc<dyn ObjectStore>> {
    std::fs::create_dir_all(path)
        .map_err(|error| object_store::Error::Generic { store: "folder", source: error.into() })?;
    Ok(Arc::new(LocalFileSystem::new_with_prefix(path)?))
}

/// A bucket. The address, the region and the credentials come from the environment, named as for other programs:
/// `AWS_ENDPOINT_URL`, `AWS_REGION`, `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`.
///
/// # Errors
/// When it does not answer, or not to these credentials.
pub(crate) async fn bucket(bucket: &Bucket) -> Result<Arc<dyn ObjectStore>> {
    let endpoint = std::env::var("AWS_ENDPOINT_URL").or_else(|_| std::env::var("AWS_ENDPOINT")).unwrap_or_default();
    let retry = RetryConfig { max_retries: 3, retry_timeout: PATIENCE, ..RetryConfig::default() };
    let store = AmazonS3Builder::from_env()
        .with_bucket_name(&bucket.name)
        .with_allow_http(endpoint.starts_with("http://"))
        .with_retry(retry)
        .build()?;
    // Told now, and not to the first person who uploads something.
    store.list(Some(&bucket.prefix.as_str().into())).next().await.transpose()?;
    Ok(Arc::new(PrefixStore::new(store, bucket.prefix.as_str())))
}
