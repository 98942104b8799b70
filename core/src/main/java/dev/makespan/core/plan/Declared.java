package dev.makespan.core.plan;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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

  /**
   * What is known of a task before it is read.
   *
   * @param number from 0, in the order of the file
   * @param id one object for all that refer to the task; null: it is not written as an id
   * @param need one object for all that need the whole task; null as the id is
   */
  record Named(int number, @Nullable TaskId id, @Nullable Need need, List<String> milestones) {

    static Named of(int number, String id, List<String> milestones) {
      if (!Names.isId(id)) {
        return new Named(number, null, null, milestones);
      }
      TaskId task = new TaskId(id);
      return new Named(number, task, Need.of(task), milestones);
    }
  }

  final Map<String, Named> tasks = new LinkedHashMap<>();

  private int costlySuggestions;

  /** {@code "unknown task 'x', did you mean 'y'?"}. */
  String unknownTask(String id, Problems problems) {
    boolean costly = tasks.size() > LARGE;
    if (costly && ++costlySuggestions > MAX_COSTLY_SUGGESTIONS) {
      return "unknown task " + Shown.quoted(id);
    }
    return "unknown task " + Shown.quoted(id) + problems.suggestion(id, tasks.keySet());
  }
}
