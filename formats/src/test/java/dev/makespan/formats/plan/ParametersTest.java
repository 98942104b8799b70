package dev.makespan.formats.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.plan.CheckedPlan;
import dev.makespan.core.plan.Parameters;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Work;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ParametersTest {

  private static final Plan PLAN =
      plan(
          """
            parameters:
              - {name: source, required: true}
              - {name: quality, default: 80}
              - {name: note}
            tasks:
              - id: a
                title: Convert ${{ parameters.source }}
                duration: 1h
                reads: ["in/${{ parameters.source }}"]
                env: {Q: "${{parameters.quality}}%", N: "<${{ parameters.note }}>"}
                run: {command: [convert, "${{ parameters.source }}", "${{ parameters.source }}.jpg"]}
          """);

  @Test
  void valuesDefaultsAndNothingStandWhereTheReferencesStood() {
    var task = bound(Map.of("source", "x.png")).tasks().getFirst();

    assertThat(task.title()).isEqualTo("Convert x.png");
    assertThat(task.files().getFirst().path().text()).isEqualTo("in/x.png");
    assertThat(task.execution().env()).isEqualTo(Map.of("Q", "80%", "N", "<>"));
    assertThat(task.execution().work())
        .isEqualTo(new Work.Command(List.of("convert", "x.png", "x.png.jpg")));
  }

  @Test
  void aValueIsNotLookedThroughForReferences() {
    var task = bound(Map.of("source", "x", "note", "${{ parameters.source }}")).tasks().getFirst();

    assertThat(task.execution().env()).containsEntry("N", "<${{ parameters.source }}>");
  }

  @Test
  void aMissingAndAnUnknownParameterAreBothTold() {
    var binding = Parameters.bind(PLAN, Map.of("sorce", "x"));

    assertThat(binding)
        .isEqualTo(
            new Parameters.Missing(
                List.of(
                    "unknown parameter 'sorce', did you mean 'source'?",
                    "parameter 'source' is required and has no value")));
  }

  @Test
  void aValueThatLeadsOutOfTheWorkspaceIsRefused() {
    var binding = Parameters.bind(PLAN, Map.of("source", "../../etc/passwd"));

    assertThat(binding).isInstanceOf(Parameters.Missing.class);
    assertThat(((Parameters.Missing) binding).problems())
        .containsExactly(
            "task 'a': expected a path inside the workspace without '.', '..' and empty segments,"
                + " was 'in/../../etc/passwd'");
  }

  @Test
  void aValueThatMakesAPatternOfAPathIsRefused() {
    var binding = Parameters.bind(PLAN, Map.of("source", "**"));

    assertThat(binding).isInstanceOf(Parameters.Missing.class);
  }

  @Test
  void aValueThatCannotBeStoredOrIsTooLongIsRefused() {
    var binding = Parameters.bind(PLAN, Map.of("source", "a\u0000", "note", "x".repeat(70_000)));

    assertThat(((Parameters.Missing) binding).problems())
        .containsExactly(
            "parameter 'source': expected text without U+0000 and lone surrogates",
            "parameter 'note': expected at most 65536 characters, was 70000");
  }

  @Test
  void thePlanOfAnUploadTakesItsTwoParameters() {
    Plan upload = Examples.plan("image-upload");

    var binding = Parameters.bind(upload, Map.of("source", "a.jpg", "sha256", "00"));

    assertThat(((Parameters.Bound) binding).plan().tasks().getFirst().execution().env())
        .isEqualTo(Map.of("SOURCE", "a.jpg", "SHA256", "00"));
  }

  private static Plan bound(Map<String, String> values) {
    return ((Parameters.Bound) Parameters.bind(PLAN, values)).plan();
  }

  private static Plan plan(String spec) {
    String text = "apiVersion: makespan.dev/v1\nkind: Plan\nmetadata: {name: plan}\nspec:\n" + spec;
    CheckedPlan checked = PlanReader.read(text.getBytes(StandardCharsets.UTF_8));
    assertThat(checked.problems()).extracting("kind").containsOnly("nobody-writes");
    return ((CheckedPlan.Accepted) checked).plan();
  }
}
