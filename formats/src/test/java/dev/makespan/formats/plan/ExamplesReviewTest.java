package dev.makespan.formats.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.analysis.PlanAnalysis;
import dev.makespan.core.change.PlanChange;
import dev.makespan.core.change.PlanChanges;
import dev.makespan.core.finding.Finding;
import dev.makespan.core.finding.FindingKind;
import dev.makespan.core.finding.PlanReview;
import dev.makespan.core.finding.Remedy;
import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.FileMode;
import dev.makespan.core.plan.FilePattern;
import dev.makespan.core.plan.FilePolicy;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.schedule.Search;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the example plans were brought along for: what a review has to find in them. */
class ExamplesReviewTest {

  @Test
  void turnsOnOneFileOfThePublishingPlanCostWhatAFilePerEndpointWins() {
    PlanReview review = review("content-publishing");

    Finding finding = found(review, "write-write:src/handlers/posts.rs");

    assertThat(finding.tasks())
        .extracting(TaskId::value)
        .containsExactlyInAnyOrder("upload-init", "upload-complete", "get-post");
    assertThat(finding.title()).contains("taking turns costs 2h15m");
    Remedy split = finding.remedies().getFirst();
    assertThat(split.kind()).isEqualTo("split-file");
    assertThat(split.gain()).isEqualTo(Duration.ofMinutes(135));
    assertThat(split.makespan()).isEqualTo(Duration.ofMinutes(255));
    assertThat(review.proposal().analysis().schedule())
        .isLessThanOrEqualTo(Duration.ofMinutes(255));
    assertThat(review.findings()).noneMatch(f -> f.kind() == FindingKind.OWNERSHIP);
  }

  @Test
  void thePublishingPlanTakesSixAndAHalfHoursWithTurnsAndItsOwnersAreRespected() {
    Plan plan = Examples.plan("content-publishing");

    PlanReview review = review("content-publishing");

    assertThat(analysis(plan).schedule()).isEqualTo(Duration.ofMinutes(390));
    assertThat(analysis(plan).criticalPath()).isEqualTo(Duration.ofMinutes(255));
    Plan split =
        PlanChanges.apply(
            plan,
            found(review, "write-write:src/handlers/posts.rs").remedies().getFirst().changes());
    assertThat(ownersOf(split)).containsAll(ownersOf(plan));
    assertThat(ownersOf(plan))
        .extracting(policy -> policy.path().text())
        .contains("src/main.rs", "src/handlers/mod.rs");
    assertThat(PlanReview.of(split, split.pools(), Search.DEFAULT).findings())
        .noneMatch(f -> f.kind() == FindingKind.OWNERSHIP);
    // Who writes an owned file beside its owner is told.
    Plan breach =
        PlanChanges.apply(
            plan,
            new PlanChange.AddAccess(
                new TaskId("get-post"),
                new FileAccess(new FilePattern("src/handlers/mod.rs"), FileMode.WRITE)));
    assertThat(PlanReview.of(breach, breach.pools(), Search.DEFAULT).findings())
        .extracting(Finding::id)
        .contains("ownership:get-post:src/handlers/mod.rs");
  }

  @Test
  void theFormsPlanTakes26MinutesInsteadOf38WhenItsStepsAreTakenApart() {
    PlanReview review = review("multipart-forms");

    Finding finding = found(review, "split:definitions+tests");

    assertThat(analysis(Examples.plan("multipart-forms")).schedule())
        .isEqualTo(Duration.ofMinutes(38));
    assertThat(finding.gain()).isEqualTo(Duration.ofMinutes(12));
    assertThat(finding.remedies().getFirst().makespan()).isEqualTo(Duration.ofMinutes(26));
    assertThat(review.findings())
        .anyMatch(f -> f.kind() == FindingKind.CONCURRENT_TESTS && f.id().contains("tests"));
    assertThat(review.proposal().analysis().schedule()).isLessThanOrEqualTo(Duration.ofMinutes(26));
  }

