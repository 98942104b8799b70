package dev.makespan.agent.workspace;

import dev.makespan.agent.workspace.Git.Reach;
import dev.makespan.core.plan.Shown;
import dev.makespan.core.session.AcceptedWork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The place of one attempt: a folder with the base and the predecessors' work in it, on a branch of
 * its own. Of one thread.
 */
public final class Worktree {

  private static final int MAX_NAMED = 10;

  private final Git git;
  private final RepositoryCache cache;
  private final CacheLock lock;
  private final Path folder;
  private final String branch;
  private final GitFolderGuard guard;
  private String base;

  Worktree(
      Git git,
      RepositoryCache cache,
      CacheLock lock,
      Path folder,
      String branch,
      String base,
      GitFolderGuard guard) {
    this.git = git;
    this.cache = cache;
    this.lock = lock;
    this.folder = folder;
    this.branch = branch;
    this.base = base;
    this.guard = guard;
  }

  /** What an attempt has left. */
  public record Work(String commit, List<String> files) {
    public Work {
      files = List.copyOf(files);
    }
  }

  public Path folder() {
    return folder;
  }

  public String branch() {
    return branch;
  }

  /** The commit that the work started from. */
  public String base() {
    return base;
  }

  /** Brings in accepted work, one after the other. */
  void bringIn(List<AcceptedWork> works, Path attributes)
      throws AttemptProblem, InterruptedException {
    for (AcceptedWork work : works) {
      String what = "bringing in the work of task " + work.task();
      Git.Answer answer =
          git.tried(
              folder,
              what,
              Reach.HERE,
              List.of(
                  "-c",
                  "core.attributesFile=" + attributes,
                  "merge",
                  "--quiet",
                  "--no-verify",
                  "-m",
                  "Bring in the work of task " + work.task(),
                  work.commit()));
      if (!answer.isOk()) {
        throw conflict(works, work, what, answer);
      }
    }
    base = head();
  }

  private AttemptProblem conflict(
      List<AcceptedWork> works, AcceptedWork work, String what, Git.Answer answer)
      throws AttemptProblem, InterruptedException {
    List<String> files =
        names(here("looking at a conflict", "diff", "--name-only", "--diff-filter=U", "-z"));
    if (files.isEmpty()) {
      return GitTrouble.of(what, Reach.HERE, answer.exit(), answer.err() + answer.out());
    }
    String others =
        works.subList(0, works.indexOf(work)).stream()
            .map(one -> one.task().value())
            .reduce((a, b) -> a + ", " + b)
            .orElse("the base");
    return AttemptProblem.forGood(
        "%s: it conflicts with that of %s in %s".formatted(what, others, named(files)));
  }

  /**
   * Paths changed since the start, committed or not; cheap enough to ask while the work goes on.
   */
  public List<String> touched() throws AttemptProblem, InterruptedException {
    Set<String> touched =
        new LinkedHashSet<>(
            names(
                here(
                    "looking for changes",
                    "diff",
                    "--name-only",
                    "--no-renames",
                    "--no-ext-diff",
                    "--no-textconv",
                    "-z",
                    base)));
    touched.addAll(
        names(here("looking for new files", "ls-files", "--others", "--exclude-standard", "-z")));
    return touched.stream().sorted().toList();
  }

  /**
   * Commits what the attempt has left and looks whether it may be kept; the agent's work is over.
   *
   * @param message of the commit, unless there is nothing to commit
   */
  public Work commit(String message) throws AttemptProblem, InterruptedException {
    requireUntouchedGit();
    if (!git.tried(
            folder,
            "looking at the branch",
            Reach.HERE,
            List.of("merge-base", "--is-ancestor", base, "HEAD"))
        .isOk()) {
      throw AttemptProblem.forNow(
          "the attempt has left the branch: its commits do not build upon " + base);
    }
    here("adding the changes", "add", "--all");
    List<ChangedPath> changed = requireInside();
    if (!git.tried(folder, "looking", Reach.HERE, List.of("diff", "--cached", "--quiet", "HEAD"))
        .isOk()) {
      here("committing", "commit", "--quiet", "--no-verify", "-m", message);
    }
    return new Work(head(), changed.stream().map(ChangedPath::path).sorted().toList());
  }

