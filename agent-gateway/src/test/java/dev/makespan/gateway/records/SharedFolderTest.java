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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two gateways, each with its own memory, on one folder. */
@SuppressWarnings("NullAway.Init")
class SharedFolderTest {

  private static final SessionId HOLDER = new SessionId("holder");
  private static final TaskRef ATTEMPT = new TaskRef(new RunId(1), new TaskId("compile"), 7);
  private static final int CHUNKS = 400;
  private static final int ROUNDS = 50;

  @TempDir Path temp;
  private Gateway first;
  private Gateway second;
  private ExecutorService threads;

  @BeforeEach
  void start() throws IOException {
    first = new Gateway("first");
    second = new Gateway("second");
    threads = Executors.newFixedThreadPool(4);
  }

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  /** What one process has of its own. */
  private final class Gateway {
    private final RecordFolders folders;
    private final FileArtifacts artifacts;
    private final FileSegments segments;
    private final Holdings holdings = new Holdings(() -> Instant.EPOCH);
    private int writers;

    Gateway(String name) throws IOException {
      folders = RecordFolders.open(temp.resolve("records"));
      artifacts = new FileArtifacts(folders);
      segments = new FileSegments(folders, 2_000, () -> name + ++writers);
      holdings.given(HOLDER, ATTEMPT);
    }

    AttemptLog log() throws IOException {
      return AttemptLog.open(
          segments, ATTEMPT, 0, new LogLimits(1 << 20, 1 << 20), () -> Instant.EPOCH);
    }

    List<Long> sequences() throws IOException, InterruptedException {
      List<Long> read = new ArrayList<>();
      new LogReader(segments).read(ATTEMPT, 0, chunk -> read.add(chunk.chunk().sequence()));
      return read;
    }

    @Nullable RecordRefusal put(String name, String content) throws IOException {
      byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
      MadeArtifact declared = new MadeArtifact(name, Sha256.of(bytes), bytes.length);
      ArtifactLimits limits = new ArtifactLimits(1_000, 1_000_000, 1_000);
      try (ArtifactInflow inflow =
          new ArtifactInflow(
              new ArtifactIntake(artifacts, holdings, limits), HOLDER, ATTEMPT, declared)) {
        RecordRefusal refusal = inflow.begin();
        if (refusal == null) {
          refusal = inflow.content(bytes);
        }
        return refusal == null ? inflow.end() : refusal;
      }
    }

    String content(String name) throws IOException {
      MadeArtifact found = artifacts.find(ATTEMPT, name);
      if (found == null) {
        throw new AssertionError("expected an artifact " + name + ", was none");
      }
      return new String(artifacts.read(ATTEMPT, found).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static LogChunk chunk(long sequence) {
    return new LogChunk(sequence, (sequence - 1) * 100, new byte[100], sequence == CHUNKS);
  }

  @Test
  void anAgentThatMovesToTheOtherGatewayGoesOnWhereItsLogEnds()
      throws IOException, InterruptedException {
    try (AttemptLog log = first.log()) {
      for (long sequence = 1; sequence <= 90; sequence++) {
        log.append(List.of(chunk(sequence)));
      }

      try (AttemptLog moved = second.log()) {
        assertThat(moved.position()).isEqualTo(90);
        for (long sequence = 91; sequence <= CHUNKS; sequence++) {
          moved.append(List.of(chunk(sequence)));
        }
      }
    }

    List<Long> all = LongStream.rangeClosed(1, CHUNKS).boxed().toList();
    assertThat(first.sequences()).isEqualTo(all);
    assertThat(second.sequences()).isEqualTo(all);
  }

  @Test
  void whatBothWriteAtTheSameTimeIsReadOnceAndInOrderAtAnyMoment() throws Exception {
    CyclicBarrier together = new CyclicBarrier(3);
    Callable<List<Long>> reader =
        () -> {
          together.await();
          List<Long> seen = List.of();
          while (seen.size() < CHUNKS) {
            List<Long> now = first.sequences();
            assertThat(now).isEqualTo(LongStream.rangeClosed(1, now.size()).boxed().toList());
            assertThat(now.size()).isGreaterThanOrEqualTo(seen.size());
            seen = now;
          }
          return seen;
        };
    Future<List<Long>> read = threads.submit(reader);
    Future<?> one = threads.submit(() -> write(first, together));
    Future<?> other = threads.submit(() -> write(second, together));

    one.get();
    other.get();

    assertThat(read.get()).hasSize(CHUNKS);
    assertThat(second.sequences()).hasSize(CHUNKS);
  }

  private static Void write(Gateway gateway, CyclicBarrier together) throws Exception {
    try (AttemptLog log = gateway.log()) {
      together.await();
      for (long sequence = 1; sequence <= CHUNKS; sequence++) {
        log.append(List.of(chunk(sequence)));
      }
    }
    return null;
  }

  @Test
  void aNameHasOneContentWhoeverIsFirst() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      String name = "app" + round;
      CyclicBarrier together = new CyclicBarrier(2);
      Future<@Nullable RecordRefusal> one = threads.submit(() -> put(first, name, "1", together));
      Future<@Nullable RecordRefusal> other =
          threads.submit(() -> put(second, name, "2", together));

      boolean oneHasIt = one.get() == null;
      boolean otherHasIt = other.get() == null;

      assertThat(oneHasIt).as(name).isNotEqualTo(otherHasIt);
      assertThat(first.content(name)).as(name).isEqualTo((oneHasIt ? "1" : "2") + name);
      assertThat(second.content(name)).as(name).isEqualTo(first.content(name));
    }
  }

  private static @Nullable RecordRefusal put(
      Gateway gateway, String name, String content, CyclicBarrier together) throws Exception {
    together.await();
    return gateway.put(name, content + name);
  }

  @Test
  void theSameContentFromBothIsKeptOnceForBoth() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      String name = "same" + round;
      CyclicBarrier together = new CyclicBarrier(2);
      Future<@Nullable RecordRefusal> one = threads.submit(() -> put(first, name, "", together));
      Future<@Nullable RecordRefusal> other = threads.submit(() -> put(second, name, "", together));

      assertThat(one.get()).as(name).isNull();
      assertThat(other.get()).as(name).isNull();
      assertThat(first.content(name)).isEqualTo(name);
    }
    try (Stream<Path> left = Files.list(temp.resolve("records/tmp"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void bothSweepAtTheSameTimeWithoutHarm() throws Exception {
    for (int i = 0; i < 20; i++) {
      first.put("old" + i, "x");
    }
    Instant later = Instant.now().plus(Duration.ofDays(40));
    CyclicBarrier together = new CyclicBarrier(2);
    Future<Integer> one = threads.submit(() -> sweep(first, later, together));
    Future<Integer> other = threads.submit(() -> sweep(second, later, together));

    assertThat(one.get() + other.get()).isBetween(1, 2);
    assertThat(first.artifacts.artifacts(ATTEMPT)).isEmpty();
    assertThat(temp.resolve("records/runs/1")).doesNotExist();
  }

  private static int sweep(Gateway gateway, Instant now, CyclicBarrier together) throws Exception {
    together.await();
    return new RecordSweep(gateway.folders, Duration.ofDays(30)).sweep(now);
  }
}
