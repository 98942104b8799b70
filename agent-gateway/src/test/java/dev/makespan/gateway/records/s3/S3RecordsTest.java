package dev.makespan.gateway.records.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.makespan.core.plan.TaskId;
import dev.makespan.core.session.MadeArtifact;
import dev.makespan.core.session.SessionId;
import dev.makespan.core.task.RunId;
import dev.makespan.core.task.TaskRef;
import dev.makespan.gateway.records.ArtifactInflow;
import dev.makespan.gateway.records.ArtifactIntake;
import dev.makespan.gateway.records.ArtifactLimits;
import dev.makespan.gateway.records.ArtifactLinks.UploadLink;
import dev.makespan.gateway.records.ArtifactStore;
import dev.makespan.gateway.records.AttemptLog;
import dev.makespan.gateway.records.Holdings;
import dev.makespan.gateway.records.LinkedArtifacts;
import dev.makespan.gateway.records.LogChunk;
import dev.makespan.gateway.records.LogLimits;
import dev.makespan.gateway.records.LogReader;
import dev.makespan.gateway.records.RecordRefusal;
import dev.makespan.gateway.records.Sha256;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Records in an S3-compatible store, over HTTP. */
@SuppressWarnings("NullAway.Init")
class S3RecordsTest {

  private static final SessionId HOLDER = new SessionId("holder");
  private static final TaskRef ATTEMPT = new TaskRef(new RunId(1), new TaskId("compile"), 7);
  private static final Duration HOUR = Duration.ofHours(1);

  private TestStore store;
  private S3Records records;
  private final Holdings holdings = new Holdings(() -> Instant.EPOCH);

  @BeforeEach
  void start() {
    store = new TestStore();
    records = store.records();
    holdings.given(HOLDER, ATTEMPT);
  }

  @AfterEach
  void stop() {
    records.close();
    store.close();
  }

  private AttemptLog log(long headBytes, long tailBytes) throws IOException {
    return AttemptLog.open(
        records.segments(), ATTEMPT, 0, new LogLimits(headBytes, tailBytes), () -> Instant.EPOCH);
  }

  private List<LogChunk> read(long after) throws IOException, InterruptedException {
    List<LogChunk> read = new ArrayList<>();
    new LogReader(records.segments()).read(ATTEMPT, after, kept -> read.add(kept.chunk()));
    return read;
  }

  private ArtifactIntake intake(ArtifactStore artifacts) {
    return new ArtifactIntake(artifacts, holdings, new ArtifactLimits(1L << 30, 1L << 30, 100));
  }

