package dev.makespan.gateway.grpc;

import com.google.protobuf.ByteString;
import dev.makespan.core.session.MadeArtifact;
import dev.makespan.core.task.TaskRef;
import dev.makespan.formats.agent.Parsed;
import dev.makespan.formats.service.ServiceSecret;
import dev.makespan.gateway.GatewayConfig;
import dev.makespan.gateway.RecordThreads;
import dev.makespan.gateway.records.ArtifactStore;
import dev.makespan.gateway.records.KeptChunk;
import dev.makespan.gateway.records.LinkLifetimes;
import dev.makespan.gateway.records.LinkedArtifacts;
import dev.makespan.gateway.records.LogChunk;
import dev.makespan.gateway.records.LogReader;
import dev.makespan.gateway.records.RecordRefusal;
import dev.makespan.proto.gateway.v1.AttemptRecordServiceGrpc;
import dev.makespan.proto.gateway.v1.LinkArtifactRequest;
import dev.makespan.proto.gateway.v1.LinkArtifactResponse;
import dev.makespan.proto.gateway.v1.ListArtifactsRequest;
import dev.makespan.proto.gateway.v1.ListArtifactsResponse;
import dev.makespan.proto.gateway.v1.ReadArtifactRequest;
import dev.makespan.proto.gateway.v1.ReadArtifactResponse;
import dev.makespan.proto.gateway.v1.ReadLogRequest;
import dev.makespan.proto.gateway.v1.ReadLogResponse;
import io.grpc.BindableService;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** What attempts have left behind, as the planner asks for it. */
@GrpcService
public class AttemptRecordsGrpc implements BindableService, AttemptRecordServiceGrpc.AsyncService {

  private final LogReader logs;
  private final ArtifactStore artifacts;
  private final LinkedArtifacts linked;
  private final LinkLifetimes lifetimes;
  private final RecordThreads threads;
  private final ServicesOnly services;

  public AttemptRecordsGrpc(
      LogReader logs,
      ArtifactStore artifacts,
      LinkedArtifacts linked,
      LinkLifetimes lifetimes,
      RecordThreads threads,
      GatewayConfig config) {
    this.services =
        new ServicesOnly(ServiceSecret.of(config.serviceSecret(), config.serviceSecretFile()));
    this.logs = logs;
    this.artifacts = artifacts;
    this.linked = linked;
    this.lifetimes = lifetimes;
    this.threads = threads;
  }

  @Override
  public ServerServiceDefinition bindService() {
    return ServerInterceptors.intercept(
        TolerantMarshalling.of(AttemptRecordServiceGrpc.bindService(this)), services);
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
        .setReceiveTime(RecordFields.time(kept.received()))
        .build();
  }

  private record Link(TaskRef attempt, Duration lifetime) {}

  @Override
  public void linkArtifact(
      LinkArtifactRequest request, StreamObserver<LinkArtifactResponse> response) {
    PacedOut<LinkArtifactResponse> out =
        new PacedOut<>((ServerCallStreamObserver<LinkArtifactResponse>) response);
    switch (Parsed.of(
        () ->
            new Link(
                RecordFields.attempt(request.getTask()),
                lifetimes.of(RecordFields.duration(request.getLifetime()))))) {
      case Parsed.Invalid<Link>(String problem) -> out.fail(Statuses.malformed(problem));
      case Parsed.Valid<Link>(Link wish) ->
          out.serve(
              threads.readers(),
              () -> {
                switch (linked.download(wish.attempt(), request.getName(), wish.lifetime())) {
                  case LinkedArtifacts.Address.Refused(RecordRefusal why) ->
                      out.fail(Statuses.of(why));
                  case LinkedArtifacts.Address.Given(var artifact, var address, var until) ->
                      out.answer(
                          LinkArtifactResponse.newBuilder()
                              .setArtifact(RecordFields.toProto(artifact))
                              .setUrl(address.toString())
                              .setExpireTime(RecordFields.time(until))
                              .build());
                }
              });
    }
  }
}
