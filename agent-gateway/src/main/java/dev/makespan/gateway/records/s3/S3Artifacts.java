package dev.makespan.gateway.records.s3;

import dev.makespan.core.plan.TaskId;
import dev.makespan.core.session.MadeArtifact;
import dev.makespan.core.task.RunId;
import dev.makespan.core.task.TaskRef;
import dev.makespan.gateway.records.ArtifactLinks;
import dev.makespan.gateway.records.ArtifactStore;
import dev.makespan.gateway.records.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * Artifacts as objects: content under its hash, put there in parts that nobody sees before they are
 * whole and hashed, and for each name a small object that says what it is, which the store makes
 * once.
 */
final class S3Artifacts implements ArtifactStore {

  /** Content of one upload that is in memory; the least that stores take is 5 MiB. */
  static final int PART_BYTES = 8 << 20;

  /** Uploads at once, each with a part in memory: 128 MiB. */
  static final int MAX_UPLOADS = 16;

  private static final String NAMED = ".name";
  private static final String CONTENT = ".data";

  private final S3Bucket bucket;
  private final S3Keys keys;
  private final ArtifactLinks links;
  private final Semaphore uploads = new Semaphore(MAX_UPLOADS);

  S3Artifacts(S3Bucket bucket, S3Keys keys, S3Links.Signing signing) {
    this.bucket = bucket;
    this.keys = keys;
    this.links = new S3Links(bucket, keys, this, signing);
  }

  @Override
  public ArtifactLinks links() {
    return links;
  }

  @Override
  public List<MadeArtifact> artifacts(TaskRef attempt) throws IOException {
    List<String> named = new ArrayList<>();
    bucket.list(
        keys.artifacts(attempt),
        entry -> {
          if (entry.key().endsWith(NAMED)) {
            named.add(entry.key());
          }
        });
    List<MadeArtifact> found = new ArrayList<>();
    for (String key : named) {
      MadeArtifact artifact = readName(key);
      if (artifact != null) {
        found.add(artifact);
      }
    }
    found.sort(Comparator.comparing(MadeArtifact::name));
    return found;
  }

  @Override
  public @Nullable MadeArtifact find(TaskRef attempt, String name) throws IOException {
    return readName(nameKey(attempt, name));
  }

  private String nameKey(TaskRef attempt, String name) {
    return keys.artifacts(attempt) + Sha256.of(name.getBytes(StandardCharsets.UTF_8)) + NAMED;
  }

  String contentKey(TaskRef attempt, MadeArtifact artifact) {
    return keys.artifacts(attempt) + artifact.sha256() + CONTENT;
  }

  /** Hash, size and name, a line each. */
  private @Nullable MadeArtifact readName(String key) throws IOException {
    try {
      String[] lines = new String(bucket.readAll(key), StandardCharsets.UTF_8).split("\n", 3);
      return new MadeArtifact(lines[2], lines[0], Long.parseLong(lines[1]));
    } catch (NoSuchFileException none) {
      return null;
    }
  }

  /** Gives content that is there its name, which only one can do; what has it then. */
  MadeArtifact name(TaskRef attempt, MadeArtifact artifact) throws IOException {
    String text = artifact.sha256() + "\n" + artifact.bytes() + "\n" + artifact.name();
    String key = nameKey(attempt, artifact.name());
    if (bucket.putNew(key, text.getBytes(StandardCharsets.UTF_8))) {
      return artifact;
    }
    MadeArtifact before = readName(key);
    if (before == null) {
      throw new IOException("the store neither takes nor shows the name " + artifact.name());
    }
    return before;
  }

  @Override
  public List<TaskRef> attempts(RunId run, TaskId task) throws IOException {
    return bucket.folders(keys.task(run, task)).stream()
        .filter(name -> name.matches("[0-9]{1,19}"))
        .map(name -> new TaskRef(run, task, Long.parseLong(name)))
        .sorted(Comparator.comparingLong(TaskRef::fence).reversed())
        .toList();
  }

  @Override
  public InputStream read(TaskRef attempt, MadeArtifact artifact) throws IOException {
    return bucket.read(contentKey(attempt, artifact));
  }

  @Override
  public Incoming begin(TaskRef attempt, MadeArtifact declared) throws IOException {
    if (!uploads.tryAcquire()) {
      throw new IOException(
          "expected at most " + MAX_UPLOADS + " uploads at once, was one more; come back");
    }
    return new IncomingParts(contentKey(attempt, declared));
  }

  private final class IncomingParts implements Incoming {

    private final String key;
    private final ByteArrayOutputStream part = new ByteArrayOutputStream();
    private final List<CompletedPart> parts = new ArrayList<>();
    private @Nullable String upload;
    private boolean closed;

    IncomingParts(String key) {
      this.key = key;
    }

    @Override
    public void write(byte[] bytes) throws IOException {
      int at = 0;
      while (at < bytes.length) {
        int taken = Math.min(bytes.length - at, PART_BYTES - part.size());
        part.write(bytes, at, taken);
        at += taken;
        if (part.size() == PART_BYTES) {
          putPart();
        }
      }
    }

    private void putPart() throws IOException {
      String to = upload;
      if (to == null) {
        to = bucket.beginParts(key);
        upload = to;
      }
      parts.add(bucket.putPart(key, to, parts.size() + 1, part.toByteArray()));
      part.reset();
    }

    @Override
    public MadeArtifact keep(TaskRef attempt, MadeArtifact artifact) throws IOException {
      String to = upload;
      if (to == null) {
        bucket.put(key, part.toByteArray());
      } else {
        if (part.size() > 0) {
          putPart();
        }
        bucket.endParts(key, to, parts);
        upload = null;
      }
      return name(attempt, artifact);
    }

    @Override
    public void close() throws IOException {
      if (closed) {
        return;
      }
      closed = true;
      uploads.release();
      if (upload != null) {
        bucket.dropParts(key, upload);
      }
    }
  }
}
