package dev.makespan.core.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.makespan.core.learn.FileDrift;
import dev.makespan.core.plan.Budget;
import dev.makespan.core.plan.Completion;
import dev.makespan.core.plan.Coordination;
import dev.makespan.core.plan.Dispatching;
import dev.makespan.core.plan.Estimate;
import dev.makespan.core.plan.Execution;
import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.FileMode;
import dev.makespan.core.plan.FilePattern;
import dev.makespan.core.plan.Placement;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Role;
import dev.makespan.core.plan.Task;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.task.AgentId;
import dev.makespan.core.task.Attempt;
import dev.makespan.core.task.Delivery;
import dev.makespan.core.task.Traces;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RunReportTest {

  private static final Instant ZERO = Instant.parse("2026-01-01T00:00:00Z");
  private static final String POSTS = "src/handlers/posts.rs";
  private static final PlannedFigures FIGURES =
      new PlannedFigures(minutes(450), minutes(255), minutes(390), minutes(360));

  /** content-publishing as its schedule has it, times in plan minutes. */
  private static final Plan PLAN =
      plan(
          task("schema", 120, "src/models/mod.rs"),
          task("s3-service", 60, "src/services/s3_service.rs"),
          task("upload-init", 90, POSTS),
          task("upload-complete", 60, POSTS),
          task("get-post", 90, POSTS),
          task("integration", 30, "src/main.rs"));

  @Test
  void theThreeWritersOfOneFileAreShownTakingTurns() {
    RunRecord run = contentPublishing(1);

    RunReport report = RunReport.of(PLAN, FIGURES, run, null);

    assertThat(report.turns()).hasSize(1);
    TurnTaking posts = report.turns().getFirst();
    assertThat(posts.path()).isEqualTo(new FilePattern(POSTS));
    assertThat(text(posts))
        .isEqualTo(
            "get-post[120,210) upload-init[210,300) waited 75 for get-post"
                + " upload-complete[300,360) waited 165 for get-post, upload-init");
    assertThat(posts.waited()).isEqualTo(minutes(240));
  }

  @Test
  void figuresAreInPlanTimeWhateverTheSpeed() {
    RunRecord run = contentPublishing(3_600);

    RunReport report = RunReport.of(PLAN, FIGURES, run, null);

    assertThat(report.makespan()).isEqualTo(minutes(390));
    assertThat(report.saved()).isEqualTo(minutes(60));
    assertThat(report.turns().getFirst().waited()).isEqualTo(minutes(240));
  }

  @Test
  void theTimelineIsInTheOrderOfStarts() {
    RunRecord run = contentPublishing(1);

    RunReport report = RunReport.of(PLAN, FIGURES, run, null);

    assertThat(report.timeline().stream().map(entry -> entry.task().value()))
        .containsExactly(
            "s3-service", "schema", "get-post", "upload-init", "upload-complete", "integration");
    assertThat(report.timeline().getLast().finish()).isEqualTo(minutes(390));
  }

  @Test
  void theRemarksSayWhatTurnsAndLocksCost() {
    RunRecord run = contentPublishing(1);

    RunReport report = RunReport.of(PLAN, FIGURES, run, null);

    assertThat(report.remarks())
        .containsExactly(
            "The run took 6 h 30 min, 100.0 % of the planned 6 h 30 min.",
            "3 turns had to be taken at src/handlers/posts.rs: get-post, then upload-init, then"
                + " upload-complete; ready tasks waited 4 h for it in all.",
            "Shared files and slots cost 2 h 15 min against running side by side: planned 6 h"
                + " 30 min, critical path 4 h 15 min.");
  }

  @Test
  void aLostAgentIsATurnOfItsOwnAndARemark() {
    Plan plan = plan(task("a", 10, "f"), task("b", 10, "f"));
    RunRecord run =
        new RunRecord(
            1,
            true,
            at(60),
            List.of(
                new TaskTimes(
                    new TaskId("a"),
                    at(0),
                    List.of(
                        attempt(1, "x", 0, 5, Attempt.Outcome.LOST, 1),
                        attempt(2, "y", 15, 25, Attempt.Outcome.DONE, 1))),
                new TaskTimes(
                    new TaskId("b"),
                    at(0),
                    List.of(attempt(1, "y", 5, 15, Attempt.Outcome.DONE, 1)))));

    RunReport report = RunReport.of(plan, FIGURES, run, null);

    assertThat(text(report.turns().getFirst()))
        .isEqualTo("a[0,5) b[5,15) waited 5 for a a[15,25) waited 10 for b");
    assertThat(report.remarks())
        .contains("Attempts that were lost with their agent or its lease: 1 (a).");
  }

  @Test
  void writersThatDidNotMeetAreNotReported() {
    Plan plan = plan(task("a", 10, "f"), task("b", 10, "f"));
    RunRecord run =
        new RunRecord(1, true, at(60), List.of(done("a", 0, 0, 10, 1), done("b", 10, 10, 20, 1)));

    RunReport report = RunReport.of(plan, FIGURES, run, null);

    assertThat(report.turns()).isEmpty();
  }

  @Test
  void aLiveRunLastsUntilNow() {
    Plan plan = plan(task("a", 10, "f"), task("b", 10, "f"));
    TaskTimes open =
        new TaskTimes(
            new TaskId("a"),
            at(0),
            List.of(
                new Attempt(
                    1,
                    new AgentId("x"),
                    1,
                    at(0),
                    at(0),
                    null,
                    Attempt.Outcome.OPEN,
                    "",
                    "",
                    Map.of())));
    RunRecord run = new RunRecord(2, false, at(7), List.of(open));

    RunReport report = RunReport.of(plan, FIGURES, run, null);

    assertThat(report.makespan()).isEqualTo(minutes(14));
    assertThat(report.timeline().getFirst().finish()).isNull();
  }

  @Test
  void aRunInWhichNothingStartedHasAnEmptyReport() {
    RunRecord run =
        new RunRecord(1, true, at(7), List.of(new TaskTimes(new TaskId("a"), null, List.of())));

    RunReport report = RunReport.of(plan(task("a", 10, "f")), FIGURES, run, null);

    assertThat(report.makespan()).isZero();
    assertThat(report.timeline()).isEmpty();
    assertThat(report.turns()).isEmpty();
  }

  /** A glob's writer takes turns with the writers of the paths that it names. */
  @Test
  void aWriterOfAGlobTakesTurnsToo() {
    Plan plan = plan(task("a", 10, "src/**"), task("b", 10, "src/f"));
    RunRecord run =
        new RunRecord(1, true, at(60), List.of(done("a", 0, 0, 10, 1), done("b", 0, 10, 20, 1)));

    RunReport report = RunReport.of(plan, FIGURES, run, null);

    assertThat(report.turns()).hasSize(1);
    assertThat(text(report.turns().getFirst())).isEqualTo("a[0,10) b[10,20) waited 10 for a");
  }

  @Test
  void whatWentWrongIsCountedByKindWithFiveNamesAtMost() {
    List<TaskTimes> tasks =
        Stream.of("a", "b", "c", "d", "e", "f")
            .map(id ->
                new TaskTimes(
                    new TaskId(id),
                    at(0),
                    List.of(
                        attempt(1, "x", 0, 1, Attempt.Outcome.FAILED, 1),
                        attempt(
                            2,
                            "x",
                            1,
                            2,
                            id.equals("f") ? Attempt.Outcome.FAILED : Attempt.Outcome.REJECTED,
                            1),
                        attempt(3, "x", 2, 3, Attempt.Outcome.DONE, 1))))
            .toList();

    RunReport report =
        RunReport.of(plan(task("a", 10, "f")), FIGURES, new RunRecord(1, true, at(9), tasks), null);

    assertThat(report.remarks())
        .contains(
            "Attempts that failed in their work: 7 (a, b, c, d, e, …).",
            "Attempts that were rejected by a gate: 5 (a, b, c, d, e).");
  }

  @Test
  void onlyTheThreeLongestWaitsAreSpokenOfAndNoneThatIsNoise() {
    Plan plan =
        plan(
            task("a", 1_000, "f", "g", "h", "i", "noise"),
            task("b", 10, "g"),
            task("c", 10, "h"),
            task("d", 10, "i"),
            task("e", 10, "f"),
            task("z", 10, "noise"));
    RunRecord run =
        new RunRecord(
            1,
            true,
            at(2_000),
            List.of(
                done("a", 0, 0, 1_000, 1),
                done("b", 100, 1_000, 1_010, 1),
                done("c", 200, 1_000, 1_010, 1),
                done("d", 300, 1_000, 1_010, 1),
                done("e", 50, 1_000, 2_000, 1),
                done("z", 998, 1_000, 1_010, 1)));

    RunReport report = RunReport.of(plan, FIGURES, run, null);

    assertThat(report.turns())
        .extracting(turns -> turns.path().text())
        .containsExactly("f", "g", "h", "i", "noise");
    assertThat(report.turns().getLast().waited()).isEqualTo(minutes(2));
    assertThat(report.remarks().stream().filter(remark -> remark.contains("had to be taken")))
        .hasSize(3);
  }

  @Test
  void aWaitOfAThousandthOfTheRunIsNoise() {
    Plan plan = plan(task("a", 998, "f"), task("b", 10, "f"));
    RunRecord noise =
        new RunRecord(
            1, true, at(2_000), List.of(done("a", 0, 0, 998, 1), done("b", 997, 998, 1_000, 1)));
    RunRecord wait =
        new RunRecord(
            1, true, at(2_000), List.of(done("a", 0, 0, 998, 1), done("b", 996, 998, 1_000, 1)));

    assertThat(RunReport.of(plan, FIGURES, noise, null).remarks())
        .noneMatch(remark -> remark.contains("had to be taken"));
    assertThat(RunReport.of(plan, FIGURES, wait, null).remarks())
        .anyMatch(remark -> remark.contains("waited 2 min for it in all"));
  }

  @Test
  void anAttemptThatNeverStartedIsNoPartOfTheRun() {
    Attempt offered =
        new Attempt(
            1, new AgentId("x"), 1, at(0), null, at(50), Attempt.Outcome.LOST, "", "", Map.of());
    RunRecord run =
        new RunRecord(
            1,
            true,
            at(60),
            List.of(
                new TaskTimes(new TaskId("a"), at(0), List.of(offered)), done("b", 10, 10, 20, 1)));

    RunReport report =
        RunReport.of(plan(task("a", 10, "f"), task("b", 10, "f")), FIGURES, run, null);

    assertThat(report.makespan()).isEqualTo(minutes(10));
    assertThat(report.timeline()).hasSize(1);
  }

  @Test
  void usageIsAddedUpAndFilesAreHeldAgainstThoseDeclared() {
    RunRecord run =
        new RunRecord(
            1,
            true,
            at(20),
            List.of(
                new TaskTimes(
                    new TaskId("a"),
                    at(0),
                    List.of(
                        telling(1, Attempt.Outcome.FAILED, "g"),
                        telling(2, Attempt.Outcome.DONE, "f"))),
                new TaskTimes(
                    new TaskId("b"), at(0), List.of(telling(1, Attempt.Outcome.DONE, "h")))));

    RunReport report =
        RunReport.of(plan(task("a", 10, "f"), task("b", 10, "f")), FIGURES, run, null);

    assertThat(report.usage()).isEqualTo(new Traces.Usage(30, 60, 1.5));
    assertThat(report.drifts())
        .extracting(FileDrift::task, FileDrift::undeclared, drift -> drift.untouched().size())
        .containsExactly(
            tuple(new TaskId("a"), List.of("g"), 0), tuple(new TaskId("b"), List.of("h"), 1));
  }

  private static Attempt telling(int number, Attempt.Outcome outcome, String file) {
    Traces traces = Traces.of(List.of(file), List.of(), new Traces.Usage(10, 20, 0.5));
    return new Attempt(
        number,
        new AgentId("agent"),
        number,
        at(0),
        at(0),
        at(10),
        outcome,
        "",
        "",
        Map.of(),
        "",
        List.of(),
        Delivery.of(traces));
  }

  @Test
  void aSpeedIsAPositiveNumber() {
    for (double speed : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> new RunRecord(speed, true, at(0), List.of()))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static RunRecord contentPublishing(double speed) {
    return new RunRecord(
        speed,
        true,
        at(500),
        List.of(
            done("schema", 0, 0, 120, speed),
            done("s3-service", 0, 0, 60, speed),
            done("upload-init", 135, 210, 300, speed),
            done("upload-complete", 135, 300, 360, speed),
            done("get-post", 120, 120, 210, speed),
            done("integration", 360, 360, 390, speed)));
  }

  private static TaskTimes done(String id, int ready, int start, int finish, double speed) {
    return new TaskTimes(
        new TaskId(id),
        at(ready, speed),
        List.of(attempt(1, "agent", start, finish, Attempt.Outcome.DONE, speed)));
  }

  private static Attempt attempt(
      int number, String agent, int start, int finish, Attempt.Outcome outcome, double speed) {
    return new Attempt(
        number,
        new AgentId(agent),
        number,
        at(start, speed),
        at(start, speed),
        at(finish, speed),
        outcome,
        "",
        "",
        Map.of());
  }

  private static Instant at(int minute) {
    return at(minute, 1);
  }

  private static Instant at(int minute, double speed) {
    return ZERO.plusNanos(Math.round(minutes(minute).toNanos() / speed));
  }

  private static Duration minutes(int minutes) {
    return Duration.ofMinutes(minutes);
  }

  /** Turns as text, in minutes. */
  private static String text(TurnTaking turns) {
    return turns.turns().stream().map(RunReportTest::text).collect(Collectors.joining(" "));
  }

  private static String text(Turn turn) {
    Duration finish = turn.finish();
    String span =
        turn.task()
            + "["
            + turn.start().toMinutes()
            + ","
            + (finish == null ? "" : finish.toMinutes())
            + ")";
    return turn.waitedFor().isEmpty()
        ? span
        : span
            + " waited "
            + turn.waited().toMinutes()
            + " for "
            + turn.waitedFor().stream().map(TaskId::value).collect(Collectors.joining(", "));
  }

  private static Task task(String id, int minutes, String... writes) {
    return new Task(
        new TaskId(id),
        id,
        Placement.in(new Role("backend")),
        Estimate.exactly(minutes(minutes)),
        List.of(),
        List.of(),
        Stream.of(writes)
            .map(path -> new FileAccess(new FilePattern(path), FileMode.WRITE))
            .toList(),
        Map.of(),
        List.of(),
        List.of(),
        List.of(),
        Execution.DEFAULT,
        Completion.NONE,
        Budget.NONE);
  }

  private static Plan plan(Task... tasks) {
    return new Plan(
        "plan",
        "Plan",
        Duration.ofHours(24),
        List.of(),
        Map.of(new Role("backend"), 4),
        Map.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(tasks),
        List.of(),
        null,
        0,
        Budget.NONE,
        Coordination.NONE,
        Dispatching.DEFAULT);
  }
}
