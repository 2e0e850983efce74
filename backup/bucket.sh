# How the scripts reach the bucket, and find a set in it or on this disk. Read by common.sh.
# shellcheck shell=bash
# shellcheck disable=SC2154  # the names come from common.sh

# The group may read what lies in a bucket that is only a folder on this disk: Litestream and the worker do.
bucket() {
    (umask 0007 && exec rclone --config "$rclone_config" --quiet --contimeout 10s --timeout 60s \
        --retries 2 --low-level-retries 3 "$@" 2>"$scratch/bucket.log")
}
# Why the last call failed, in the words of its last line that say so.
bucket_complaint() {
    tail -n 1 "$scratch/bucket.log" | cut -c -400 |
        sed --regexp-extended 's/^[0-9/]+ [0-9:]+ [A-Z]+ *: *//; s/exceeded maximum .*request send failed, //'
}
# Asked first: without an answer here, rclone's other calls only say that a folder is no folder.
reach_bucket() { bucket lsf --max-depth 1 --retries 1 --low-level-retries 2 bucket: >/dev/null; }
# The files below a folder of the bucket; none when there is no such folder yet.
bucket_files() {
    bucket lsf --recursive --files-only "$@" || [[ $(bucket_complaint) == *"directory not found"* ]]
}
has_second_bucket() { grep -Fqsx '[second]' "$rclone_config"; }
bucket_is_a_folder() { grep -Eqs '^remote *= */' "$rclone_config"; }

# Sets `folder` to the set that is meant: a folder, a stamp or "latest", each also with "bucket:" before it.
find_set() {
    local name=${1#bucket:} found
    if [[ $1 == bucket:* ]]; then
        found=$(bucket_files --include '/{daily,monthly}/*/manifest.json' bucket:backups) ||
            die "the bucket cannot be read: $(bucket_complaint)"
        [[ $name == latest ]] || found=$(grep -F "/$name/" <<<"$found" || :)
        found=$(sort -t / -k 2 <<<"$found" | tail -n 1)
        [[ -n $found ]] || die "the bucket holds no such set: $name"
        folder=$scratch/$(basename "$(dirname "$found")")
        step "Download of the set" bucket copy "bucket:backups/$(dirname "$found")" "$folder" ||
            die "the set could not be read from the bucket: $(bucket_complaint)"
    elif [[ $name == latest ]]; then
        found=$(find "$backups" -path "$backups/[0-9]*/manifest.json" | sort | tail -n 1)
        [[ -n $found ]] || die "there is no set in $backups; bucket:latest names the newest in the bucket"
        folder=$(dirname "$found")
    else
        folder=$([[ -d $name ]] && readlink -f "$name" || printf '%s' "$backups/$name")
        [[ -f $folder/manifest.json ]] || die "$folder is no backup set: it has no manifest.json"
    fi
}
