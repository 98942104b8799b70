package dev.makespan.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.graph.PlanBuilder;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AgentCurveTest {

  private static final Role AGENT = new Role("agent");

  @Test
  void moreAgentsNeverTakeLongerAndTheCurveEndsWhereMoreCannotHelp() {
    PlanBuilder builder = new PlanBuilder().pool("agent", 1);
    for (int i = 0; i < 6; i++) {
      builder.task("t" + i, 10);
    }
    Plan plan = builder.plan();

    AgentCurve curve = AgentCurve.of(plan, AGENT, Map.of(), 20, Search.DEFAULT);

    assertThat(curve.points())
        .extracting(AgentCurve.Point::makespan)
        .containsExactly(
            Duration.ofMinutes(60),
            Duration.ofMinutes(30),
            Duration.ofMinutes(20),
            Duration.ofMinutes(20),
            Duration.ofMinutes(20),
            Duration.ofMinutes(10));
    assertThat(curve.knee()).isEqualTo(6);
    assertThat(curve.points().get(3).efficiency()).isEqualTo(0.75);
  }

  @Test
  void aChainIsSaidToNeedOneAgent() {
    Plan plan =
        new PlanBuilder()
            .task("a", 10)
            .task("b", 10, t -> t.needs("a"))
            .task("c", 10, t -> t.needs("b"))
            .plan();

    AgentCurve curve = AgentCurve.ofAllRoles(plan, 5, Search.DEFAULT);

    assertThat(curve.isOneAgentBest()).isTrue();
    assertThat(curve.points()).hasSize(1);
  }

  @Test
  void mergingHoldsUpSuccessorsOfTasksThatRunBesideOthers() {
    Plan plan =
        new PlanBuilder()
            .pool("agent", 1)
            .task("a", 10, t -> t.writes("x/a"))
            .task("b", 10, t -> t.writes("y/b"))
            .task("end", 10, t -> t.needs("a", "b").writes("z/c"))
            .plan();

    AgentCurve curve = curve(plan, new Overheads(Duration.ofMinutes(3), 0, 0));

    assertThat(curve.points())
        .extracting(AgentCurve.Point::net)
        .containsExactly(Duration.ofMinutes(30), Duration.ofMinutes(23));
    assertThat(curve.points().get(1).makespan()).isEqualTo(Duration.ofMinutes(20));
  }

  @Test
  void theLaterOfTwoWritersInOneFolderIsExpectedToDoSomeOfItAgain() {
    Plan plan =
        new PlanBuilder()
            .pool("agent", 1)
            .task("a", 60, t -> t.writes("src/a"))
            .task("b", 60, t -> t.writes("src/b"))
            .task("c", 60, t -> t.writes("doc/c"))
            .plan();

    AgentCurve curve = curve(plan, new Overheads(Duration.ZERO, 0.5, 0.5));

    // 60 min and half of it with a chance of one half.
    assertThat(curve.points().getLast().agents()).isEqualTo(3);
    assertThat(curve.points().getLast().net()).isEqualTo(Duration.ofMinutes(75));
  }

  @Test
  void oneAgentIsBetterWhereMergingCostsMoreThanRunningSideBySideWins() {
    PlanBuilder builder = new PlanBuilder().pool("agent", 1).task("long", 100);
    Plan plan = builder.task("a", 2, t -> t.writes("x/a")).task("b", 2, t -> t.needs("a")).plan();

    assertThat(curve(plan, Overheads.NONE).knee()).isEqualTo(2);
    assertThat(curve(plan, new Overheads(Duration.ofMinutes(200), 0, 0)).isOneAgentBest()).isTrue();
  }

  @Test
  void aWatchEndsTheCurveWithThePointsSoFar() {
    PlanBuilder builder = new PlanBuilder().pool("agent", 1);
    for (int i = 0; i < 20; i++) {
      builder.task("t" + i, 10 + i);
    }
    Plan plan = builder.plan();
    List<AgentCurve.Point> seen = new ArrayList<>();
    CurveWatch watch =
        new CurveWatch() {
          @Override
          public boolean isOver() {
            return seen.size() >= 3;
          }

          @Override
          public void reached(AgentCurve.Point point) {
            seen.add(point);
          }
        };

    AgentCurve curve =
        AgentCurve.of(plan, List.of(AGENT), Map.of(), 20, Search.DEFAULT, Overheads.NONE, watch);

    assertThat(curve.points()).isEqualTo(seen).hasSize(3);
  }

  @Test
  void noPointIsWorseThanTheLastNorBetterThanItsBound() {
    for (int seed = 0; seed < 20; seed++) {
      Plan plan = randomPlan(seed);

      List<AgentCurve.Point> points =
          AgentCurve.ofAllRoles(plan, 12, new Search(seed, 50)).points();

      for (int i = 0; i < points.size(); i++) {
        assertThat(points.get(i).makespan()).isGreaterThanOrEqualTo(points.get(i).lowerBound());
        assertThat(points.get(i).net()).isGreaterThanOrEqualTo(points.get(i).makespan());
        assertThat(i == 0 || points.get(i).makespan().compareTo(points.get(i - 1).makespan()) <= 0)
            .isTrue();
      }
    }
  }

  private static Plan randomPlan(int seed) {
    RandomStream random = new RandomStream(seed);
    PlanBuilder builder = new PlanBuilder().pool("agent", 1);
    for (int i = 0; i < 12; i++) {
      String folder = "f" + random.nextInt(3) + "/" + random.nextInt(4);
      String need = i > 0 && random.nextInt(3) == 0 ? "t" + random.nextInt(i) : "";
      builder.task(
          "t" + i,
          1 + random.nextInt(60),
          t -> need.isEmpty() ? t.writes(folder) : t.writes(folder).needs(need));
    }
    return builder.plan();
  }

  private static AgentCurve curve(Plan plan, Overheads overheads) {
    return AgentCurve.of(
        plan, List.of(AGENT), Map.of(), 10, Search.DEFAULT, overheads, CurveWatch.NONE);
  }
}
