#!/usr/bin/env python
import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")
    from django.core.management import execute_from_command_line

    from portal.settings.environment import one_sentence_or_exit

    with one_sentence_or_exit(status=1):
        execute_from_command_line(sys.argv)
