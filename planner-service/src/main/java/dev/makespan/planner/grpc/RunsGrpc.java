package dev.makespan.planner.grpc;

import dev.makespan.planner.Answer;
import dev.makespan.planner.ObservedEvent;
import dev.makespan.planner.ObservedRun;
import dev.makespan.planner.Page;
import dev.makespan.planner.Runs;
import dev.makespan.planner.wire.ReportProto;
import dev.makespan.planner.wire.RunProto;
import dev.makespan.planner.wire.Statuses;
import dev.makespan.proto.run.v1.CancelRunRequest;
import dev.makespan.proto.run.v1.CancelRunResponse;
import dev.makespan.proto.run.v1.GetRunReportRequest;
import dev.makespan.proto.run.v1.GetRunReportResponse;
import dev.makespan.proto.run.v1.GetRunRequest;
import dev.makespan.proto.run.v1.GetRunResponse;
import dev.makespan.proto.run.v1.ListRunsRequest;
import dev.makespan.proto.run.v1.ListRunsResponse;
import dev.makespan.proto.run.v1.RunServiceGrpc;
import dev.makespan.proto.run.v1.StartRunRequest;
import dev.makespan.proto.run.v1.StartRunResponse;
import dev.makespan.proto.run.v1.WatchRunRequest;
import dev.makespan.proto.run.v1.WatchRunResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import java.util.concurrent.Flow;

/** {@code makespan.run.v1.RunService}. */
@GrpcService
public class RunsGrpc extends RunServiceGrpc.RunServiceImplBase {

  private final Runs runs;
  private final Departures departures;
  private final Replies replies;

  RunsGrpc(Runs runs, Departures departures, Replies replies) {
    this.runs = runs;
    this.departures = departures;
    this.replies = replies;
  }

  @Override
  public void startRun(StartRunRequest request, StreamObserver<StartRunResponse> caller) {
    replies.reply(
        caller,
        () -> runs.start(wish(request)),
        run -> StartRunResponse.newBuilder().setRun(RunProto.toProto(run)).build());
  }

  @Override
  public void getRun(GetRunRequest request, StreamObserver<GetRunResponse> caller) {
    replies.reply(
        caller,
        () -> runs.run(request.getRunId()),
        run -> GetRunResponse.newBuilder().setRun(RunProto.toProto(run)).build());
  }

  @Override
  public void listRuns(ListRunsRequest request, StreamObserver<ListRunsResponse> caller) {
    replies.reply(
        caller,
        () -> runs.runs(request.getPageSize(), request.getPageToken(), request.getPlanName()),
        RunsGrpc::listed);
  }

  @Override
  public void cancelRun(CancelRunRequest request, StreamObserver<CancelRunResponse> caller) {
    replies.reply(
        caller,
        () -> runs.cancel(request.getRunId(), request.getReason()),
        run -> CancelRunResponse.newBuilder().setRun(RunProto.toProto(run)).build());
  }

  @Override
  public void getRunReport(
      GetRunReportRequest request, StreamObserver<GetRunReportResponse> caller) {
    replies.reply(
        caller,
        () -> runs.report(request.getRunId()),
        account ->
            GetRunReportResponse.newBuilder().setReport(ReportProto.toProto(account)).build());
  }

  /** On the event loop: it only subscribes. */
  @Override
  public void watchRun(WatchRunRequest request, StreamObserver<WatchRunResponse> caller) {
    switch (runs.watch(request.getRunId(), request.getAfterPosition())) {
      case Answer.Refused<Flow.Publisher<ObservedEvent>>(var refusal) ->
          caller.onError(Statuses.of(refusal));
      case Answer.Given<Flow.Publisher<ObservedEvent>>(var events) ->
          subscribe(events, (ServerCallStreamObserver<WatchRunResponse>) caller);
    }
  }

  private void subscribe(
      Flow.Publisher<ObservedEvent> events, ServerCallStreamObserver<WatchRunResponse> caller) {
    PacedWatcher watcher = new PacedWatcher(caller);
    departures.whenGone(watcher::leave);
    events.subscribe(watcher);
  }

  private static Runs.Wish wish(StartRunRequest request) {
    return new Runs.Wish(
        request.getRequestId(),
        request.getPlanName(),
        request.getPlanVersion(),
        request.getParametersMap(),
        request.getSimulate(),
        request.getSpeed(),
        request.getWeight());
  }

  private static ListRunsResponse listed(Page<ObservedRun> page) {
    return ListRunsResponse.newBuilder()
        .addAllRuns(page.items().stream().map(RunProto::toProto).toList())
        .setNextPageToken(page.nextToken())
        .build();
  }
}
