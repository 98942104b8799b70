package dev.makespan.formats.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.plan.CheckedPlan;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Problem;
import dev.makespan.core.plan.Work;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PlanReaderTest {

  private static final String HEAD =
      "apiVersion: makespan.dev/v1\nkind: Plan\nmetadata: {name: plan}\nspec:\n";

  @Test
  void jsonWithTabsIsTheSamePlanAsYaml() {
    String json =
        """
        {
        \t"apiVersion": "makespan.dev/v1",
        \t"kind": "Plan",
        \t"metadata": {"name": "plan", "title": "A \\ud83d\\ude00 \\/ plan"},
        \t"spec": {"tasks": [{"id": "a", "duration": "1h"}]}
        }
        """;
    String yaml =
        """
        apiVersion: makespan.dev/v1
        kind: Plan
        metadata: {name: plan, title: A 😀 / plan}
        spec: {tasks: [{id: a, duration: 1h}]}
        """;

    Plan fromJson = accepted(json);

    assertThat(fromJson).isEqualTo(accepted(yaml));
  }

  @Test
  void aByteOrderMarkAndLineEndsOfWindowsChangeNothing() {
    String text = HEAD + "  tasks: [{id: a, duration: 1h}]\n";

    Plan plan = accepted("\uFEFF" + text.replace("\n", "\r\n"));

    assertThat(plan).isEqualTo(accepted(text));
  }

  @Test
  void oddLookingTextIsNotMisread() {
    String text =
        HEAD
            + "  tasks: [{id: 007, duration: 1h, title: no, env: {A: 1:30, B: 0o17, C: 017, D: on,"
            + " E: 1e3, F: 0x1F, G: 12_000, H: 2026-01-01, I: 9007199254740993},"
            + " run: {command: [sleep, 5, -1, +2.50]}}]\n";

    Plan plan = accepted(text);

    var task = plan.tasks().getFirst();
    assertThat(task.id().value()).isEqualTo("007");
    assertThat(task.title()).isEqualTo("no");
    assertThat(task.execution().env())
        .containsExactlyEntriesOf(
            mapOf(
                "A",
                "1:30",
                "B",
                "0o17",
                "C",
                "017",
                "D",
                "on",
                "E",
                "1e3",
                "F",
                "0x1F",
                "G",
                "12_000",
                "H",
                "2026-01-01",
                "I",
                "9007199254740993"));
    assertThat(task.execution().work())
        .isEqualTo(new Work.Command(List.of("sleep", "5", "-1", "+2.50")));
  }

  @Test
  void aNumberInOctalIsWhatTheCoreSchemaSays() {
    Plan plan = accepted(HEAD + "  pools: {agent: 0o17}\n  tasks: [{id: a, duration: 1h}]\n");

    assertThat(plan.pools().values()).containsExactly(15);
  }

  @Test
  void bytesThatAreNoUtf8AreRefusedAtTheirPlace() {
    byte[] content = concat("kind: Plan\nab: ä", new byte[] {(byte) 0xC3, '\n'});

    Problem problem = only(content);

    assertThat(problem.kind()).isEqualTo("bad-encoding");
    assertThat(ProblemText.of("plan.yaml", problem))
        .isEqualTo("plan.yaml:2:6: error: expected UTF-8, was the byte 0xC3");
  }

  @Test
  void overlongAndSurrogateBytesAreNoUtf8() {
    assertThat(only(new byte[] {(byte) 0xC0, (byte) 0x80}).kind()).isEqualTo("bad-encoding");
    assertThat(only(new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80}).kind())
        .isEqualTo("bad-encoding");
  }

  @Test
  void controlCharactersAreRefusedAtTheirPlace() {
    Problem problem = only("kind: Plan\nab: \u0007".getBytes(StandardCharsets.UTF_8));

    assertThat(ProblemText.of("plan.yaml", problem))
        .isEqualTo("plan.yaml:2:5: error: expected printable characters, was U+0007");
  }

  @Test
  void halfASurrogatePairIsRefused() {
    byte[] content =
        (HEAD + "  tasks: [{id: a, duration: 1h, title: \"\\uD800\"}]\n")
            .getBytes(StandardCharsets.UTF_8);

    Problem problem = only(content);

    assertThat(problem.message())
        .isEqualTo("title: expected text without U+0000 and lone surrogates, was '\\uD800'");
  }

  @Test
  void aFileOverTheLimitIsNotLookedInto() {
    byte[] content = new byte[50_000_000];
    Arrays.fill(content, (byte) '[');

    Problem problem = only(content);

    assertThat(problem.kind()).isEqualTo("too-large");
  }

  @Test
  void aMillionBracketsAreRefusedAtTheFirstThatIsTooDeep() {
    Problem problem = only("[".repeat(1_000_000).getBytes(StandardCharsets.UTF_8));

    assertThat(problem.kind()).isEqualTo("too-deep");
    assertThat(problem.at().column()).isEqualTo(PlanReader.MAX_DEPTH + 1);
  }

  @Test
  void aMillionDashesAreRefusedToo() {
    Problem problem = only("- ".repeat(1_000_000).getBytes(StandardCharsets.UTF_8));

    assertThat(problem.kind()).isEqualTo("too-deep");
  }

  @Tag("long")
  @Test
  void fiveMillionValuesAreTooMany() {
    Problem problem = only(("[" + "1,".repeat(5_000_000) + "]").getBytes(StandardCharsets.UTF_8));

    assertThat(problem.kind()).isEqualTo("too-many");
  }

  @Test
  void anAliasBombIsRefusedAtItsFirstAnchor() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x]\n");
    for (int i = 1; i < 50; i++) {
      bomb.append("a%d: &a%d [*a%d,*a%d,*a%d]\n".formatted(i, i, i - 1, i - 1, i - 1));
    }

    Problem problem = only(bomb.toString().getBytes(StandardCharsets.UTF_8));

    assertThat(problem.kind()).isEqualTo("anchor");
    assertThat(problem.at().line()).isEqualTo(1);
  }

  @Test
  void aProblemShowsNothingThatMovesTheCursor() {
    Problem problem =
        only(
            (HEAD + "  tasks: [{id: a, duration: 1h, \"\\e[2J\\u202E\": 1}]\n")
                .getBytes(StandardCharsets.UTF_8));

    String line = ProblemText.of("a\nb\u001B.yaml", problem);

    assertThat(line).startsWith("a\\nb\\u001B.yaml:5:33: error: unknown key '\\u001B[2J\\u202E'");
  }

  @Test
  void noMoreProblemsThanTheLimitAreListedAndThatIsSaid() {
    String keys = "k: 1\n".repeat(5_000);

    CheckedPlan checked = PlanReader.read(keys.getBytes(StandardCharsets.UTF_8));

    assertThat(checked.problems()).hasSize(1_001);
    assertThat(checked.problems().getLast().message())
        .isEqualTo("and more: only 1000 problems are listed");
  }

  private static Plan accepted(String text) {
    CheckedPlan checked = PlanReader.read(text.getBytes(StandardCharsets.UTF_8));
    assertThat(checked.problems()).isEmpty();
    return ((CheckedPlan.Accepted) checked).plan();
  }

  private static Problem only(byte[] content) {
    CheckedPlan checked = PlanReader.read(content);
    assertThat(checked).isInstanceOf(CheckedPlan.Refused.class);
    assertThat(checked.problems()).hasSize(1);
    return checked.problems().getFirst();
  }

  private static byte[] concat(String text, byte[] more) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    all.writeBytes(more);
    return all.toByteArray();
  }

  private static Map<String, String> mapOf(String... pairs) {
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(pairs[i], pairs[i + 1]);
    }
    return map;
  }
}
