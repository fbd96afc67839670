#!/usr/bin/env bash
# Draws the pictures of the README again, from the starter book on a fixed day: a lookup in a terminal, two sheets of
# paper side by side, and the handbook in a browser. Needs servkit[pdf] and its Python (SERVKIT and PYTHON say where they
# are), Chromium and poppler.
set -euo pipefail
cd "$(git rev-parse --show-toplevel)"
servkit=${SERVKIT:-servkit}
python=${PYTHON:-python3}
chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

lookup=(lookup earl --about returns --set part_kind=stock --role office)
COLUMNS=92 FORCE_COLOR=1 "$servkit" "${lookup[@]}" --on 2026-11-23 --book standards |
  "$python" docs/pictures/terminal.py "servkit ${lookup[*]}" Standards > "$work/terminal.svg"

print() { "$servkit" render "$@" --on 2026-03-01 --book standards 2>/dev/null; }
print handbook --to "$work/handbook.pdf"
print handbook --to "$work/handbook.html"
print card --area complaints --to "$work/card.pdf"

# A page of a PDF by the words that it begins with.
page() {
  local number=1
  until pdftotext -f $number -l $number "$1" - | head -n 3 | grep -qix "$2"; do number=$((number + 1)); done
  pdftoppm -r 96 -png -singlefile -f $number -l $number "$1" "$3"
}
page "$work/handbook.pdf" greeting "$work/left"
page "$work/card.pdf" complaints "$work/right"

# shoot FILE.html WIDTH HEIGHT FILE.png
shoot() {
  "$chromium" --headless=new --no-sandbox --disable-gpu --hide-scrollbars --force-color-profile=srgb --virtual-time-budget=2000 \
    --user-data-dir="$work/profile" --window-size="$2,$3" --screenshot="$4" "$1" >/dev/null 2>&1
}
size=($(grep -om1 'viewBox="0 0 [0-9.]* [0-9.]*' "$work/terminal.svg" | cut -d' ' -f3,4))
cat > "$work/terminal.html" <<'HTML'
<!doctype html><style>body { margin: 0 } img { display: block; width: 100vw }</style><img src="terminal.svg">
HTML
shoot "file://$work/terminal.html" 1120 "$((1120 * ${size[1]%.*} / ${size[0]%.*}))" docs/pictures/terminal.png
cat > "$work/paper.html" <<'HTML'
<!doctype html><style>
body { margin: 0; padding: 28px; display: flex; gap: 28px; background: #d9dedd }
img { width: 0; flex: 1; box-shadow: 0 1px 8px #0005 }
</style><img src="left.png"><img src="right.png">
HTML
shoot "file://$work/paper.html" 1200 832 docs/pictures/paper.png
cat > "$work/screen.html" <<'HTML'
<!doctype html><style>body { margin: 0 } iframe { border: 0; width: 100vw; height: 100vh; display: block }</style>
<iframe src="handbook.html#area-greeting"></iframe>
HTML
shoot "file://$work/screen.html" 1200 760 docs/pictures/screen.png
ls -l docs/pictures
