package dev.makespan.formats.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.plan.CheckedPlan;
import dev.makespan.core.plan.Plan;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Plans of 100,000 tasks are read in seconds, whatever their form; nothing recurses over them. */
@Timeout(120)
@Tag("long")
class GiantPlansTest {

  private static final int TASKS = 100_000;

  /** It took minutes while the parser read ahead a thousand characters at a time. */
  @Test
  @Timeout(60)
  void aCommentOfTenMegabytesIsReadLikeAnyOther() {
    String plan = new String(plan(3, GiantPlansTest::all), StandardCharsets.UTF_8);
    byte[] content = (plan + "#" + "x".repeat(10_000_000)).getBytes(StandardCharsets.UTF_8);

    CheckedPlan checked = PlanReader.read(content);

    assertThat(accepted(checked).tasks()).hasSize(3);
  }

  @Test
  void aChainOfAHundredThousandTasksIsRead() {
    byte[] content = plan(TASKS, i -> i == 0 ? "" : "t" + (i - 1));

    CheckedPlan checked = PlanReader.read(content);

    assertThat(accepted(checked).tasks()).hasSize(TASKS);
    assertThat(checked.problems()).extracting("kind").containsExactly("serial");
  }

  @Test
  void aCycleOfAHundredThousandTasksIsNamedByItsBeginning() {
    byte[] content = plan(TASKS, i -> "t" + (i + 1) % TASKS);

    CheckedPlan checked = PlanReader.read(content);

    assertThat(checked).isInstanceOf(CheckedPlan.Refused.class);
    assertThat(checked.problems()).hasSize(1);
    assertThat(checked.problems().getFirst().message())
        .isEqualTo(
            "cycle: t0 needs t1 needs t2 needs t3 needs t4 needs t5 needs t6 needs t7 needs t8"
                + " needs … (99991 more) needs t0");
  }

  @Test
  void aHundredThousandNeedsOfOneTaskAreRead() {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < TASKS; i++) {
      all.append('t').append(i).append(", ");
    }
    byte[] content = plan(TASKS + 1, i -> i == TASKS ? all.toString() : "");

    CheckedPlan checked = PlanReader.read(content);

    assertThat(accepted(checked).tasks().getLast().needs()).hasSize(TASKS);
  }

  @Test
  void aHundredThousandMisspeltNeedsAreAnsweredInTimeAndCapped() {
    byte[] content = plan(TASKS, i -> "tt" + i);

    CheckedPlan checked = PlanReader.read(content);

    assertThat(checked.problems()).hasSize(1_001);
    assertThat(checked.problems().getFirst().message()).contains("did you mean");
  }

  @Test
  void aMillionWrongKeysAndReferencesAreAnsweredInTime() {
    StringBuilder text =
        new StringBuilder(
            "apiVersion: makespan.dev/v1\nkind: Plan\nmetadata: {name: giant}\nspec:\n  tasks:\n");
    text.append("    - id: a\n      duration: 1h\n      title: \"").append("${{".repeat(200));
    text.append("\"\n      run: {script: \"").append("${{".repeat(300_000)).append("\"}\n");
    for (int i = 0; i < 1_000_000; i++) {
      text.append("      nead").append(i).append(": 1\n");
    }

    CheckedPlan checked = PlanReader.read(text.toString().getBytes(StandardCharsets.UTF_8));

    assertThat(checked.problems()).hasSize(1_001);
  }

  @Test
  void aCompleteGraphOfAThousandTasksIsReadAndSentInOneMessage() throws Exception {
    byte[] content = plan(1_000, GiantPlansTest::all);

    Plan plan = accepted(PlanReader.read(content));

    byte[] message = PlanProto.toProto(plan).toByteArray();
    assertThat(PlanProto.fromProto(dev.makespan.proto.plan.v1.Plan.parseFrom(message)))
        .isEqualTo(plan);
  }

  private static String all(int task) {
    StringBuilder needs = new StringBuilder();
    for (int i = 0; i < task; i++) {
      needs.append('t').append(i).append(", ");
    }
    return needs.toString();
  }

  private static Plan accepted(CheckedPlan checked) {
    assertThat(checked).isInstanceOf(CheckedPlan.Accepted.class);
    return ((CheckedPlan.Accepted) checked).plan();
  }

  private static byte[] plan(int tasks, IntFunction<String> needs) {
    StringBuilder text =
        new StringBuilder(
            "apiVersion: makespan.dev/v1\nkind: Plan\nmetadata: {name: giant}\nspec:\n  tasks:\n");
    for (int i = 0; i < tasks; i++) {
      text.append("    - {id: t")
          .append(i)
          .append(", title: A task of the giant, duration: 10m, role: agent, needs: [")
          .append(needs.apply(i))
          .append("], writes: [src/f")
          .append(i)
          .append(".txt]}\n");
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
