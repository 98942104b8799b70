package dev.makespan.formats.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.plan.CheckedPlan;
import dev.makespan.core.plan.Parameters;
import dev.makespan.core.plan.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever happens to a plan's bytes, the answer is a plan or problems. The seed is fixed. */
class MutatedPlansTest {

  private static final int ROUNDS = 300;
  private static final List<String> BITS =
      List.of(
          "&a",
          "*a",
          "!t",
          "<<: ",
          "---\n",
          "...\n",
          "\t",
          "\u0000",
          "\u202E",
          "{",
          "}",
          "[",
          "]",
          ": ",
          "- ",
          "\n",
          "\"",
          "'",
          "|",
          ">",
          "%",
          "${{",
          "}}",
          "0o17",
          "1e999",
          ".nan",
          "-1",
          "99999999999999999999",
          "~",
          "null",
          "true",
          "\uFEFF",
          "\\uD800",
          "../",
          "#",
          "? ",
          ",");

  static List<String> names() {
    return Examples.NAMES;
  }

  @ParameterizedTest
  @MethodSource("names")
  void aMutatedPlanIsAPlanOrHasProblems(String name) {
    Random random = new Random(name.hashCode());
    byte[] original = Examples.bytes(name);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] content = original;
      for (int i = 1 + random.nextInt(4); i > 0; i--) {
        content = mutated(content, random);
      }

      CheckedPlan checked = PlanReader.read(content);

      hold(checked);
    }
  }

  private static void hold(CheckedPlan checked) {
    assertThat(checked.problems())
        .allSatisfy(problem -> {
          assertThat(problem.message()).isNotBlank().doesNotContain("\n").hasSizeLessThan(2_000);
          assertThat(problem.at().line()).isPositive();
          assertThat(problem.at().column()).isPositive();
        });
    switch (checked) {
      case CheckedPlan.Refused refused ->
          assertThat(refused.problems())
              .anyMatch(problem -> problem.severity() == Problem.Severity.ERROR);
      case CheckedPlan.Accepted accepted -> {
        assertThat(accepted.problems())
            .noneMatch(problem -> problem.severity() == Problem.Severity.ERROR);
        assertThat(PlanProto.fromProto(PlanProto.toProto(accepted.plan())))
            .isEqualTo(accepted.plan());
        assertThat(Parameters.bind(accepted.plan(), Map.of())).isNotNull();
      }
    }
  }

  private static byte[] mutated(byte[] content, Random random) {
    int at = random.nextInt(content.length);
    int length = Math.min(content.length - at, 1 + random.nextInt(20));
    return switch (random.nextInt(5)) {
      case 0 -> spliced(content, at, length, new byte[0]);
      case 1 -> spliced(content, at, 0, bit(random));
      case 2 -> spliced(content, at, length, bit(random));
      case 3 -> spliced(content, at, 0, Arrays.copyOfRange(content, at, at + length));
      default -> spliced(content, at, 1, new byte[] {(byte) random.nextInt(256)});
    };
  }

  private static byte[] bit(Random random) {
    return BITS.get(random.nextInt(BITS.size())).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] spliced(byte[] content, int at, int cut, byte[] with) {
    byte[] result = new byte[content.length - cut + with.length];
    System.arraycopy(content, 0, result, 0, at);
    System.arraycopy(with, 0, result, at, with.length);
    System.arraycopy(content, at + cut, result, at + with.length, content.length - at - cut);
    return result;
  }
}
