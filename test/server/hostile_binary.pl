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
    return pack('C C n', $with{version} // 1, $with{mode} // 0, $with{count} // scalar @tiers) . ($with{allowance} // amount(0, 0)) . ($with{block} // amount(0, 0)) . join '', @tiers;
}

# A state of rows, rows without a tariff, a sum and what is below 1e-18 of it.
sub tariff_state {
    my (%with) = @_;
    return pack('C q> q>', $with{version} // 1, $with{rows} // 1, $with{unpriced} // 0) . ($with{sum} // amount(0, 5 * UNIT)) . pack('Q>', $with{rest} // 0) . ($with{tariff} // tariff());
}

sub field { return defined $_[0] ? pack('l>/a', $_[0]) : pack('l>', -1) }

sub array {
    my ($oid, @elements) = @_;
    return pack('l> l> L> l> l>', 1, (grep { !defined } @elements) ? 1 : 0, $oid, scalar @elements, 1) . join '', map { field($_) } @elements;
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
my $trouble = psql($database, 'SET client_min_messages = warning', 'CREATE EXTENSION accelcost CASCADE',
    'CREATE TYPE quote AS (offer text, cost tco)', 'CREATE TABLE one_tco (value tco)', 'CREATE TABLE one_state (value tco_avg_state)',
    'CREATE TABLE one_array (value tco[])', 'CREATE TABLE one_quote (value quote)',
    'CREATE TYPE meter AS (name text, price tariff, part tariff_state)', 'CREATE TABLE one_tariff (value tariff)', 'CREATE TABLE one_tariff_state (value tariff_state)',
    'CREATE TABLE one_tariff_array (value tariff[])', 'CREATE TABLE one_state_array (value tariff_state[])', 'CREATE TABLE one_meter (value meter)');
die $trouble if $trouble;
my ($tco_oid, $text_oid, $tariff_oid, $tariff_state_oid) = split /\|/, psql($database, "SELECT 'tco'::regtype::oid, 'text'::regtype::oid, 'tariff'::regtype::oid, 'tariff_state'::regtype::oid");

sub refused {
    my ($name, $table, $type, $detail, $value) = @_;
    subtest $name => sub {
        copy_file($table eq 'one_tco' ? tco() : undef, $value);
        my $said = psql($database, "\\copy $table FROM '$file' (FORMAT binary)");
        like $said, qr/^ERROR:  22P03: invalid external "$type" value$/m, 'SQLSTATE and type';
        like $said, qr/^DETAIL:  $detail/m, 'what is wrong';
        is psql($database, "SELECT count(*) FROM $table"), '0', 'nothing stored';
    };
}

my $good = tco();
my $swapped = join '', map { scalar reverse } unpack '(a16)8', amount(0, 6) x 8;
my $length = 'The value has %d bytes instead of %d\.';
my $currency = 'The currency is invalid';

refused('no bytes', 'one_tco', 'tco', sprintf($length, 0, 144), '');
refused('one byte', 'one_tco', 'tco', sprintf($length, 1, 144), 'x');
refused('a byte too few', 'one_tco', 'tco', sprintf($length, 143, 144), substr $good, 0, 143);
refused('a byte too many', 'one_tco', 'tco', sprintf($length, 145, 144), "$good\0");
refused('twice the bytes', 'one_tco', 'tco', sprintf($length, 288, 144), $good x 2);
refused('a megabyte', 'one_tco', 'tco', sprintf($length, 1 << 20, 144), "\0" x (1 << 20));
refused('text instead of bytes', 'one_tco', 'tco', sprintf($length, 5, 144), '6 USD');
refused('all bytes 0x00', 'one_tco', 'tco', 'The version is 0 instead of 1\.', "\0" x 144);
refused('all bytes 0xFF', 'one_tco', 'tco', 'The version is 255 instead of 1\.', "\xff" x 144);
refused('the whole value byte-swapped', 'one_tco', 'tco', 'The version is', scalar reverse $good);
refused('the tail byte-swapped', 'one_tco', 'tco', 'The version is 0', substr($good, 0, 128) . reverse substr $good, 128);
refused("version $_", 'one_tco', 'tco', "The version is $_ instead of 1\\.", tco(version => chr $_)) for 0, 2, 128, 255;
for my $at (0 .. 2) {
    my $reserved = "\0\0\0";
    substr $reserved, $at, 1, "\x80";
    refused("reserved byte $at not zero", 'one_tco', 'tco', 'The reserved bytes are not zero\.', tco(reserved => $reserved));
}
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
refused($_, 'one_tco', 'tco', $currency, tco(currency => $bad_currency{$_})) for sort keys %bad_currency;

my $empty = "\0" x 144;
refused('a state of no bytes', 'one_state', 'tco_avg_state', sprintf($length, 0, 152), '');
refused('a state without its count', 'one_state', 'tco_avg_state', sprintf($length, 144, 152), $good);
refused('a state with a byte too few', 'one_state', 'tco_avg_state', sprintf($length, 151, 152), substr state(1, $good), 0, 151);
refused('a state with a byte too many', 'one_state', 'tco_avg_state', sprintf($length, 153, 152), state(1, $good) . "\0");
refused('a state of -1 rows', 'one_state', 'tco_avg_state', 'The row count -1 is invalid\.', state(-1, $good));
refused('a state of -2^63 rows', 'one_state', 'tco_avg_state', 'The row count -9223372036854775808 is invalid\.', state(-9223372036854775808, $good));
refused('a state of no rows with a sum', 'one_state', 'tco_avg_state', 'The value has a sum but no rows\.', state(0, $good));
refused('a state of no rows with a currency', 'one_state', 'tco_avg_state', 'The value has a sum but no rows\.', state(0, tco(amounts => "\0" x 128)));
refused('a state of no rows with one bit', 'one_state', 'tco_avg_state', 'The value has a sum but no rows\.', state(0, substr($empty, 1) . "\1"));
refused('a state of one row without a sum', 'one_state', 'tco_avg_state', 'The version is 0', state(1, $empty));
refused('a state of one row without a currency', 'one_state', 'tco_avg_state', $currency, state(1, tco(currency => "\0" x 12)));
refused('a state of another version', 'one_state', 'tco_avg_state', 'The version is 2', state(1, tco(version => "\2")));
refused('a state with all bytes 0xFF', 'one_state', 'tco_avg_state', 'The row count -1 is invalid\.', "\xff" x 152);

refused('a bad element of an array', 'one_array', 'tco', 'The version is 9', array($tco_oid, $good, undef, tco(version => "\11")));
refused('a short element of an array', 'one_array', 'tco', sprintf($length, 143, 144), array($tco_oid, substr($good, 1), $good));
refused('a bad field of a composite', 'one_quote', 'tco', $currency, composite($text_oid, 'a', $tco_oid, tco(currency => 'eur' . "\0" x 9)));
refused('a long field of a composite', 'one_quote', 'tco', sprintf($length, 145, 144), composite($text_oid, 'a', $tco_oid, "$good\0"));

# ---- refused: tariffs -----------------------------------------------------

my $price = tariff();
my $three = tariff(tiers => [map { tier(upto => amount(0, $_)) } 1 .. 3]);
my $minus = amount(-1, -1);

refused('a tariff of no bytes', 'one_tariff', 'tariff', sprintf($length, 0, 84), '');
refused("the first $_ bytes of a tariff", 'one_tariff', 'tariff', sprintf($length, $_, 84), substr $price, 0, $_) for 1, 3, 4, 35, 36, 83;
refused("the first $_ bytes of three tiers", 'one_tariff', 'tariff', sprintf($length, $_, 180), substr $three, 0, $_) for 84, 132, 179;
refused('a tariff and a byte', 'one_tariff', 'tariff', sprintf($length, 85, 84), "$price\0");
refused('a tariff and a tier', 'one_tariff', 'tariff', sprintf($length, 132, 84), $price . tier());
refused('a tariff twice', 'one_tariff', 'tariff', sprintf($length, 168, 84), $price x 2);
refused('a megabyte of zeros as a tariff', 'one_tariff', 'tariff', 'The version is 0 instead of 1\.', "\0" x (1 << 20));
refused('text as a tariff', 'one_tariff', 'tariff', sprintf($length, 12, 84), 'graduated: 1');
refused('a long text as a tariff', 'one_tariff', 'tariff', 'The version is 103 instead of 1\.', 'graduated: ' . '1 upto 5, ' x 10);
refused('all bytes of a tariff 0xFF', 'one_tariff', 'tariff', 'The version is 255 instead of 1\.', "\xff" x 84);
refused('a tariff byte-swapped', 'one_tariff', 'tariff', 'The version is 0 instead of 1\.', scalar reverse $price);
refused("tariff version $_", 'one_tariff', 'tariff', "The version is $_ instead of 1\\.", tariff(version => $_)) for 0, 2, 128, 255;
refused("mode $_", 'one_tariff', 'tariff', "The mode $_ is invalid\\.", tariff(mode => $_)) for 3, 127, 255;
refused('fewer tiers than there are', 'one_tariff', 'tariff', sprintf($length, 180, 132), tariff(count => 2, tiers => [map { tier(upto => amount(0, $_)) } 1 .. 3]));
refused('more tiers than there are', 'one_tariff', 'tariff', sprintf($length, 84, 132), tariff(count => 2));
refused('65535 tiers of which one is there', 'one_tariff', 'tariff', sprintf($length, 84, 36 + 65535 * 48), tariff(count => 65535));
refused('a byte-swapped number of tiers', 'one_tariff', 'tariff', sprintf($length, 84, 36 + 256 * 48), tariff(count => 256));
refused('no tiers but one', 'one_tariff', 'tariff', sprintf($length, 84, 36), tariff(count => 0));

# What has the right form, and still is no tariff.
sub no_tariff {
    my ($name, $message, $value) = @_;
    my ($sqlstate) = $message =~ /^(\w{5}): /;
    for my $case ([one_tariff => $value], [one_tariff_state => tariff_state(tariff => $value)], [one_tariff_array => array($tariff_oid, $price, $value)], [one_meter => composite($text_oid, 'a', $tariff_oid, $value, $tariff_state_oid, undef)]) {
        my ($table, $bytes) = @$case;
        subtest "$name, in $table" => sub {
            copy_file(undef, $bytes);
            like psql($database, "\\copy $table FROM '$file' (FORMAT binary)"), qr/^ERROR:  $message$/m, 'SQLSTATE and rule';
            is psql($database, "SELECT count(*) FROM $table"), '0', 'nothing stored';
        };
    }
}
no_tariff('no tiers', '22023: a tariff must have at least one tier', tariff(tiers => []));
no_tariff('10001 tiers', '54000: a tariff cannot have more than 10000 tiers', tariff(tiers => [map { tier(upto => amount(0, $_)) } 1 .. 10001]));
no_tariff('equal bounds', '22023: "upto\[2\]" must be greater than 0\.000000000000000007', tariff(tiers => [(tier(upto => amount(0, 7))) x 2]));
no_tariff('bounds that fall', '22023: "upto\[2\]" must be greater than 0\.000000000000000007', tariff(tiers => [map { tier(upto => amount(0, $_)) } 7, 6]));
no_tariff('a bound of 0', '22023: "upto\[1\]" must be greater than 0', tariff(tiers => [tier(upto => amount(0, 0))]));
no_tariff('a negative bound', '22023: "upto\[1\]" must be greater than 0', tariff(tiers => [tier(upto => $minus)]));
no_tariff('the least bound', '22023: "upto\[1\]" must be greater than 0', tariff(tiers => [tier(upto => amount(-9223372036854775808, 0))]));
no_tariff('an open tier before another', '22023: tier 1 of 2 must have an upper bound', tariff(tiers => [tier(), tier(upto => amount(0, 7))]));
no_tariff('two open tiers', '22023: tier 1 of 2 must have an upper bound', tariff(tiers => [tier(), tier()]));
no_tariff('a negative price', '22023: "price\[1\]" must be greater than or equal to 0', tariff(tiers => [tier(price => $minus)]));
no_tariff('a negative fee', '22023: "flat\[2\]" must be greater than or equal to 0', tariff(tiers => [tier(upto => amount(0, 7)), tier(flat => $minus)]));
no_tariff('a negative allowance', '22023: "allowance" must be greater than or equal to 0', tariff(allowance => $minus));
no_tariff('a block in graduated', '22023: "block" is allowed only for package tariffs', tariff(block => amount(0, 1)));
no_tariff('a negative block in volume', '22023: "block" is allowed only for package tariffs', tariff(mode => 1, block => $minus));
no_tariff('a package without a block', '22023: "block" is required for a package tariff and must be greater than 0', tariff(mode => 2));
no_tariff('a package with a negative block', '22023: "block" is required for a package tariff and must be greater than 0', tariff(mode => 2, block => $minus));
no_tariff('a package of two tiers', '22023: a package tariff must have exactly one tier', tariff(mode => 2, block => amount(0, 1), tiers => [tier(upto => amount(0, 7)), tier()]));

refused('a tariff state of no bytes', 'one_tariff_state', 'tariff_state', sprintf($length, 0, 41), '');
refused("the first $_ bytes of a tariff state", 'one_tariff_state', 'tariff_state', sprintf($length, $_, 41), substr tariff_state(), 0, $_) for 1, 40;
refused('a tariff state of one row without a tariff', 'one_tariff_state', 'tariff_state', sprintf($length, 0, 84), tariff_state(tariff => ''));
refused('a tariff state with the first byte of a tariff', 'one_tariff_state', 'tariff_state', sprintf($length, 1, 84), tariff_state(tariff => "\1"));
refused('a tariff state with a byte too few', 'one_tariff_state', 'tariff_state', sprintf($length, 83, 84), substr tariff_state(), 0, 124);
refused('a tariff state with a byte too many', 'one_tariff_state', 'tariff_state', sprintf($length, 85, 84), tariff_state() . "\0");
refused("tariff state version $_", 'one_tariff_state', 'tariff_state', "The version is $_ instead of 1\\.", tariff_state(version => $_)) for 0, 2, 255;
refused("a tariff state with a tariff of version $_", 'one_tariff_state', 'tariff_state', "The version is $_ instead of 1\\.", tariff_state(tariff => tariff(version => $_))) for 0, 2, 255;
refused('a tariff state with a tariff of mode 3', 'one_tariff_state', 'tariff_state', 'The mode 3 is invalid\.', tariff_state(tariff => tariff(mode => 3)));
refused('a tariff state of -1 rows', 'one_tariff_state', 'tariff_state', 'The row count -1 is invalid\.', tariff_state(rows => -1));
refused('a tariff state of -1 rows without a tariff', 'one_tariff_state', 'tariff_state', 'The row count -1 is invalid\.', tariff_state(unpriced => -1));
refused('a tariff state of -2^63 rows', 'one_tariff_state', 'tariff_state', 'The row count -9223372036854775808 is invalid\.', tariff_state(rows => -9223372036854775808));
refused('a tariff state of no rows with a sum', 'one_tariff_state', 'tariff_state', 'The value has a sum but no rows\.', tariff_state(rows => 0, tariff => ''));
refused('a tariff state of no rows with the least sum', 'one_tariff_state', 'tariff_state', 'The value has a sum but no rows\.', tariff_state(rows => 0, sum => amount(0, 0), rest => 1, tariff => ''));
refused('a tariff state of no rows with a tariff', 'one_tariff_state', 'tariff_state', 'The value has a sum but no rows\.', tariff_state(rows => 0, sum => amount(0, 0)));
refused("a tariff state whose rest is $_", 'one_tariff_state', 'tariff_state', 'The quantity is not in canonical form\.', tariff_state(rest => $_)) for UNIT, 18446744073709551615;
refused('a tariff state with all bytes 0xFF', 'one_tariff_state', 'tariff_state', 'The version is 255', "\xff" x 125);

refused('a bad element of an array of tariffs', 'one_tariff_array', 'tariff', 'The version is 9', array($tariff_oid, $price, undef, tariff(version => 9)));
refused('a short element of an array of tariffs', 'one_tariff_array', 'tariff', sprintf($length, 83, 84), array($tariff_oid, substr($price, 0, 83), $price));
refused('a long element of an array of states', 'one_state_array', 'tariff_state', sprintf($length, 85, 84), array($tariff_state_oid, tariff_state() . "\0", tariff_state()));
refused('a bad tariff in a composite', 'one_meter', 'tariff', 'The mode 9 is invalid', composite($text_oid, 'a', $tariff_oid, tariff(mode => 9), $tariff_state_oid, undef));
refused('a bad state in a composite', 'one_meter', 'tariff_state', 'The row count -7 is invalid', composite($text_oid, 'a', $tariff_oid, undef, $tariff_state_oid, tariff_state(rows => -7)));

# ---- taken ----------------------------------------------------------------

# What is right comes in, prints as it should and leaves as the same bytes.
sub taken {
    my ($name, $table, $text, @values) = @_;
    subtest $name => sub {
        copy_file(@values);
        my $sent = do { local (@ARGV, $/) = $file; <> };
        is psql($database, 'BEGIN', "\\copy $table FROM '$file' (FORMAT binary)", "SELECT value FROM $table", "\\copy $table TO '$file' (FORMAT binary)", 'ROLLBACK'), $text, 'text';
        my $received = do { local (@ARGV, $/) = $file; <> };
        ok $received eq $sent, 'bytes';
    };
}

my ($least, $greatest) = (amount(-9223372036854775808, 0), amount(9223372036854775807, -1));
taken('NULL', 'one_tco', '', undef);
taken('a value', 'one_tco', '0.000000000000000048 USD upfront=0.000000000000000006 compute=0.000000000000000006 energy=0.000000000000000006 egress=0.000000000000000006 storage=0.000000000000000006 other=0.000000000000000006 tax=0.000000000000000006 credit=0.000000000000000006', $good);
taken('the ends of the range', 'one_tco', '-0.000000000000000001 A_b_C_d_E_12 upfront=-170141183460469231731.687303715884105728 credit=170141183460469231731.687303715884105727',
    tco(amounts => $least . amount(0, 0) x 6 . $greatest, currency => 'A_b_C_d_E_12'));
taken('a swapped amount is another amount', 'one_tco', psql($database, "SELECT tco(6::numeric * 2^120::numeric * 1e-18, 'x')"), tco(amounts => amount(0, 0) x 5 . substr($swapped, 0, 16) . amount(0, 0) x 2, currency => 'x' . "\0" x 11));
taken('states', 'one_state', "0\n9223372036854775807 0 USD", state(0, $empty), state(9223372036854775807, tco(amounts => "\0" x 128)));
taken('an array', 'one_array', '{"0 USD",NULL}', array($tco_oid, tco(amounts => "\0" x 128), undef));
taken('a composite', 'one_quote', '(a,"0 USD")', composite($text_oid, 'a', $tco_oid, tco(amounts => "\0" x 128)));

my ($below_open, $rows_max) = (amount(9223372036854775807, -2), 9223372036854775807);
taken('a tariff', 'one_tariff', 'graduated: 1', $price);
taken('a tariff with all there can be', 'one_tariff', 'volume allowance 0.000000000000000003: 0.000000000000000002 flat 0.000000000000000004 upto 0.000000000000000001, 0',
    tariff(mode => 1, allowance => amount(0, 3), tiers => [tier(upto => amount(0, 1), price => amount(0, 2), flat => amount(0, 4)), tier(price => amount(0, 0))]));
my $greatest_text = '170141183460469231731.687303715884105726';
taken('a tariff at the ends of the range', 'one_tariff', "package $greatest_text allowance $greatest_text: $greatest_text flat $greatest_text upto $greatest_text",
    tariff(mode => 2, block => $below_open, allowance => $below_open, tiers => [tier(upto => $below_open, price => $below_open, flat => $below_open)]));
taken('tariff states', 'one_tariff_state', "0 0 0\n0 $rows_max 0\n$rows_max 1 -0.000000000000000000000000000000000001 graduated: 1\n1 0 -170141183460469231731.687303715884105728 graduated: 1\n1 0 170141183460469231731.687303715884105727999999999999999999 graduated: 1",
    tariff_state(rows => 0, sum => amount(0, 0), tariff => ''), tariff_state(rows => 0, unpriced => $rows_max, sum => amount(0, 0), tariff => ''), tariff_state(rows => $rows_max, unpriced => 1, sum => amount(-1, -1), rest => UNIT - 1),
    tariff_state(sum => $least), tariff_state(sum => $greatest, rest => UNIT - 1));
taken('an array of tariffs', 'one_tariff_array', '{"graduated: 1",NULL,"graduated: 1 upto 0.000000000000000001, 1 upto 0.000000000000000002, 1 upto 0.000000000000000003"}', array($tariff_oid, $price, undef, $three));
taken('an array of states', 'one_state_array', '{"1 0 5 graduated: 1","0 0 0"}', array($tariff_state_oid, tariff_state(), tariff_state(rows => 0, sum => amount(0, 0), tariff => '')));
taken('a tariff and a state in a composite', 'one_meter', '(a,"graduated: 1","1 0 5 graduated: 1")', composite($text_oid, 'a', $tariff_oid, $price, $tariff_state_oid, tariff_state()));

done_testing;
