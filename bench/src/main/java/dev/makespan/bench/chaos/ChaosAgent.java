package dev.makespan.bench.chaos;

import dev.makespan.bench.chaos.Happening.Attempt;
import dev.makespan.bench.chaos.Happening.Verdict;
import dev.makespan.core.session.ReconnectBackoff;
import dev.makespan.proto.agent.v1.Accept;
import dev.makespan.proto.agent.v1.AgentServiceGrpc;
import dev.makespan.proto.agent.v1.Assign;
import dev.makespan.proto.agent.v1.Cancelled;
import dev.makespan.proto.agent.v1.ConnectRequest;
import dev.makespan.proto.agent.v1.ConnectResponse;
import dev.makespan.proto.agent.v1.HeldDecision;
import dev.makespan.proto.agent.v1.Hello;
import dev.makespan.proto.agent.v1.Outcome;
import dev.makespan.proto.agent.v1.ReportResultRequest;
import dev.makespan.proto.agent.v1.ReportResultResponse;
import dev.makespan.proto.agent.v1.Result;
import dev.makespan.proto.agent.v1.ResultAck;
import dev.makespan.proto.agent.v1.ResultVerdict;
import dev.makespan.proto.agent.v1.Started;
import dev.makespan.proto.agent.v1.Status;
import dev.makespan.proto.agent.v1.TaskRef;
import dev.makespan.proto.agent.v1.Welcome;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An agent from nothing but the contract, which can be killed and stopped. It shares no line with
 * the agent of the suite, so that a mistake there is not made here too. Everything happens on its
 * crowd's one thread.
 */
final class ChaosAgent {

  private static final long WELCOME_NANOS = Duration.ofSeconds(3).toNanos();
  private static final long MARGIN_NANOS = Duration.ofSeconds(2).toNanos();
  private static final long AGAIN_NANOS = Duration.ofSeconds(3).toNanos();
  private static final long REPORT_SECONDS = 10;
  private static final int SILENT_INTERVALS = 3;
  private static final double FAILING = 0.03;
  private static final double DEAF = 0.005;
  private static final long LEAST_WORK_MILLIS = 50;
  private static final long MOST_WORK_MILLIS = 350;

  private final AgentCrowd crowd;
  private final String id;
  private final int slots;
  private final Random chance;
  private final Map<Long, Holding> held = new LinkedHashMap<>();
  private final Deque<Runnable> unheard = new ArrayDeque<>();
  private @Nullable AgentLink link;
  private int gateway;
  private int failures;
  private boolean open;
  private boolean dead;
  private boolean stopped;
  private long statusNanos = Duration.ofSeconds(1).toNanos();
  private long leaseNanos = Duration.ofSeconds(30).toNanos();
  private long nextStatusNanos;
  private long connectedNanos;
  private long heardNanos;
  private long retryNanos;
  private volatile long welcomedNanos;
  private volatile int welcomedAt = -1;

  /** An accepted assignment, and its result once there is one. */
  private static final class Holding {
    final TaskRef task;
    final long overNanos;
    long leaseEndNanos;
    @Nullable Result result;
    long saidNanos;
    long firstSaidNanos;

    Holding(TaskRef task, long overNanos, long leaseEndNanos) {
      this.task = task;
      this.overNanos = overNanos;
      this.leaseEndNanos = leaseEndNanos;
    }
  }

  ChaosAgent(AgentCrowd crowd, String id, int slots, int gateway, long seed) {
    this.crowd = crowd;
    this.id = id;
    this.slots = slots;
    this.gateway = gateway;
    this.chance = new Random(seed);
  }

  String id() {
    return id;
  }

  /** The gateway at which it was welcomed last; -1: none. From any thread. */
  int welcomedAt() {
    return welcomedAt;
  }

  /** From any thread. */
  boolean isWelcomeSince(long nanos) {
    return welcomedNanos - nanos > 0;
  }

  long welcomedNanos() {
    return welcomedNanos;
  }

  int holds() {
    return held.size();
  }

  /** It is gone, without a word and with all that it holds. */
  void kill() {
    dead = true;
    held.clear();
    hangUp();
  }

  /** It neither hears nor says anything until it wakes; its connection stays. */
  void stop() {
    stopped = true;
  }

  /** It knows nothing of the time that has passed: first it says what it has to say. */
  void wake(long now) {
    stopped = false;
    for (Holding holding : List.copyOf(held.values())) {
      if (holding.result == null) {
        finish(holding);
      }
      report(holding, now);
    }
    while (!unheard.isEmpty() && !stopped) {
      unheard.removeFirst().run();
    }
  }

