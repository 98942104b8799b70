package dev.makespan.planner.testing;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import dev.makespan.proto.agent.v1.MadeArtifact;
import dev.makespan.proto.gateway.v1.AttemptRecordServiceGrpc;
import dev.makespan.proto.gateway.v1.LinkArtifactRequest;
import dev.makespan.proto.gateway.v1.LinkArtifactResponse;
import dev.makespan.proto.gateway.v1.ListArtifactsRequest;
import dev.makespan.proto.gateway.v1.ListArtifactsResponse;
import dev.makespan.proto.gateway.v1.ReadArtifactRequest;
import dev.makespan.proto.gateway.v1.ReadArtifactResponse;
import dev.makespan.proto.gateway.v1.ReadLogRequest;
import dev.makespan.proto.gateway.v1.ReadLogResponse;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.List;

/**
 * A gateway that keeps the same of each attempt: a log with a hole and artifacts, of which but the
 * first break off. Of the task {@code away} it says that its store is away, of {@code broken} it
 * breaks the log off, of {@code growing} it says one piece a look and of {@code silent} nothing.
 */
final class PretendedGateway extends AttemptRecordServiceGrpc.AttemptRecordServiceImplBase {

  private static final List<MadeArtifact> ARTIFACTS =
      List.of(artifact("dist/app.js", 10), artifact("small", 20), artifact("torn", 20_000_000));

  private static MadeArtifact artifact(String name, long bytes) {
    return MadeArtifact.newBuilder()
        .setName(name)
        .setSha256("0123456789".repeat(6) + "abcd")
        .setBytes(bytes)
        .build();
  }

  private static StatusRuntimeException away() {
    return Status.UNAVAILABLE.withDescription("the store is away").asRuntimeException();
  }

  private static ReadLogResponse piece(long sequence, long offset, String text, boolean last) {
    return ReadLogResponse.newBuilder()
        .setSequence(sequence)
        .setOffset(offset)
        .setData(ByteString.copyFromUtf8(text))
        .setLast(last)
        .build();
  }

  @Override
  public void readLog(ReadLogRequest request, StreamObserver<ReadLogResponse> caller) {
    long after = request.getAfterSequence();
    switch (request.getTask().getTask()) {
      case "away" -> caller.onError(away());
      case "broken" -> {
        caller.onNext(piece(1, 0, "begun", false));
        caller.onError(away());
      }
      case "growing" -> {
        caller.onNext(piece(after + 1, after * 4, "more", after == 2));
        caller.onCompleted();
      }
      case "silent" -> caller.onCompleted();
      default -> {
        List.of(
                piece(1, 0, "one\n", false),
                piece(2, 104, "<b>two</b>\n", false),
                piece(3, 115, "", true))
            .stream()
            .filter(one -> one.getSequence() > after)
            .forEach(caller::onNext);
        caller.onCompleted();
      }
    }
  }

  @Override
  public void listArtifacts(
      ListArtifactsRequest request, StreamObserver<ListArtifactsResponse> caller) {
    if (request.getTask().getTask().equals("away")) {
      caller.onError(away());
      return;
    }
    caller.onNext(ListArtifactsResponse.newBuilder().addAllArtifacts(ARTIFACTS).build());
    caller.onCompleted();
  }

  /** Of task {@code away} as a gateway that keeps records in a folder. */
  @Override
  public void linkArtifact(
      LinkArtifactRequest request, StreamObserver<LinkArtifactResponse> caller) {
    long seconds = request.getLifetime().getSeconds();
    if (request.getTask().getTask().equals("away")) {
      caller.onError(
          Status.FAILED_PRECONDITION.withDescription("there are no links").asRuntimeException());
    } else if (seconds > 3_600) {
      caller.onError(
          Status.INVALID_ARGUMENT.withDescription("lifetime: too long").asRuntimeException());
    } else {
      caller.onNext(
          LinkArtifactResponse.newBuilder()
              .setArtifact(ARTIFACTS.getFirst())
              .setUrl("https://store.example/" + request.getName() + "?for=" + seconds)
              .setExpireTime(Timestamp.newBuilder().setSeconds(1_800_000_000 + seconds))
              .build());
      caller.onCompleted();
    }
  }

  @Override
  public void readArtifact(
      ReadArtifactRequest request, StreamObserver<ReadArtifactResponse> caller) {
    MadeArtifact found =
        ARTIFACTS.stream()
            .filter(one -> one.getName().equals(request.getName()))
            .findFirst()
            .orElse(null);
    if (found == null) {
      caller.onError(Status.NOT_FOUND.withDescription("there is none").asRuntimeException());
      return;
    }
    caller.onNext(ReadArtifactResponse.newBuilder().setArtifact(found).build());
    String part = "0123456789".repeat(found.getName().equals("torn") ? 10_000 : 1);
    caller.onNext(ReadArtifactResponse.newBuilder().setData(ByteString.copyFromUtf8(part)).build());
    if (found.getBytes() > part.length()) {
      caller.onError(away());
    } else {
      caller.onCompleted();
    }
  }
}
