package dev.makespan.core.finding;

import dev.makespan.core.change.PlanChange;
import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.FileMode;
import dev.makespan.core.plan.FilePattern;
import dev.makespan.core.plan.NumberRange;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Gives tasks that number files in one folder numbers of their own, and so files of their own. */
final class NumberedFiles {

  private static final String RANGE = "migrations";
  private static final NumberRange USUAL = new NumberRange(RANGE, 1_000, 100, 100);

  private final Plan plan;
  private final FilePattern path;
  private final List<Task> writers;

  /** {@code writers}: all who write {@code path}, a glob, as it stands there. */
  NumberedFiles(Plan plan, FilePattern path, List<Task> writers) {
    this.plan = plan;
    this.path = path;
    this.writers = writers;
  }

  /** Empty: the folder is not one of numbered files, or the numbers would not keep them apart. */
  Optional<List<PlanChange>> changes() {
    if (!path.isGlob() || !path.folder().contains("migration")) {
      return Optional.empty();
    }
    Optional<NumberRange> known =
        plan.ranges().stream().filter(range -> range.name().equals(RANGE)).findFirst();
    NumberRange range = known.orElse(USUAL);
    return files(range).map(files -> changes(known.isEmpty(), range, files));
  }

  private List<PlanChange> changes(boolean isNew, NumberRange range, List<FilePattern> files) {
    List<PlanChange> changes = new ArrayList<>();
    if (isNew) {
      changes.add(new PlanChange.SetRange(range));
    }
    for (int i = 0; i < writers.size(); i++) {
      Task task = writers.get(i);
      if (!task.ranges().contains(RANGE)) {
        changes.add(new PlanChange.TakeRange(task.id(), RANGE));
      }
      changes.add(
          new PlanChange.ReplaceAccess(
              task.id(),
              new FileAccess(path, FileMode.WRITE),
              new FileAccess(files.get(i), FileMode.WRITE)));
    }
    return changes;
  }

  /** Per writer the files that begin with its numbers, which are handed out in the plan's order. */
  private Optional<List<FilePattern>> files(NumberRange range) {
    List<String> numbers = new ArrayList<>();
    int asked = 0;
    try {
      for (Task task : plan.tasks()) {
        boolean writes = writers.contains(task);
        if (writes) {
          numbers.add(common(range.firstOf(asked), range.lastOf(asked)));
        }
        asked += writes || task.ranges().contains(RANGE) ? 1 : 0;
      }
    } catch (ArithmeticException tooLarge) {
      return Optional.empty();
    }
    String folder = path.folder();
    return areApart(numbers)
        ? Optional.of(numbers.stream().map(n -> new FilePattern(folder + "/" + n + "*")).toList())
        : Optional.empty();
  }

  /** What all numbers from {@code first} to {@code last} begin with; empty: nothing. */
  private static String common(long first, long last) {
    String low = Long.toString(first);
    String high = Long.toString(last);
    int same = 0;
    while (low.length() == high.length()
        && same < low.length()
        && low.charAt(same) == high.charAt(same)) {
      same++;
    }
    return low.substring(0, same);
  }

  private static boolean areApart(List<String> numbers) {
    List<String> sorted = numbers.stream().sorted().toList();
    for (int i = 1; i < sorted.size(); i++) {
      if (sorted.get(i).startsWith(sorted.get(i - 1))) {
        return false;
      }
    }
    return true;
  }
}
