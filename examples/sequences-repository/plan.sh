#!/bin/sh
# Writes plan.txt: what these files would change on the server. Any CI can post that file.
# Needs CADENZA_URL and CADENZA_API_KEY; the scope emailer_campaigns/plan is enough for the key. Fails if an email has an error or a file is refused.
set -u
cadenza lint . || exit 1
status=0
cadenza plan . > plan.txt || status=$?
cat plan.txt
# 0: nothing to change; 8: there are changes. Everything else is a failure.
[ "$status" -eq 0 ] || [ "$status" -eq 8 ]
