package dev.makespan.core.dispatch;

import dev.makespan.core.plan.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The tasks that may start, in order, by role. */
final class ReadyQueue {

  private final Map<Role, TreeSet<ReadyTask>> byRole = new TreeMap<>();

  void add(Role role, ReadyTask task) {
    byRole.computeIfAbsent(role, _ -> new TreeSet<>()).add(task);
  }

  void remove(Role role, ReadyTask task) {
    TreeSet<ReadyTask> tasks = byRole.get(role);
    if (tasks != null) {
      tasks.remove(task);
      if (tasks.isEmpty()) {
        byRole.remove(role);
      }
    }
  }

  /** A walk over all tasks in order; tasks may be added and removed while it goes on. */
  Walk walk() {
    return new Walk();
  }

  /** One pass. Roles for which nobody is free are stepped over as a whole, however long. */
  final class Walk {

    private final List<Cursor> cursors = new ArrayList<>();

    private Walk() {
      byRole.forEach((role, tasks) -> cursors.add(new Cursor(role, tasks.first())));
    }

    /** The next task whose role is wanted; null: none is left. */
    @Nullable Next next(Predicate<Role> wanted) {
      cursors.removeIf(cursor -> !wanted.test(cursor.role()));
      Cursor best = null;
      for (Cursor cursor : cursors) {
        if (best == null || cursor.task().compareTo(best.task()) < 0) {
          best = cursor;
        }
      }
      if (best == null) {
        return null;
      }
      advance(best);
      return new Next(best.role(), best.task());
    }

    private void advance(Cursor cursor) {
      cursors.remove(cursor);
      TreeSet<ReadyTask> tasks = byRole.get(cursor.role());
      ReadyTask following = tasks == null ? null : tasks.higher(cursor.task());
      if (following != null) {
        cursors.add(new Cursor(cursor.role(), following));
      }
    }
  }

  /** A task and the role that it wants. */
  record Next(Role role, ReadyTask task) {}

  private record Cursor(Role role, ReadyTask task) {}
}
