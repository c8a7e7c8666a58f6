-- One administrator becomes three: who kept accounts goes on as the security administrator, who can appoint the others.
-- An administrator decides nothing, so the account keeps no role that does.

DELETE FROM account_roles WHERE role IN ('planner', 'reviewer', 'liaison', 'leader')
  AND account IN (SELECT account FROM account_roles WHERE role = 'administrator');
UPDATE account_roles SET role = 'security' WHERE role = 'administrator';
