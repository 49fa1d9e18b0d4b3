#!/bin/sh
# Makes this machine a box of Prahari: lays the version beside this script to /opt/prahari-edge, a keeper and a service
# beside it. Run as root; again on a box that has one, it only lays the version there when there is none yet.
set -eu
root=${PRAHARI_EDGE_ROOT:-/opt/prahari-edge}
home=${PRAHARI_EDGE_HOME:-/var/lib/prahari-edge}
units=${PRAHARI_EDGE_UNITS:-/etc/systemd/system}
commands=${PRAHARI_EDGE_BIN:-/usr/local/bin}
user=${PRAHARI_EDGE_USER:-prahari-edge}
quota_mb=${1:-0}
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
version=$(cat "$here/VERSION")

case $quota_mb in *[!0-9]*) echo "usage: install.sh [MEGABYTES FOR RECORDINGS]" >&2; exit 2 ;; esac
python=$(sed -n 's/^python=//p' "$here/bin/prahari-edge")
command -v "$python" >/dev/null || { echo "This version needs $python. Debian: apt-get install $python" >&2; exit 1; }

id "$user" >/dev/null 2>&1 || useradd --system --home-dir "$home" --shell /usr/sbin/nologin "$user"
mkdir -p "$root/releases" "$home" "$units" "$commands"
chmod 0700 "$home"
if [ ! -e "$root/current" ]; then
    rm -rf "$root/releases/$version"
    cp -R "$here" "$root/releases/$version"
    ln -s "releases/$version" "$root/current"
fi
# The keeper lives outside of what is updated.
keeper=$root/keeper/prahari/engines/edge
rm -rf "$root/keeper"
mkdir -p "$keeper"
for module in __init__ engines/__init__ engines/edge/__init__ engines/edge/keeper engines/edge/standing; do
    cp "$here/lib/prahari/$module.py" "$root/keeper/prahari/$module.py"
done
# The service may lay versions there and switch between them; the keeper stays root's.
group=$(id -gn "$user")
chown "root:$group" "$root"
chmod 1775 "$root"
chown -R root "$root/keeper"
chown -R "$user:$group" "$root/releases" "$home"
chown -h "$user:$group" "$root/current"

cat >"$units/prahari-edge.service" <<UNIT
[Unit]
Description=Prahari edge connector
Wants=network-online.target
After=network-online.target

[Service]
User=$user
Environment=PYTHONPATH=$root/keeper PYTHONUNBUFFERED=1
ExecStart=$(command -v "$python") -m prahari.engines.edge.keeper $root $home --quota-mb $quota_mb
Restart=always
RestartSec=5
KillMode=mixed
TimeoutStopSec=30
NoNewPrivileges=yes
ProtectSystem=strict
ProtectHome=yes
PrivateTmp=yes
PrivateDevices=yes
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectControlGroups=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK
RestrictSUIDSGID=yes
LockPersonality=yes
CapabilityBoundingSet=
ReadWritePaths=$root $home
UMask=0077

[Install]
WantedBy=multi-user.target
UNIT
# Commands run as the service's user: what they write is the service's to read.
cat >"$commands/prahari-edge" <<COMMAND
#!/bin/sh
if [ "\$(id -un)" = "$user" ]; then exec "$root/current/bin/prahari-edge" --home "$home" "\$@"; fi
exec runuser -u "$user" -- "$root/current/bin/prahari-edge" --home "$home" "\$@"
COMMAND
chmod 0755 "$commands/prahari-edge"
if [ -z "${PRAHARI_EDGE_UNITS:-}" ]; then
    systemctl daemon-reload
    systemctl enable prahari-edge.service
fi
echo "Installed version $version. Now: prahari-edge enrol 'CODE', prahari-edge camera add ..., systemctl start prahari-edge"
