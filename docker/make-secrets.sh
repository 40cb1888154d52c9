#!/bin/sh
# Makes the secrets that compose.yaml hands to its containers, each in a file that its owner alone can read. What is there
# already stays as it is. Argument: the folder, by default `secrets` beside this file.
set -eu
folder=${1:-$(dirname "$0")/secrets}

# 32 random bytes as 43 base64url characters.
random() { head -c 32 /dev/urandom | base64 | tr '+/' '-_' | tr -d '=\n'; }
# keep NAME VALUE
keep() { [ -e "$folder/$1" ] || printf '%s\n' "$2" >"$folder/$1"; }

umask 077
mkdir -p "$folder"
for name in postgres_password key_encryption_key photo-service print-shop owner-app; do keep "$name" "$(random)"; done
keep database_url "postgres://valetkey:$(cat "$folder/postgres_password")@postgres:5432/valetkey"

# The server in the container runs as 1000 unless VALETKEY_UID says otherwise, and must be able to read them.
if [ "$(id -u)" = 0 ]; then
  chown 1000 "$folder"/*
elif [ "$(id -u)" != 1000 ]; then
  echo "start compose with VALETKEY_UID=$(id -u): the secrets belong to you, and user 1000 could not read them"
fi
