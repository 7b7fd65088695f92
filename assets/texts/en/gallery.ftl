# The gallery, for host and guests. What its custom elements say stands in browser.ftl.

gallery-filter = Filter
gallery-filter-all = All
gallery-filter-photos = Photos
gallery-filter-videos = Videos
gallery-filter-trash = Trash
gallery-count = { $count }

gallery-photo = Photo
gallery-video = Video
gallery-more = More
gallery-add = Add photos and videos
gallery-download-all = Download all

gallery-draft = Only you can see this event. Guests can send once it is published.
gallery-empty = No photos yet
gallery-empty-text = They appear here by themselves as soon as the first guest sends one.
gallery-empty-share = Share the event
gallery-guests-empty-text = Be the first.
gallery-trash-note =
    { $days ->
        [one] What is here is deleted for good a day after it was moved.
       *[other] What is here is deleted for good { $days } days after it was moved.
    }
gallery-trash-empty = The trash is empty
gallery-trash-empty-text =
    { $days ->
        [one] Photos you remove stay here for a day.
       *[other] Photos you remove stay here for { $days } days.
    }

## Why an item cannot be shown: `gallery-failure-CODE`

gallery-failure = This file cannot be shown. Its original is kept.
gallery-failure-damaged = This file is damaged. Its original is kept.
gallery-failure-truncated = This file ends too early. Its original is kept.
gallery-failure-unsupported = This kind of picture cannot be shown yet. Its original is kept.
gallery-failure-too-many-pixels = This picture is too large to be shown. Its original is kept.
gallery-failure-too-much-memory = This picture is too large to be shown. Its original is kept.
gallery-failure-took-too-long = This file took too long to prepare. Its original is kept.
gallery-failure-crashed = This file could not be prepared. Its original is kept.
gallery-failure-given-up = This file could not be prepared. Its original is kept.

problem-too-many-items = Please choose at most 1,000 at once.
