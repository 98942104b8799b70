package dev.makespan.core.finding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.analysis.PlanAnalysis;
import dev.makespan.core.change.PlanChange;
import dev.makespan.core.change.PlanChanges;
import dev.makespan.core.graph.PlanBuilder;
import dev.makespan.core.graph.TaskGraph;
import dev.makespan.core.plan.FilePolicy;
import dev.makespan.core.plan.Level;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.PlanCheck;
import dev.makespan.core.plan.Risk;
import dev.makespan.core.plan.Stub;
import dev.makespan.core.plan.Task;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.schedule.Search;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PlanReviewTest {

  @Test
  void aWriterWhoIsNotTheOwnerLeavesAProposal() {
    Plan plan =
        new PlanBuilder()
            .owner("main.rs", "boss")
            .task("a", 10, t -> t.writes("main.rs"))
            .task("boss", 10, t -> t.writes("main.rs").needs("a"))
            .plan();

    Finding finding = found(plan, "ownership:a:main.rs");

    assertThat(finding.severity()).isEqualTo(Level.HIGH);
    Plan changed = PlanChanges.apply(plan, finding.remedies().getFirst().changes());
    assertThat(review(changed).findings()).noneMatch(f -> f.kind() == FindingKind.OWNERSHIP);
  }

  @Test
  void theRoleThatBindsIsNamedWithWhatOneMoreAgentWins() {
    Plan plan =
        new PlanBuilder()
            .pool("dev", 1)
            .pool("ops", 1)
            .task("a", 60, t -> t.role("dev"))
            .task("b", 60, t -> t.role("dev"))
            .task("c", 10, t -> t.role("ops"))
            .task("d", 10, t -> t.role("ops"))
            .plan();

    Finding finding = found(plan, "hot-role:dev");

    assertThat(finding.title()).contains("binds", "one more wins 1h");
    assertThat(finding.gain()).isEqualTo(Duration.ofHours(1));
    assertThat(finding.evidence())
        .extracting(Evidence::text)
        .contains("one more agent of role ops wins nothing");
  }

  @Test
  void aSharedResourceThatBindsIsNamed() {
    Plan plan =
        new PlanBuilder()
            .pool("agent", 2)
            .resource("staging", 1)
            .task("a", 60, t -> t.uses("staging", 1))
            .task("b", 60, t -> t.uses("staging", 1))
            .plan();

    assertThat(found(plan, "hot-resource:staging").gain()).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void aChainIsSaidToBeSerialWithTheCheapestCutFirst() {
    Plan plan =
        new PlanBuilder()
            .task("a", 10)
            .task("b", 60, t -> t.needs("a"))
            .task("c", 20, t -> t.needs("b"))
            .plan();

    Finding finding = found(plan, "serial:plan");

    assertThat(finding.title()).contains("100 %", "nothing can run side by side");
    assertThat(finding.remedies().getFirst().title()).contains("Cut b in two");
    assertThat(finding.gain()).isEqualTo(Duration.ofMinutes(30));
  }

  @Test
  void independentTasksAreNotSerial() {
    Plan plan = new PlanBuilder().pool("agent", 2).task("a", 10).task("b", 10).plan();

    assertThat(review(plan).findings()).noneMatch(f -> f.kind() == FindingKind.SERIAL);
  }

  @Test
  void stubsAreWiredAfterWhatFeedsTheirProducerAndCirclesAreNamed() {
    Plan plan =
        stubbed(
            new PlanBuilder().pool("agent", 4).task("a", 1).task("b", 1).task("c", 1).plan(),
            Map.of("b", "a", "c", "b", "a", "c"));

    List<PlanReview.WiringPoint> circle = review(plan).wiring();
    List<PlanReview.WiringPoint> chain =
        review(stubbed(plan.withTasks(cleared(plan)), Map.of("b", "a", "c", "b"))).wiring();

    assertThat(circle).allMatch(point -> point.circle().size() == 3);
    assertThat(chain).extracting(point -> point.producer().value()).containsExactly("a", "b");
    assertThat(chain).allMatch(point -> point.circle().isEmpty());
  }

  @Test
  void tasksWithOneLabelShareASessionAndTheLongestIsShort() {
    Plan plain =
        new PlanBuilder()
            .pool("agent", 2)
            .task("a", 30)
            .task("b", 30)
            .task("c", 40)
            .task("d", 20)
            .plan();
    Plan plan =
        PlanChanges.apply(
            plain,
            List.of(
                new PlanChange.SetLabel(new TaskId("a"), "area", "x"),
                new PlanChange.SetLabel(new TaskId("b"), "area", "x")));

    List<PlanReview.Session> sessions = review(plan).sessions();

    assertThat(sessions).extracting(PlanReview.Session::load).containsOnly(Duration.ofHours(1));
    assertThat(sessions)
        .anySatisfy(session ->
            assertThat(session.tasks()).containsExactly(new TaskId("a"), new TaskId("b")));
  }

  @Test
  void aRiskOfThePlanIsTiedToTheCriticalTaskThatItThreatens() {
    Plan plan = new PlanBuilder().pool("agent", 2).task("long", 60).task("short", 5).plan();
    Plan risky =
        new Plan(
            plan.name(),
            plan.title(),
            plan.day(),
            plan.parameters(),
            plan.pools(),
            plan.resources(),
            plan.ranges(),
            plan.files(),
            plan.phases(),
            plan.tasks(),
            List.of(risk("one", "long"), risk("two", "short")),
            plan.workspace(),
            plan.intakeLimit(),
            plan.budget(),
            plan.coordination(),
            plan.dispatching());

    PlanReview review = review(risky);

    assertThat(review.findings()).extracting(Finding::id).contains("risk:one", "risk:slip");
    assertThat(review.findings()).extracting(Finding::id).doesNotContain("risk:two");
    assertThat(review.checklist())
        .extracting(PlanReview.Check::critical)
        .containsExactly(true, false);
  }

  @Test
  void criticalTasksThatAreSaidToBeOfHighRiskAreTold() {
    Plan plan =
        new PlanBuilder()
            .pool("agent", 3)
            .task("long", 60, t -> t.risk(Level.HIGH))
            .task("calm", 60, t -> t.risk(Level.LOW))
            .task("short", 5, t -> t.risk(Level.HIGH))
            .plan();

    Finding finding = found(plan, "risk:critical");

    assertThat(finding.tasks()).containsExactly(new TaskId("long"));
    assertThat(finding.severity()).isEqualTo(Level.HIGH);
    assertThat(finding.evidence()).hasSize(1);
  }

  @Test
  void theProposalTakesWhatWinsTogetherAndLeavesMoreAgentsOut() {
    Plan plan =
        new PlanBuilder()
            .pool("agent", 2)
            .task("a", 60, t -> t.writes("x"))
            .task("b", 60, t -> t.writes("x"))
            .task("c", 60, t -> t.writes("y"))
            .task("d", 60, t -> t.writes("y"))
            .plan();

    PlanReview.Proposal proposal = review(plan).proposal();

    assertThat(proposal.analysis().schedule()).isEqualTo(Duration.ofHours(2));
    assertThat(proposal.applied()).noneMatch(id -> id.startsWith("hot-role"));
    assertThat(proposal.bestPossible()).isLessThanOrEqualTo(proposal.analysis().schedule());
  }

  @Test
  void foldersAndFilesAreListedWithWhoTouchesThem() {
    Plan plan =
        new PlanBuilder()
            .task("a", 1, t -> t.writes("src/x.rs"))
            .task("b", 1, t -> t.reads("src/x.rs").needs("a"))
            .plan();

    assertThat(review(plan).modules())
        .containsExactly(
            new PlanReview.ModuleImpact("src/", List.of(new TaskId("a")), List.of(new TaskId("b"))),
            new PlanReview.ModuleImpact(
                "src/x.rs", List.of(new TaskId("a")), List.of(new TaskId("b"))));
  }

  /** What a remedy promises is what the analysis of the changed plan says. */
  @Test
  void aRemedysMakespanIsWhatTheChangedPlansAnalysisSays() {
    int priced = 0;
    for (int seed = 0; seed < 40; seed++) {
      Plan plan = randomPlan(seed);
      Search search = new Search(seed, 200);
      for (Finding finding : PlanReview.of(plan, plan.pools(), search).findings()) {
        for (Remedy remedy : finding.remedies()) {
          if (remedy.isPriced() && !remedy.changes().isEmpty()) {
            Plan changed = PlanChanges.apply(plan, remedy.changes());
            assertThat(PlanCheck.cyclesOf(changed)).isEmpty();
            assertThat(PlanAnalysis.of(changed, changed.pools(), search).schedule())
                .as("seed %d, %s, %s", seed, finding.id(), remedy.kind())
                .isEqualTo(Optional.ofNullable(remedy.makespan()).orElseThrow());
            priced++;
          }
        }
      }
    }

    assertThat(priced).isGreaterThan(200);
  }

  @Test
  void needsCountInWhatAPriceTakes() {
    PlanBuilder builder = new PlanBuilder();
    for (int i = 0; i < 100; i++) {
      String[] all = new String[i];
      Arrays.setAll(all, before -> "t" + before);
      builder.task("t" + i, 1, t -> t.needs(all));
    }

    assertThat(Pricing.sizeOf(TaskGraph.of(builder.plan()))).isEqualTo(100 + 4_950 / 16);
    assertThat(Pricing.sizeOf(TaskGraph.of(new PlanBuilder().task("a", 1).plan()))).isEqualTo(1);
  }

  @Test
  void theSamePlanIsReviewedTheSame() {
    for (int seed = 0; seed < 10; seed++) {
      Plan plan = randomPlan(seed);

      assertThat(review(plan)).isEqualTo(review(plan));
    }
  }

  private static Plan randomPlan(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    PlanBuilder builder = new PlanBuilder().pool("agent", 1 + random.nextInt(3));
    builder.resource("staging", 1);
    if (random.nextBoolean()) {
      builder.policy("list.md", FilePolicy.Kind.APPEND);
    }
    for (int i = 0; i < 9; i++) {
      int task = i;
      String need = "t" + (i == 0 ? 0 : random.nextInt(i));
      boolean needs = i > 0 && random.nextInt(2) == 0;
      String file = "src/f" + random.nextInt(4) + ".rs";
      String read = "src/f" + random.nextInt(4) + ".rs";
      boolean uses = random.nextInt(4) == 0;
      builder.task(
          "t" + task,
          1 + random.nextInt(60),
          t -> {
            PlanBuilder.Line line = t.writes(file);
            line = read.equals(file) ? line : line.reads(read);
            line = uses ? line.uses("staging", 1) : line;
            return needs ? line.needs(need) : line;
          });
    }
    return builder.plan();
  }

  private static Risk risk(String id, String task) {
    return new Risk(id, id, Level.HIGH, Level.HIGH, List.of(new TaskId(task)), "Look twice", null);
  }

  private static Plan stubbed(Plan plan, Map<String, String> producers) {
    List<Task> tasks = new ArrayList<>();
    for (Task task : plan.tasks()) {
      String producer = new LinkedHashMap<>(producers).get(task.id().value());
      tasks.add(
          producer == null
              ? task
              : task.withStubs(List.of(new Stub(new TaskId(producer), "call", null))));
    }
    return plan.withTasks(tasks);
  }

  private static List<Task> cleared(Plan plan) {
    return plan.tasks().stream().map(task -> task.withStubs(List.of())).toList();
  }

  private static Finding found(Plan plan, String id) {
    List<Finding> findings = review(plan).findings();
    return findings.stream()
        .filter(finding -> finding.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new AssertionError(id + " is not among " + findings));
  }

  private static PlanReview review(Plan plan) {
    return PlanReview.of(plan, plan.pools(), Search.DEFAULT);
  }
}
