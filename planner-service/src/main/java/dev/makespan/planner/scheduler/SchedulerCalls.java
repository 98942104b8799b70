package dev.makespan.planner.scheduler;

import dev.makespan.planner.Answer;
import dev.makespan.planner.Refusal;
import dev.makespan.planner.wire.Statuses;
import dev.makespan.proto.scheduler.v1.SchedulerServiceGrpc;
import dev.makespan.proto.scheduler.v1.SchedulerServiceGrpc.SchedulerServiceBlockingStub;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Unary calls with a deadline, repeated while the scheduler is away for a short time. */
final class SchedulerCalls {

  private static final Logger LOG = Logger.getLogger(SchedulerCalls.class);

  /** One try; a call that takes longer is not repeated, since it may be too much for good. */
  static final Duration DEADLINE = Duration.ofSeconds(10);

  private final Replicas replicas;
  private final Patience patience;

  SchedulerCalls(Replicas replicas, Patience patience) {
    this.replicas = replicas;
    this.patience = patience;
  }

  /** Blocks; every call must bear repetition. */
  <T> Answer<T> call(Function<SchedulerServiceBlockingStub, T> call) {
    long end = System.nanoTime() + patience.total().toNanos();
    Route route = new Route(replicas);
    for (int n = 0; ; n++) {
      try {
        T answer = call.apply(stub(route.channel()));
        route.answered();
        return Answer.of(answer);
      } catch (StatusRuntimeException failure) {
        boolean again = isAway(failure) && System.nanoTime() < end;
        if (!again || !(route.failed(failure) || pause(n))) {
          return Answer.refused(refusal(failure));
        }
      }
    }
  }

  Refusal refusal(StatusRuntimeException failure) {
    return switch (failure.getStatus().getCode()) {
      case UNAVAILABLE, CANCELLED, UNKNOWN, INTERNAL -> {
        LOG.warnf("no answer from the scheduler: %s", failure.getStatus());
        yield unavailable("SCHEDULER_UNREACHABLE", "can't be reached; try again later");
      }
      case DEADLINE_EXCEEDED -> unavailable("SCHEDULER_SILENT", "has not answered in time");
      default -> Statuses.refusalOf(failure);
    };
  }

  private Refusal unavailable(String reason, String what) {
    return Refusal.of(
        Refusal.Kind.UNAVAILABLE, reason, "the scheduler at " + replicas.name() + " " + what);
  }

  private static boolean isAway(StatusRuntimeException failure) {
    return failure.getStatus().getCode() == Status.Code.UNAVAILABLE;
  }

  private static SchedulerServiceBlockingStub stub(ManagedChannel channel) {
    return SchedulerServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
  }

  private boolean pause(int n) {
    try {
      Thread.sleep(patience.pause(n));
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
