package dev.makespan.core.finding;

import dev.makespan.core.plan.Estimate;
import dev.makespan.core.plan.Level;
import dev.makespan.core.plan.Milestone;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.PlanPart;
import dev.makespan.core.plan.Task;
import dev.makespan.core.plan.TaskId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** SERIAL: the critical path is most of the work; which of its tasks to cut. */
final class SerialPlans implements Finder {

  /** From so much of the work on, in percent, a critical path makes a plan serial. */
  static final int SERIAL_PERCENT = 60;

  /** Cuts that are told. */
  static final int MAX_CUTS = 3;

  @Override
  public List<Finding> find(Scope scope) {
    long work = scope.analysis().sequential().toMillis();
    long path = scope.criticalPath().length();
    if (scope.plan().tasks().size() < 2 || path * 100 <= work * SERIAL_PERCENT) {
      return List.of();
    }
    List<TaskId> tasks = new ArrayList<>();
    List<Evidence> evidence = new ArrayList<>();
    for (int v : scope.criticalPath().path()) {
      Task task = scope.task(v);
      tasks.add(task.id());
      evidence.add(
          new Evidence(
              new PlanPart.OfTask(task.id()),
              task.id() + " takes " + Sentence.time(task.duration())));
    }
    return List.of(
        new Finding(
            "serial:" + scope.plan().name(),
            FindingKind.SERIAL,
            path == work ? Level.HIGH : Level.MEDIUM,
            Confidence.CERTAIN,
            "The critical path is %d %% of all work%s."
                .formatted(
                    Math.round(100.0 * path / work),
                    path == work
                        ? ": nothing can run side by side"
                        : ", so that more agents win little until it is cut"),
            tasks,
            evidence,
            cuts(scope)));
  }

  /** What halving each of the longest tasks of the path wins; nobody's plan file can say how. */
  private static List<Remedy> cuts(Scope scope) {
    List<Remedy> cuts = new ArrayList<>();
    List<Task> longest = new ArrayList<>();
    for (int v : scope.criticalPath().path()) {
      longest.add(scope.task(v));
    }
    longest.sort(Comparator.comparing(Task::duration).reversed());
    for (Task task : longest.subList(0, Math.min(MAX_CUTS, longest.size()))) {
      Optional<Duration> makespan = scope.pricing().makespanOf(halved(scope.plan(), task));
      makespan.ifPresent(priced ->
          cuts.add(
              new Remedy(
                  "cut",
                  "Cut %s in two, or let it do half as much.".formatted(task.id()),
                  priced,
                  scope.pricing().gain(priced),
                  Level.HIGH,
                  Level.MEDIUM,
                  "Half of %s can be left out or done beside it.".formatted(task.id()),
                  List.of())));
    }
    cuts.sort(Comparator.comparing(Remedy::gain).reversed());
    return cuts;
  }

  private static Plan halved(Plan plan, Task task) {
    Duration half = task.duration().dividedBy(2);
    List<Milestone> milestones =
        task.milestones().stream()
            .map(m -> m.after().compareTo(half) <= 0 ? m : new Milestone(m.id(), m.title(), half))
            .toList();
    List<Task> tasks = new ArrayList<>(plan.tasks());
    tasks.set(
        tasks.indexOf(task), task.withEstimate(Estimate.exactly(half)).withMilestones(milestones));
    return plan.withTasks(tasks);
  }
}
