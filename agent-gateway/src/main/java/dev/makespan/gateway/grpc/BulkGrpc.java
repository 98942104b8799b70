package dev.makespan.gateway.grpc;

import dev.makespan.core.plan.TaskId;
import dev.makespan.core.session.MadeArtifact;
import dev.makespan.core.session.SessionId;
import dev.makespan.core.task.TaskRef;
import dev.makespan.formats.agent.Parsed;
import dev.makespan.gateway.RecordThreads;
import dev.makespan.gateway.records.ArtifactInflow;
import dev.makespan.gateway.records.ArtifactIntake;
import dev.makespan.gateway.records.ArtifactStore;
import dev.makespan.gateway.records.Holdings;
import dev.makespan.gateway.records.LinkLifetimes;
import dev.makespan.gateway.records.LinkedArtifacts;
import dev.makespan.gateway.records.LogInflows;
import dev.makespan.gateway.records.RecordRefusal;
import dev.makespan.proto.agent.v1.BulkServiceGrpc;
import dev.makespan.proto.agent.v1.GetArtifactRequest;
import dev.makespan.proto.agent.v1.GetArtifactResponse;
import dev.makespan.proto.agent.v1.KeepUploadRequest;
import dev.makespan.proto.agent.v1.KeepUploadResponse;
import dev.makespan.proto.agent.v1.LinkUploadRequest;
import dev.makespan.proto.agent.v1.LinkUploadResponse;
import dev.makespan.proto.agent.v1.PutArtifactHeader;
import dev.makespan.proto.agent.v1.PutArtifactRequest;
import dev.makespan.proto.agent.v1.PutArtifactResponse;
import dev.makespan.proto.agent.v1.WriteLogsRequest;
import dev.makespan.proto.agent.v1.WriteLogsResponse;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;

/** What attempts leave behind, as agents bring it; a grpc-java service for its flow control. */
@GrpcService
public class BulkGrpc implements BindableService, BulkServiceGrpc.AsyncService {

  private final LogInflows inflows;
  private final ArtifactStore artifacts;
  private final ArtifactIntake intake;
  private final LinkedArtifacts linked;
  private final LinkLifetimes lifetimes;
  private final Holdings holdings;
  private final RecordThreads threads;
  private final Vertx vertx;

  public BulkGrpc(
      LogInflows inflows,
      ArtifactStore artifacts,
      ArtifactIntake intake,
      LinkedArtifacts linked,
      LinkLifetimes lifetimes,
      Holdings holdings,
      RecordThreads threads,
      Vertx vertx) {
    this.inflows = inflows;
    this.artifacts = artifacts;
    this.intake = intake;
    this.linked = linked;
    this.lifetimes = lifetimes;
    this.holdings = holdings;
    this.threads = threads;
    this.vertx = vertx;
  }

  @Override
  public ServerServiceDefinition bindService() {
    return TolerantMarshalling.of(BulkServiceGrpc.bindService(this));
  }

  @Override
  public StreamObserver<WriteLogsRequest> writeLogs(StreamObserver<WriteLogsResponse> responses) {
    return new LogCall((ServerCallStreamObserver<WriteLogsResponse>) responses, inflows, loop());
  }

  @Override
  public StreamObserver<PutArtifactRequest> putArtifact(
      StreamObserver<PutArtifactResponse> response) {
    return new ArtifactCall(
        (ServerCallStreamObserver<PutArtifactResponse>) response,
        this::inflow,
        threads.writers(),
        loop());
  }

  private ArtifactInflow inflow(PutArtifactHeader header, SessionId session) {
    return new ArtifactInflow(
        intake,
        session,
        RecordFields.attempt(header.getTask()),
        RecordFields.artifact(header.getArtifact()));
  }

  private record Upload(
      SessionId session, TaskRef attempt, MadeArtifact declared, Duration lifetime) {}

  private Upload upload(PutArtifactHeader header, Duration lifetime) {
    return new Upload(
        new SessionId(header.getSessionId()),
        RecordFields.attempt(header.getTask()),
        RecordFields.artifact(header.getArtifact()),
        lifetimes.of(lifetime));
  }

