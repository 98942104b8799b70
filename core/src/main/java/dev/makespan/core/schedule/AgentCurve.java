package dev.makespan.core.schedule;

import dev.makespan.core.graph.TaskGraph;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How long a plan takes with 1, 2, 3 … agents, until more cannot help.
 *
 * @param points one for each number of agents, from 1
 * @param knee the smallest number that is within {@value #KNEE_PERCENT} % of the best
 */
public record AgentCurve(List<Point> points, int knee) {

  /** What is given away for fewer agents. */
  static final int KNEE_PERCENT = 3;

  /** Most agents that are tried. */
  public static final int MAX_AGENTS = 1_000;

  /**
   * The plan with so many agents.
   *
   * @param paid agents times makespan: what is paid for, worked or not
   * @param efficiency the share of {@code paid} that is work
   */
  public record Point(
      int agents, Duration makespan, Duration lowerBound, Duration paid, double efficiency) {}

  public AgentCurve {
    points = List.copyOf(points);
  }

  /** So many agents of each role that the plan has. */
  public static AgentCurve ofAllRoles(Plan plan, int most, Search search) {
    return new Tried(plan, List.copyOf(plan.pools().keySet()), Map.of(), search).upTo(most);
  }

  /**
   * So many agents of one role.
   *
   * @param pools slots of the other roles; a role that is not named has what the plan assumes
   */
  public static AgentCurve of(
      Plan plan, Role role, Map<Role, Integer> pools, int most, Search search) {
    return new Tried(plan, List.of(role), pools, search).upTo(most);
  }

  /** A second agent wins nothing. */
  public boolean isOneAgentBest() {
    return knee == 1;
  }

  private static final class Tried {
    private final Plan plan;
    private final List<Role> varied;
    private final Map<Role, Integer> pools;
    private final Search search;
    private final TaskGraph graph;
    private final List<FileLock> locks;
    private final Duration work;

    Tried(Plan plan, List<Role> varied, Map<Role, Integer> pools, Search search) {
      this.plan = plan;
      this.varied = varied;
      this.pools = pools;
      this.search = search;
      this.graph = TaskGraph.of(plan);
      this.locks = FileLocks.of(plan, graph);
      this.work =
          plan.tasks().stream()
              .filter(task -> varied.contains(task.role()))
              .map(task -> task.duration())
              .reduce(Duration.ZERO, Duration::plus);
    }

    AgentCurve upTo(int most) {
      if (most < 1 || most > MAX_AGENTS) {
        throw new IllegalArgumentException("agents: expected 1 to " + MAX_AGENTS + ", was " + most);
      }
      long unlimited = LowerBound.of(project(MAX_AGENTS)).value();
      List<Point> points = new ArrayList<>();
      long best = Long.MAX_VALUE;
      for (int agents = 1; agents <= most && best > unlimited; agents++) {
        Solution solution = Solver.solve(project(agents), search);
        // A schedule for fewer agents is one for more.
        best = Math.min(best, solution.schedule().makespan());
        points.add(point(agents, best, Math.min(best, solution.bound().value())));
      }
      return new AgentCurve(points, knee(points));
    }

    private Project project(int agents) {
      Map<Role, Integer> slots = new TreeMap<>(pools);
      varied.forEach(role -> slots.put(role, agents));
      return Project.of(plan, graph, slots, locks);
    }

    private Point point(int agents, long makespan, long bound) {
      long paid = Math.multiplyExact(makespan, (long) agents * varied.size());
      double efficiency = paid == 0 ? 1 : (double) work.toMillis() / paid;
      return new Point(
          agents,
          Duration.ofMillis(makespan),
          Duration.ofMillis(bound),
          Duration.ofMillis(paid),
          efficiency);
    }

    private static int knee(List<Point> points) {
      long best = points.getLast().makespan().toMillis();
      return points.stream()
          .filter(point -> point.makespan().toMillis() * 100 <= best * (100 + KNEE_PERCENT))
          .findFirst()
          .orElse(points.getLast())
          .agents();
    }
  }
}
