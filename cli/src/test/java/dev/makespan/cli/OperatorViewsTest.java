package dev.makespan.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Timestamp;
import dev.makespan.proto.plan.v1.Budget;
import dev.makespan.proto.run.v1.AgentPause;
import dev.makespan.proto.run.v1.BudgetChange;
import dev.makespan.proto.run.v1.FleetAgent;
import dev.makespan.proto.run.v1.HeldAttempt;
import dev.makespan.proto.run.v1.ListAgentsResponse;
import dev.makespan.proto.run.v1.Run;
import dev.makespan.proto.run.v1.RunBudget;
import dev.makespan.proto.run.v1.RunState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Budgets and agents, as operators see them. */
class OperatorViewsTest {

  @Test
  void aRunOutOfBudgetSaysWhatIsUsedAndWhatToDo() {
    Run run = run(RunState.RUN_STATE_PAUSED, "120 of 100 tokens are used");

    assertThat(BudgetText.of(run).lines())
        .containsExactly(
            "budget: 120 of 100 tokens, cost 1.50 of 2.00 used",
            "it waits for a decision: makespan resume 12 --budget LIMIT=N, or makespan cancel 12");
  }

  @Test
  void aRunWithoutLimitsSaysNothingOfThem() {
    assertThat(BudgetText.of(Run.getDefaultInstance())).isEmpty();
    assertThat(BudgetText.of(run(RunState.RUN_STATE_RUNNING, "")).lines()).hasSize(1);
  }

  @Test
  void limitsAreReadAsThePlanWritesThem() throws Failure {
    BudgetChange change = BudgetText.read(Map.of("tokens", "5_000", "agent-hours", "0"));

    assertThat(change.getTokens()).isEqualTo(5_000);
    assertThat(change.hasCost()).isFalse();
    assertThat(change.hasAgentHours()).isTrue();
    assertThatThrownBy(() -> BudgetText.read(Map.of("token", "5")))
        .hasMessageContaining("expected tokens, cost or agent-hours, was 'token'");
    assertThatThrownBy(() -> BudgetText.read(Map.of("cost", "much")))
        .hasMessageContaining("cost: expected a number from 0, was 'much'");
  }

  @Test
  void agentsAreShownWithWhatTheyHoldAndWhyTheyGetNothing() {
    ListAgentsResponse fleet =
        ListAgentsResponse.newBuilder()
            .addAgents(
                FleetAgent.newBuilder()
                    .setAgent("backend-1")
                    .addRoles("backend")
                    .setSlots(2)
                    .setFree(0)
                    .setConnected(true)
                    .setGateway("gateway-1")
                    .setHeardTime(Timestamp.newBuilder().setSeconds(90))
                    .addAttempts(HeldAttempt.newBuilder().setRunId(12).setTask("schema"))
                    .addPauses(pause()))
            .addAgents(FleetAgent.newBuilder().setAgent("gone-1").addRoles("qa"))
            .addPauses(pause())
            .build();

    List<String> lines =
        AgentsView.text(fleet, Instant.ofEpochSecond(100)).lines().map(l -> squeezed(l)).toList();

    assertThat(lines)
        .containsExactly(
            "AGENT ROLES FREE STATE HEARD GATEWAY HOLDS",
            "backend-1 backend 0/2 paused 10s gateway-1 12/schema",
            "gone-1 qa 0/0 away - -",
            "",
            "takes no new work:",
            "role backend, by ann: new disk");
    assertThat(AgentsView.json(fleet).at("/agents/0/attempts/0/task").asText()).isEqualTo("schema");
    assertThat(AgentsView.text(List.of())).isEqualTo("nothing is paused");
  }

  private static String squeezed(String line) {
    return line.trim().replaceAll(" +", " ");
  }

  private static AgentPause pause() {
    return AgentPause.newBuilder().setRole("backend").setReason("new disk").setBy("ann").build();
  }

  private static Run run(RunState state, String exhausted) {
    return Run.newBuilder()
        .setId(12)
        .setState(state)
        .setBudget(
            RunBudget.newBuilder()
                .setLimit(Budget.newBuilder().setTokens(100).setCost(2))
                .setTokens(120)
                .setCost(1.5)
                .setExhausted(exhausted))
        .build();
  }
}
