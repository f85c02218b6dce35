"""The database itself refuses two versions of one place, and one code for two places, on the same day.

PostgreSQL: exclusion constraints over date ranges (safe under concurrency). `places_code` is a range of texts holding
one code, so that the code can stand in a GiST index without an extension.
SQLite (one writer at a time): triggers. A migration that makes SQLite rebuild this table drops its triggers;
such a migration must begin with `RULES.drop` and end with `RULES.add` - tests/places/test_invariants.py notices.
"""

from django.db import migrations

from portal.web.database_rules import DatabaseRules

POSTGRESQL_ADD = """
CREATE TYPE places_code AS RANGE (subtype = text, collation = "C");
ALTER TABLE places_placeversion
  ADD CONSTRAINT places_version_one_at_a_time EXCLUDE USING gist (
    int8range(place_id, place_id, '[]') WITH &&, daterange(valid_from, valid_to, '[]') WITH &&),
  ADD CONSTRAINT places_version_one_place_a_code EXCLUDE USING gist (
    places_code(code, code, '[]') WITH &&, daterange(valid_from, valid_to, '[]') WITH &&) WHERE (code <> '');
"""
POSTGRESQL_DROP = """
ALTER TABLE places_placeversion
  DROP CONSTRAINT places_version_one_at_a_time, DROP CONSTRAINT places_version_one_place_a_code;
DROP TYPE places_code;
"""

SQLITE_TRIGGER = """
AFTER {event} ON places_placeversion
WHEN EXISTS (
  SELECT 1 FROM places_placeversion AS other
  WHERE other.id <> NEW.id AND {same}
    AND (other.valid_from IS NULL OR NEW.valid_to IS NULL OR other.valid_from <= NEW.valid_to)
    AND (NEW.valid_from IS NULL OR other.valid_to IS NULL OR NEW.valid_from <= other.valid_to))
BEGIN
  SELECT RAISE(ABORT, '{rule}');
END
"""
SQLITE_RULES = {
    "places_version_one_at_a_time": "other.place_id = NEW.place_id",
    "places_version_one_place_a_code": "NEW.code <> '' AND other.code = NEW.code",
}

RULES = DatabaseRules(
    POSTGRESQL_ADD,
    POSTGRESQL_DROP,
    {
        f"{rule}_{event}": SQLITE_TRIGGER.format(rule=rule, event=event, same=same)
        for rule, same in SQLITE_RULES.items()
        for event in ("INSERT", "UPDATE")
    },
)


class Migration(migrations.Migration):
    dependencies = [("places", "0001_initial")]

    operations = [RULES.operation]
