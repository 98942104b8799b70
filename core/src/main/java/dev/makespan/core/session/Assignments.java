package dev.makespan.core.session;

import dev.makespan.core.task.TaskRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The attempts of one session as the gateway has seen them, in the order in which they came. */
final class Assignments {

  /** Milestones beyond this are passed on, but not said again when a link is opened again. */
  static final int MAX_MILESTONES = 100;

  enum Phase {
    /** Said to the agent, not answered. */
    ASSIGNED,
    /** Accepted. */
    HELD,
    /** Its result was passed on and is not acknowledged. */
    REPORTED
  }

  private static final class Entry {
    private Phase phase;
    private boolean slotFree;
    private boolean started;
    private final Set<AgentSays.MilestoneReached> milestones = new LinkedHashSet<>();

    Entry(Phase phase) {
      this.phase = phase;
    }
  }

  private final Map<TaskRef, Entry> entries = new LinkedHashMap<>();
  private final int slots;
  private int limit;

  Assignments(AgentSays.Hello hello) {
    slots = hello.slots();
    limit = slots;
    hello.held().forEach(ref -> entries.put(ref, new Entry(Phase.HELD)));
    hello.unacknowledged().forEach(ref -> entries.put(ref, new Entry(Phase.REPORTED)));
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  /** Null: not of this session, or no more. */
  @Nullable Phase phase(TaskRef ref) {
    Entry entry = entries.get(ref);
    return entry == null ? null : entry.phase;
  }

  /** Whether one more assignment keeps within the agent's last capacity. */
  boolean hasRoom() {
    return entries.values().stream().filter(entry -> !entry.slotFree).count() < limit;
  }

  int limit() {
    return limit;
  }

  void assigned(TaskRef ref) {
    entries.put(ref, new Entry(Phase.ASSIGNED));
  }

  void enter(TaskRef ref, Phase phase) {
    Entry entry = entries.get(ref);
    if (entry != null) {
      entry.phase = phase;
    }
  }

  void started(TaskRef ref) {
    Entry entry = entries.get(ref);
    if (entry != null) {
      entry.started = true;
    }
  }

  void reached(AgentSays.MilestoneReached milestone) {
    Entry entry = entries.get(milestone.task());
    if (entry != null && entry.milestones.size() < MAX_MILESTONES) {
      entry.milestones.add(milestone);
    }
  }

  void slotFree(TaskRef ref) {
    Entry entry = entries.get(ref);
    if (entry != null) {
      entry.slotFree = true;
    }
  }

  void remove(TaskRef ref) {
    entries.remove(ref);
  }

  /**
   * The agent cannot know of assignments that are under way to it: they stay. Attempts that it
   * lists and that ended meanwhile count as used slots in what it says.
   */
  void status(List<TaskRef> held, int freeSlots) {
    Set<TaskRef> kept = Set.copyOf(held);
    limit = Math.min(slots, held.size() + freeSlots);
    entries
        .entrySet()
        .removeIf(
            entry -> entry.getValue().phase != Phase.ASSIGNED && !kept.contains(entry.getKey()));
  }

  /** Free slots are those beside what the agent had accepted when it said so. */
  void capacity(int freeSlots) {
    long used =
        entries.values().stream()
            .filter(entry -> entry.phase != Phase.ASSIGNED && !entry.slotFree)
            .count();
    limit = (int) Math.min(slots, used + freeSlots);
  }

  List<TaskRef> refs(Phase phase) {
    return entries.entrySet().stream()
        .filter(entry -> entry.getValue().phase == phase)
        .map(Map.Entry::getKey)
        .toList();
  }

  /**
   * What was said of live attempts and may have been lost with a link; harmless when said twice.
   */
  List<AgentSays> saidAgain() {
    List<AgentSays> again = new ArrayList<>();
    entries.forEach((ref, entry) -> {
      if (entry.phase != Phase.HELD) {
        return;
      }
      if (entry.started) {
        again.add(new AgentSays.Started(ref));
      }
      again.addAll(entry.milestones);
      if (entry.slotFree) {
        again.add(new AgentSays.SlotFree(ref));
      }
    });
    return again;
  }
}
