package dev.makespan.core.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.FileMode;
import dev.makespan.core.plan.FilePattern;
import dev.makespan.core.plan.Gate;
import dev.makespan.core.plan.MilestoneId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Random lives of a task: the rules and a small model of the design say the same all the way. */
class TaskLivesTest {

  private static final int LIVES = 3_000;
  private static final int COMMANDS = 80;
  private static final AgentId AGENT = new AgentId("a");
  private static final MilestoneId HALF = new MilestoneId("half");
  private static final Instant T0 = Instant.EPOCH;
  private static final Map<String, Double> GREEN = Map.of("tests", 1.0);

  private static TaskTerms terms(boolean approval) {
    List<Gate> gates = new ArrayList<>();
    gates.add(new Gate.Metric("tests", 1.0, null));
    if (approval) {
      gates.add(new Gate.Approval("lead"));
    }
    return new TaskTerms(
        TaskModel.WORK_LIMIT,
        TaskModel.INFRA_LIMIT,
        TaskModel.GATE_LIMIT,
        TaskModel.YIELD_LIMIT,
        Duration.ofSeconds(1),
        gates,
        List.of(HALF),
        false,
        true);
  }

  @Test
  void theRulesAndTheModelAgreeInRandomLives() {
    Set<String> seen = new LinkedHashSet<>();
    for (int seed = 0; seed < LIVES; seed++) {
      SplittableRandom chance = new SplittableRandom(seed);
      boolean approval = chance.nextBoolean();
      TaskModel model = new TaskModel(approval);
      TaskTerms terms = terms(approval);
      TaskLife life = TaskLife.BEGINNING;
      StringBuilder story = new StringBuilder();
      for (int i = 0; i < COMMANDS; i++) {
        TaskCommand command = someCommand(chance, life, i);
        story.append('\n').append(command);
        TaskDecision decision = TaskRules.decide(life, command, terms, chance.nextDouble());
        boolean expected = model.take(command);
        if (decision instanceof TaskDecision.Accepted accepted) {
          for (TaskEvent event : accepted.events()) {
            life = life.after(event, T0);
          }
        }

        assertThat(decision instanceof TaskDecision.Accepted)
            .as("accepted, seed %d:%s", seed, story)
            .isEqualTo(expected);
        assertThat(print(life)).as("seed %d:%s", seed, story).isEqualTo(model.toString());
        seen.add(life.state().getClass().getSimpleName());
      }
    }
    assertThat(seen).hasSize(TaskState.class.getPermittedSubclasses().length);
  }

  private static String print(TaskLife life) {
    Counters counters = life.counters();
    return "%s live %d work %d infra %d gate %d yields %d open %s"
        .formatted(
            life.state().getClass().getSimpleName(),
            life.state().liveFence(),
            counters.attempts(),
            counters.infra(),
            counters.gates(),
            counters.yields(),
            life.openBlockers().stream().map(Blocker::id).toList());
  }

  /** Mostly what moves a life on; each fence is the live one, an older or a guessed one. */
  private static TaskCommand someCommand(SplittableRandom chance, TaskLife life, int step) {
    long fence = someFence(chance, life);
    return switch (chance.nextInt(33)) {
      case 0, 1 -> new TaskCommand.MakeReady();
      case 2, 3 -> new TaskCommand.EndBackoff();
      case 4, 5, 6, 7 -> new TaskCommand.Lease(AGENT, chance.nextInt(10) == 0 ? fence : 10 + step);
      case 8, 9, 10, 11 -> new TaskCommand.Accept(fence);
      case 12 -> new TaskCommand.Return(fence, "no");
      case 13 -> new TaskCommand.ReachMilestone(fence, HALF);
      case 14 -> new TaskCommand.Checkpoint(fence, "at " + step);
      case 15 ->
          new TaskCommand.GrantFiles(
              fence, "q", List.of(new FileAccess(new FilePattern("x"), FileMode.WRITE)));
      case 16, 17 ->
          new TaskCommand.Succeed(
              fence,
              "r" + step,
              chance.nextBoolean() ? GREEN : Map.of(),
              Map.of(),
              new Delivery(chance.nextBoolean() ? "c" : "", Map.of()));
      case 18 -> new TaskCommand.Fail(fence, "r" + step, "m", chance.nextInt(4) > 0);
      case 19 -> new TaskCommand.Lose(fence, "gone");
      case 20 -> new TaskCommand.TimeOut(fence, "late");
      case 21 -> new TaskCommand.RaiseBlocker(fence, "b", "?", chance.nextBoolean());
      case 22, 23 -> new TaskCommand.AnswerBlocker("b", "because " + step, "ann");
      case 24 -> new TaskCommand.ConfirmCancel(fence, "TERM");
      case 25 -> new TaskCommand.Cancel("stop");
      case 26 -> new TaskCommand.Retry("again");
      case 27 ->
          chance.nextInt(3) == 0 ? new TaskCommand.LeaveOut("off") : new TaskCommand.Retry("");
      case 29 -> new TaskCommand.Land(fence);
      case 30 ->
          chance.nextBoolean()
              ? new TaskCommand.Reject(fence, "red")
              : new TaskCommand.Drop("ann", "no");
      case 31 ->
          chance.nextBoolean()
              ? new TaskCommand.Use(fence, new Traces.Usage(step, 0, step))
              : new TaskCommand.HoldOverBudget(fence, "budget");
      case 28 -> new TaskCommand.Approve("lead", "ann", "");
      default ->
          chance.nextInt(3) == 0
              ? new TaskCommand.Skip("its need")
              : new TaskCommand.Decline("lead", "ann", "no");
    };
  }

  private static long someFence(SplittableRandom chance, TaskLife life) {
    long live = life.state().liveFence();
    return switch (chance.nextInt(8)) {
      case 0 -> life.attempts().isEmpty() ? 1 : life.attempts().getFirst().fence();
      case 1 -> chance.nextInt(200);
      default -> live;
    };
  }
}
