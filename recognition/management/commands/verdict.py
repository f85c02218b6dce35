import json
import sys
from collections.abc import Mapping
from decimal import Decimal

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from recognition.domain.published_rules import ChangedCriteria, rules_of
from recognition.domain.scoring import MalformedSheet, RuleSet, UnusableRules, read_sheet, verdict
from recognition.models import CriteriaSet


class Command(BaseCommand):
    help = "Judge the sheets of standard input, one line of JSON each; prints a line of JSON for each."

    def add_arguments(self, parser):
        parser.add_argument("set_code", metavar="SET_CODE")

    def handle(self, set_code, **options):
        rules = _rules(set_code)
        for line in sys.stdin:
            if line.strip():
                self.stdout.write(json.dumps(judged(rules, line), ensure_ascii=False, default=_number))


def _rules(code: str) -> RuleSet:
    criteria_set = CriteriaSet.objects.filter(code=code).first()
    if criteria_set is None:
        raise CommandError(_("There is no criteria set “%(code)s”.") % {"code": code})
    try:
        return rules_of(criteria_set)
    except UnusableRules as error:
        raise CommandError(
            _("The rules of the criteria set “%(code)s” are incomplete.") % {"code": code}
        ) from error
    except (ChangedCriteria, ValueError) as error:
        raise CommandError(str(error)) from error


def judged(rules: RuleSet, line: str) -> dict:
    """The line of the answer. A sheet that cannot be judged is answered with the reason, under its `id` if it has one."""
    number = None
    try:
        data = json.loads(line, parse_float=Decimal, parse_constant=_no_number, object_pairs_hook=_once)
        number = data.get("id") if isinstance(data, Mapping) else None
        found = verdict(rules, read_sheet(rules, data))
    except MalformedSheet as error:
        return {"id": number, "error": str(error)}
    except (ValueError, RecursionError):
        return {"id": None, "error": _("The line is not JSON.")}
    return {
        "id": number,
        "total": found.total,
        "groups": found.groups,
        "met": found.met,
        "passed": found.passed,
        "result": found.result,
        "vetoes": found.vetoes,
        "reasons": found.reasons,
    }


def _once(pairs: list[tuple[str, object]]) -> dict:
    result = dict(pairs)
    if len(result) < len(pairs):
        raise MalformedSheet(_("The sheet says something twice."))
    return result


def _no_number(name: str) -> None:
    raise MalformedSheet(_("“%(name)s” is not a number.") % {"name": name})


def _number(value: Decimal) -> float:
    return float(value)
