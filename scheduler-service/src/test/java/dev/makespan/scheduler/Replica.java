package dev.makespan.scheduler;

import dev.makespan.core.dispatch.ShardSettings;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Role;
import dev.makespan.core.session.AgentSays;
import dev.makespan.core.session.GatewaySays;
import dev.makespan.core.session.SessionId;
import dev.makespan.core.task.AgentId;
import dev.makespan.core.task.RunId;
import dev.makespan.core.task.TaskRef;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One scheduler process, without its gRPC door. */
final class Replica implements AutoCloseable {

  static final ShardSettings SETTINGS =
      new ShardSettings(
          Duration.ofSeconds(5),
          Duration.ofSeconds(5),
          Duration.ofMillis(500),
          Duration.ofSeconds(1),
          Duration.ofMillis(100),
          10);

  final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  final ShardOwner owner;
  final Runs runs;
  final Watching watching;
  final MeterRegistry meters = new SimpleMeterRegistry();

  Replica(String name, Journal journal) {
    this(name, journal, Duration.ofMillis(100), TestDatabase.EXPIRY);
  }

  Replica(String name, Journal journal, Duration heartbeat, Duration expiry) {
    ShardClock clock = new ShardClock(System::nanoTime);
    Meters counted = new Meters(meters);
    owner =
        new ShardOwner(
            journal,
            clock,
            new ShardOwner.Settings(new Member(name, name + ":1"), SETTINGS, heartbeat, expiry),
            new Random(1),
            threads,
            counted);
    runs = new Runs(owner, journal, clock, 100);
    watching = new Watching(owner, journal, counted);
    owner.start();
  }

  /** Writes of this replica that came too late and changed nothing. */
  long refusedWrites() {
    return (long) meters.counter("makespan.journal.refused").count();
  }

  void awaitOwnership() {
    Eventually.holds(() -> owner.standing() instanceof Standing.Owning);
  }

  RunId start(String requestId, Plan plan) {
    return switch (ask(requestId, plan)) {
      case RunAnswer.Found found -> found.view().spec().id();
      case RunAnswer other -> throw new AssertionError(other.toString());
    };
  }

  RunAnswer ask(String requestId, Plan plan) {
    return runs.start(
        new StartRequest(
            requestId, "00".repeat(32), plan, TestPlans.encoded(plan), 1, Map.of(), true, 1000, 1));
  }

  @Override
  public void close() {
    try {
      owner.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    threads.shutdownNow();
  }

  /** A link whose agents do everything at once, up to a number of results. */
  final class Agents implements Link {

    private final int shard;
    private final String session;
    private final AtomicInteger resultsLeft;

    Agents(String session, int results) {
      this(1, session, results);
    }

    Agents(int shard, String session, int results) {
      this.shard = shard;
      this.session = session;
      this.resultsLeft = new AtomicInteger(results);
    }

    void open(String role, int slots, List<TaskRef> held) {
      Eventually.holds(() -> owner.offer(new Mail.LinkOpened(this)) == null);
      say(
          new LinkInput.Opened(
              new AgentSays.Hello(
                  new SessionId(session),
                  new AgentId(session),
                  AgentSays.PROTOCOL_VERSION,
                  List.of(new Role(role)),
                  Map.of(),
                  slots,
                  held,
                  List.of(),
                  "test")));
    }

    private void say(LinkInput input) {
      @Nullable NotHere refusal = owner.offer(new Mail.LinkSays(this, input));
      if (refusal != null) {
        lost(refusal.message());
      }
    }

    private void say(AgentSays message) {
      say(new LinkInput.Said(new SessionId(session), message));
    }

    int resultsLeft() {
      return resultsLeft.get();
    }

    @Override
    public String gateway() {
      return "test";
    }

    @Override
    public int shard() {
      return shard;
    }

    @Override
    public void welcome(long generation) {}

    @Override
    public void beat() {}

    @Override
    public void say(SessionId to, GatewaySays message) {
      if (message instanceof GatewaySays.Assign assign && resultsLeft.get() > 0) {
        resultsLeft.decrementAndGet();
        say(new AgentSays.Accept(assign.task()));
        say(
            new AgentSays.Result(
                assign.task(),
                "r" + assign.task().fence(),
                AgentSays.Outcome.OK,
                "",
                Map.of(),
                List.of(),
                List.of()));
      }
    }

    @Override
    public void closeSession(SessionId closed, String reason) {}

    @Override
    public void taken() {}

    @Override
    public void lost(String reason) {}
  }
}
