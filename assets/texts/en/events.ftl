# What hosts see of their events.

events-title = Your events
events-new = New event
events-empty-title = No events yet
events-empty-text = A name and a date are enough to begin. It takes a minute.
events-trash = Events in the trash
events-restore = Restore
events-items =
    { $count ->
        [0] No photos yet
        [one] One photo or video
       *[other] { $count } photos and videos
    }
events-guests =
    { $count ->
        [0] no guests yet
        [one] one guest
       *[other] { $count } guests
    }

event-new-title = A new event
event-edit-title = Settings
event-make = Make the event
event-save = Save
event-saved = Saved.
event-cancel = Cancel
event-name = Name
event-name-missing = Please give the event a name.
event-name-long = Please use at most 120 characters.
event-date = Date
event-date-optional = (may wait)
event-date-wrong = There is no such day. Please write it like 2026-07-18.
event-kind = Occasion
event-kind-unknown = Please choose one of these.
event-zone = Time zone
event-zone-hint = Times in the gallery are shown in this zone.
event-zone-unknown = This time zone is not known. It reads like Europe/Berlin.
event-welcome = Words for your guests
event-welcome-hint = Up to 255 characters, shown above the button.
event-instructions = What to mind
event-instructions-hint = Up to 255 characters, for example: no flash during the ceremony.
event-text-long = Please use at most 255 characters.
event-password = Event password
event-password-hint = Guests are asked once. Leave it empty if the code is enough.
event-password-length = Please use 4 to 64 characters, or none at all.
event-visibility = What guests may see
event-visibility-upload-only = Nothing, they only send
event-visibility-own = Their own photos
event-visibility-gallery = The whole gallery
event-moderation = What waits for your approval
event-moderation-off = Nothing
event-moderation-hold-all = New photos, before guests see them
event-moderation-hold-wall = New photos, before they come on the live wall

event-kind-wedding = Wedding
event-kind-birthday = Birthday
event-kind-party = Party
event-kind-corporate = Company event
event-kind-conference = Conference
event-kind-sports = Sports
event-kind-holiday = Holiday
event-kind-baby-shower = Baby shower
event-kind-graduation = Graduation
event-kind-concert = Concert
event-kind-festival = Festival
event-kind-engagement = Engagement
event-kind-funeral = Funeral
event-kind-school = School
event-kind-other = Other

event-state-draft = Not published
event-state-published = Published
event-state-closed = Closed

event-publish = Publish
event-publish-text = Publish the event, and the link begins to work.
event-publish-first = The link works once the event is published. Until then only you can look at it.
event-close = Close uploads
event-close-title = Close uploads?
event-close-text = Guests can still open the event, but send nothing more. You can reopen it at any time.
event-reopen = Reopen uploads
event-trash = Move to trash
event-trash-title = Move this event to the trash?
event-trash-text = Guests find it no more. You can restore it within 30 days.
event-keep = Keep it
event-end = End of the event

tab-gallery = Gallery
tab-share = Share
tab-settings = Settings
tabs-event = Event

share-title = Share
share-back = Back to the gallery
share-qr-alt = QR code that opens the event’s page
share-qr-scan = Scan to send your photos
share-png = PNG
share-svg = SVG for print
share-link = The link
share-copy = Copy the link
share-copied = Copied
share-send = Send it
share-message = Send us your photos of the day:
share-code = The code
share-code-hint = For typing at { $address }
share-password = The event password
share-password-hint = Guests are asked once for it. Print it next to the QR code.

date-in-words = { $weekday } { $day } { $month } { $year }
date-weekday-1 = Monday
date-weekday-2 = Tuesday
date-weekday-3 = Wednesday
date-weekday-4 = Thursday
date-weekday-5 = Friday
date-weekday-6 = Saturday
date-weekday-7 = Sunday
date-month-1 = January
date-month-2 = February
date-month-3 = March
date-month-4 = April
date-month-5 = May
date-month-6 = June
date-month-7 = July
date-month-8 = August
date-month-9 = September
date-month-10 = October
date-month-11 = November
date-month-12 = December
