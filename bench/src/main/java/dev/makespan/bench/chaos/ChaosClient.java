package dev.makespan.bench.chaos;

import dev.makespan.proto.plan.v1.CreatePlanRequest;
import dev.makespan.proto.plan.v1.PlanServiceGrpc;
import dev.makespan.proto.plan.v1.PlanSource;
import dev.makespan.proto.run.v1.CancelRunRequest;
import dev.makespan.proto.run.v1.RunServiceGrpc;
import dev.makespan.proto.run.v1.StartRunRequest;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongPredicate;

/**
 * Starts runs under request ids of its own and repeats each until it is answered, and now and then
 * after that; cancels some. One thread.
 */
final class ChaosClient implements AutoCloseable {

  static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final double REPEATING = 0.3;
  private static final double CANCELLING = 0.1;

  private final List<ManagedChannel> planners = new ArrayList<>();
  private final List<String> plans;
  private final int liveRuns;
  private final LongPredicate finished;
  private final History history;
  private final Random chance;
  private final String prefix;
  private final List<Long> live = new ArrayList<>();
  private volatile boolean going = true;
  private volatile long answeredCallNanos;
  private int started;
  private int turn;

  /**
   * @param liveRuns so many runs at once
   * @param finished whether a run has ended, as the journal says
   */
  ChaosClient(
      List<Integer> ports,
      List<String> plans,
      int liveRuns,
      LongPredicate finished,
      History history,
      long seed) {
    ports.forEach(port ->
        planners.add(NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build()));
    this.plans = List.copyOf(plans);
    this.liveRuns = liveRuns;
    this.finished = finished;
    this.history = history;
    this.chance = new Random(seed);
    this.prefix = "chaos-" + seed + "-";
  }

  void upload(PlanModel plan) {
    answer(channel ->
        PlanServiceGrpc.newBlockingStub(channel)
            .withDeadlineAfter(PATIENCE.multipliedBy(5).toMillis(), TimeUnit.MILLISECONDS)
            .createPlan(
                CreatePlanRequest.newBuilder()
                    .setSource(
                        PlanSource.newBuilder()
                            .setFileName(plan.name() + ".yaml")
                            .setContent(plan.yaml()))
                    .setAcceptWarnings(true)
                    .build()));
  }

  /** Until {@link #stop}. */
  void run() {
    while (going) {
      live.removeIf(finished::test);
      if (live.size() < liveRuns) {
        start();
      } else if (chance.nextDouble() < CANCELLING / liveRuns) {
        cancel(live.get(chance.nextInt(live.size())));
      }
      Waiting.lasting(PAUSE);
    }
  }

  private void start() {
    StartRunRequest request =
        StartRunRequest.newBuilder()
            .setPlanName(plans.get(started % plans.size()))
            .setRequestId(prefix + started)
            .build();
    started++;
    int times = chance.nextDouble() < REPEATING ? 2 : 1;
    for (int i = 0; i < times && going; i++) {
      Optional<Long> run = answer(channel -> stub(channel).startRun(request).getRun().getId());
      run.ifPresent(id -> {
        history.add(new Happening.StartAnswered(request.getRequestId(), id));
        if (!live.contains(id)) {
          live.add(id);
        }
      });
    }
  }

  private void cancel(long run) {
    CancelRunRequest request =
        CancelRunRequest.newBuilder()
            .setRunId(run)
            .setReason("the client has changed its mind")
            .build();
    answer(channel -> stub(channel).cancelRun(request))
        .ifPresent(_ -> {
          history.count("runs cancelled");
          history.add(new Happening.CancelAnswered(run));
        });
  }

  private static RunServiceGrpc.RunServiceBlockingStub stub(ManagedChannel channel) {
    return RunServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Asks one planner after the other until one says something final; empty: it was told to stop, or
   * no.
   */
  private <T> Optional<T> answer(Function<ManagedChannel, T> call) {
    while (going) {
      long began = System.nanoTime();
      ManagedChannel channel = planners.get(turn % planners.size());
      turn++;
      channel.resetConnectBackoff();
      try {
        T answer = call.apply(channel);
        answeredCallNanos = began;
        return Optional.of(answer);
      } catch (StatusRuntimeException e) {
        Status.Code code = e.getStatus().getCode();
        switch (code) {
          case UNAVAILABLE, DEADLINE_EXCEEDED, ABORTED, RESOURCE_EXHAUSTED, CANCELLED ->
              history.count("calls of unknown outcome or refused for now");
          case FAILED_PRECONDITION -> {
            answeredCallNanos = began;
            return Optional.empty();
          }
          default -> {
            history.count("calls answered with " + code);
            history.trouble(code + ": " + e.getStatus().getDescription());
          }
        }
        Waiting.lasting(PAUSE);
      }
    }
    return Optional.empty();
  }

  /** Whether a call that was begun after {@code nanos} has been answered. From any thread. */
  boolean hasAnswerSince(long nanos) {
    return answeredCallNanos - nanos > 0;
  }

  /** No new runs. */
  void stop() {
    going = false;
  }

  @Override
  public void close() {
    stop();
    planners.forEach(ManagedChannel::shutdownNow);
  }
}
