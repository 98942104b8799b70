package dev.makespan.planner.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.makespan.core.merge.Batch;
import dev.makespan.core.merge.BatchMember;
import dev.makespan.core.merge.MemberOutcome;
import dev.makespan.core.merge.MergeHold;
import dev.makespan.core.merge.Wired;
import dev.makespan.core.run.MergeView;
import dev.makespan.core.run.WiringPoint;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Accepted work that waits to be merged, and what has landed.
 *
 * @param branch where people find what has landed
 * @param waiting tasks in the order in which they will be merged
 * @param batch tasks that are being merged
 * @param head the commit with all that has landed; empty: nothing has
 * @param published where the branch stands
 * @param wirings stubs in the order to wire them in
 * @param trouble why merging waits for another try or a person; empty: it does not
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MergesJson(
    String branch,
    List<String> waiting,
    List<String> batch,
    @Nullable String agent,
    String head,
    String published,
    @Nullable HoldJson hold,
    String trouble,
    List<WiringJson> wirings,
    List<BatchJson> batches) {

  /** A person lets nothing be merged. */
  @RegisterForReflection
  public record HoldJson(String reason, String by, Instant sinceTime) {}

  /**
   * A stub: waits, next, by-people, wired or off.
   *
   * @param wire the command that wires it; null: people do
   */
  @RegisterForReflection
  public record WiringJson(
      String producer, String consumer, String via, @Nullable String wire, String progress) {
    static WiringJson of(WiringPoint point) {
      return new WiringJson(
          point.producer().value(),
          point.consumer().value(),
          point.stub().via(),
          point.stub().wire(),
          RunJson.word(point.progress()).replace('_', '-'));
    }
  }

  /** A stub that a batch has wired. */
  @RegisterForReflection
  public record WiredJson(String producer, String consumer) {
    static WiredJson of(Wired wired) {
      return new WiredJson(wired.producer().value(), wired.consumer().value());
    }
  }

  /** A batch that ended. */
  @RegisterForReflection
  public record BatchJson(
      int number,
      Instant formTime,
      Instant endTime,
      String head,
      List<MemberJson> members,
      int verifications,
      String verified,
      List<WiredJson> wired,
      List<String> remade) {

    static BatchJson of(Batch batch) {
      return new BatchJson(
          batch.number(),
          batch.formedAt(),
          batch.endedAt(),
          batch.report().head(),
          batch.report().members().stream().map(MemberJson::of).toList(),
          batch.report().verifications(),
          batch.report().verified(),
          batch.report().wired().stream().map(WiredJson::of).toList(),
          batch.report().remade());
    }
  }

  /** What became of a task's work: landed, conflict, red or left. */
  @RegisterForReflection
  public record MemberJson(String task, String verdict, String report, List<String> files) {
    static MemberJson of(MemberOutcome outcome) {
      return new MemberJson(
          outcome.member().task().value(),
          RunJson.word(outcome.kind()),
          outcome.report(),
          outcome.files());
    }
  }

  static @Nullable MergesJson of(@Nullable MergeView view) {
    if (view == null) {
      return null;
    }
    MergeHold hold = view.hold();
    return new MergesJson(
        view.branch(),
        tasks(view.waiting()),
        tasks(view.batch()),
        view.agent() == null ? null : view.agent().value(),
        view.head(),
        view.published(),
        hold == null ? null : new HoldJson(hold.reason(), hold.by(), hold.since()),
        view.trouble(),
        view.wirings().stream().map(WiringJson::of).toList(),
        view.ended().stream().map(BatchJson::of).toList());
  }

  private static List<String> tasks(List<BatchMember> members) {
    return members.stream().map(member -> member.task().value()).toList();
  }
}
