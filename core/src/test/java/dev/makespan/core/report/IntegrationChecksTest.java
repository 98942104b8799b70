package dev.makespan.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.graph.PlanBuilder;
import dev.makespan.core.merge.Batch;
import dev.makespan.core.merge.BatchMember;
import dev.makespan.core.merge.BatchReport;
import dev.makespan.core.merge.MemberOutcome;
import dev.makespan.core.merge.MemberOutcome.Kind;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Stub;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.plan.Workspace;
import dev.makespan.core.report.ReportCheck.Standing;
import dev.makespan.core.run.MergeView;
import dev.makespan.core.run.PlanText;
import dev.makespan.core.run.WiringPoint;
import dev.makespan.core.run.WiringPoint.Progress;
import dev.makespan.core.task.AgentId;
import dev.makespan.core.task.Attempt;
import dev.makespan.core.task.Attempt.Outcome;
import dev.makespan.core.task.Delivery;
import dev.makespan.core.task.Traces;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What the report of a run that merges says before and after integration. */
class IntegrationChecksTest {

  private static final String HEAD = "a".repeat(40);
  private static final PlannedFigures FIGURES =
      new PlannedFigures(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);

  private final List<WiringPoint> wirings = new ArrayList<>();
  private final List<Batch> batches = new ArrayList<>();
  private final List<String> remade = new ArrayList<>();
  private String published = HEAD;
  private String head = HEAD;
  private boolean finished = true;
  private Plan plan = plan("make test", "", "a 1h writes a.txt", "b 1h writes b.txt");
  private List<TaskTimes> tasks =
      List.of(task("a", List.of("a.txt"), Outcome.DONE), task("b", List.of(), Outcome.DONE));

  private static Plan plan(String verify, String regenerate, String... lines) {
    return PlanText.plan(lines)
        .withWorkspace(
            new Workspace(
                "/srv/app",
                "main",
                null,
                verify.isEmpty() ? null : verify,
                regenerate.isEmpty() ? null : regenerate));
  }

  private static TaskTimes task(String id, List<String> touched, Outcome... outcomes) {
    List<Attempt> attempts = new ArrayList<>();
    for (Outcome outcome : outcomes) {
      int number = attempts.size() + 1;
      attempts.add(
          new Attempt(
              number,
              new AgentId("agent"),
              number,
              Instant.EPOCH,
              Instant.EPOCH,
              Instant.EPOCH,
              outcome,
              "",
              "",
              Map.of(),
              "",
              List.of(),
              new Delivery("", Map.of(), new Traces(touched, 0, List.of(), 0, Traces.Usage.NONE))));
    }
    return new TaskTimes(new TaskId(id), Instant.EPOCH, attempts);
  }

  private void batch(Map<String, Kind> members) {
    List<MemberOutcome> outcomes = new ArrayList<>();
    members.forEach((task, kind) ->
        outcomes.add(new MemberOutcome(new BatchMember(new TaskId(task), 1), kind, "", List.of())));
    batches.add(
        new Batch(
            batches.size() + 1,
            1,
            Instant.EPOCH,
            Instant.EPOCH,
            new BatchReport(HEAD, "", outcomes, 2, "", List.of(), remade)));
  }

  private void wiring(String consumer, String producer, Progress progress) {
    Stub stub = new Stub(new TaskId(producer), "a call", null);
    wirings.add(new WiringPoint(new TaskId(producer), new TaskId(consumer), stub, progress));
  }

  private RunReport report() {
    RunRecord run = new RunRecord(1, finished, Instant.EPOCH, tasks);
    return RunReport.of(
        plan,
        FIGURES,
        run,
        new MergeView(
            "makespan/1/integration",
            List.of(),
            List.of(),
            null,
            head,
            published,
            null,
            "",
            wirings,
            batches));
  }

  private static String of(List<ReportCheck> checks, String what) {
    return checks.stream()
        .filter(check -> check.what().equals(what))
        .map(check -> check.standing() + " " + check.detail())
        .reduce((a, b) -> a + "; " + b)
        .orElse("not checked");
  }

  private String before(String what) {
    return of(report().beforeIntegration(), what);
  }

  private String after(String what) {
    return of(report().afterIntegration(), what);
  }

  @Test
  void aRunThatMergesNothingHasNoChecklist() {
    RunReport report =
        RunReport.of(plan, FIGURES, new RunRecord(1, true, Instant.EPOCH, tasks), null);

    assertThat(report.beforeIntegration()).isEmpty();
    assertThat(report.afterIntegration()).isEmpty();
  }

