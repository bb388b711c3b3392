# shellcheck shell=bash
# What the steps of the action share. Bash 3.2 must read it, which is what macOS has.

# note LEVEL WORD…: a notice, warning or error, in the log and on the page of the run.
note() {
    local level=$1 text
    shift
    text=$*
    # A line break would end the command, and let the text begin one of its own.
    text=${text//\%/%25}
    text=${text//$'\r'/%0D}
    text=${text//$'\n'/%0A}
    printf '::%s title=medproof::%s\n' "$level" "$text"
}

# fail WORD…: ends the step as a run that could not be finished.
fail() {
    note error "$@"
    exit 2
}

# output NAME VALUE: an output of the step; the value may have several lines.
output() {
    local end
    end=medproof-$(random)
    printf '%s<<%s\n%s\n%s\n' "$1" "$end" "$2" "$end" >>"$GITHUB_OUTPUT"
}

# A word that no text can know beforehand.
random() {
    od -An -N16 -tx1 /dev/urandom | tr -d ' \n'
}

# one_of INPUT VALUE ALLOWED…: refuses another value of an input.
one_of() {
    local input=$1 value=$2 allowed
    shift 2
    for allowed in "$@"; do
        [ "$value" = "$allowed" ] && return
    done
    fail "$input is '$value'; it may be one of: $*"
}

# lines TEXT: its lines, without space around them and without empty ones.
lines() {
    local line
    while IFS= read -r line || [ -n "$line" ]; do
        line=${line%$'\r'}
        line=${line#"${line%%[![:space:]]*}"}
        line=${line%"${line##*[![:space:]]}"}
        [ -z "$line" ] || printf '%s\n' "$line"
    done <<<"$1"
}
