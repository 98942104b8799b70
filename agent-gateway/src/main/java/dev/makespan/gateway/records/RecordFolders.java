package dev.makespan.gateway.records;

import dev.makespan.core.task.TaskRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Where the records of attempts stand beneath one folder, which gateways may share. Runs and fences
 * are numbers and tasks are lower-case names, so that no path comes from outside.
 */
public final class RecordFolders {

  private final Path root;

  /**
   * Makes the folder where there is none.
   *
   * @throws IOException when the folder cannot be made or is not to be written to
   */
  public static RecordFolders open(Path root) throws IOException {
    Path absolute = root.toAbsolutePath().normalize();
    Files.createDirectories(absolute);
    if (Files.getFileStore(absolute).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(absolute, PosixFilePermissions.fromString("rwx------"));
    }
    RecordFolders folders = new RecordFolders(absolute);
    Files.createDirectories(folders.temporary());
    return folders;
  }

  private RecordFolders(Path root) {
    this.root = root;
  }

  /** For what is not yet anything. */
  Path temporary() {
    return root.resolve("tmp");
  }

  Path runs() {
    return root.resolve("runs");
  }

  Path task(TaskRef attempt) {
    return runs().resolve(attempt.run().toString()).resolve(attempt.task().value());
  }

  Path attempt(TaskRef attempt) {
    return task(attempt).resolve(Long.toString(attempt.fence()));
  }

  Path log(TaskRef attempt) {
    return attempt(attempt).resolve("log");
  }

  Path artifacts(TaskRef attempt) {
    return attempt(attempt).resolve("artifacts");
  }
}
