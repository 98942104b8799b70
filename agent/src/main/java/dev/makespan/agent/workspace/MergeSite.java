package dev.makespan.agent.workspace;

import dev.makespan.agent.workspace.Git.Reach;
import dev.makespan.core.merge.MemberOutcome;
import dev.makespan.core.plan.FilePattern;
import dev.makespan.core.session.AcceptedWork;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A worktree in which accepted work is merged, one piece after the other. Of one thread. */
public final class MergeSite {

  private static final int MAX_SHOWN = 8_000;

  private final Git git;
  private final Worktree worktree;
  private final Path attributes;
  private final List<FilePattern> regenerates;

  MergeSite(Git git, Worktree worktree, Path attributes, List<FilePattern> regenerates) {
    this.git = git;
    this.worktree = worktree;
    this.attributes = attributes;
    this.regenerates = List.copyOf(regenerates);
  }

  /** What came of a merge. */
  public sealed interface Merge {}

  /** It is in {@code commit}, on which the worktree stands. */
  public record Merged(String commit) implements Merge {}

  /**
   * It is not, and the worktree stands where it stood.
   *
   * @param report both sides, for whoever does it again
   */
  public record Conflict(List<String> files, String report) implements Merge {
    public Conflict {
      files = List.copyOf(files);
    }
  }

  /** The commit on which everything is merged. */
  public String base() {
    return worktree.base();
  }

  /** Fetches what is to be merged; a problem that is not retryable means that it is not there. */
  public void fetch(AcceptedWork work) throws AttemptProblem, InterruptedException {
    worktree.fetch(work);
  }

  /** Merges {@code work} into what the worktree stands on, always with a commit of its own. */
  public Merge merge(AcceptedWork work, String title) throws AttemptProblem, InterruptedException {
    String what = "merging task " + work.task();
    Git.Answer answer =
        git.tried(
            worktree.folder(),
            what,
            Reach.HERE,
            List.of(
                "-c",
                "core.attributesFile=" + attributes,
                "merge",
                "--quiet",
                "--no-verify",
                "--no-ff",
                "-m",
                "Merge task " + work.task() + ": " + firstLine(title),
                work.commit()));
    if (answer.isOk()) {
      return new Merged(worktree.head());
    }
    List<String> files = Worktree.names(here(what, "diff", "--name-only", "--diff-filter=U", "-z"));
    if (files.isEmpty()) {
      throw GitTrouble.of(what, Reach.HERE, answer.exit(), answer.err() + answer.out());
    }
    if (files.stream().allMatch(this::isMadeAnew)) {
      return new Merged(takeHere(what, files));
    }
    String sides = here(what, "diff", "--no-color", "--no-ext-diff", "--no-textconv");
    here(what, "merge", "--abort");
    List<String> named = files.stream().limit(MemberOutcome.MAX_FILES).toList();
    return new Conflict(named, report(work, named, sides));
  }

  private boolean isMadeAnew(String path) {
    return FilePattern.problemOf(path).isEmpty()
        && regenerates.stream().anyMatch(pattern -> pattern.matches(new FilePattern(path)));
  }

  /**
   * Ends a merge in which nothing but such files conflict, as when one side has deleted them: what
   * stands here stays.
   */
  private String takeHere(String what, List<String> files)
      throws AttemptProblem, InterruptedException {
    for (String file : files) {
      boolean isHere =
          git.tried(worktree.folder(), what, Reach.HERE, List.of("cat-file", "-e", "HEAD:" + file))
              .isOk();
      if (isHere) {
        here(what, "checkout", "--quiet", "HEAD", "--", ":(literal)" + file);
      } else {
        here(what, "rm", "--quiet", "--force", "--", ":(literal)" + file);
      }
    }
    here(what, "commit", "--quiet", "--no-verify", "--no-edit");
    return worktree.head();
  }

  /** The commit on which the worktree stands. */
  public String head() throws AttemptProblem, InterruptedException {
    return worktree.head();
  }

  /** Commits all changes, if there are any. */
  public void keep(String message) throws AttemptProblem, InterruptedException {
    worktree.commit(message);
  }

  /** Commits changes of files that are made anew, and of no other; which these are. */
  public List<String> keepRegenerated(String message) throws AttemptProblem, InterruptedException {
    String what = "keeping what was made anew";
    worktree.requireUntouchedGit();
    List<String> changed = new ArrayList<>();
    changed.addAll(Worktree.names(here(what, "diff", "--name-only", "--no-renames", "-z", "HEAD")));
    changed.addAll(Worktree.names(here(what, "ls-files", "--others", "--exclude-standard", "-z")));
    List<String> remade = changed.stream().filter(this::isMadeAnew).sorted().toList();
    if (!remade.isEmpty()) {
      for (String file : remade) {
        here(what, "add", "--all", "--", ":(literal)" + file);
      }
      worktree.requireInside();
      here(what, "commit", "--quiet", "--no-verify", "-m", firstLine(message));
    }
    return remade;
  }

  private static String report(AcceptedWork work, List<String> files, String sides) {
    String shown = sides.length() <= MAX_SHOWN ? sides : sides.substring(0, MAX_SHOWN) + "\n…";
    return """
    It does not merge with what others have landed meanwhile, in: %s
    Its work is kept in commit %s on branch %s. Both sides, ours what has landed, theirs this task's:
    %s\
    """
        .formatted(String.join(", ", files), work.commit(), work.branch(), shown);
  }

  private static String firstLine(String title) {
    return title.lines().findFirst().orElse("");
  }

  /** Stands on {@code commit}, with nothing that was left since but what the repository ignores. */
  public void stand(String commit) throws AttemptProblem, InterruptedException {
    worktree.requireUntouchedGit();
    here("going back", "reset", "--hard", "--quiet", commit);
    here("clearing", "clean", "-f", "-d", "--quiet");
  }

  /** Hands the head over, on the branch of this attempt alone. */
  public void push(String commit) throws AttemptProblem, InterruptedException {
    worktree.push(commit);
  }

  /** Moves the run's integration branch forward; what others have put there stays, and is said. */
  public void publish(String commit, String branch) throws AttemptProblem, InterruptedException {
    worktree.publish(commit, branch);
  }

  private String here(String what, String... arguments)
      throws AttemptProblem, InterruptedException {
    return git.in(worktree.folder(), what, Reach.HERE, List.of(arguments));
  }
}
