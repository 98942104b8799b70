package dev.makespan.core.dispatch;

import dev.makespan.core.plan.Role;
import dev.makespan.core.session.SessionId;
import dev.makespan.core.task.AgentId;
import dev.makespan.core.task.RunId;
import dev.makespan.core.task.TaskRef;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One agent as the shard knows it. Changed by {@link Fleet} alone, which keeps it sorted.
 *
 * <p>What counts against its slots is what the shard gave it and has no end of, so that a report
 * that crossed an assignment on the way can't overfill it.
 */
final class Agent {

  private final AgentId id;
  private final Map<Long, TaskRef> assigned = new LinkedHashMap<>();
  private final Map<Long, TaskRef> slotFreed = new LinkedHashMap<>();
  private final Map<RestKey, Instant> resting = new LinkedHashMap<>();
  private @Nullable SessionId session;
  private List<Role> roles = List.of();
  private List<Role> openRoles = List.of();
  private @Nullable Instant heardAt;
  private int slots;
  private boolean draining;
  private boolean silent;

  /** A task that an agent gave back, for which it is left alone for a while. */
  private record RestKey(String run, String task) {}

  Agent(AgentId id) {
    this.id = id;
  }

  AgentId id() {
    return id;
  }

  /** Where it is reached; null: it is not connected. */
  @Nullable SessionId findSession() {
    return session;
  }

  List<Role> roles() {
    return roles;
  }

  /** Those for which it may be given work: people may have paused it, or a role of it. */
  List<Role> openRoles() {
    return openRoles;
  }

  /** Whether it is paused for all that it could do. */
  boolean isPaused() {
    return openRoles.isEmpty() && !roles.isEmpty();
  }

  void open(List<Role> open) {
    this.openRoles = open;
  }

  /** When something was heard of it last; null: never. */
  @Nullable Instant findHeardAt() {
    return heardAt;
  }

  void heard(Instant at) {
    this.heardAt = at;
  }

  int slots() {
    return slots;
  }

  boolean isDraining() {
    return draining;
  }

  int free() {
    return session == null || draining || silent || openRoles.isEmpty()
        ? 0
        : Math.max(0, slots - assigned.size());
  }

  /** Attempts that it has, in the order of their assignment. */
  Collection<TaskRef> attempts() {
    Map<Long, TaskRef> all = new LinkedHashMap<>(assigned);
    all.putAll(slotFreed);
    return List.copyOf(all.values());
  }

  /** How many attempts it has. */
  int load() {
    return assigned.size() + slotFreed.size();
  }

  boolean has(TaskRef task) {
    return task.equals(assigned.get(task.fence())) || task.equals(slotFreed.get(task.fence()));
  }

  /** Whether it is there and takes tasks, if not now. */
  boolean isPresent() {
    return session != null && !draining && !silent && !openRoles.isEmpty();
  }

  boolean isGone() {
    return session == null && assigned.isEmpty() && slotFreed.isEmpty();
  }

  void connect(SessionId session, List<Role> roles, List<Role> open, int slots) {
    this.session = session;
    this.roles = roles;
    this.openRoles = open;
    this.slots = slots;
    this.draining = false;
    this.silent = false;
  }

  boolean isSilent() {
    return silent;
  }

  /** Its lease ran out, so it gets nothing until it says something. */
  void fallSilent() {
    this.silent = true;
  }

  void speak() {
    this.silent = false;
  }

  void disconnect() {
    this.session = null;
  }

  void drain() {
    this.draining = true;
  }

  /** The agent says how many slots are free beside {@code accepted} attempts. */
  void offer(int freeSlots, int accepted) {
    this.slots = freeSlots + accepted;
  }

  void assign(TaskRef task) {
    assigned.put(task.fence(), task);
  }

  void freeSlot(TaskRef task) {
    if (assigned.remove(task.fence()) != null) {
      slotFreed.put(task.fence(), task);
    }
  }

  boolean hasFreedSlotOf(TaskRef task) {
    return slotFreed.containsKey(task.fence());
  }

  void end(long fence) {
    assigned.remove(fence);
    slotFreed.remove(fence);
  }

  void rest(TaskRef task, Instant until) {
    resting.put(new RestKey(task.run().toString(), task.task().value()), until);
  }

  boolean isResting(TaskRef task, Instant now) {
    if (resting.isEmpty()) {
      return false;
    }
    resting.values().removeIf(until -> !until.isAfter(now));
    return resting.containsKey(new RestKey(task.run().toString(), task.task().value()));
  }

  /** The same, of a task without an attempt. */
  boolean isResting(RunId run, String task, Instant now) {
    Instant until = resting.get(new RestKey(run.toString(), task));
    return until != null && until.isAfter(now);
  }
}
