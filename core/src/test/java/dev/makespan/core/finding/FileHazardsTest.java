package dev.makespan.core.finding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.analysis.Hazard;
import dev.makespan.core.analysis.PlanAnalysis;
import dev.makespan.core.change.PlanChanges;
import dev.makespan.core.graph.PlanBuilder;
import dev.makespan.core.plan.Level;
import dev.makespan.core.plan.NumberRange;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.schedule.Search;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Hazards as findings, and what is done about them. */
class FileHazardsTest {

  @Test
  void twoWritersOfOneFileAreFoundAndAFileEachWinsWhatTurnsCost() {
    Plan plan =
        new PlanBuilder()
            .pool("agent", 2)
            .task("a", 60, t -> t.writes("src/x.rs"))
            .task("b", 60, t -> t.writes("src/x.rs"))
            .plan();

    Finding finding = found(plan, "write-write:src/x.rs");

    assertThat(finding.confidence()).isEqualTo(Confidence.CERTAIN);
    assertThat(finding.severity()).isEqualTo(Level.HIGH);
    assertThat(finding.evidence()).hasSize(2);
    assertThat(finding.remedies().getFirst().kind()).isEqualTo("split-file");
    assertThat(finding.gain()).isEqualTo(Duration.ofHours(1));
    assertThat(finding.remedies())
        .extracting(Remedy::kind)
        .containsExactlyInAnyOrder("split-file", "append", "owner", "order", "turns");
    assertThat(PlanChanges.apply(plan, finding.remedies().getFirst().changes()).tasks())
        .extracting(task -> task.files().getFirst().path().text())
        .containsExactly("src/x/a.rs", "src/x/b.rs");
  }

  @Test
  void aGlobAndAPathInItAreOneHazard() {
    Plan plan =
        new PlanBuilder()
            .pool("agent", 2)
            .task("a", 60, t -> t.writes("src/**"))
            .task("b", 60, t -> t.reads("src/x/y.rs"))
            .plan();

    assertThat(review(plan).findings()).anyMatch(f -> f.kind() == FindingKind.READ_WRITE);
  }

  @Test
  void aGlobIsNotNarrowedToOneOfItsFiles() {
    Plan plan =
        new PlanBuilder()
            .pool("agent", 2)
            .task("a", 60, t -> t.writes("src/**"))
            .task("b", 60, t -> t.writes("src/posts.rs"))
            .plan();

    PlanReview review = review(plan);

    assertThat(found(plan, "write-write:src/posts.rs").remedies())
        .extracting(Remedy::kind)
        .containsExactlyInAnyOrder("order", "append", "turns");
    assertThat(review.proposal().applied()).isEmpty();
  }

