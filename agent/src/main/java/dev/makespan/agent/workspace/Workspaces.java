package dev.makespan.agent.workspace;

import dev.makespan.core.plan.GitNames;
import dev.makespan.core.session.AcceptedWork;
import dev.makespan.core.session.AttemptWorkspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Makes the places in which attempts work. Several agents may share one, on one machine: caches are
 * locked between processes.
 */
public final class Workspaces {

  private static final String ATTRIBUTES = "attributes";

  private final Git git;
  private final Path caches;
  private final Path noHooks;
  private final Path relativeTo;

  /**
   * Of repositories' caches in {@code folder}.
   *
   * @param relativeTo what a repository's relative path counts from
   */
  public Workspaces(Path folder, Path relativeTo) throws IOException {
    this(folder, relativeTo, "git");
  }

  Workspaces(Path folder, Path relativeTo, String program) throws IOException {
    Path whole = folder.toAbsolutePath().normalize();
    this.caches = Folders.make(whole.resolve("caches"));
    this.noHooks = Folders.make(whole.resolve("no-hooks"));
    this.relativeTo = relativeTo.toAbsolutePath().normalize();
    this.git = new Git(program, noHooks);
  }

  /**
   * A worktree in {@code folder}, which is not there yet, with the base and {@code accepted} in it.
   * One is made at a time of each repository.
   */
  public Worktree open(AttemptWorkspace wanted, List<AcceptedWork> accepted, Path folder)
      throws AttemptProblem, InterruptedException {
    requireName("workspace.base", wanted.base());
    requireName("workspace.branch", wanted.branch());
    for (AcceptedWork work : accepted) {
      requireName("the branch of task " + work.task(), work.branch());
    }
    Repository repository = Repository.of(wanted.repository(), relativeTo);
    Path place = caches.resolve(repository.key() + ".git");
    RepositoryCache cache = new RepositoryCache(git, repository, place, noHooks);
    CacheLock lock = new CacheLock(caches.resolve(repository.key() + ".lock"));
    Worktree worktree =
        lock.holding(() -> {
          cache.ensure();
          String base = cache.fetchBase(wanted.base());
          cache.fetchAccepted(accepted);
          cache.addWorktree(folder, wanted.branch(), base);
          GitFolderGuard guard = GitFolderGuard.of(folder, place, cache.config());
          return new Worktree(git, cache, lock, folder, wanted.branch(), base, guard);
        });
    return filled(worktree, wanted, accepted);
  }

  /** Merges in a worktree that {@link #open} has made of {@code wanted}. */
  public MergeSite merging(Worktree worktree, AttemptWorkspace wanted) {
    Path attributes = worktree.folder().resolveSibling(ATTRIBUTES);
    return new MergeSite(git, worktree, attributes, wanted.regenerates());
  }

  private static Worktree filled(
      Worktree worktree, AttemptWorkspace wanted, List<AcceptedWork> accepted)
      throws AttemptProblem, InterruptedException {
    boolean whole = false;
    try {
      worktree.bringIn(accepted, attributes(worktree, wanted));
      whole = true;
      return worktree;
    } finally {
      if (!whole) {
        worktree.remove();
      }
    }
  }

  private static Path attributes(Worktree worktree, AttemptWorkspace wanted) throws AttemptProblem {
    Path file = worktree.folder().resolveSibling(ATTRIBUTES);
    try {
      return Files.writeString(file, MergeAttributes.text(wanted));
    } catch (IOException e) {
      throw AttemptProblem.forNow("the attempt's folder cannot be written: " + e.getMessage());
    }
  }

  private static void requireName(String what, String name) throws AttemptProblem {
    String problem = GitNames.problemOfName(name);
    if (!problem.isEmpty()) {
      throw AttemptProblem.forGood(what + ": " + problem);
    }
  }
}
