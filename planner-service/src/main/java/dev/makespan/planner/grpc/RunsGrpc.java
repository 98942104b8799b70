package dev.makespan.planner.grpc;

import dev.makespan.planner.Answer;
import dev.makespan.planner.ObservedEvent;
import dev.makespan.planner.ObservedRun;
import dev.makespan.planner.Page;
import dev.makespan.planner.RunChange;
import dev.makespan.planner.RunChanges;
import dev.makespan.planner.RunOutlook;
import dev.makespan.planner.Runs;
import dev.makespan.planner.wire.ReportProto;
import dev.makespan.planner.wire.RunForecastProto;
import dev.makespan.planner.wire.RunProto;
import dev.makespan.planner.wire.Statuses;
import dev.makespan.planner.wire.WireExplanation;
import dev.makespan.proto.run.v1.AmendRunRequest;
import dev.makespan.proto.run.v1.AmendRunResponse;
import dev.makespan.proto.run.v1.AnswerBlockerRequest;
import dev.makespan.proto.run.v1.AnswerBlockerResponse;
import dev.makespan.proto.run.v1.ApproveRequest;
import dev.makespan.proto.run.v1.ApproveResponse;
import dev.makespan.proto.run.v1.CancelRunRequest;
import dev.makespan.proto.run.v1.CancelRunResponse;
import dev.makespan.proto.run.v1.CancelTaskRequest;
import dev.makespan.proto.run.v1.CancelTaskResponse;
import dev.makespan.proto.run.v1.ChangeMergesRequest;
import dev.makespan.proto.run.v1.ChangeMergesResponse;
import dev.makespan.proto.run.v1.ExplainRequest;
import dev.makespan.proto.run.v1.ExplainResponse;
import dev.makespan.proto.run.v1.GetRunForecastRequest;
import dev.makespan.proto.run.v1.GetRunForecastResponse;
import dev.makespan.proto.run.v1.GetRunReportRequest;
import dev.makespan.proto.run.v1.GetRunReportResponse;
import dev.makespan.proto.run.v1.GetRunRequest;
import dev.makespan.proto.run.v1.GetRunResponse;
import dev.makespan.proto.run.v1.ListRunsRequest;
import dev.makespan.proto.run.v1.ListRunsResponse;
import dev.makespan.proto.run.v1.PauseRunRequest;
import dev.makespan.proto.run.v1.PauseRunResponse;
import dev.makespan.proto.run.v1.ResumeRunRequest;
import dev.makespan.proto.run.v1.ResumeRunResponse;
import dev.makespan.proto.run.v1.RetryTaskRequest;
import dev.makespan.proto.run.v1.RetryTaskResponse;
import dev.makespan.proto.run.v1.RunServiceGrpc;
import dev.makespan.proto.run.v1.SkipTaskRequest;
import dev.makespan.proto.run.v1.SkipTaskResponse;
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
  private final RunChanges changes;
  private final RunOutlook outlook;
  private final Departures departures;
  private final Replies replies;

  RunsGrpc(
      Runs runs, RunChanges changes, RunOutlook outlook, Departures departures, Replies replies) {
    this.runs = runs;
    this.changes = changes;
    this.outlook = outlook;
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
  public void pauseRun(PauseRunRequest request, StreamObserver<PauseRunResponse> caller) {
    replies.reply(
        caller,
        () -> changes.change(request.getRunId(), new RunChange.Pause(request.getReason())),
        run -> PauseRunResponse.newBuilder().setRun(RunProto.toProto(run)).build());
  }

  @Override
  public void resumeRun(ResumeRunRequest request, StreamObserver<ResumeRunResponse> caller) {
    replies.reply(
        caller,
        () -> BudgetChanges.resume(changes, request),
        run -> ResumeRunResponse.newBuilder().setRun(RunProto.toProto(run)).build());
  }

  @Override
  public void amendRun(AmendRunRequest request, StreamObserver<AmendRunResponse> caller) {
    replies.reply(
        caller,
        () -> changes.amend(request.getRunId(), request.getPlanVersion()),
        run -> AmendRunResponse.newBuilder().setRun(RunProto.toProto(run)).build());
  }

  @Override
  public void cancelTask(CancelTaskRequest request, StreamObserver<CancelTaskResponse> caller) {
    replies.reply(
        caller,
        () ->
            changes.change(
                request.getRunId(),
                new RunChange.CancelTask(request.getTask(), request.getReason())),
        run -> CancelTaskResponse.newBuilder().setRun(RunProto.toProto(run)).build());
  }

  @Override
  public void retryTask(RetryTaskRequest request, StreamObserver<RetryTaskResponse> caller) {
    replies.reply(
        caller,
        () ->
            changes.change(
                request.getRunId(),
                new RunChange.RetryTask(request.getTask(), request.getReason())),
        run -> RetryTaskResponse.newBuilder().setRun(RunProto.toProto(run)).build());
  }

  @Override
  public void skipTask(SkipTaskRequest request, StreamObserver<SkipTaskResponse> caller) {
    replies.reply(
        caller,
        () ->
            changes.change(
                request.getRunId(), new RunChange.SkipTask(request.getTask(), request.getReason())),
        run -> SkipTaskResponse.newBuilder().setRun(RunProto.toProto(run)).build());
  }

  @Override
  public void approve(ApproveRequest request, StreamObserver<ApproveResponse> caller) {
    replies.reply(
        caller,
        () -> changes.change(request.getRunId(), approval(request)),
        run -> ApproveResponse.newBuilder().setRun(RunProto.toProto(run)).build());
  }

  @Override
  public void answerBlocker(
      AnswerBlockerRequest request, StreamObserver<AnswerBlockerResponse> caller) {
    replies.reply(
        caller,
        () -> changes.change(request.getRunId(), answer(request)),
        run -> AnswerBlockerResponse.newBuilder().setRun(RunProto.toProto(run)).build());
  }

  @Override
  public void changeMerges(
      ChangeMergesRequest request, StreamObserver<ChangeMergesResponse> caller) {
    replies.reply(
        caller,
        () ->
            MergeChanges.read(request)
                .map(change -> changes.change(request.getRunId(), change))
                .orElseGet(MergeChanges::nothing),
        run -> ChangeMergesResponse.newBuilder().setRun(RunProto.toProto(run)).build());
  }

  @Override
  public void explain(ExplainRequest request, StreamObserver<ExplainResponse> caller) {
    replies.reply(
        caller,
        () -> outlook.explain(request.getRunId(), request.getTask()),
        explanation ->
            ExplainResponse.newBuilder()
                .setExplanation(WireExplanation.toProto(explanation))
                .build());
  }

  @Override
  public void getRunForecast(
      GetRunForecastRequest request, StreamObserver<GetRunForecastResponse> caller) {
    RunOutlook.Wish wish =
        new RunOutlook.Wish(request.getSeed(), request.getSamples(), request.getAgentsMap());
    replies.reply(
        caller,
        () -> outlook.forecast(request.getRunId(), wish),
        forecast ->
            GetRunForecastResponse.newBuilder()
                .setForecast(RunForecastProto.toProto(forecast))
                .build());
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

  private static RunChange approval(ApproveRequest request) {
    boolean ofPhase = request.hasPhase();
    return new RunChange.Approve(
        ofPhase ? RunChange.Subject.PHASE : RunChange.Subject.TASK,
        ofPhase ? request.getPhase() : request.getTask(),
        request.getName(),
        request.getBy(),
        request.getNote(),
        request.getDecline());
  }

  private static RunChange answer(AnswerBlockerRequest request) {
    return new RunChange.AnswerBlocker(
        request.getTask(), request.getBlocker(), request.getText(), request.getBy());
  }

  private static ListRunsResponse listed(Page<ObservedRun> page) {
    return ListRunsResponse.newBuilder()
        .addAllRuns(page.items().stream().map(RunProto::toProto).toList())
        .setNextPageToken(page.nextToken())
        .build();
  }
}
