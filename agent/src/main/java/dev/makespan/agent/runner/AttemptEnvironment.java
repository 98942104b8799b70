package dev.makespan.agent.runner;

import dev.makespan.core.session.TaskSpec.AssignedRange;
import dev.makespan.core.task.TaskRef;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The variables that a command finds: the agent's by allow-list, the task's, and ours last. */
final class AttemptEnvironment {

  /** What every command may need and no secret is in. */
  static final List<String> ALWAYS =
      List.of(
          "PATH",
          "HOME",
          "USER",
          "LOGNAME",
          "SHELL",
          "LANG",
          "LC_ALL",
          "LC_CTYPE",
          "TZ",
          "TERM",
          "JAVA_HOME",
          "SSL_CERT_FILE",
          "SSL_CERT_DIR");

  private AttemptEnvironment() {}

  /**
   * All variables of a command.
   *
   * @param allowed names of the agent's own that are handed on, beside {@link #ALWAYS}
   * @param ours beginning with MAKESPAN_, and TMPDIR
   */
  static Map<String, String> of(
      Map<String, String> agents,
      Set<String> allowed,
      Map<String, String> tasks,
      Map<String, String> ours) {
    Map<String, String> all = new TreeMap<>();
    agents.forEach((name, value) -> {
      if (ALWAYS.contains(name) || allowed.contains(name)) {
        all.put(name, value);
      }
    });
    all.putAll(tasks);
    all.keySet().removeIf(name -> name.startsWith("MAKESPAN_"));
    all.putAll(ours);
    return all;
  }

  /** Which attempt it is, and the numbers that are its own. */
  static Map<String, String> names(TaskRef task, int attempt, List<AssignedRange> ranges) {
    Map<String, String> names = new TreeMap<>();
    names.put("MAKESPAN_RUN", task.run().toString());
    names.put("MAKESPAN_TASK", task.task().value());
    names.put("MAKESPAN_ATTEMPT", Integer.toString(attempt));
    for (AssignedRange range : ranges) {
      String name = "MAKESPAN_RANGE_" + variable(range.name());
      names.put(name + "_FIRST", Long.toString(range.first()));
      names.put(name + "_LAST", Long.toString(range.last()));
    }
    return names;
  }

  private static String variable(String name) {
    return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }
}
