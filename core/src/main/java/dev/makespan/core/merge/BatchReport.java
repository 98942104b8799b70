package dev.makespan.core.merge;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What an integrator says of its batch.
 *
 * @param head the commit that holds all that has landed, in hex; the batch's own head when nothing
 *     has
 * @param published where the run's integration branch stands now; empty: it is not there yet
 * @param members of the batch, each once
 * @param verifications how often the command that verifies was run
 * @param verified the last words of that command on the head; empty: it was not run
 * @param wired stubs that are wired in the head and were not before, in the order in which they
 *     were
 * @param remade files that were made anew for the head, at most {@link MemberOutcome#MAX_FILES}
 */
public record BatchReport(
    String head,
    String published,
    List<MemberOutcome> members,
    int verifications,
    String verified,
    List<Wired> wired,
    List<String> remade) {

  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

  public BatchReport {
    members = List.copyOf(members);
    wired = List.copyOf(wired);
    remade = List.copyOf(remade);
  }

  /** Whether {@code text} is a commit in hex. */
  public static boolean isCommit(String text) {
    return COMMIT.matcher(text).matches();
  }

  /** How many have landed. */
  public long landed() {
    return members.stream().filter(m -> m.kind() == MemberOutcome.Kind.LANDED).count();
  }
}
