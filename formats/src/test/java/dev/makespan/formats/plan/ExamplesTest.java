package dev.makespan.formats.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.analysis.PlanAnalysis;
import dev.makespan.core.plan.CheckedPlan;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Problem;
import dev.makespan.core.schedule.Search;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The plans in the folder {@code examples} run as they are. */
class ExamplesTest {

  static List<String> names() {
    return Examples.NAMES;
  }

  @ParameterizedTest
  @MethodSource("names")
  void anExampleIsAcceptedWithoutAnythingToConfirm(String name) {
    byte[] content = Examples.bytes(name);

    CheckedPlan checked = PlanReader.read(content);

    assertThat(checked)
        .as(() -> String.join("\n", Examples.lines(name, checked)))
        .isInstanceOf(CheckedPlan.Accepted.class);
    assertThat(checked.problems()).allMatch(problem -> problem.severity() == Problem.Severity.NOTE);
  }

  @ParameterizedTest
  @MethodSource("names")
  void anExampleSurvivesTheWayThroughAMessage(String name) throws Exception {
    Plan plan = Examples.plan(name);

    byte[] sent = PlanProto.toProto(plan).toByteArray();
    Plan received = PlanProto.fromProto(dev.makespan.proto.plan.v1.Plan.parseFrom(sent));

    assertThat(received).isEqualTo(plan);
    assertThat(received.tasks()).isEqualTo(plan.tasks());
    assertThat(List.copyOf(received.pools().keySet()))
        .isEqualTo(List.copyOf(plan.pools().keySet()));
  }

  @ParameterizedTest
  @CsvSource({
    "content-publishing, PT7H30M, PT4H15M, PT6H30M",
    "image-transcoding,  PT6H15M, PT3H15M, PT3H15M",
    "image-upload,       PT4.3S,  PT2.5S,  PT2.5S",
    "multipart-forms,    PT50M,   PT38M,   PT38M",
    "platform-hardening, PT204H,  PT60H,   PT68H",
    "unified-platform,   PT159H,  PT70H,   PT70H",
  })
  void anExampleHasItsFigures(
      String name, Duration sequential, Duration criticalPath, Duration schedule) {
    Plan plan = Examples.plan(name);

    PlanAnalysis analysis = PlanAnalysis.of(plan, Map.of(), Search.DEFAULT);

    assertThat(analysis.sequential()).isEqualTo(sequential);
    assertThat(analysis.criticalPath()).isEqualTo(criticalPath);
    assertThat(analysis.schedule()).isEqualTo(schedule);
  }
}
