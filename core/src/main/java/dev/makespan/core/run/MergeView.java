package dev.makespan.core.run;

import dev.makespan.core.merge.Batch;
import dev.makespan.core.merge.BatchMember;
import dev.makespan.core.merge.MergeHold;
import dev.makespan.core.merge.MergeQueue;
import dev.makespan.core.task.AgentId;
import dev.makespan.core.task.TaskLife;
import dev.makespan.core.task.TaskState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The merge queue of a run as clients see it.
 *
 * @param branch that people find what has landed on
 * @param waiting in the order in which it will be merged, as far as that is known now
 * @param batch what is being merged
 * @param agent that merges; null: nobody does
 * @param head the commit with all that has landed; empty: nothing has
 * @param published where the branch stands; empty: it is not there yet
 * @param trouble why merging waits for another try or for a person; empty: it does not
 * @param wirings stubs in the order to wire them in, at most the first {@link #MAX_WIRINGS}
 * @param ended batches, oldest first; at most the last {@link #MAX_BATCHES}
 */
public record MergeView(
    String branch,
    List<BatchMember> waiting,
    List<BatchMember> batch,
    @Nullable AgentId agent,
    String head,
    String published,
    @Nullable MergeHold hold,
    String trouble,
    List<WiringPoint> wirings,
    List<Batch> ended) {

  /** More batches than this are not shown. */
  public static final int MAX_BATCHES = 1_000;

  /** More stubs than this are not shown. */
  public static final int MAX_WIRINGS = 1_000;

  public MergeView {
    waiting = List.copyOf(waiting);
    batch = List.copyOf(batch);
    wirings = List.copyOf(wirings);
    ended = List.copyOf(ended);
  }

  static MergeView of(Run run) {
    MergeQueue merges = run.merges();
    TaskLife life = run.life(run.integration());
    boolean live = life.state().liveFence() != 0;
    List<Batch> ended = merges.ended();
    return new MergeView(
        IntegrationBranch.of(run.spec().id()),
        MergeOrder.all(run),
        merges.batch(),
        live ? life.attempts().getLast().agent() : null,
        merges.head(),
        merges.published(),
        merges.hold(),
        trouble(life.state()),
        Wirings.all(run).stream().limit(MAX_WIRINGS).toList(),
        ended.subList(Math.max(0, ended.size() - MAX_BATCHES), ended.size()));
  }

  private static String trouble(TaskState state) {
    return switch (state) {
      case TaskState.Backoff s -> s.reason();
      case TaskState.Held s -> s.reason();
      case TaskState.Waiting _,
          TaskState.Ready _,
          TaskState.Leased _,
          TaskState.Running _,
          TaskState.Verifying _,
          TaskState.Integrating _,
          TaskState.Cancelling _,
          TaskState.Done _,
          TaskState.Failed _,
          TaskState.Cancelled _,
          TaskState.Skipped _ ->
          "";
    };
  }
}
