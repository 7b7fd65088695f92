# What guests see.

guest-lead = Send your photos and videos of the day.
guest-add = Add photos and videos
guest-camera = Take one now
guest-no-script = Sending photos needs JavaScript. Please switch it on, or open this page in another browser.
guest-calm = You can lock your phone. Whatever is left goes on when you open this page again.
guest-see-photos = See the photos

guest-closed-title = This event is closed
guest-closed-text = No more photos can be sent. Thank you for everything that came.
guest-unpublished-head = Not open yet
guest-unpublished-title = A little too early
guest-unpublished-text = The host has not opened this event. Please come back later with the same code.

guest-name = Your name
guest-name-first = Before you send: who are you?
guest-name-hint = It is shown with your photos.
guest-name-save = Keep my name
guest-name-long = Please use at most 80 characters.
guest-name-missing = Please tell us your name first.
guest-go-on = Go on

guest-password = Event password
guest-password-lead = This event has a password. It is on the invitation, next to the code.
guest-password-wrong = That is not the password. Please look again at the invitation.
guest-password-open = Open

join-title = Which event?
join-text = The code is on the invitation or on your table: eight letters and digits.
join-code = Code
join-code-unknown = No event has this code. Please check it letter by letter.
join-go = Go to the event

optional = (optional)
