# The start page.

home-title = Every photo of your day
home-lead = Guests scan a code and send what they saw, straight from the phone’s browser. No app, no account. You keep the originals.
home-make = Make an event
home-sign-in = Sign in
home-guest = Are you a guest?
home-code = The code on the invitation
home-step-make = Make an event
home-step-make-text = A name and a date are enough. It takes a minute.
home-step-share = Share one code
home-step-share-text = Print the QR code for the tables, or send the link.
home-step-keep = Keep everything
home-step-keep-text = See photos arrive, in the order they were taken. Take them all home as one ZIP.
