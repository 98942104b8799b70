package dev.makespan.core.merge;

import dev.makespan.core.plan.TaskId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The accepted work of one run that waits to be merged, the batch that is being merged, and what
 * has landed. Mutable, owned by its run, changed by the run's events alone.
 */
public final class MergeQueue {

  private final Map<TaskId, Long> waiting = new LinkedHashMap<>();
  private final List<Batch> ended = new ArrayList<>();
  private final Set<Wired> wired = new LinkedHashSet<>();
  private List<TaskId> first = List.of();
  private List<BatchMember> batch = List.of();
  private long batchFence;
  private Instant formedAt = Instant.EPOCH;
  private String head = "";
  private long headFence;
  private String published = "";
  private @Nullable MergeHold hold;

  /** The same queue, to try something on. */
  public MergeQueue copy() {
    MergeQueue copy = new MergeQueue();
    copy.waiting.putAll(waiting);
    copy.ended.addAll(ended);
    copy.wired.addAll(wired);
    copy.first = first;
    copy.batch = batch;
    copy.batchFence = batchFence;
    copy.formedAt = formedAt;
    copy.head = head;
    copy.headFence = headFence;
    copy.published = published;
    copy.hold = hold;
    return copy;
  }

  /** Accepted and not merged, with the fences of the accepted attempts; in order of acceptance. */
  public Map<TaskId, Long> waiting() {
    return Collections.unmodifiableMap(waiting);
  }

  /** What people want to be merged before all else, in this order. */
  public List<TaskId> first() {
    return first;
  }

  /** What is being merged; empty: nothing is, or only the branch is moved. */
  public List<BatchMember> batch() {
    return batch;
  }

  /** Of the attempt that merges; 0: nobody does. */
  public long batchFence() {
    return batchFence;
  }

  /** The commit with all that has landed; empty: nothing has. */
  public String head() {
    return head;
  }

  /** Of the attempt that made the head; 0: nothing has landed. */
  public long headFence() {
    return headFence;
  }

  /** Where the run's integration branch was moved to last; empty: nowhere yet. */
  public String published() {
    return published;
  }

  public boolean isPublished() {
    return head.equals(published);
  }

  public @Nullable MergeHold hold() {
    return hold;
  }

  /** Batches that ended, oldest first. */
  public List<Batch> ended() {
    return Collections.unmodifiableList(ended);
  }

  /** Stubs whose both sides are connected in the head. */
  public Set<Wired> wired() {
    return Collections.unmodifiableSet(wired);
  }

  /** A task of the batch that does not wait to be merged any more; null: all of them do. */
  public @Nullable TaskId findStray() {
    for (BatchMember member : batch) {
      Long fence = waiting.get(member.task());
      if (fence == null || fence != member.fence()) {
        return member.task();
      }
    }
    return null;
  }

  /** The work of a task was accepted. */
  public void enter(TaskId task, long fence) {
    waiting.put(task, fence);
  }

  /** It has landed, goes back to an agent, or is not wanted any more. */
  public void leave(TaskId task) {
    waiting.remove(task);
  }

  /** An attempt at merging has begun. */
  public void form(long fence, List<BatchMember> members, Instant at) {
    batch = List.copyOf(members);
    batchFence = fence;
    formedAt = at;
  }

  /** Nobody merges any more, whatever came of it. */
  public void dissolve() {
    batch = List.of();
    batchFence = 0;
  }

  /** The batch has ended as its integrator says. */
  public void end(BatchReport report, Instant at) {
    ended.add(new Batch(ended.size() + 1, batchFence, formedAt, at, report));
    if (!report.head().equals(head)) {
      head = report.head();
      headFence = batchFence;
    }
    published = report.published();
    wired.addAll(report.wired());
  }

  public void hold(String reason, String by, Instant at) {
    hold = new MergeHold(reason, by, at);
  }

  public void release() {
    hold = null;
  }

  /** These go before all else. */
  public void reorder(List<TaskId> tasks) {
    first = List.copyOf(tasks);
  }

  /**
   * What is wrong with a report of the batch that is being merged; empty: nothing. It speaks of
   * each member once, its head is new when something landed or was wired and the old one when
   * nothing was, and the branch was moved to nothing but the head that the batch began with.
   */
  public String problemOf(BatchReport report) {
    List<BatchMember> reported = report.members().stream().map(MemberOutcome::member).toList();
    if (reported.size() != batch.size() || !reported.containsAll(batch)) {
      return "members: expected each of " + batch + " once, was " + reported;
    }
    boolean landed = report.landed() > 0 || !report.wired().isEmpty();
    if (landed && (!BatchReport.isCommit(report.head()) || report.head().equals(head))) {
      return "head: expected a new commit, since something has landed, was '" + report.head() + "'";
    }
    if (!landed && !report.head().equals(head)) {
      return "head: expected '%s', since nothing has landed, was '%s'"
          .formatted(head, report.head());
    }
    if (!report.published().equals(head)) {
      return "published: expected '%s', was '%s'".formatted(head, report.published());
    }
    return "";
  }
}
