package dev.makespan.gateway.records;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.plan.TaskId;
import dev.makespan.core.session.MadeArtifact;
import dev.makespan.core.session.SessionId;
import dev.makespan.core.task.RunId;
import dev.makespan.core.task.TaskRef;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class ArtifactsTest {

  private static final SessionId HOLDER = new SessionId("holder");
  private static final TaskRef ATTEMPT = new TaskRef(new RunId(1), new TaskId("compile"), 7);
  private static final ArtifactLimits LIMITS = new ArtifactLimits(100, 150, 3);

  @TempDir Path temp;
  private Instant now = Instant.parse("2030-01-01T00:00:00Z");
  private RecordFolders folders;
  private FileArtifacts store;
  private Holdings holdings;

  @BeforeEach
  void open() throws IOException {
    folders = RecordFolders.open(temp.resolve("records"));
    store = new FileArtifacts(folders);
    holdings = new Holdings(() -> now);
    holdings.given(HOLDER, ATTEMPT);
  }

  private static MadeArtifact made(String name, String content) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    return new MadeArtifact(name, Sha256.of(bytes), bytes.length);
  }

  private @Nullable RecordRefusal put(MadeArtifact declared, String content) throws IOException {
    return put(HOLDER, ATTEMPT, declared, content);
  }

  private @Nullable RecordRefusal put(
      SessionId session, TaskRef attempt, MadeArtifact declared, String content)
      throws IOException {
    try (ArtifactInflow inflow =
        new ArtifactInflow(
            new ArtifactIntake(store, holdings, LIMITS), session, attempt, declared)) {
      RecordRefusal refusal = inflow.begin();
      if (refusal == null) {
        refusal = inflow.content(content.getBytes(StandardCharsets.UTF_8));
      }
      return refusal == null ? inflow.end() : refusal;
    }
  }

  private static RecordRefusal.Kind kindOf(@Nullable RecordRefusal refusal) {
    if (refusal == null) {
      throw new AssertionError("expected a refusal, was none");
    }
    return refusal.kind();
  }

  private String read(String name) throws IOException {
    MadeArtifact found = store.find(ATTEMPT, name);
    if (found == null) {
      throw new AssertionError("expected an artifact " + name + ", was none");
    }
    try (var content = store.read(ATTEMPT, found)) {
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(temp)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void whatIsPutIsFoundAndListedByItsName() throws IOException {
    assertThat(put(made("dist/app.js", "let"), "let")).isNull();
    assertThat(put(made("../../etc/passwd", "root"), "root")).isNull();

    assertThat(read("dist/app.js")).isEqualTo("let");
    assertThat(read("../../etc/passwd")).isEqualTo("root");
    assertThat(store.artifacts(ATTEMPT))
        .containsExactly(made("../../etc/passwd", "root"), made("dist/app.js", "let"));
    assertThat(files()).allMatch(file -> file.startsWith(temp.resolve("records/runs/1/compile/7")));
    assertThat(store.attempts(new RunId(1), new TaskId("compile"))).containsExactly(ATTEMPT);
  }

  @Test
  void anArtifactThatLiesAboutItsHashIsRefusedAndNothingOfItIsKept() throws IOException {
    RecordRefusal refusal = put(made("app", "honest"), "hoaxes");

    assertThat(kindOf(refusal)).isEqualTo(RecordRefusal.Kind.NOT_AS_DECLARED);
    assertThat(String.valueOf(refusal)).contains("expected sha256", "nothing of it is kept");
    assertThat(store.find(ATTEMPT, "app")).isNull();
    assertThat(files()).isEmpty();
  }

  @Test
  void moreAndFewerBytesThanDeclaredAreRefused() throws IOException {
    assertThat(kindOf(put(made("app", "honest"), "honestly")))
        .isEqualTo(RecordRefusal.Kind.NOT_AS_DECLARED);
    assertThat(kindOf(put(made("app", "honest"), "hon")))
        .isEqualTo(RecordRefusal.Kind.NOT_AS_DECLARED);
    assertThat(files()).isEmpty();
  }

  @Test
  void theSameContentAgainIsFineAndOtherContentIsRefused() throws IOException {
    assertThat(put(made("app", "one"), "one")).isNull();

    assertThat(put(made("app", "one"), "one")).isNull();
    RecordRefusal refusal = put(made("app", "two"), "two");

    assertThat(kindOf(refusal)).isEqualTo(RecordRefusal.Kind.OTHER_CONTENT);
    assertThat(read("app")).isEqualTo("one");
  }

  @Test
  void ofTwoThatBringOneNameAtOnceTheFirstHasItAndTheOtherLeavesNothing() throws IOException {
    try (ArtifactInflow first =
            new ArtifactInflow(
                new ArtifactIntake(store, holdings, LIMITS), HOLDER, ATTEMPT, made("app", "one"));
        ArtifactInflow second =
            new ArtifactInflow(
                new ArtifactIntake(store, holdings, LIMITS), HOLDER, ATTEMPT, made("app", "two"))) {
      first.begin();
      second.begin();
      first.content("one".getBytes(StandardCharsets.UTF_8));
      second.content("two".getBytes(StandardCharsets.UTF_8));

      assertThat(second.end()).isNull();
      assertThat(kindOf(first.end())).isEqualTo(RecordRefusal.Kind.OTHER_CONTENT);
    }

    assertThat(read("app")).isEqualTo("two");
    assertThat(files()).hasSize(2);
  }

  @Test
  void limitsHoldForAFileForAllOfAnAttemptAndForTheirNumber() throws IOException {
    assertThat(kindOf(put(made("large", "x".repeat(101)), "")))
        .isEqualTo(RecordRefusal.Kind.TOO_MUCH);
    assertThat(put(made("a", "x".repeat(100)), "x".repeat(100))).isNull();
    assertThat(kindOf(put(made("b", "y".repeat(51)), "y".repeat(51))))
        .isEqualTo(RecordRefusal.Kind.TOO_MUCH);
    assertThat(put(made("c", "1"), "1")).isNull();
    assertThat(put(made("d", "2"), "2")).isNull();
    assertThat(kindOf(put(made("e", "3"), "3"))).isEqualTo(RecordRefusal.Kind.TOO_MUCH);
  }

  @Test
  void onlyWhoHoldsTheAttemptPutsAnything() throws IOException {
    TaskRef older = new TaskRef(ATTEMPT.run(), ATTEMPT.task(), 6);

    assertThat(kindOf(put(new SessionId("other"), ATTEMPT, made("a", "1"), "1")))
        .isEqualTo(RecordRefusal.Kind.NOT_HELD);
    assertThat(kindOf(put(HOLDER, older, made("a", "1"), "1")))
        .isEqualTo(RecordRefusal.Kind.NOT_HELD);
  }

  @Test
  void whatIsLateIsTakenForAMinuteAfterItWasLastHeld() throws IOException {
    now = now.plusSeconds(30);
    holdings.held(HOLDER, List.of(ATTEMPT));
    now = now.plusSeconds(59);
    assertThat(put(made("late", "1"), "1")).isNull();

    now = now.plusSeconds(1);

    assertThat(kindOf(put(made("too-late", "1"), "1"))).isEqualTo(RecordRefusal.Kind.NOT_HELD);
  }

  @Test
  void whatIsOlderThanTheRetentionIsForgottenAndNothingElse() throws IOException {
    TaskRef young = new TaskRef(new RunId(2), new TaskId("lint"), 8);
    holdings.given(HOLDER, young);
    put(made("a", "1"), "1");
    put(HOLDER, young, made("a", "1"), "1");
    Path old = temp.resolve("records/runs/1/compile/7");
    try (Stream<Path> all = Files.walk(old)) {
      for (Path one : all.toList()) {
        Files.setLastModifiedTime(one, FileTime.from(Instant.now().minus(Duration.ofDays(31))));
      }
    }

    int forgotten = new RecordSweep(folders, Duration.ofDays(30)).sweep(Instant.now());

    assertThat(forgotten).isEqualTo(1);
    assertThat(temp.resolve("records/runs/1")).doesNotExist();
    assertThat(store.find(young, "a")).isNotNull();
  }
}
