#!/bin/sh
# `make demo`: bailout catches the doomed agent beside this file.
cd "$(dirname "$0")" || exit 125
echo '$ bailout -- ./test-agent.sh'
../../dist/bailout -- ./test-agent.sh
code=$?
echo "exit code: $code"
# The bracket keeps grep from finding itself.
if grep -qs 'test-agen[t]' /proc/[0-9]*/cmdline; then
  echo "the agent is still there"
  exit 1
fi
echo "the agent is gone"
[ "$code" -eq 1 ]
