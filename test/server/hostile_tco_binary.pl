#!/usr/bin/env perl
# Malformed bytes of the type tco and of its average, as anyone can send them
# with COPY BINARY, are refused with SQLSTATE 22P03 and the type, and nothing of
# them is stored.
use strict;
use warnings;
use File::Basename qw(dirname);
use Test::More;

use lib dirname(__FILE__);
use BinaryCopy;

new_database(
    "accelcost_hostile_tco_binary_$$",
    'CREATE TYPE quote AS (offer text, cost tco)',
    'CREATE TABLE one_tco (value tco)',
    'CREATE TABLE one_state (value tco_avg_state)',
    'CREATE TABLE one_array (value tco[])',
    'CREATE TABLE one_quote (value quote)',
);
my ($tco_oid, $text_oid) = map { oid_of($_) } qw(tco text);

# ---- bytes ----------------------------------------------------------------

sub tco {
    my (%with) = @_;
    return join '', $with{amounts} // amount(0, 6) x 8, $with{currency} // "USD" . "\0" x 9,
        $with{version} // "\1", $with{reserved} // "\0\0\0";
}

sub state {
    my ($count, $sum) = @_;
    return pack('q>', $count) . $sum;
}

# A field of the type quote.
sub quote { return composite($text_oid, 'a', $tco_oid, $_[0]) }

# ---- refused --------------------------------------------------------------

my $currency = 'The currency is invalid';
my $reserved = 'The reserved bytes are not zero\.';

my $good = tco();
my $swapped = join '', map { scalar reverse } unpack '(a16)8', amount(0, 6) x 8;

refused_after($good, 'one_tco', 'tco',
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
refused_after($good, 'one_tco', 'tco',
    map { [$_, $currency, tco(currency => $bad_currency{$_})] } sort keys %bad_currency);

my $empty = "\0" x 144;
refused('one_state', 'tco_avg_state',
    ['a state of no bytes', bytes(0, 152), ''],
    ['a state without its count', bytes(144, 152), $good],
    ['a state with a byte too few', bytes(151, 152), substr state(1, $good), 0, 151],
    ['a state with a byte too many', bytes(153, 152), state(1, $good) . "\0"],
    ['a state of -1 rows', row_count(-1), state(-1, $good)],
    ['a state of -2^63 rows', row_count('-9223372036854775808'), state(-9223372036854775808, $good)],
    ['a state of no rows with a sum', $sum_alone, state(0, $good)],
    ['a state of no rows with a currency', $sum_alone, state(0, tco(amounts => "\0" x 128))],
    ['a state of no rows with one bit', $sum_alone, state(0, substr($empty, 1) . "\1")],
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

# ---- taken ----------------------------------------------------------------

my $zero = tco(amounts => "\0" x 128);

taken('NULL', 'one_tco', '', undef);
taken('a value', 'one_tco', join(' ', '0.000000000000000048 USD',
    map { "$_=0.000000000000000006" } qw(upfront compute energy egress storage other tax credit)), $good);
taken('the ends of the range', 'one_tco',
    "-0.000000000000000001 A_b_C_d_E_12 upfront=$least_text credit=$greatest_text",
    tco(amounts => $least . amount(0, 0) x 6 . $greatest, currency => 'A_b_C_d_E_12'));
taken('a swapped amount is another amount', 'one_tco',
    psql("SELECT tco(6::numeric * 2^120::numeric * 1e-18, 'x')"),
    tco(amounts => amount(0, 0) x 5 . substr($swapped, 0, 16) . amount(0, 0) x 2, currency => 'x' . "\0" x 11));
taken('states', 'one_state', "0\n9223372036854775807 0 USD", state(0, $empty), state(9223372036854775807, $zero));
taken('an array', 'one_array', '{"0 USD",NULL}', array($tco_oid, $zero, undef));
taken('a composite', 'one_quote', '(a,"0 USD")', quote($zero));

done_testing;
