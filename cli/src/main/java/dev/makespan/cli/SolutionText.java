package dev.makespan.cli;

import dev.makespan.core.analysis.CriticalPath;
import dev.makespan.core.analysis.PlannedTask;
import dev.makespan.core.graph.TaskGraph;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Role;
import dev.makespan.core.schedule.Solution;
import dev.makespan.formats.analysis.Bar;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A schedule for people: what each agent does when. */
final class SolutionText {

  private static final int AROUND_THE_BAR = 32;
  private static final int MIN_BAR = 12;
  private static final int MAX_BAR = 60;

  private SolutionText() {}

  /** How much longer the schedule may be than the shortest, in percent. */
  static double gapPercent(Solution solution) {
    long bound = solution.bound().value();
    return bound == 0 ? 0 : 100.0 * (solution.schedule().makespan() - bound) / bound;
  }

  static String of(Plan plan, Map<Role, Integer> pools, Solution solution, int columns) {
    Duration makespan = Duration.ofMillis(solution.schedule().makespan());
    StringBuilder text = new StringBuilder();
    text.append("%s: %s; agents: %s%n".formatted(plan.name(), count(plan), named(pools)));
    text.append("%n  %-12s %s%n".formatted("makespan", Texts.duration(makespan)));
    text.append(
        "  %-12s %s, %s%n"
            .formatted(
                "lower bound",
                Texts.duration(Duration.ofMillis(solution.bound().value())),
                solution.bound().reason()));
    text.append("  %-12s %s%n%n".formatted("gap", gap(solution)));
    agents(plan, solution)
        .forEach((slot, tasks) -> {
          text.append("  ").append(slot).append('\n');
          tasks.forEach(task -> line(text, task, makespan, columns));
        });
    return text.toString();
  }

  private static String count(Plan plan) {
    return Texts.count(plan.tasks().size(), "task");
  }

  private static String named(Map<Role, Integer> pools) {
    return String.join(
        ", ", pools.entrySet().stream().map(p -> p.getKey() + " " + p.getValue()).toList());
  }

  private static String gap(Solution solution) {
    return solution.isOptimal()
        ? "none: no schedule is shorter"
        : String.format(
            Locale.ROOT,
            "at most %.1f %%, after %d schedules",
            gapPercent(solution),
            solution.schedules());
  }

  /** By role, then by number. */
  private static Map<String, List<PlannedTask>> agents(Plan plan, Solution solution) {
    CriticalPath path = CriticalPath.of(TaskGraph.of(plan));
    Map<String, Map<Integer, List<PlannedTask>>> byRole = new TreeMap<>();
    for (PlannedTask task : PlannedTask.of(plan, path, solution.schedule())) {
      int dash = task.slot().lastIndexOf('-');
      byRole
          .computeIfAbsent(task.slot().substring(0, dash), role -> new TreeMap<>())
          .computeIfAbsent(
              Integer.parseInt(task.slot().substring(dash + 1)), n -> new ArrayList<>())
          .add(task);
    }
    Map<String, List<PlannedTask>> agents = new LinkedHashMap<>();
    byRole.forEach((role, slots) -> slots.forEach((n, tasks) -> agents.put(role + "-" + n, tasks)));
    return agents;
  }

  private static void line(StringBuilder text, PlannedTask task, Duration makespan, int columns) {
    int bar = Math.clamp(columns - Texts.MAX_NAME - AROUND_THE_BAR, MIN_BAR, MAX_BAR);
    text.append("    ")
        .append(Texts.cell(task.task().value(), Texts.MAX_NAME))
        .append("  ")
        .append(Bar.draw(task.start(), task.finish(), makespan, bar, task.critical() ? '#' : '='))
        .append("  ")
        .append(Texts.at(task.start()))
        .append(" to ")
        .append(Texts.at(task.finish()))
        .append('\n');
  }
}
