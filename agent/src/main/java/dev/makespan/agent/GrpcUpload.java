package dev.makespan.agent;

import com.google.protobuf.ByteString;
import dev.makespan.core.session.MadeArtifact;
import dev.makespan.core.session.SessionId;
import dev.makespan.core.task.TaskRef;
import dev.makespan.proto.agent.v1.BulkServiceGrpc;
import dev.makespan.proto.agent.v1.PutArtifactHeader;
import dev.makespan.proto.agent.v1.PutArtifactRequest;
import dev.makespan.proto.agent.v1.PutArtifactResponse;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** One file on its way to a gateway, at the gateway's pace: a few pieces of it are in memory. */
final class GrpcUpload implements ClientResponseObserver<PutArtifactRequest, PutArtifactResponse> {

  private static final int PIECE_BYTES = 1 << 18;
  private static final long MILLIS_PER_LOOK = 1_000;

  private final CompletableFuture<Bulk.Kept> kept = new CompletableFuture<>();

  private GrpcUpload() {}

  static Bulk.Kept put(
      BulkServiceGrpc.BulkServiceStub stub,
      SessionId session,
      TaskRef task,
      MadeArtifact made,
      Path file)
      throws IOException, InterruptedException {
    GrpcUpload upload = new GrpcUpload();
    ClientCallStreamObserver<PutArtifactRequest> to =
        (ClientCallStreamObserver<PutArtifactRequest>) stub.putArtifact(upload);
    try (InputStream content = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      to.onNext(header(session, task, made));
      upload.content(content, to);
      return upload.kept.get();
    } catch (ExecutionException | CancellationException e) {
      throw new IllegalStateException("what became of an upload is always told", e);
    } finally {
      if (!upload.kept.isDone()) {
        to.cancel("not read to its end", null);
      }
    }
  }

  private static PutArtifactRequest header(SessionId session, TaskRef task, MadeArtifact made) {
    return PutArtifactRequest.newBuilder()
        .setHeader(
            PutArtifactHeader.newBuilder()
                .setSessionId(session.value())
                .setTask(GrpcBulk.ref(task))
                .setArtifact(
                    dev.makespan.proto.agent.v1.MadeArtifact.newBuilder()
                        .setName(made.name())
                        .setSha256(made.sha256())
                        .setBytes(made.bytes())))
        .build();
  }

  /** Ends early when the gateway has said what it has to say. */
  private void content(InputStream from, ClientCallStreamObserver<PutArtifactRequest> to)
      throws IOException, InterruptedException {
    while (awaitReady(to)) {
      byte[] piece = from.readNBytes(PIECE_BYTES);
      if (piece.length == 0) {
        to.onCompleted();
        return;
      }
      to.onNext(PutArtifactRequest.newBuilder().setData(ByteString.copyFrom(piece)).build());
    }
  }

  private synchronized boolean awaitReady(ClientCallStreamObserver<PutArtifactRequest> to)
      throws InterruptedException {
    while (!to.isReady() && !kept.isDone()) {
      wait(MILLIS_PER_LOOK);
    }
    return !kept.isDone();
  }

  private synchronized void wake() {
    notifyAll();
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<PutArtifactRequest> starting) {
    starting.setOnReadyHandler(this::wake);
  }

  @Override
  public void onNext(PutArtifactResponse response) {
    kept.complete(new Bulk.Kept.Whole());
    wake();
  }

  @Override
  public void onError(Throwable cause) {
    Status status = Status.fromThrowable(cause);
    String reason = GrpcGateway.reasonOf(status);
    kept.complete(
        switch (status.getCode()) {
          case INVALID_ARGUMENT, ALREADY_EXISTS, UNIMPLEMENTED, RESOURCE_EXHAUSTED ->
              new Bulk.Kept.Never(reason);
          case OK,
              CANCELLED,
              UNKNOWN,
              DEADLINE_EXCEEDED,
              NOT_FOUND,
              PERMISSION_DENIED,
              UNAUTHENTICATED,
              FAILED_PRECONDITION,
              ABORTED,
              OUT_OF_RANGE,
              INTERNAL,
              UNAVAILABLE,
              DATA_LOSS ->
              new Bulk.Kept.NotNow(reason);
        });
    wake();
  }

  @Override
  public void onCompleted() {
    kept.complete(new Bulk.Kept.NotNow("the gateway has said nothing"));
    wake();
  }
}
