# Accounts of hosts and admins.

## Fields

first-name = First name
last-name = Last name
email = Email
password = Password
password-hint = 10 characters or more. A short sentence is a good password.

email-incomplete = This address is not complete.
password-too-short = Please use 10 characters or more.
password-common = This password is on the list of the most common ones. Please choose another.
password-personal = Your name or address makes an easy guess. Please choose another.
password-not-right = This is not your present password.

fields-wrong =
    { $count ->
        [one] One field needs another look.
       *[other] { $count } fields need another look.
    }

## Sign up

sign-up-title = Sign up
sign-up-heading = Begin your event
sign-up-words = One account for all your events. Already have one?
sign-up-sign-in = Sign in
sign-up-press = Create the account

sent-title = Look in your mail
sent-to = We sent a link to { $email }. It works for 24 hours.
sent = We sent a link to your address. It works for 24 hours.
sent-nothing = Nothing there? Look under spam, or try again.
sent-again = Try again

verify-title = Confirm your address
verify-heading = One last step
verify-words = Press the button to confirm { $email }.
verify-press = Confirm my address

link-expired-title = This link is used up
link-expired-verify = It was used already or is older than 24 hours. If you confirmed your address, just sign in; if not, sign in and we send you a new link.
link-expired-reset = It was used already or is older than 24 hours. A new one is sent in a moment.
link-expired-again = Send a new link

## Sign in

sign-in-title = Sign in
sign-in-heading = Welcome back
sign-in-new = New here?
sign-in-sign-up = Make an account
sign-in-press = Sign in
sign-in-forgot = Forgot your password?
sign-in-wrong = Address or password is not right. Please try again.
sign-in-suspended = This account is suspended. Please write to whoever runs this EPU.
sign-in-unverified = Your address is not confirmed yet. The link is in the mail we sent you.
sign-in-resend = Send the link again
sign-in-confirmed = Your address is confirmed. Please sign in.
sign-in-password-saved = Your new password is saved. Please sign in.
sign-in-signed-out = You are signed out.

## Forgotten password

forgot-title = Forgot your password
forgot-heading = A new password
forgot-words = Tell us your address; we send a link that works for 24 hours.
forgot-press = Send the link
forgot-back = Back to sign in
forgot-sent-to = If { $email } has an account, a link is on its way there. It works for 24 hours.
forgot-sent = If this address has an account, a link is on its way there. It works for 24 hours.

reset-title = Choose a password
reset-words = For { $email }. You will be signed out everywhere else.
reset-password = New password
reset-press = Save the password

## Account

account-title = Your account
account-name = Name
account-email = Email
account-since = Since
account-rename = Your name
account-rename-press = Save the name
account-password = Change password
account-password-words = You stay signed in here and are signed out everywhere else.
account-current = Present password
account-new = New password
account-password-press = Save the password
account-leave = Sign out
account-sign-out = Sign out
account-sign-out-everywhere = Sign out everywhere
account-sign-out-everywhere-ask = Sign out on every device?
account-sign-out-everywhere-what = You will need your password to sign in again, here too.
account-stay = Stay
account-saved = Saved.
account-password-saved = Your new password is saved.

## Mails

mail-or-open = Or open this address:
mail-hello = Hello { $name },
mail-hello-you = Hello,

mail-verify-subject = Confirm your address
mail-verify-preview = One press, and your account is ready.
mail-verify-heading = One last step
mail-verify-words = Please confirm that this is your address. The link works for 24 hours.
mail-verify-press = Confirm my address
mail-verify-why = You get this mail because somebody signed up with this address. If it was not you, do nothing.

mail-exists-subject = You have an account already
mail-exists-preview = Just sign in.
mail-exists-heading = You are already here
mail-exists-words = Somebody signed up with this address, but you have an account already. Just sign in; if you forgot the password, you can choose a new one there.
mail-exists-press = Sign in

mail-finish-subject = Finish your account
mail-finish-heading = One last step
mail-finish-words = Somebody signed up with this address before, and it was never confirmed. Choose a password now, and the account is yours. The link works for 24 hours.

mail-reset-subject = Choose a new password
mail-reset-preview = The link works for 24 hours.
mail-reset-heading = A new password
mail-reset-words = This link lets you choose a new password. It works once, for 24 hours.
mail-reset-press = Choose a password
mail-reset-why = You get this mail because somebody asked for a new password for this address. If it was not you, do nothing: your password stays as it is.

mail-changed-subject = Your password was changed
mail-changed-preview = If it was you, all is well.
mail-changed-heading = Your password was changed
mail-changed-words = The password of your account was just changed, and you were signed out everywhere else. If it was you, all is well. If not, choose a new one at once.
mail-changed-press = It was not me
mail-changed-why = You get this mail because you have an account with this address.
