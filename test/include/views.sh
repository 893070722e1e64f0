#!/bin/sh
# Prints the CREATE VIEW statements of a page of docs/.
#
#   test/include/views.sh PAGE 'VIEW|VIEW...'
V=$2 exec perl -0777 -ne 'print "$1\n" while /^(CREATE VIEW (?:$ENV{V}) .*?;)$/msg' "$1"
