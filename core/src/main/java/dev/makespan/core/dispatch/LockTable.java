package dev.makespan.core.dispatch;

import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.FilePattern;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who holds which files of one run. A task gets all its locks at once or none, so there is no
 * deadlock. Plain paths are looked up, globs are compared with all.
 */
final class LockTable {

  private final Map<String, List<Holding>> plain = new LinkedHashMap<>();
  private final List<Holding> globs = new ArrayList<>();

  /** One access that is held. */
  record Holding(int task, FileAccess access) {}

  /** What keeps somebody from getting a file. */
  record Conflict(FilePattern path, int holder) {}

  /** Who may hold a file together although one of them writes. */
  interface Sharing {
    boolean mayShare(FileAccess wanted, Holding held);
  }

  /** The first conflict of {@code wanted} with what is held; null: all are free. */
  @Nullable Conflict findConflict(List<FileAccess> wanted, Sharing sharing) {
    for (FileAccess access : wanted) {
      Conflict conflict = findConflict(access, sharing);
      if (conflict != null) {
        return conflict;
      }
    }
    return null;
  }

  private @Nullable Conflict findConflict(FileAccess wanted, Sharing sharing) {
    Conflict conflict = findConflict(wanted, sharing, globs);
    if (conflict != null) {
      return conflict;
    }
    if (!wanted.path().isGlob()) {
      return findConflict(wanted, sharing, plain.getOrDefault(wanted.path().text(), List.of()));
    }
    for (List<Holding> held : plain.values()) {
      conflict = findConflict(wanted, sharing, held);
      if (conflict != null) {
        return conflict;
      }
    }
    return null;
  }

  private static @Nullable Conflict findConflict(
      FileAccess wanted, Sharing sharing, List<Holding> held) {
    for (Holding holding : held) {
      if (holding.access().conflictsWith(wanted) && !sharing.mayShare(wanted, holding)) {
        return new Conflict(wanted.path(), holding.task());
      }
    }
    return null;
  }

  void take(int task, List<FileAccess> accesses) {
    for (FileAccess access : accesses) {
      holdingsOf(access).add(new Holding(task, access));
    }
  }

  void release(int task, List<FileAccess> accesses) {
    for (FileAccess access : accesses) {
      List<Holding> held = holdingsOf(access);
      held.removeIf(holding -> holding.task() == task);
      if (held.isEmpty() && !access.path().isGlob()) {
        plain.remove(access.path().text());
      }
    }
  }

  private List<Holding> holdingsOf(FileAccess access) {
    return access.path().isGlob()
        ? globs
        : plain.computeIfAbsent(access.path().text(), _ -> new ArrayList<>(1));
  }
}
