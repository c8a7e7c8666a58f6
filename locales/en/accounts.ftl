# Accounts and login.

log-in = Log in
log-out = Log out
log-in-note = Use your account of this system. Use this password nowhere else.
log-in-refused = Not logged in
account-name = Account
account-name-hint = Lower-case letters, digits, dots and hyphens.
password = Password
say-1 = One promise, one owner,
say-2 = one piece of evidence to see.
net-plain = A rope and its net
net-meaning = Knots of the net: solid ones are commitments with a named owner, { $have } of { $of }
net-legend = The rope is the plan, the knots are commitments: { $have } of { $of } name an owner; hollow ones lack it.
without-login = Without login
demo-accounts = Demo accounts
demo-accounts-note = The passwords are printed where the server was started.
accounts-count = { $count ->
    [one] { $count } account
   *[other] { $count } accounts
}
add-account = Add an account
change-account = Roles and password
person-name = Name
unit = Organisation
unit-none = none
roles = Roles
actions = Actions
account-state = State
account-active = active
account-locked = locked
account-disabled = disabled
account-must_change = must change password
save-roles = Save roles
reset-password = Reset the password
reset-password-what = Makes a new password, shown once; the old one ends at once and the person logs in again.
password-once = New password of { $name }
password-once-note = Shown only now. Hand it over in person or safely; it must be changed at first login.
change-password = Change password
password-old = Present password
password-new = New password
password-again = Once more
password-hint = At least 10 characters.
password-must-change = Please change your password first
password-must-change-why = Somebody else gave you the present one. Choose one that only you know, then go on.
role-planner = Planner
role-planner-may = imports plans, reviews proposals
role-reviewer = Reviewer
role-reviewer-may = reviews proposals, approves editions
role-liaison = Liaison officer
role-liaison-may = sees the commitments of their organisation
role-leader = Leader
role-leader-may = sees everything, decides on publication and withdrawal
role-supervisor = Supervisor
role-supervisor-may = congress and audit: sees everything, decides nothing
role-administrator = Administrator
role-administrator-may = keeps accounts and roles, decides nothing on plans
