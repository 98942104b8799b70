package dev.makespan.core.schedule;

import dev.makespan.core.graph.TaskGraph;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Role;
import dev.makespan.core.plan.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How long a plan takes with 1, 2, 3 … agents, until more cannot help, and what of that is left
 * when merging and conflicts are counted.
 *
 * @param points one for each number of agents, from 1
 * @param knee the smallest number whose net makespan is within {@value #KNEE_PERCENT} % of the best
 * @param overheads what was counted
 */
public record AgentCurve(List<Point> points, int knee, Overheads overheads) {

  /** What is given away for fewer agents. */
  static final int KNEE_PERCENT = 3;

  /** Most agents that are tried. */
  public static final int MAX_AGENTS = 1_000;

  /**
   * The plan with so many agents.
   *
   * @param makespan of the best schedule
   * @param lowerBound no schedule is shorter
   * @param net the makespan with merging and conflicts counted
   * @param paid agents times {@code net}: what is paid for, worked or not
   * @param efficiency the share of {@code paid} that is work
   */
  public record Point(
      int agents,
      Duration makespan,
      Duration lowerBound,
      Duration net,
      Duration paid,
      double efficiency) {}

  public AgentCurve {
    points = List.copyOf(points);
  }

  /** So many agents of each role that the plan has. */
  public static AgentCurve ofAllRoles(Plan plan, int most, Search search) {
    return of(plan, rolesOf(plan), Map.of(), most, search, Overheads.ASSUMED, CurveWatch.NONE);
  }

  /**
   * So many agents of one role.
   *
   * @param pools slots of the other roles; a role that is not named has what the plan assumes
   */
  public static AgentCurve of(
      Plan plan, Role role, Map<Role, Integer> pools, int most, Search search) {
    return of(plan, List.of(role), pools, most, search, Overheads.ASSUMED, CurveWatch.NONE);
  }

  /**
   * So many agents of each of some roles. The same arguments give the same curve as long as {@code
   * watch} does not end it; then it has the points so far, at least one.
   *
   * @param pools slots of the other roles; a role that is not named has what the plan assumes
   * @throws IllegalArgumentException when {@code most} is not 1 to {@value #MAX_AGENTS}
   */
  public static AgentCurve of(
      Plan plan,
      List<Role> varied,
      Map<Role, Integer> pools,
      int most,
      Search search,
      Overheads overheads,
      CurveWatch watch) {
    if (most < 1 || most > MAX_AGENTS) {
      throw new IllegalArgumentException("agents: expected 1 to " + MAX_AGENTS + ", was " + most);
    }
    return new Tried(plan, varied, pools, search, overheads).upTo(most, watch);
  }

  /** The roles that tasks of the plan have. */
  public static List<Role> rolesOf(Plan plan) {
    return plan.tasks().stream().map(Task::role).distinct().toList();
  }

  /** More than one agent wins nothing that is worth it. */
  public boolean isOneAgentBest() {
    return knee == 1;
  }

  private static final class Tried {
    private final Plan plan;
    private final List<Role> varied;
    private final Map<Role, Integer> pools;
    private final Search search;
    private final Overheads overheads;
    private final TaskGraph graph;
    private final List<FileLock> locks;
    private final NetMakespan netMakespan;
    private final List<Point> points = new ArrayList<>();
    private @Nullable Schedule best;

    Tried(
        Plan plan,
        List<Role> varied,
        Map<Role, Integer> pools,
        Search search,
        Overheads overheads) {
      this.plan = plan;
      this.varied = varied;
      this.pools = pools;
      this.search = search;
      this.overheads = overheads;
      this.graph = TaskGraph.of(plan);
      this.locks = FileLocks.of(plan, graph);
      this.netMakespan = new NetMakespan(plan, graph, overheads);
    }

    AgentCurve upTo(int most, CurveWatch watch) {
      int enough = Math.max(1, Math.min(most, mostTasksOfARole()));
      long unlimited = LowerBound.of(project(MAX_AGENTS)).value();
      for (int agents = 1; agents <= enough; agents++) {
        Schedule found = best;
        boolean over = found != null && (found.makespan() <= unlimited || watch.isOver());
        if (over) {
          break;
        }
        points.add(point(agents, watch));
        watch.reached(points.getLast());
      }
      return new AgentCurve(points, knee(points), overheads);
    }

    /** More agents than tasks find nothing to do. */
    private int mostTasksOfARole() {
      Map<Role, Integer> tasks = new TreeMap<>();
      plan.tasks().forEach(task -> tasks.merge(task.role(), 1, Integer::sum));
      return varied.stream().mapToInt(role -> tasks.getOrDefault(role, 0)).max().orElse(0);
    }

    private Project project(int agents) {
      Map<Role, Integer> slots = new TreeMap<>(pools);
      varied.forEach(role -> slots.put(role, agents));
      return Project.of(plan, graph, slots, locks);
    }

    /** A schedule for fewer agents is one for more, so that no point is worse than the last. */
    private Point point(int agents, CurveWatch watch) {
      Project project = project(agents);
      LowerBound bound = LowerBound.of(project);
      Schedule schedule = best;
      if (schedule == null || schedule.makespan() > bound.value()) {
        Solution solution = Solver.solve(project, search, watch);
        bound = solution.bound();
        if (schedule == null || solution.schedule().makespan() < schedule.makespan()) {
          schedule = solution.schedule();
        }
      }
      best = schedule;
      long net = netMakespan.of(project, schedule);
      if (!points.isEmpty() && schedule.makespan() == points.getLast().makespan().toMillis()) {
        net = Math.min(net, points.getLast().net().toMillis());
      }
      return point(agents, schedule.makespan(), Math.min(schedule.makespan(), bound.value()), net);
    }

    private Point point(int agents, long makespan, long bound, long net) {
      long paid = Math.multiplyExact(net, (long) agents * varied.size());
      return new Point(
          agents,
          Duration.ofMillis(makespan),
          Duration.ofMillis(bound),
          Duration.ofMillis(net),
          Duration.ofMillis(paid),
          paid == 0 ? 1 : (double) workMillis() / paid);
    }

    private long workMillis() {
      return plan.tasks().stream()
          .filter(task -> varied.contains(task.role()))
          .mapToLong(task -> task.duration().toMillis())
          .sum();
    }

    private static int knee(List<Point> points) {
      long best = points.stream().mapToLong(point -> point.net().toMillis()).min().orElse(0);
      return points.stream()
          .filter(point -> point.net().toMillis() * 100 <= best * (100 + KNEE_PERCENT))
          .findFirst()
          .orElse(points.getLast())
          .agents();
    }
  }
}
