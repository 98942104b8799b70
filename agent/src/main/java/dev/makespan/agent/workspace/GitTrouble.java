package dev.makespan.agent.workspace;

import dev.makespan.core.plan.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What git's complaint means: whether another try may help, and what to do. Git says it in English
 * under {@code LC_ALL=C}.
 */
final class GitTrouble {

  private static final int MAX_SHOWN = 400;

  /** One kind of trouble; the first whose sign is in git's words is meant. */
  private record Kind(boolean retryable, String means, List<String> signs) {
    boolean fits(String words) {
      return signs.stream().anyMatch(words::contains);
    }
  }

  private static final List<Kind> ANYWHERE =
      List.of(
          new Kind(
              true,
              "the disk is full",
              List.of("no space left on device", "disk quota exceeded", "disk full")),
          new Kind(
              false,
              "the repository belongs to another user; whoever runs the agent can allow it with"
                  + " 'git config --global --add safe.directory'",
              List.of("dubious ownership")));

  private static final List<Kind> AT_REPOSITORY =
      List.of(
          new Kind(
              false,
              "git on the agent's side has no access; give it a credential helper or a key",
              List.of(
                  "authentication failed",
                  "permission denied (publickey",
                  "terminal prompts disabled",
                  "could not read username",
                  "could not read password",
                  "host key verification failed")),
          new Kind(
              true,
              "the repository cannot be reached",
              List.of(
                  "could not resolve host",
                  "connection refused",
                  "failed to connect",
                  "couldn't connect",
                  "connection timed out",
                  "connection reset",
                  "operation timed out",
                  "network is unreachable",
                  "early eof",
                  "unexpected disconnect",
                  "the requested url returned error: 5")),
          new Kind(
              false,
              "the branch has moved",
              List.of("non-fast-forward", "fetch first", "stale info")),
          new Kind(
              false,
              "it is not there",
              List.of("couldn't find remote ref", "not our ref", "remote ref does not exist")),
          new Kind(
              false,
              "the repository is not there",
              List.of(
                  "does not appear to be a git repository",
                  "not a git repository",
                  "repository not found",
                  "no such file or directory",
                  "the requested url returned error: 404",
                  "not found")),
          new Kind(
              false,
              "git does not allow this way",
              List.of("transport", "protocol is not allowed")));

  private GitTrouble() {}

  /**
   * Tells what went wrong.
   *
   * @param what was tried, for people
   * @param said git's own words, already without secrets
   */
  static AttemptProblem of(String what, Git.Reach reach, int exit, String said) {
    String words = said.toLowerCase(Locale.ROOT);
    List<Kind> kinds = new ArrayList<>(ANYWHERE);
    kinds.addAll(
        switch (reach) {
          case REPOSITORY -> AT_REPOSITORY;
          case HERE -> List.<Kind>of();
        });
    for (Kind kind : kinds) {
      if (kind.fits(words)) {
        return new AttemptProblem(
            what + ": " + kind.means() + " (" + shown(said) + ")", kind.retryable());
      }
    }
    String why = said.isBlank() ? "" : ": " + shown(said);
    return AttemptProblem.forNow(what + ": git ended with " + exit + why);
  }

  private static String shown(String said) {
    String text = said.strip().lines().map(String::strip).reduce((a, b) -> a + "; " + b).orElse("");
    String escaped = Shown.escaped(text);
    return escaped.length() <= MAX_SHOWN ? escaped : escaped.substring(0, MAX_SHOWN) + "…";
  }
}