  @Test
  void addingToSourceFilesIsToldButNotRecommended() {
    Plan plan =
        new PlanBuilder()
            .pool("agent", 2)
            .task("a", 60, t -> t.writes("src/**"))
            .task("b", 60, t -> t.writes("src/**"))
            .plan();

    Finding finding = found(plan, "write-write:src/**");

    assertThat(finding.gain()).isZero();
    assertThat(finding.remedies().getLast().kind()).isEqualTo("append");
    assertThat(finding.remedies().getLast().gain()).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void aFileThatOnlyStepsNameIsNoLockYetAndMakingItOneIsPriced() {
    Plan plan =
        new PlanBuilder()
            .pool("agent", 2)
            .task("a", 60, t -> t.step("s", 60, "", "x.rs"))
            .task("b", 60, t -> t.step("s", 60, "", "x.rs"))
            .plan();

    Remedy turns = remedy(found(plan, "write-write:x.rs"), "turns");

    assertThat(turns.gain()).isEqualTo(Duration.ofHours(-1));
    Plan changed = PlanChanges.apply(plan, turns.changes());
    assertThat(Scope.of(changed, changed.pools(), Search.DEFAULT).makespanMillis())
        .isEqualTo(Duration.ofHours(2).toMillis());
  }

  @Test
  void numbersComeFromTheRangeThatIsThereAndKeepFilesApart() {
    Plan plan =
        new PlanBuilder()
            .pool("agent", 2)
            .task("a", 60, t -> t.writes("migrations/*"))
            .task("b", 60, t -> t.writes("migrations/*"))
            .plan()
            .withRanges(List.of(new NumberRange("migrations", 20260220010000L, 10000, 100)));

    Finding finding = found(plan, "write-write:migrations/*");

    Remedy numbers = finding.remedies().getFirst();
    assertThat(numbers.kind()).isEqualTo("numbers");
    assertThat(numbers.gain()).isEqualTo(Duration.ofHours(1));
    Plan changed = PlanChanges.apply(plan, numbers.changes());
    assertThat(changed.ranges()).isEqualTo(plan.ranges());
    assertThat(changed.tasks())
        .extracting(task -> task.files().getFirst().path().text())
        .containsExactly("migrations/202602200100*", "migrations/202602200200*");
  }

  @Test
  void readersOfOneFileAreOrderedBehindItsWriterButNotAmongThemselves() {
    Plan plan =
        new PlanBuilder()
            .pool("agent", 3)
            .task("w", 60, t -> t.writes("x.rs"))
            .task("r1", 60, t -> t.reads("x.rs"))
            .task("r2", 60, t -> t.reads("x.rs"))
            .plan();

    Finding finding = found(plan, "read-write:x.rs");

    Remedy order = remedy(finding, "order");
    assertThat(order.makespan()).isEqualTo(Duration.ofHours(2));
    Plan changed = PlanChanges.apply(plan, order.changes());
    assertThat(review(changed).findings()).noneMatch(f -> f.kind() == FindingKind.READ_WRITE);
  }

  /** It took as many looks at all tasks as there are tasks. */
  @Test
  void aFileThatAHundredThousandTasksWriteIsReviewed() {
    PlanBuilder builder = new PlanBuilder().pool("agent", 64);
    for (int i = 0; i < 100_000; i++) {
      builder.task("t" + i, 1, t -> t.writes("x"));
    }

    Finding finding = found(builder.plan(), "write-write:x");

    assertThat(finding.tasks()).hasSize(100_000);
    assertThat(finding.remedies())
        .extracting(Remedy::kind)
        .containsExactlyInAnyOrder("split-file", "order", "append", "turns");
  }

  @Test
  void patternsThatAreTooManyToBeHeldAgainstEachOtherAreToldAndTheRestIsReviewed() {
    PlanBuilder builder = new PlanBuilder().pool("agent", 64).task("a", 1, t -> t.writes("y"));
    for (int i = 0; i < 2_500; i++) {
      int number = i;
      builder.task("w" + i, 1, t -> t.writes("src/m%d/x".formatted(number)));
      builder.task("r" + i, 1, t -> t.reads("src/**/*").needs("a"));
    }
    Plan plan = builder.task("b", 1, t -> t.writes("y")).plan();

    PlanAnalysis analysis = PlanAnalysis.of(plan, plan.pools(), new Search(1, 1));

    assertThat(analysis.remarks()).anyMatch(remark -> remark.startsWith("Too many patterns"));
    assertThat(analysis.hazards()).extracting(Hazard::path).contains("y");
  }

  @Test
  void orderedWritersAreNoHazard() {
    Plan plan =
        new PlanBuilder()
            .task("a", 60, t -> t.writes("x"))
            .task("b", 60, t -> t.writes("x").needs("a"))
            .plan();

    assertThat(review(plan).findings())
        .noneMatch(f -> f.kind() == FindingKind.WRITE_WRITE || f.kind() == FindingKind.HOT_FILE);
  }

  @Test
  void aHazardThatCostsNothingIsOrderedAtNoCostTheCheaperWayRound() {
    Plan plan =
        new PlanBuilder()
            .pool("agent", 3)
            .task("long", 100)
            .task("first", 10, t -> t.writes("x"))
            .task("then", 30, t -> t.reads("x"))
            .task("end", 50, t -> t.needs("then"))
            .plan();

    Finding finding = found(plan, "read-write:x");

    Remedy order = remedy(finding, "order");
    assertThat(order.gain()).isZero();
    assertThat(order.makespan()).isEqualTo(Duration.ofMinutes(100));
  }

  /** Every pair that touches one planted file without an order is in a hazard; no other pair is. */
  @Test
  void allPlantedHazardsAreFoundAndNoOthers() {
    int planted = 0;
    for (int seed = 0; seed < 60; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      PlanBuilder builder = new PlanBuilder().pool("agent", 3);
      List<String> expected = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        boolean hazard = random.nextInt(3) == 0;
        boolean bothWrite = random.nextBoolean();
        boolean glob = random.nextBoolean();
        String folder = "m" + i;
        String file = folder + "/f.rs";
        int pair = i;
        builder.task("w" + i, 5 + random.nextInt(30), t -> t.writes(glob ? folder + "/**" : file));
        builder.task(
            "o" + i,
            5 + random.nextInt(30),
            t -> {
              PlanBuilder.Line line = bothWrite ? t.writes(file) : t.reads(file);
              return hazard ? line : line.needs("w" + pair);
            });
        if (hazard) {
          expected.add("w" + i + (bothWrite ? " ww" : " rw"));
          planted++;
        }
      }

      Plan plan = builder.plan();
      List<String> found =
          new FileHazards()
              .find(Scope.of(plan, plan.pools(), new Search(seed, 20, 1, 0))).stream()
                  .map(f ->
                      f.tasks().getFirst() + (f.kind() == FindingKind.WRITE_WRITE ? " ww" : " rw"))
                  .sorted()
                  .toList();

      assertThat(found).as("seed %d", seed).isEqualTo(expected);
    }
    assertThat(planted).isGreaterThan(100);
  }

  private static Remedy remedy(Finding finding, String kind) {
    return finding.remedies().stream().filter(r -> r.kind().equals(kind)).findFirst().orElseThrow();
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
