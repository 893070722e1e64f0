#!/usr/bin/env bash
# In databases of one-byte encodings every byte can stand in a text, and none
# but letters, digits, underscores and blanks does in a currency.
set -euo pipefail
# shellcheck source=test/server/tap.bash
. "${BASH_SOURCE[0]%/*}/tap.bash"

for encoding in SQL_ASCII LATIN1; do
    database=life_${encoding,,}
    new_database "$database" ENCODING "$encoding" LOCALE "'C'" TEMPLATE template0
    sql "$database" 'CREATE EXTENSION accelcost CASCADE' "
        CREATE FUNCTION outcome(input text) RETURNS text LANGUAGE plpgsql AS \$\$
        BEGIN
            RETURN input::tco;
        EXCEPTION WHEN invalid_text_representation THEN
            RETURN 'refused';
        END
        \$\$" >&2

    # EXPRESSION SEPARATOR CONDITION: of all bytes b that meet the condition
    of_bytes() { sql "$database" "SELECT string_agg($1, '$2' ORDER BY b) FROM generate_series(1, 255) AS b WHERE $3"; }

    is "$encoding: bytes of a currency" "$(of_bytes 'chr(b)' '' "outcome('1 US' || chr(b) || '1') <> 'refused'")" \
        '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz'
    is "$encoding: bytes of an amount" "$(of_bytes 'chr(b)' '' "outcome('1' || chr(b) || '1 USD') <> 'refused'")" \
        '.0123456789'
    is "$encoding: blanks" "$(of_bytes 'b::text' ' ' "outcome('1' || chr(b) || 'USD') = '1 USD other=1'")" \
        '9 10 11 12 13 32'
    like "$encoding: a message survives the bytes" \
        "$(PGCLIENTENCODING=SQL_ASCII sql "$database" "SELECT repeat(E'\\xe9', 200)::tco" || true)" \
        '^22P02: invalid input syntax for type tco: '
    is "$encoding: a header is read" "$(sql "$database" "SELECT accelcost.import_columns('a,\"b c\"')")" \
        $'CREATE TABLE staging (\n    a text,\n    "b c" text\n);'
    is "$encoding: values are the same" "$(sql "$database" "SELECT sum('6.50 USD tax=6.5'::tco)")" '6.5 USD tax=6.5'
done
finish
