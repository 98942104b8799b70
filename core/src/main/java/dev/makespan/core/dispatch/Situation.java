package dev.makespan.core.dispatch;

import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.Role;
import dev.makespan.core.plan.Task;
import dev.makespan.core.run.Run;
import dev.makespan.core.task.AgentId;
import dev.makespan.core.task.Attempt;
import dev.makespan.core.task.TaskRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run and the agents at one moment, to be thought about elsewhere: nothing in it changes any
 * more.
 *
 * @param leases by fence, of this run's live attempts
 * @param claims of files and resources of this run
 */
public record Situation(
    Run run, List<AgentAtWork> agents, Map<Long, Instant> leases, List<Claim> claims, Instant at) {

  public Situation {
    agents = List.copyOf(agents);
    claims = List.copyOf(claims);
    leases = Collections.unmodifiableMap(new LinkedHashMap<>(leases));
  }

  /**
   * One agent.
   *
   * @param openRoles for which people let it be given work
   * @param rests from these tasks of the run, by id
   * @param freeAt when its first slot is expected to be free; null: nobody can say
   */
  record AgentAtWork(
      AgentId id,
      List<Role> roles,
      int slots,
      int free,
      boolean connected,
      boolean draining,
      boolean silent,
      List<Role> openRoles,
      List<String> rests,
      @Nullable Instant freeAt) {

    /** Whether it takes tasks of a role, if not now. */
    boolean takes(Role role) {
      return connected && !draining && openRoles.contains(role);
    }
  }

  /**
   * Files, and with a turn the task's resources too, that are kept for a task that does not have
   * them yet.
   *
   * @param turn when a task that has waited longest is expected to start; null: the task is live
   *     and has asked for the files
   */
  record Claim(int task, List<FileAccess> files, @Nullable Instant turn) {
    Claim {
      files = List.copyOf(files);
    }
  }

  static Situation of(Books books, LiveRun live, Instant now) {
    Map<Long, Instant> leases = new LinkedHashMap<>();
    Run run = live.run();
    List<String> resting = new ArrayList<>();
    for (int task = 0; task < run.size(); task++) {
      long fence = run.life(task).state().liveFence();
      Instant until = fence == 0 ? null : books.findLease(fence);
      if (until != null) {
        leases.put(fence, until);
      }
      if (run.life(task).counters().yields() > 0) {
        resting.add(run.task(task).id().value());
      }
    }
    List<AgentAtWork> agents = new ArrayList<>();
    for (Agent agent : books.fleet().agents()) {
      agents.add(atWork(books, live, agent, resting, now));
    }
    return new Situation(run.snapshot(), agents, leases, live.claims(now), now);
  }

  private static AgentAtWork atWork(
      Books books, LiveRun live, Agent agent, List<String> maybeResting, Instant now) {
    List<String> rests =
        maybeResting.stream()
            .filter(task -> agent.isResting(live.run().spec().id(), task, now))
            .toList();
    return new AgentAtWork(
        agent.id(),
        agent.roles(),
        agent.slots(),
        agent.free(),
        agent.findSession() != null,
        agent.isDraining(),
        agent.isSilent(),
        agent.openRoles(),
        rests,
        freeAt(books, agent, now));
  }

  private static @Nullable Instant freeAt(Books books, Agent agent, Instant now) {
    Instant first = null;
    for (TaskRef ref : agent.attempts()) {
      LiveRun live = books.findRun(ref.run());
      if (live != null && live.run().contains(ref.task())) {
        Instant finish = plannedFinish(live.run(), live.run().indexOf(ref.task()), now);
        first = first == null || finish.isBefore(first) ? finish : first;
      }
    }
    return first;
  }

  /** Of a live attempt, as the plan has it; not before now. */
  private static Instant plannedFinish(Run run, int index, Instant now) {
    Task task = run.task(index);
    Attempt attempt = run.life(index).attempts().getLast();
    Instant from = attempt.startedAt() == null ? attempt.leasedAt() : attempt.startedAt();
    Duration planned = run.spec().realTime(task.duration());
    Instant finish = from.plus(planned);
    return finish.isBefore(now) ? now : finish;
  }
}
