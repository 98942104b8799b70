package dev.makespan.postgres;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts a child process into a session of its own, so that Ctrl-C in a terminal reaches the launcher
 * alone and it stops its children in their order. Where neither program is there, children get the
 * signal too, which they survive without loss.
 */
public final class OwnSession {

  private static final Path SETSID = Path.of("/usr/bin/setsid");
  private static final Path PERL = Path.of("/usr/bin/perl");

  private OwnSession() {}

  /** {@code command} with what opens a session before it; the process id stays the child's. */
  public static List<String> command(List<String> command) {
    List<String> all = new ArrayList<>();
    if (Files.isExecutable(SETSID)) {
      all.add(SETSID.toString());
    } else if (Files.isExecutable(PERL)) {
      all.addAll(
          List.of(PERL.toString(), "-MPOSIX", "-e", "POSIX::setsid(); exec @ARGV or die $!"));
    }
    all.addAll(command);
    return List.copyOf(all);
  }
}
