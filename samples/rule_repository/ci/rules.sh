#!/bin/sh
# Illustrative, as all of this sample: what a change of rules breaks, means and turns.
#
#   sh ci/rules.sh BASE [FOLDER]
#
# BASE is the revision that the change goes into, such as origin/main. Written into FOLDER, `out`
# unless named: comment.md, and examples.xml and examples-city.xml for a build server. Status: that of the
# first step that failed, else 0. OFFSETCHECK names the command, AS_OF the day (today unless set).
set -u
cd "$(dirname "$0")/.." || exit 1
base=${1:?usage: sh ci/rules.sh BASE [FOLDER]}
out=${2:-out}
offsetcheck=${OFFSETCHECK:-offsetcheck}
day=${AS_OF:-$(date -u +%Y-%m-%d)}
status=0
mkdir -p "$out" && out=$(cd "$out" && pwd) || exit 1
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
: > "$out/comment.md"

# step TITLE COMMAND...: run it; where it fails, keep the first status and put what it said into the comment.
step() {
    title=$1
    shift
    "$@" > "$work/said" 2>&1
    ended=$?
    cat "$work/said"
    [ "$ended" -eq 0 ] && return 0
    [ "$status" -eq 0 ] && status=$ended
    { printf '## %s\n\n' "$title"; head -n 100 "$work/said" | sed 's/^/    /'; echo; } >> "$out/comment.md"
}

# As a rule folder that holds the city among its cities, so that one comparison tells of both.
together() {
    mv "$1/city/city.yaml" "$1/rules/cities/$city.yaml" && rm -r "$1/city"
}

if ! git rev-parse --quiet --verify "$base^{commit}" > /dev/null; then
    echo "$base: no revision of this repository; fetch it first (fetch-depth: 0)" >&2
    exit 2
fi
city=$(sed -n 's/^id: *\([a-z0-9_]*\).*/\1/p' city/city.yaml | head -n 1)

# On GitHub each problem is marked at its line too; the comment says the same in plain words.
[ -z "${GITHUB_ACTIONS:-}" ] || $offsetcheck rules check rules --format github
step "The rules have errors" $offsetcheck rules check rules
if [ "$status" -eq 0 ]; then
    step "The city's policy has errors" $offsetcheck cities check city --rules rules
fi
sound=no
if [ "$status" -eq 0 ]; then
    sound=yes
    step "Examples come out differently" \
        $offsetcheck rules test rules --junit "$out/examples.xml" --force
    step "Scenarios of the city come out differently" \
        $offsetcheck rules test --city city --rules rules --junit "$out/examples-city.xml" --force
fi

# Rules with errors cannot be compared; rules whose examples came out differently can.
if [ "$sound" = no ]; then
    exit "$status"
fi
there() { git cat-file -e "$base:$1" 2> /dev/null; }
if there rules/guide.yaml && there city/city.yaml; then
    mkdir "$work/base" "$work/head"
    git archive "$base" rules city | tar -x -C "$work/base" || exit 1
    cp -R rules city "$work/head" && cp offers.csv "$work/" || exit 1
    together "$work/base" && together "$work/head" || exit 1
    (cd "$work" && $offsetcheck rules diff base/rules head/rules --on offers.csv \
        --city "$city" --as-of "$day" --format md -o diff.md)
    ended=$?
    [ "$status" -ne 0 ] || status=$ended
    # The page itself names what is wrong, such as a day past that changes without a note.
    if [ -s "$work/diff.md" ]; then cat "$work/diff.md" >> "$out/comment.md"; fi
else
    echo "$base holds no rules and city yet: there is nothing to compare with." >> "$out/comment.md"
fi

# What the examples of a changed rule leave untold is advice, and never fails the run.
git diff --name-only --diff-filter=d "$base" -- rules > "$work/changed"
set --
while IFS= read -r file; do
    if grep -qs '^code:' "$file" && grep -qs '^effect:' "$file"; then set -- "$@" "$file"; fi
done < "$work/changed"
if [ "$#" -gt 0 ] && [ "$#" -le 10 ] && [ "$status" -eq 0 ]; then
    if $offsetcheck rules mutate "$@" --rules rules --format text > "$work/said" 2>&1; then
        { printf '\n## Mistakes that the examples of the changed rules would tell\n\n'
          sed 's/^/    /' "$work/said"; } >> "$out/comment.md"
    fi
fi
exit "$status"