  /** Sees to it that accepted work is at hand. */
  void fetch(AcceptedWork work) throws AttemptProblem, InterruptedException {
    lock.holding(() -> {
      cache.fetchAccepted(List.of(work));
      return true;
    });
  }

  /** Moves a branch that is no attempt's own forward to {@code commit}; never back or aside. */
  void publish(String commit, String branch) throws AttemptProblem, InterruptedException {
    cache.moveForward(commit, branch);
  }

  void requireUntouchedGit() throws AttemptProblem {
    List<String> found = guard.findings();
    if (found.isEmpty()) {
      return;
    }
    try {
      guard.restore();
    } catch (IOException e) {
      throw AttemptProblem.forNow("the cache cannot be mended: " + e.getMessage());
    }
    throw AttemptProblem.forNow(
        "the attempt has written into git's own folder, which is not its to change: "
            + named(found));
  }

  /** What is added to the index since the base; none of it may lead out of the workspace. */
  List<ChangedPath> requireInside() throws AttemptProblem, InterruptedException {
    List<ChangedPath> changed =
        ChangedPath.parse(
            here(
                "looking at the changes",
                "diff",
                "--cached",
                "--raw",
                "--no-renames",
                "--no-ext-diff",
                "-z",
                base));
    requireInside(changed);
    return changed;
  }

  private void requireInside(List<ChangedPath> changed) throws AttemptProblem {
    List<String> repositories = new ArrayList<>();
    List<String> links = new ArrayList<>();
    for (ChangedPath path : changed) {
      if (path.isRepository()) {
        repositories.add(path.path());
      }
      if (path.isLink() && leadsOut(path.path())) {
        links.add(path.path());
      }
    }
    if (!links.isEmpty()) {
      throw AttemptProblem.forNow(
          "the attempt has left links that lead out of the workspace: " + named(links));
    }
    if (!repositories.isEmpty()) {
      throw AttemptProblem.forNow(
          "the attempt has left repositories inside of the workspace: " + named(repositories));
    }
  }

  private boolean leadsOut(String path) throws AttemptProblem {
    try {
      Path link = folder.resolve(path);
      return ChangedPath.leadsOut(path, Files.readSymbolicLink(link).toString());
    } catch (IOException e) {
      throw AttemptProblem.forNow("the link " + Shown.quoted(path) + " cannot be read");
    }
  }

  /** Hands the work over. */
  public void push(String commit) throws AttemptProblem, InterruptedException {
    cache.push(commit, branch);
  }

  /** Takes the folder and the branch in the cache away; what was pushed stays. */
  public void remove() throws AttemptProblem, InterruptedException {
    Folders.delete(folder);
    lock.holding(() -> {
      cache.forget(branch);
      return true;
    });
  }

  String head() throws AttemptProblem, InterruptedException {
    return here("looking at the commit", "rev-parse", "--verify", "--quiet", "HEAD").strip();
  }

  private String here(String what, String... arguments)
      throws AttemptProblem, InterruptedException {
    return git.in(folder, what, Reach.HERE, List.of(arguments));
  }

  static List<String> names(String separated) {
    List<String> names = new ArrayList<>();
    for (String name : separated.split("\0", -1)) {
      if (!name.isEmpty()) {
        names.add(name);
      }
    }
    return names;
  }

  private static String named(List<String> paths) {
    String first = String.join(", ", paths.stream().limit(MAX_NAMED).map(Shown::escaped).toList());
    int more = paths.size() - MAX_NAMED;
    return more > 0 ? first + " and " + more + " more" : first;
  }
}
