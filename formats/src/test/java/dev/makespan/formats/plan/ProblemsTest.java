package dev.makespan.formats.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.plan.CheckedPlan;
import dev.makespan.core.plan.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each case of {@code problems.txt}: after {@code ==} what it shows, the file (after {@code %%}
 * whole, else from the fifth line on), and after {@code >>} every problem with its place and kind.
 */
class ProblemsTest {

  private static final String HEAD =
      """
      apiVersion: makespan.dev/v1
      kind: Plan
      metadata: {name: plan}
      spec:
      """;

  record Case(String name, String file, List<String> expected) {
    @Override
    public String toString() {
      return name;
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyProblemIsToldWithItsPlace(Case given) {
    byte[] content = given.file().getBytes(StandardCharsets.UTF_8);

    CheckedPlan checked = PlanReader.read(content);

    assertThat(checked.problems().stream().map(ProblemsTest::line)).isEqualTo(given.expected());
  }

  static String line(Problem problem) {
    return "%d:%d: %s: %s: %s"
        .formatted(
            problem.at().line(),
            problem.at().column(),
            problem.severity().name().toLowerCase(Locale.ROOT),
            problem.kind(),
            problem.message());
  }

  static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (String block : Pattern.compile("^== ", Pattern.MULTILINE).split(text(), -1)) {
      if (!block.isEmpty()) {
        cases.add(parsed(block));
      }
    }
    return cases;
  }

  private static Case parsed(String block) {
    List<String> lines = block.lines().toList();
    boolean whole = lines.size() > 1 && lines.get(1).equals("%%");
    StringBuilder file = new StringBuilder(whole ? "" : HEAD);
    List<String> expected = new ArrayList<>();
    for (String line : lines.subList(whole ? 2 : 1, lines.size())) {
      if (line.startsWith(">> ")) {
        expected.add(line.substring(3));
      } else {
        file.append(line).append('\n');
      }
    }
    return new Case(lines.getFirst(), file.toString(), expected);
  }

  private static String text() {
    try (InputStream in = ProblemsTest.class.getResourceAsStream("problems.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
