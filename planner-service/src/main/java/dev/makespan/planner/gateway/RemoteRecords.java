package dev.makespan.planner.gateway;

import dev.makespan.core.task.TaskRef;
import dev.makespan.formats.service.ServiceSecret;
import dev.makespan.planner.Answer;
import dev.makespan.planner.ArtifactFact;
import dev.makespan.planner.ArtifactLink;
import dev.makespan.planner.LogPiece;
import dev.makespan.planner.RecordClient;
import dev.makespan.planner.Refusal;
import dev.makespan.planner.wire.Times;
import dev.makespan.proto.agent.v1.MadeArtifact;
import dev.makespan.proto.gateway.v1.AttemptRecordServiceGrpc;
import dev.makespan.proto.gateway.v1.AttemptRecordServiceGrpc.AttemptRecordServiceBlockingStub;
import dev.makespan.proto.gateway.v1.LinkArtifactRequest;
import dev.makespan.proto.gateway.v1.LinkArtifactResponse;
import dev.makespan.proto.gateway.v1.ListArtifactsRequest;
import dev.makespan.proto.gateway.v1.ReadArtifactRequest;
import dev.makespan.proto.gateway.v1.ReadArtifactResponse;
import dev.makespan.proto.gateway.v1.ReadLogRequest;
import dev.makespan.proto.gateway.v1.ReadLogResponse;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Gateways over gRPC. Any may be asked; who does not answer at all is passed over for the next, and
 * what is broken off in the middle is told as such.
 */
public final class RemoteRecords implements RecordClient, AutoCloseable {

  private static final long LIST_SECONDS = 10;

  private final List<ManagedChannel> gateways;
  private final ClientInterceptor introduction;

  /**
   * Gateways, tried in this order.
   *
   * @param gateways at least one
   * @param secret what they want to hear; empty: they will refuse
   */
  public RemoteRecords(List<ManagedChannel> gateways, Optional<ServiceSecret> secret) {
    this.gateways = List.copyOf(gateways);
    Metadata headers = new Metadata();
    secret.ifPresent(known ->
        headers.put(
            Metadata.Key.of(ServiceSecret.HEADER, Metadata.ASCII_STRING_MARSHALLER),
            known.header()));
    this.introduction = MetadataUtils.newAttachHeadersInterceptor(headers);
  }

  /** Asks one gateway. */
  private interface Question<T> {
    T ask(AttemptRecordServiceBlockingStub gateway, Begun begun) throws InterruptedException;
  }

  /** Whether something was heard, after which nobody else is asked. */
  private static final class Begun {
    private boolean yes;
  }

  /**
   * The call of one question, to be ended when its answer is not read to the end. Not by gRPC's
   * context: here that belongs to the request, whose other calls would end with it.
   */
  private static final class LastCall implements ClientInterceptor {
    private @Nullable ClientCall<?, ?> call;

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(
        MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
      ClientCall<Q, A> made = next.newCall(method, options);
      call = made;
      return made;
    }

    void cancel() {
      if (call != null) {
        call.cancel("not read to its end", null);
      }
    }
  }

  private <T> Answer<T> ask(Question<T> question) throws InterruptedException {
    StatusRuntimeException last = null;
    for (ManagedChannel gateway : gateways) {
      Begun begun = new Begun();
      LastCall call = new LastCall();
      try {
        return Answer.of(
            question.ask(
                AttemptRecordServiceGrpc.newBlockingStub(gateway)
                    .withInterceptors(call, introduction),
                begun));
      } catch (StatusRuntimeException e) {
        last = e;
        if (begun.yes || e.getStatus().getCode() != Status.Code.UNAVAILABLE) {
          break;
        }
      } finally {
        call.cancel();
      }
    }
    return Answer.refused(refusal(last == null ? Status.UNAVAILABLE : last.getStatus()));
  }

