"""The database itself refuses a score whose most points are not those of its criterion, and a change of an issued decision.

PostgreSQL: a foreign key over both columns, and a trigger. SQLite: triggers. A migration that makes SQLite rebuild one of
these tables drops its triggers; such a migration must begin with `RULES.drop` and end with `RULES.add` -
tests/recognition/test_invariants.py notices.
"""

from django.db import migrations

from portal.web.database_rules import DatabaseRules

SCORES, CRITERIA, DECISIONS = "recognition_score", "recognition_criterion", "recognition_decision"

POSTGRESQL_ADD = f"""
ALTER TABLE {CRITERIA} ADD CONSTRAINT recognition_criterion_points UNIQUE (id, max_points);
ALTER TABLE {SCORES} ADD CONSTRAINT recognition_score_points_of_criterion
  FOREIGN KEY (criterion_id, max_points) REFERENCES {CRITERIA} (id, max_points);
CREATE FUNCTION recognition_decision_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'recognition_decision_is_issued' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER recognition_decision_update BEFORE UPDATE ON {DECISIONS} FOR EACH ROW WHEN (OLD.state = 'issued')
  EXECUTE FUNCTION recognition_decision_refuse();
CREATE TRIGGER recognition_decision_delete BEFORE DELETE ON {DECISIONS} FOR EACH ROW
  WHEN (OLD.state = 'issued' AND NOT OLD.is_sample) EXECUTE FUNCTION recognition_decision_refuse();
"""
POSTGRESQL_DROP = f"""
ALTER TABLE {SCORES} DROP CONSTRAINT recognition_score_points_of_criterion;
ALTER TABLE {CRITERIA} DROP CONSTRAINT recognition_criterion_points;
DROP TRIGGER recognition_decision_update ON {DECISIONS};
DROP TRIGGER recognition_decision_delete ON {DECISIONS};
DROP FUNCTION recognition_decision_refuse();
"""

OTHER_POINTS = f"NEW.max_points IS NOT (SELECT max_points FROM {CRITERIA} WHERE id = NEW.criterion_id)"
FORGED = f"WHEN NEW.max_points IS NOT NULL AND {OTHER_POINTS} BEGIN SELECT RAISE(ABORT, 'recognition_score_points_of_criterion'); END"
ISSUED = "BEGIN SELECT RAISE(ABORT, 'recognition_decision_is_issued'); END"
SQLITE = {
    "recognition_score_insert": f"BEFORE INSERT ON {SCORES} {FORGED}",
    "recognition_score_update": f"BEFORE UPDATE ON {SCORES} {FORGED}",
    "recognition_decision_update": f"BEFORE UPDATE ON {DECISIONS} WHEN OLD.state = 'issued' {ISSUED}",
    "recognition_decision_delete": f"BEFORE DELETE ON {DECISIONS} WHEN OLD.state = 'issued' AND NOT OLD.is_sample {ISSUED}",
}

RULES = DatabaseRules(POSTGRESQL_ADD, POSTGRESQL_DROP, SQLITE)


class Migration(migrations.Migration):
    dependencies = [("recognition", "0001_initial")]

    operations = [RULES.operation]
