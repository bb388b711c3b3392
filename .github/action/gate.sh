#!/usr/bin/env bash
# The last step: passes or fails by the exit code of the check, when all that it found is written.
#
# Reads EXIT_CODE, FAIL_ON, ERRORS, WARNINGS and INFOS.
set -euo pipefail
# shellcheck source=common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

found="errors: $ERRORS, warnings: $WARNINGS, infos: $INFOS"
case $EXIT_CODE in
    0) echo "Passed (fail-on: $FAIL_ON). Found $found." ;;
    1)
        note error "Failed (fail-on: $FAIL_ON). Found $found."
        exit 1
        ;;
    *)
        note error "The check could not be finished (exit code ${EXIT_CODE:-missing}); the log of the check tells why."
        exit 2
        ;;
esac
