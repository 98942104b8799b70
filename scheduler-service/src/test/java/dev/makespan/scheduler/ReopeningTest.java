package dev.makespan.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.dispatch.Outcome;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.run.Run;
import dev.makespan.core.run.RunCommand;
import dev.makespan.core.run.RunState;
import dev.makespan.core.run.RunView;
import dev.makespan.core.task.RunId;
import dev.makespan.core.task.TaskCommand;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs that ended go on when a task of them is tried again. */
class ReopeningTest {

  private static final RunCommand RETRY = retry("t0");

  private TestDatabase database;

  @BeforeEach
  void open() throws SQLException {
    database = new TestDatabase();
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aRunThatEndedUnderAnotherOwnerGoesOnAndIsTakenOverAgain() throws Exception {
    RunId run;
    try (Replica first = owning("first")) {
      run = cancelled(first, "r");
    }
    try (Replica second = owning("second")) {
      assertThat(found(second.runs.change(run, RETRY)).state()).isEqualTo(RunState.RUNNING);
      assertThat(database.number("SELECT count(*) FROM scheduler.live_run")).isEqualTo(1);
    }
    try (Replica third = owning("third")) {
      third.new Agents("agent", Integer.MAX_VALUE).open("p", 1, List.of());

      Eventually.holds(() -> found(third.runs.run(run)).state() == RunState.DONE);

      assertThat(database.number("SELECT count(*) FROM scheduler.live_run")).isZero();
    }
  }

  @Test
  void aRunThatHasJustEndedGoesOnFromMemory() throws Exception {
    try (Replica replica = owning("only")) {
      RunId run = cancelled(replica, "r");

      RunView view = found(replica.runs.change(run, RETRY));

      assertThat(view.state()).isEqualTo(RunState.RUNNING);
      assertThat(view.finishedAt()).isNull();
      assertThat(database.number("SELECT count(*) FROM scheduler.live_run")).isEqualTo(1);
    }
  }

  @Test
  void whatIsRefusedLeavesTheRunWhereItIs() throws Exception {
    RunId run;
    try (Replica first = owning("first")) {
      run = cancelled(first, "r");
    }
    try (Replica second = owning("second")) {
      assertThat(second.runs.change(run, new RunCommand.Resume()))
          .isInstanceOfSatisfying(
              RunAnswer.Refused.class,
              no -> assertThat(no.why()).isInstanceOf(Outcome.AlreadyFinished.class));
      assertThat(second.runs.change(run, retry("nobody")))
          .isInstanceOfSatisfying(
              RunAnswer.Refused.class,
              no -> assertThat(no.why()).isInstanceOf(Outcome.UnknownTask.class));
      assertThat(recall(second, run)).isEqualTo(new Mail.Recalled.Away(0));
      assertThat(found(second.runs.run(run)).state()).isEqualTo(RunState.CANCELLED);
    }
  }

  @Test
  void whatWasReadBeforeARunCameBackIsReadAgain() throws Exception {
    RunId run;
    RunId other;
    try (Replica first = owning("first")) {
      run = cancelled(first, "r");
      other = cancelled(first, "s");
    }
    try (Replica second = owning("second")) {
      assertThat(recall(second, run)).isEqualTo(new Mail.Recalled.Away(0));
      Run read = journaled(run);
      found(second.runs.change(other, RETRY));

      CompletableFuture<RunAnswer> answer = new CompletableFuture<>();
      second.owner.offer(new Mail.Reopen(read, 0, RETRY, answer));

      assertThat(answer.join()).isInstanceOf(RunAnswer.Unavailable.class);
      assertThat(found(second.runs.change(run, RETRY)).state()).isEqualTo(RunState.RUNNING);
    }
  }

  private Replica owning(String name) throws SQLException {
    Replica replica = new Replica(name, database.journal(1));
    replica.awaitOwnership();
    return replica;
  }

  private static RunId cancelled(Replica replica, String request) {
    RunId run = replica.start(request, TestPlans.wide(request, "p", 1));
    assertThat(found(replica.runs.cancel(run, "stop")).state()).isEqualTo(RunState.CANCELLED);
    return run;
  }

  private static RunCommand retry(String task) {
    return new RunCommand.OnTask(new TaskId(task), new TaskCommand.Retry("again"));
  }

  private static RunView found(RunAnswer answer) {
    assertThat(answer).isInstanceOf(RunAnswer.Found.class);
    return ((RunAnswer.Found) answer).view();
  }

  private static Mail.Recalled recall(Replica replica, RunId run) {
    CompletableFuture<Mail.Recalled> answer = new CompletableFuture<>();
    assertThat(replica.owner.offer(new Mail.Recall(run, answer))).isNull();
    return answer.join();
  }

  private Run journaled(RunId run) throws SQLException {
    Journal journal = database.journal(1);
    Journal.StoredRun stored = journal.findRun(run);
    assertThat(stored).isNotNull();
    return Run.replay(stored.spec(), new ArrayList<>(journal.events(run, 0, 1000)));
  }
}
