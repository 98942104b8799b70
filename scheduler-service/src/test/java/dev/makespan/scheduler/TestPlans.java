package dev.makespan.scheduler;

import dev.makespan.core.plan.CheckedPlan;
import dev.makespan.core.plan.Plan;
import dev.makespan.formats.plan.PlanProto;
import dev.makespan.formats.plan.PlanReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Plans as text. */
final class TestPlans {

  private static final String HEAD =
      """
      apiVersion: makespan.dev/v1
      kind: Plan
      metadata:
        name: %s
      spec:
        defaults:
          role: %s
          retry: {limit: 3, backoff: 1s}
        tasks:
      """;

  private TestPlans() {}

  /** {@code a}, then {@code b} and {@code c}, then {@code d}; the role is the plan's name. */
  static Plan diamond(String name) {
    return plan(
        HEAD.formatted(name, name)
            + """
                - {id: a, duration: 1m}
                - {id: b, duration: 1m, needs: [a]}
                - {id: c, duration: 1m, needs: [a]}
                - {id: d, duration: 1m, needs: [b, c]}
            """);
  }

  /** {@code size} tasks that need nothing; the role is the plan's name. */
  static Plan wide(String name, int size) {
    return wide(name, name, size);
  }

  /** {@code size} tasks that need nothing. */
  static Plan wide(String name, String role, int size) {
    return plan(
        HEAD.formatted(name, role)
            + IntStream.range(0, size)
                .mapToObj(i -> "    - {id: t" + i + ", duration: 1m}\n")
                .collect(Collectors.joining()));
  }

  /** Two tasks, of which at most {@code intake} runs may wait. */
  static Plan limited(String name, int intake) {
    return plan(
        HEAD.formatted(name, name).replace("spec:\n", "spec:\n  intake: {limit: " + intake + "}\n")
            + """
                - {id: a, duration: 1m}
                - {id: b, duration: 1m}
            """);
  }

  static EncodedPlan encoded(Plan plan) {
    return new EncodedPlan(List.of(PlanProto.toProto(plan).toByteArray()));
  }

  private static Plan plan(String text) {
    CheckedPlan checked = PlanReader.read(text.getBytes(StandardCharsets.UTF_8));
    if (checked instanceof CheckedPlan.Accepted accepted) {
      return accepted.plan();
    }
    throw new AssertionError(checked.problems().toString());
  }
}
