# What is said when something did not work: what happened, and what to do. Never blame.

## Pages

error-home = To the start page
error-request = Request

error-signed-out-title = Please sign in
error-signed-out = You need to be signed in to see this.

error-not-found-title = Nothing here
error-not-found = The address may be mistyped, or what was here is gone.

error-invalid-title = Something needs another look
error-invalid = Some of what you typed cannot be used as it is.

error-refused-title = That did not work

error-too-large-title = That is too large
error-too-large = More than { $limit } cannot be sent at once.

error-too-many-title = A short pause, please
error-too-many =
    { $unit ->
        [minutes] { $wait ->
            [one] Too many tries in a short time. Please wait a minute and try again.
           *[other] Too many tries in a short time. Please wait { $wait } minutes and try again.
        }
       *[seconds] { $wait ->
            [one] Too many tries in a short time. Please wait a second and try again.
           *[other] Too many tries in a short time. Please wait { $wait } seconds and try again.
        }
    }

error-unavailable-title = Back in a moment
error-unavailable = EPU cannot reach its storage just now. What you sent is safe; please try again in a minute.

error-internal-title = That was our fault
error-internal = Something broke on our side, and it has been noted. Please try again in a moment.

## Refusals: `refused-CODE`

refused-cross-site = This came from another website, so nothing was done. Please open the page here and try again.
refused-unknown-host = EPU is not known under this address. Please use the address you were given.
refused-wrong-method = This address does not work that way. Please go back and try again.
refused-bad-request = The request arrived garbled. Please go back and try again.
refused-password-needed = This event has a password. Please type it first.
refused-not-open-yet = The host has not opened this event yet. Please come back later with the same code.
refused-event-closed = This event takes no more photos.
refused-storage-full = This event has no room left. Please tell your host.
refused-wrong-kind = Only photos and videos can be sent here. JPEG, HEIC, PNG, WebP, GIF, MP4 and MOV work.
refused-empty-file = This file is empty. Please choose it again.
refused-checksum-mismatch = Some bytes changed on the way. They will be sent again.
refused-checksum-unknown = The checksum of this part cannot be read. SHA-256 in Base64 works.
refused-offset-mismatch = The upload stands somewhere else. It will go on from there.
refused-upload-taken = Another tab or device is sending this file right now.
refused-upload-gone = This upload took too long and was given up. Please choose the file again.
refused-tus-version = Uploads here speak tus 1.0.0.
refused-tus-headers = The upload lacks something it needs. Please reload the page and try again.
refused-tus-content-type = Parts of an upload must be sent as application/offset+octet-stream.
refused-range-unsatisfiable = The file is shorter than the part that was asked for.
refused-link-expired = This link was used already or is too old. Please ask for a new one.
refused-unverified = Please confirm your mail address first. The link is in the mail we sent you.
refused-wrong-state = This has changed in the meantime. Please reload the page.

## Forms: problems that many fields share

field-needed = Please fill this in.
field-too-long = This is too long.
field-unknown = Please choose one of these.
