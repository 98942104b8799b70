package dev.makespan.agent;

import com.google.protobuf.UnsafeByteOperations;
import dev.makespan.core.session.MadeArtifact;
import dev.makespan.core.session.SessionId;
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
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Brings logs and artifacts to a gateway over a connection that nothing else uses. */
final class GrpcBulk implements Bulk {

  private static final long KEEP_ALIVE_SECONDS = 20;

  private final ManagedChannel channel;

  GrpcBulk(String host, int port) {
    channel =
        NettyChannelBuilder.forAddress(host, port)
            .usePlaintext()
            .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
            .build();
  }

  void close() {
    channel.shutdownNow();
  }

  @Override
  public LogOut writeLog(SessionId session, TaskRef task, long oldest, LogListener listener) {
    channel.resetConnectBackoff();
    StreamObserver<WriteLogsRequest> requests =
        BulkServiceGrpc.newStub(channel).writeLogs(new FromGateway(listener));
    requests.onNext(
        WriteLogsRequest.newBuilder()
            .setOpen(
                WriteLogsOpen.newBuilder()
                    .setSessionId(session.value())
                    .setTask(ref(task))
                    .setOldestSequence(oldest))
            .build());
    return new GrpcLogOut((ClientCallStreamObserver<WriteLogsRequest>) requests);
  }

  @Override
  public Kept put(SessionId session, TaskRef task, MadeArtifact made, Path file)
      throws IOException, InterruptedException {
    channel.resetConnectBackoff();
    return GrpcUpload.put(BulkServiceGrpc.newStub(channel), session, task, made, file);
  }

  static dev.makespan.proto.agent.v1.TaskRef ref(TaskRef task) {
    return dev.makespan.proto.agent.v1.TaskRef.newBuilder()
        .setRunId(task.run().value())
        .setTask(task.task().value())
        .setFence(task.fence())
        .build();
  }

  private record GrpcLogOut(ClientCallStreamObserver<WriteLogsRequest> call) implements LogOut {

    @Override
    public boolean isReady() {
      return call.isReady();
    }

    @Override
    public void say(LogFeed.Piece piece) {
      call.onNext(
          WriteLogsRequest.newBuilder()
              .setChunk(
                  LogChunk.newBuilder()
                      .setSequence(piece.sequence())
                      .setOffset(piece.offset())
                      // Nobody changes them any more.
                      .setData(UnsafeByteOperations.unsafeWrap(piece.bytes().duplicate()))
                      .setLast(piece.last()))
              .build());
    }

    @Override
    public void complete() {
      call.onCompleted();
    }
  }

  private record FromGateway(LogListener listener)
      implements ClientResponseObserver<WriteLogsRequest, WriteLogsResponse> {

    @Override
    public void beforeStart(ClientCallStreamObserver<WriteLogsRequest> call) {
      call.setOnReadyHandler(listener::ready);
    }

    @Override
    public void onNext(WriteLogsResponse message) {
      listener.kept(message.getPosition());
    }

    @Override
    public void onError(Throwable cause) {
      Status status = Status.fromThrowable(cause);
      boolean forGood =
          status.getCode() == Status.Code.UNIMPLEMENTED
              || status.getCode() == Status.Code.INVALID_ARGUMENT;
      listener.ended(GrpcGateway.reasonOf(status), forGood);
    }

    @Override
    public void onCompleted() {
      listener.ended("the gateway has closed the log's stream", false);
    }
  }
}
