package dev.makespan.formats.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.plan.CheckedPlan;
import dev.makespan.core.plan.Parameters;
import dev.makespan.core.plan.Plan;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A file that says all that a plan can, beside what is read of it, every value in its place. */
class WholePlanTest {

  @Test
  void everythingThatAFileSaysIsInThePlan() {
    assertThat(text(plan())).isEqualTo(resource("whole-plan.txt"));
  }

  @Test
  void everyTextMayNameAParameter() {
    var bound = (Parameters.Bound) Parameters.bind(plan(), Map.of("p", "x"));

    String expected = resource("whole-plan.txt").replace("${{ parameters.q }}", "none");
    assertThat(text(bound.plan())).isEqualTo(expected.replace("${{ parameters.p }}", "x"));
  }

  @Test
  void aValueThatMakesNoPathOrLooksLikeAnOptionIsRefused() {
    assertThat(Parameters.bind(plan(), Map.of("p", "..")))
        .isInstanceOfSatisfying(
            Parameters.Missing.class,
            missing ->
                assertThat(missing.problems())
                    .anyMatch(problem -> problem.startsWith("files: expected a path"))
                    .anyMatch(problem -> problem.startsWith("task 'one': expected a path")));
    assertThat(Parameters.bind(plan(), Map.of("p", "*")))
        .isInstanceOfSatisfying(
            Parameters.Missing.class,
            missing ->
                assertThat(missing.problems())
                    .anyMatch(problem ->
                        problem.startsWith("task 'one': expected values without '*', was")));
    assertThat(Parameters.bind(plan(), Map.of("p", "a\nb")))
        .isInstanceOfSatisfying(
            Parameters.Missing.class,
            missing ->
                assertThat(missing.problems())
                    .anyMatch(problem -> problem.startsWith("workspace: expected one line")));
  }

  private static Plan plan() {
    byte[] content = resource("whole-plan.yaml").getBytes(StandardCharsets.UTF_8);
    return ((CheckedPlan.Accepted) PlanReader.read(content)).plan();
  }

  /** A line for each value of the plan, records and lists nested as they are. */
  private static String text(Plan plan) {
    return plan.toString().replace("], ", "],\n") + "\n";
  }

  private static String resource(String name) {
    try (InputStream in = WholePlanTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
