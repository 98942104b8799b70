package dev.makespan.gateway.records;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Forgets what attempts have left behind when nothing of it was written to for long. Several
 * gateways may sweep one folder at the same time.
 */
public final class RecordSweep implements Sweep {

  /** An upload that has not moved for so long has no writer any more. */
  static final Duration ABANDONED = Duration.ofDays(1);

  private final RecordFolders folders;
  private final Duration retention;

  public RecordSweep(RecordFolders folders, Duration retention) {
    this.folders = folders;
    this.retention = retention;
  }

  @Override
  public int sweep(Instant now) throws IOException {
    int forgotten = 0;
    for (Path run : childrenOf(folders.runs())) {
      for (Path task : childrenOf(run)) {
        for (Path attempt : childrenOf(task)) {
          if (newest(attempt).isBefore(now.minus(retention))) {
            delete(attempt);
            forgotten++;
          }
        }
        deleteIfEmpty(task);
      }
      deleteIfEmpty(run);
    }
    for (Path left : childrenOf(folders.temporary())) {
      if (newest(left).isBefore(now.minus(ABANDONED))) {
        Files.deleteIfExists(left);
      }
    }
    return forgotten;
  }

  private static List<Path> childrenOf(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children.toList();
    } catch (NoSuchFileException none) {
      return List.of();
    }
  }

  /** When anything in it was written to; what vanishes meanwhile counts for nothing. */
  private static Instant newest(Path root) throws IOException {
    List<Instant> times = new ArrayList<>();
    Files.walkFileTree(
        root,
        new Visitor() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            times.add(attributes.lastModifiedTime().toInstant());
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            times.add(attributes.lastModifiedTime().toInstant());
            return FileVisitResult.CONTINUE;
          }
        });
    return times.stream().max(Instant::compareTo).orElse(Instant.MAX);
  }

  private static void delete(Path root) throws IOException {
    Files.walkFileTree(
        root,
        new Visitor() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException problem)
              throws IOException {
            deleteIfEmpty(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** An attempt that begins just now has made it again, or fills it. */
  private static void deleteIfEmpty(Path folder) throws IOException {
    try {
      Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException filled) {
      return;
    }
  }

  /** Passes over what others take away. */
  private abstract static class Visitor extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException problem) {
      return FileVisitResult.CONTINUE;
    }
  }
}
