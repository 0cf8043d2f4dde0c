#!/bin/sh
# {{.Mark}} {{.Host}}: uploads public/ to the bucket given, in an order in which every page works all the time.
set -eu
bucket=${1:?usage: upload.sh s3://BUCKET/FOLDER}
case $bucket in s3://*) ;; *) bucket=s3://$bucket ;; esac
hash='{{.HashGlob}}'
# 1. What pages load. Names with a hash never change.
aws s3 sync public/assets "$bucket/assets" --exclude '*.js' --exclude '*.json' --exclude '*.wasm' --cache-control "{{.AskAgain}}"
{{range .Types}}{{if or (eq .Ending "js") (eq .Ending "wasm") (eq .Ending "json")}}aws s3 cp public/assets "$bucket/assets" --recursive --exclude '*' --include '*.{{.Ending}}' --exclude "*.$hash.{{.Ending}}" --content-type '{{.Media}}' --cache-control "{{$.AskAgain}}"
aws s3 cp public/assets "$bucket/assets" --recursive --exclude '*' --include "*.$hash.{{.Ending}}" --content-type '{{.Media}}' --cache-control "{{$.KeepForever}}"
{{end}}{{end}}# 2. Pages.
aws s3 sync public "$bucket" --exclude 'assets/*' --exclude '*.html' --cache-control "{{.AskAgain}}"
aws s3 sync public "$bucket" --exclude '*' --include '*.html' --content-type 'text/html; charset=utf-8' --cache-control "{{.AskAgain}}"
# 3. What is gone.
aws s3 sync public "$bucket" --delete --size-only --cache-control "{{.AskAgain}}"
