"""The database itself refuses to change a published criteria set, its groups and its criteria; only a sample may go.

A migration that makes SQLite rebuild one of these tables drops its triggers; such a migration must begin with
`RULES.drop` and end with `RULES.add` - tests/recognition/criteria/test_published.py notices.
"""

from django.db import migrations

from portal.web.database_rules import DatabaseRules

SETS = "recognition_criteriaset"
GROUPS = "recognition_criteriagroup"
CRITERIA = "recognition_criterion"
FROZEN = "recognition_published"
TABLES = (SETS, GROUPS, CRITERIA)

POSTGRESQL_ADD = f"""
CREATE FUNCTION {FROZEN}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '{FROZEN}' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE FUNCTION {FROZEN}_holds(number bigint, going boolean) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM {SETS} WHERE id = number AND state = 'published' AND NOT (going AND is_sample))
$$;
CREATE FUNCTION {FROZEN}_group() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' AND {FROZEN}_holds(OLD.criteria_set_id, TG_OP = 'DELETE')
     OR TG_OP <> 'DELETE' AND {FROZEN}_holds(NEW.criteria_set_id, false) THEN
    RAISE EXCEPTION '{FROZEN}' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE FUNCTION {FROZEN}_criterion() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  before bigint; after bigint;
BEGIN
  IF TG_OP <> 'INSERT' THEN SELECT criteria_set_id INTO before FROM {GROUPS} WHERE id = OLD.group_id; END IF;
  IF TG_OP <> 'DELETE' THEN SELECT criteria_set_id INTO after FROM {GROUPS} WHERE id = NEW.group_id; END IF;
  IF {FROZEN}_holds(before, TG_OP = 'DELETE') OR {FROZEN}_holds(after, false) THEN
    RAISE EXCEPTION '{FROZEN}' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER {FROZEN}_update BEFORE UPDATE ON {SETS} FOR EACH ROW WHEN (OLD.state = 'published')
  EXECUTE FUNCTION {FROZEN}_refuse();
CREATE TRIGGER {FROZEN}_delete BEFORE DELETE ON {SETS} FOR EACH ROW WHEN (OLD.state = 'published' AND NOT OLD.is_sample)
  EXECUTE FUNCTION {FROZEN}_refuse();
CREATE TRIGGER {FROZEN}_part BEFORE INSERT OR UPDATE OR DELETE ON {GROUPS} FOR EACH ROW
  EXECUTE FUNCTION {FROZEN}_group();
CREATE TRIGGER {FROZEN}_part BEFORE INSERT OR UPDATE OR DELETE ON {CRITERIA} FOR EACH ROW
  EXECUTE FUNCTION {FROZEN}_criterion();
""" + "".join(
    f"CREATE TRIGGER {FROZEN}_truncate BEFORE TRUNCATE ON {table} EXECUTE FUNCTION {FROZEN}_refuse();\n"
    for table in TABLES
)
POSTGRESQL_DROP = (
    "".join(f"DROP TRIGGER {FROZEN}_truncate ON {table};\n" for table in TABLES)
    + f"""
DROP TRIGGER {FROZEN}_update ON {SETS};
DROP TRIGGER {FROZEN}_delete ON {SETS};
DROP TRIGGER {FROZEN}_part ON {GROUPS};
DROP TRIGGER {FROZEN}_part ON {CRITERIA};
DROP FUNCTION {FROZEN}_criterion();
DROP FUNCTION {FROZEN}_group();
DROP FUNCTION {FROZEN}_holds(bigint, boolean);
DROP FUNCTION {FROZEN}_refuse();
"""
)


SET_OF = {
    GROUPS: "{row}.criteria_set_id",
    CRITERIA: f"(SELECT criteria_set_id FROM {GROUPS} WHERE id = {{row}}.group_id)",
}


def _held(table, row, unless=""):
    """SQLite: is this row (OLD or NEW) part of a published set?"""
    number = SET_OF[table].format(row=row)
    return f"EXISTS (SELECT 1 FROM {SETS} WHERE id = {number} AND state = 'published'{unless})"


SQLITE_RULES = {
    (SETS, "UPDATE"): "OLD.state = 'published'",
    (SETS, "DELETE"): "OLD.state = 'published' AND NOT OLD.is_sample",
}
for part in SET_OF:
    SQLITE_RULES[part, "INSERT"] = _held(part, "NEW")
    SQLITE_RULES[part, "UPDATE"] = f"{_held(part, 'OLD')} OR {_held(part, 'NEW')}"
    SQLITE_RULES[part, "DELETE"] = _held(part, "OLD", unless=" AND NOT is_sample")

RULES = DatabaseRules(
    POSTGRESQL_ADD,
    POSTGRESQL_DROP,
    {
        f"{FROZEN}_{table}_{event}": f"BEFORE {event} ON {table} WHEN {condition} "
        f"BEGIN SELECT RAISE(ABORT, '{FROZEN}'); END"
        for (table, event), condition in SQLITE_RULES.items()
    },
)


class Migration(migrations.Migration):
    dependencies = [("recognition", "0002_scores_and_decisions")]

    operations = [RULES.operation]
