package dev.makespan.core.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.graph.PlanBuilder;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.schedule.Search;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an analysis says in words. */
class RemarksTest {

  @Test
  void aChainIsSaidToRunOneAfterAnother() {
    Plan plan = new PlanBuilder().task("a", 10).task("b", 10, t -> t.needs("a")).plan();

    assertThat(remarks(plan))
        .containsExactly(
            "Nothing of this plan runs side by side: one agent is as fast as many.",
            "No schedule is shorter: it meets the lower bound.");
  }

  @Test
  void ofOneTaskNothingIsSaidButThatItIsAsShortAsCanBe() {
    assertThat(remarks(new PlanBuilder().task("a", 10).plan()))
        .containsExactly("No schedule is shorter: it meets the lower bound.");
  }

  @Test
  void aScheduleThatIsNotProvedIsSaidToBeSoFarOff() {
    PlanBuilder builder = new PlanBuilder().pool("agent", 2);
    Plan plan = builder.task("a", 30).task("b", 30).task("c", 30).plan();

    PlanAnalysis analysis = PlanAnalysis.of(plan, Map.of(), new Search(1, 1, 1, 0));

    assertThat(analysis.schedule()).isEqualTo(Duration.ofMinutes(60));
    assertThat(analysis.lowerBound()).isEqualTo(Duration.ofMinutes(45));
    assertThat(analysis.remarks())
        .containsExactly("The schedule is at most 33.3 % longer than the shortest.");
  }

  @Test
  void eachTaskHasTheFirstAgentOfItsRoleThatIsFree() {
    Plan plan =
        new PlanBuilder()
            .pool("dev", 2)
            .pool("ops", 1)
            .task("a", 30)
            .task("b", 10)
            .task("now", 0, t -> t.needs("b"))
            .task("c", 10, t -> t.needs("b"))
            .task("d", 5, t -> t.needs("c"))
            .task("e", 20, t -> t.role("ops"))
            .plan();

    PlanAnalysis analysis = PlanAnalysis.of(plan, Map.of(), Search.DEFAULT);

    assertThat(analysis.tasks().stream().map(RemarksTest::text))
        .containsExactly(
            "a[0,30) dev-1 critical",
            "b[0,10) dev-2 slack 5",
            "e[0,20) ops-1 slack 10",
            "now[10,10) dev-1 slack 20",
            "c[10,20) dev-2 slack 5",
            "d[20,25) dev-2 slack 5");
  }

  @Test
  void aReaderAndAWriterAreAHazardOfAnotherKindThanTwoWriters() {
    Plan plan =
        new PlanBuilder()
            .pool("agent", 4)
            .task("a", 10, t -> t.writes("x"))
            .task("b", 10, t -> t.reads("x"))
            .task("c", 10, t -> t.writes("y"))
            .task("d", 10, t -> t.writes("y"))
            .plan();

    List<Hazard> hazards = PlanAnalysis.of(plan, Map.of(), Search.DEFAULT).hazards();

    assertThat(hazards)
        .extracting(h -> h.path() + " " + h.kind() + " " + h.turnTakingCost())
        .containsExactly("x read-write PT0S", "y write-write PT0S");
  }

  /** Only the step's file is shared: no lock yet, so making it one is what is priced. */
  @Test
  void aFileThatOnlyStepsTouchCostsWhatTurnsWouldTake() {
    Plan plan =
        new PlanBuilder()
            .pool("agent", 2)
            .task("a", 10, t -> t.step("s", 10, "", "x"))
            .task("b", 10, t -> t.step("s", 10, "", "x"))
            .plan();

    List<Hazard> hazards = PlanAnalysis.of(plan, Map.of(), Search.DEFAULT).hazards();

    assertThat(hazards).hasSize(1);
    assertThat(hazards.getFirst().turnTakingCost()).isEqualTo(Duration.ofMinutes(10));
  }

  @Test
  void hazardsPastTheHundredthAreNotPriced() {
    Plan plan =
        new PlanBuilder()
            .pool("agent", 2)
            .task("a", 202, RemarksTest::stepPerFile)
            .task("b", 202, RemarksTest::stepPerFile)
            .plan();

    List<Hazard> hazards = PlanAnalysis.of(plan, Map.of(), new Search(1, 20)).hazards();

    assertThat(hazards).hasSize(Hazards.MAX_PRICED + 1);
    assertThat(hazards.subList(0, Hazards.MAX_PRICED))
        .extracting(Hazard::turnTakingCost)
        .containsOnly(Duration.ofMinutes(202));
    assertThat(hazards.getLast().turnTakingCost()).isZero();
  }

  private static PlanBuilder.Line stepPerFile(PlanBuilder.Line line) {
    PlanBuilder.Line all = line;
    for (int i = 0; i <= Hazards.MAX_PRICED; i++) {
      all = all.step("s" + i, 2, "", "f%03d".formatted(i));
    }
    return all;
  }

  private static List<String> remarks(Plan plan) {
    return PlanAnalysis.of(plan, Map.of(), Search.DEFAULT).remarks();
  }

  private static String text(PlannedTask task) {
    return "%s[%d,%d) %s %s"
        .formatted(
            task.task(),
            task.start().toMinutes(),
            task.finish().toMinutes(),
            task.slot(),
            task.critical() ? "critical" : "slack " + task.slack().toMinutes());
  }
}
