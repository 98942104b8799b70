package dev.makespan.agent.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.agent.SimulateRunner;
import dev.makespan.agent.WorkReport;
import dev.makespan.agent.workspace.AttemptProblem;
import dev.makespan.core.plan.Work;
import dev.makespan.core.session.AgentSays.Outcome;
import dev.makespan.core.session.MadeArtifact;
import dev.makespan.core.session.TaskContext;
import dev.makespan.core.session.TaskSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerRunnerTest {

  private static final String HASH_OF_ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @TempDir Path temp;

  private static TaskSpec spec() {
    return Tasks.of(new Work.AgentsDefault()).delivers("made.txt").spec();
  }

  private WorkReport report(Worker worker, TaskSpec spec) throws IOException {
    Heard heard = new Heard();
    try (WorkerRunner runner = new WorkerRunner(worker, temp, new SimulateRunner(1))) {
      runner.start(Tasks.ref(1), 1, spec, TaskContext.NONE, heard);
      return heard.report();
    }
  }

  @Test
  void whatItLeavesIsHashedAndItsFolderIsTakenAway() throws IOException {
    AtomicReference<Path> folder = new AtomicReference<>(temp);

    WorkReport report =
        report(
            assignment -> {
              folder.set(assignment.folder());
              Files.writeString(assignment.folder().resolve("made.txt"), "abc");
              return Done.NOTHING_ELSE.publishing("address", "/a").measuring("quality", 0.8);
            },
            spec());

    assertThat(report.outcome()).isEqualTo(Outcome.OK);
    assertThat(report.artifacts()).containsExactly(new MadeArtifact("made.txt", HASH_OF_ABC, 3));
    assertThat(report.outputs()).containsEntry("address", "/a");
    assertThat(report.metrics()).containsEntry("quality", 0.8);
    assertThat(folder.get()).doesNotExist();
  }

  @Test
  void workThatLeavesNotWhatItMustIsNotGood() throws IOException {
    WorkReport report = report(assignment -> Done.NOTHING_ELSE, spec());

    assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(report.message()).contains("made.txt is not there");
  }

  @Test
  void aProblemForGoodIsFatalAndOneForNowIsNot() throws IOException {
    WorkReport forGood =
        report(
            assignment -> {
              throw AttemptProblem.forGood("no");
            },
            spec());
    WorkReport forNow =
        report(
            assignment -> {
              throw AttemptProblem.forNow("later");
            },
            spec());

    assertThat(forGood.outcome()).isEqualTo(Outcome.FATAL);
    assertThat(forGood.message()).isEqualTo("no");
    assertThat(forNow.outcome()).isEqualTo(Outcome.FAILED);
  }

  @Test
  void aWorkerThatBreaksFailsItsAttemptAndNotTheAgent() throws IOException {
    WorkReport report =
        report(
            assignment -> {
              throw new IllegalStateException("a bug");
            },
            spec());

    assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(report.message()).contains("a bug");
  }

  @Test
  void aVariableThatThePlanDoesNotSetIsSaidByName() throws IOException {
    WorkReport report =
        report(
            assignment -> {
              assignment.variable("SOURCE");
              return Done.NOTHING_ELSE;
            },
            spec());

    assertThat(report.outcome()).isEqualTo(Outcome.FATAL);
    assertThat(report.message()).contains("SOURCE");
  }

  @Test
  void itIsInterruptedWhenItIsToStop() throws Exception {
    Heard heard = new Heard();
    CountDownLatch forEver = new CountDownLatch(1);
    Worker waits =
        assignment -> {
          forEver.await();
          return Done.NOTHING_ELSE;
        };
    try (WorkerRunner runner = new WorkerRunner(waits, temp, new SimulateRunner(1))) {
      var work = runner.start(Tasks.ref(1), 1, spec(), TaskContext.NONE, heard);
      heard.awaitStart();

      work.stop(Duration.ofSeconds(1));

      assertThat(heard.stopped()).isEqualTo("interrupted");
    }
  }

  @Test
  void tasksThatItIsNotForGoBack() throws IOException {
    Worker none = assignment -> Done.NOTHING_ELSE;
    try (WorkerRunner runner = new WorkerRunner(none, temp, new SimulateRunner(1))) {
      assertThat(runner.refusal(spec())).isEmpty();
      assertThat(runner.refusal(Tasks.script("make").spec())).contains("says what to run");
      assertThat(runner.refusal(Tasks.of(new Work.AgentsDefault()).gate("run: make").spec()))
          .contains("run: make");
      assertThat(runner.refusal(Tasks.of(new Work.AgentsDefault()).gate("file: a").spec()))
          .isEmpty();
      assertThat(runner.refusal(Tasks.of(new Work.AgentsDefault()).in("repo", 1).spec()))
          .contains("worktrees");
    }
  }

  @Test
  void commandsGoToTheOneRunnerAndTheRestToTheOther() throws IOException {
    Worker none = assignment -> Done.NOTHING_ELSE;
    try (WorkerRunner own = new WorkerRunner(none, temp, new SimulateRunner(1));
        RunnersByWork both = new RunnersByWork(dev.makespan.agent.Wiring.shell(temp), own)) {
      assertThat(both.refusal(spec())).isEmpty();
      assertThat(both.refusal(Tasks.script("true").spec())).isEmpty();
      Heard heard = new Heard();
      both.start(Tasks.ref(2), 1, Tasks.script("exit 3").spec(), TaskContext.NONE, heard);
      assertThat(heard.report().message()).contains("exit code 3");
    }
  }
}
