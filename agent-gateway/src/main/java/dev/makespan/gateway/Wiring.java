package dev.makespan.gateway;

import dev.makespan.core.session.SessionClocks;
import dev.makespan.core.session.SessionLimits;
import dev.makespan.gateway.grpc.LargeSpecs;
import dev.makespan.gateway.grpc.Replicas;
import dev.makespan.gateway.grpc.SchedulerLinks;
import dev.makespan.gateway.grpc.ShardOuts;
import dev.makespan.gateway.records.Holdings;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Puts the gateway together; alone knows time, chance and both worlds. */
@Singleton
public class Wiring {

  /** Finds a half-open link; the streams of agents have their status for that. */
  private static final long KEEP_ALIVE_SECONDS = 10;

  /** Assignments are the largest of what the scheduler says. */
  private static final int MAX_LINK_MESSAGE_BYTES = 16 * 1024 * 1024;

  /** Runs on although somebody sets the wall clock. */
  @Produces
  @Singleton
  InstantSource time() {
    Instant start = Instant.now();
    long origin = System.nanoTime();
    return () -> start.plusNanos(System.nanoTime() - origin);
  }

  @Produces
  @Singleton
  Clockwork clock() {
    return new Clockwork(
        Executors.newSingleThreadScheduledExecutor(task -> {
          Thread thread = new Thread(task, "gateway-clock");
          thread.setDaemon(true);
          return thread;
        }));
  }

  @Produces
  @Singleton
  ShardOuts scheduler(InstantSource time) {
    return new ShardOuts(new Homes(), time);
  }

  @Produces
  @Singleton
  Sessions sessions(
      ShardOuts scheduler, Holdings holdings, GatewayConfig config, InstantSource time) {
    return new Sessions(
        scheduler,
        holdings,
        new SessionClocks(
            config.helloTimeout(),
            config.welcomeTimeout(),
            config.silentIntervals(),
            config.renewal(),
            config.overlap()),
        new SessionLimits(
            config.messagesPerSecond(), config.messagesPerSlotPerSecond(), config.burstSeconds()),
        time,
        Wiring::chance,
        config.maxStreams(),
        config.outboxLimit());
  }

  @Produces
  @Singleton
  Reports reports(ShardOuts scheduler, GatewayConfig config, InstantSource time) {
    return new Reports(scheduler, time, config.reportTimeout());
  }

  @Produces
  @Singleton
  SchedulerLinks links(
      GatewayConfig config, ShardOuts outs, Sessions sessions, Reports reports, Clockwork clock) {
    String only = config.scheduler().host() + ":" + config.scheduler().port();
    return new SchedulerLinks(
        config.id().orElseGet(() -> "gateway-" + UUID.randomUUID()),
        new Replicas(config.scheduler().addresses().orElse(List.of(only)), Wiring::channel),
        outs,
        sessions,
        reports,
        clock.timer(),
        Wiring::chance);
  }

  private static double chance() {
    return ThreadLocalRandom.current().nextDouble();
  }

  @Produces
  @Singleton
  LargeSpecs largeSpecs(InstantSource time) {
    return new LargeSpecs(time);
  }

  private static ManagedChannel channel(String address) {
    return NettyChannelBuilder.forTarget(address)
        .usePlaintext()
        // Nothing that a link's listener does takes long or blocks.
        .directExecutor()
        .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
        .maxInboundMessageSize(MAX_LINK_MESSAGE_BYTES)
        .build();
  }
}
