package dev.makespan.formats.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import dev.makespan.core.finding.PlanReview;
import dev.makespan.core.finding.Scope;
import dev.makespan.core.plan.CheckedPlan;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.schedule.Search;
import dev.makespan.formats.edit.PlanPlaces;
import dev.makespan.formats.plan.PlanReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code makespan analyze} says of the examples, word for word. */
class GoldenFormsTest {

  private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");
  private static final String RENEW =
      "./mvnw -pl formats -am -Dtest=GoldenFormsTest -Dsurefire.failIfNoSpecifiedTests=false"
          + " -Dgolden.update=true test";

  /** As when nobody says how wide a terminal is. */
  private static final int COLUMNS = 100;

  private static final int CONTEXT = 3;
  private static final int MAX_SHOWN = 60;

  @ParameterizedTest
  @ValueSource(strings = {"content-publishing", "unified-platform"})
  void everyFormOfAnExampleIsAsItWas(String name) throws IOException {
    AnalyzedPlan analyzed = analyzed(name);
    Map<String, String> forms = new LinkedHashMap<>(briefly(analyzed));
    forms.put("analysis.md", AnalysisMarkdown.of(analyzed));
    forms.put("timeline.mmd", TimelineMermaid.of(analyzed));
    forms.put("graph.mmd", GraphMermaid.of(analyzed));
    forms.put("timeline.svg", TimelineSvg.of(analyzed));
    forms.put("graph.svg", GraphSvg.of(analyzed));

    assertAsItWas(name, forms);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"image-transcoding", "image-upload", "multipart-forms", "platform-hardening"})
  void theTextAndTheJsonOfAnExampleAreAsTheyWere(String name) throws IOException {
    AnalyzedPlan analyzed = analyzed(name);

    assertAsItWas(name, briefly(analyzed));
  }

  private static Map<String, String> briefly(AnalyzedPlan analyzed) {
    return Map.of(
        "analysis.txt", AnalysisText.of(analyzed, COLUMNS),
        "analysis.json", AnalysisJson.of(analyzed));
  }

  private static void assertAsItWas(String name, Map<String, String> forms) throws IOException {
    StringBuilder different = new StringBuilder();
    for (Map.Entry<String, String> form : forms.entrySet()) {
      Path file = GOLDEN.resolve(name).resolve(form.getKey());
      if (Boolean.getBoolean("golden.update")) {
        Files.createDirectories(file.getParent());
        Files.writeString(file, form.getValue());
      }
      String expected = Files.exists(file) ? Files.readString(file) : "";
      if (!expected.equals(form.getValue())) {
        different.append(difference(file, expected, form.getValue()));
      }
    }
    if (!different.isEmpty()) {
      fail(
          different
              + "\nIf that is how it should be, renew them and look at what changed:\n"
              + RENEW);
    }
  }

  private static String difference(Path file, String expected, String actual) {
    List<String> old = expected.lines().toList();
    List<String> lines =
        UnifiedDiffUtils.generateUnifiedDiff(
            file.toString(), "now", old, DiffUtils.diff(old, actual.lines().toList()), CONTEXT);
    return lines.stream().limit(MAX_SHOWN).collect(Collectors.joining("\n", "\n", "\n"))
        + (lines.size() > MAX_SHOWN ? "and " + (lines.size() - MAX_SHOWN) + " more lines\n" : "");
  }

  private static AnalyzedPlan analyzed(String name) throws IOException {
    byte[] file = Files.readAllBytes(Path.of("..", "examples", name + ".yaml"));
    CheckedPlan checked = PlanReader.read(file);
    assertThat(checked).as(checked.toString()).isInstanceOf(CheckedPlan.Accepted.class);
    Plan plan = ((CheckedPlan.Accepted) checked).plan();
    Scope scope = Scope.of(plan, plan.pools(), Search.DEFAULT);
    PlanPlaces places = PlanPlaces.of(file);
    return new AnalyzedPlan(
        plan,
        plan.pools(),
        scope.analysis(),
        PlanReview.of(scope),
        "examples/" + name + ".yaml",
        part -> Optional.of(places.of(part)));
  }
}