  /** After the split the unit tests read what the endpoint writes: told, and ordered at no cost. */
  @Test
  void theHazardThatASplitBringsIsFoundAndOrderedAtNoCost() {
    Plan plan = Examples.plan("multipart-forms");
    Finding split = found(review("multipart-forms"), "split:tests");
    Remedy unordered =
        split.remedies().stream()
            .filter(remedy -> remedy.kind().equals("split-unordered"))
            .findFirst()
            .orElseThrow();
    Plan changed = PlanChanges.apply(plan, unordered.changes());

    PlanReview after = PlanReview.of(changed, changed.pools(), Search.DEFAULT);

    Finding hazard = found(after, "read-write:define/src/types.rs");
    assertThat(hazard.tasks()).extracting(TaskId::value).contains("endpoint");
    assertThat(hazard.remedies())
        .anyMatch(r -> r.kind().equals("order") && r.gain().isZero() && r.isPriced());
  }

  @Test
  void theNineWiringPointsOfThePlatformComeInOrderWithTheirCirclesNamed() {
    PlanReview review = review("unified-platform");

    assertThat(review.wiring()).hasSize(9);
    assertThat(review.wiring()).extracting(PlanReview.WiringPoint::order).isSorted();
    assertThat(review.wiring().subList(0, 3))
        .extracting(point -> point.producer().value())
        .containsExactlyInAnyOrder("observability", "projects", "git");
    assertThat(review.wiring().subList(0, 3)).allMatch(point -> point.circle().isEmpty());
    assertThat(
            review.wiring().stream()
                .filter(point -> point.producer().value().equals("build"))
                .filter(point -> point.consumer().value().equals("secrets"))
                .findFirst()
                .orElseThrow()
                .circle())
        .extracting(TaskId::value)
        .containsExactly("secrets", "build");
    assertThat(found(review, "wiring:unified-platform").title()).contains("build and secrets");
  }

  @Test
  void thePlatformsSixSessionsAreBalancedAndKeepRelatedModulesTogether() {
    List<PlanReview.Session> sessions = review("unified-platform").sessions();

    assertThat(sessions).hasSize(6);
    assertThat(sessions).anyMatch(session -> holds(session, "git", "projects"));
    assertThat(sessions).anyMatch(session -> holds(session, "build", "deployer"));
    Duration longest =
        sessions.stream().map(PlanReview.Session::load).max(Duration::compareTo).orElseThrow();
    // 159 h in six sessions are 26.5 h each; no grouping of whole tasks does better than this.
    assertThat(longest).isLessThanOrEqualTo(Duration.ofHours(31));
  }

  @Test
  void thePlatformsNumbersAreHandedOutTenThousandApart() {
    Plan plan = Examples.plan("unified-platform");

    assertThat(plan.ranges().getFirst().firstOf(0)).isEqualTo(20260220010000L);
    assertThat(plan.ranges().getFirst().firstOf(1)).isEqualTo(20260220020000L);
  }

  @Test
  void theFiveDaysOfTheHardeningPlanCannotBeHad() {
    PlanReview review = review("platform-hardening");

    PlanAnalysis analysis = analysis(Examples.plan("platform-hardening"));
    // Days of eight hours: seven and a half by needs alone, eight and a half with an agent a role.
    assertThat(analysis.criticalPath()).isEqualTo(Duration.ofHours(60));
    assertThat(analysis.schedule()).isEqualTo(Duration.ofHours(68));
    assertThat(analysis.lowerBound()).isEqualTo(Duration.ofHours(68));
    Finding staging = found(review, "hot-resource:staging");

    assertThat(review.proposal().bestPossible()).isGreaterThan(Duration.ofHours(5 * 8));
    assertThat(staging.title()).contains("binds", "68h", "one more wins 8h");
    assertThat(found(review, "hot-role:fullstack").evidence())
        .extracting(e -> e.text())
        .contains("one more agent of role backend wins nothing");
  }

  private static PlanAnalysis analysis(Plan plan) {
    return PlanAnalysis.of(plan, plan.pools(), Search.DEFAULT);
  }

  private static List<FilePolicy> ownersOf(Plan plan) {
    return plan.files().stream().filter(policy -> policy.owner() != null).toList();
  }

  private static boolean holds(PlanReview.Session session, String... tasks) {
    return session.tasks().stream().map(TaskId::value).toList().containsAll(List.of(tasks));
  }

  private static PlanReview review(String example) {
    Plan plan = Examples.plan(example);
    return PlanReview.of(plan, plan.pools(), Search.DEFAULT);
  }

  private static Finding found(PlanReview review, String id) {
    return review.findings().stream()
        .filter(finding -> finding.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + id + " in " + review.findings()));
  }
}