  void tick(long now) {
    if (dead || stopped) {
      return;
    }
    if (link == null) {
      if (now - retryNanos >= 0) {
        connect(now);
      }
      return;
    }
    if (!open) {
      if (now - connectedNanos > WELCOME_NANOS) {
        lost(now);
      }
      return;
    }
    if (!held.isEmpty() && now - heardNanos > SILENT_INTERVALS * statusNanos) {
      crowd.history().count("agents that found their gateway silent");
      lost(now);
      return;
    }
    work(now);
    if (now - nextStatusNanos >= 0) {
      nextStatusNanos = now + statusNanos;
      say(ConnectRequest.newBuilder().setStatus(status()));
    }
  }

  private Status status() {
    Status.Builder status = Status.newBuilder().setFreeSlots(Math.max(0, slots - held.size()));
    held.values().forEach(holding -> status.addHeld(holding.task));
    return status.build();
  }

  private void work(long now) {
    for (Holding holding : List.copyOf(held.values())) {
      if (holding.result == null && now - (holding.leaseEndNanos - MARGIN_NANOS) > 0) {
        // Nobody has answered for so long that somebody else may have the task.
        held.remove(holding.task.getFence());
        crowd.history().count("work stopped before its lease ended");
      } else if (holding.result == null && now - holding.overNanos >= 0) {
        finish(holding);
        say(holding, now);
      } else if (holding.result != null && now - holding.saidNanos > AGAIN_NANOS) {
        say(holding, now);
      }
    }
  }

  private void finish(Holding holding) {
    boolean failing = chance.nextDouble() < FAILING;
    holding.result =
        Result.newBuilder()
            .setTask(holding.task)
            .setResultId("r" + Long.toHexString(holding.task.getFence()))
            .setOutcome(failing ? Outcome.OUTCOME_FAILED : Outcome.OUTCOME_OK)
            .build();
  }

  private void say(Holding holding, long now) {
    if (holding.result != null && open) {
      said(holding, now);
      say(ConnectRequest.newBuilder().setResult(holding.result));
    }
  }

  private static void said(Holding holding, long now) {
    holding.saidNanos = now;
    if (holding.firstSaidNanos == 0) {
      holding.firstSaidNanos = now;
    }
  }

  /** Beside the stream. */
  private void report(Holding holding, long now) {
    if (link == null || holding.result == null) {
      return;
    }
    said(holding, now);
    AgentServiceGrpc.newStub(link.channel())
        .withDeadlineAfter(REPORT_SECONDS, TimeUnit.SECONDS)
        .reportResult(
            ReportResultRequest.newBuilder()
                .setSessionId(session())
                .setAgentId(id)
                .setResult(holding.result)
                .build(),
            new StreamObserver<>() {
              @Override
              public void onNext(ReportResultResponse response) {
                hear(() -> acknowledged(response.getAck()));
              }

              @Override
              public void onError(Throwable cause) {
                crowd.history().count("reports beside the stream without an answer");
              }

              @Override
              public void onCompleted() {}
            });
  }

  private String session() {
    return id + "-session";
  }

  void connect(long now) {
    connectedNanos = now;
    AgentLink next = new AgentLink(crowd.channel(gateway), this);
    link = next;
    Hello.Builder hello =
        Hello.newBuilder()
            .setSessionId(session())
            .setAgentId(id)
            .setProtocolVersion(1)
            .addRoles(crowd.role())
            .setSlots(slots)
            .setSoftware("makespan-chaos");
    held.values()
        .forEach(holding -> {
          if (holding.result == null) {
            hello.addHeld(holding.task);
          } else {
            hello.addUnacknowledged(holding.task);
          }
        });
    next.open();
    next.say(ConnectRequest.newBuilder().setHello(hello).build());
  }

  /** What a link hears. */
  void said(AgentLink by, ConnectResponse message) {
    hear(() -> {
      if (by == link && !dead) {
        said(message);
      }
    });
  }

  void ended(AgentLink by) {
    hear(() -> {
      if (by == link && !dead) {
        lost(System.nanoTime());
      }
    });
  }

  private void hear(Runnable news) {
    if (stopped) {
      unheard.add(news);
    } else {
      news.run();
    }
  }

  private void lost(long now) {
    hangUp();
    failures++;
    crowd.history().count("streams lost");
    gateway = (gateway + 1) % Town.PAIR;
    retryNanos = now + ReconnectBackoff.pause(failures, chance.nextDouble()).toNanos();
  }

