package dev.makespan.agent.runner;

import dev.makespan.agent.workspace.Folders;
import dev.makespan.core.task.TaskRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The folder of one attempt, of which the workspace is one part. */
final class AttemptFolder {

  private final Path folder;
  private final Path secrets;

  private AttemptFolder(Path folder, Path secrets) {
    this.folder = folder;
    this.secrets = secrets;
  }

  /** Makes it; an older one of the same attempt is gone. */
  static AttemptFolder make(Path attempts, Path inMemory, TaskRef task) throws IOException {
    String name = task.run() + "-" + task.task() + "-" + task.fence();
    Path folder = attempts.resolve(name);
    Folders.delete(folder);
    Folders.make(folder);
    Folders.make(folder.resolve("tmp"));
    Files.createFile(folder.resolve("output"));
    Files.createFile(folder.resolve("warnings"));
    return new AttemptFolder(folder, inMemory.resolve(name));
  }

  /** Not there yet: the worktree is made there, or an empty folder. */
  Path workspace() {
    return folder.resolve("workspace");
  }

  Path output() {
    return folder.resolve("output");
  }

  /** A line for each thing that the attempt was warned of. */
  Path warnings() {
    return folder.resolve("warnings");
  }

  Path prompt() {
    return folder.resolve("prompt.md");
  }

  Path temporary() {
    return folder.resolve("tmp");
  }

  Path script(String text) throws IOException {
    return write(folder.resolve("script"), text, "rwx------");
  }

  Path prompt(String text) throws IOException {
    return write(prompt(), text, "rw-------");
  }

  Path secret(String name, String value) throws IOException {
    Folders.make(secrets);
    return write(secrets.resolve(name), value, "rw-------");
  }

  Path secrets() {
    return secrets;
  }

  private static Path write(Path file, String text, String permissions) throws IOException {
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)));
    return Files.writeString(file, text);
  }

  /** A variable that only what this attempt has started has. */
  String marker() {
    return "MAKESPAN_OUTPUT=" + output();
  }

  void delete() {
    Folders.delete(secrets);
    Folders.delete(folder);
  }
}
