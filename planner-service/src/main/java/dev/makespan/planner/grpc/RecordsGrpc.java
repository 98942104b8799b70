package dev.makespan.planner.grpc;

import com.google.protobuf.UnsafeByteOperations;
import dev.makespan.planner.Answer;
import dev.makespan.planner.ArtifactFact;
import dev.makespan.planner.CallThreads;
import dev.makespan.planner.LogPiece;
import dev.makespan.planner.RecordClient;
import dev.makespan.planner.Records;
import dev.makespan.planner.wire.Statuses;
import dev.makespan.planner.wire.Times;
import dev.makespan.proto.run.v1.Artifact;
import dev.makespan.proto.run.v1.DownloadArtifactRequest;
import dev.makespan.proto.run.v1.DownloadArtifactResponse;
import dev.makespan.proto.run.v1.LinkArtifactRequest;
import dev.makespan.proto.run.v1.LinkArtifactResponse;
import dev.makespan.proto.run.v1.ListArtifactsRequest;
import dev.makespan.proto.run.v1.ListArtifactsResponse;
import dev.makespan.proto.run.v1.ReadLogsRequest;
import dev.makespan.proto.run.v1.ReadLogsResponse;
import dev.makespan.proto.run.v1.RecordServiceGrpc;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import java.nio.ByteBuffer;
import java.time.Duration;

/** {@code makespan.run.v1.RecordService}. */
@GrpcService
public class RecordsGrpc extends RecordServiceGrpc.RecordServiceImplBase {

  private static final long MAX_SECONDS = Integer.MAX_VALUE;

  private final Records records;
  private final Departures departures;
  private final Replies replies;
  private final CallThreads threads;

  RecordsGrpc(Records records, Departures departures, Replies replies, CallThreads threads) {
    this.records = records;
    this.departures = departures;
    this.replies = replies;
    this.threads = threads;
  }

  /** Reads for a client until the client has gone. */
  private interface Reading<T> {
    Answer<T> read() throws InterruptedException;
  }

  private <M> PacedReply<M> reply(StreamObserver<M> caller) {
    PacedReply<M> reply = new PacedReply<>((ServerCallStreamObserver<M>) caller);
    departures.whenGone(reply::left);
    return reply;
  }

  private <T, M> void serve(PacedReply<M> reply, Reading<T> reading) {
    threads.execute(() -> {
      try {
        switch (reading.read()) {
          case Answer.Given<T> _ -> reply.complete();
          case Answer.Refused<T>(var refusal) -> reply.fail(Statuses.of(refusal));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        reply.fail(Status.UNAVAILABLE.withDescription("the planner stops").asRuntimeException());
      } catch (RuntimeException failure) {
        reply.fail(failure);
      }
    });
  }

  @Override
  public void readLogs(ReadLogsRequest request, StreamObserver<ReadLogsResponse> caller) {
    PacedReply<ReadLogsResponse> reply = reply(caller);
    Records.Wish wish =
        new Records.Wish(request.getRunId(), request.getTask(), request.getAttempt());
    serve(
        reply,
        () ->
            records.log(
                wish,
                request.getAfterSequence(),
                request.getFollow(),
                new RecordClient.Taker<>() {
                  @Override
                  public boolean take(LogPiece piece) throws InterruptedException {
                    return reply.say(toProto(piece));
                  }

                  @Override
                  public boolean isWanted() {
                    return reply.isWanted();
                  }
                }));
  }

  private static ReadLogsResponse toProto(LogPiece piece) {
    return ReadLogsResponse.newBuilder()
        .setAttempt(piece.attempt())
        .setSequence(piece.sequence())
        .setOffset(piece.offset())
        // Nobody changes them.
        .setData(UnsafeByteOperations.unsafeWrap(piece.data()))
        .setLast(piece.last())
        .setReceiveTime(Times.toProto(piece.receivedAt()))
        .build();
  }

  @Override
  public void listArtifacts(
      ListArtifactsRequest request, StreamObserver<ListArtifactsResponse> caller) {
    Records.Wish wish =
        new Records.Wish(request.getRunId(), request.getTask(), request.getAttempt());
    replies.reply(
        caller,
        () -> records.artifacts(wish),
        all ->
            ListArtifactsResponse.newBuilder()
                .addAllArtifacts(all.stream().map(RecordsGrpc::toProto).toList())
                .build());
  }

  private static Artifact toProto(ArtifactFact artifact) {
    return Artifact.newBuilder()
        .setAttempt(artifact.attempt())
        .setName(artifact.name())
        .setSha256(artifact.sha256())
        .setBytes(artifact.bytes())
        .build();
  }

  @Override
  public void downloadArtifact(
      DownloadArtifactRequest request, StreamObserver<DownloadArtifactResponse> caller) {
    PacedReply<DownloadArtifactResponse> reply = reply(caller);
    Records.Wish wish =
        new Records.Wish(request.getRunId(), request.getTask(), request.getAttempt());
    serve(reply, () -> records.artifact(wish, request.getName(), new ToClient(reply)));
  }

  @Override
  public void linkArtifact(
      LinkArtifactRequest request, StreamObserver<LinkArtifactResponse> caller) {
    Records.Wish wish =
        new Records.Wish(request.getRunId(), request.getTask(), request.getAttempt());
    // The wire has more nanoseconds than a second, and longer times than anybody gives.
    Duration lifetime =
        Duration.ofSeconds(
            Math.clamp(request.getLifetime().getSeconds(), -MAX_SECONDS, MAX_SECONDS),
            request.getLifetime().getNanos());
    replies.reply(
        caller,
        () -> records.link(wish, request.getName(), lifetime),
        link ->
            LinkArtifactResponse.newBuilder()
                .setArtifact(toProto(link.artifact()))
                .setUrl(link.url())
                .setExpireTime(Times.toProto(link.until()))
                .build());
  }

  private record ToClient(PacedReply<DownloadArtifactResponse> reply)
      implements RecordClient.ContentTaker {

    @Override
    public boolean begin(ArtifactFact artifact) throws InterruptedException {
      return reply.say(
          DownloadArtifactResponse.newBuilder().setArtifact(toProto(artifact)).build());
    }

    @Override
    public boolean take(ByteBuffer part) throws InterruptedException {
      return reply.say(
          DownloadArtifactResponse.newBuilder()
              .setData(UnsafeByteOperations.unsafeWrap(part))
              .build());
    }
  }
}
