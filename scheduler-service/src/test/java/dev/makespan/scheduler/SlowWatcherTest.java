package dev.makespan.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.formats.plan.PlanProto;
import dev.makespan.postgres.testing.PostgresResource;
import dev.makespan.proto.agent.v1.Assign;
import dev.makespan.proto.agent.v1.ConnectRequest;
import dev.makespan.proto.agent.v1.Outcome;
import dev.makespan.proto.agent.v1.Result;
import dev.makespan.proto.run.v1.RunEvent;
import dev.makespan.proto.scheduler.v1.SchedulerServiceGrpc;
import dev.makespan.proto.scheduler.v1.StartRunRequest;
import dev.makespan.proto.scheduler.v1.WatchRunRequest;
import dev.makespan.proto.scheduler.v1.WatchRunResponse;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A watcher over the real door that does not read. What it has been sent fills the window of its
 * transport, which grpc-java widens up to eight megabytes by itself; here it stays small.
 */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class SlowWatcherTest {

  private static final int TASKS = 400;
  private static final int METRICS = 100;
  private static final int SECONDS = 60;
  private static final int WINDOW = 65_535;

  @TestHTTPResource URI here;

  private ManagedChannel channel;
  private ManagedChannel slowChannel;

  @BeforeEach
  @SuppressWarnings("NullAway")
  void connect() {
    channel = to(here).build();
    slowChannel = to(here).flowControlWindow(WINDOW).build();
  }

  private static NettyChannelBuilder to(URI server) {
    return NettyChannelBuilder.forAddress(server.getHost(), server.getPort()).usePlaintext();
  }

  @AfterEach
  void disconnect() {
    channel.shutdownNow();
    slowChannel.shutdownNow();
  }

  @Test
  void itIsDroppedCountedAndToldWhereToGoOnWhileOthersHearEverything() throws Exception {
    FakeGateway gateway = linked();
    gateway.open("slow", "agent-slow", 10, "slow");
    long run = start();
    Watcher stuck = new Watcher();
    Watcher brisk = new Watcher();
    SchedulerServiceGrpc.newStub(slowChannel).watchRun(from(run, 0), stuck);
    SchedulerServiceGrpc.newStub(channel).watchRun(from(run, 0), brisk);
    brisk.read(Integer.MAX_VALUE);
    double droppedBefore = dropped();

    work(gateway);

    Eventually.holds(() -> dropped() > droppedBefore);
    assertThat(brisk.end()).isEqualTo(Status.Code.OK);
    stuck.read(Integer.MAX_VALUE);
    assertThat(stuck.end()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    Watcher again = new Watcher();
    SchedulerServiceGrpc.newStub(channel).watchRun(from(run, stuck.last()), again);
    again.read(Integer.MAX_VALUE);
    assertThat(again.end()).isEqualTo(Status.Code.OK);
    List<Long> both = new ArrayList<>(stuck.positions);
    both.addAll(again.positions);
    assertThat(both).isEqualTo(brisk.positions);
    assertThat(both)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, both.size()).boxed().toList());
    gateway.leave();
  }

  private FakeGateway linked() throws InterruptedException {
    Eventually.holds(() -> status("/q/health/ready").statusCode() == 200);
    FakeGateway gateway = new FakeGateway(channel);
    assertThat(gateway.generation()).isPositive();
    return gateway;
  }

  private long start() {
    return SchedulerServiceGrpc.newBlockingStub(channel)
        .startRun(
            StartRunRequest.newBuilder()
                .setRequestId("slow-1")
                .setPlan(PlanProto.toProto(TestPlans.wide("slow", TASKS)))
                .setPlanVersion(1)
                .setSimulate(true)
                .setSpeed(60)
                .build())
        .getRun()
        .getId();
  }

  /** Results of 20 kB each. */
  private static void work(FakeGateway gateway) throws InterruptedException {
    for (int i = 0; i < TASKS; i++) {
      Assign assign = gateway.assignment();
      gateway.accept("slow", assign.getTask());
      Result.Builder result =
          Result.newBuilder()
              .setTask(assign.getTask())
              .setResultId("r" + i)
              .setOutcome(Outcome.OUTCOME_OK);
      for (int m = 0; m < METRICS; m++) {
        result.putMetrics("m".repeat(200) + m, m);
      }
      gateway.say("slow", ConnectRequest.newBuilder().setResult(result));
    }
  }

  private static WatchRunRequest from(long run, long position) {
    return WatchRunRequest.newBuilder().setRunId(run).setAfterPosition(position).build();
  }

  private double dropped() {
    return status("/q/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("makespan_watchers_dropped_total"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private HttpResponse<String> status(String path) {
    HttpRequest request =
        HttpRequest.newBuilder(here.resolve(path)).timeout(Duration.ofSeconds(20)).build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Reads one event, and more only when it is told to. */
  private static final class Watcher
      implements ClientResponseObserver<WatchRunRequest, WatchRunResponse> {
    private final List<Long> positions = Collections.synchronizedList(new ArrayList<>());
    private final CompletableFuture<Status.Code> end = new CompletableFuture<>();
    private final CompletableFuture<ClientCallStreamObserver<WatchRunRequest>> call =
        new CompletableFuture<>();

    @Override
    public void beforeStart(ClientCallStreamObserver<WatchRunRequest> started) {
      started.disableAutoRequestWithInitial(1);
      call.complete(started);
    }

    void read(int events) {
      call.join().request(events);
    }

    long last() {
      return positions.getLast();
    }

    Status.Code end() throws Exception {
      return end.get(SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void onNext(WatchRunResponse response) {
      RunEvent event = response.getEvent();
      positions.add(event.getPosition());
    }

    @Override
    public void onError(Throwable failure) {
      end.complete(Status.fromThrowable(failure).getCode());
    }

    @Override
    public void onCompleted() {
      end.complete(Status.Code.OK);
    }
  }
}
