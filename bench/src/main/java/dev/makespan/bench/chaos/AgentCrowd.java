package dev.makespan.bench.chaos;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;

/** Agents in this process, each on a connection of its own, all on one thread. */
final class AgentCrowd implements AutoCloseable {

  private static final long TICK_MILLIS = 20;
  private static final long KEEP_ALIVE_SECONDS = 10;
  private static final long KEEP_ALIVE_ANSWER_SECONDS = 2;
  private static final Duration CLOSING = Duration.ofSeconds(5);

  private final EventLoopGroup loops = new NioEventLoopGroup(1);
  private final EventLoop loop = loops.next();
  private final String name;
  private final String role;
  private final int slots;
  private final IntUnaryOperator gatewayPort;
  private final History history;
  private final long seed;
  private final List<ChaosAgent> agents = new ArrayList<>();
  private int made;

  /**
   * @param role of all; one that no plan asks for makes idle agents
   * @param gatewayPort where gateway 0 and 1 are reached
   */
  AgentCrowd(
      String name,
      String role,
      int slots,
      IntUnaryOperator gatewayPort,
      History history,
      long seed) {
    this.name = name;
    this.role = role;
    this.slots = slots;
    this.gatewayPort = gatewayPort;
    this.history = history;
    this.seed = seed;
    var _ = loop.scheduleAtFixedRate(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Another agent, under a name that nobody had; it comes to {@code gateway} first. */
  ChaosAgent add(int gateway) {
    return ask(_ -> {
      ChaosAgent agent =
          new ChaosAgent(this, name + "-" + made, slots, gateway, seed * 1_000_003 + made);
      made++;
      agents.add(agent);
      return agent;
    });
  }

  /** On the crowd's thread; waits for the answer. */
  <T> T ask(Function<List<ChaosAgent>, T> question) {
    return loop.submit(() -> question.apply(agents)).syncUninterruptibly().getNow();
  }

  List<ChaosAgent> agents() {
    return ask(List::copyOf);
  }

  void kill(ChaosAgent agent) {
    ask(all -> {
      agent.kill();
      return all.remove(agent);
    });
  }

  private void tick() {
    long now = System.nanoTime();
    List.copyOf(agents).forEach(agent -> agent.tick(now));
  }

  ManagedChannel channel(int gateway) {
    return NettyChannelBuilder.forAddress("127.0.0.1", gatewayPort.applyAsInt(gateway))
        .usePlaintext()
        .eventLoopGroup(loops)
        .channelType(NioSocketChannel.class)
        .directExecutor()
        .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
        .keepAliveTimeout(KEEP_ALIVE_ANSWER_SECONDS, TimeUnit.SECONDS)
        .build();
  }

  String role() {
    return role;
  }

  History history() {
    return history;
  }

  @Override
  public void close() {
    ask(all -> {
      all.forEach(ChaosAgent::kill);
      all.clear();
      return true;
    });
    loops.shutdownGracefully(0, CLOSING.toMillis(), TimeUnit.MILLISECONDS).awaitUninterruptibly();
  }
}