  private static MadeArtifact made(String name, byte[] content) {
    return new MadeArtifact(name, Sha256.of(content), content.length);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private @Nullable RecordRefusal put(MadeArtifact declared, byte[] content) throws IOException {
    try (ArtifactInflow inflow =
        new ArtifactInflow(intake(records.artifacts()), HOLDER, ATTEMPT, declared)) {
      RecordRefusal refusal = inflow.begin();
      for (int at = 0; refusal == null && !inflow.existed() && at < content.length; at += 1 << 18) {
        int end = Math.min(content.length, at + (1 << 18));
        refusal = inflow.content(Arrays.copyOfRange(content, at, end));
      }
      return refusal == null ? inflow.end() : refusal;
    }
  }

  private byte[] content(String name) throws IOException {
    MadeArtifact found = records.artifacts().find(ATTEMPT, name);
    if (found == null) {
      throw new AssertionError("expected an artifact " + name + ", was none");
    }
    try (var content = records.artifacts().read(ATTEMPT, found)) {
      return content.readAllBytes();
    }
  }

  private long objects() {
    return store.objects();
  }

  private static RecordRefusal.Kind kindOf(@Nullable RecordRefusal refusal) {
    if (refusal == null) {
      throw new AssertionError("expected a refusal, was none");
    }
    return refusal.kind();
  }

  @Test
  void aSlowLogGrowsInFewObjectsAndIsReadWhileItGrows() throws IOException, InterruptedException {
    try (AttemptLog log = log(1 << 20, 1 << 20)) {
      for (int i = 1; i <= 100; i++) {
        log.append(List.of(new LogChunk(i, (i - 1) * 5_000L, new byte[5_000], i == 100)));
        assertThat(read(0)).hasSize(i);
      }
    }

    assertThat(objects()).isBetween(2L, 3L);
    assertThat(read(40))
        .extracting(LogChunk::sequence)
        .containsExactlyElementsOf(LongStream.rangeClosed(41, 100).boxed().toList());
  }

  @Test
  void aLogThatIsOpenedAgainGoesOnAndTwoWritersMakeNothingTwice()
      throws IOException, InterruptedException {
    try (AttemptLog older = log(1 << 20, 1 << 20)) {
      older.append(List.of(new LogChunk(1, 0, bytes("a"), false)));
      try (AttemptLog newer = log(1 << 20, 1 << 20)) {
        assertThat(newer.position()).isEqualTo(1);
        older.append(List.of(new LogChunk(2, 1, bytes("b"), false)));
        newer.append(
            List.of(new LogChunk(2, 1, bytes("b"), false), new LogChunk(3, 2, bytes("c"), false)));
      }
    }

    assertThat(read(0)).extracting(LogChunk::sequence).containsExactly(1L, 2L, 3L);
  }

  @Test
  void theMiddleOfALongLogIsDropped() throws IOException, InterruptedException {
    try (AttemptLog log = log(1 << 20, 1 << 20)) {
      for (int i = 1; i <= 100; i++) {
        log.append(List.of(new LogChunk(i, (i - 1) * 60_000L, new byte[60_000], false)));
      }
    }

    List<LogChunk> kept = read(0);
    assertThat(kept.stream().mapToLong(chunk -> chunk.data().length).sum())
        .isBetween(1L << 20, (2L << 20) + (1 << 19));
    assertThat(kept.getFirst().sequence()).isEqualTo(1);
    assertThat(kept.getLast().sequence()).isEqualTo(100);
  }

  @Test
  void artifactsOfOneAndOfManyPartsComeBackAsTheyWere() throws IOException {
    byte[] large = new byte[2 * S3Artifacts.PART_BYTES + 12_345];
    new Random(1).nextBytes(large);

    assertThat(put(made("small", bytes("hello")), bytes("hello"))).isNull();
    assertThat(put(made("dist/large", large), large)).isNull();
    assertThat(put(made("dist/large", large), large)).isNull();

    assertThat(content("small")).isEqualTo(bytes("hello"));
    assertThat(content("dist/large")).isEqualTo(large);
    assertThat(records.artifacts().artifacts(ATTEMPT))
        .containsExactly(made("dist/large", large), made("small", bytes("hello")));
    assertThat(records.artifacts().attempts(ATTEMPT.run(), ATTEMPT.task()))
        .containsExactly(ATTEMPT);
    assertThat(records.artifacts().find(ATTEMPT, "other")).isNull();
  }

  @Test
  void aLieAboutTheHashLeavesNothingBehind() throws IOException {
    byte[] large = new byte[S3Artifacts.PART_BYTES + 1_000];
    MadeArtifact declared = made("app", new byte[large.length]);
    large[5] = 1;

    RecordRefusal refusal = put(declared, large);

    assertThat(kindOf(refusal)).isEqualTo(RecordRefusal.Kind.NOT_AS_DECLARED);
    assertThat(objects()).isZero();
    assertThat(store.blobs().listMultipartUploads(TestStore.BUCKET)).isEmpty();
  }

  @Test
  void aNameHasOneContent() throws IOException {
    assertThat(put(made("app", bytes("one")), bytes("one"))).isNull();

    assertThat(kindOf(put(made("app", bytes("two")), bytes("two"))))
        .isEqualTo(RecordRefusal.Kind.OTHER_CONTENT);

    assertThat(content("app")).isEqualTo(bytes("one"));
  }

  @Test
  void ofTwoWhoComeTogetherOneHasTheName() throws IOException {
    ArtifactStore artifacts = records.artifacts();
    MadeArtifact one = made("app", bytes("one"));
    MadeArtifact two = made("app", bytes("two"));
    try (ArtifactStore.Incoming first = artifacts.begin(ATTEMPT, one);
        ArtifactStore.Incoming second = artifacts.begin(ATTEMPT, two)) {
      first.write(bytes("one"));
      second.write(bytes("two"));

      assertThat(second.keep(ATTEMPT, two)).isEqualTo(two);
      assertThat(first.keep(ATTEMPT, one)).isEqualTo(two);
    }
  }

  @Test
  void moreUploadsThanThereIsMemoryForAreAskedToComeBack() throws IOException {
    List<ArtifactStore.Incoming> all = new ArrayList<>();
    for (int i = 0; i < S3Artifacts.MAX_UPLOADS; i++) {
      all.add(records.artifacts().begin(ATTEMPT, made("a" + i, bytes("x"))));
    }

    assertThatThrownBy(() -> records.artifacts().begin(ATTEMPT, made("b", bytes("x"))))
        .hasMessageContaining("come back");

    all.getFirst().close();
    all.getFirst().close();
    records.artifacts().begin(ATTEMPT, made("b", bytes("x"))).close();
  }

  @Test
  void aStoreThatWritesKeysOnceIsFoundToBeFit() throws IOException {
    records.check();
    records.check();
  }

  @Test
  void aStoreThatWritesThemTwiceIsFoundOut() {
    try (TestStore other = new TestStore(false);
        S3Records there = other.records()) {
      assertThatThrownBy(there::check).hasMessageContaining("refuses to write a key twice");
    }
  }

  @Test
  void aBucketThatIsNotThereIsNamed() {
    try (S3Records none = store.records("nobody", TestStore.SECRET)) {
      assertThatThrownBy(none::check)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("bucket nobody: there is no such bucket");
    }
  }

  @Test
  void aWrongKeyIsSaidAndNeitherKeyNorSecretIs() {
    try (S3Records wrong = store.records(TestStore.BUCKET, "another-secret")) {
      assertThatThrownBy(wrong::check)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("refuses the keys")
          .hasMessageNotContaining("another-secret")
          .hasMessageNotContaining(TestStore.KEY_ID);
      assertThatThrownBy(() -> wrong.artifacts().find(ATTEMPT, "a"))
          .hasMessageContaining("refuses the keys");
    }
  }

  @Test
  void aStoreThatGoesAwayInTheMiddleEndsTheUploadAndTheLog() throws IOException {
    byte[] half = new byte[S3Artifacts.PART_BYTES];
    ArtifactStore.Incoming incoming = records.artifacts().begin(ATTEMPT, made("app", half));
    incoming.write(half);
    AttemptLog log = log(1 << 20, 1 << 20);
    log.append(List.of(new LogChunk(1, 0, bytes("a"), false)));

    store.goAway();

    assertThatThrownBy(() -> incoming.write(half)).hasMessageContaining("does not answer");
    assertThatThrownBy(() -> log.append(List.of(new LogChunk(2, 1, bytes("b"), false))))
        .hasMessageContaining("does not answer");
    assertThat(log.position()).isEqualTo(1);
    assertThatThrownBy(incoming::close).isInstanceOf(IOException.class);
  }

  private static HttpResponse<byte[]> send(HttpRequest request) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static int putAt(URI address, byte[] content) {
    return send(HttpRequest.newBuilder(address)
            .PUT(HttpRequest.BodyPublishers.ofByteArray(content))
            .build())
        .statusCode();
  }

  private LinkedArtifacts linked() {
    return new LinkedArtifacts(intake(records.artifacts()), () -> Instant.EPOCH);
  }

  private UploadLink link(MadeArtifact declared) throws IOException {
    return switch (linked().upload(HOLDER, ATTEMPT, declared, HOUR)) {
      case LinkedArtifacts.Place.Given(UploadLink link, Instant _) -> link;
      case LinkedArtifacts.Place.Existed() -> throw new AssertionError("it existed");
      case LinkedArtifacts.Place.Refused(RecordRefusal why) -> throw new AssertionError(why);
    };
  }

  private @Nullable RecordRefusal keep(MadeArtifact declared, String ticket) throws IOException {
    return switch (linked().keep(HOLDER, ATTEMPT, declared, ticket)) {
      case LinkedArtifacts.Kept.Done(boolean _) -> null;
      case LinkedArtifacts.Kept.Refused(RecordRefusal why) -> why;
    };
  }

  @Test
  void aLinkReadsTheContentForAWhileAndNothingElse() throws Exception {
    put(made("app", bytes("hello")), bytes("hello"));
    LinkedArtifacts.Address.Given given =
        (LinkedArtifacts.Address.Given) linked().download(ATTEMPT, "app", HOUR);

    HttpResponse<byte[]> answer = send(HttpRequest.newBuilder(given.address()).build());
    URI forged = URI.create(given.address().toString().replace("/7/", "/8/"));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(bytes("hello"));
    assertThat(answer.headers().firstValue("Content-Disposition")).hasValue("attachment");
    assertThat(given.address().toString()).doesNotContain(TestStore.SECRET);
    assertThat(send(HttpRequest.newBuilder(forged).build()).statusCode()).isEqualTo(403);
    assertThat(putAt(given.address(), bytes("other"))).isEqualTo(403);
  }

  @Test
  void aLinkIsGoodForItsLifetime() throws Exception {
    put(made("app", bytes("hello")), bytes("hello"));
    LinkedArtifacts.Address.Given given =
        (LinkedArtifacts.Address.Given) linked().download(ATTEMPT, "app", Duration.ofSeconds(1));
    Instant end = Instant.now().plusSeconds(30);

    int status = 200;
    while (status == 200 && Instant.now().isBefore(end)) {
      status = send(HttpRequest.newBuilder(given.address()).build()).statusCode();
    }

    assertThat(status).isEqualTo(403);
  }

  @Test
  void whatIsPutByALinkIsKeptWhenItIsAsDeclared() throws IOException {
    MadeArtifact declared = made("app", bytes("hello"));
    UploadLink link = link(declared);

    assertThat(putAt(link.address(), bytes("hello"))).isEqualTo(200);
    assertThat(records.artifacts().find(ATTEMPT, "app")).isNull();
    assertThat(keep(declared, link.ticket())).isNull();

    assertThat(content("app")).isEqualTo(bytes("hello"));
    assertThat(objects()).isEqualTo(2);
  }

  @Test
  void wrongContentPutByALinkIsNotKept() throws IOException {
    MadeArtifact declared = made("app", bytes("hello"));
    UploadLink link = link(declared);
    assertThat(putAt(link.address(), bytes("hullo"))).isEqualTo(200);

    RecordRefusal refusal = keep(declared, link.ticket());

    assertThat(kindOf(refusal)).isEqualTo(RecordRefusal.Kind.NOT_AS_DECLARED);
    assertThat(objects()).isZero();
  }

  @Test
  void whatIsPutByALinkAfterItsContentWasTakenChangesNothing() throws IOException {
    MadeArtifact declared = made("app", bytes("hello"));
    UploadLink link = link(declared);
    putAt(link.address(), bytes("hello"));
    keep(declared, link.ticket());

    putAt(link.address(), bytes("hullo"));

    assertThat(content("app")).isEqualTo(bytes("hello"));
    assertThat(keep(declared, link.ticket())).isNull();
    assertThat(content("app")).isEqualTo(bytes("hello"));
  }

  @Test
  void nothingPutAForeignTicketAndAStrangerAreRefused() throws IOException {
    MadeArtifact declared = made("app", bytes("hello"));
    UploadLink link = link(declared);

    assertThat(kindOf(keep(declared, link.ticket()))).isEqualTo(RecordRefusal.Kind.NOT_AS_DECLARED);
    assertThat(kindOf(keep(declared, "../../8/uploads/x"))).isEqualTo(RecordRefusal.Kind.MALFORMED);
    assertThat(linked().upload(new SessionId("stranger"), ATTEMPT, declared, HOUR))
        .isInstanceOf(LinkedArtifacts.Place.Refused.class);
  }

  @Test
  void whatIsOlderThanTheRetentionIsForgotten() throws IOException {
    put(made("app", bytes("hello")), bytes("hello"));
    TaskRef other = new TaskRef(new RunId(2), new TaskId("lint"), 8);
    try (AttemptLog log = log(1 << 20, 1 << 20)) {
      log.append(List.of(new LogChunk(1, 0, bytes("a"), true)));
    }
    records.artifacts().begin(other, made("b", bytes("x"))).close();

    assertThat(records.sweep(Duration.ofDays(30)).sweep(Instant.now())).isZero();
    assertThat(objects()).isEqualTo(3);
    assertThat(records.sweep(Duration.ofDays(30)).sweep(Instant.now().plus(Duration.ofDays(31))))
        .isEqualTo(1);
    assertThat(objects()).isZero();
  }
}
