//! Memory that many share, handed out in order of asking.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::RenderError;

/// The unit of the budget, in bytes.
const UNIT_BYTES: u64 = 1 << 20;

/// A number of bytes that can be taken and come back when the grant is dropped.
#[derive(Clone)]
pub(super) struct Budget {
    units: Arc<Semaphore>,
    total: u32,
}

impl Budget {
    pub(super) fn new(bytes: u64) -> Budget {
        let total = u32::try_from(bytes / UNIT_BYTES)
            .unwrap_or(u32::MAX >> 4)
            .max(1);
        Budget {
            units: Arc::new(Semaphore::new(total as usize)),
            total,
        }
    }

    /// Waits for `bytes`. Who wants more than there is in all gets all, and so works alone.
    pub(super) async fn take(&self, bytes: u64) -> Result<OwnedSemaphorePermit, RenderError> {
        let units = u32::try_from(bytes.div_ceil(UNIT_BYTES)).unwrap_or(u32::MAX);
        Arc::clone(&self.units)
            .acquire_many_owned(units.min(self.total))
            .await
            .map_err(RenderError::trouble)
    }
}
