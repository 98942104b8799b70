package dev.makespan.bench.chaos;

import dev.makespan.core.session.ReconnectBackoff;
import dev.makespan.proto.agent.v1.ConnectRequest;
import dev.makespan.proto.agent.v1.ConnectResponse;
import dev.makespan.proto.agent.v1.Hello;
import dev.makespan.proto.agent.v1.ReportResultRequest;
import dev.makespan.proto.agent.v1.Result;
import dev.makespan.proto.agent.v1.ResultAck;
import dev.makespan.proto.agent.v1.Welcome;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * An agent from nothing but the contract, which can be killed and stopped. It shares no line with
 * the agent of the suite, so that a mistake there is not made here too. Everything happens on its
 * crowd's one thread.
 */
final class ChaosAgent {

  private static final long WELCOME_NANOS = Duration.ofSeconds(3).toNanos();
  private static final int SILENT_INTERVALS = 3;

  private final AgentCrowd crowd;
  private final String id;
  private final int slots;
  private final Random chance;
  private final AgentHands hands;
  private final Deque<Runnable> unheard = new ArrayDeque<>();
  private @Nullable AgentLink link;
  private int gateway;
  private int failures;
  private boolean open;
  private boolean dead;
  private boolean stopped;
  private long statusNanos = Duration.ofSeconds(1).toNanos();
  private long nextStatusNanos;
  private long connectedNanos;
  private long heardNanos;
  private long retryNanos;
  private volatile long welcomedNanos;
  private volatile int welcomedAt = -1;

  ChaosAgent(AgentCrowd crowd, String id, int slots, int gateway, long seed) {
    this.crowd = crowd;
    this.id = id;
    this.slots = slots;
    this.gateway = gateway;
    this.chance = new Random(seed);
    this.hands = new AgentHands(crowd.history(), id, slots, chance, this::say);
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
    return hands.size();
  }

  /** It is gone, without a word and with all that it holds. */
  void kill() {
    dead = true;
    hands.dropAll();
    hangUp();
  }

  /** It neither hears nor says anything until it wakes; its connection stays. */
  void stop() {
    stopped = true;
  }

  /** It knows nothing of the time that has passed: first it says what it has to say. */
  void wake(long now) {
    stopped = false;
    hands.finishAll(now).forEach(this::report);
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
    if (hands.size() > 0 && now - heardNanos > SILENT_INTERVALS * statusNanos) {
      crowd.history().count("agents that found their gateway silent");
      lost(now);
      return;
    }
    hands.work(now);
    if (now - nextStatusNanos >= 0) {
      nextStatusNanos = now + statusNanos;
      say(ConnectRequest.newBuilder().setStatus(hands.status()));
    }
  }

  /** Beside the stream. */
  private void report(Result result) {
    if (link != null) {
      link.report(
          ReportResultRequest.newBuilder()
              .setSessionId(session())
              .setAgentId(id)
              .setResult(result)
              .build());
    }
  }

  /** What a report beside the stream hears; null: nothing. */
  void reported(@Nullable ResultAck ack) {
    if (ack == null) {
      crowd.history().count("reports beside the stream without an answer");
    } else {
      hear(() -> hands.acknowledged(ack));
    }
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
    hands.declare(hello);
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
      case ASSIGN -> hands.assigned(message.getAssign(), now);
      case RESULT_ACK -> hands.acknowledged(message.getResultAck());
      case CANCEL -> hands.cancelled(message.getCancel().getTask());
      case RETRACT -> hands.drop(message.getRetract().getTask());
      case LEASE -> hands.lease(message.getLease(), now);
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
    nextStatusNanos = now + (long) (statusNanos * chance.nextDouble());
    hands.welcome(welcome, now);
    welcomedAt = gateway;
    welcomedNanos = now;
  }

  private void say(ConnectRequest.Builder message) {
    if (link != null) {
      link.say(message.build());
    }
  }
}
