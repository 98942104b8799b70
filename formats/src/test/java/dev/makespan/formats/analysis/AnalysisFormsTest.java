package dev.makespan.formats.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.analysis.PlanAnalysis;
import dev.makespan.core.finding.Finding;
import dev.makespan.core.finding.PlanReview;
import dev.makespan.core.plan.CheckedPlan;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Position;
import dev.makespan.core.schedule.Search;
import dev.makespan.formats.plan.PlanReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class AnalysisFormsTest {

  private static final Search SEARCH = new Search(1, 50);
  private static final String HOSTILE = "\\\"]|<script>alert('x')</script>`*_#;:%% & $(id) \u05d0";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "content-publishing",
        "image-transcoding",
        "image-upload",
        "multipart-forms",
        "platform-hardening",
        "unified-platform"
      })
  void everyFormOfAnExampleIsWellFormedAndTheSameTwice(String name) throws Exception {
    byte[] file = Files.readAllBytes(Path.of("..", "examples", name + ".yaml"));

    AnalyzedPlan first = analyzed(file);
    AnalyzedPlan second = analyzed(file);

    assertThat(forms(first)).isEqualTo(forms(second));
    assertWellFormed(TimelineSvg.of(first));
    assertWellFormed(GraphSvg.of(first));
    for (Finding finding : first.review().findings()) {
      assertThat(AnalysisText.of(first, 400)).contains(finding.id());
    }
    assertThat(AnalysisDocument.of(first).findings()).hasSameSizeAs(first.review().findings());
  }

  @Test
  void namesOfAuthorsAreNeverTakenForMarkup() throws Exception {
    AnalyzedPlan hostile = analyzed(plan("title: '" + HOSTILE.replace("'", "''") + "'"));

    Document graph = assertWellFormed(GraphSvg.of(hostile));

    assertWellFormed(TimelineSvg.of(hostile));
    assertThat(graph.getElementsByTagName("script").getLength()).isZero();
    assertThat(graph.getDocumentElement().getTextContent()).contains("<script>");
    assertThat(AnalysisMarkdown.of(hostile)).doesNotContain("<script>", "]|");
    assertThat(GraphMermaid.of(hostile)).doesNotContain("<script>");
  }

  @Test
  void aCellOfATableEndsNoColumnAndNoRow() {
    assertThat(Markdown.text("a|b\nc")).isEqualTo("a\\|b\\\\nc");
    assertThat(Markdown.code("a|b")).isEqualTo("`a\\|b`");
    assertThat(Markdown.code("a`b")).isEqualTo("a\\`b");
  }

  @Test
  void namesInADiagramHoldNothingOfItsLanguage() {
    assertThat(Mermaid.text("a\"]:;%x")).isEqualTo("a#34;#93;#58;#59;#37;x");
    assertThat(Mermaid.text("x".repeat(500))).hasSize(Mermaid.MAX_NAME);
  }

  @Test
  void aLineOfMermaidIsWhatItsGrammarKnows() {
    AnalyzedPlan small = analyzed(plan("title: A"));

    assertThat(GraphMermaid.of(small).lines())
        .allMatch(line ->
            line.matches("flowchart LR|  t\\d+\\[\"[^\"]*\"\\](:::critical)?|  classDef .*")
                || line.matches("  t\\d+ -\\.?->(\\|\"[^\"]*\"\\|)? t\\d+|  linkStyle .*"));
    assertThat(TimelineMermaid.of(small).lines())
        .allMatch(line ->
            line.matches("gantt|  (title|dateFormat|axisFormat|section) .*")
                || line.matches("  [^:]+ :(crit, )?[np]\\d+, [0-9-]+ [0-9:.]+, .*"));
  }

  @Test
  void aPlanOfOneTaskHasEveryFormAndNoFinding() throws Exception {
    AnalyzedPlan one = analyzed(plan("title: Alone"));

    assertWellFormed(TimelineSvg.of(one));
    assertThat(AnalysisText.of(one, 80)).contains("Findings: none", "1 task;");
    assertThat(AnalysisMarkdown.of(one)).contains("## Findings\n\nNone.");
    assertThat(AnalysisDocument.of(one).scheduleSeconds()).isEqualTo(3_600);
  }

  @Tag("long")
  @Test
  void picturesAndTablesOfALargePlanAreBoundedAndSayWhatTheyLeaveOut() throws Exception {
    String tasks =
        IntStream.range(0, 2_000)
            .mapToObj(i ->
                "    - {id: t%d, title: T, duration: %dm, needs: [%s]}"
                    .formatted(i, 1 + i % 7, i < 40 ? "" : "t" + (i - 40)))
            .collect(Collectors.joining("\n"));
    AnalyzedPlan large = analyzed(file("pools: {default: 16}", tasks));

    for (String form : forms(large)) {
      assertThat(form.length()).isLessThan(400_000);
    }
    assertThat(TimelineSvg.of(large)).contains("of 2000 tasks, the longest");
    assertThat(GraphSvg.of(large)).contains("100 of 2000 tasks, those with the least slack");
    assertThat(AnalysisText.of(large, 80)).contains("and 1800 tasks more");
    assertThat(GraphMermaid.of(large).lines().count()).isLessThan(600);
  }

  @Test
  void evidenceNamesTheLineOfTheFile() throws Exception {
    byte[] file = Files.readAllBytes(Path.of("..", "examples", "content-publishing.yaml"));

    AnalyzedPlan known = analyzed(file);

    assertThat(AnalysisText.of(known, 100)).contains("at plan.yaml:17:5: ");
    assertThat(AnalysisDocument.of(known).findings().getFirst().evidence().getFirst().line())
        .isEqualTo(17);
  }

  private static List<String> forms(AnalyzedPlan analyzed) {
    return List.of(
        AnalysisText.of(analyzed, 100),
        AnalysisMarkdown.of(analyzed),
        TimelineMermaid.of(analyzed),
        GraphMermaid.of(analyzed),
        TimelineSvg.of(analyzed),
        GraphSvg.of(analyzed));
  }

  private static Document assertWellFormed(String svg) throws Exception {
    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(svg)));
    assertThat(document.getElementsByTagName("desc").getLength()).isEqualTo(1);
    return document;
  }

  private static byte[] plan(String title) {
    return file("day: 24h", "    - {id: a, duration: 1h, " + title + "}");
  }

  private static byte[] file(String key, String tasks) {
    return """
    apiVersion: makespan.dev/v1
    kind: Plan
    metadata: {name: plan}
    spec:
      %s
      tasks:
    %s
    """
        .formatted(key, tasks)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static AnalyzedPlan analyzed(byte[] file) {
    CheckedPlan checked = PlanReader.read(file);
    assertThat(checked).as(checked.toString()).isInstanceOf(CheckedPlan.Accepted.class);
    Plan plan = ((CheckedPlan.Accepted) checked).plan();
    return new AnalyzedPlan(
        plan,
        plan.pools(),
        PlanAnalysis.of(plan, plan.pools(), SEARCH),
        PlanReview.of(plan, plan.pools(), SEARCH),
        "plan.yaml",
        part -> Optional.of(new Position(17, 5)));
  }
}
