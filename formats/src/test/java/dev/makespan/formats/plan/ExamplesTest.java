package dev.makespan.formats.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.plan.CheckedPlan;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Problem;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
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
}