  private void hangUp() {
    open = false;
    if (link != null) {
      link.close();
      link = null;
    }
  }

  private void said(ConnectResponse message) {
    long now = System.nanoTime();
    heardNanos = now;
    switch (message.getMessageCase()) {
      case WELCOME -> welcome(message.getWelcome(), now);
      case ASSIGN -> assigned(message.getAssign(), now);
      case RESULT_ACK -> acknowledged(message.getResultAck());
      case CANCEL -> cancelled(message.getCancel().getTask());
      case RETRACT -> held.remove(message.getRetract().getTask().getFence());
      case LEASE -> {
        Holding holding = held.get(message.getLease().getTask().getFence());
        if (holding != null && message.getLease().hasRenewedFor()) {
          holding.leaseEndNanos = now + leaseNanos;
        } else if (holding != null) {
          held.remove(holding.task.getFence());
          crowd.history().count("leases lost");
        }
      }
      case NACK -> crowd.history().count("nacks");
      case GO_AWAY -> lost(now);
      default -> {
        // A newer gateway says more, and nothing that this agent knows.
      }
    }
  }

  private void welcome(Welcome welcome, long now) {
    open = true;
    failures = 0;
    statusNanos = Math.max(1, welcome.getStatusInterval().getSeconds()) * 1_000_000_000L;
    leaseNanos = welcome.getLease().getSeconds() * 1_000_000_000L;
    nextStatusNanos = now + (long) (statusNanos * chance.nextDouble());
    for (HeldDecision decision : welcome.getHeldList()) {
      Holding holding = held.get(decision.getTask().getFence());
      if (holding != null && holding.result == null) {
        if (decision.getContinue()) {
          holding.leaseEndNanos = now + leaseNanos;
        } else {
          held.remove(holding.task.getFence());
          crowd.history().count("held work that was another's at the welcome");
        }
      }
    }
    held.values().forEach(holding -> say(holding, now));
    welcomedAt = gateway;
    welcomedNanos = now;
  }

  private void assigned(Assign assign, long now) {
    TaskRef task = assign.getTask();
    if (!held.containsKey(task.getFence()) && chance.nextDouble() < DEAF) {
      crowd.history().count("assignments that were not answered");
      return;
    }
    long work = chance.nextLong(LEAST_WORK_MILLIS, MOST_WORK_MILLIS);
    held.putIfAbsent(task.getFence(), new Holding(task, now + work * 1_000_000L, now + leaseNanos));
    crowd.history().add(new Happening.Assigned(id, attempt(task), held.size(), slots));
    say(ConnectRequest.newBuilder().setAccept(Accept.newBuilder().setTask(task)));
    say(ConnectRequest.newBuilder().setStarted(Started.newBuilder().setTask(task)));
  }

  private void cancelled(TaskRef task) {
    held.remove(task.getFence());
    say(
        ConnectRequest.newBuilder()
            .setCancelled(Cancelled.newBuilder().setTask(task).setHow("TERM")));
  }

  private void acknowledged(ResultAck ack) {
    Holding holding = held.remove(ack.getTask().getFence());
    Verdict verdict = verdict(ack.getVerdict());
    crowd.history().count("results " + verdict);
    if (holding == null || holding.result == null) {
      return;
    }
    if (verdict == Verdict.COMMITTED) {
      crowd.history().committed(holding.firstSaidNanos);
    }
    crowd
        .history()
        .add(
            new Happening.Acked(
                id,
                attempt(ack.getTask()),
                ack.getResultId(),
                holding.result.getOutcome() == Outcome.OUTCOME_OK,
                verdict));
  }

  private static Verdict verdict(ResultVerdict verdict) {
    return switch (verdict) {
      case RESULT_VERDICT_COMMITTED -> Verdict.COMMITTED;
      case RESULT_VERDICT_DUPLICATE -> Verdict.DUPLICATE;
      case RESULT_VERDICT_SUPERSEDED -> Verdict.SUPERSEDED;
      case RESULT_VERDICT_INVALID, RESULT_VERDICT_UNSPECIFIED, UNRECOGNIZED -> Verdict.INVALID;
    };
  }

  private static Attempt attempt(TaskRef task) {
    return new Attempt(task.getRunId(), task.getTask(), task.getFence());
  }

  private void say(ConnectRequest.Builder message) {
    if (link != null) {
      link.say(message.build());
    }
  }
}