  @Override
  public void linkUpload(LinkUploadRequest request, StreamObserver<LinkUploadResponse> response) {
    PacedOut<LinkUploadResponse> out =
        new PacedOut<>((ServerCallStreamObserver<LinkUploadResponse>) response);
    switch (Parsed.of(
        () -> upload(request.getHeader(), RecordFields.duration(request.getLifetime())))) {
      case Parsed.Invalid<Upload>(String problem) -> out.fail(Statuses.malformed(problem));
      case Parsed.Valid<Upload>(Upload wish) ->
          out.serve(
              threads.readers(),
              () -> {
                switch (linked.upload(
                    wish.session(), wish.attempt(), wish.declared(), wish.lifetime())) {
                  case LinkedArtifacts.Place.Refused(RecordRefusal why) ->
                      out.fail(Statuses.of(why));
                  case LinkedArtifacts.Place.Existed() ->
                      out.answer(LinkUploadResponse.newBuilder().setExisted(true).build());
                  case LinkedArtifacts.Place.Given(var link, Instant until) ->
                      out.answer(
                          LinkUploadResponse.newBuilder()
                              .setUrl(link.address().toString())
                              .setTicket(link.ticket())
                              .putAllHeaders(link.headers())
                              .setExpireTime(RecordFields.time(until))
                              .build());
                }
              });
    }
  }

  @Override
  public void keepUpload(KeepUploadRequest request, StreamObserver<KeepUploadResponse> response) {
    PacedOut<KeepUploadResponse> out =
        new PacedOut<>((ServerCallStreamObserver<KeepUploadResponse>) response);
    switch (Parsed.of(() -> upload(request.getHeader(), Duration.ZERO))) {
      case Parsed.Invalid<Upload>(String problem) -> out.fail(Statuses.malformed(problem));
      case Parsed.Valid<Upload>(Upload wish) ->
          out.serve(
              threads.readers(),
              () -> {
                switch (linked.keep(
                    wish.session(), wish.attempt(), wish.declared(), request.getTicket())) {
                  case LinkedArtifacts.Kept.Refused(RecordRefusal why) ->
                      out.fail(Statuses.of(why));
                  case LinkedArtifacts.Kept.Done(boolean existed) ->
                      out.answer(KeepUploadResponse.newBuilder().setExisted(existed).build());
                }
              });
    }
  }

  private record Wish(SessionId session, TaskRef attempt, TaskId from, String name) {}

  @Override
  public void getArtifact(
      GetArtifactRequest request, StreamObserver<GetArtifactResponse> responses) {
    PacedOut<GetArtifactResponse> out =
        new PacedOut<>((ServerCallStreamObserver<GetArtifactResponse>) responses);
    switch (Parsed.of(() -> wish(request))) {
      case Parsed.Invalid<Wish>(String problem) -> out.fail(Statuses.malformed(problem));
      case Parsed.Valid<Wish>(Wish wish) -> {
        RecordRefusal refusal = holdings.refusal(wish.session(), wish.attempt());
        if (refusal == null) {
          out.serve(threads.readers(), () -> answer(wish, out));
        } else {
          out.fail(Statuses.of(refusal));
        }
      }
    }
  }

  private static Wish wish(GetArtifactRequest request) {
    return new Wish(
        new SessionId(request.getSessionId()),
        RecordFields.attempt(request.getTask()),
        new TaskId(request.getFromTask()),
        RecordFields.artifactName(request.getName()));
  }

  private void answer(Wish wish, PacedOut<GetArtifactResponse> out)
      throws IOException, InterruptedException {
    for (TaskRef from : artifacts.attempts(wish.attempt().run(), wish.from())) {
      MadeArtifact found = artifacts.find(from, wish.name());
      if (found != null) {
        InputStream content = artifacts.read(from, found);
        out.say(GetArtifactResponse.newBuilder().setArtifact(RecordFields.toProto(found)).build());
        ArtifactParts.say(
            content, part -> out.say(GetArtifactResponse.newBuilder().setData(part).build()));
        out.complete();
        return;
      }
    }
    out.fail(Statuses.notFound("task " + wish.from() + " has left no artifact " + wish.name()));
  }

  private Executor loop() {
    Context context = vertx.getOrCreateContext();
    return task -> context.runOnContext(ignored -> task.run());
  }
}
