#!/usr/bin/env perl
# Malformed bytes of the types tariff and tariff_state, as anyone can send them
# with COPY BINARY, are refused with SQLSTATE 22P03 and the type, or by the rule
# of tariffs that they break, and nothing of them is stored.
use strict;
use warnings;
use File::Basename qw(dirname);
use Test::More;

use lib dirname(__FILE__);
use BinaryCopy;

new_database(
    "accelcost_hostile_tariff_binary_$$",
    'CREATE TYPE meter AS (name text, price tariff, part tariff_state)',
    'CREATE TABLE one_tariff (value tariff)',
    'CREATE TABLE one_tariff_state (value tariff_state)',
    'CREATE TABLE one_tariff_array (value tariff[])',
    'CREATE TABLE one_state_array (value tariff_state[])',
    'CREATE TABLE one_meter (value meter)',
);
my ($text_oid, $tariff_oid, $tariff_state_oid) = map { oid_of($_) } qw(text tariff tariff_state);

# ---- bytes ----------------------------------------------------------------

use constant UNIT => 1000000000000000000;
use constant OPEN => $greatest;

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

# Fields of the type meter.
sub meter { return composite($text_oid, 'a', $tariff_oid, $_[0], $tariff_state_oid, $_[1]) }

# ---- refused --------------------------------------------------------------

sub mode { return "The mode $_[0] is invalid\\." }

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
                is psql("SELECT count(*) FROM $table"), '0', 'nothing stored';
            };
        }
    }
}

sub at_least_0 { return qq(22023: "$_[0]\\[$_[1]\\]" must be greater than or equal to 0) }
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
    ['the least bound', $above_0, tariff(tiers => [tier(upto => $least)])],
    ['an open tier before another', $no_bound, tariff(tiers => [tier(), $seven])],
    ['two open tiers', $no_bound, tariff(tiers => [tier(), tier()])],
    ['a negative price', at_least_0('price', 1), tariff(tiers => [tier(price => $minus)])],
    ['a negative fee', at_least_0('flat', 2), tariff(tiers => [$seven, tier(flat => $minus)])],
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
    ['a tariff state of no rows with a sum', $sum_alone, tariff_state(rows => 0, tariff => '')],
    ['a tariff state of no rows with the least sum', $sum_alone, tariff_state(@no_rows, rest => 1)],
    ['a tariff state of no rows with a tariff', $sum_alone, tariff_state(rows => 0, sum => amount(0, 0))],
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
