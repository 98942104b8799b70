package dev.makespan.core.finding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.analysis.ExamplePlans;
import dev.makespan.core.analysis.PlanAnalysis;
import dev.makespan.core.change.PlanChange;
import dev.makespan.core.change.PlanChanges;
import dev.makespan.core.graph.PlanBuilder;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.PlanCheck;
import dev.makespan.core.plan.Task;
import dev.makespan.core.schedule.Search;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class StructureFindersTest {

  private static final List<Finder> FINDERS =
      List.of(
          new NeedlessDependencies(),
          new TaskSplits(),
          new EarlyMilestones(),
          new Contracts(),
          new ConcurrentTests());

  @Test
  void aNeedOverWhichNothingFlowsWinsItsShadowPrice() {
    Plan plan =
        new PlanBuilder()
            .pool("agent", 2)
            .task("a", 60, t -> t.writes("a"))
            .task("b", 60, t -> t.needs("a").reads("given").writes("b"))
            .plan();

    Finding finding = found(plan, "needless-dependency:b:a");

    assertThat(finding.confidence()).isEqualTo(Confidence.PROBABLE);
    assertThat(finding.gain()).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void anImpliedNeedWinsNothingAndSaysSo() {
    Plan plan =
        new PlanBuilder()
            .task("a", 10)
            .task("b", 10, t -> t.needs("a"))
            .task("c", 10, t -> t.needs("a", "b"))
            .plan();

    Finding finding = found(plan, "needless-dependency:c:a");

    assertThat(finding.confidence()).isEqualTo(Confidence.CERTAIN);
    assertThat(finding.gain()).isZero();
    assertThat(finding.remedies().getFirst().title()).contains("wins no time");
  }

  @Test
  void aNeedOfATaskThatNamesNothingToReadIsLeftAlone() {
    Plan plan =
        new PlanBuilder()
            .task("a", 10, t -> t.writes("a"))
            .task("b", 10, t -> t.needs("a").writes("b"))
            .plan();

    assertThat(findings(plan)).isEmpty();
  }

  @Test
  void aFileThatAnAgentIsGivenAsContextFlowsOverItsNeed() {
    Plan plan =
        new PlanBuilder()
            .task("a", 60, t -> t.writes("docs/api.md"))
            .task(
                "b",
                60,
                t ->
                    t.needs("a")
                        .reads("given")
                        .writes("b")
                        .context("Be brief: no more than a page.")
                        .context("docs/api.md"))
            .plan();

    assertThat(findings(plan)).noneMatch(f -> f.kind() == FindingKind.NEEDLESS_DEPENDENCY);
  }

  @Test
  void whatFlowedByWayOfALeftOutNeedIsNamedInItsPlace() {
    Plan plan =
        new PlanBuilder()
            .pool("agent", 3)
            .task("source", 10, t -> t.writes("s"))
            .task("between", 60, t -> t.needs("source").reads("s").writes("b"))
            .task("user", 10, t -> t.needs("between").reads("s").writes("u"))
            .task("last", 10, t -> t.needs("user").reads("b", "u"))
            .plan();

    Remedy remedy = found(plan, "needless-dependency:user:between").remedies().getFirst();

    assertThat(needs(PlanChanges.apply(plan, remedy.changes())))
        .containsExactly("[]", "[source]", "[source]", "[user, between]");
  }

  @Test
  void aNeedThatKeepsAReaderBeforeAWriterIsOnlyPossiblyNeedless() {
    Plan plan =
        new PlanBuilder()
            .task("reader", 10, t -> t.reads("x").writes("r"))
            .task("writer", 10, t -> t.needs("reader").reads("given").writes("x"))
            .plan();

    Finding finding = found(plan, "needless-dependency:writer:reader");

    assertThat(finding.confidence()).isEqualTo(Confidence.POSSIBLE);
    assertThat(finding.remedies().getFirst().rests()).contains("take turns in either order");
  }

  @Test
  void multipartFormsTakes26MinutesWhenTwoTasksAreSplitTogether() {
    Plan plan = ExamplePlans.multipartForms();

    List<Finding> findings = findings(plan);

    Finding together = find(findings, "split:definitions+tests");
    assertThat(makespan(together)).isLessThanOrEqualTo(Duration.ofMinutes(26));
    assertThat(together.gain()).isGreaterThan(find(findings, "split:tests").gain());
    assertThat(together.gain()).isGreaterThan(find(findings, "split:definitions").gain());
  }

  @Test
  void testsThatStartBeforeTheSecondWriterAreAHazardThatIsOrderedAtNoCost() {
    Plan plan = ExamplePlans.multipartForms();

    Finding split = find(findings(plan), "split:tests");

    Remedy ordered = split.remedies().getFirst();
    Remedy unordered = split.remedies().get(1);
    Plan changed = PlanChanges.apply(plan, unordered.changes());
    Scope scope = Scope.of(changed, Map.of(), Search.DEFAULT);
    assertThat(scope.locks())
        .filteredOn(lock -> lock.path().equals("define/src/types.rs"))
        .singleElement()
        .satisfies(lock -> {
          assertThat(lock.writers()).extracting(scope::id).hasToString("[endpoint]");
          assertThat(lock.readers()).extracting(scope::id).hasToString("[tests-unit]");
        });
    assertThat(ordered.makespan()).isEqualTo(unordered.makespan());
  }

  @Test
  void aSplitThatLoosensNothingIsNoFinding() {
    Plan plan =
        new PlanBuilder()
            .task("a", 10, t -> t.writes("a"))
            .task("b", 10, t -> t.needs("a").step("x", 5, "a", "x").step("y", 5, "x", "y"))
            .task("c", 10, t -> t.needs("b").reads("y"))
            .plan();

    assertThat(findings(plan)).isEmpty();
  }

  @Test
  void aTaskThatReadsWhatAnEarlyStepWritesGetsAMilestone() {
    Plan plan = early(t -> t);

    Finding finding = found(plan, "milestone:c:b");

    assertThat(finding.gain()).isEqualTo(Duration.ofMinutes(40));
    assertThat(needs(PlanChanges.apply(plan, finding.remedies().getFirst().changes())))
        .containsExactly("[]", "[b.x]");
  }

  @Test
  void aMilestoneThatIsThereAlreadyIsUsed() {
    Plan plan = early(t -> t.milestone("ready", 30));

    Remedy remedy = found(plan, "milestone:c:b").remedies().getFirst();

    assertThat(remedy.changes())
        .singleElement()
        .isInstanceOf(PlanChange.ReplaceNeed.class)
        .asString()
        .contains("b.ready");
  }

  @Test
  void aFileThatIsWrittenOutsideTheStepsMayComeAtAnyTime() {
    Plan plan = early(t -> t.writes("c-*"));

    assertThat(findings(plan)).noneMatch(f -> f.kind() == FindingKind.MILESTONE);
  }

  @Test
  void aContractWinsWhatTheLagLeaves() {
    Plan plan =
        new PlanBuilder()
            .pool("agent", 2)
            .task("a", 100, t -> t.writes("api.rs", "rest.rs"))
            .task("b", 100, t -> t.needs("a").reads("api.rs").writes("b"))
            .plan();

    Finding finding = found(plan, "stub:b:a");

    assertThat(finding.confidence()).isEqualTo(Confidence.POSSIBLE);
    assertThat(makespan(finding)).isEqualTo(Duration.ofMinutes(130));
    assertThat(finding.remedies().getFirst().rests()).contains("assumes", "15m");
  }

  @Test
  void aContractThatWinsNothingIsNoFinding() {
    Plan plan =
        new PlanBuilder()
            .pool("agent", 1)
            .task("a", 100, t -> t.writes("api.rs", "rest.rs"))
            .task("b", 100, t -> t.needs("a").reads("api.rs").writes("b"))
            .plan();

    assertThat(findings(plan)).noneMatch(f -> f.kind() == FindingKind.STUB);
  }

  @Test
  void testStepsThatShareNothingRunBesideEachOther() {
    Plan plan = tested("one", "two", 3);

    assertThat(found(plan, "concurrent-tests:quality").gain()).isEqualTo(Duration.ofMinutes(10));
  }

  @Test
  void testStepsThatWriteOneFileStayInOrder() {
    Plan plan = tested("one", "one", 3);

    assertThat(findings(plan)).noneMatch(f -> f.kind() == FindingKind.CONCURRENT_TESTS);
  }

  @Test
  void testStepsWithOneAgentAreSaidToWinNothing() {
    Plan plan = tested("one", "two", 1);

    assertThat(found(plan, "concurrent-tests:quality").gain()).isZero();
  }

  @Test
  void plantedFlawsAreFoundAndEveryPriceIsWhatTheChangedPlanTakes() {
    for (long seed = 0; seed < 60; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Plan plan = planted(random);

      List<Finding> findings = findings(plan);

      assertThat(findings).as("seed %d", seed).isEqualTo(findings(plan));
      assertThat(findings)
          .as("seed %d", seed)
          .extracting(Finding::id)
          .contains(
              "needless-dependency:idle:root",
              "split:halves",
              "milestone:early:halves",
              "concurrent-tests:quality")
          .doesNotHaveDuplicates()
          .noneMatch(id -> id.chars().anyMatch(Character::isWhitespace));
      findings.forEach(finding -> finding.remedies().forEach(remedy -> check(plan, remedy)));
    }
  }

  @Test
  void plansWhoseNeedsAllCarrySomethingHaveNoSuchFindings() {
    for (long seed = 0; seed < 60; seed++) {
      Plan plan = clean(new SplittableRandom(seed));

      assertThat(findings(plan)).as("seed %d", seed).isEmpty();
    }
  }

  private static void check(Plan plan, Remedy remedy) {
    Plan changed = PlanChanges.apply(plan, remedy.changes());
    assertThat(PlanCheck.cyclesOf(changed)).isEmpty();
    if (remedy.isPriced()) {
      assertThat(PlanAnalysis.of(changed, Map.of(), Search.DEFAULT).schedule())
          .isEqualTo(remedy.makespan());
    }
  }

  /** A chain of random length and times in which every task reads what the one before writes. */
  private static PlanBuilder chain(SplittableRandom random) {
    PlanBuilder plan = new PlanBuilder().pool("agent", 1 + random.nextInt(4));
    plan.task("root", minutes(random), t -> t.writes("root"));
    String before = "root";
    for (int i = 0; i < random.nextInt(6); i++) {
      String read = before;
      String id = "link" + i;
      plan.task(id, minutes(random), t -> t.needs(read).reads(read).writes(id));
      before = id;
    }
    return plan;
  }

  private static int minutes(SplittableRandom random) {
    return 5 + random.nextInt(60);
  }

  private static Plan clean(SplittableRandom random) {
    return chain(random).plan();
  }

  private static Plan planted(SplittableRandom random) {
    int first = minutes(random);
    int then = minutes(random);
    return chain(random)
        .task("idle", minutes(random), t -> t.needs("root").reads("given").writes("idle"))
        .task("other", minutes(random), t -> t.writes("other"))
        .task(
            "halves",
            first + then,
            t ->
                t.needs("root", "other")
                    .step("x", first, "root", "half-x")
                    .step("y", then, "other", "half-y"))
        .task("early", minutes(random), t -> t.needs("halves").reads("half-x").writes("early"))
        .task(
            "quality",
            20,
            t ->
                t.needs("root")
                    .step("unit-tests", 10, "root", "unit")
                    .step("e2e-tests", 10, "root", "e2e"))
        .plan();
  }

  private static Plan early(UnaryOperator<PlanBuilder.Line> said) {
    return new PlanBuilder()
        .pool("agent", 2)
        .task(
            "b",
            60,
            t -> said.apply(t.step("x", 20, "given", "c-reads").step("y", 40, "c-reads", "y")))
        .task("c", 60, t -> t.needs("b").reads("c-reads").writes("c"))
        .plan();
  }

  private static Plan tested(String firstWrites, String thenWrites, int agents) {
    return new PlanBuilder()
        .pool("agent", agents)
        .task("code", 10, t -> t.writes("code"))
        .task(
            "quality",
            20,
            t ->
                t.needs("code")
                    .step("unit-tests", 10, "code", firstWrites)
                    .step("e2e-tests", 10, "code", thenWrites))
        .plan();
  }

  private static List<Finding> findings(Plan plan) {
    Scope scope = Scope.of(plan, Map.of(), Search.DEFAULT);
    return FINDERS.stream().flatMap(finder -> finder.find(scope).stream()).toList();
  }

  private static Finding found(Plan plan, String id) {
    return find(findings(plan), id);
  }

  private static Finding find(List<Finding> findings, String id) {
    return findings.stream()
        .filter(finding -> finding.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new AssertionError("expected " + id + " among " + findings));
  }

  private static Duration makespan(Finding finding) {
    Duration makespan = finding.remedies().getFirst().makespan();
    assertThat(makespan).isNotNull();
    return makespan;
  }

  private static List<String> needs(Plan plan) {
    return plan.tasks().stream().map(Task::needs).map(Object::toString).toList();
  }
}
