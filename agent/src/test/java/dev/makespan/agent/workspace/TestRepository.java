package dev.makespan.agent.workspace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A real repository in a folder of a test, worked on with git's command line. */
public final class TestRepository {

  private final Path folder;

  private TestRepository(Path folder) {
    this.folder = folder;
  }

  /** With one commit on main: README.md and src/a.txt. */
  public static TestRepository make(Path folder) throws IOException {
    Files.createDirectories(folder);
    TestRepository repository = new TestRepository(folder);
    repository.git("init", "--quiet", "-b", "main");
    repository.write("README.md", "read me\n");
    repository.write("src/a.txt", "a\n");
    repository.commit("begin");
    return repository;
  }

  public Path folder() {
    return folder;
  }

  public void write(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** Commits everything and answers the commit. */
  public String commit(String message) throws IOException {
    git("add", "--all");
    git("commit", "--quiet", "-m", message);
    return git("rev-parse", "HEAD");
  }

  public String show(String branch, String path) throws IOException {
    return git("show", branch + ":" + path);
  }

  /** What git says, without the last line's end; a failure is one of the test. */
  public String git(String... arguments) throws IOException {
    List<String> argv =
        new ArrayList<>(List.of("git", "-c", "user.name=T", "-c", "user.email=t@x"));
    argv.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(argv).directory(folder.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new AssertionError(argv + ": " + said);
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return said.strip();
  }
}
