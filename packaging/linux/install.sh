#!/bin/sh
# Installs Screener for this user, without root; run it again to upgrade. uninstall.sh takes it away.
# Projects, settings and backups are never in the folders this touches.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
data=${XDG_DATA_HOME:-$HOME/.local/share}
bin=$HOME/.local/bin
# Beside the settings (data/screener), not in them.
program=$HOME/.local/opt/screener

[ -x "$here/program/screener" ] || { echo "The folder program is missing; unpack all of the archive." >&2; exit 1; }
if [ -e "$program" ] && [ ! -x "$program/screener" ]; then
    echo "$program is there and is not Screener; move it away, then run this again." >&2; exit 1
fi
mkdir -p "$HOME/.local/opt" "$bin" "$data/applications" "$data/mime/packages" "$data/metainfo"
# The new program is there whole before the old one goes: an interruption leaves one of them.
rm -rf "$program.new"
cp -R "$here/program" "$program.new"
cp "$here/uninstall.sh" "$program.new/uninstall.sh"
rm -rf "$program"
mv "$program.new" "$program"
ln -sfn "$program/screener" "$bin/screener"
# A desktop does not look for programs in ~/.local/bin: the entry names the whole path. In it \ " ` $
# have a \ before them, which the file itself writes doubled, and % is doubled.
quoted=$(printf '%s' "$program/screener" | sed -e 's/[\\"`$]/\\\\&/g' -e 's/%/%%/g')
while IFS= read -r line; do
    case $line in
        Exec=*) printf 'Exec="%s" %%f\n' "$quoted" ;;
        *) printf '%s\n' "$line" ;;
    esac
done < "$here/share/applications/screener.desktop" > "$data/applications/screener.desktop"
cp "$here/share/mime/packages/screener.xml" "$data/mime/packages/screener.xml"
cp "$here/share/metainfo/screener.metainfo.xml" "$data/metainfo/screener.metainfo.xml"
(cd "$here/share/icons/hicolor" && find . -type f) | while IFS= read -r one; do
    mkdir -p "$data/icons/hicolor/$(dirname "$one")"
    cp "$here/share/icons/hicolor/$one" "$data/icons/hicolor/$one"
done
for tool in "update-mime-database $data/mime" "update-desktop-database $data/applications"; do
    if command -v "${tool%% *}" >/dev/null 2>&1; then "${tool%% *}" "${tool#* }" >/dev/null 2>&1 || true; fi
done
echo "Screener is installed: in the menu, and as $bin/screener"
case ":$PATH:" in *":$bin:"*) ;; *) echo "(to type 'screener', add $bin to PATH)" ;; esac
