# What admins see.

admin-title = Overview
admin-hosts = Hosts
admin-host = Host
admin-events = Events
admin-event = Event
admin-items = Photos and videos
admin-stored = Stored
admin-state = State
admin-jobs-waiting = Jobs waiting
admin-newest-events = Newest events
admin-dead-jobs = Jobs that gave up
admin-job = Job
admin-when = When
admin-attempts = Attempts
admin-why = Why
