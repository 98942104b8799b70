package dev.makespan.gateway.records;

import dev.makespan.core.plan.TaskId;
import dev.makespan.core.session.MadeArtifact;
import dev.makespan.core.task.RunId;
import dev.makespan.core.task.TaskRef;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Artifacts as files: content under its hash, and for each name a small file that says what it is.
 * That file is made whole and then linked to its place, which only one can do.
 */
public final class FileArtifacts implements ArtifactStore {

  private static final String NAMED = ".name";
  private static final String CONTENT = ".data";

  private final RecordFolders folders;

  public FileArtifacts(RecordFolders folders) {
    this.folders = folders;
  }

  @Override
  public List<MadeArtifact> artifacts(TaskRef attempt) throws IOException {
    List<MadeArtifact> found = new ArrayList<>();
    for (Path file : filesOf(folders.artifacts(attempt))) {
      if (file.toString().endsWith(NAMED)) {
        MadeArtifact artifact = readName(file);
        if (artifact != null) {
          found.add(artifact);
        }
      }
    }
    found.sort(Comparator.comparing(MadeArtifact::name));
    return found;
  }

  private static List<Path> filesOf(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    } catch (NoSuchFileException | NotDirectoryException none) {
      return List.of();
    }
  }

  @Override
  public @Nullable MadeArtifact find(TaskRef attempt, String name) throws IOException {
    return readName(nameFile(attempt, name));
  }

  /** A name may be a path of 256 characters, so that its hash is the file's name. */
  private Path nameFile(TaskRef attempt, String name) {
    String hash = Sha256.of(name.getBytes(StandardCharsets.UTF_8));
    return folders.artifacts(attempt).resolve(hash + NAMED);
  }

  private Path contentFile(TaskRef attempt, MadeArtifact artifact) {
    return folders.artifacts(attempt).resolve(artifact.sha256() + CONTENT);
  }

  /** Hash, size and name, a line each. */
  private static @Nullable MadeArtifact readName(Path file) throws IOException {
    try {
      String[] lines = Files.readString(file).split("\n", 3);
      return new MadeArtifact(lines[2], lines[0], Long.parseLong(lines[1]));
    } catch (NoSuchFileException none) {
      return null;
    }
  }

  @Override
  public List<TaskRef> attempts(RunId run, TaskId task) throws IOException {
    return filesOf(folders.task(new TaskRef(run, task, 1))).stream()
        .map(folder -> folder.getFileName().toString())
        .filter(name -> name.matches("[0-9]{1,19}"))
        .map(name -> new TaskRef(run, task, Long.parseLong(name)))
        .sorted(Comparator.comparingLong(TaskRef::fence).reversed())
        .toList();
  }

  @Override
  public InputStream read(TaskRef attempt, MadeArtifact artifact) throws IOException {
    return Files.newInputStream(contentFile(attempt, artifact));
  }

  @Override
  public Incoming begin(TaskRef attempt, MadeArtifact declared) throws IOException {
    Path file = Files.createTempFile(folders.temporary(), "artifact", CONTENT);
    return new IncomingFile(file, FileChannel.open(file, StandardOpenOption.WRITE));
  }

  private final class IncomingFile implements Incoming {

    private final Path file;
    private final FileChannel channel;

    IncomingFile(Path file, FileChannel channel) {
      this.file = file;
      this.channel = channel;
    }

    @Override
    public void write(byte[] bytes) throws IOException {
      ByteBuffer left = ByteBuffer.wrap(bytes);
      while (left.hasRemaining()) {
        channel.write(left);
      }
    }

    @Override
    public MadeArtifact keep(TaskRef attempt, MadeArtifact artifact) throws IOException {
      channel.force(true);
      Files.createDirectories(folders.artifacts(attempt));
      Files.move(file, contentFile(attempt, artifact), StandardCopyOption.ATOMIC_MOVE);
      MadeArtifact named = name(attempt, artifact);
      if (!named.sha256().equals(artifact.sha256()) && !isUsed(attempt, artifact.sha256())) {
        Files.deleteIfExists(contentFile(attempt, artifact));
      }
      return named;
    }

    private MadeArtifact name(TaskRef attempt, MadeArtifact artifact) throws IOException {
      Path whole = Files.createTempFile(folders.temporary(), "name", NAMED);
      Path place = nameFile(attempt, artifact.name());
      try {
        Files.writeString(
            whole, artifact.sha256() + "\n" + artifact.bytes() + "\n" + artifact.name());
        Files.createLink(place, whole);
        return artifact;
      } catch (FileAlreadyExistsException taken) {
        MadeArtifact before = readName(place);
        return before == null ? artifact : before;
      } finally {
        Files.deleteIfExists(whole);
      }
    }

    private boolean isUsed(TaskRef attempt, String sha256) throws IOException {
      return artifacts(attempt).stream().anyMatch(one -> one.sha256().equals(sha256));
    }

    @Override
    public void close() throws IOException {
      channel.close();
      Files.deleteIfExists(file);
    }
  }
}
