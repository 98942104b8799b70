package dev.makespan.core.dispatch;

import dev.makespan.core.dispatch.Situation.AgentAtWork;
import dev.makespan.core.dispatch.Situation.Claim;
import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.FileMode;
import dev.makespan.core.plan.Role;
import dev.makespan.core.plan.Task;
import dev.makespan.core.run.Run;
import dev.makespan.core.task.Attempt;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a ready task lacks: files, shared things, agents. */
final class Contention {

  private final Situation situation;
  private final Run run;
  private final Expectations expectations;
  private final List<Integer> holders = new ArrayList<>();

  Contention(Situation situation, Expectations expectations) {
    this.situation = situation;
    this.run = situation.run();
    this.expectations = expectations;
    for (int i = 0; i < run.size(); i++) {
      if (run.life(i).state().liveFence() != 0) {
        holders.add(i);
      }
    }
  }

  void addConflicts(int task, List<Reason> reasons) {
    List<FileAccess> wanted = run.spec().plan().locksOf(run.task(task));
    for (int holder : holders) {
      for (FileAccess held : wanted.isEmpty() ? wanted : heldBy(holder)) {
        for (FileAccess access : wanted) {
          if (access.conflictsWith(held) && !mayShare(task, access, holder, held)) {
            reasons.add(lockHeld(access, holder));
          }
        }
      }
    }
  }

  /** What a holder declares, and what it was granted beyond that. */
  private List<FileAccess> heldBy(int holder) {
    List<FileAccess> held = new ArrayList<>(run.spec().plan().locksOf(run.task(holder)));
    run.life(holder).grantedFiles().forEach(grant -> held.addAll(grant.files()));
    return held;
  }

  /** What is kept for others who go first. */
  void addClaims(int task, List<Reason> reasons) {
    for (Claim claim : situation.claims()) {
      if (claim.task() == task || mayGoBefore(task, claim)) {
        continue;
      }
      String path = findClaimed(task, claim);
      if (path != null) {
        reasons.add(claimed(path, false, claim));
      }
      if (claim.turn() != null) {
        for (String resource : run.task(task).uses().keySet()) {
          if (isKept(task, resource, claim)) {
            reasons.add(claimed(resource, true, claim));
          }
        }
      }
    }
  }

  /** Backfill: what is over before the other's turn takes nothing from it. */
  private boolean mayGoBefore(int task, Claim claim) {
    Instant turn = claim.turn();
    Duration expected = run.spec().realTime(run.task(task).duration());
    return turn != null && situation.at().plus(expected).isBefore(turn);
  }

  private @Nullable String findClaimed(int task, Claim claim) {
    for (FileAccess access : run.spec().plan().locksOf(run.task(task))) {
      for (FileAccess kept : claim.files()) {
        if (access.conflictsWith(kept) && !mayShare(task, access, claim.task(), kept)) {
          return access.path().text();
        }
      }
    }
    return null;
  }

  private boolean isKept(int task, String resource, Claim claim) {
    int kept = run.task(claim.task()).uses().getOrDefault(resource, 0);
    int capacity = run.spec().plan().resources().getOrDefault(resource, 0);
    int wanted = run.task(task).uses().getOrDefault(resource, 0);
    return kept > 0 && capacity - kept < wanted;
  }

  private Reason claimed(String what, boolean resource, Claim claim) {
    Instant turn = claim.turn();
    Instant end =
        turn == null
            ? expectations.findFinish(claim.task())
            : turn.plus(run.spec().realTime(run.task(claim.task()).duration()));
    return new Reason.Claimed(what, resource, run.task(claim.task()).id(), turn == null, end);
  }

  /** As {@link LiveRun} has it: who waited for a milestone of the writer has what it reads. */
  private boolean mayShare(int task, FileAccess access, int holder, FileAccess held) {
    Task asking = run.task(task);
    Task other = run.task(holder);
    return (access.mode() == FileMode.READ && asking.waitsForMilestoneOf(other.id()))
        || (held.mode() == FileMode.READ && other.waitsForMilestoneOf(asking.id()));
  }

  private Reason lockHeld(FileAccess access, int holder) {
    Attempt attempt = run.life(holder).attempts().getLast();
    return new Reason.LockHeld(
        access.path().text(),
        run.task(holder).id(),
        attempt.agent(),
        attempt.leasedAt(),
        situation.leases().get(attempt.fence()),
        expectations.findFinish(holder));
  }

  void addResources(int task, List<Reason> reasons) {
    run.task(task)
        .uses()
        .forEach((name, wanted) -> {
          int capacity = run.spec().plan().resources().getOrDefault(name, 0);
          int free = capacity - used(name);
          if (free < wanted) {
            reasons.add(
                new Reason.ResourceShort(
                    name, wanted, free, capacity, freeAt(name, wanted - free)));
          }
        });
  }

  private int used(String resource) {
    int used = 0;
    for (int holder : holders) {
      used += run.task(holder).uses().getOrDefault(resource, 0);
    }
    return used;
  }

  /** When holders that give back {@code missing} units are expected to be done. */
  private @Nullable Instant freeAt(String resource, int missing) {
    record Return(Instant at, int units) {}
    List<Return> returns = new ArrayList<>();
    for (int holder : holders) {
      int units = run.task(holder).uses().getOrDefault(resource, 0);
      Instant at = expectations.findFinish(holder);
      if (units > 0 && at != null) {
        returns.add(new Return(at, units));
      }
    }
    returns.sort((a, b) -> a.at().compareTo(b.at()));
    int back = 0;
    for (Return next : returns) {
      back += next.units();
      if (back >= missing) {
        return next.at();
      }
    }
    return null;
  }

  void addAgents(int task, List<Reason> reasons) {
    Role role = run.task(task).role();
    String id = run.task(task).id().value();
    int connected = 0;
    int busy = 0;
    int resting = 0;
    int draining = 0;
    int silent = 0;
    int paused = 0;
    Instant freeAt = null;
    for (AgentAtWork agent : situation.agents()) {
      if (!agent.roles().contains(role) || !agent.connected()) {
        continue;
      }
      connected++;
      if (agent.draining()) {
        draining++;
      } else if (agent.silent()) {
        silent++;
      } else if (!agent.openRoles().contains(role)) {
        paused++;
      } else if (agent.rests().contains(id)) {
        resting++;
      } else if (agent.free() > 0) {
        return;
      } else {
        busy++;
        freeAt = earlier(freeAt, agent.freeAt());
      }
    }
    reasons.add(
        new Reason.NoAgent(role, connected, busy, resting, draining, silent, paused, freeAt));
  }

  private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.isBefore(other) ? one : other;
  }
}
