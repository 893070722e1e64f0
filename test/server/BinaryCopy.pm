package BinaryCopy;
# Used by the tests of this directory that send bytes with COPY BINARY: the
# bytes, a database with tables of one column "value", and two rules. Values
# that are malformed are refused, and nothing of them is stored; all others come
# in, print as they should and leave as the same bytes.
use strict;
use warnings;
use Exporter qw(import);
use File::Temp qw(tempfile);
use Test::More;

our @EXPORT = qw(
    new_database psql oid_of amount field array composite copy_file load
    $least $greatest $least_text $greatest_text
    refused_after refused bytes version row_count $sum_alone taken
);

my ($fh, $file) = tempfile(UNLINK => 1);
close $fh;

# ---- a database -----------------------------------------------------------

# Runs psql and returns all that it prints, without the last newline.
sub psql_in {
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

my $database;

# Creates a database with the extension, which is dropped at the end.
sub new_database {
    my ($name, @commands) = @_;
    psql_in('postgres', "CREATE DATABASE $name");
    $database = $name;
    my $trouble = psql('SET client_min_messages = warning', 'CREATE EXTENSION accelcost CASCADE', @commands);
    die $trouble if $trouble;
}

END {
    if (defined $database) {
        my $status = $?;
        psql_in('postgres', "DROP DATABASE $database");
        $? = $status;
    }
}

# Runs commands in that database.
sub psql { return psql_in($database, @_) }

sub oid_of { return psql("SELECT '$_[0]'::regtype::oid") }

# ---- bytes ----------------------------------------------------------------

# A 128-bit number of two halves, big-endian.
sub amount { return pack 'q> q>', @_ }

our ($least, $greatest) = (amount(-9223372036854775808, 0), amount(9223372036854775807, -1));
our ($least_text, $greatest_text) =
    ('-170141183460469231731.687303715884105728', '170141183460469231731.687303715884105727');

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

# Copies the file into a table and returns what psql says.
sub load { return psql("\\copy $_[0] FROM '$file' (FORMAT binary)") }

# ---- refused --------------------------------------------------------------

# A case is a name, how the detail begins, and a value, which is copied after a
# good one.
sub refused_after {
    my ($good, $table, $type, @cases) = @_;
    for my $case (@cases) {
        my ($name, $detail, $value) = @$case;
        subtest $name => sub {
            copy_file($good, $value);
            my $said = load($table);
            like $said, qr/^ERROR:  22P03: invalid external "$type" value$/m, 'SQLSTATE and type';
            like $said, qr/^DETAIL:  $detail/m, 'what is wrong';
            is psql("SELECT count(*) FROM $table"), '0', 'nothing stored';
        };
    }
}

# NULL is good in every table.
sub refused { return refused_after(undef, @_) }

# Details of several cases.
sub bytes { return sprintf 'The value has %d bytes instead of %d\.', @_ }
sub version { return "The version is $_[0] instead of 1\\." }
sub row_count { return "The row count $_[0] is invalid\\." }
our $sum_alone = 'The value has a sum but no rows\.';

# ---- taken ----------------------------------------------------------------

sub taken {
    my ($name, $table, $text, @values) = @_;
    subtest $name => sub {
        copy_file(@values);
        my $sent = do { local (@ARGV, $/) = $file; <> };
        my ($in, $out) = map { "\\copy $table $_ '$file' (FORMAT binary)" } qw(FROM TO);
        is psql('BEGIN', $in, "SELECT value FROM $table", $out, 'ROLLBACK'), $text, 'text';
        my $received = do { local (@ARGV, $/) = $file; <> };
        ok $received eq $sent, 'bytes';
    };
}

1;
