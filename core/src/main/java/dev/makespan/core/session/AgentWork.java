package dev.makespan.core.session;

import dev.makespan.core.plan.MilestoneId;
import dev.makespan.core.task.TaskRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an agent works on and which results it owes, in the order in which it came. */
final class AgentWork {

  /** An accepted attempt. */
  static final class Held {
    final TaskRef task;
    final @Nullable Instant deadline;
    private final Set<MilestoneId> milestones = new LinkedHashSet<>();
    private final Map<String, AgentSays> questions = new LinkedHashMap<>();
    private AgentSays.@Nullable Progress checkpointed;
    private Instant leaseEnd;
    private boolean started;
    private boolean cancelled;

    Held(TaskRef task, Instant leaseEnd, @Nullable Instant deadline) {
      this.task = task;
      this.leaseEnd = leaseEnd;
      this.deadline = deadline;
    }

    Instant leaseEnd() {
      return leaseEnd;
    }

    boolean cancelled() {
      return cancelled;
    }

    void cancel() {
      cancelled = true;
    }

    void start() {
      started = true;
    }

    void reach(MilestoneId milestone) {
      milestones.add(milestone);
    }

    void progressed(AgentSays.Progress progress) {
      if (!progress.checkpoint().isEmpty()) {
        checkpointed = progress;
      }
    }

    void asked(String id, AgentSays question) {
      questions.put(id, question);
    }

    /** Whether it was asked for. What is queued stays asked, so that a lost answer comes again. */
    boolean answered(GatewaySays.Answer answer) {
      return answer.ruling() == GatewaySays.Ruling.QUEUED
          ? questions.containsKey(answer.requestId())
          : questions.remove(answer.requestId()) != null;
    }

    private List<AgentSays> saidAgain() {
      List<AgentSays> again = new ArrayList<>();
      if (started) {
        again.add(new AgentSays.Started(task));
      }
      milestones.forEach(milestone -> again.add(new AgentSays.MilestoneReached(task, milestone)));
      if (checkpointed != null) {
        again.add(checkpointed);
      }
      again.addAll(questions.values());
      return again;
    }
  }

  /** A result without an answer. */
  private record Owed(AgentSays.Result result, Instant saidAt) {}

  private final Map<TaskRef, Held> held = new LinkedHashMap<>();
  private final Map<TaskRef, Owed> owed = new LinkedHashMap<>();

  @Nullable Held find(TaskRef ref) {
    return held.get(ref);
  }

  boolean owes(TaskRef ref) {
    return owed.containsKey(ref);
  }

  Collection<Held> held() {
    return List.copyOf(held.values());
  }

  List<TaskRef> heldRefs() {
    return List.copyOf(held.keySet());
  }

  List<TaskRef> owedRefs() {
    return List.copyOf(owed.keySet());
  }

  List<TaskRef> all() {
    List<TaskRef> all = new ArrayList<>(held.keySet());
    all.addAll(owed.keySet());
    return all;
  }

  int size() {
    return held.size() + owed.size();
  }

  boolean isIdle() {
    return held.isEmpty();
  }

  void hold(TaskRef ref, Instant leaseEnd, @Nullable Instant deadline) {
    held.put(ref, new Held(ref, leaseEnd, deadline));
  }

  void renew(TaskRef ref, Instant leaseEnd) {
    Held renewed = held.get(ref);
    if (renewed != null) {
      renewed.leaseEnd = leaseEnd;
    }
  }

  void drop(TaskRef ref) {
    held.remove(ref);
  }

  void owe(AgentSays.Result result, Instant now) {
    held.remove(result.task());
    owed.put(result.task(), new Owed(result, now));
  }

  void acknowledged(TaskRef ref, String resultId) {
    Owed one = owed.get(ref);
    if (one != null && one.result.resultId().equals(resultId)) {
      owed.remove(ref);
    }
  }

  /** The results that were last said at or before {@code before}; they count as said now. */
  List<AgentSays.Result> sayAgain(Instant before, Instant now) {
    List<AgentSays.Result> again = new ArrayList<>();
    owed.replaceAll((ref, one) -> {
      if (one.saidAt.isAfter(before)) {
        return one;
      }
      again.add(one.result);
      return new Owed(one.result, now);
    });
    return again;
  }

  /** When the first result is to be said again, {@code after} it was said; null: none is owed. */
  @Nullable Instant nextAgain(Duration after) {
    return owed.values().stream()
        .map(one -> one.saidAt.plus(after))
        .min(Instant::compareTo)
        .orElse(null);
  }

  /** News that may have been lost with a stream; harmless when said twice. */
  List<AgentSays> newsAgain() {
    return held.values().stream().flatMap(one -> one.saidAgain().stream()).toList();
  }
}
