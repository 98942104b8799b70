package dev.makespan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.proto.run.v1.Artifact;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class ArtifactsCommandTest {

  /** Of "hello world". */
  private static final Artifact HELLO =
      Artifact.newBuilder()
          .setName("dist/hello.txt")
          .setSha256("b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9")
          .setBytes(11)
          .setAttempt(1)
          .build();

  @TempDir Path folder;
  private Path file;
  private PretendedPlanner planner;

  @BeforeEach
  void start() throws IOException {
    file = folder.resolve("hello.txt");
    planner = new PretendedPlanner();
    planner.attempt("build", 1, true);
  }

  @AfterEach
  void stop() {
    planner.close();
  }

  private PretendedPlanner.Said get(String name) {
    return planner.say("artifacts", "7", "build", "--get", name, "-o", file.toString());
  }

  private long files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.count();
    }
  }

  @Test
  void aWholeArtifactIsWrittenAndItsHashSaid() throws IOException {
    planner.artifact(HELLO, null, "hello ", "world");

    PretendedPlanner.Said said = get("dist/hello.txt");

    assertThat(said.code()).as(said.err()).isZero();
    assertThat(file).hasContent("hello world");
    assertThat(said.out()).contains("11 bytes, sha256 b94d27b9934d").contains("as declared");
    assertThat(files()).isEqualTo(1);
  }

  @Test
  void aBrokenDownloadLeavesNoFileAndCanBeTriedAgain() throws IOException {
    planner.artifact(HELLO, Status.UNAVAILABLE.withDescription("the disk is gone"), "hello ");

    PretendedPlanner.Said broken = get("dist/hello.txt");

    assertThat(broken.code()).isEqualTo(ExitCodes.UNREACHABLE);
    assertThat(broken.err()).contains("the disk is gone");
    assertThat(files()).isZero();

    planner.artifact(HELLO, null, "hello world");
    assertThat(get("dist/hello.txt").code()).isZero();
  }

  @Test
  void aHashThatLiesIsNotBelievedAndNothingIsKept() throws IOException {
    planner.artifact(HELLO, null, "hello wOrld");

    PretendedPlanner.Said said = get("dist/hello.txt");

    assertThat(said.code()).isEqualTo(ExitCodes.BAD_INPUT);
    assertThat(said.err()).contains("expected sha256 b94d27b9934d").contains(", was ");
    assertThat(files()).isZero();
  }

  @Test
  void moreOrLessThanDeclaredIsNotKept() throws IOException {
    planner.artifact(HELLO, null, "hello ");
    assertThat(get("dist/hello.txt").err()).contains("expected 11 bytes, was 6");

    planner.artifact(HELLO, null, "hello world", " and more");
    assertThat(get("dist/hello.txt").err()).contains("expected 11 bytes, was more");

    assertThat(files()).isZero();
  }

  @Test
  void aFileThatIsThereStaysAsItIs() throws IOException {
    planner.artifact(HELLO, null, "hello world");
    Files.writeString(file, "mine");

    PretendedPlanner.Said said = get("dist/hello.txt");

    assertThat(said.code()).isEqualTo(ExitCodes.BAD_INPUT);
    assertThat(said.err()).contains("expected a file that is not there yet");
    assertThat(file).hasContent("mine");
  }

  @Test
  void aLinkIsNotWrittenThrough() throws IOException {
    planner.artifact(HELLO, null, "hello world");
    Path elsewhere = folder.resolve("elsewhere");
    Files.createSymbolicLink(file, elsewhere);

    assertThat(get("dist/hello.txt").code()).isEqualTo(ExitCodes.BAD_INPUT);
    assertThat(elsewhere).doesNotExist();
  }

  @Test
  void whatIsNotThereIsNamed() throws IOException {
    planner.artifact(HELLO, null, "hello world");

    PretendedPlanner.Said said = get("other");

    assertThat(said.code()).isEqualTo(ExitCodes.BAD_INPUT);
    assertThat(said.err()).contains("has left no artifact other");
    assertThat(files()).isZero();
  }

  @Test
  void aLinkIsPrintedAloneSoThatScriptsTakeIt() {
    planner.artifact(HELLO, null);

    assertThat(planner.say("artifacts", "7", "build", "--link", "a/b").out())
        .isEqualTo("https://store.example/a/b?for=0\n");
    assertThat(
            planner
                .say("artifacts", "7", "build", "--link", "a", "--lifetime=1h", "--output=json")
                .out())
        .contains("\"url\" : \"https://store.example/a?for=3600\"")
        .contains("\"expireTime\" : \"1970-01-01T01:00:00Z\"");
    assertThat(planner.say("artifacts", "7", "--link", "a").code()).isEqualTo(ExitCodes.BAD_INPUT);
  }

  @Test
  void aStoreWithoutLinksIsSaid() {
    planner.artifact(
        HELLO, Status.FAILED_PRECONDITION.withDescription("there are no links to a folder"));

    PretendedPlanner.Said said = planner.say("artifacts", "7", "build", "--link", "a");

    assertThat(said.code()).isEqualTo(ExitCodes.BAD_INPUT);
    assertThat(said.err()).contains("there are no links to a folder");
  }

  @Test
  void artifactsAreListedByTask() {
    planner.artifact(HELLO, null);

    assertThat(planner.say("artifacts", "7").out())
        .isEqualTo("build  b94d27b9934d            11  dist/hello.txt\n");
    assertThat(planner.say("artifacts", "7", "--output", "json").out())
        .contains("\"task\" : \"build\"")
        .contains("\"bytes\" : 11");
  }
}
