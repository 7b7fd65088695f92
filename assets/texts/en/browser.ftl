# What the custom elements say. Short, warm, exact: say what happened and what to do.

## Fields

password-show = Show
password-hide = Hide

## Sending (photo-uploader)

upload-sum = { $sent } of { $total } sent
upload-left-soon = less than a minute left
upload-left-minutes = about { $minutes } min left
upload-left-hours =
    { $hours ->
        [one] about an hour left
       *[other] about { $hours } hours left
    }
upload-progress = All files
upload-still =
    { $count ->
        [one] One photo still to send
       *[other] { $count } photos still to send
    }
upload-offline = No connection. It goes on by itself.
upload-bytes = { $sent } of { $whole }
upload-waiting = waiting
upload-paused = paused
upload-checking = a moment
upload-sent = Sent
upload-done-word = Sent
upload-here = already here
upload-here-note = You sent this one earlier.
upload-remove = Remove
upload-remove-named = Remove { $name } from the list
upload-retry = Try again
upload-retry-named = Try { $name } again
upload-missing = Please choose this one again to go on.
upload-missing-sum =
    { $count ->
        [one] Your browser let go of one file. Choose it again and it goes on where it stopped.
       *[other] Your browser let go of { $count } files. Choose them again and they go on where they stopped.
    }
upload-folded =
    { $count ->
        [one] One sent
       *[other] { $count } sent
    }
upload-drop = Let go to send
upload-all-sent = All sent. Thank you!
upload-all-sent-note =
    { $count ->
        [one] Your photo has arrived.
       *[other] All { $count } have arrived.
    }
upload-spoken = { $sent } of { $total } sent.
upload-spoken-problem = { $name }: { $why }

## Why a file was not taken

refused-wrong-kind = Only photos and videos can be sent here.
refused-empty = This file is empty.
refused-too-large = This file is larger than { $limit }.
refused-event-closed = The event is closed. Nothing more can be sent.
refused-storage-full = There is no room left. Please tell the host.
refused-other = The event did not take this file.
failed-signed-out = Please open the event’s page again, then try once more.
failed-server = Something is wrong on our side. Your photo is safe on your phone; please try again.
failed-too-big-step = The network here does not let it through. Please try another network.

## Gallery

gallery-undated = No date
gallery-preparing = Preparing
gallery-video = Video
gallery-failed = Cannot be shown
gallery-original = Download
gallery-select = Select { $name }
gallery-selected =
    { $count ->
        [one] One selected
       *[other] { $count } selected
    }
gallery-trash = Trash
gallery-restore = Restore
gallery-clear = Clear
gallery-trashed =
    { $count ->
        [one] One moved to the trash
       *[other] { $count } moved to the trash
    }
gallery-restored =
    { $count ->
        [one] One is back in the gallery
       *[other] { $count } are back in the gallery
    }
gallery-undo = Undo
gallery-not-done = That did not work. Please try again.
gallery-more = More
gallery-more-failed = Could not load more. Try again

## Lightbox

lightbox-label = Photo
lightbox-close = Close
lightbox-next = Next
lightbox-previous = Previous
lightbox-info = Info
lightbox-download = Download
lightbox-place = { $at } of { $count }
lightbox-time = Taken
lightbox-length = Length
lightbox-size = Size
lightbox-dimensions = Dimensions
lightbox-pixels = { $width } × { $height }
lightbox-cannot = This file cannot be shown here.
lightbox-preparing = This one is still being prepared.
