#!/usr/bin/env bash
# The last step: passes or fails by the exit code of the check, when all that it found is written.
#
# Reads EXIT_CODE, FAIL_ON, ERRORS, WARNINGS and INFOS.
set -euo pipefail
# shellcheck source=common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

found="$ERRORS errors, $WARNINGS warnings, $INFOS infos"
case $EXIT_CODE in
    0) echo "Passed: $found; fail-on is $FAIL_ON" ;;
    1)
        note error "Found $found; fail-on is $FAIL_ON."
        exit 1
        ;;
    *)
        note error "The check could not be finished (exit code ${EXIT_CODE:-missing}); the log of the check tells why."
        exit 2
        ;;
esac
