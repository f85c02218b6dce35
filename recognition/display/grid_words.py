"""The words that the script of the grid shows; what it fills into them stands in braces."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ..enums import Stage, SubjectKind


def words(stage: Stage, kind: SubjectKind) -> dict[str, str]:
    return {
        **_of_the_tools(stage),
        **_of_the_state(),
        **_of_the_cells(),
        **_of_the_backup(),
        "choose": kind.noun,
    }


def _of_the_tools(stage: Stage) -> dict[str, str]:
    agree, last_year = _("Agree wherever a cell is empty"), _("Take over last year wherever a cell is empty")
    return {
        "find": _("Find a name, with or without accents"),
        "table": _("Table"),
        "one": _("One at a time"),
        "takeAll": last_year if stage == Stage.SELF else agree,
        "send": _("Send now"),
        "backup": _("Save the unsent cells as a file"),
        "restore": _("Bring back a file of unsent cells"),
        "file": _("The file"),
    }


def _of_the_state() -> dict[str, str]:
    return {
        "allSaved": _("Everything is saved."),
        "sending": _("Sending…"),
        "unsent": _("{n} unsent"),
        "refused": _("{n} refused"),
        "offline": _("No connection. What you type stays in this browser and is sent when the line is back."),
        "later": _("It could not be sent. It is tried again in {n} seconds."),
        "signIn": _(
            "You are signed out, or the page is too old. Sign in again in another tab; nothing is lost."
        ),
        "notKept": _("This browser keeps nothing: do not close the page before everything is sent."),
        "firstSend": _("Some cells are still unsent or refused. Please look at them first."),
        "leaving": _("Some cells are still unsent."),
        "shown": _("{n} of {of} shown"),
    }


def _of_the_cells() -> dict[str, str]:
    return {
        "name": _("Name"),
        "most": _("at most {n} points"),
        "whole": _("The whole assessment"),
        "example": _("Typed like this: {example}"),
        "lastYear": _("Last year: {text}"),
        "ownSheet": _("Own sheet: {text}"),
        "take": _("Take over (=)"),
        "takeRow": _("Take over the whole row"),
        "taken": _("{n} cells filled in."),
        "locked": _("{n} cells cannot be written on."),
        "sayWhyNot": _("Does not apply…"),
        "whyNot": _("Why does {code} not apply?"),
        "sayWhy": _("Why it differs…"),
        "why": _("Why does {code} differ from the own sheet?"),
        "whyMissing": _("The points differ much: write why."),
        "cellUnsent": _("unsent"),
        "cellRefused": pgettext("cell", "refused"),
        "cellConflict": _("changed by somebody else"),
        "theirs": _("{by} has written “{text}” meanwhile. Yours is “{own}”."),
        "nobody": _("Somebody else"),
        "empty": _("nothing"),
        "keepMine": _("Keep mine"),
        "keepTheirs": _("Take theirs"),
        "giveUp": _("Give up what I typed"),
        "previous": _("Previous"),
        "next": _("Next"),
        "ofAll": _("{n} of {of}"),
    }


def _of_the_backup() -> dict[str, str]:
    return {
        "fileName": _("unsent-cells"),
        "notABackup": _("This file is no backup of a grid."),
        "otherGrid": _("This backup belongs to another grid: {title}."),
        "restored": _("{n} cells from the backup are unsent now."),
        "nothingNew": _("Everything in this backup is saved already."),
        "outside": _("{n} unsent cells belong to rows that are no longer in this grid."),
        "giveUpOutside": _("Give up those cells"),
    }
