package dev.makespan.core.analysis;

import dev.makespan.core.plan.Completion;
import dev.makespan.core.plan.Estimate;
import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.FileMode;
import dev.makespan.core.plan.Need;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Step;
import dev.makespan.core.plan.Task;
import dev.makespan.core.plan.TaskId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Makes each step of one task a task of its own, with the needs that its files ask for. */
final class StepCut {

  private static final int MAX_ID = 63;

  private final Plan plan;
  private final Task task;
  private final Map<TaskId, Task> byId = new TreeMap<>();

  private StepCut(Plan plan, Task task) {
    this.plan = plan;
    this.task = task;
    plan.tasks().forEach(other -> byId.put(other.id(), other));
  }

  /** Whether the steps make up the task and nothing hangs on one of its milestones. */
  static boolean isPossible(Plan plan, Task task) {
    Duration all = task.steps().stream().map(Step::duration).reduce(Duration.ZERO, Duration::plus);
    return task.steps().size() > 1
        && all.equals(task.duration())
        && task.steps().stream().allMatch(step -> idText(task, step).length() <= MAX_ID)
        && task.steps().stream().noneMatch(step -> isTaken(plan, idText(task, step)))
        && plan.tasks().stream()
            .flatMap(other -> other.needs().stream())
            .noneMatch(need -> need.milestone() != null && need.task().equals(task.id()));
  }

  private static boolean isTaken(Plan plan, String id) {
    return plan.tasks().stream().anyMatch(task -> task.id().value().equals(id));
  }

  private static String idText(Task task, Step step) {
    return task.id().value() + "-" + step.id();
  }

  static Plan of(Plan plan, TaskId id) {
    Task task =
        plan.tasks().stream().filter(other -> other.id().equals(id)).findFirst().orElseThrow();
    return new StepCut(plan, task).cut();
  }

  private Plan cut() {
    List<Task> pieces = task.steps().stream().map(this::piece).toList();
    List<Task> tasks = new ArrayList<>();
    for (Task other : plan.tasks()) {
      if (other.id().equals(task.id())) {
        tasks.addAll(pieces);
      } else {
        tasks.add(other.withNeeds(needsOn(other, pieces)));
      }
    }
    return plan.withTasks(tasks);
  }

  private Task piece(Step step) {
    boolean last = step.equals(task.steps().getLast());
    return new Task(
        new TaskId(idText(task, step)),
        step.title(),
        task.placement(),
        Estimate.exactly(step.duration()),
        needsOf(step),
        task.stubs(),
        filesOf(step),
        task.uses(),
        List.of(),
        List.of(),
        task.ranges(),
        task.execution(),
        last ? task.completion() : Completion.NONE,
        task.budget());
  }

  private List<FileAccess> filesOf(Step step) {
    return Stream.concat(
            task.files().stream(),
            Stream.concat(
                step.reads().stream().map(path -> new FileAccess(path, FileMode.READ)),
                step.writes().stream().map(path -> new FileAccess(path, FileMode.WRITE))))
        .toList();
  }

  /** Steps before it that it says or shares a file with, and whoever wrote what it touches. */
  private List<Need> needsOf(Step step) {
    List<Need> needs = new ArrayList<>();
    for (Step earlier : task.steps().subList(0, task.steps().indexOf(step))) {
      if (step.after().contains(earlier.id()) || share(stepFiles(earlier), stepFiles(step))) {
        needs.add(Need.of(new TaskId(idText(task, earlier))));
      }
    }
    if (step.reads().isEmpty()) {
      needs.addAll(task.needs());
      return needs;
    }
    task.needs().stream().filter(this::carriesMore).forEach(needs::add);
    for (TaskId ancestor : ancestors()) {
      if (share(allFiles(known(ancestor)), filesOf(step))) {
        needs.add(Need.of(ancestor));
      }
    }
    return needs;
  }

  /** A milestone, or something besides files flows over it. */
  private boolean carriesMore(Need need) {
    Task provider = known(need.task());
    return need.milestone() != null
        || !provider.completion().artifacts().isEmpty()
        || !provider.execution().publishes().isEmpty();
  }

  private Task known(TaskId id) {
    return Objects.requireNonNull(byId.get(id));
  }

  /** All that the task waits for to be finished, whether it says so itself or not. */
  private Set<TaskId> ancestors() {
    Set<TaskId> found = new TreeSet<>();
    List<TaskId> open = new ArrayList<>();
    task.needs().stream().filter(need -> need.milestone() == null).forEach(n -> open.add(n.task()));
    while (!open.isEmpty()) {
      TaskId next = open.removeLast();
      if (found.add(next)) {
        known(next).needs().stream()
            .filter(need -> need.milestone() == null)
            .forEach(need -> open.add(need.task()));
      }
    }
    return found;
  }

  /** A successor needs the pieces that it shares a file with; when that is none, all of them. */
  private List<Need> needsOn(Task other, List<Task> pieces) {
    List<Need> needs = new ArrayList<>();
    for (Need need : other.needs()) {
      if (!need.task().equals(task.id())) {
        needs.add(need);
        continue;
      }
      List<Task> shared =
          pieces.stream().filter(piece -> share(piece.files(), allFiles(other))).toList();
      boolean anyWrites = shared.stream().anyMatch(piece -> flows(piece.files(), allFiles(other)));
      (anyWrites ? shared : pieces).forEach(piece -> needs.add(Need.of(piece.id())));
    }
    return needs;
  }

  private static List<FileAccess> stepFiles(Step step) {
    return Stream.concat(
            step.reads().stream().map(path -> new FileAccess(path, FileMode.READ)),
            step.writes().stream().map(path -> new FileAccess(path, FileMode.WRITE)))
        .toList();
  }

  private static List<FileAccess> allFiles(Task task) {
    return Stream.concat(
            task.files().stream(), task.steps().stream().flatMap(step -> stepFiles(step).stream()))
        .toList();
  }

  /** Whether something that {@code first} writes is touched by {@code then}. */
  private static boolean share(List<FileAccess> first, List<FileAccess> then) {
    return first.stream()
        .filter(access -> access.mode() != FileMode.READ)
        .anyMatch(access -> then.stream().anyMatch(b -> access.path().overlaps(b.path())));
  }

  private static boolean flows(List<FileAccess> first, List<FileAccess> then) {
    return share(first, then.stream().filter(access -> access.mode() == FileMode.READ).toList());
  }
}
