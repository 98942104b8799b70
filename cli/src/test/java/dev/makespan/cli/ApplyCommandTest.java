package dev.makespan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplyCommandTest {

  private static final String HAZARD = "write-write:src/handlers/posts.rs";

  @TempDir Path folder;
  private Path plan = Path.of("");
  private String original = "";

  private record Answer(int code, String out, String err) {}

  private static Answer makespan(String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = Makespan.run(new PrintWriter(out), new PrintWriter(err), words);
    return new Answer(code, out.toString(), err.toString());
  }

  @BeforeEach
  void copyThePlan() throws IOException {
    original = Files.readString(Path.of("..", "examples", "content-publishing.yaml"));
    plan = Files.writeString(folder.resolve("plan.yaml"), original);
  }

  @Test
  void aFindingIsWrittenIntoTheFileAndComesOutAsPromised() throws IOException {
    Files.setPosixFilePermissions(plan, PosixFilePermissions.fromString("rw-r-----"));

    Answer answer = makespan("apply", plan.toString(), HAZARD);

    assertThat(answer.code()).isZero();
    assertThat(answer.out())
        .contains("the schedule takes 4h15m, was 6h30m: it wins 2h15m, as promised");
    String changed = Files.readString(plan);
    assertThat(changed)
        .contains("src/handlers/posts/get-post.rs", "# A content-publishing backend");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(plan)))
        .isEqualTo("rw-r-----");
    try (var files = Files.list(folder)) {
      assertThat(files.map(path -> path.getFileName().toString())).containsExactly("plan.yaml");
    }
    assertThat(makespan("apply", plan.toString(), HAZARD).err()).contains("no finding");
  }

  @Test
  void allThatWinsTimeTogetherIsWrittenElsewhere() throws IOException {
    Path better = folder.resolve("better.yaml");

    Answer answer = makespan("apply", plan.toString(), "--all", "--output-file", better.toString());

    assertThat(answer.code()).isZero();
    assertThat(Files.readString(plan)).isEqualTo(original);
    assertThat(Files.readString(better)).contains("src/handlers/posts/upload-init.rs");
  }

  @Test
  void aDiffShowsTheLinesAndChangesNothing() throws IOException {
    Answer answer = makespan("apply", plan.toString(), HAZARD, "--remedy", "order", "--diff");

    assertThat(answer.out())
        .contains("--- a/", "+++ b/", "-      needs: [schema, s3-service.contract, get-post.crud]")
        .contains("no time is won");
    assertThat(Files.readString(plan)).isEqualTo(original);
  }

  @Test
  void theChangedPlanGoesToStandardOutput() {
    Answer answer = makespan("apply", plan.toString(), HAZARD, "--output-file", "-");

    assertThat(answer.out()).startsWith("# A content-publishing").contains("posts/get-post.rs");
  }

  @Test
  void programsGetBothTimes() throws IOException {
    Answer answer = makespan("apply", plan.toString(), HAZARD, "--output", "json");

    JsonNode json = new ObjectMapper().readTree(answer.out());
    assertThat(json.get("scheduleSecondsBefore").asInt()).isEqualTo(23_400);
    assertThat(json.get("scheduleSecondsPromised").asInt()).isEqualTo(15_300);
    assertThat(json.get("scheduleSecondsAfter").asInt()).isEqualTo(15_300);
    assertThat(json.get("written").asBoolean()).isTrue();
  }

  @Test
  void whatCannotBeAppliedIsSaidAndChangesNothing() throws IOException {
    assertRefused(
        "no finding 'write-write:src/handlers/post.rs', did you mean",
        HAZARD.replace("posts", "post"));
    assertRefused("expected ids of findings, or --all");
    assertRefused("expected one of them", "--all", HAZARD);
    assertRefused("--all and --remedy", "--all", "--remedy", "order");
    assertRefused("has no remedy 'magic'; it has: split-file", HAZARD, "--remedy", "magic");
    assertRefused("nothing can be done in a plan file", "wiring:content-publishing");
    assertRefused("expected a file, was a folder", HAZARD, "--output-file", folder.toString());
    assertRefused("can't be written", HAZARD, "--output-file", folder + "/no/such/file");
  }

  @Test
  void twoRemediesThatClashAreRefused() throws IOException {
    assertRefused("not in the plan", HAZARD, "hot-file:src/handlers/posts.rs");
  }

  private void assertRefused(String message, String... words) throws IOException {
    List<String> line = new ArrayList<>(List.of("apply", plan.toString()));
    line.addAll(List.of(words));

    Answer answer = makespan(line.toArray(String[]::new));

    assertThat(answer.code()).isEqualTo(ExitCodes.BAD_INPUT);
    assertThat(answer.err()).contains(message).doesNotContain("\tat ");
    assertThat(Files.readString(plan)).isEqualTo(original);
  }
}
