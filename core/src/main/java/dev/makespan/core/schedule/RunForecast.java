package dev.makespan.core.schedule;

import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Priority;
import dev.makespan.core.plan.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How long a live run will go on: what is over is fixed, what is live has only its rest before it,
 * what has not begun takes its estimate scaled as tasks of its role have turned out, and all of it
 * is started as dispatch would, the longest tail first, with the agents that are there. Durations
 * are plan time from now on.
 *
 * <p>Whoever waits for a person is taken to be answered now.
 *
 * @param likely if every rest is as likely as can be
 * @param samples how many finishes were drawn
 * @param pace measured over planned durations, by role; 1 where nothing was measured
 */
public record RunForecast(
    Duration likely,
    Duration p50,
    Duration p80,
    Duration p95,
    int samples,
    Map<Role, Double> pace) {

  public RunForecast {
    pace = Map.copyOf(pace);
  }

  /**
   * The forecast; the same arguments give the same one.
   *
   * @param standings by task in the plan's order
   * @param agents slots by role; a role of open tasks without any is taken to get one
   */
  public static RunForecast of(
      Plan plan, List<TaskStanding> standings, Map<Role, Integer> agents, ForecastTerms terms) {
    Rest rest = new Rest(plan, standings);
    Plan left = rest.plan();
    Project project = Project.of(left, slots(plan, standings, agents));
    long[] starts = ParallelGeneration.starts(project, ranks(project, left, standings));
    Schedule schedule = Schedule.of(project.graph(), starts);
    Forecast forecast = Forecast.of(left, project, schedule, terms);
    return new RunForecast(
        Duration.ofMillis(schedule.makespan()),
        forecast.p50(),
        forecast.p80(),
        forecast.p95(),
        forecast.samples(),
        rest.paces());
  }

  /** Enough at least for what is live. */
  private static Map<Role, Integer> slots(
      Plan plan, List<TaskStanding> standings, Map<Role, Integer> agents) {
    Map<Role, Integer> slots = new TreeMap<>();
    Map<Role, Integer> live = new TreeMap<>();
    for (int i = 0; i < standings.size(); i++) {
      Role role = plan.tasks().get(i).role();
      slots.put(role, Math.max(1, agents.getOrDefault(role, 0)));
      if (standings.get(i) instanceof TaskStanding.Live) {
        live.merge(role, 1, Integer::sum);
      }
    }
    live.forEach((role, count) -> slots.merge(role, count, Math::max));
    return slots;
  }

  /**
   * What is live has started already; then the class goes first, and within it the longest tail.
   */
  private static int[] ranks(Project project, Plan plan, List<TaskStanding> standings) {
    int size = project.size();
    long[] tails = tails(project);
    List<Integer> order = new ArrayList<>(size);
    for (int v = 0; v < size; v++) {
      order.add(v);
    }
    order.sort(
        Comparator.<Integer, Boolean>comparing(v -> isOpen(v, standings))
            .thenComparing(v -> isOpen(v, standings) ? priority(v, plan) : Priority.P0)
            .thenComparing(Comparator.<Integer>comparingLong(v -> tails[v]).reversed())
            .thenComparing(Comparator.naturalOrder()));
    int[] ranks = new int[size];
    for (int i = 0; i < size; i++) {
      ranks[order.get(i)] = i;
    }
    return ranks;
  }

  private static boolean isOpen(int v, List<TaskStanding> standings) {
    return v < standings.size() && standings.get(v) instanceof TaskStanding.Open;
  }

  private static Priority priority(int v, Plan plan) {
    return plan.tasks().get(v).placement().priority();
  }

  private static long[] tails(Project project) {
    var graph = project.graph();
    long[] tails = new long[graph.size()];
    for (int i = graph.size() - 1; i >= 0; i--) {
      int v = graph.inOrder(i);
      tails[v] = graph.duration(v);
      for (int slot = graph.successorsBegin(v); slot < graph.successorsEnd(v); slot++) {
        tails[v] = Math.max(tails[v], graph.successorLag(slot) + tails[graph.successor(slot)]);
      }
    }
    return tails;
  }
}
