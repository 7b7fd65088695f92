//! Objects that grow over several requests and instances.

use bytes::Bytes;
use futures::TryStreamExt;

use super::{Place, assert_same, bytes, on_folder_and_bucket};
use crate::platform::storage::{
    Checkpoint, ListedObject, PART_BYTES, PartsState, Storage, StorageError,
};

pub(super) const KEY: &str = "e/wedding/i/1/original";
const UPLOAD: &str = "upload1";
const MIB: usize = 1024 * 1024;

/// What the caller's row holds; JSON, as in the database.
#[derive(Clone)]
pub(super) struct Row {
    pub(super) offset: u64,
    state: String,
}

impl Row {
    pub(super) fn new() -> Self {
        let state = serde_json::to_string(&PartsState::default()).unwrap();
        Self { offset: 0, state }
    }

    pub(super) fn state(&self) -> PartsState {
        serde_json::from_str(&self.state).unwrap()
    }

    pub(super) async fn record(&mut self, storage: &Storage, checkpoint: Checkpoint) {
        self.offset = checkpoint.offset;
        self.state = serde_json::to_string(&checkpoint.state).unwrap();
        storage.forget(&checkpoint.superseded).await.unwrap();
    }

    pub(super) async fn resume(
        &self,
        storage: &Storage,
    ) -> Result<crate::platform::storage::PartsWriter, StorageError> {
        storage
            .resume_parts(UPLOAD, KEY, self.state(), self.offset)
            .await
    }
}

/// One request: sends `file` from the row's offset to `to` and records what came.
async fn patch(place: &Place, row: &mut Row, file: &Bytes, to: usize) {
    patch_on(&place.open(), row, file, to).await;
}

async fn patch_on(storage: &Storage, row: &mut Row, file: &Bytes, to: usize) {
    let mut writer = row.resume(storage).await.unwrap();
    for chunk in file[row.offset as usize..to].chunks(60_000) {
        if let Some(checkpoint) = writer.write(Bytes::copy_from_slice(chunk)).await.unwrap() {
            row.record(storage, checkpoint).await;
        }
    }
    let checkpoint = writer.sync().await.unwrap();
    assert_eq!(checkpoint.offset as usize, to);
    row.record(storage, checkpoint).await;
}

async fn complete(place: &Place, row: &Row, file: &Bytes) {
    let storage = place.open();
    let mut writer = row.resume(&storage).await.unwrap();
    writer
        .write(file.slice(row.offset as usize..))
        .await
        .unwrap();
    writer.complete(file.len() as u64).await.unwrap();
}

pub(super) async fn assert_stored(place: &Place, file: &Bytes) {
    assert_same(&place.open().read(KEY, u64::MAX).await.unwrap(), file);
}

pub(super) async fn unfinished(place: &Place) -> Vec<ListedObject> {
    place
        .open()
        .unfinished(i64::MAX)
        .try_collect()
        .await
        .unwrap()
}

