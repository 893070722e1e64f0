#!/usr/bin/env perl
# Malformed bytes, as anyone can send them with COPY BINARY, are refused with
# SQLSTATE 22P03 and the type, or by the rule of tariffs that they break, and
# nothing of them is stored.
use strict;
use warnings;
use File::Temp qw(tempfile);
use Test::More;

my $database = "accelcost_hostile_binary_$$";
my ($fh, $file) = tempfile(UNLINK => 1);
close $fh;

# Runs psql and returns all that it prints, without the last newline.
sub psql {
    my ($db, @commands) = @_;
    my @arguments = ('-XAtq', '-v', 'VERBOSITY=verbose', '-d', $db, map { ('-c', $_) } @commands);
    my $pid = open my $out, '-|';
    if (!$pid) {
        open STDERR, '>&', \*STDOUT;
        exec 'psql', @arguments or die "psql: $!";
    }
    my $text = do { local $/; <$out> } // '';
    close $out;
    $text =~ s/\n\z//;
    return $text;
}

# ---- bytes ----------------------------------------------------------------

# A 128-bit number of two halves, big-endian.
sub amount { return pack 'q> q>', @_ }

sub tco {
    my (%with) = @_;
    return join '', $with{amounts} // amount(0, 6) x 8, $with{currency} // "USD" . "\0" x 9,
        $with{version} // "\1", $with{reserved} // "\0\0\0";
}

sub state {
    my ($count, $sum) = @_;
    return pack('q>', $count) . $sum;
}

use constant UNIT => 1000000000000000000;
use constant OPEN => amount(9223372036854775807, -1);

