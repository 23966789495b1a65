#!/usr/bin/perl
# An agent that does what it is told, one step after the other: agent.pl FOLDER STEP...
# Its output lies ready in FOLDER/out and FOLDER/err; FOLDER/out.at and FOLDER/err.at say how much of
# it has been written. Perl, because every Debian has it.
use strict;
use warnings;
use POSIX ();

my ($folder, @steps) = @ARGV;
my %stream = (out => \*STDOUT, err => \*STDERR);
my (%bytes, %at, %note);
for my $name (keys %stream) {
  open my $in, "<:raw", "$folder/$name" or die "$folder/$name: $!";
  local $/;
  $bytes{$name} = <$in> // "";
  $at{$name} = 0;
  open $note{$name}, ">", "$folder/$name.at" or die "$folder/$name.at: $!";
}
# Not ignored: forwarding has to reach a handler, and cuts system calls short.
$SIG{$_} = sub { } for qw(USR1 USR2);

my %step = (
  # ready: signals may come from now on
  ready => sub { open my $file, ">", "$folder/ready" or die $! },
  # write:STREAM:LENGTH:CHUNK:PAUSE: the next bytes, in pieces, with a pause of ms after each
  write => sub {
    my ($name, $length, $chunk, $pause) = @_;
    while ($length > 0) {
      my $size = $length < $chunk ? $length : $chunk;
      my $written = syswrite($stream{$name}, $bytes{$name}, $size, $at{$name});
      # A signal cuts a write short, or ends it before it has begun.
      next if !defined $written && $!{EINTR};
      exit 98 unless defined $written;
      $at{$name} += $written;
      $length -= $written;
      sysseek $note{$name}, 0, 0;
      syswrite $note{$name}, $at{$name};
      pause($pause) if $pause;
    }
  },
  # rewind: the output begins anew
  rewind => sub { %at = map { $_ => 0 } keys %at },
  # sleep:MS
  sleep => sub { pause($_[0]) },
  # close:STREAM
  close => sub { close $stream{$_[0]} },
  # trap:CODE: what asks it to end ends it with this code; ignore: does nothing
  trap => sub { my $code = $_[0]; $SIG{$_} = sub { POSIX::_exit($code) } for qw(TERM INT HUP QUIT) },
  ignore => sub { $SIG{$_} = "IGNORE" for qw(TERM INT HUP QUIT) },
  # fork:HOW: a descendant that lives on: in the `group`, in a `session` of its own, `stubborn`
  fork => sub { descendant($_[0]) },
  # orphans:COUNT: descendants without a parent that end soon
  orphans => sub {
    for my $i (1 .. $_[0]) {
      my $pid = fork // next;
      if (!$pid) { fork // 0; select(undef, undef, undef, 0.01 * $i); POSIX::_exit($i) }
    }
  },
  exit => sub { POSIX::_exit($_[0]) },
  # die:SIGNAL
  die => sub { $SIG{$_[0]} = "DEFAULT" if $_[0] ne "KILL"; kill $_[0], $$; hang() },
  hang => \&hang,
);

my $again = @steps && $steps[-1] eq "loop" ? pop @steps : undef;
do {
  for (@steps) {
    my ($name, @with) = split /:/;
    $step{$name}->(@with);
  }
  # What has ended since is ours to reap.
  1 while waitpid(-1, POSIX::WNOHANG()) > 0;
} while ($again);
POSIX::_exit(0);

sub pause { select(undef, undef, undef, $_[0] / 1000) }
sub hang { sleep 1 while 1 }

sub descendant {
  my ($how) = @_;
  my $pid = fork // die "fork: $!";
  return if $pid;
  POSIX::setsid() if $how =~ /session/;
  $SIG{$_} = $how =~ /stubborn/ ? "IGNORE" : "DEFAULT" for qw(TERM INT HUP QUIT);
  hang();
}
