package dev.makespan.gateway.records.s3;

import dev.makespan.core.task.TaskRef;
import dev.makespan.gateway.records.SegmentStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Segments as objects. An object is never appended to: while a segment is small it is written anew
 * with what was added, which readers see whole or not at all, so that a slow log has few objects. A
 * writer remembers no more than {@link #GROWING_BYTES}, and only while there is room for that.
 */
final class S3Segments implements SegmentStore {

  /** Past it a segment is left as it is. */
  static final int GROWING_BYTES = 1 << 18;

  /** Writers that remember a growing segment; others begin one with each write: 128 MiB. */
  static final int GROWING_SEGMENTS = 512;

  private final S3Bucket bucket;
  private final S3Keys keys;
  private final Supplier<String> names;
  private final Semaphore growing = new Semaphore(GROWING_SEGMENTS);

  /** {@code names}: makes a name that no other writer has, of letters and digits. */
  S3Segments(S3Bucket bucket, S3Keys keys, Supplier<String> names) {
    this.bucket = bucket;
    this.keys = keys;
    this.names = names;
  }

  @Override
  public List<Segment> segments(TaskRef attempt) throws IOException {
    String folder = keys.log(attempt);
    List<Segment> found = new ArrayList<>();
    bucket.list(
        folder,
        entry -> {
          String name = entry.key().substring(folder.length());
          if (Segment.isName(name)) {
            found.add(new Segment(name, entry.bytes()));
          }
        });
    return found;
  }

  @Override
  public Writer writer(TaskRef attempt) {
    return new ObjectWriter(keys.log(attempt), names.get());
  }

  @Override
  public InputStream read(TaskRef attempt, Segment segment) throws IOException {
    return bucket.read(keys.log(attempt) + segment.name());
  }

  @Override
  public void delete(TaskRef attempt, Segment segment) throws IOException {
    bucket.delete(keys.log(attempt) + segment.name());
  }

  private final class ObjectWriter implements Writer {

    private final String folder;
    private final String name;
    private final ByteArrayOutputStream grown = new ByteArrayOutputStream(0);
    private String key = "";
    private boolean remembers;

    ObjectWriter(String folder, String name) {
      this.folder = folder;
      this.name = name;
    }

    @Override
    public boolean write(long firstSequence, byte[] frames) throws IOException {
      boolean begins = grown.size() == 0 || grown.size() + frames.length > GROWING_BYTES;
      if (begins) {
        forget();
        key = folder + Segment.name(firstSequence, name);
      }
      if (begins && (frames.length >= GROWING_BYTES || !remember())) {
        bucket.put(key, frames);
        return true;
      }
      byte[] whole = frames;
      if (!begins) {
        ByteArrayOutputStream sum = new ByteArrayOutputStream(grown.size() + frames.length);
        grown.writeTo(sum);
        sum.write(frames);
        whole = sum.toByteArray();
      }
      bucket.put(key, whole);
      grown.write(frames);
      return begins;
    }

    private boolean remember() {
      remembers = remembers || growing.tryAcquire();
      return remembers;
    }

    private void forget() {
      grown.reset();
    }

    @Override
    public void close() {
      forget();
      if (remembers) {
        remembers = false;
        growing.release();
      }
    }
  }
}
