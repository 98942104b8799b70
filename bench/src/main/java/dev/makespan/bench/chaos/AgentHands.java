package dev.makespan.bench.chaos;

import dev.makespan.bench.chaos.Happening.Verdict;
import dev.makespan.proto.agent.v1.Accept;
import dev.makespan.proto.agent.v1.Assign;
import dev.makespan.proto.agent.v1.Cancelled;
import dev.makespan.proto.agent.v1.ConnectRequest;
import dev.makespan.proto.agent.v1.HeldDecision;
import dev.makespan.proto.agent.v1.Hello;
import dev.makespan.proto.agent.v1.Lease;
import dev.makespan.proto.agent.v1.Outcome;
import dev.makespan.proto.agent.v1.Result;
import dev.makespan.proto.agent.v1.ResultAck;
import dev.makespan.proto.agent.v1.Started;
import dev.makespan.proto.agent.v1.Status;
import dev.makespan.proto.agent.v1.TaskRef;
import dev.makespan.proto.agent.v1.Welcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** What an agent holds: accepted work, its results, and what is said about them. */
final class AgentHands {

  private static final long MARGIN_NANOS = Duration.ofSeconds(2).toNanos();
  private static final long AGAIN_NANOS = Duration.ofSeconds(3).toNanos();
  private static final double FAILING = 0.03;
  private static final double DEAF = 0.005;
  private static final long LEAST_WORK_MILLIS = 50;
  private static final long MOST_WORK_MILLIS = 350;

  private final History history;
  private final String id;
  private final int slots;
  private final Random chance;
  private final Consumer<ConnectRequest.Builder> out;
  private final Map<Long, Holding> held = new LinkedHashMap<>();
  private long leaseNanos = Duration.ofSeconds(30).toNanos();

  /** {@code out} says what is given to it, when there is a stream. */
  AgentHands(
      History history, String id, int slots, Random chance, Consumer<ConnectRequest.Builder> out) {
    this.history = history;
    this.id = id;
    this.slots = slots;
    this.chance = chance;
    this.out = out;
  }

  int size() {
    return held.size();
  }

  void drop(TaskRef task) {
    held.remove(task.getFence());
  }

  void dropAll() {
    held.clear();
  }

  /** For an agent that has slept: everything is finished now, whoever may have it meanwhile. */
  List<Result> finishAll(long now) {
    List<Result> results = new ArrayList<>();
    for (Holding holding : held.values()) {
      if (holding.result == null) {
        holding.finish(chance.nextDouble() < FAILING);
      }
      holding.said(now);
      if (holding.result != null) {
        results.add(holding.result);
      }
    }
    return results;
  }

  /** A Hello says what is held and what is owed. */
  void declare(Hello.Builder hello) {
    for (Holding holding : held.values()) {
      if (holding.result == null) {
        hello.addHeld(holding.task);
      } else {
        hello.addUnacknowledged(holding.task);
      }
    }
  }

  void welcome(Welcome welcome, long now) {
    leaseNanos = TimeUnit.SECONDS.toNanos(welcome.getLease().getSeconds());
    for (HeldDecision decision : welcome.getHeldList()) {
      Holding holding = held.get(decision.getTask().getFence());
      if (holding != null && holding.result == null) {
        if (decision.getContinue()) {
          holding.leaseEndNanos = now + leaseNanos;
        } else {
          drop(holding.task);
          history.count("held work that was another's at the welcome");
        }
      }
    }
    held.values().forEach(holding -> say(holding, now));
  }

  void lease(Lease lease, long now) {
    Holding holding = held.get(lease.getTask().getFence());
    if (holding != null && lease.hasRenewedFor()) {
      holding.leaseEndNanos = now + leaseNanos;
    } else if (holding != null) {
      drop(holding.task);
      history.count("leases lost");
    }
  }

  Status status() {
    Status.Builder status = Status.newBuilder().setFreeSlots(Math.max(0, slots - held.size()));
    held.values().forEach(holding -> status.addHeld(holding.task));
    return status.build();
  }

  /** Finishes what is due, says again what has no answer, stops what nobody renews. */
  void work(long now) {
    for (Holding holding : List.copyOf(held.values())) {
      if (holding.result == null && now - (holding.leaseEndNanos - MARGIN_NANOS) > 0) {
        // Nobody has answered for so long that somebody else may have the task.
        held.remove(holding.task.getFence());
        history.count("work stopped before its lease ended");
      } else if (holding.result == null && now - holding.overNanos >= 0) {
        holding.finish(chance.nextDouble() < FAILING);
        say(holding, now);
      } else if (holding.result != null && now - holding.saidNanos > AGAIN_NANOS) {
        say(holding, now);
      }
    }
  }

  private void say(Holding holding, long now) {
    if (holding.result != null) {
      holding.said(now);
      out.accept(ConnectRequest.newBuilder().setResult(holding.result));
    }
  }

  void assigned(Assign assign, long now) {
    TaskRef task = assign.getTask();
    if (!held.containsKey(task.getFence()) && chance.nextDouble() < DEAF) {
      history.count("assignments that were not answered");
      return;
    }
    long work = chance.nextLong(LEAST_WORK_MILLIS, MOST_WORK_MILLIS);
    held.putIfAbsent(task.getFence(), new Holding(task, now + work * 1_000_000L, now + leaseNanos));
    history.add(new Happening.Assigned(id, Holding.attempt(task), held.size(), slots));
    out.accept(ConnectRequest.newBuilder().setAccept(Accept.newBuilder().setTask(task)));
    out.accept(ConnectRequest.newBuilder().setStarted(Started.newBuilder().setTask(task)));
  }

  void cancelled(TaskRef task) {
    held.remove(task.getFence());
    out.accept(
        ConnectRequest.newBuilder()
            .setCancelled(Cancelled.newBuilder().setTask(task).setHow("TERM")));
  }

  void acknowledged(ResultAck ack) {
    Holding holding = held.remove(ack.getTask().getFence());
    Verdict verdict = Holding.verdict(ack.getVerdict());
    history.count("results " + verdict);
    // Of what was dropped meanwhile nobody here knows how it ended, but that it must be there.
    boolean ok =
        holding != null
            && holding.result != null
            && holding.result.getOutcome() == Outcome.OUTCOME_OK;
    if (holding != null && verdict == Verdict.COMMITTED) {
      history.committed(holding.firstSaidNanos);
    }
    history.add(
        new Happening.Acked(id, Holding.attempt(ack.getTask()), ack.getResultId(), ok, verdict));
  }
}
