package dev.makespan.scheduler;

import dev.makespan.core.dispatch.Effect;
import dev.makespan.core.dispatch.Outcome;
import dev.makespan.core.run.RunEvent;
import dev.makespan.core.session.SessionId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Puts decisions into groups and holds back what follows from them until their group is durable.
 * One group is written at a time; what is decided meanwhile makes the next. Of the shard's thread.
 */
final class GroupCommit {

  /** So many decisions wait for the next group; then nothing more is decided. */
  static final int MAX_DECISIONS = 500;

  private final Consumer<Group> writer;
  private final BooleanSupplier ownershipIsFresh;
  private final Consumer<Release> outlet;
  private final ProgressLedger progress = new ProgressLedger();
  private List<NewRun> started = new ArrayList<>();
  private List<RunEvent> events = new ArrayList<>();
  private List<Release> pending = new ArrayList<>();
  private @Nullable List<Release> inFlight;
  private long groups;

  /** What follows once it is durable. */
  sealed interface Release {

    /**
     * Of one step.
     *
     * @param origin where the step came from; null: not from a link
     */
    record Consequences(List<RunEvent> events, List<Effect> effects, @Nullable Origin origin)
        implements Release {}

    /** An answer, with what is answered instead when the shard is lost before that. */
    record Reply(Runnable answer, Consumer<String> abandon) implements Release {}
  }

  /** The session and the link that a message came by. */
  record Origin(SessionId session, Link link) {}

  /**
   * Nothing decided yet.
   *
   * @param writer begins to write a group; {@link #durable} is called later
   * @param ownershipIsFresh whether it was confirmed so lately that nobody can have taken over
   * @param outlet takes what may be let go
   */
  GroupCommit(Consumer<Group> writer, BooleanSupplier ownershipIsFresh, Consumer<Release> outlet) {
    this.writer = writer;
    this.ownershipIsFresh = ownershipIsFresh;
    this.outlet = outlet;
  }

  /** An event of a run that was live before this ownership. */
  void restored(RunEvent event) {
    progress.add(event);
  }

  /** What was restored stands in the journal already. */
  void restored() {
    progress.drain();
  }

  void add(Outcome.Step step, @Nullable NewRun run, @Nullable Origin origin) {
    if (run != null) {
      started.add(run);
    }
    events.addAll(step.events());
    step.events().forEach(progress::add);
    if (!step.events().isEmpty() || !step.effects().isEmpty()) {
      pending.add(new Release.Consequences(step.events(), step.effects(), origin));
    }
  }

  /** An answer that must not be heard before what was decided until now is durable. */
  void reply(Runnable answer, Consumer<String> abandon) {
    pending.add(new Release.Reply(answer, abandon));
  }

  boolean isFull() {
    return inFlight != null && pending.size() >= MAX_DECISIONS;
  }

  boolean isIdle() {
    return inFlight == null && pending.isEmpty();
  }

  /** Lets go, or begins to write, what can be. */
  void flush() {
    if (isIdle() || inFlight != null) {
      return;
    }
    List<Release> group = pending;
    pending = new ArrayList<>();
    if (events.isEmpty() && ownershipIsFresh.getAsBoolean()) {
      group.forEach(outlet);
      return;
    }
    inFlight = group;
    writer.accept(nextGroup());
  }

  private Group nextGroup() {
    groups++;
    Group group = new Group(groups, started, events, progress.drain());
    started = new ArrayList<>();
    events = new ArrayList<>();
    return group;
  }

  /** The group that is being written is durable. */
  void durable(long group) {
    List<Release> released = inFlight;
    if (released == null || group != groups) {
      throw new IllegalStateException("group " + group + " is not being written");
    }
    inFlight = null;
    released.forEach(outlet);
  }

  /** Nothing will become durable any more: whoever waits is told. */
  void abandon(String reason) {
    List<Release> waiting = new ArrayList<>();
    if (inFlight != null) {
      waiting.addAll(inFlight);
    }
    waiting.addAll(pending);
    inFlight = null;
    pending = new ArrayList<>();
    for (Release release : waiting) {
      if (release instanceof Release.Reply reply) {
        reply.abandon().accept(reason);
      }
    }
  }
}
