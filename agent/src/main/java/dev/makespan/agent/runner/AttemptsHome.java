package dev.makespan.agent.runner;

import dev.makespan.agent.workspace.Folders;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where this process keeps its attempts: a folder that is locked while it lives, so that the next
 * agent on the machine finds out what a killed one has left, and ends and deletes it.
 */
final class AttemptsHome implements AutoCloseable {

  private static final int MAX_AGENTS = 1_000;
  private static final Path MEMORY = Path.of("/dev/shm");

  private final Path folder;
  private final FileChannel channel;

  private AttemptsHome(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /** One of its own beneath {@code all}, after those that nobody holds are emptied. */
  static AttemptsHome open(Path all) throws IOException {
    Folders.make(all);
    sweep(all);
    for (int n = 1; n <= MAX_AGENTS; n++) {
      Path folder = all.resolve("agent-" + n);
      FileChannel channel = tryLock(lockOf(folder));
      if (channel != null) {
        empty(folder);
        Folders.make(folder);
        return new AttemptsHome(folder, channel);
      }
    }
    throw new IOException("expected at most " + MAX_AGENTS + " agents that work in " + all);
  }

  private static Path lockOf(Path folder) {
    return folder.resolveSibling(folder.getFileName() + ".lock");
  }

  private static @Nullable FileChannel tryLock(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean locked = false;
    try {
      FileLock lock = channel.tryLock();
      locked = lock != null;
    } catch (OverlappingFileLockException e) {
      // Another agent of this very process.
      locked = false;
    } finally {
      if (!locked) {
        channel.close();
      }
    }
    return locked ? channel : null;
  }

  private static void sweep(Path all) throws IOException {
    for (Path folder : folders(all)) {
      FileChannel channel = tryLock(lockOf(folder));
      if (channel != null) {
        empty(folder);
        channel.close();
      }
    }
  }

  private static void empty(Path folder) throws IOException {
    for (Path attempt : folders(folder)) {
      Leftovers.kill("MAKESPAN_OUTPUT=" + attempt.resolve("output"));
      Folders.delete(attempt);
    }
    Folders.delete(inMemory(folder));
  }

  private static List<Path> folders(Path of) throws IOException {
    if (!Files.isDirectory(of)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(of)) {
      return entries.filter(Files::isDirectory).sorted().toList();
    }
  }

  Path folder() {
    return folder;
  }

  /** For secrets: in memory where the system has such a place. */
  Path inMemory() {
    return inMemory(folder);
  }

  private static Path inMemory(Path folder) {
    byte[] path = folder.toString().getBytes(StandardCharsets.UTF_8);
    return Files.isWritable(MEMORY)
        ? MEMORY.resolve("makespan-" + UUID.nameUUIDFromBytes(path))
        : folder.resolve("secrets");
  }

  /** Whatever is still there is deleted by the next one. */
  @Override
  public void close() throws IOException {
    Folders.delete(inMemory());
    channel.close();
  }
}
