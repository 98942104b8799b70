package dev.makespan.core.dispatch;

import dev.makespan.core.plan.Role;
import dev.makespan.core.session.AgentSays;
import dev.makespan.core.session.SessionId;
import dev.makespan.core.task.AgentId;
import dev.makespan.core.task.TaskRef;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The agents that are there or still hold something, and those with a free slot, by role. */
final class Fleet {

  /** The least loaded goes first, so that work spreads over agents and machines. */
  private record Offer(int assigned, AgentId agent) {}

  private static final Comparator<Offer> ORDER =
      Comparator.comparingInt(Offer::assigned).thenComparing(Offer::agent);

  private final Map<AgentId, Agent> agents = new LinkedHashMap<>();
  private final Map<SessionId, Agent> sessions = new LinkedHashMap<>();
  private final Map<Role, TreeSet<Offer>> free = new TreeMap<>();

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

  /** The least loaded free agent for a task that is not resting from it; null: none. */
  @Nullable Agent findFree(Role role, TaskRef task, Instant now) {
    for (Offer offer : free.getOrDefault(role, new TreeSet<>(ORDER))) {
      Agent agent = agents.get(offer.agent());
      if (agent != null && !agent.isResting(task, now)) {
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
    change(agent, a -> a.connect(hello.session(), hello.roles(), hello.slots()));
    sessions.put(hello.session(), agent);
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

  void heard(Agent agent) {
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
    withdraw(agent);
    change.accept(agent);
    if (agent.isGone()) {
      agents.remove(agent.id());
    } else if (agent.free() > 0) {
      Offer offer = offerOf(agent);
      for (Role role : agent.roles()) {
        free.computeIfAbsent(role, _ -> new TreeSet<>(ORDER)).add(offer);
      }
    }
  }

  private void withdraw(Agent agent) {
    Offer offer = offerOf(agent);
    for (Role role : agent.roles()) {
      TreeSet<Offer> offers = free.get(role);
      if (offers != null) {
        offers.remove(offer);
        if (offers.isEmpty()) {
          free.remove(role);
        }
      }
    }
  }

  private static Offer offerOf(Agent agent) {
    return new Offer(agent.attempts().size(), agent.id());
  }
}
