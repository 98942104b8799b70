package dev.makespan.core.dispatch;

import dev.makespan.core.plan.Role;
import dev.makespan.core.session.AgentSays;
import dev.makespan.core.session.SessionId;
import dev.makespan.core.task.AgentId;
import dev.makespan.core.task.TaskRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The agents that are there or still hold something, and those with a free slot, by role. */
final class Fleet {

  /** The least loaded goes first, so that work spreads over agents and machines. */
  private static final Comparator<Agent> BY_LOAD =
      Comparator.comparingInt(Agent::load).thenComparing(Agent::id);

  private final Map<AgentId, Agent> agents = new LinkedHashMap<>();
  private final Map<SessionId, Agent> sessions = new LinkedHashMap<>();
  private final Map<Role, TreeSet<Agent>> free = new LinkedHashMap<>();
  private final Map<Role, Integer> present = new LinkedHashMap<>();
  private AgentPauses pauses = AgentPauses.NONE;
  private boolean hasNewlyFree;

  @Nullable Agent findAgent(AgentId id) {
    return agents.get(id);
  }

  @Nullable Agent findAgent(SessionId session) {
    return sessions.get(session);
  }

  Collection<Agent> agents() {
    return Collections.unmodifiableCollection(agents.values());
  }

  boolean hasFree(Role role) {
    return free.containsKey(role);
  }

  /** Whether an agent with this role is there, if not free. */
  boolean isPresent(Role role) {
    return present.containsKey(role);
  }

  /** Whether an agent has become free, or able to have other tasks, since this was asked last. */
  boolean takeNewlyFree() {
    boolean was = hasNewlyFree;
    hasNewlyFree = false;
    return was;
  }

  /** An agent may have a task that it gave back a while ago. */
  void rested() {
    hasNewlyFree = true;
  }

  /**
   * A free agent for a task that is not resting from it: {@code preferred} if it is free, or else
   * the least loaded; null: none.
   */
  @Nullable Agent findFree(Role role, TaskRef task, @Nullable AgentId preferred, Instant now) {
    TreeSet<Agent> offers = free.get(role);
    if (offers == null) {
      return null;
    }
    Agent warm = preferred == null ? null : agents.get(preferred);
    if (warm != null && offers.contains(warm) && !warm.isResting(task, now)) {
      return warm;
    }
    for (Agent agent : offers) {
      if (!agent.isResting(task, now)) {
        return agent;
      }
    }
    return null;
  }

  /** Binds an agent to the session that it opened; its other session, if any, is forgotten. */
  Agent connect(AgentSays.Hello hello) {
    Agent agent = agents.computeIfAbsent(hello.agent(), Agent::new);
    SessionId other = agent.findSession();
    if (other != null) {
      sessions.remove(other);
    }
    change(
        agent,
        a ->
            a.connect(
                hello.session(),
                hello.roles(),
                pauses.open(hello.agent(), hello.roles()),
                hello.slots()));
    sessions.put(hello.session(), agent);
    hasNewlyFree = true;
    return agent;
  }

  void disconnect(SessionId session) {
    Agent agent = sessions.remove(session);
    if (agent != null) {
      change(agent, Agent::disconnect);
    }
  }

  void fallSilent(Agent agent) {
    change(agent, Agent::fallSilent);
  }

  /** What keeps an agent from new work. */
  List<AgentPause> pausesOf(Agent agent) {
    return pauses.of(agent.id(), agent.roles());
  }

  /** What is paused from now on, in place of what was; connected agents that it turns. */
  List<Agent> pause(List<AgentPause> all) {
    if (pauses.isSame(all)) {
      return List.of();
    }
    pauses = new AgentPauses(all);
    List<Agent> turned = new ArrayList<>();
    for (Agent agent : List.copyOf(agents.values())) {
      boolean was = agent.isPaused();
      change(agent, a -> a.open(pauses.open(a.id(), a.roles())));
      if (agent.findSession() != null && agent.isPaused() != was) {
        turned.add(agent);
      }
    }
    hasNewlyFree = true;
    return turned;
  }

  void heard(Agent agent, Instant now) {
    agent.heard(now);
    if (agent.isSilent()) {
      change(agent, Agent::speak);
    }
  }

  void drain(Agent agent) {
    change(agent, Agent::drain);
  }

  void offer(Agent agent, int freeSlots, int accepted) {
    change(agent, a -> a.offer(freeSlots, accepted));
  }

  void freeSlot(Agent agent, TaskRef task) {
    change(agent, a -> a.freeSlot(task));
  }

  void assign(AgentId id, TaskRef task) {
    change(agents.computeIfAbsent(id, Agent::new), a -> a.assign(task));
  }

  void end(AgentId id, long fence) {
    Agent agent = agents.get(id);
    if (agent != null) {
      change(agent, a -> a.end(fence));
    }
  }

  private void change(Agent agent, Consumer<Agent> change) {
    boolean wasFree = agent.free() > 0;
    boolean wasPresent = agent.isPresent();
    List<Role> roles = agent.openRoles();
    if (wasFree) {
      withdraw(agent);
    }
    change.accept(agent);
    if (wasPresent != agent.isPresent() || !roles.equals(agent.openRoles())) {
      countPresence(wasPresent ? roles : List.of(), -1);
      countPresence(agent.isPresent() ? agent.openRoles() : List.of(), 1);
    }
    boolean isFree = agent.free() > 0;
    hasNewlyFree |= isFree && !wasFree;
    if (agent.isGone()) {
      agents.remove(agent.id());
    } else if (isFree) {
      offer(agent);
    }
  }

  private void countPresence(List<Role> roles, int more) {
    for (Role role : roles) {
      int count = present.merge(role, more, Integer::sum);
      if (count == 0) {
        present.remove(role);
      }
    }
  }

  private void offer(Agent agent) {
    for (Role role : agent.openRoles()) {
      free.computeIfAbsent(role, _ -> new TreeSet<>(BY_LOAD)).add(agent);
    }
  }

  private void withdraw(Agent agent) {
    for (Role role : agent.openRoles()) {
      TreeSet<Agent> offers = free.get(role);
      if (offers != null && offers.remove(agent) && offers.isEmpty()) {
        free.remove(role);
      }
    }
  }
}
