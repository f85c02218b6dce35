"""The database itself refuses to change an event of the audit trail, or to let one go that is no sample.

The trail itself may grow (`length`, `head`), but never become a sample or belong to another place or year.
A migration that makes SQLite rebuild one of these tables drops its triggers; such a migration must begin with
`RULES.drop` and end with `RULES.add` - tests/accounts/test_audit.py notices.
"""

from django.db import migrations

from portal.web.database_rules import DatabaseRules

EVENTS, CHAINS = "accounts_auditevent", "accounts_auditchain"
SAMPLE = f"(SELECT is_sample FROM {CHAINS} WHERE id = OLD.chain_id)"
FIXED = ("place_id", "year", "is_sample")
MOVED = " OR ".join(f"NEW.{column} <> OLD.{column}" for column in FIXED)

POSTGRESQL_ADD = f"""
CREATE FUNCTION accounts_audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'accounts_audit_append_only' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE FUNCTION accounts_audit_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF {SAMPLE} THEN RETURN OLD; END IF;
  RAISE EXCEPTION 'accounts_audit_append_only' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER accounts_audit_update BEFORE UPDATE ON {EVENTS} FOR EACH ROW EXECUTE FUNCTION accounts_audit_refuse();
CREATE TRIGGER accounts_audit_delete BEFORE DELETE ON {EVENTS} FOR EACH ROW EXECUTE FUNCTION accounts_audit_keep();
CREATE TRIGGER accounts_audit_truncate BEFORE TRUNCATE ON {EVENTS} EXECUTE FUNCTION accounts_audit_refuse();
CREATE TRIGGER accounts_audit_chain BEFORE UPDATE ON {CHAINS} FOR EACH ROW WHEN ({MOVED})
  EXECUTE FUNCTION accounts_audit_refuse();
"""
POSTGRESQL_DROP = f"""
DROP TRIGGER accounts_audit_update ON {EVENTS};
DROP TRIGGER accounts_audit_delete ON {EVENTS};
DROP TRIGGER accounts_audit_truncate ON {EVENTS};
DROP TRIGGER accounts_audit_chain ON {CHAINS};
DROP FUNCTION accounts_audit_refuse();
DROP FUNCTION accounts_audit_keep();
"""

REFUSE = "BEGIN SELECT RAISE(ABORT, 'accounts_audit_append_only'); END"
SQLITE = {
    "accounts_audit_update": f"BEFORE UPDATE ON {EVENTS} {REFUSE}",
    "accounts_audit_delete": f"BEFORE DELETE ON {EVENTS} WHEN NOT {SAMPLE} {REFUSE}",
    "accounts_audit_chain": f"BEFORE UPDATE ON {CHAINS} WHEN {MOVED} {REFUSE}",
}

RULES = DatabaseRules(POSTGRESQL_ADD, POSTGRESQL_DROP, SQLITE)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [RULES.operation]