on_folder_and_bucket! {
    async fn a_file_grows_over_many_requests_and_instances(place: Place) {
        let file = bytes(1, 20 * MIB + 12_345);
        let mut row = Row::new();
        for to in [1, 300_000, 300_001, 5 * MIB, 8 * MIB, 9 * MIB, 20 * MIB] {
            patch(&place, &mut row, &file, to).await;
        }
        complete(&place, &row, &file).await;
        assert_stored(&place, &file).await;
    }

    async fn a_photo_in_one_request_needs_no_sync(place: Place) {
        let file = bytes(2, 3 * MIB);
        complete(&place, &Row::new(), &file).await;
        assert_stored(&place, &file).await;
        assert_eq!(unfinished(&place).await, []);
    }

    async fn a_file_of_exactly_one_part_is_whole(place: Place) {
        let file = bytes(3, PART_BYTES as usize);
        let mut row = Row::new();
        patch(&place, &mut row, &file, file.len()).await;
        complete(&place, &row, &file).await;
        assert_stored(&place, &file).await;
    }

    async fn an_empty_file_can_be_completed(place: Place) {
        complete(&place, &Row::new(), &Bytes::new()).await;
        assert_stored(&place, &Bytes::new()).await;
    }

    async fn what_was_not_acknowledged_never_was(place: Place) {
        let file = bytes(4, 11 * MIB);
        let mut row = Row::new();
        patch(&place, &mut row, &file, 2 * MIB).await;
        // Killed in mid-request, after a part went out but before anything was recorded.
        let storage = place.open();
        let mut writer = row.resume(&storage).await.unwrap();
        writer.write(bytes(99, 7 * MIB)).await.unwrap();
        writer.sync().await.unwrap();
        drop(writer);
        complete(&place, &row, &file).await;
        assert_stored(&place, &file).await;
    }

    async fn completing_twice_is_completing_once(place: Place) {
        for (seed, size) in [(5, 100_000), (6, 10 * MIB)] {
            let place_key_is_free = place.open().delete(KEY).await;
            place_key_is_free.unwrap();
            let file = bytes(seed, size);
            let mut row = Row::new();
            patch(&place, &mut row, &file, size).await;
            // Killed between completing and recording the finish.
            complete(&place, &row, &file).await;
            complete(&place, &row, &file).await;
            assert_stored(&place, &file).await;
            place.open().clear_parts(UPLOAD).await.unwrap();
            assert_eq!(unfinished(&place).await, []);
        }
    }

    async fn completing_again_from_an_older_offset_succeeds_with_the_same_bytes(place: Place) {
        let file = bytes(7, 21 * MIB);
        let mut row = Row::new();
        patch(&place, &mut row, &file, 9 * MIB).await;
        complete(&place, &row, &file).await;
        complete(&place, &row, &file).await;
        assert_stored(&place, &file).await;
    }

    async fn completing_again_with_other_bytes_is_refused(place: Place) {
        let file = bytes(8, 21 * MIB);
        let mut row = Row::new();
        patch(&place, &mut row, &file, 9 * MIB).await;
        complete(&place, &row, &file).await;
        let storage = place.open();
        let mut writer = row.resume(&storage).await.unwrap();
        let other = bytes(9, 12 * MIB);
        let ended = match writer.write(other).await {
            Ok(_) => writer.complete(21 * MIB as u64).await,
            Err(error) => Err(error),
        };
        assert!(matches!(ended, Err(StorageError::Other(_))), "{ended:?}");
        assert_stored(&place, &file).await;
    }

    async fn too_few_bytes_do_not_complete(place: Place) {
        let storage = place.open();
        let mut writer = Row::new().resume(&storage).await.unwrap();
        writer.write(Bytes::from("half a")).await.unwrap();
        let ended = writer.complete(100).await;
        assert!(matches!(ended, Err(StorageError::Other(_))), "{ended:?}");
        assert_eq!(storage.head(KEY).await.unwrap(), None);
    }

    async fn a_discarded_upload_leaves_nothing(place: Place) {
        let file = bytes(10, 11 * MIB);
        let mut row = Row::new();
        patch(&place, &mut row, &file, 10 * MIB).await;
        let storage = place.open();
        storage.discard_parts(UPLOAD, KEY, &row.state()).await.unwrap();
        storage.discard_parts(UPLOAD, KEY, &row.state()).await.unwrap();
        assert_eq!(unfinished(&place).await, []);
        assert_eq!(storage.head(KEY).await.unwrap(), None);
        let lost = match row.resume(&storage).await {
            Ok(writer) => writer.complete(10 * MIB as u64).await,
            Err(error) => Err(error),
        };
        assert_eq!(lost, Err(StorageError::Missing));
    }

    async fn discarding_does_not_touch_a_finished_object(place: Place) {
        let file = bytes(11, 9 * MIB);
        let mut row = Row::new();
        patch(&place, &mut row, &file, 9 * MIB).await;
        complete(&place, &row, &file).await;
        place.open().discard_parts(UPLOAD, KEY, &row.state()).await.unwrap();
        assert_stored(&place, &file).await;
    }

    async fn what_is_unfinished_can_be_found_with_its_upload(place: Place) {
        let file = bytes(12, 100_000);
        let mut row = Row::new();
        patch(&place, &mut row, &file, 100_000).await;
        let found = unfinished(&place).await;
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].upload(), Some(UPLOAD));
        let early: Vec<ListedObject> =
            place.open().unfinished(1_600_000_000_000).try_collect().await.unwrap();
        assert_eq!(early, []);
    }

    async fn two_hundred_tiny_requests_stay_small(place: Place) {
        let file = bytes(13, 200_000);
        let mut row = Row::new();
        let storage = place.open();
        for to in (1000..=200_000).step_by(1000) {
            patch_on(&storage, &mut row, &file, to).await;
        }
        assert!(unfinished(&place).await.len() <= 33, "tails are joined");
        assert!(row.state.len() < 4096, "{} bytes of state", row.state.len());
        complete(&place, &row, &file).await;
        assert_stored(&place, &file).await;
        place.open().clear_parts(UPLOAD).await.unwrap();
        assert_eq!(unfinished(&place).await, []);
    }

    async fn a_whole_part_is_a_checkpoint_in_mid_request(place: Place) {
        let storage = place.open();
        let mut writer = Row::new().resume(&storage).await.unwrap();
        let file = bytes(14, 20 * MIB);
        let mut checkpoints = Vec::new();
        for chunk in file.chunks(MIB) {
            let made = writer.write(Bytes::copy_from_slice(chunk)).await.unwrap();
            checkpoints.extend(made.map(|checkpoint| checkpoint.offset));
        }
        assert_eq!(checkpoints, [PART_BYTES, 2 * PART_BYTES]);
        assert_eq!(writer.offset(), 20 * MIB as u64);
    }
}

#[tokio::test]
async fn a_state_of_another_offset_is_a_defect() {
    let place = Place::bucket().await;
    let resumed = place
        .open()
        .resume_parts(UPLOAD, KEY, PartsState::default(), 7)
        .await;
    assert!(matches!(resumed, Err(StorageError::Other(_))));
}

#[tokio::test]
async fn in_a_folder_a_second_writer_waits_for_the_first() {
    let place = Place::folder();
    let (storage, row) = (place.open(), Row::new());
    let mut first = row.resume(&storage).await.unwrap();
    first.write(Bytes::from(vec![1; MIB])).await.unwrap();
    let taking_over = row.resume(&storage);
    let ending = async {
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        drop(first);
    };
    let (second, ()) = tokio::join!(taking_over, ending);
    let mut second = second.unwrap();
    second.write(Bytes::from("mine alone")).await.unwrap();
    second.complete(10).await.unwrap();
    assert_stored(&place, &Bytes::from("mine alone")).await;
}

#[tokio::test]
async fn in_a_folder_a_file_shorter_than_acknowledged_is_lost() {
    let place = Place::folder();
    let mut row = Row::new();
    patch(&place, &mut row, &bytes(15, 5000), 5000).await;
    row.offset = 6000;
    let resumed = row.resume(&place.open()).await.err();
    assert_eq!(resumed, Some(StorageError::Missing));
}
