package dev.makespan.gateway.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import dev.makespan.core.session.MadeArtifact;
import dev.makespan.core.task.TaskRef;
import dev.makespan.formats.agent.Parsed;
import dev.makespan.gateway.RecordThreads;
import dev.makespan.gateway.records.ArtifactStore;
import dev.makespan.gateway.records.KeptChunk;
import dev.makespan.gateway.records.LogChunk;
import dev.makespan.gateway.records.LogReader;
import dev.makespan.proto.gateway.v1.AttemptRecordServiceGrpc;
import dev.makespan.proto.gateway.v1.ListArtifactsRequest;
import dev.makespan.proto.gateway.v1.ListArtifactsResponse;
import dev.makespan.proto.gateway.v1.ReadArtifactRequest;
import dev.makespan.proto.gateway.v1.ReadArtifactResponse;
import dev.makespan.proto.gateway.v1.ReadLogRequest;
import dev.makespan.proto.gateway.v1.ReadLogResponse;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import java.io.IOException;
import java.io.InputStream;

/** What attempts have left behind, as the planner asks for it. */
@GrpcService
public class AttemptRecordsGrpc implements BindableService, AttemptRecordServiceGrpc.AsyncService {

  private static final int MILLIS_PER_SECOND = 1_000;
  private static final int NANOS_PER_MILLI = 1_000_000;

  private final LogReader logs;
  private final ArtifactStore artifacts;
  private final RecordThreads threads;

  public AttemptRecordsGrpc(LogReader logs, ArtifactStore artifacts, RecordThreads threads) {
    this.logs = logs;
    this.artifacts = artifacts;
    this.threads = threads;
  }

  @Override
  public ServerServiceDefinition bindService() {
    return TolerantMarshalling.of(AttemptRecordServiceGrpc.bindService(this));
  }

  @Override
  public void readLog(ReadLogRequest request, StreamObserver<ReadLogResponse> responses) {
    PacedOut<ReadLogResponse> out =
        new PacedOut<>((ServerCallStreamObserver<ReadLogResponse>) responses);
    switch (Parsed.of(() -> RecordFields.attempt(request.getTask()))) {
      case Parsed.Invalid<TaskRef>(String problem) -> out.fail(Statuses.malformed(problem));
      case Parsed.Valid<TaskRef>(TaskRef attempt) ->
          out.serve(
              threads.readers(),
              () -> {
                logs.read(attempt, request.getAfterSequence(), kept -> out.say(toProto(kept)));
                out.complete();
              });
    }
  }

  @Override
  public void listArtifacts(
      ListArtifactsRequest request, StreamObserver<ListArtifactsResponse> response) {
    PacedOut<ListArtifactsResponse> out =
        new PacedOut<>((ServerCallStreamObserver<ListArtifactsResponse>) response);
    switch (Parsed.of(() -> RecordFields.attempt(request.getTask()))) {
      case Parsed.Invalid<TaskRef>(String problem) -> out.fail(Statuses.malformed(problem));
      case Parsed.Valid<TaskRef>(TaskRef attempt) ->
          out.serve(
              threads.readers(),
              () -> {
                ListArtifactsResponse.Builder all = ListArtifactsResponse.newBuilder();
                artifacts
                    .artifacts(attempt)
                    .forEach(one -> all.addArtifacts(RecordFields.toProto(one)));
                out.say(all.build());
                out.complete();
              });
    }
  }

  @Override
  public void readArtifact(
      ReadArtifactRequest request, StreamObserver<ReadArtifactResponse> responses) {
    PacedOut<ReadArtifactResponse> out =
        new PacedOut<>((ServerCallStreamObserver<ReadArtifactResponse>) responses);
    switch (Parsed.of(() -> RecordFields.attempt(request.getTask()))) {
      case Parsed.Invalid<TaskRef>(String problem) -> out.fail(Statuses.malformed(problem));
      case Parsed.Valid<TaskRef>(TaskRef attempt) ->
          out.serve(threads.readers(), () -> artifact(attempt, request.getName(), out));
    }
  }

  private void artifact(TaskRef attempt, String name, PacedOut<ReadArtifactResponse> out)
      throws IOException, InterruptedException {
    MadeArtifact found = artifacts.find(attempt, name);
    if (found == null) {
      out.fail(Statuses.notFound("attempt " + attempt + " has left no artifact " + name));
      return;
    }
    InputStream content = artifacts.read(attempt, found);
    out.say(ReadArtifactResponse.newBuilder().setArtifact(RecordFields.toProto(found)).build());
    ArtifactParts.say(
        content, part -> out.say(ReadArtifactResponse.newBuilder().setData(part).build()));
    out.complete();
  }

  private static ReadLogResponse toProto(KeptChunk kept) {
    LogChunk chunk = kept.chunk();
    return ReadLogResponse.newBuilder()
        .setSequence(chunk.sequence())
        .setOffset(chunk.offset())
        .setData(ByteString.copyFrom(chunk.data()))
        .setLast(chunk.last())
        .setReceiveTime(time(kept.received().toEpochMilli()))
        .build();
  }

  private static Timestamp time(long epochMillis) {
    return Timestamp.newBuilder()
        .setSeconds(Math.floorDiv(epochMillis, MILLIS_PER_SECOND))
        .setNanos(Math.floorMod(epochMillis, MILLIS_PER_SECOND) * NANOS_PER_MILLI)
        .build();
  }
}
