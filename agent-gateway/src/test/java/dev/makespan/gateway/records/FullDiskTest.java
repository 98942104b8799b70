package dev.makespan.gateway.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.makespan.core.plan.TaskId;
import dev.makespan.core.session.MadeArtifact;
import dev.makespan.core.session.SessionId;
import dev.makespan.core.task.RunId;
import dev.makespan.core.task.TaskRef;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk on which half of what is written finds room, and then nothing; and one that is endless.
 */
@SuppressWarnings("NullAway.Init")
class FullDiskTest {

  private static final SessionId HOLDER = new SessionId("holder");
  private static final TaskRef ATTEMPT = new TaskRef(new RunId(1), new TaskId("compile"), 7);
  private static final TaskRef OTHER = new TaskRef(new RunId(1), new TaskId("lint"), 8);
  private static final LogLimits LIMITS = new LogLimits(400_000, 400_000);
  private static final long SEGMENT = 100_000;

  @TempDir Path temp;
  private final Queue<Runnable> writers = new ArrayDeque<>();
  private final Holdings holdings = new Holdings(() -> Instant.EPOCH);
  private RecordFolders folders;
  private FullSegments segments;
  private LogInflows inflows;
  private int names;

  @BeforeEach
  void open() throws IOException {
    folders = RecordFolders.open(temp.resolve("records"));
    segments = new FullSegments(new FileSegments(folders, SEGMENT, () -> "writer" + ++names));
    inflows = new LogInflows(segments, holdings, LIMITS, writers::add, () -> Instant.EPOCH, 10);
    holdings.given(HOLDER, ATTEMPT);
    holdings.given(HOLDER, OTHER);
  }

  private void work() {
    Runnable next = writers.poll();
    while (next != null) {
      next.run();
      next = writers.poll();
    }
  }

  private static LogChunk chunk(long sequence, String text) {
    return new LogChunk(
        sequence, (sequence - 1) * 10, text.getBytes(StandardCharsets.UTF_8), false);
  }

  private LogInflow stream(TaskRef attempt, Source source) {
    LogInflow inflow = inflows.open(HOLDER, attempt, 0, source);
    if (inflow == null) {
      throw new AssertionError("expected a stream, was " + source.refusal);
    }
    work();
    return inflow;
  }

  private List<Long> sequences(TaskRef attempt) throws IOException, InterruptedException {
    List<Long> read = new ArrayList<>();
    new LogReader(segments).read(attempt, 0, chunk -> read.add(chunk.chunk().sequence()));
    return read;
  }

  @Test
  void aLogSaysThatTheDiskIsFullAndGoesOnWithoutAGapWhenThereIsRoom()
      throws IOException, InterruptedException {
    Source source = new Source();
    LogInflow before = stream(ATTEMPT, source);
    before.chunk(chunk(1, "one"));
    work();
    segments.full = true;

    before.chunk(chunk(2, "two"));
    work();

    assertThat(source.refusal).isNotNull();
    assertThat(String.valueOf(source.refusal)).contains("STORE_AWAY", "No space left on device");
    assertThat(source.position).isEqualTo(1);
    assertThat(sequences(ATTEMPT)).containsExactly(1L);

    segments.full = false;
    Source again = new Source();
    LogInflow after = stream(ATTEMPT, again);
    assertThat(again.position).isEqualTo(1);
    after.chunk(chunk(2, "two"));
    after.chunk(chunk(3, "three"));
    work();

    assertThat(again.position).isEqualTo(3);
    assertThat(sequences(ATTEMPT)).containsExactly(1L, 2L, 3L);
  }

  @Test
  void ofALogThatFailsNobodyElseNoticesAndItsPlaceIsFree()
      throws IOException, InterruptedException {
    for (int i = 0; i < 30; i++) {
      segments.full = true;
      Source source = new Source();
      LogInflow failing = stream(ATTEMPT, source);
      failing.chunk(chunk(1, "x"));
      work();
      assertThat(source.refusal).isNotNull();
    }
    segments.full = false;

    Source other = new Source();
    LogInflow fine = stream(OTHER, other);
    fine.chunk(chunk(1, "fine"));
    work();

    assertThat(other.position).isEqualTo(1);
    assertThat(sequences(OTHER)).containsExactly(1L);
  }

  @Test
  void anArtifactForWhichThereIsNoRoomLeavesNothingBehind() throws IOException {
    byte[] content = "content".getBytes(StandardCharsets.UTF_8);
    MadeArtifact declared = new MadeArtifact("app", Sha256.of(content), content.length);
    ArtifactStore store = new FullArtifacts(new FileArtifacts(folders));
    ArtifactIntake intake =
        new ArtifactIntake(store, holdings, new ArtifactLimits(1_000, 1_000, 10));

    try (ArtifactInflow inflow = new ArtifactInflow(intake, HOLDER, ATTEMPT, declared)) {
      assertThat(inflow.begin()).isNull();
      assertThatThrownBy(() -> inflow.content(content)).hasMessage("No space left on device");
    }

    assertThat(store.find(ATTEMPT, "app")).isNull();
    try (Stream<Path> left = Files.walk(temp.resolve("records"))) {
      assertThat(left.filter(Files::isRegularFile)).isEmpty();
    }
  }

