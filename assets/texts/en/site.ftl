# The frame of every page.

epu = EPU
skip = Skip to the content
nav-main = Main
nav-code = Enter a code
nav-sign-in = Sign in
nav-events = Events
nav-admin = Admin
nav-account = Your account
foot = EPU · photos of an event, in one place
guest-foot = Event Photo Uploads

# Sizes. $number is already rounded.
size-bytes = { $number } bytes
size-kb = { $number } KB
size-mb = { $number } MB
size-gb = { $number } GB