  @Test
  void aRunInWhichAllWentWellHasEveryBoxTicked() {
    batch(Map.of("a", Kind.LANDED));

    assertThat(report().beforeIntegration()).allMatch(c -> c.standing() == Standing.OK);
    assertThat(report().afterIntegration()).allMatch(c -> c.standing() == Standing.OK);
    assertThat(before("work is accepted")).isEqualTo("OK 2 of 2 tasks");
    assertThat(before("gates are green")).isEqualTo("OK none was red");
    assertThat(after("what has landed is verified"))
        .isEqualTo("OK 'make test' is green on aaaaaaaaaa; it was run 2 times");
  }

  @Test
  void workThatWasNeverAcceptedIsNamedAndAProblemOnceTheRunHasEnded() {
    tasks = List.of(tasks.getFirst(), task("b", List.of(), Outcome.FAILED));
    assertThat(before("work is accepted")).isEqualTo("PROBLEM 1 of 2 tasks; not of b");

    finished = false;
    assertThat(before("work is accepted")).isEqualTo("OPEN 1 of 2 tasks; not of b");
  }

  @Test
  void redGatesAreCountedAndNamedWhileNothingGreenFollows() {
    tasks = List.of(task("a", List.of(), Outcome.REJECTED, Outcome.DONE), tasks.getLast());
    assertThat(before("gates are green")).isEqualTo("OK 1 red attempt was done again");

    tasks = List.of(task("a", List.of(), Outcome.REJECTED), tasks.getLast());
    assertThat(before("gates are green")).isEqualTo("PROBLEM red and not done again: a");
  }

  @Test
  void filesThatNobodyDeclaredAreForPeopleToLookAt() {
    tasks = List.of(task("a", List.of("a.txt", "c.txt"), Outcome.DONE), tasks.getLast());

    assertThat(before("files are as declared"))
        .isEqualTo("PEOPLE changed and not declared, a: c.txt");
  }

  @Test
  void whatWentBackIsAProblemUntilItHasLanded() {
    batch(Map.of("a", Kind.CONFLICT));
    assertThat(before("nothing conflicts")).isEqualTo("PROBLEM went back and did not land: a");

    batch(Map.of("a", Kind.LANDED));
    assertThat(before("nothing conflicts")).isEqualTo("OK went back and landed since: a");
  }

  @Test
  void stubsAreWiredOpenOrForPeople() {
    assertThat(before("stubs are wired")).isEqualTo("not checked");
    wiring("b", "a", Progress.WIRED);
    wiring("c", "a", Progress.OFF);
    assertThat(before("stubs are wired")).isEqualTo("OK 1 of 2 wired");

    wiring("d", "a", Progress.BY_PEOPLE);
    assertThat(before("stubs are wired"))
        .isEqualTo("PEOPLE 1 of 3 wired; by people, in this order: a to d via a call");

    wiring("e", "a", Progress.WAITS);
    assertThat(before("stubs are wired")).isEqualTo("PROBLEM 1 of 4 wired; open: a to e");
  }

  @Test
  void mitigationsOfRisksAreForPeopleToTick() {
    Workspace workspace = Objects.requireNonNull(plan.workspace());
    plan =
        new PlanBuilder()
            .task("a", 10)
            .risk("r1", "Begin early", "", "a")
            .risk("r2", "", "", "a")
            .plan()
            .withWorkspace(workspace);

    assertThat(before("risk r1")).startsWith("PEOPLE").endsWith(": Begin early");
    assertThat(before("risk r2")).isEqualTo("not checked");
  }

  @Test
  void withoutACommandThatVerifiesPeopleDo() {
    plan = plan("", "", "a 1h", "b 1h");

    assertThat(after("what has landed is verified"))
        .isEqualTo("PEOPLE the plan has no workspace.verify");
  }

  @Test
  void aBranchThatStandsElsewhereIsSaidSo() {
    published = "";

    assertThat(after("the branch is where people find it"))
        .isEqualTo("PROBLEM makespan/1/integration stands nowhere yet");
  }

  @Test
  void aRunOfWhichNothingHasLandedIsNotVerified() {
    head = "";
    published = "";
    finished = false;

    assertThat(after("what has landed is verified")).isEqualTo("OPEN nothing has landed");
    assertThat(after("the branch is where people find it")).startsWith("OPEN");
  }

  @Test
  void filesThatAreMadeAnewAreNamedAndWhatIsMissingForItIsSaid() {
    assertThat(after("files are made anew")).isEqualTo("not checked");
    plan = plan("make test", "", "file gen.txt regenerate", "a 1h", "b 1h");
    assertThat(after("files are made anew")).startsWith("PEOPLE the plan has no");

    plan = plan("make test", "make gen", "file gen.txt regenerate", "a 1h", "b 1h");
    remade.add("gen.txt");
    batch(Map.of("a", Kind.LANDED));
    assertThat(after("files are made anew")).isEqualTo("OK gen.txt");
  }
}
