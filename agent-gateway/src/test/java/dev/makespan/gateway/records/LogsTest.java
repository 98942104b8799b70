package dev.makespan.gateway.records;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.plan.TaskId;
import dev.makespan.core.task.RunId;
import dev.makespan.core.task.TaskRef;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogsTest {

  private static final TaskRef ATTEMPT = new TaskRef(new RunId(1), new TaskId("compile"), 7);
  private static final LogLimits LIMITS = new LogLimits(400_000, 400_000);
  private static final long SEGMENT = 100_000;

  @TempDir Path folder = Path.of("");
  private int writers;
  private FileSegments store = store();

  private FileSegments store() {
    try {
      return new FileSegments(
          RecordFolders.open(folder.resolve("records")), SEGMENT, () -> "writer" + ++writers);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @BeforeEach
  void empty() {
    store = store();
  }

  private AttemptLog open() throws IOException {
    return open(0);
  }

  private AttemptLog open(long oldest) throws IOException {
    return AttemptLog.open(store, ATTEMPT, oldest, LIMITS, () -> Instant.EPOCH);
  }

  private static LogChunk chunk(long sequence, long offset, String text) {
    return new LogChunk(sequence, offset, text.getBytes(StandardCharsets.UTF_8), false);
  }

  private List<LogChunk> read(long after) throws IOException, InterruptedException {
    List<LogChunk> read = new ArrayList<>();
    new LogReader(store).read(ATTEMPT, after, kept -> read.add(kept.chunk()));
    return read;
  }

  private String text() throws IOException, InterruptedException {
    StringBuilder text = new StringBuilder();
    read(0).forEach(chunk -> text.append(new String(chunk.data(), StandardCharsets.UTF_8)));
    return text.toString();
  }

  @Test
  void aLogThatIsOpenedAgainGoesOnWhereItEnded() throws IOException, InterruptedException {
    try (AttemptLog first = open()) {
      assertThat(first.append(List.of(chunk(1, 0, "one "), chunk(2, 4, "two ")))).isNull();
    }

    try (AttemptLog second = open()) {
      assertThat(second.position()).isEqualTo(2);
      assertThat(second.append(List.of(chunk(3, 8, "three")))).isNull();
    }

    assertThat(text()).isEqualTo("one two three");
  }

  @Test
  void whatIsKnownAlreadyIsIgnored() throws IOException, InterruptedException {
    try (AttemptLog log = open()) {
      assertThat(log.append(List.of(chunk(1, 0, "a"), chunk(2, 1, "b")))).isNull();

      assertThat(log.append(List.of(chunk(1, 0, "a"), chunk(2, 1, "b"), chunk(3, 2, "c"))))
          .isNull();

      assertThat(log.position()).isEqualTo(3);
    }
    assertThat(text()).isEqualTo("abc");
  }

  @Test
  void aGapIsRefusedAndWhatCameBeforeItIsKept() throws IOException, InterruptedException {
    try (AttemptLog log = open()) {
      RecordRefusal refusal = log.append(List.of(chunk(1, 0, "a"), chunk(3, 2, "c")));

      assertThat(refusal)
          .isEqualTo(new RecordRefusal(RecordRefusal.Kind.GAP, "sequence: expected 2, was 3"));
      assertThat(log.position()).isEqualTo(1);
    }
    assertThat(text()).isEqualTo("a");
  }

  @Test
  void nothingComesAfterTheLastChunk() throws IOException {
    try (AttemptLog log = open()) {
      assertThat(log.append(List.of(new LogChunk(1, 0, new byte[1], true)))).isNull();
    }

    try (AttemptLog again = open()) {
      RecordRefusal refusal = again.append(List.of(chunk(2, 1, "more")));

      assertThat(refusal).isNotNull();
      assertThat(String.valueOf(refusal)).contains("CLOSED");
    }
  }

  @Test
  void aWriterThatHasLostItsBeginningGoesOnAndTheHoleShows()
      throws IOException, InterruptedException {
    try (AttemptLog log = open(50)) {
      assertThat(log.append(List.of(chunk(50, 9_000, "late")))).isNull();
    }

    assertThat(read(0)).extracting(LogChunk::offset).containsExactly(9_000L);
  }

  @Test
  void aFrameThatWasCutOffIsWrittenAgainByTheNextWriter() throws IOException, InterruptedException {
    try (AttemptLog log = open()) {
      log.append(List.of(chunk(1, 0, "whole "), chunk(2, 6, "cut off")));
    }
    Path file;
    try (var files = Files.walk(folder)) {
      file = files.filter(one -> one.toString().endsWith(".log")).findFirst().orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(file);
    Files.write(
        file,
        java.util.Arrays.copyOf(bytes, bytes.length - 3),
        StandardOpenOption.TRUNCATE_EXISTING);

    try (AttemptLog log = open()) {
      assertThat(log.position()).isEqualTo(1);
      log.append(List.of(chunk(2, 6, "again")));
    }

    assertThat(text()).isEqualTo("whole again");
  }

  @Test
  void twoWritersOfOneLogMakeNothingTwice() throws IOException, InterruptedException {
    try (AttemptLog older = open()) {
      older.append(List.of(chunk(1, 0, "a")));
      try (AttemptLog newer = open()) {
        older.append(List.of(chunk(2, 1, "b"), chunk(3, 2, "c")));
        newer.append(List.of(chunk(2, 1, "b"), chunk(3, 2, "c"), chunk(4, 3, "d")));
      }
    }

    assertThat(text()).isEqualTo("abcd");
  }

  @Test
  void whoFollowsReadsNoDataAgain() throws IOException, InterruptedException {
    try (AttemptLog log = open()) {
      for (int i = 1; i <= 9; i++) {
        log.append(List.of(new LogChunk(i, (i - 1) * 10_000L, new byte[10_000], false)));
      }
    }
    Path file;
    try (var files = Files.walk(folder)) {
      file = files.filter(one -> one.toString().endsWith(".log")).findFirst().orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(file);
    // Within the data of the fifth chunk, which nobody who has it may look at.
    bytes[bytes.length / 9 * 4 + 5_000] ^= 1;
    Files.write(file, bytes);

    assertThat(read(5)).extracting(LogChunk::sequence).containsExactly(6L, 7L, 8L, 9L);
    assertThat(read(3)).extracting(LogChunk::sequence).containsExactly(4L);
  }

  @Test
  void aSlowerWriterOfTheSameChunksHidesNothingOfTheFaster()
      throws IOException, InterruptedException {
    try (AttemptLog fast = open();
        AttemptLog slow = open()) {
      for (int i = 1; i <= 20; i++) {
        fast.append(List.of(new LogChunk(i, (i - 1) * 10_000L, new byte[10_000], false)));
      }
      slow.append(List.of(new LogChunk(1, 0, new byte[10_000], false)));

      for (long after : new long[] {0, 1, 5}) {
        assertThat(read(after))
            .extracting(LogChunk::sequence)
            .as("after %d", after)
            .containsExactlyElementsOf(LongStream.rangeClosed(after + 1, 20).boxed().toList());
      }
    }
  }

  @Test
  void aLongLogKeepsItsBeginningAndItsEndAndTheOffsetsShowWhatIsMissing()
      throws IOException, InterruptedException {
    int chunks = 300;
    int size = 10_000;
    try (AttemptLog log = open()) {
      for (int i = 0; i < chunks; i++) {
        log.append(List.of(new LogChunk(i + 1, (long) i * size, new byte[size], i == chunks - 1)));
      }
    }

    List<LogChunk> kept = read(0);

    long bytes = kept.stream().mapToLong(chunk -> chunk.data().length).sum();
    assertThat(bytes).isBetween(500_000L, LIMITS.headBytes() + LIMITS.tailBytes() + SEGMENT);
    assertThat(kept.getFirst().sequence()).isEqualTo(1);
    assertThat(kept.getLast().sequence()).isEqualTo(chunks);
    long missing = 0;
    for (int i = 1; i < kept.size(); i++) {
      missing += kept.get(i).offset() - kept.get(i - 1).end();
    }
    assertThat(missing).isEqualTo((long) chunks * size - bytes);
  }

  @Test
  void ofALongLogWithPiecesOfAnySizeOneMiddleIsMissing() throws IOException, InterruptedException {
    Random chance = new Random(3);
    long offset = 0;
    long sequence = 0;
    try (AttemptLog log = open()) {
      for (int i = 1; i <= 200; i++) {
        List<LogChunk> together = new ArrayList<>();
        for (int n = chance.nextInt(6); n >= 0; n--) {
          byte[] data = new byte[1 + chance.nextInt(LogChunk.MAX_BYTES)];
          sequence++;
          together.add(new LogChunk(sequence, offset, data, false));
          offset += data.length;
        }
        log.append(together);
      }
    }

    List<LogChunk> kept = read(0);

    int holes = 0;
    for (int i = 1; i < kept.size(); i++) {
      holes += kept.get(i).offset() > kept.get(i - 1).end() ? 1 : 0;
    }
    assertThat(holes).isEqualTo(1);
    assertThat(kept.getFirst().offset()).isZero();
    assertThat(kept.getLast().end()).isEqualTo(offset);
  }

  @Test
  void readingGoesOnAfterAnySequence() throws IOException, InterruptedException {
    try (AttemptLog log = open()) {
      for (int i = 1; i <= 60; i++) {
        log.append(List.of(new LogChunk(i, (i - 1) * 10_000L, new byte[10_000], false)));
      }
    }

    for (long after : new long[] {0, 1, 9, 10, 11, 59, 60, 1_000}) {
      assertThat(read(after))
          .extracting(LogChunk::sequence)
          .as("after %d", after)
          .containsExactlyElementsOf(LongStream.rangeClosed(after + 1, 60).boxed().toList());
    }
  }
}
