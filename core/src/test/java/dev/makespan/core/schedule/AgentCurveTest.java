package dev.makespan.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.graph.PlanBuilder;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Role;
import java.time.Duration;
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
}