  private static Refusal refusal(Status status) {
    String said =
        status.getDescription() == null ? status.getCode().toString() : status.getDescription();
    return switch (status.getCode()) {
      case NOT_FOUND -> Refusal.of(Refusal.Kind.NOT_FOUND, "ARTIFACT_NOT_FOUND", said);
      case INVALID_ARGUMENT -> Refusal.of(Refusal.Kind.INVALID, "INVALID_REQUEST", said);
      case FAILED_PRECONDITION -> Refusal.of(Refusal.Kind.PRECONDITION, "NO_LINKS", said);
      default ->
          Refusal.of(
              Refusal.Kind.UNAVAILABLE,
              "GATEWAY_UNREACHABLE",
              "no gateway says what attempts have left behind: " + said);
    };
  }

  private static dev.makespan.proto.agent.v1.TaskRef ref(TaskRef attempt) {
    return dev.makespan.proto.agent.v1.TaskRef.newBuilder()
        .setRunId(attempt.run().value())
        .setTask(attempt.task().value())
        .setFence(attempt.fence())
        .build();
  }

  @Override
  public Answer<Long> log(TaskRef attempt, int number, long after, Taker<LogPiece> taker)
      throws InterruptedException {
    ReadLogRequest request =
        ReadLogRequest.newBuilder().setTask(ref(attempt)).setAfterSequence(after).build();
    return ask((gateway, begun) -> {
      long read = after;
      Iterator<ReadLogResponse> pieces = gateway.readLog(request);
      while (pieces.hasNext()) {
        begun.yes = true;
        ReadLogResponse piece = pieces.next();
        read = piece.getSequence();
        if (!taker.take(piece(piece, number))) {
          break;
        }
      }
      return read;
    });
  }

  private static LogPiece piece(ReadLogResponse piece, int number) {
    return new LogPiece(
        number,
        piece.getSequence(),
        piece.getOffset(),
        piece.getData().asReadOnlyByteBuffer(),
        piece.getLast(),
        Times.fromProto(piece.getReceiveTime()));
  }

  @Override
  public Answer<List<ArtifactFact>> artifacts(TaskRef attempt, int number) {
    ListArtifactsRequest request = ListArtifactsRequest.newBuilder().setTask(ref(attempt)).build();
    try {
      return ask((gateway, begun) -> {
        List<ArtifactFact> all = new ArrayList<>();
        gateway
            .withDeadlineAfter(LIST_SECONDS, TimeUnit.SECONDS)
            .listArtifacts(request)
            .getArtifactsList()
            .forEach(one -> all.add(fact(one, number)));
        return all;
      });
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Answer.refused(refusal(Status.UNAVAILABLE));
    }
  }

  private static ArtifactFact fact(MadeArtifact artifact, int number) {
    return new ArtifactFact(number, artifact.getName(), artifact.getSha256(), artifact.getBytes());
  }

  @Override
  public Answer<ArtifactLink> link(TaskRef attempt, int number, String name, Duration lifetime) {
    LinkArtifactRequest request =
        LinkArtifactRequest.newBuilder()
            .setTask(ref(attempt))
            .setName(name)
            .setLifetime(
                com.google.protobuf.Duration.newBuilder()
                    .setSeconds(lifetime.getSeconds())
                    .setNanos(lifetime.getNano()))
            .build();
    try {
      return ask((gateway, begun) -> {
        LinkArtifactResponse link =
            gateway.withDeadlineAfter(LIST_SECONDS, TimeUnit.SECONDS).linkArtifact(request);
        return new ArtifactLink(
            fact(link.getArtifact(), number), link.getUrl(), Times.fromProto(link.getExpireTime()));
      });
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Answer.refused(refusal(Status.UNAVAILABLE));
    }
  }

  @Override
  public Answer<ArtifactFact> artifact(TaskRef attempt, int number, String name, ContentTaker taker)
      throws InterruptedException {
    ReadArtifactRequest request =
        ReadArtifactRequest.newBuilder().setTask(ref(attempt)).setName(name).build();
    return ask((gateway, begun) -> {
      Iterator<ReadArtifactResponse> parts = gateway.readArtifact(request);
      ArtifactFact artifact = fact(parts.next().getArtifact(), number);
      begun.yes = true;
      boolean wanted = taker.begin(artifact);
      while (wanted && parts.hasNext()) {
        wanted = taker.take(parts.next().getData().asReadOnlyByteBuffer());
      }
      return artifact;
    });
  }

  @Override
  public void close() {
    gateways.forEach(ManagedChannel::shutdownNow);
  }
}
