package dev.makespan.agent.runner;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Finds processes that have left their group, by a variable that all children inherit: as build
 * servers do. Only where there is /proc; who throws the variable away is not found.
 */
final class Leftovers {

  private static final int MAX_ROUNDS = 20;
  private static final int MAX_ENVIRONMENT = 4 * 1024 * 1024;

  private Leftovers() {}

  /**
   * Kills all whose environment has {@code marker} in it, until none is found: they may start
   * others meanwhile.
   */
  static void kill(String marker) {
    for (int round = 0; round < MAX_ROUNDS; round++) {
      List<ProcessHandle> found = find(marker);
      if (found.isEmpty()) {
        return;
      }
      found.forEach(ProcessHandle::destroyForcibly);
    }
  }

  static List<ProcessHandle> find(String marker) {
    long self = ProcessHandle.current().pid();
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.filter(one -> one.pid() != self && has(one, marker)).toList();
    }
  }

  private static boolean has(ProcessHandle process, String marker) {
    Path environment = Path.of("/proc", Long.toString(process.pid()), "environ");
    try (var content = Files.newInputStream(environment)) {
      String text = new String(content.readNBytes(MAX_ENVIRONMENT), StandardCharsets.ISO_8859_1);
      return text.contains(
          new String(marker.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      // Another user's, or gone.
      return false;
    }
  }
}
