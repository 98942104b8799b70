package dev.makespan.agent.workspace;

import dev.makespan.agent.workspace.Git.Reach;
import dev.makespan.core.session.AcceptedWork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A bare copy of a repository, shared by all its worktrees on this machine. Everything but {@link
 * #push} is done under its lock.
 */
final class RepositoryCache {

  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
  private static final long[] PUSH_PAUSES_MILLIS = {500, 2_000, 8_000};

  /** What git says of a branch that does not lead to the commit. */
  private static final List<String> MOVED = List.of("non-fast-forward", "fetch first");

  private static final String BASES = "refs/makespan/base/";

  private final Git git;
  private final Repository repository;
  private final Path folder;
  private final Path noHooks;

  RepositoryCache(Git git, Repository repository, Path folder, Path noHooks) {
    this.git = git;
    this.repository = repository;
    this.folder = folder;
    this.noHooks = noHooks;
  }

  Path folder() {
    return folder;
  }

  /** Makes it if it is not there, or only half, since somebody was stopped while making it. */
  void ensure() throws AttemptProblem, InterruptedException {
    Path ready = folder.resolveSibling(folder.getFileName() + ".ready");
    if (Files.exists(ready) && Files.isDirectory(folder)) {
      return;
    }
    Folders.delete(folder);
    try {
      Folders.make(folder);
      git.in(
          folder,
          "making the cache",
          Reach.HERE,
          List.of("init", "--quiet", "--bare", "--template="));
      Files.writeString(folder.resolve("config"), config());
      Files.writeString(ready, repository.shown() + "\n");
    } catch (IOException e) {
      throw AttemptProblem.forNow("the cache " + folder + " cannot be made: " + e.getMessage());
    }
  }

  /** What git reads in every worktree, so that the work itself finds an author and no hooks. */
  String config() {
    return """
    [core]
    \trepositoryformatversion = 0
    \tfilemode = true
    \tbare = true
    \thooksPath = "%s"
    [user]
    \tname = %s
    \temail = %s
    [commit]
    \tgpgSign = false
    [gc]
    \tauto = 0
    [merge "ours"]
    \tname = keep this side
    \tdriver = true
    """
        .formatted(
            noHooks.toString().replace("\\", "\\\\").replace("\"", "\\\""),
            Author.NAME,
            Author.EMAIL);
  }

  /** The commit that {@code base} means in the repository now. */
  String fetchBase(String base) throws AttemptProblem, InterruptedException {
    if (COMMIT.matcher(base).matches() && missing(List.of(base)).isEmpty()) {
      return base;
    }
    String what = "fetching '" + base + "' of " + repository.shown();
    List<String> names = names(base);
    for (String name : names) {
      String kept = BASES + name;
      Git.Answer answer =
          git.tried(folder, what, Reach.REPOSITORY, fetch(List.of("+" + name + ":" + kept)));
      if (answer.isOk()) {
        return commitOf(kept, what);
      }
      boolean absent = answer.err().contains("couldn't find remote ref");
      if (!absent || name.equals(names.getLast())) {
        throw GitTrouble.of(what, Reach.REPOSITORY, answer.exit(), answer.err());
      }
    }
    throw new IllegalStateException("a base has at least one name");
  }

  /** What a plan calls a base may be any of these. */
  private static List<String> names(String base) {
    boolean isWhole = base.equals("HEAD") || base.startsWith("refs/");
    if (isWhole || COMMIT.matcher(base).matches()) {
      return List.of(base);
    }
    return List.of("refs/heads/" + base, "refs/tags/" + base);
  }

  private List<String> fetch(List<String> refs) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "fetch",
                "--quiet",
                "--no-tags",
                "--no-write-fetch-head",
                "--end-of-options",
                repository.address()));
    arguments.addAll(refs);
    return arguments;
  }

  private String commitOf(String name, String what) throws AttemptProblem, InterruptedException {
    return git.in(
            folder,
            what,
            Reach.HERE,
            List.of("rev-parse", "--verify", "--quiet", name + "^{commit}"))
        .strip();
  }

  /** Sees to it that the accepted commits are here. */
  void fetchAccepted(List<AcceptedWork> works) throws AttemptProblem, InterruptedException {
    for (AcceptedWork work : absent(works)) {
      String what = "fetching the work of task " + work.task() + " from " + repository.shown();
      String kept = "refs/makespan/accepted/" + work.branch();
      List<String> byBranch = fetch(List.of("+refs/heads/" + work.branch() + ":" + kept));
      git.tried(folder, what, Reach.REPOSITORY, byBranch);
      if (!missing(List.of(work.commit())).isEmpty()) {
        // Its branch may be gone by now; most servers give a commit by its name.
        git.in(folder, what, Reach.REPOSITORY, fetch(List.of("+" + work.commit() + ":" + kept)));
      }
    }
    List<AcceptedWork> absent = absent(works);
    if (!absent.isEmpty()) {
      AcceptedWork work = absent.getFirst();
      throw AttemptProblem.forGood(
          "the accepted commit %s of task %s is not in %s"
              .formatted(work.commit(), work.task(), repository.shown()));
    }
  }

  private List<AcceptedWork> absent(List<AcceptedWork> works)
      throws AttemptProblem, InterruptedException {
    Set<String> missing = missing(works.stream().map(AcceptedWork::commit).toList());
    return works.stream().filter(work -> missing.contains(work.commit())).toList();
  }

  private Set<String> missing(List<String> commits) throws AttemptProblem, InterruptedException {
    Set<String> missing = new LinkedHashSet<>(commits);
    if (!commits.isEmpty()) {
      List<String> arguments =
          new ArrayList<>(List.of("rev-list", "--no-walk", "--ignore-missing"));
      arguments.addAll(commits);
      git.in(folder, "looking for commits", Reach.HERE, arguments).lines().forEach(missing::remove);
    }
    return missing;
  }

  void addWorktree(Path worktree, String branch, String commit)
      throws AttemptProblem, InterruptedException {
    git.in(
        folder,
        "making the worktree",
        Reach.HERE,
        List.of(
            "worktree",
            "add",
            "--quiet",
            "--no-track",
            "-B",
            branch,
            "--end-of-options",
            worktree.toString(),
            commit));
  }

  /** Forgets worktrees whose folders are gone, and a branch that is nobody's any more. */
  void forget(String branch) throws AttemptProblem, InterruptedException {
    git.in(folder, "forgetting", Reach.HERE, List.of("worktree", "prune", "--expire=now"));
    git.tried(
        folder, "forgetting", Reach.HERE, List.of("update-ref", "-d", "refs/heads/" + branch));
  }

  /**
   * Nothing is forced: a branch is an attempt's own. Tried again for a while, since the work of an
   * attempt would go with it.
   */
  void push(String commit, String branch) throws AttemptProblem, InterruptedException {
    for (long pause : PUSH_PAUSES_MILLIS) {
      try {
        pushOnce(commit, branch);
        return;
      } catch (AttemptProblem e) {
        if (!e.isRetryable()) {
          throw e;
        }
        Thread.sleep(pause);
      }
    }
    pushOnce(commit, branch);
  }

  /** As {@link #push}, of a branch that may be there, from which nothing is taken. */
  void moveForward(String commit, String branch) throws AttemptProblem, InterruptedException {
    try {
      push(commit, branch);
    } catch (AttemptProblem e) {
      if (MOVED.stream().anyMatch(e.text()::contains)) {
        throw AttemptProblem.forGood(
            "the branch %s of %s holds commits that this run has not made: rename or delete it"
                .formatted(branch, repository.shown()));
      }
      throw e;
    }
  }

  private void pushOnce(String commit, String branch) throws AttemptProblem, InterruptedException {
    git.in(
        folder,
        "pushing " + branch + " to " + repository.shown(),
        Reach.REPOSITORY,
        List.of(
            "push",
            "--quiet",
            "--no-verify",
            "--end-of-options",
            repository.address(),
            commit + ":refs/heads/" + branch));
  }
}
