package dev.makespan.gateway;

import static dev.makespan.gateway.Messages.ref;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.makespan.core.session.AgentSays;
import dev.makespan.core.session.GatewaySays;
import dev.makespan.core.task.TaskRef;
import dev.makespan.proto.agent.v1.ConnectRequest;
import dev.makespan.proto.gateway.v1.AttemptRecordServiceGrpc;
import dev.makespan.proto.gateway.v1.ReadLogRequest;
import dev.makespan.proto.gateway.v1.ReadLogResponse;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Logs and artifacts over the real doors. */
@QuarkusTest
@QuarkusTestResource(value = FakeSchedulerResource.class, restrictToAnnotatedClass = true)
class RecordsTest {

  private static final long FLOOD_BYTES = 64L << 20;

  /** Each test has attempts that no run of tests has had before. */
  private final long fence = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);

  @TestHTTPResource("/")
  @Nullable URI address;

  @Nullable FakeScheduler injected;

  private int port() {
    return address == null ? 0 : address.getPort();
  }

  private FakeScheduler scheduler() {
    if (injected == null) {
      throw new AssertionError("no scheduler was injected");
    }
    return injected;
  }

  private TestAgent holder(String session, TaskRef attempt) throws InterruptedException {
    TestAgent agent = TestAgent.welcomed(port(), session);
    scheduler().say(session, Messages.assign(attempt));
    agent.expect(GatewaySays.Assign.class);
    agent.say(new AgentSays.Accept(attempt));
    return agent;
  }

  private List<ReadLogResponse> read(TaskRef attempt, long after) {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("localhost", port()).usePlaintext().build();
    try {
      List<ReadLogResponse> all = new ArrayList<>();
      Iterator<ReadLogResponse> answers =
          AttemptRecordServiceGrpc.newBlockingStub(channel)
              .readLog(
                  ReadLogRequest.newBuilder()
                      .setTask(TestLogStream.ref(attempt))
                      .setAfterSequence(after)
                      .build());
      answers.forEachRemaining(all::add);
      return all;
    } finally {
      channel.shutdownNow();
    }
  }

  private String text(TaskRef attempt) {
    return read(attempt, 0).stream()
        .map(ReadLogResponse::getData)
        .reduce(ByteString.EMPTY, ByteString::concat)
        .toStringUtf8();
  }

  @Test
  void whatTheHolderWritesIsReadWhileItIsWritten() throws InterruptedException {
    TaskRef attempt = ref(fence);
    try (TestAgent agent = holder("writes", attempt);
        TestLogStream log = TestLogStream.open(port(), "writes", attempt)) {
      log.awaitPosition(0);
      log.say(1, 0, "hello ", false);
      log.awaitPosition(1);

      assertThat(text(attempt)).isEqualTo("hello ");

      log.say(2, 6, "world", true);
      log.complete();
      assertThat(log.end().getCode()).isEqualTo(Status.Code.OK);
      assertThat(read(attempt, 1)).hasSize(1).allMatch(ReadLogResponse::getLast);
      assertThat(agent.isOpen()).isTrue();
    }
  }

  @Test
  void aLogThatWasBrokenOffGoesOnFromItsPosition() throws InterruptedException {
    TaskRef attempt = ref(fence);
    try (TestAgent agent = holder("returns", attempt)) {
      try (TestLogStream first = TestLogStream.open(port(), "returns", attempt)) {
        first.awaitPosition(0);
        first.say(1, 0, "one ", false);
        first.say(2, 4, "two ", false);
        first.awaitPosition(2);
      }

      try (TestLogStream second = TestLogStream.open(port(), "returns", attempt)) {
        second.awaitPosition(2);
        second.say(2, 4, "two ", false);
        second.say(3, 8, "three", false);
        second.awaitPosition(3);
      }

      assertThat(text(attempt)).isEqualTo("one two three");
      assertThat(agent.isOpen()).isTrue();
    }
  }

  @Test
  void aGapEndsThatStreamWithAReason() throws InterruptedException {
    TaskRef attempt = ref(fence);
    try (TestAgent agent = holder("gaps", attempt);
        TestLogStream log = TestLogStream.open(port(), "gaps", attempt)) {
      log.awaitPosition(0);

      log.say(2, 0, "second", false);

      assertThat(log.end().getCode()).isEqualTo(Status.Code.OUT_OF_RANGE);
      assertThat(log.end().getDescription()).contains("expected 1, was 2");
      assertThat(agent.isOpen()).isTrue();
    }
  }

  @Test
  void whoDoesNotHoldTheAttemptWritesNothing() throws InterruptedException {
    TaskRef attempt = ref(fence);
    try (TestAgent holder = holder("holder", attempt);
        TestAgent other = TestAgent.welcomed(port(), "other");
        TestLogStream strange = TestLogStream.open(port(), "other", attempt);
        TestLogStream unknown = TestLogStream.open(port(), "holder", ref(fence - 1))) {
      other.say(new AgentSays.Status(List.of(attempt), 0));
      scheduler().expectSaid("other", ConnectRequest.MessageCase.STATUS);

      assertThat(strange.end().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
      assertThat(unknown.end().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
      try (TestLogStream afterStatus = TestLogStream.open(port(), "other", attempt)) {
        assertThat(afterStatus.end().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
      }
      assertThat(read(attempt, 0)).isEmpty();
      assertThat(holder.isOpen()).isTrue();
    }
  }

  @Test
  void nonsenseEndsTheStreamAndNotTheAgent() throws InterruptedException {
    TaskRef attempt = ref(fence);
    try (TestAgent agent = holder("nonsense", attempt);
        TestLogStream hasty = new TestLogStream(port());
        TestLogStream far = TestLogStream.open(port(), "nonsense", attempt)) {
      hasty.say(1, 0, "no open", false);
      far.awaitPosition(0);
      far.say(0, -1, "", false);

      assertThat(hasty.end().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
      assertThat(far.end().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
      assertThat(agent.isOpen()).isTrue();
    }
  }

  @Test
  void aFloodOfLogsDelaysNoControlMessage() throws InterruptedException {
    TaskRef attempt = ref(fence);
    try (TestAgent agent = holder("floods", attempt);
        TestAgent other = TestAgent.welcomed(port(), "calm");
        TestLogStream log = TestLogStream.open(port(), "floods", attempt)) {
      log.awaitPosition(0);
      Thread flood = Thread.ofPlatform().start(() -> log.flood(FLOOD_BYTES));
      List<Duration> delays = new ArrayList<>();

      for (int i = 1; flood.isAlive(); i++) {
        long begin = System.nanoTime();
        scheduler().say("floods", new GatewaySays.Nack("during the flood " + i));
        agent.expect(GatewaySays.Nack.class);
        delays.add(Duration.ofNanos(System.nanoTime() - begin));
      }

      flood.join();
      log.awaitPosition(FLOOD_BYTES / 65_536);
      assertThat(delays).hasSizeGreaterThan(1);
      assertThat(delays.stream().sorted().toList().get(delays.size() / 2))
          .isLessThan(Duration.ofMillis(250));
      assertThat(other.isOpen()).isTrue();
    }
  }
}
