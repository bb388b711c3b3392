#!/usr/bin/env bash
# One run of medproof that writes everything. It never fails by what was found: the exit code is an output, and the gate
# judges it when all is written.
#
# Reads the inputs of the action as INPUT_…, and EVENT_BASE: the commit that a change is based on.
# Sets the outputs exit-code, articles, unread, errors, warnings, infos, json-file, sarif-file and report-file.
set -euo pipefail
# shellcheck source=common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

main() {
    one_of changed-only "$INPUT_CHANGED_ONLY" auto true false
    one_of fail-on "$INPUT_FAIL_ON" error warning info never
    one_of fail-if-empty "$INPUT_FAIL_IF_EMPTY" true false
    one_of annotations "$INPUT_ANNOTATIONS" true false
    one_of summary "$INPUT_SUMMARY" true false
    one_of cache "$INPUT_CACHE" true false

    results=$(mktemp -d "$RUNNER_TEMP/medproof-results.XXXXXX")
    json=$results/medproof.json
    markdown=$results/medproof.md
    sarif=$(place "$INPUT_SARIF" "$results/medproof.sarif")
    report=$(place "$INPUT_REPORT" "$results/medproof.html")
    find_base
    ask
    run
    tell
}

# place VALUE DEFAULT: the file that an output is written to: “true” is the default, and “false” none.
place() {
    case $1 in
        true) echo "$2" ;;
        false | '') ;;
        *)
            mkdir -p "$(dirname "$1")"
            # What an earlier run left there is no result of this one.
            rm -f "$1"
            echo "$1"
            ;;
    esac
}

# Sets base to the commit that a change is judged against, or to nothing where everything is checked. What cannot be told
# is checked whole, and said: it never checks less than was asked for.
find_base() {
    base=
    case $INPUT_CHANGED_ONLY:$GITHUB_EVENT_NAME in
        *:pull_request | *:merge_group | true:push) [ "$INPUT_CHANGED_ONLY" != false ] || return 0 ;;
        true:*) whole "an event of the kind $GITHUB_EVENT_NAME changes nothing" && return ;;
        *) return ;;
    esac
    local commit=$EVENT_BASE parents why
    # For a pull request GitHub checks out a merge, whose first parent is exactly what the change meets, while the event may
    # tell an older commit. The merge names it even in a shallow clone.
    if [ "$GITHUB_EVENT_NAME" = pull_request ] && [ "$(git rev-parse HEAD 2>/dev/null)" = "$GITHUB_SHA" ]; then
        parents=$(git cat-file -p HEAD | sed -n '1,/^$/s/^parent //p')
        case $parents in
            *$'\n'*) commit=${parents%%$'\n'*} ;;
        esac
    fi
    case $commit in
        '') whole "the event does not tell what it is based on" && return ;;
        *[!0]*) ;;
        *) whole "the branch is new" && return ;;
    esac
    if ! known "$commit"; then
        why=$(GIT_TERMINAL_PROMPT=0 git fetch --quiet --no-tags --depth=1 origin "$commit" 2>&1) ||
            why=${why:-git fetch failed}
        known "$commit" || { whole "commit $commit is not here (${why##*$'\n'}); actions/checkout with fetch-depth: 2 brings it" && return; }
    fi
    commit=$(git merge-base "$commit" HEAD 2>/dev/null || echo "$commit")
    if [ "$(git rev-parse "$commit")" = "$(git rev-parse HEAD)" ]; then
        whole "its base is what is checked out" && return
    fi
    base=$commit
    echo "Checking what changed since $base"
}

# whole WHY: says that all is checked.
whole() {
    note notice "Everything is checked, not only the change: $1."
}

# Whether the repository has a commit.
known() {
    git cat-file -e "$1^{commit}" 2>/dev/null
}

# Puts the question together.
ask() {
    local line output=concise
    medproof=(medproof check --fail-on "$INPUT_FAIL_ON")
    [ -z "$INPUT_CONFIG" ] || medproof+=(--config "$INPUT_CONFIG")
    [ -z "$INPUT_BASELINE" ] || medproof+=(--baseline "$INPUT_BASELINE")
    [ -z "$INPUT_TODAY" ] || medproof+=(--today "$INPUT_TODAY")
    [ -z "$base" ] || medproof+=(--changed-since "$base" --new-only)
    # A change need not touch an article.
    if [ -n "$base" ] || [ "$INPUT_FAIL_IF_EMPTY" = false ]; then medproof+=(--allow-empty); fi
    if [ "$INPUT_CACHE" = true ]; then
        # A folder that is not there could not be kept.
        mkdir -p "$RUNNER_TEMP/medproof-cache"
        medproof+=(--cache-dir "$RUNNER_TEMP/medproof-cache")
    else
        medproof+=(--no-cache)
    fi
    [ "$INPUT_ANNOTATIONS" = false ] || output=github
    medproof+=(-o "$output" -o "json=$json")
    [ "$INPUT_SUMMARY" = false ] || medproof+=(-o "markdown=$markdown")
    [ -z "$sarif" ] || medproof+=(-o "sarif=$sarif")
    [ -z "$report" ] || medproof+=(-o "html=$report")
    while IFS= read -r line; do medproof+=("$line"); done < <(lines "$INPUT_ARGS")
    medproof+=(--)
    while IFS= read -r line; do medproof+=("$line"); done < <(lines "$INPUT_PATHS")
    [ "${medproof[${#medproof[@]} - 1]}" != -- ] || fail "paths is empty; name a file, a folder or a glob"
}

# Runs medproof and keeps its exit code.
run() {
    local quiet
    printf '%q ' "${medproof[@]}"
    echo
    code=0
    if [ "$INPUT_ANNOTATIONS" = true ]; then
        "${medproof[@]}" || code=$?
    else
        # What an article says must not be taken for a command of the runner.
        quiet=medproof-$(random)
        echo "::stop-commands::$quiet"
        "${medproof[@]}" || code=$?
        echo "::$quiet::"
    fi
}

# Writes outputs and summary.
tell() {
    local name
    output exit-code "$code"
    for name in articles unread errors warnings infos; do
        output "$name" "$(count "$name")"
    done
    output json-file "$(written "$json")"
    output sarif-file "$(written "$sarif")"
    output report-file "$(written "$report")"
    if [ -n "$base" ] && [ "$(count articles)" = 0 ] && [ "$(count unread)" = 0 ]; then
        note notice "This change touches none of the articles, so nothing was checked."
    fi
    [ "$INPUT_SUMMARY" = false ] || summarize >>"$GITHUB_STEP_SUMMARY"
}

# count NAME: a number of the closing sums of the JSON, or nothing where there are none.
count() {
    [ ! -f "$json" ] || LC_ALL=C sed -n 's/^"summary":.*[{,] *"'"$1"'": *\([0-9][0-9]*\).*/\1/p' "$json"
}

# written FILE: its name, where it exists.
written() {
    [ ! -f "$1" ] || printf '%s' "$1"
}

# GitHub throws away a summary of more than 1,024 KiB.
summarize() {
    local most=900000
    if [ ! -s "$markdown" ]; then
        echo "medproof could not finish (exit code $code); the log of the check tells why."
    elif [ "$(wc -c <"$markdown")" -le "$most" ]; then
        cat "$markdown"
    else
        # Whole lines only.
        head -c "$most" "$markdown" | LC_ALL=C sed '$d'
        printf '\n\nThe summary is cut here, as GitHub shows no longer one; the report has all of it.\n'
    fi
}

main
