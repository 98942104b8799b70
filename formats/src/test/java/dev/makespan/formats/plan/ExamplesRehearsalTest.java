package dev.makespan.formats.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.dispatch.Rehearsal;
import dev.makespan.core.plan.CheckedPlan;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.run.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The production dispatch under virtual time, with the agents that each plan's pools ask for. */
class ExamplesRehearsalTest {

  @ParameterizedTest
  @CsvSource({
    "content-publishing, PT6H30M",
    "multipart-forms, PT38M",
    "image-transcoding, PT3H15M",
    "platform-hardening, PT68H",
    "unified-platform, PT70H",
    "image-upload, PT2.5S",
  })
  void theDispatchedRunTakesAsLongAsThePlannedOne(String example, Duration planned)
      throws IOException {
    Plan plan = example(example);
    Rehearsal rehearsal = new Rehearsal(plan, 1, 1);
    plan.pools().forEach((role, slots) -> rehearsal.agents(role.value(), slots));

    Run run = rehearsal.run(Duration.ofDays(30));

    assertThat(Rehearsal.makespanOf(run)).isEqualTo(planned);
  }

  private static Plan example(String name) throws IOException {
    byte[] content = Files.readAllBytes(Path.of("../examples", name + ".yaml"));
    CheckedPlan checked = PlanReader.read(content);
    assertThat(checked).as(checked.problems().toString()).isInstanceOf(CheckedPlan.Accepted.class);
    return ((CheckedPlan.Accepted) checked).plan();
  }
}
