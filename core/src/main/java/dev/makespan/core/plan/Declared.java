package dev.makespan.core.plan;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The names that a plan declares: what its references are held against. */
final class Declared {

  /** Suggestions that look through all tasks of a large plan; then there are none. */
  private static final int MAX_COSTLY_SUGGESTIONS = 100;

  private static final int LARGE = 1_000;

  final Set<String> parameters = new LinkedHashSet<>();
  final Map<String, Rate> rates = new LinkedHashMap<>();
  final Map<Role, Integer> pools = new LinkedHashMap<>();
  final Map<String, Integer> resources = new LinkedHashMap<>();
  final Set<String> ranges = new LinkedHashSet<>();
  final Set<String> phases = new LinkedHashSet<>();

  /** None before they are looked through. */
  DeclaredTasks tasks = new DeclaredTasks(0);

  private int costlySuggestions;

  /** {@code "unknown task 'x', did you mean 'y'?"}. */
  String unknownTask(String id, Problems problems) {
    boolean costly = tasks.size() > LARGE;
    if (costly && ++costlySuggestions > MAX_COSTLY_SUGGESTIONS) {
      return "unknown task " + Shown.quoted(id);
    }
    return "unknown task " + Shown.quoted(id) + problems.suggestion(id, tasks.ids());
  }
}