# A tier of a bound, a price and a fee.
sub tier {
    my (%with) = @_;
    return ($with{upto} // OPEN) . ($with{price} // amount(0, UNIT)) . ($with{flat} // amount(0, 0));
}

sub tariff {
    my (%with) = @_;
    my @tiers = @{ $with{tiers} // [tier()] };
    return join '', pack('C C n', $with{version} // 1, $with{mode} // 0, $with{count} // scalar @tiers),
        $with{allowance} // amount(0, 0), $with{block} // amount(0, 0), @tiers;
}

# Tiers with these bounds, in units of 1e-18.
sub upto { return [map { tier(upto => amount(0, $_)) } @_] }

# A state of rows, rows without a tariff, a sum and what is below 1e-18 of it.
sub tariff_state {
    my (%with) = @_;
    return join '', pack('C q> q>', $with{version} // 1, $with{rows} // 1, $with{unpriced} // 0),
        $with{sum} // amount(0, 5 * UNIT), pack('Q>', $with{rest} // 0), $with{tariff} // tariff();
}

sub field { return defined $_[0] ? pack('l>/a', $_[0]) : pack('l>', -1) }

sub array {
    my ($oid, @elements) = @_;
    my $has_null = (grep { !defined } @elements) ? 1 : 0;
    return join '', pack('l> l> L> l> l>', 1, $has_null, $oid, scalar @elements, 1), map { field($_) } @elements;
}

sub composite {
    my (@oids_and_values) = @_;
    my $bytes = pack 'l>', @oids_and_values / 2;
    while (my ($oid, $value) = splice @oids_and_values, 0, 2) {
        $bytes .= pack('L>', $oid) . field($value);
    }
    return $bytes;
}

# Rows of one field each, as COPY BINARY writes them.
sub copy_file {
    my (@rows) = @_;
    open my $out, '>:raw', $file or die "$file: $!";
    print {$out} "PGCOPY\n\377\r\n\0", pack('l> l>', 0, 0), (map { pack('s>', 1) . field($_) } @rows), pack('s>', -1);
    close $out or die "$file: $!";
}

# ---- refused --------------------------------------------------------------

psql('postgres', "CREATE DATABASE $database");
END {
    if (defined $database) {
        my $status = $?;
        psql('postgres', "DROP DATABASE $database");
        $? = $status;
    }
}
my $trouble = psql(
    $database,
    'SET client_min_messages = warning',
    'CREATE EXTENSION accelcost CASCADE',
    'CREATE TYPE quote AS (offer text, cost tco)',
    'CREATE TYPE meter AS (name text, price tariff, part tariff_state)',
    'CREATE TABLE one_tco (value tco)',
    'CREATE TABLE one_state (value tco_avg_state)',
    'CREATE TABLE one_array (value tco[])',
    'CREATE TABLE one_quote (value quote)',
    'CREATE TABLE one_tariff (value tariff)',
    'CREATE TABLE one_tariff_state (value tariff_state)',
    'CREATE TABLE one_tariff_array (value tariff[])',
    'CREATE TABLE one_state_array (value tariff_state[])',
    'CREATE TABLE one_meter (value meter)',
);
die $trouble if $trouble;
my ($tco_oid, $text_oid, $tariff_oid, $tariff_state_oid) = map { psql($database, "SELECT '$_'::regtype::oid") }
    qw(tco text tariff tariff_state);

# Fields of the types quote and meter.
sub quote { return composite($text_oid, 'a', $tco_oid, $_[0]) }
sub meter { return composite($text_oid, 'a', $tariff_oid, $_[0], $tariff_state_oid, $_[1]) }

# Copies the file into a table and returns what psql says.
sub load { return psql($database, "\\copy $_[0] FROM '$file' (FORMAT binary)") }

# A case is a name, how the detail begins, and a value.
sub refused {
    my ($table, $type, @cases) = @_;
    for my $case (@cases) {
        my ($name, $detail, $value) = @$case;
        subtest $name => sub {
            copy_file($table eq 'one_tco' ? tco() : undef, $value);
            my $said = load($table);
            like $said, qr/^ERROR:  22P03: invalid external "$type" value$/m, 'SQLSTATE and type';
            like $said, qr/^DETAIL:  $detail/m, 'what is wrong';
            is psql($database, "SELECT count(*) FROM $table"), '0', 'nothing stored';
        };
    }
}

# Details of several cases.
sub bytes { return sprintf 'The value has %d bytes instead of %d\.', @_ }
sub version { return "The version is $_[0] instead of 1\\." }
sub mode { return "The mode $_[0] is invalid\\." }
sub row_count { return "The row count $_[0] is invalid\\." }
my $currency = 'The currency is invalid';
my $reserved = 'The reserved bytes are not zero\.';
my $sum = 'The value has a sum but no rows\.';

my $good = tco();
my $swapped = join '', map { scalar reverse } unpack '(a16)8', amount(0, 6) x 8;

refused('one_tco', 'tco',
    ['no bytes', bytes(0, 144), ''],
    ['one byte', bytes(1, 144), 'x'],
    ['a byte too few', bytes(143, 144), substr $good, 0, 143],
    ['a byte too many', bytes(145, 144), "$good\0"],
    ['twice the bytes', bytes(288, 144), $good x 2],
    ['a megabyte', bytes(1 << 20, 144), "\0" x (1 << 20)],
    ['text instead of bytes', bytes(5, 144), '6 USD'],
    ['all bytes 0x00', version(0), "\0" x 144],
    ['all bytes 0xFF', version(255), "\xff" x 144],
    ['the whole value byte-swapped', 'The version is', scalar reverse $good],
    ['the tail byte-swapped', 'The version is 0', substr($good, 0, 128) . reverse substr $good, 128],
    (map { ["version $_", version($_), tco(version => chr $_)] } 0, 2, 128, 255),
    ['reserved byte 0 not zero', $reserved, tco(reserved => "\x80\0\0")],
    ['reserved byte 1 not zero', $reserved, tco(reserved => "\0\x80\0")],
    ['reserved byte 2 not zero', $reserved, tco(reserved => "\0\0\x80")],
);
my %bad_currency = (
    'digits alone' => '840' . "\0" x 9,
    'no currency' => "\0" x 12,
    'three letters in lower case' => 'usd' . "\0" x 9,
    'three letters in mixed case' => 'USd' . "\0" x 9,
    'a zero byte before the currency' => "\0USD" . "\0" x 8,
    'a zero byte within the currency' => "US\0D" . "\0" x 8,
    'garbage after the currency' => "USD\0\0\0\0\0\0\0\0x",
    'blanks after the currency' => 'USD' . ' ' x 9,
    'a newline in the currency' => "US\nD" . "\0" x 8,
    'a byte above 127' => "US\xc4" . "\0" x 9,
    'twelve bytes of which one is bad' => 'ABCDEFGHIJK-',
    'currency bytes 0xFF' => "\xff" x 12,
);
refused('one_tco', 'tco', map { [$_, $currency, tco(currency => $bad_currency{$_})] } sort keys %bad_currency);

my $empty = "\0" x 144;
refused('one_state', 'tco_avg_state',
    ['a state of no bytes', bytes(0, 152), ''],
    ['a state without its count', bytes(144, 152), $good],
    ['a state with a byte too few', bytes(151, 152), substr state(1, $good), 0, 151],
    ['a state with a byte too many', bytes(153, 152), state(1, $good) . "\0"],
    ['a state of -1 rows', row_count(-1), state(-1, $good)],
    ['a state of -2^63 rows', row_count('-9223372036854775808'), state(-9223372036854775808, $good)],
    ['a state of no rows with a sum', $sum, state(0, $good)],
    ['a state of no rows with a currency', $sum, state(0, tco(amounts => "\0" x 128))],
    ['a state of no rows with one bit', $sum, state(0, substr($empty, 1) . "\1")],
    ['a state of one row without a sum', 'The version is 0', state(1, $empty)],
    ['a state of one row without a currency', $currency, state(1, tco(currency => "\0" x 12))],
    ['a state of another version', 'The version is 2', state(1, tco(version => "\2"))],
    ['a state with all bytes 0xFF', row_count(-1), "\xff" x 152],
);

refused('one_array', 'tco',
    ['a bad element of an array', 'The version is 9', array($tco_oid, $good, undef, tco(version => "\11"))],
    ['a short element of an array', bytes(143, 144), array($tco_oid, substr($good, 1), $good)],
);
refused('one_quote', 'tco',
    ['a bad field of a composite', $currency, quote(tco(currency => 'eur' . "\0" x 9))],
    ['a long field of a composite', bytes(145, 144), quote("$good\0")],
);

# ---- refused: tariffs -----------------------------------------------------

my $price = tariff();
my $three = tariff(tiers => upto(1 .. 3));
my $minus = amount(-1, -1);

refused('one_tariff', 'tariff',
    ['a tariff of no bytes', bytes(0, 84), ''],
    (map { ["the first $_ bytes of a tariff", bytes($_, 84), substr $price, 0, $_] } 1, 3, 4, 35, 36, 83),
    (map { ["the first $_ bytes of three tiers", bytes($_, 180), substr $three, 0, $_] } 84, 132, 179),
    ['a tariff and a byte', bytes(85, 84), "$price\0"],
    ['a tariff and a tier', bytes(132, 84), $price . tier()],
    ['a tariff twice', bytes(168, 84), $price x 2],
    ['a megabyte of zeros as a tariff', version(0), "\0" x (1 << 20)],
    ['text as a tariff', bytes(12, 84), 'graduated: 1'],
    ['a long text as a tariff', version(103), 'graduated: ' . '1 upto 5, ' x 10],
    ['all bytes of a tariff 0xFF', version(255), "\xff" x 84],
    ['a tariff byte-swapped', version(0), scalar reverse $price],
    (map { ["tariff version $_", version($_), tariff(version => $_)] } 0, 2, 128, 255),
    (map { ["mode $_", mode($_), tariff(mode => $_)] } 3, 127, 255),
    ['fewer tiers than there are', bytes(180, 132), tariff(count => 2, tiers => upto(1 .. 3))],
    ['more tiers than there are', bytes(84, 132), tariff(count => 2)],
    ['65535 tiers of which one is there', bytes(84, 36 + 65535 * 48), tariff(count => 65535)],
    ['a byte-swapped number of tiers', bytes(84, 36 + 256 * 48), tariff(count => 256)],
    ['no tiers but one', bytes(84, 36), tariff(count => 0)],
);

# What has the right form, and still is no tariff: a name, an error, and a value.
sub no_tariff {
    for my $case (@_) {
        my ($name, $message, $value) = @$case;
        my %in = (
            one_tariff => $value,
            one_tariff_state => tariff_state(tariff => $value),
            one_tariff_array => array($tariff_oid, $price, $value),
            one_meter => meter($value, undef),
        );
        for my $table (qw(one_tariff one_tariff_state one_tariff_array one_meter)) {
            subtest "$name, in $table" => sub {
                copy_file(undef, $in{$table});
                like load($table), qr/^ERROR:  $message$/m, 'SQLSTATE and rule';
                is psql($database, "SELECT count(*) FROM $table"), '0', 'nothing stored';
            };
        }
    }
}

sub least { return qq(22023: "$_[0]\\[$_[1]\\]" must be greater than or equal to 0) }
my $no_bound = '22023: tier 1 of 2 must have an upper bound';
my $above_0 = '22023: "upto\[1\]" must be greater than 0';
my $above_7 = '22023: "upto\[2\]" must be greater than 0\.000000000000000007';
my $no_block = '22023: "block" is allowed only for package tariffs';
my $block_above_0 = '22023: "block" is required for a package tariff and must be greater than 0';
my ($seven) = @{ upto(7) };

no_tariff(
    ['no tiers', '22023: a tariff must have at least one tier', tariff(tiers => [])],
    ['10001 tiers', '54000: a tariff cannot have more than 10000 tiers', tariff(tiers => upto(1 .. 10001))],
    ['equal bounds', $above_7, tariff(tiers => upto(7, 7))],
    ['bounds that fall', $above_7, tariff(tiers => upto(7, 6))],
    ['a bound of 0', $above_0, tariff(tiers => upto(0))],
    ['a negative bound', $above_0, tariff(tiers => [tier(upto => $minus)])],
    ['the least bound', $above_0, tariff(tiers => [tier(upto => amount(-9223372036854775808, 0))])],
    ['an open tier before another', $no_bound, tariff(tiers => [tier(), $seven])],
    ['two open tiers', $no_bound, tariff(tiers => [tier(), tier()])],
    ['a negative price', least('price', 1), tariff(tiers => [tier(price => $minus)])],
    ['a negative fee', least('flat', 2), tariff(tiers => [$seven, tier(flat => $minus)])],
    ['a negative allowance', '22023: "allowance" must be greater than or equal to 0', tariff(allowance => $minus)],
    ['a block in graduated', $no_block, tariff(block => amount(0, 1))],
    ['a negative block in volume', $no_block, tariff(mode => 1, block => $minus)],
    ['a package without a block', $block_above_0, tariff(mode => 2)],
    ['a package with a negative block', $block_above_0, tariff(mode => 2, block => $minus)],
    ['a package of two tiers', '22023: a package tariff must have exactly one tier',
        tariff(mode => 2, block => amount(0, 1), tiers => [$seven, tier()])],
);

my @no_rows = (rows => 0, sum => amount(0, 0), tariff => '');
refused('one_tariff_state', 'tariff_state',
    ['a tariff state of no bytes', bytes(0, 41), ''],
    (map { ["the first $_ bytes of a tariff state", bytes($_, 41), substr tariff_state(), 0, $_] } 1, 40),
    ['a tariff state of one row without a tariff', bytes(0, 84), tariff_state(tariff => '')],
    ['a tariff state with the first byte of a tariff', bytes(1, 84), tariff_state(tariff => "\1")],
    ['a tariff state with a byte too few', bytes(83, 84), substr tariff_state(), 0, 124],
    ['a tariff state with a byte too many', bytes(85, 84), tariff_state() . "\0"],
    (map { ["tariff state version $_", version($_), tariff_state(version => $_)] } 0, 2, 255),
    (map { ["a tariff state with a tariff of version $_", version($_), tariff_state(tariff => tariff(version => $_))] }
        0, 2, 255),
    ['a tariff state with a tariff of mode 3', mode(3), tariff_state(tariff => tariff(mode => 3))],
    ['a tariff state of -1 rows', row_count(-1), tariff_state(rows => -1)],
    ['a tariff state of -1 rows without a tariff', row_count(-1), tariff_state(unpriced => -1)],
    ['a tariff state of -2^63 rows', row_count('-9223372036854775808'), tariff_state(rows => -9223372036854775808)],
    ['a tariff state of no rows with a sum', $sum, tariff_state(rows => 0, tariff => '')],
    ['a tariff state of no rows with the least sum', $sum, tariff_state(@no_rows, rest => 1)],
    ['a tariff state of no rows with a tariff', $sum, tariff_state(rows => 0, sum => amount(0, 0))],
    (map { ["a tariff state whose rest is $_", 'The quantity is not in canonical form\.', tariff_state(rest => $_)] }
        UNIT, 18446744073709551615),
    ['a tariff state with all bytes 0xFF', 'The version is 255', "\xff" x 125],
);

refused('one_tariff_array', 'tariff',
    ['a bad element of an array of tariffs', 'The version is 9',
        array($tariff_oid, $price, undef, tariff(version => 9))],
    ['a short element of an array of tariffs', bytes(83, 84), array($tariff_oid, substr($price, 0, 83), $price)],
);
refused('one_state_array', 'tariff_state', ['a long element of an array of states', bytes(85, 84),
    array($tariff_state_oid, tariff_state() . "\0", tariff_state())]);
refused('one_meter', 'tariff', ['a bad tariff in a composite', mode(9), meter(tariff(mode => 9), undef)]);
refused('one_meter', 'tariff_state',
    ['a bad state in a composite', row_count(-7), meter(undef, tariff_state(rows => -7))]);

# ---- taken ----------------------------------------------------------------

# What is right comes in, prints as it should and leaves as the same bytes.
sub taken {
    my ($name, $table, $text, @values) = @_;
    subtest $name => sub {
        copy_file(@values);
        my $sent = do { local (@ARGV, $/) = $file; <> };
        my ($in, $out) = map { "\\copy $table $_ '$file' (FORMAT binary)" } qw(FROM TO);
        is psql($database, 'BEGIN', $in, "SELECT value FROM $table", $out, 'ROLLBACK'), $text, 'text';
        my $received = do { local (@ARGV, $/) = $file; <> };
        ok $received eq $sent, 'bytes';
    };
}

my $zero = tco(amounts => "\0" x 128);
my ($least, $greatest) = (amount(-9223372036854775808, 0), amount(9223372036854775807, -1));
my ($least_text, $greatest_text) =
    ('-170141183460469231731.687303715884105728', '170141183460469231731.687303715884105727');

taken('NULL', 'one_tco', '', undef);
taken('a value', 'one_tco', join(' ', '0.000000000000000048 USD',
    map { "$_=0.000000000000000006" } qw(upfront compute energy egress storage other tax credit)), $good);
taken('the ends of the range', 'one_tco',
    "-0.000000000000000001 A_b_C_d_E_12 upfront=$least_text credit=$greatest_text",
    tco(amounts => $least . amount(0, 0) x 6 . $greatest, currency => 'A_b_C_d_E_12'));
taken('a swapped amount is another amount', 'one_tco',
    psql($database, "SELECT tco(6::numeric * 2^120::numeric * 1e-18, 'x')"),
    tco(amounts => amount(0, 0) x 5 . substr($swapped, 0, 16) . amount(0, 0) x 2, currency => 'x' . "\0" x 11));
taken('states', 'one_state', "0\n9223372036854775807 0 USD", state(0, $empty), state(9223372036854775807, $zero));
taken('an array', 'one_array', '{"0 USD",NULL}', array($tco_oid, $zero, undef));
taken('a composite', 'one_quote', '(a,"0 USD")', quote($zero));

my ($below_open, $rows_max) = (amount(9223372036854775807, -2), 9223372036854775807);
my $below_open_text = '170141183460469231731.687303715884105726';

taken('a tariff', 'one_tariff', 'graduated: 1', $price);
taken('a tariff with all there can be', 'one_tariff',
    'volume allowance 0.000000000000000003: '
        . '0.000000000000000002 flat 0.000000000000000004 upto 0.000000000000000001, 0',
    tariff(mode => 1, allowance => amount(0, 3), tiers => [
        tier(upto => amount(0, 1), price => amount(0, 2), flat => amount(0, 4)),
        tier(price => amount(0, 0)),
    ]));
taken('a tariff at the ends of the range', 'one_tariff',
    "package $below_open_text allowance $below_open_text: "
        . "$below_open_text flat $below_open_text upto $below_open_text",
    tariff(mode => 2, block => $below_open, allowance => $below_open,
        tiers => [tier(upto => $below_open, price => $below_open, flat => $below_open)]));
taken('tariff states', 'one_tariff_state',
    join("\n",
        '0 0 0',
        "0 $rows_max 0",
        "$rows_max 1 -0.000000000000000000000000000000000001 graduated: 1",
        "1 0 $least_text graduated: 1",
        "1 0 ${greatest_text}999999999999999999 graduated: 1"),
    tariff_state(@no_rows), tariff_state(@no_rows, unpriced => $rows_max),
    tariff_state(rows => $rows_max, unpriced => 1, sum => amount(-1, -1), rest => UNIT - 1),
    tariff_state(sum => $least), tariff_state(sum => $greatest, rest => UNIT - 1));
taken('an array of tariffs', 'one_tariff_array',
    '{"graduated: 1",NULL,"graduated: 1 upto 0.000000000000000001, '
        . '1 upto 0.000000000000000002, 1 upto 0.000000000000000003"}',
    array($tariff_oid, $price, undef, $three));
taken('an array of states', 'one_state_array', '{"1 0 5 graduated: 1","0 0 0"}',
    array($tariff_state_oid, tariff_state(), tariff_state(@no_rows)));
taken('a tariff and a state in a composite', 'one_meter', '(a,"graduated: 1","1 0 5 graduated: 1")',
    meter($price, tariff_state()));

done_testing;
