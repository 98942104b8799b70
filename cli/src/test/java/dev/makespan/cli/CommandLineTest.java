package dev.makespan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

  private static final Path EXAMPLES = Path.of("..", "examples");

  @TempDir Path folder;

  private record Answer(int code, String out, String err) {}

  private static Answer makespan(String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = Makespan.run(new PrintWriter(out), new PrintWriter(err), words);
    return new Answer(code, out.toString(), err.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "check",
        "analyze",
        "apply",
        "schedule",
        "agents-curve",
        "simulate",
        "run",
        "status",
        "report",
        "learn",
        "explain",
        "pause",
        "resume",
        "cancel",
        "retry",
        "skip",
        "approve",
        "answer",
        "amend",
        "up",
        "down",
        "agent",
        "completion"
      })
  void everyCommandHasHelpWithExamplesExitCodesAndOutput(String command) {
    Answer answer = makespan(command, "--help");

    assertThat(answer.code()).isZero();
    assertThat(answer.out())
        .contains("Example", "Exit codes: 0", "--output", "Usage: makespan " + command);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          frob                                     | Unmatched argument
          run                                      | Missing required parameter: 'FILE'
          check a.yaml --output xml                | --output
          run a.yaml --speed fast                  | 'fast' is not a double
          learn                                    | Missing required parameter: 'RUN'
          learn 1 --uncertain                      | --uncertain goes with --write only
          status --planner nowhere                 | expected host:port, such as localhost:7400, was 'nowhere'
          approve 1 lead                           | expected one of --task and --phase
          approve 1 lead --phase p --decline       | --decline goes with --task
          run a.yaml --weight heavy                | 'heavy' is not an int
          completion fish                          | fish
          up --port-base 99999                     | expected a first port from 1 to 65000, was 99999
          """)
  void misuseIsSaidInAFewLinesWithCodeTwo(String line, String message) {
    Answer answer = makespan(line.split(" "));

    assertThat(answer.code()).isEqualTo(ExitCodes.BAD_INPUT);
    assertThat(answer.err()).contains(message).doesNotContain("\tat ");
    assertThat(answer.err().lines().count()).isLessThanOrEqualTo(3);
  }

  @Test
  void aPlanThatMayBeRunIsChecked() {
    Answer answer = makespan("check", EXAMPLES.resolve("content-publishing.yaml").toString());

    assertThat(answer.code()).isZero();
    assertThat(answer.out()).contains("no errors, no warnings, 6 tasks");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a cycle          | tasks: [{id: a, duration: 1s, needs: [b]}, {id: b, duration: 1s, needs: [a]}] | cycle
          an unknown need  | tasks: [{id: a, duration: 1s, needs: [c]}]                                    | unknown task 'c'
          a duplicate id   | tasks: [{id: a, duration: 1s}, {id: a, duration: 1s}]                         | 'a'
          a misspelt key   | tasks: [{id: a, duration: 1s, need: []}]                                      | did you mean 'needs'?
          a bad duration   | tasks: [{id: a, duration: 1 s}]                                               | expected a duration
          a role of nobody | {pools: {b: 1}, tasks: [{id: a, duration: 1s, role: c}]}                      | 'c'
          """)
  void everyProblemOfAPlanHasItsPlaceAndNothingIsStartedForIt(
      String name, String spec, String message) throws IOException {
    Path file = folder.resolve("plan.yaml");
    String body = spec.startsWith("{") ? "spec: " + spec : "spec: {" + spec + "}";
    Files.writeString(
        file, "apiVersion: makespan.dev/v1\nkind: Plan\nmetadata: {name: bad}\n" + body + "\n");

    Answer checked = makespan("check", file.toString());
    Answer run = makespan("run", file.toString(), "--simulate");

    assertThat(checked.code()).as(name).isEqualTo(ExitCodes.BAD_INPUT);
    assertThat(checked.out()).containsPattern("plan\\.yaml:4:\\d+: error: ").contains(message);
    assertThat(run.code()).isEqualTo(ExitCodes.BAD_INPUT);
    assertThat(run.err()).contains(message).doesNotContain("\tat ");
    assertThat(run.out()).doesNotContain("starting");
  }

  @Test
  void filesThatAreNoPlansAreNamed() throws IOException {
    Path empty = Files.createFile(folder.resolve("empty.yaml"));
    Path huge = folder.resolve("huge.yaml");
    try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
      file.setLength(50L << 20);
    }

    assertThat(makespan("check", folder.toString()).err())
        .contains("expected a file, was a folder");
    assertThat(makespan("check", folder.resolve("none").toString()).err())
        .contains("there is no such file");
    assertThat(makespan("check", empty.toString()).out()).contains("empty.yaml:1:1: error:");
    assertThat(makespan("check", huge.toString()).err()).contains("at most 32 MiB, was 50 MiB");
    assertThat(makespan("analyze", huge.toString()).code()).isEqualTo(ExitCodes.BAD_INPUT);
  }

  @Test
  void problemsAreAlsoSaidToPrograms() throws IOException {
    Path file = Files.writeString(folder.resolve("plan.yaml"), "kind: Plane\n");

    Answer answer = makespan("check", file.toString(), "--output", "json");

    JsonNode json = new ObjectMapper().readTree(answer.out());
    assertThat(answer.code()).isEqualTo(ExitCodes.BAD_INPUT);
    assertThat(json.get("accepted").asBoolean()).isFalse();
    assertThat(json.get("errors").asInt()).isEqualTo(json.get("problems").size()).isPositive();
    assertThat(json.get("problems").get(0).get("line").asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "content-publishing, 27000, 15300, 23400",
    "multipart-forms, 3000, 2280, 2280",
    "image-transcoding, 22500, 11700, 11700",
    "platform-hardening, 734400, 216000, 244800",
    "unified-platform, 572400, 252000, 252000",
  })
  void theExamplesTakeWhatTheirAuthorsFound(
      String plan, long sequential, long criticalPath, long schedule) throws IOException {
    Answer answer =
        makespan("analyze", EXAMPLES.resolve(plan + ".yaml").toString(), "--output", "json");

    JsonNode json = new ObjectMapper().readTree(answer.out());
    assertThat(json.get("sequentialSeconds").asLong()).isEqualTo(sequential);
    assertThat(json.get("criticalPathSeconds").asLong()).isEqualTo(criticalPath);
    assertThat(json.get("scheduleSeconds").asLong()).isEqualTo(schedule);
    assertThat(json.get("lowerBoundSeconds").asLong()).isLessThanOrEqualTo(schedule);
  }

  @Test
  void anAnalysisShowsTheTimelineTheHazardsAndTheCriticalPath() {
    Answer answer = makespan("analyze", EXAMPLES.resolve("content-publishing.yaml").toString());

    assertThat(answer.out())
        .contains("sequential     7h30m", "critical path  4h15m", "schedule       6h30m")
        .contains("Critical path: schema > get-post > upload-init > integration")
        .contains("write-write:src/handlers/posts.rs, wins 2h15m", "taking turns costs 2h15m")
        .containsPattern("content-publishing.yaml:\\d+:\\d+: upload-init writes")
        .containsPattern("schema +#+\\.+ +backend-1 +T\\+0s to T\\+2h");
    assertThat(answer.out().lines()).allMatch(line -> line.equals(line.stripTrailing()));
  }

  @ParameterizedTest
  @CsvSource({
    "json, '{'",
    "markdown, '# Content publishing'",
    "mermaid, gantt",
    "mermaid --view graph, flowchart LR",
    "svg, <svg",
    "svg --view graph, <svg"
  })
  void anAnalysisIsToldInManyForms(String form, String beginning) throws IOException {
    Path file = folder.resolve("answer");
    String plan = EXAMPLES.resolve("content-publishing.yaml").toString();
    List<String> arguments = new ArrayList<>(List.of("analyze", plan, "--output-file"));
    arguments.add(file.toString());
    arguments.add("--output");
    arguments.addAll(List.of(form.split(" ", -1)));

    Answer answer = makespan(arguments.toArray(new String[0]));

    assertThat(answer.code()).isZero();
    assertThat(answer.out()).isEmpty();
    assertThat(Files.readString(file)).startsWith(beginning);
  }

  @Test
  void aViewWithoutAPictureIsRefused() {
    String plan = EXAMPLES.resolve("content-publishing.yaml").toString();

    Answer answer = makespan("analyze", plan, "--view", "graph");

    assertThat(answer.code()).isEqualTo(ExitCodes.BAD_INPUT);
    assertThat(answer.err()).contains("--view: expected --output mermaid or svg");
  }

  @Test
  void agentsOfARoleThatThePlanDoesNotHaveAreRefused() {
    Answer answer =
        makespan(
            "analyze",
            EXAMPLES.resolve("content-publishing.yaml").toString(),
            "--agents",
            "cook=2");

    assertThat(answer.code()).isEqualTo(ExitCodes.BAD_INPUT);
    assertThat(answer.err()).contains("the plan has no role 'cook'; it has [backend]");
  }

  @Test
  void whatARunLacksIsSaidAllAtOnce() {
    Answer answer =
        makespan(
            "run",
            EXAMPLES.resolve("image-upload.yaml").toString(),
            "--speed=2",
            "--param=sauce=x");

    assertThat(answer.code()).isEqualTo(ExitCodes.BAD_INPUT);
    assertThat(answer.err())
        .contains("--param source=", "--param sha256=", "no such parameter", "--simulate only");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status",
        "report",
        "cancel 1",
        "cancel 1 --task a",
        "pause 1",
        "resume 1",
        "retry 1 a",
        "skip 1 a",
        "approve 1 lead --task a",
        "answer 1 a yes",
        "explain 1 a"
      })
  void withoutAServerOneLineSaysWhatToDo(String line) {
    Answer answer = makespan((line + " --planner 127.0.0.1:1").split(" "));

    assertThat(answer.code()).isEqualTo(ExitCodes.UNREACHABLE);
    assertThat(answer.err()).contains("./makespan up").doesNotContain("\tat ");
    assertThat(answer.err().lines().count()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh"})
  void theCompletionScriptKnowsEveryCommandAndIsAShellScript(String shell) throws Exception {
    Answer answer = makespan("completion", shell);

    assertThat(answer.code()).isZero();
    assertThat(answer.out())
        .contains("check", "analyze", "learn", "--accept-warnings", "--port-base");
    Path script = Files.writeString(folder.resolve("script"), answer.out());
    Process bash = new ProcessBuilder("bash", "-n", script.toString()).inheritIO().start();
    assertThat(bash.waitFor()).isZero();
  }

  @Test
  void namesOfOutputFormatsAreLowerCase() {
    for (OutputFormat format : OutputFormat.values()) {
      String word = format.name().toLowerCase(Locale.ROOT);

      assertThat(
              makespan("check", EXAMPLES.resolve("image-upload.yaml").toString(), "--output", word)
                  .code())
          .isZero();
    }
  }
}