  @Test
  void outputWithoutEndTakesBoundedDiskAndSaysWhatIsMissing()
      throws IOException, InterruptedException {
    byte[] data = new byte[LogChunk.MAX_BYTES];
    int chunks = 1_000;
    long most = LIMITS.headBytes() + LIMITS.tailBytes() + 2 * (SEGMENT + data.length);
    Source source = new Source();
    LogInflow endless = stream(ATTEMPT, source);
    for (int i = 1; i <= chunks; i++) {
      endless.chunk(new LogChunk(i, (i - 1L) * data.length, data, false));
      work();
      if (i % 50 == 0) {
        assertThat(bytesOnDisk()).as("after %d chunks", i).isLessThan(most);
      }
    }

    List<LogChunk> kept = new ArrayList<>();
    new LogReader(segments).read(ATTEMPT, 0, one -> kept.add(one.chunk()));

    assertThat(source.refusal).isNull();
    assertThat(source.position).isEqualTo(chunks);
    assertThat(kept.getFirst().sequence()).isEqualTo(1);
    assertThat(kept.getLast().sequence()).isEqualTo(chunks);
    long missing = 0;
    for (int i = 1; i < kept.size(); i++) {
      missing += kept.get(i).offset() - kept.get(i - 1).end();
    }
    assertThat(missing).isEqualTo((long) chunks * data.length - (long) kept.size() * data.length);
    assertThat(missing).isGreaterThan(60_000_000L);
  }

  private long bytesOnDisk() throws IOException {
    long bytes = 0;
    try (Stream<Path> all = Files.walk(temp.resolve("records"))) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        bytes += Files.size(file);
      }
    }
    return bytes;
  }

  /** Remembers the last that it was told. */
  private static final class Source implements LogInflow.Source {
    private long position = -1;
    private @Nullable RecordRefusal refusal;

    @Override
    public void kept(long position, int more) {
      this.position = position;
    }

    @Override
    public void refused(RecordRefusal why) {
      refusal = why;
    }

    @Override
    public void done(long position) {
      this.position = position;
    }
  }

  /** Half of a write reaches the disk, as a write does for which there is not room enough. */
  private static final class FullSegments implements SegmentStore {
    private final SegmentStore disk;
    private boolean full;

    FullSegments(SegmentStore disk) {
      this.disk = disk;
    }

    @Override
    public List<Segment> segments(TaskRef attempt) throws IOException {
      return disk.segments(attempt);
    }

    @Override
    public Writer writer(TaskRef attempt) throws IOException {
      Writer writer = disk.writer(attempt);
      return new Writer() {
        @Override
        public boolean write(long firstSequence, byte[] frames) throws IOException {
          if (full) {
            writer.write(firstSequence, Arrays.copyOf(frames, frames.length / 2));
            throw new IOException("No space left on device");
          }
          return writer.write(firstSequence, frames);
        }

        @Override
        public void close() throws IOException {
          writer.close();
        }
      };
    }

    @Override
    public InputStream read(TaskRef attempt, Segment segment) throws IOException {
      return disk.read(attempt, segment);
    }

    @Override
    public void delete(TaskRef attempt, Segment segment) throws IOException {
      disk.delete(attempt, segment);
    }
  }

  /** Half of a piece finds room. */
  private static final class FullArtifacts implements ArtifactStore {
    private final ArtifactStore disk;

    FullArtifacts(ArtifactStore disk) {
      this.disk = disk;
    }

    @Override
    public List<MadeArtifact> artifacts(TaskRef attempt) throws IOException {
      return disk.artifacts(attempt);
    }

    @Override
    public @Nullable MadeArtifact find(TaskRef attempt, String name) throws IOException {
      return disk.find(attempt, name);
    }

    @Override
    public List<TaskRef> attempts(RunId run, TaskId task) throws IOException {
      return disk.attempts(run, task);
    }

    @Override
    public InputStream read(TaskRef attempt, MadeArtifact artifact) throws IOException {
      return disk.read(attempt, artifact);
    }

    @Override
    public Incoming begin(TaskRef attempt, MadeArtifact declared) throws IOException {
      Incoming incoming = disk.begin(attempt, declared);
      return new Incoming() {
        @Override
        public void write(byte[] bytes) throws IOException {
          incoming.write(Arrays.copyOf(bytes, bytes.length / 2));
          throw new IOException("No space left on device");
        }

        @Override
        public MadeArtifact keep(TaskRef to, MadeArtifact artifact) throws IOException {
          return incoming.keep(to, artifact);
        }

        @Override
        public void close() throws IOException {
          incoming.close();
        }
      };
    }
  }
}
