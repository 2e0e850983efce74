#!/usr/bin/env python3
"""Runs a management command with the settings of the environment it is started in."""

import os
import sys

from django.core.management import execute_from_command_line

from bearblog.lib import journal

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bearblog.settings")
    journal.log_what_nobody_catches()
    execute_from_command_line(sys.argv)
