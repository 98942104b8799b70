package dev.makespan.core.session;

import dev.makespan.core.merge.BatchMember;
import dev.makespan.core.plan.TaskId;
import java.util.List;

/**
 * What an integrator merges. It starts from the base of its workspace, which is the head of what
 * has landed once anything has, and pushes what it makes to the branch of its workspace alone. The
 * run's integration branch it only moves forward to the head that it was given.
 *
 * @param members in merge order
 * @param head the commit with all that has landed; empty: nothing has
 * @param publishTo the run's integration branch
 * @param publish whether that branch is to be moved to the head
 * @param wirings stubs whose both sides have landed or are members, in the order to wire them in
 * @param regenerate a shell command that makes anew the files that the workspace says are, once
 *     everything is merged and wired; empty: the side that landed first stays
 * @param verify a shell command that what is merged must pass; empty: nothing
 */
public record BatchSpec(
    List<Member> members,
    String head,
    String publishTo,
    boolean publish,
    List<Wiring> wirings,
    String regenerate,
    String verify) {

  /**
   * The accepted work of a task.
   *
   * @param title of the task
   * @param branch where it was pushed to
   * @param commit a hash in hex
   */
  public record Member(BatchMember of, String title, String branch, String commit) {}

  /**
   * A stub to wire.
   *
   * @param via what connects both sides, in words
   * @param command a shell command that connects them in a workspace that has both
   */
  public record Wiring(TaskId producer, TaskId consumer, String via, String command) {}

  public BatchSpec {
    members = List.copyOf(members);
    wirings = List.copyOf(wirings);
  }
}
