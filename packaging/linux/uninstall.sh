#!/bin/sh
# Takes Screener away that install.sh installed; projects, settings and backups stay.
set -eu
data=${XDG_DATA_HOME:-$HOME/.local/share}
program=$HOME/.local/opt/screener
if [ -e "$program" ] && [ ! -x "$program/screener" ]; then
    echo "$program is not Screener; nothing was removed." >&2; exit 1
fi
if [ "$(readlink "$HOME/.local/bin/screener" 2>/dev/null)" = "$program/screener" ]; then
    rm -f "$HOME/.local/bin/screener"
fi
rm -f "$data/applications/screener.desktop" "$data/mime/packages/screener.xml" \
    "$data/metainfo/screener.metainfo.xml"
for name in apps/screener mimetypes/application-x-screener; do
    rm -f "$data"/icons/hicolor/*/"$name".png "$data"/icons/hicolor/*/"$name".svg
done
for tool in "update-mime-database $data/mime" "update-desktop-database $data/applications"; do
    if command -v "${tool%% *}" >/dev/null 2>&1; then "${tool%% *}" "${tool#* }" >/dev/null 2>&1 || true; fi
done
rm -rf "$program" "$program.new"
echo "Screener is removed. Your projects are where they were; settings and backups are in $data/screener"
