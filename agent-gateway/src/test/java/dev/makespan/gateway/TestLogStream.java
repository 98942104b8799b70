package dev.makespan.gateway;

import com.google.protobuf.ByteString;
import dev.makespan.core.task.TaskRef;
import dev.makespan.proto.agent.v1.BulkServiceGrpc;
import dev.makespan.proto.agent.v1.LogChunk;
import dev.makespan.proto.agent.v1.WriteLogsOpen;
import dev.makespan.proto.agent.v1.WriteLogsRequest;
import dev.makespan.proto.agent.v1.WriteLogsResponse;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A stream that writes a log as a test tells it to. */
final class TestLogStream implements AutoCloseable {

  private final ManagedChannel channel;
  private final StreamObserver<WriteLogsRequest> requests;
  private final BlockingQueue<Long> positions = new LinkedBlockingQueue<>();
  private final CompletableFuture<Status> ended = new CompletableFuture<>();
  private volatile long position = -1;

  TestLogStream(int port) {
    channel = NettyChannelBuilder.forAddress("localhost", port).usePlaintext().build();
    requests = BulkServiceGrpc.newStub(channel).writeLogs(new FromGateway());
  }

  static TestLogStream open(int port, String session, TaskRef attempt) {
    TestLogStream stream = new TestLogStream(port);
    stream.say(
        WriteLogsRequest.newBuilder()
            .setOpen(WriteLogsOpen.newBuilder().setSessionId(session).setTask(ref(attempt)))
            .build());
    return stream;
  }

  static dev.makespan.proto.agent.v1.TaskRef ref(TaskRef attempt) {
    return dev.makespan.proto.agent.v1.TaskRef.newBuilder()
        .setRunId(attempt.run().value())
        .setTask(attempt.task().value())
        .setFence(attempt.fence())
        .build();
  }

  void say(WriteLogsRequest message) {
    requests.onNext(message);
  }

  void say(long sequence, long offset, String text, boolean last) {
    say(
        WriteLogsRequest.newBuilder()
            .setChunk(
                LogChunk.newBuilder()
                    .setSequence(sequence)
                    .setOffset(offset)
                    .setData(ByteString.copyFromUtf8(text))
                    .setLast(last))
            .build());
  }

  boolean isReady() {
    return ((ClientCallStreamObserver<WriteLogsRequest>) requests).isReady();
  }

  /** Says as much as the stream takes, until so many bytes were said or it has ended. */
  long flood(long bytes) {
    ByteString data = ByteString.copyFrom(new byte[65_536]);
    long sequence = 0;
    while (sequence * data.size() < bytes && !ended.isDone()) {
      if (!isReady()) {
        LockSupport.parkNanos(50_000);
        continue;
      }
      sequence++;
      say(
          WriteLogsRequest.newBuilder()
              .setChunk(
                  LogChunk.newBuilder()
                      .setSequence(sequence)
                      .setOffset((sequence - 1) * data.size())
                      .setData(data))
              .build());
    }
    return sequence;
  }

  void complete() {
    requests.onCompleted();
  }

  void awaitPosition(long wanted) throws InterruptedException {
    while (position < wanted) {
      Long next = positions.poll(FakeScheduler.PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError(
            "expected position " + wanted + ", was " + position + ", " + ended.getNow(null));
      }
      position = next;
    }
  }

  long position() {
    return position;
  }

  Status end() {
    return ended.orTimeout(FakeScheduler.PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }

  private final class FromGateway implements StreamObserver<WriteLogsResponse> {

    @Override
    public void onNext(WriteLogsResponse message) {
      positions.add(message.getPosition());
    }

    @Override
    public void onError(Throwable cause) {
      ended.complete(Status.fromThrowable(cause));
    }

    @Override
    public void onCompleted() {
      ended.complete(Status.OK);
    }
  }
}
