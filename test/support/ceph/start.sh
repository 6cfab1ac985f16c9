#!/usr/bin/env bash
# A Ceph of one node, in memory, with its S3 gateway on 127.0.0.1:7480, out of Debian's packages and without installing
# any of them: a second implementation of S3 for the suites of the storage (CONTRIBUTING.md). Usage: start.sh FOLDER
set -euo pipefail
folder=$(mkdir -p "$1" && cd "$1" && pwd)
packages="$folder/packages" root="$folder/root" run="$folder/run"

if [ ! -x "$root/usr/bin/radosgw" ]; then
  mkdir -p "$packages" "$root"
  wanted=$(apt-get install --simulate --no-install-recommends radosgw ceph-mon ceph-osd ceph-base ceph-common |
    awk '/^Inst/ { print $2 }')
  (cd "$packages" && apt-get download $wanted)
  for package in "$packages"/*.deb; do dpkg -x "$package" "$root"; done
fi

libraries="$root/usr/lib/x86_64-linux-gnu"
export LD_LIBRARY_PATH="$libraries:$libraries/ceph:$root/lib/x86_64-linux-gnu"
export PATH="$root/usr/bin:$PATH" PYTHONPATH="$root/usr/lib/python3/dist-packages" CEPH_CONF="$run/ceph.conf"
pkill -f "$run" || true
rm -rf "$run" && mkdir -p "$run"/{mon,osd,rgw,log}
cat > "$CEPH_CONF" <<CONF
[global]
fsid = $(cat /proc/sys/kernel/random/uuid)
auth cluster required = none
auth service required = none
auth client required = none
mon host = [v1:127.0.0.1:6789]
ms bind msgr2 = false
public addr = 127.0.0.1
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 8
osd pool default pgp num = 8
mon max pg per osd = 1000
mon allow pool size one = true
mon warn on pool no redundancy = false
osd crush chooseleaf type = 0
run dir = $run
admin socket = $run/\$name.asok
log file = $run/log/\$name.log
pid file = $run/\$name.pid
plugin dir = $libraries/ceph
erasure code dir = $libraries/ceph/erasure-code
osd class dir = $libraries/rados-classes
osd objectstore = memstore
memstore device bytes = 4294967296
osd data = $run/osd
mon data = $run/mon
keyring = $run/keyring
rgw data = $run/rgw
rgw frontends = beast endpoint=127.0.0.1:7480
rgw crypt require ssl = false
osd memory target = 939524096
CONF

ceph-authtool --create-keyring "$run/keyring" --gen-key -n mon. --cap mon 'allow *'
ceph-authtool "$run/keyring" --gen-key -n client.admin --cap mon 'allow *' --cap osd 'allow *' --cap mgr 'allow *'
fsid=$(awk '/^fsid/ { print $3 }' "$CEPH_CONF")
monmaptool --create --addv a '[v1:127.0.0.1:6789]' --fsid "$fsid" "$run/monmap"
ceph-mon --mkfs -i a --monmap "$run/monmap" --keyring "$run/keyring"
ceph-mon -i a --public-addr 127.0.0.1:6789
admin() { timeout 60 /usr/bin/python3 "$root/usr/bin/ceph" "$@"; }
admin osd create
ceph-osd -i 0 --mkfs
ceph-osd -i 0
admin osd crush add osd.0 1 root=default host=localhost
timeout 120 radosgw-admin user create --uid=test --display-name=test --access-key=TESTACCESS --secret=testsecret1234 > "$run/user.json"
radosgw -n client.rgw --setuser "$(id -un)" --setgroup "$(id -gn)"
for _ in $(seq 300); do
  if curl -s -o "$run/answer" http://127.0.0.1:7480/; then break; fi
  sleep 0.1
done
cat << SAY

The S3 gateway is on http://127.0.0.1:7480; stop it with: pkill -f $run

export AWS_ACCESS_KEY_ID=TESTACCESS AWS_SECRET_ACCESS_KEY=testsecret1234
export S3_TEST_URL='s3://portico-tests?endpoint=http://127.0.0.1:7480'
SAY
