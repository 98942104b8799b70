package dev.makespan.planner.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import dev.makespan.planner.Answer;
import dev.makespan.planner.ObservedEvent;
import dev.makespan.planner.ObservedRun;
import dev.makespan.planner.Refusal;
import dev.makespan.proto.run.v1.Run;
import dev.makespan.proto.run.v1.RunEvent;
import dev.makespan.proto.run.v1.TaskReady;
import dev.makespan.proto.scheduler.v1.GetRunRequest;
import dev.makespan.proto.scheduler.v1.GetRunResponse;
import dev.makespan.proto.scheduler.v1.SchedulerServiceGrpc;
import dev.makespan.proto.scheduler.v1.WatchRunRequest;
import dev.makespan.proto.scheduler.v1.WatchRunResponse;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Replicas that name the owner of a run instead of answering. */
class RedirectionTest {

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final Replica owner = new Replica();
  private final Replica other = new Replica();
  private final Replica third = new Replica();

  @BeforeEach
  void start() throws IOException {
    owner.start();
    other.start();
    third.start();
  }

  @AfterEach
  void stop() {
    owner.stop();
    other.stop();
    third.stop();
    timer.shutdownNow();
  }

  @Test
  void theReplicaThatIsNamedIsAskedAndAskedFirstFromThenOn() {
    other.names(owner.address());
    try (Replicas replicas = replicas(other.address())) {
      RemoteScheduler scheduler = scheduler(replicas, Duration.ofSeconds(10));

      Answer<ObservedRun> first = scheduler.run(7);
      Answer<ObservedRun> second = scheduler.run(8);

      assertThat(first).isInstanceOf(Answer.Given.class);
      assertThat(second).isInstanceOf(Answer.Given.class);
      assertThat(other.calls.get()).isEqualTo(1);
      assertThat(owner.calls.get()).isEqualTo(2);
    }
  }

  @Test
  void aDeadReplicaIsPassedOver() {
    String dead = third.address();
    third.stop();
    other.names(owner.address());
    try (Replicas replicas = replicas(dead, other.address())) {
      Answer<ObservedRun> answer = scheduler(replicas, Duration.ofSeconds(10)).run(7);

      assertThat(answer).isInstanceOf(Answer.Given.class);
    }
  }

  @Test
  void replicasThatNameEachOtherAreNotAskedForEver() {
    other.names(third.address());
    third.names(other.address());
    try (Replicas replicas = replicas(other.address())) {
      Answer<ObservedRun> answer = scheduler(replicas, Duration.ofMillis(300)).run(7);

      assertThat(answer).isInstanceOf(Answer.Refused.class);
      assertThat(((Answer.Refused<ObservedRun>) answer).refusal().kind())
          .isEqualTo(Refusal.Kind.UNAVAILABLE);
      assertThat(other.calls.get() + third.calls.get()).isLessThan(100);
    }
  }

  @Test
  void aWatchGoesOnAtTheReplicaThatIsNamed() throws Exception {
    other.names(owner.address());
    try (Replicas replicas = replicas(other.address())) {
      Heard heard = new Heard();

      scheduler(replicas, Duration.ofSeconds(10)).watch(7, 0).subscribe(heard);

      assertThat(heard.events.get(20, TimeUnit.SECONDS)).isEqualTo(1);
    }
  }

  private RemoteScheduler scheduler(Replicas replicas, Duration patience) {
    Patience some = new Patience(patience, new Random(1));
    return new RemoteScheduler(replicas, some, some, timer);
  }

  private static Replicas replicas(String... first) {
    return new Replicas(List.of(first), RedirectionTest::channel);
  }

  private static ManagedChannel channel(String address) {
    return NettyChannelBuilder.forTarget(address).usePlaintext().build();
  }

  /** Counts events until the end. */
  private static final class Heard implements Flow.Subscriber<ObservedEvent> {
    private final CompletableFuture<Integer> events = new CompletableFuture<>();
    private final AtomicInteger count = new AtomicInteger();

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(100);
    }

    @Override
    public void onNext(ObservedEvent event) {
      count.incrementAndGet();
    }

    @Override
    public void onError(Throwable failure) {
      events.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
      events.complete(count.get());
    }
  }

  /** Answers, or says who does. */
  private static final class Replica extends SchedulerServiceGrpc.SchedulerServiceImplBase {
    private final AtomicInteger calls = new AtomicInteger();
    private final Server server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(this)
            .build();
    private volatile String named = "";

    void start() throws IOException {
      server.start();
    }

    void stop() {
      server.shutdownNow();
    }

    String address() {
      return "localhost:" + server.getPort();
    }

    void names(String address) {
      named = address;
    }

    @Override
    public void getRun(GetRunRequest request, StreamObserver<GetRunResponse> caller) {
      calls.incrementAndGet();
      if (!named.isEmpty()) {
        caller.onError(notOwner());
        return;
      }
      Run run = Run.newBuilder().setId(request.getRunId()).build();
      caller.onNext(GetRunResponse.newBuilder().setRun(run).build());
      caller.onCompleted();
    }

    @Override
    public void watchRun(WatchRunRequest request, StreamObserver<WatchRunResponse> caller) {
      if (!named.isEmpty()) {
        caller.onError(notOwner());
        return;
      }
      RunEvent event =
          RunEvent.newBuilder()
              .setPosition(1)
              .setTask("a")
              .setTaskReady(TaskReady.getDefaultInstance())
              .build();
      caller.onNext(WatchRunResponse.newBuilder().setEvent(event).build());
      caller.onCompleted();
    }

    private StatusRuntimeException notOwner() {
      return StatusProto.toStatusRuntimeException(
          com.google.rpc.Status.newBuilder()
              .setCode(Code.UNAVAILABLE.getNumber())
              .setMessage("another replica owns shard 1")
              .addDetails(
                  Any.pack(
                      ErrorInfo.newBuilder()
                          .setDomain("makespan.dev")
                          .setReason("NOT_OWNER")
                          .putMetadata("owner", named)
                          .build()))
              .build());
    }
  }
}
