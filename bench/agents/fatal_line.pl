#!/usr/bin/perl
# An agent that prints a fatal line at a set time and notes, on the monotonic clock, when it was
# started, when it wrote that line, and when SIGTERM came:
#   fatal_line.pl REPORT DELAY_SECONDS [LINES_FILE BYTES_PER_SECOND]
# With a file of harmless lines it prints those at that rate, before and after.
use strict;
use warnings;
use Errno;
use IO::Handle;
use Time::HiRes qw(clock_gettime sleep CLOCK_MONOTONIC);

my ($path, $delay, $lines, $rate) = @ARGV;
my $FATAL = "InvalidArgument: 400 Machine type 'n2-standard-4' is not supported for GPU 'T4'\n";
# 1000 pieces a second at 50 MB/s; whole lines of 100 bytes, so that the fatal one stands between.
my $PIECE = 50_000;

sub now { clock_gettime(CLOCK_MONOTONIC) }

# When this process was forked, at most 10 ms too early: field 22 of proc(5), whose clock is ours
# unless the machine was suspended.
sub forked {
    open my $stat, '<', '/proc/self/stat' or die "/proc: $!";
    my ($fields) = <$stat> =~ /.*\) (.*)/;
    return (split ' ', $fields)[19] / 100;
}

my $began = forked();
alarm 180;    # Whatever becomes of the benchmark, this process ends.

open my $report, '>', $path or die "$path: $!";
$report->autoflush(1);
sub note { printf $report "%s %.6f\n", @_ }
$SIG{TERM} = sub { note(stopped => now()); exit 0 };
note(pid => $$);
note(began => $began);

sub put {
    my ($text) = @_;
    for (my $at = 0; $at < length $text;) {
        my $written = syswrite STDOUT, $text, length($text) - $at, $at;
        next if !defined $written && $!{EINTR};    # SIGTERM, whose handler comes next.
        die "stdout: $!" if !defined $written;
        $at += $written;
    }
}

sub put_fatal {
    note(wrote => now());    # Before the write: SIGTERM may come at once, and a full pipe is delay.
    put($FATAL);
}

if (!defined $lines) {
    my $left = $began + $delay - now();
    sleep($left) if $left > 0;
    put_fatal();
    sleep 1 while 1;
}

open my $file, '<:raw', $lines or die "$lines: $!";
my $text = do { local $/; <$file> };
my ($offset, $due, $done) = (0, $began, 0);
while (1) {
    my $now = now();
    if (!$done && $now - $began >= $delay) { put_fatal(); $done = 1; }
    # What a full pipe has held up isn't made up for in a burst.
    $due = $now - 0.01 if $due < $now - 0.01;
    sleep($due - $now) if $due > $now;
    put(substr $text, $offset, $PIECE);
    $offset = $offset + 2 * $PIECE > length $text ? 0 : $offset + $PIECE;
    $due += $PIECE / $rate;
}
