package dev.makespan.core.finding;

import dev.makespan.core.plan.Completion;
import dev.makespan.core.plan.Estimate;
import dev.makespan.core.plan.Execution;
import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.FileMode;
import dev.makespan.core.plan.FilePattern;
import dev.makespan.core.plan.FilePolicy;
import dev.makespan.core.plan.Milestone;
import dev.makespan.core.plan.Need;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Step;
import dev.makespan.core.plan.Task;
import dev.makespan.core.plan.TaskId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Makes tasks of the steps of a task, which they follow one after another. The last piece has what
 * must be there when the task is done, and what it publishes.
 */
final class Pieces {

  private static final int MAX_ID = 63;

  private final Set<TaskId> taken = new TreeSet<>();

  /** Named by stubs, risks and policies: changes of a split do not reach those. */
  private final Set<TaskId> named = new TreeSet<>();

  Pieces(Plan plan) {
    plan.tasks().forEach(task -> taken.add(task.id()));
    plan.tasks().forEach(task -> task.stubs().forEach(stub -> named.add(stub.task())));
    plan.risks().forEach(risk -> named.addAll(risk.tasks()));
    for (FilePolicy policy : plan.files()) {
      TaskId owner = policy.owner();
      if (owner != null) {
        named.add(owner);
      }
    }
  }

  /** Whether the steps make up the task, have ids as tasks, and only needs name the task. */
  boolean arePossible(Task task) {
    return Steps.makeUp(task)
        && !named.contains(task.id())
        && task.steps().stream().allMatch(step -> isFree(task, step));
  }

  private boolean isFree(Task task, Step step) {
    String id = idText(task, step);
    return id.length() <= MAX_ID && !taken.contains(new TaskId(id));
  }

  private static String idText(Task task, Step step) {
    return task.id().value() + "-" + step.id();
  }

  static TaskId id(Task task, List<Step> steps) {
    return new TaskId(idText(task, steps.getFirst()));
  }

  /** One piece for the steps with these needs. */
  Task piece(Task task, List<Step> steps, List<Need> needs) {
    boolean isLast = steps.contains(task.steps().getLast());
    Execution all = task.execution();
    return new Task(
        id(task, steps),
        steps.stream().map(Step::title).collect(Collectors.joining("; ")),
        task.placement(),
        estimate(task, steps),
        needs,
        task.stubs(),
        files(task, steps),
        task.uses(),
        milestones(task, steps),
        steps.size() > 1 ? within(steps) : List.of(),
        task.ranges(),
        isLast ? all : withoutPublishes(all),
        isLast ? task.completion() : Completion.NONE,
        task.budget());
  }

  /** The steps without what they say of steps of other pieces. */
  private static List<Step> within(List<Step> steps) {
    List<String> ids = steps.stream().map(Step::id).toList();
    return steps.stream()
        .map(step ->
            new Step(
                step.id(),
                step.title(),
                step.duration(),
                step.reads(),
                step.writes(),
                step.after().stream().filter(ids::contains).toList()))
        .toList();
  }

  private static Execution withoutPublishes(Execution all) {
    return new Execution(
        all.work(), all.env(), all.secrets(), all.timeout(), all.retry(), all.context(), List.of());
  }

  private static long millis(List<Step> steps) {
    return steps.stream().mapToLong(step -> step.duration().toMillis()).sum();
  }

  /** The uncertainty of the task is spread over its pieces by their durations. */
  private static Estimate estimate(Task task, List<Step> steps) {
    long likely = millis(steps);
    long all = Math.max(1, task.duration().toMillis());
    double part = (double) likely / all;
    Duration shorter =
        Duration.ofMillis((long) Math.floor(task.estimate().optimistic().toMillis() * part));
    Duration longer =
        Duration.ofMillis((long) Math.ceil(task.estimate().pessimistic().toMillis() * part));
    Duration middle = Duration.ofMillis(likely);
    return new Estimate(
        shorter.compareTo(middle) > 0 ? middle : shorter,
        middle,
        longer.compareTo(middle) < 0 ? middle : longer,
        null,
        false);
  }

  /** What its steps touch, and what the task touches beside all of its steps. */
  private static List<FileAccess> files(Task task, List<Step> steps) {
    Set<FilePattern> written = new LinkedHashSet<>();
    steps.forEach(step -> written.addAll(step.writes()));
    Set<FileAccess> files = new LinkedHashSet<>();
    for (FileAccess access : task.files()) {
      boolean ofThese = steps.stream().anyMatch(step -> Steps.names(step, access));
      if (ofThese || !Steps.isOfAStep(task, access)) {
        boolean isRead = ofThese && !written.contains(access.path());
        files.add(isRead ? new FileAccess(access.path(), FileMode.READ) : access);
      }
    }
    Set<FilePattern> known = new LinkedHashSet<>();
    files.forEach(access -> known.add(access.path()));
    written.stream()
        .filter(path -> known.add(path))
        .forEach(path -> files.add(new FileAccess(path, FileMode.WRITE)));
    steps.stream()
        .flatMap(step -> step.reads().stream())
        .filter(path -> known.add(path))
        .forEach(path -> files.add(new FileAccess(path, FileMode.READ)));
    return List.copyOf(files);
  }

  private static Duration start(Task task, List<Step> steps) {
    int first = task.steps().indexOf(steps.getFirst());
    return first == 0 ? Duration.ZERO : Steps.end(task, first - 1);
  }

  /** The task's milestones that fall into these steps, their ends included. */
  private static List<Milestone> milestones(Task task, List<Step> steps) {
    Duration start = start(task, steps);
    Duration end = start.plusMillis(millis(steps));
    List<Milestone> own = new ArrayList<>();
    for (Milestone milestone : task.milestones()) {
      boolean isBehindStart =
          milestone.after().compareTo(start) > 0 || (start.isZero() && milestone.after().isZero());
      if (isBehindStart && milestone.after().compareTo(end) <= 0) {
        own.add(new Milestone(milestone.id(), milestone.title(), milestone.after().minus(start)));
      }
    }
    return own;
  }

  /**
   * What a need on a milestone of the task becomes: all pieces before the one that it falls into,
   * and that one, up to the milestone.
   *
   * @param pieces the whole task, in order
   */
  static List<Need> upTo(Need need, List<Task> pieces) {
    List<Need> needs = new ArrayList<>();
    for (Task piece : pieces) {
      for (Milestone milestone : piece.milestones()) {
        if (milestone.id().equals(need.milestone())) {
          boolean isEnd = milestone.after().equals(piece.duration());
          needs.add(isEnd ? Need.of(piece.id()) : new Need(piece.id(), milestone.id()));
          return needs;
        }
      }
      needs.add(Need.of(piece.id()));
    }
    return needs;
  }
}
