package dev.makespan.bench.dispatch;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Agents on a bounded number of connections, all on one thread. */
final class AgentFleet implements AutoCloseable {

  private static final Duration OPENING = Duration.ofMinutes(2);
  private static final Duration CLOSING = Duration.ofSeconds(10);
  private static final long TICK_MILLIS = 100;

  /** Between two looks at how many were welcomed. */
  private static final Duration TURN = Duration.ofMillis(1);

  /** Streams that are begun at once; more would only wait in the gateway. */
  private static final int OPENING_AT_ONCE = 200;

  private final EventLoopGroup loops = new NioEventLoopGroup(1);
  private final EventLoop loop = loops.next();
  private final List<ManagedChannel> channels = new ArrayList<>();
  private final List<AgentSession> sessions = new ArrayList<>();
  private final CountDownLatch welcomes;
  private final AtomicInteger lost = new AtomicInteger();
  private final AtomicInteger troubles = new AtomicInteger();
  private final AtomicReference<@Nullable String> trouble = new AtomicReference<>();
  private volatile Work work = Work.NONE;

  private AgentFleet(int sessions) {
    this.welcomes = new CountDownLatch(sessions);
  }

  /** Returns when all are welcome. */
  static AgentFleet open(int port, String name, int sessions, int slots, int connections)
      throws InterruptedException {
    AgentFleet fleet = new AgentFleet(sessions);
    boolean open = false;
    try {
      fleet.connect(port, name, sessions, slots, Math.min(connections, sessions));
      open = true;
      return fleet;
    } finally {
      if (!open) {
        fleet.close();
      }
    }
  }

  private void connect(int port, String name, int count, int slots, int connections)
      throws InterruptedException {
    for (int i = 0; i < connections; i++) {
      channels.add(
          NettyChannelBuilder.forAddress("127.0.0.1", port)
              .usePlaintext()
              .eventLoopGroup(loops)
              .channelType(NioSocketChannel.class)
              .directExecutor()
              .build());
    }
    for (int i = 0; i < count; i++) {
      sessions.add(new AgentSession(this, name + "-" + i, slots));
    }
    var _ = loop.scheduleAtFixedRate(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    long end = System.nanoTime() + OPENING.toNanos();
    for (int i = 0; i < count && System.nanoTime() < end; i++) {
      AgentSession session = sessions.get(i);
      ManagedChannel channel = channels.get(i % connections);
      loop.execute(() -> session.connect(channel));
      while (i + 1 - (count - welcomes.getCount()) > OPENING_AT_ONCE && System.nanoTime() < end) {
        LockSupport.parkNanos(TURN.toNanos());
      }
    }
    if (!welcomes.await(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS)) {
      throw new IllegalStateException(
          "%d of %d agents were not welcomed within %d s; first trouble: %s"
              .formatted(welcomes.getCount(), count, OPENING.toSeconds(), trouble.get()));
    }
  }

  private void tick() {
    long now = System.nanoTime();
    sessions.forEach(session -> session.tick(now));
  }

  /** From here on agents do this; what was begun goes on in its own way. */
  void work(Work next) {
    work = next;
  }

  Work work() {
    return work;
  }

  /** The thread on which everything happens. */
  EventLoop loop() {
    return loop;
  }

  int size() {
    return sessions.size();
  }

  void welcomed() {
    welcomes.countDown();
  }

  void lost(String reason) {
    lost.incrementAndGet();
    trouble.compareAndSet(null, reason);
  }

  /** Of a run that is being cancelled nothing is a trouble. */
  void troubled(String what) {
    if (work.equals(Work.NONE)) {
      return;
    }
    troubles.incrementAndGet();
    trouble.compareAndSet(null, what);
  }

  /** What went wrong, in a line; empty: nothing. */
  String trouble() {
    String first = trouble.get();
    return first == null
        ? ""
        : "%d streams lost, %d other troubles; first: %s"
            .formatted(lost.get(), troubles.get(), first);
  }

  @Override
  public void close() {
    loop.submit(() -> sessions.forEach(AgentSession::leave))
        .awaitUninterruptibly(CLOSING.toMillis());
    channels.forEach(ManagedChannel::shutdown);
    try {
      for (ManagedChannel channel : channels) {
        channel.awaitTermination(CLOSING.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    channels.forEach(ManagedChannel::shutdownNow);
    loops.shutdownGracefully(0, CLOSING.toMillis(), TimeUnit.MILLISECONDS).awaitUninterruptibly();
  }
}
