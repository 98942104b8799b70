package dev.makespan.core.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.plan.Plan;
import dev.makespan.core.schedule.Search;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlanAnalysisTest {

  @Test
  void contentPublishingTakesTurnsOnOneFile() {
    Plan plan = ExamplePlans.contentPublishing();

    PlanAnalysis analysis = PlanAnalysis.of(plan, Map.of(), Search.DEFAULT);

    assertThat(analysis.sequential()).isEqualTo(Duration.ofMinutes(450));
    assertThat(analysis.criticalPath()).isEqualTo(Duration.ofMinutes(255));
    assertThat(analysis.schedule()).isEqualTo(Duration.ofMinutes(390));
    assertThat(analysis.lowerBound()).isEqualTo(Duration.ofMinutes(390));
    assertThat(analysis.lowerBoundReason()).contains("src/handlers/posts.rs");
    assertThat(analysis.criticalTasks().toString())
        .isEqualTo("[schema, get-post, upload-init, integration]");
    assertThat(analysis.waves().toString())
        .isEqualTo(
            "[[schema, s3-service], [get-post], [upload-init, upload-complete], [integration]]");
    assertThat(analysis.hazards()).hasSize(1);
    Hazard hazard = analysis.hazards().getFirst();
    assertThat(hazard.path()).isEqualTo("src/handlers/posts.rs");
    assertThat(hazard.kind()).isEqualTo("write-write");
    assertThat(hazard.tasks().toString()).isEqualTo("[upload-init, upload-complete, get-post]");
    assertThat(hazard.turnTakingCost()).isEqualTo(Duration.ofMinutes(135));
  }

  @Test
  void aFilePerEndpointWinsAllThatTurnTakingCosts() {
    Plan plan = ExamplePlans.contentPublishing("src/handlers/init.rs", "src/handlers/complete.rs");

    PlanAnalysis analysis = PlanAnalysis.of(plan, Map.of(), Search.DEFAULT);

    assertThat(analysis.schedule()).isEqualTo(Duration.ofMinutes(255));
    assertThat(analysis.hazards()).isEmpty();
  }

  @Test
  void multipartFormsAsWrittenTakes38Minutes() {
    Plan plan = ExamplePlans.multipartForms();

    PlanAnalysis analysis = PlanAnalysis.of(plan, Map.of(), Search.DEFAULT);

    assertThat(analysis.sequential()).isEqualTo(Duration.ofMinutes(50));
    assertThat(analysis.criticalPath()).isEqualTo(Duration.ofMinutes(38));
    assertThat(analysis.schedule()).isEqualTo(Duration.ofMinutes(38));
    assertThat(analysis.hazards())
        .extracting(Hazard::path)
        .containsExactly("definitions/src/elevenlabs/examples.rs");
    assertThat(analysis.hazards().getFirst().turnTakingCost()).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void remarksSayHowGoodTheScheduleIsAndLeaveTheRestToFindings() {
    Plan plan = ExamplePlans.multipartForms();

    PlanAnalysis analysis = PlanAnalysis.of(plan, Map.of(), Search.DEFAULT);

    assertThat(analysis.remarks())
        .containsExactly("No schedule is shorter: it meets the lower bound.");
  }

  @Test
  void unifiedPlatformIsBoundByItsBarrier() {
    Plan plan = ExamplePlans.unifiedPlatform();

    PlanAnalysis analysis = PlanAnalysis.of(plan, Map.of(), Search.DEFAULT);

    assertThat(analysis.sequential()).isEqualTo(Duration.ofHours(159));
    assertThat(analysis.criticalPath()).isEqualTo(Duration.ofHours(70));
    assertThat(analysis.schedule()).isEqualTo(Duration.ofHours(70));
    assertThat(analysis.hazards()).isEmpty();
  }

  @Test
  void theSameSeedGivesTheSameAnalysis() {
    Plan plan = ExamplePlans.contentPublishing();

    PlanAnalysis first = PlanAnalysis.of(plan, Map.of(), new Search(7, 500));

    assertThat(PlanAnalysis.of(plan, Map.of(), new Search(7, 500))).isEqualTo(first);
  }
}
