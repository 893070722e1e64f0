#!/usr/bin/env perl
# Malformed bytes, as anyone can send them with COPY BINARY, are refused with
# SQLSTATE 22P03 and the type, and nothing of them is stored.
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
    'CREATE TABLE one_array (value tco[])', 'CREATE TABLE one_quote (value quote)');
die $trouble if $trouble;
my ($tco_oid, $text_oid) = split /\|/, psql($database, "SELECT 'tco'::regtype::oid, 'text'::regtype::oid");

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
my $length = 'It has %d bytes instead of %d\.';
my $currency = 'Its currency is not';

refused('no bytes', 'one_tco', 'tco', sprintf($length, 0, 144), '');
refused('one byte', 'one_tco', 'tco', sprintf($length, 1, 144), 'x');
refused('a byte too few', 'one_tco', 'tco', sprintf($length, 143, 144), substr $good, 0, 143);
refused('a byte too many', 'one_tco', 'tco', sprintf($length, 145, 144), "$good\0");
refused('twice the bytes', 'one_tco', 'tco', sprintf($length, 288, 144), $good x 2);
refused('a megabyte', 'one_tco', 'tco', sprintf($length, 1 << 20, 144), "\0" x (1 << 20));
refused('text instead of bytes', 'one_tco', 'tco', sprintf($length, 5, 144), '6 USD');
refused('all bytes 0x00', 'one_tco', 'tco', 'Its version is 0 instead of 1\.', "\0" x 144);
refused('all bytes 0xFF', 'one_tco', 'tco', 'Its version is 255 instead of 1\.', "\xff" x 144);
refused('the whole value byte-swapped', 'one_tco', 'tco', 'Its version is', scalar reverse $good);
refused('the tail byte-swapped', 'one_tco', 'tco', 'Its version is 0', substr($good, 0, 128) . reverse substr $good, 128);
refused("version $_", 'one_tco', 'tco', "Its version is $_ instead of 1\\.", tco(version => chr $_)) for 0, 2, 128, 255;
for my $at (0 .. 2) {
    my $reserved = "\0\0\0";
    substr $reserved, $at, 1, "\x80";
    refused("reserved byte $at not zero", 'one_tco', 'tco', 'Its reserved bytes are not zero\.', tco(reserved => $reserved));
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
refused('a state of -1 rows', 'one_state', 'tco_avg_state', 'Its row count is -1\.', state(-1, $good));
refused('a state of -2^63 rows', 'one_state', 'tco_avg_state', 'Its row count is -9223372036854775808\.', state(-9223372036854775808, $good));
refused('a state of no rows with a sum', 'one_state', 'tco_avg_state', 'It has 0 rows and a sum\.', state(0, $good));
refused('a state of no rows with a currency', 'one_state', 'tco_avg_state', 'It has 0 rows and a sum\.', state(0, tco(amounts => "\0" x 128)));
refused('a state of no rows with one bit', 'one_state', 'tco_avg_state', 'It has 0 rows and a sum\.', state(0, substr($empty, 1) . "\1"));
refused('a state of one row without a sum', 'one_state', 'tco_avg_state', 'Its version is 0', state(1, $empty));
refused('a state of one row without a currency', 'one_state', 'tco_avg_state', $currency, state(1, tco(currency => "\0" x 12)));
refused('a state of another version', 'one_state', 'tco_avg_state', 'Its version is 2', state(1, tco(version => "\2")));
refused('a state with all bytes 0xFF', 'one_state', 'tco_avg_state', 'Its row count is -1\.', "\xff" x 152);

refused('a bad element of an array', 'one_array', 'tco', 'Its version is 9', array($tco_oid, $good, undef, tco(version => "\11")));
refused('a short element of an array', 'one_array', 'tco', sprintf($length, 143, 144), array($tco_oid, substr($good, 1), $good));
refused('a bad field of a composite', 'one_quote', 'tco', $currency, composite($text_oid, 'a', $tco_oid, tco(currency => 'eur' . "\0" x 9)));
refused('a long field of a composite', 'one_quote', 'tco', sprintf($length, 145, 144), composite($text_oid, 'a', $tco_oid, "$good\0"));

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

done_testing;
