package dev.makespan.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.merge.Integration;
import dev.makespan.core.merge.MemberOutcome;
import dev.makespan.core.merge.Wired;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Stub;
import dev.makespan.core.plan.Task;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.run.MergeView;
import dev.makespan.core.run.PlanText;
import dev.makespan.core.run.Run;
import dev.makespan.core.run.RunState;
import dev.makespan.core.session.AgentSays;
import dev.makespan.core.session.BatchSpec;
import dev.makespan.core.session.GatewaySays;
import dev.makespan.core.task.TaskState;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Stubs are wired with the batch in which the second of their sides lands. */
class WiringTest extends MergeTalk {

  /** Of tasks that wait for nothing; a stub is {@code consumer producer}, and how it is wired. */
  private void start(Map<String, String> stubs, String... tasks) {
    Plan plan = PlanText.plan(tasks);
    start(plan.withTasks(plan.tasks().stream().map(task -> stubbed(task, stubs)).toList()));
    open("merger", "makespan-integrator", 1);
  }

  private static Task stubbed(Task task, Map<String, String> stubs) {
    return task.withStubs(
        stubs.entrySet().stream()
            .filter(entry -> entry.getKey().startsWith(task.id() + " "))
            .sorted(Map.Entry.comparingByKey())
            .map(entry ->
                new Stub(
                    new TaskId(entry.getKey().split(" ", -1)[1]),
                    "a call",
                    entry.getValue().isEmpty() ? null : entry.getValue()))
            .toList());
  }

  private static Wired wired(String producer, String consumer) {
    return new Wired(new TaskId(producer), new TaskId(consumer));
  }

  private List<String> offered() {
    return batchSpec().wirings().stream()
        .map(wiring -> "%s to %s".formatted(wiring.producer(), wiring.consumer()))
        .toList();
  }

  private String shown() {
    MergeView view = Objects.requireNonNull(run().view().merges());
    return view.wirings().stream()
        .map(point -> "%s to %s %s".formatted(point.producer(), point.consumer(), point.progress()))
        .collect(Collectors.joining(", "));
  }

  private void end(String head, String published, List<MemberOutcome> members, Wired... wired) {
    say(
        "merger",
        report(ref(Integration.TASK.value()), head, published, members, Arrays.asList(wired)));
  }

  @Test
  void aStubIsOfferedWithItsCommandToTheBatchInWhichItsSecondSideIs() {
    start(Map.of("b a", "make wire"), "a 1h", "b 1h");
    succeed("a");
    assertThat(offered()).isEmpty();
    assertThat(shown()).isEqualTo("a to b WAITS");
    end(HEAD, "", landed(batch()));
    end(HEAD, HEAD, List.of());

    succeed("b");

    assertThat(batchSpec().wirings())
        .containsExactly(
            new BatchSpec.Wiring(new TaskId("a"), new TaskId("b"), "a call", "make wire"));
    assertThat(shown()).isEqualTo("a to b NEXT");
    end(NEXT, HEAD, landed(batch()), wired("a", "b"));
    assertThat(shown()).isEqualTo("a to b WIRED");
    assertThat(stateOf("b")).isInstanceOf(TaskState.Done.class);
  }

  @Test
  void whatFeedsAProducerIsWiredBeforeIt() {
    start(Map.of("a b", "w1", "b c", "w2"), "a 1h", "b 1h", "c 1h");
    for (String task : List.of("a", "b", "c")) {
      succeed(task);
    }
    end(HEAD, "", landed(batch()));

    assertThat(offered()).containsExactly("c to b", "b to a");
  }

  @Test
  void whoLeavesAStubOutOfItsReportIsRefused() {
    start(Map.of("b a", "make wire"), "a 1h", "b 1h");
    succeed("a");
    end(HEAD, "", landed(batch()));
    succeed("b");
    end(HEAD, HEAD, List.of());

    end(NEXT, HEAD, landed(batch()));

    assertThat(verdicts("merger").getLast()).isEqualTo(GatewaySays.Verdict.INVALID);
    assertThat(stateOf("b")).isInstanceOf(TaskState.Integrating.class);
  }

  @Test
  void whoStaysBehindIsNotWired() {
    start(Map.of("b a", "make wire"), "a 1h", "b 1h");
    succeed("a");
    end(HEAD, "", landed(batch()));
    succeed("b");
    end(HEAD, HEAD, List.of());

    end(
        HEAD,
        HEAD,
        List.of(
            new MemberOutcome(
                batch().getFirst(), MemberOutcome.Kind.RED, "cannot be wired", List.of())));

    assertThat(verdicts("merger").getLast()).isEqualTo(GatewaySays.Verdict.COMMITTED);
    assertThat(shown()).isEqualTo("a to b WAITS");
  }

  @Test
  void aStubWithoutACommandIsLeftToPeople() {
    start(Map.of("b a", ""), "a 1h", "b 1h");
    succeed("a");
    end(HEAD, "", landed(batch()));
    succeed("b");
    end(HEAD, HEAD, List.of());
    assertThat(offered()).isEmpty();

    end(NEXT, HEAD, landed(batch()));

    assertThat(shown()).isEqualTo("a to b BY_PEOPLE");
  }

  @Test
  void aSideThatHasNothingToMergeIsWiredInABatchOfItsOwnBeforeTheRunEnds() {
    start(Map.of("b a", "make wire"), "a 1h", "b 1h");
    succeed("b");
    end(HEAD, "", landed(batch()));
    end(HEAD, HEAD, List.of());
    say("worker", new AgentSays.Accept(ref("a")));
    result("worker", "a", "");
    assertThat(run().state()).isEqualTo(RunState.RUNNING);
    assertThat(batch()).isEmpty();
    assertThat(offered()).containsExactly("a to b");

    end(NEXT, HEAD, List.of(), wired("a", "b"));
    end(NEXT, NEXT, List.of());

    assertThat(run().state()).isEqualTo(RunState.DONE);
  }

  @Test
  void whatIsWiredComesBackFromTheJournal() {
    start(Map.of("b a", "make wire"), "a 1h", "b 1h");
    succeed("a");
    end(HEAD, "", landed(batch()));
    succeed("b");
    end(HEAD, HEAD, List.of());
    end(NEXT, HEAD, landed(batch()), wired("a", "b"));

    Run again = Run.replay(spec, journal);

    assertThat(again.merges().wired()).containsExactly(wired("a", "b"));
  }
}
