package dev.makespan.gateway.records;

import dev.makespan.core.task.TaskRef;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Segments as files. What was written is on the disk before a write returns. */
public final class FileSegments implements SegmentStore {

  private final RecordFolders folders;
  private final long segmentBytes;
  private final Supplier<String> names;

  /**
   * @param segmentBytes past it a segment is not appended to
   * @param names makes a name that no other writer has, of letters and digits
   */
  public FileSegments(RecordFolders folders, long segmentBytes, Supplier<String> names) {
    this.folders = folders;
    this.segmentBytes = segmentBytes;
    this.names = names;
  }

  @Override
  public List<Segment> segments(TaskRef attempt) throws IOException {
    List<Segment> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(folders.log(attempt))) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (Segment.isName(name)) {
          addIfThere(found, file, name);
        }
      }
    } catch (NoSuchFileException none) {
      return List.of();
    }
    found.sort(Comparator.comparing(Segment::name));
    return found;
  }

  private static void addIfThere(List<Segment> found, Path file, String name) throws IOException {
    try {
      found.add(new Segment(name, Files.size(file)));
    } catch (NoSuchFileException dropped) {
      // Between the listing and here.
      return;
    }
  }

  @Override
  public Writer writer(TaskRef attempt) {
    return new FileWriter(folders.log(attempt), names.get());
  }

  @Override
  public InputStream read(TaskRef attempt, Segment segment) throws IOException {
    return Files.newInputStream(folders.log(attempt).resolve(segment.name()));
  }

  @Override
  public void delete(TaskRef attempt, Segment segment) throws IOException {
    Files.deleteIfExists(folders.log(attempt).resolve(segment.name()));
  }

  private final class FileWriter implements Writer {

    private final Path folder;
    private final String name;
    private @Nullable FileChannel current;
    private long written;

    FileWriter(Path folder, String name) {
      this.folder = folder;
      this.name = name;
    }

    @Override
    public boolean write(long firstSequence, byte[] frames) throws IOException {
      FileChannel to = current;
      boolean begins = to == null || written >= segmentBytes;
      if (to == null || begins) {
        to = begin(firstSequence);
      }
      ByteBuffer left = ByteBuffer.wrap(frames);
      while (left.hasRemaining()) {
        written += to.write(left);
      }
      to.force(false);
      return begins;
    }

    private FileChannel begin(long firstSequence) throws IOException {
      close();
      Files.createDirectories(folder);
      Path file = folder.resolve(Segment.name(firstSequence, name));
      FileChannel begun =
          FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      current = begun;
      written = 0;
      return begun;
    }

    @Override
    public void close() throws IOException {
      FileChannel last = current;
      current = null;
      if (last != null) {
        last.close();
      }
    }
  }
}
