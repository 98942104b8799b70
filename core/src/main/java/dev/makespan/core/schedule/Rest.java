package dev.makespan.core.schedule;

import dev.makespan.core.plan.Estimate;
import dev.makespan.core.plan.Milestone;
import dev.makespan.core.plan.MilestoneId;
import dev.makespan.core.plan.Need;
import dev.makespan.core.plan.Phase;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Role;
import dev.makespan.core.plan.Task;
import dev.makespan.core.plan.TaskId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is left of a plan at some moment of its run, as a plan from that moment on. */
final class Rest {

  /** So many measured tasks say how far others may go astray. */
  static final int MIN_MEASURED = 5;

  /** Of a task that has taken longer than it was ever expected to: the rest, as part of that. */
  private static final double OVERDUE_LIKELY = 0.05;

  private static final double OVERDUE_WORST = 0.25;

  private final Plan plan;
  private final List<TaskStanding> standings;
  private final Map<TaskId, TaskStanding> byId = new LinkedHashMap<>();
  private final Pace pace = new Pace();
  private double best = 1;
  private double worst = 1;

  Rest(Plan plan, List<TaskStanding> standings) {
    this.plan = plan;
    this.standings = standings;
    for (int i = 0; i < standings.size(); i++) {
      Task task = plan.tasks().get(i);
      byId.put(task.id(), standings.get(i));
      if (standings.get(i) instanceof TaskStanding.Done done) {
        pace.add(task.role(), task.duration(), done.took());
      }
    }
    measureSpread();
  }

  Map<Role, Double> paces() {
    Map<Role, Double> paces = new TreeMap<>();
    plan.tasks().forEach(task -> paces.put(task.role(), pace.of(task.role())));
    return paces;
  }

  /** How far finished tasks were from what their role's pace made of their plan. */
  private void measureSpread() {
    List<Double> shares = new ArrayList<>();
    for (int i = 0; i < standings.size(); i++) {
      Task task = plan.tasks().get(i);
      double expected = pace.scaled(task.role(), task.duration()).toMillis();
      if (standings.get(i) instanceof TaskStanding.Done done && expected > 0) {
        shares.add(done.took().toMillis() / expected);
      }
    }
    if (shares.size() >= MIN_MEASURED) {
      best = Math.clamp(shares.stream().mapToDouble(s -> s).min().orElse(1), 0, 1);
      worst = Math.clamp(shares.stream().mapToDouble(s -> s).max().orElse(1), 1, Pace.MAX);
    }
  }

  /** Tasks in the same order; those that are over take no time and need nothing. */
  Plan plan() {
    List<Task> tasks = new ArrayList<>();
    for (int i = 0; i < standings.size(); i++) {
      tasks.add(rest(plan.tasks().get(i), standings.get(i)));
    }
    List<Phase> phases =
        plan.phases().stream()
            .map(p -> new Phase(p.id(), p.title(), p.keepsLaterOnesWaiting(), List.of()))
            .toList();
    return plan.withTasks(tasks).withPhases(phases);
  }

  private Task rest(Task task, TaskStanding standing) {
    return switch (standing) {
      case TaskStanding.Done _, TaskStanding.Gone _ ->
          task.withEstimate(Estimate.exactly(Duration.ZERO))
              .withNeeds(List.of())
              .withMilestones(List.of());
      case TaskStanding.Live live -> live(task, live);
      case TaskStanding.Open open -> {
        Estimate estimate = scaled(task);
        yield task.withEstimate(estimate)
            .withNeeds(openNeeds(task))
            .withMilestones(milestones(task, estimate, Duration.ZERO, open.reached()));
      }
    };
  }

  private Task live(Task task, TaskStanding.Live live) {
    Estimate whole = scaled(task);
    Estimate rest = beyond(whole, live.spent());
    return task.withEstimate(rest)
        .withNeeds(List.of())
        .withMilestones(milestones(task, rest, live.spent(), live.reached()));
  }

  /** Milestones come as late as the task itself, and never after its end. */
  private List<Milestone> milestones(
      Task task, Estimate rest, Duration spent, List<MilestoneId> reached) {
    List<Milestone> left = new ArrayList<>();
    for (Milestone milestone : task.milestones()) {
      if (!reached.contains(milestone.id())) {
        Duration after = pace.scaled(task.role(), milestone.after()).minus(spent);
        after = after.isNegative() ? Duration.ZERO : after;
        after = after.compareTo(rest.likely()) > 0 ? rest.likely() : after;
        left.add(new Milestone(milestone.id(), milestone.title(), after));
      }
    }
    return left;
  }

  private List<Need> openNeeds(Task task) {
    return task.needs().stream().filter(need -> !isMet(need)).toList();
  }

  private boolean isMet(Need need) {
    TaskStanding standing = byId.get(need.task());
    return switch (standing) {
      case TaskStanding.Done _, TaskStanding.Gone _ -> true;
      case TaskStanding.Live live -> isReached(need, live.reached());
      case TaskStanding.Open open -> isReached(need, open.reached());
      case null -> true;
    };
  }

  private static boolean isReached(Need need, List<MilestoneId> reached) {
    return need.milestone() != null && reached.contains(need.milestone());
  }

  private Estimate scaled(Task task) {
    Estimate said = task.estimate();
    Duration likely = pace.scaled(task.role(), said.likely());
    boolean certain = said.optimistic().equals(said.pessimistic());
    Duration least = certain ? times(likely, best) : pace.scaled(task.role(), said.optimistic());
    Duration most = certain ? times(likely, worst) : pace.scaled(task.role(), said.pessimistic());
    return new Estimate(least, likely, most, null, false);
  }

  /** What is left of a duration that has lasted so long: its distribution cut off there. */
  private static Estimate beyond(Estimate whole, Duration spent) {
    if (whole.pessimistic().compareTo(spent) <= 0) {
      return new Estimate(
          Duration.ZERO, times(spent, OVERDUE_LIKELY), times(spent, OVERDUE_WORST), null, false);
    }
    return new Estimate(
        minus(whole.optimistic(), spent),
        minus(whole.likely(), spent),
        minus(whole.pessimistic(), spent),
        null,
        false);
  }

  private static Duration minus(Duration whole, Duration spent) {
    Duration left = whole.minus(spent);
    return left.isNegative() ? Duration.ZERO : left;
  }

  private static Duration times(Duration duration, double factor) {
    return Duration.ofMillis(Math.round(duration.toMillis() * factor));
  }
}
