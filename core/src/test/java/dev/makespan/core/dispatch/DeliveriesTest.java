package dev.makespan.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.plan.Workspace;
import dev.makespan.core.run.PlanText;
import dev.makespan.core.run.Run;
import dev.makespan.core.run.RunEvent;
import dev.makespan.core.run.RunSpec;
import dev.makespan.core.session.AcceptedWork;
import dev.makespan.core.task.AgentId;
import dev.makespan.core.task.Delivery;
import dev.makespan.core.task.RunId;
import dev.makespan.core.task.TaskEvent;
import dev.makespan.core.task.TaskRef;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeliveriesTest {

  private static final Instant T0 = Instant.EPOCH;
  private static final RunId RUN = new RunId(7);

  private long fence = 10;

  private static Run run(@Nullable String branch, boolean simulated, String... tasks) {
    Plan plan =
        PlanText.plan(tasks).withWorkspace(new Workspace("/srv/app", "main", branch, null, null));
    Run run = new Run(new RunSpec(RUN, plan, 1, Map.of(), simulated, 1, T0));
    apply(run, new RunEvent.RunStarted(1));
    return run;
  }

  private static void apply(Run run, RunEvent.Change change) {
    run.apply(new RunEvent(RUN, run.position() + 1, T0, change));
  }

  private void done(Run run, String task, String commit) {
    fence++;
    for (TaskEvent event :
        List.of(
            new TaskEvent.Ready(),
            new TaskEvent.Leased(new AgentId("a"), fence, 1),
            new TaskEvent.Started(fence),
            new TaskEvent.Reported(
                fence, "r", Map.of(), new Delivery(commit, Map.of("address", task))),
            new TaskEvent.Done(fence))) {
      apply(run, new RunEvent.TaskChanged(new TaskId(task), event));
    }
  }

  private static List<String> accepted(Run run, String task) {
    return Deliveries.accepted(run, run.indexOf(new TaskId(task))).stream()
        .map(AcceptedWork::commit)
        .toList();
  }

  @Test
  void workBuildsUponTheCommitsOfWhatItNeeds() {
    Run run = run(null, false, "a 1h", "b 1h", "c 1h needs a,b");
    done(run, "a", "aaa");
    done(run, "b", "bbb");

    List<AcceptedWork> accepted = Deliveries.accepted(run, 2);

    assertThat(accepted)
        .containsExactly(
            new AcceptedWork(new TaskId("a"), "makespan/7/a/11", "aaa"),
            new AcceptedWork(new TaskId("b"), "makespan/7/b/12", "bbb"));
  }

  @Test
  void aCommitHoldsWhatItWasBuiltUpon() {
    Run run = run(null, false, "a 1h", "b 1h needs a", "c 1h needs b");
    done(run, "a", "aaa");
    done(run, "b", "bbb");

    assertThat(accepted(run, "c")).containsExactly("bbb");
  }

  @Test
  void theWayBackGoesThroughTasksThatLeftNothing() {
    Run run = run(null, false, "a 1h", "b 1h needs a", "c 1h needs b", "d 1h needs a,b,c");
    done(run, "a", "aaa");
    done(run, "b", "");
    apply(run, new RunEvent.TaskChanged(new TaskId("c"), new TaskEvent.Skipped("no", true)));

    assertThat(accepted(run, "d")).containsExactly("aaa");
  }

  @Test
  void whatIsPretendedWorksNowhere() {
    Run run = run(null, true, "a 1h", "b 1h needs a");
    done(run, "a", "aaa");

    assertThat(accepted(run, "b")).isEmpty();
    assertThat(Deliveries.workspace(run, new TaskRef(RUN, new TaskId("b"), 5))).isNull();
  }

  @Test
  void aBranchIsFencedWhateverThePlanCallsIt() {
    Run run = run("work/{id}", false, "a 1h");

    var workspace =
        Objects.requireNonNull(Deliveries.workspace(run, new TaskRef(RUN, new TaskId("a"), 5)));

    assertThat(workspace.branch()).isEqualTo("work/a/5");
  }
}
