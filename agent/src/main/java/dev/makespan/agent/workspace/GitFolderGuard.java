package dev.makespan.agent.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds out whether an attempt has written where git keeps its orders: hooks, configuration, other
 * places for objects. Commits, branches and the index are what git itself writes there and free.
 */
final class GitFolderGuard {

  /** What a cache never has: it is made without any of them. */
  private static final List<String> NEVER =
      List.of("hooks", "info/attributes", "info/exclude", "info/grafts", "objects/info/alternates");

  private final Path worktree;
  private final Path cache;
  private final String config;
  private final String pointer;
  private final Path gitFolder;

  private GitFolderGuard(Path worktree, Path cache, String config, String pointer, Path gitFolder) {
    this.worktree = worktree;
    this.cache = cache;
    this.config = config;
    this.pointer = pointer;
    this.gitFolder = gitFolder;
  }

  /** Remembers how it is before the work begins. */
  static GitFolderGuard of(Path worktree, Path cache, String config) throws AttemptProblem {
    try {
      String pointer = Files.readString(worktree.resolve(".git"));
      Path gitFolder = Path.of(pointer.replaceFirst("^gitdir: ", "").strip());
      return new GitFolderGuard(worktree, cache, config, pointer, gitFolder);
    } catch (IOException e) {
      throw AttemptProblem.forNow("the worktree is not whole: " + e.getMessage());
    }
  }

  /** What was written, relative to git's folder; empty: nothing. */
  List<String> findings() {
    List<String> found = new ArrayList<>();
    if (!holds(worktree.resolve(".git"), pointer)) {
      found.add(".git");
    }
    if (!holds(cache.resolve("config"), config)) {
      found.add(".git/config");
    }
    if (Files.exists(gitFolder.resolve("config.worktree"), LinkOption.NOFOLLOW_LINKS)) {
      found.add(".git/config.worktree");
    }
    for (String name : NEVER) {
      if (Files.exists(cache.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
        found.add(".git/" + name);
      }
    }
    return found;
  }

  private static boolean holds(Path file, String content) {
    try {
      return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          && Files.readString(file).equals(content);
    } catch (IOException e) {
      return false;
    }
  }

  /** Takes it back, since other attempts share the cache. */
  void restore() throws IOException {
    for (String name : NEVER) {
      Folders.delete(cache.resolve(name));
    }
    Folders.delete(gitFolder.resolve("config.worktree"));
    Path fresh = Files.createTempFile(cache, "config", ".new");
    Files.writeString(fresh, config);
    Files.move(fresh, cache.resolve("config"), StandardCopyOption.REPLACE_EXISTING);
    Folders.delete(worktree.resolve(".git"));
    Files.writeString(worktree.resolve(".git"), pointer);
  }
}
