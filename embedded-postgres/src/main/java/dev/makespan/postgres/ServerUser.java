package dev.makespan.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * As whom PostgreSQL runs: it refuses root. Root therefore enters a user namespace, in which it is
 * nobody and its files stay its own, or steps down to a system user.
 *
 * @param prefix what stands before each command
 * @param name whose files the data must be; empty: the caller's
 */
record ServerUser(List<String> prefix, String name) {

  private static final int PROBE_SECONDS = 10;
  private static final List<String> SYSTEM_USERS = List.of("postgres", "nobody");

  static ServerUser choose() throws StartFailure, InterruptedException {
    if (!System.getProperty("user.name").equals("root")) {
      return new ServerUser(List.of(), "");
    }
    if (succeeds(List.of("unshare", "-U", "true"))) {
      return new ServerUser(List.of("unshare", "-U"), "");
    }
    for (String user : SYSTEM_USERS) {
      List<String> stepDown = List.of("setpriv", "--reuid=" + user, "--clear-groups");
      if (succeeds(with(stepDown, List.of("true")))) {
        return new ServerUser(stepDown, user);
      }
    }
    throw new StartFailure(
        "PostgreSQL does not run as root, and neither user namespaces (unshare -U) nor setpriv can be"
            + " used here; run makespan as another user, or set DATABASE_URL");
  }

  List<String> command(List<String> command) {
    return with(prefix, command);
  }

  /** Makes {@code directory} the server's, where it runs as another user. */
  void own(Path directory) throws StartFailure, InterruptedException {
    if (name.isEmpty()) {
      return;
    }
    boolean owned = succeeds(List.of("chown", "-R", name, directory.toString()));
    if (!owned || !succeeds(command(List.of("test", "-w", directory.toString())))) {
      throw new StartFailure(
          "PostgreSQL does not run as root, and its stand-in '"
              + name
              + "' can't write "
              + directory
              + "; set MAKESPAN_HOME to a folder it can reach, run makespan as another user, or set"
              + " DATABASE_URL");
    }
  }

  private static List<String> with(List<String> prefix, List<String> command) {
    List<String> all = new ArrayList<>(prefix);
    all.addAll(command);
    return List.copyOf(all);
  }

  private static boolean succeeds(List<String> command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(PROBE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
