package dev.makespan.cli;

import dev.makespan.proto.plan.v1.CreatePlanRequest;
import dev.makespan.proto.plan.v1.GetPlanRequest;
import dev.makespan.proto.plan.v1.PlanServiceGrpc;
import dev.makespan.proto.plan.v1.PlanSource;
import dev.makespan.proto.plan.v1.StoredPlan;
import dev.makespan.proto.run.v1.AgentPause;
import dev.makespan.proto.run.v1.AmendRunRequest;
import dev.makespan.proto.run.v1.AnswerBlockerRequest;
import dev.makespan.proto.run.v1.ApproveRequest;
import dev.makespan.proto.run.v1.Artifact;
import dev.makespan.proto.run.v1.BudgetChange;
import dev.makespan.proto.run.v1.CancelRunRequest;
import dev.makespan.proto.run.v1.CancelTaskRequest;
import dev.makespan.proto.run.v1.ChangeMergesRequest;
import dev.makespan.proto.run.v1.DownloadArtifactRequest;
import dev.makespan.proto.run.v1.DownloadArtifactResponse;
import dev.makespan.proto.run.v1.ExplainRequest;
import dev.makespan.proto.run.v1.Explanation;
import dev.makespan.proto.run.v1.FleetServiceGrpc;
import dev.makespan.proto.run.v1.GetRunForecastRequest;
import dev.makespan.proto.run.v1.GetRunReportRequest;
import dev.makespan.proto.run.v1.GetRunRequest;
import dev.makespan.proto.run.v1.LinkArtifactRequest;
import dev.makespan.proto.run.v1.LinkArtifactResponse;
import dev.makespan.proto.run.v1.ListAgentsRequest;
import dev.makespan.proto.run.v1.ListAgentsResponse;
import dev.makespan.proto.run.v1.ListArtifactsRequest;
import dev.makespan.proto.run.v1.ListRunsRequest;
import dev.makespan.proto.run.v1.PauseAgentsRequest;
import dev.makespan.proto.run.v1.PauseRunRequest;
import dev.makespan.proto.run.v1.ReadLogsRequest;
import dev.makespan.proto.run.v1.ReadLogsResponse;
import dev.makespan.proto.run.v1.RecordServiceGrpc;
import dev.makespan.proto.run.v1.ResumeAgentsRequest;
import dev.makespan.proto.run.v1.ResumeRunRequest;
import dev.makespan.proto.run.v1.RetryTaskRequest;
import dev.makespan.proto.run.v1.Run;
import dev.makespan.proto.run.v1.RunEvent;
import dev.makespan.proto.run.v1.RunForecast;
import dev.makespan.proto.run.v1.RunReport;
import dev.makespan.proto.run.v1.RunServiceGrpc;
import dev.makespan.proto.run.v1.SkipTaskRequest;
import dev.makespan.proto.run.v1.StartRunRequest;
import dev.makespan.proto.run.v1.WatchRunRequest;
import dev.makespan.proto.run.v1.WatchRunResponse;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.stub.AbstractStub;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The planner's calls. Failures are gRPC's; {@link Statuses} reads them. */
final class PlannerClient implements AutoCloseable {

  /** A plan of 100,000 tasks with its runs passes. */
  private static final int MAX_MESSAGE_BYTES = 256 << 20;

  private static final int CALL_SECONDS = 60;
  private static final Logger GRPC_LOG = Logger.getLogger("io.grpc");

  private final ManagedChannel channel;

  private PlannerClient(ManagedChannel channel) {
    this.channel = channel;
  }

  static PlannerClient at(HostPort address) {
    // Every failure reaches the user in a line of the command's own.
    GRPC_LOG.setLevel(Level.OFF);
    return new PlannerClient(
        ManagedChannelBuilder.forAddress(address.host(), address.port())
            .usePlaintext()
            .maxInboundMessageSize(MAX_MESSAGE_BYTES)
            .build());
  }

  /** Over a channel made elsewhere; it is shut down with this client. */
  static PlannerClient over(ManagedChannel channel) {
    return new PlannerClient(channel);
  }

  StoredPlan createPlan(String requestId, PlanFile file, boolean acceptWarnings) {
    return timed(PlanServiceGrpc.newBlockingStub(channel))
        .createPlan(
            CreatePlanRequest.newBuilder()
                .setRequestId(requestId)
                .setSource(
                    PlanSource.newBuilder().setFileName(file.name()).setContent(file.content()))
                .setAcceptWarnings(acceptWarnings)
                .build())
        .getPlan();
  }

  /** A stored version as its author wrote it. */
  PlanFile planFile(String name, int version) {
    PlanSource source =
        timed(PlanServiceGrpc.newBlockingStub(channel))
            .getPlan(GetPlanRequest.newBuilder().setName(name).setVersion(version).build())
            .getSource();
    return PlanFile.stored("%s version %d".formatted(name, version), source.getContent());
  }

  Run startRun(StartRunRequest request) {
    return runs().startRun(request).getRun();
  }

  Run run(long id) {
    return runs().getRun(GetRunRequest.newBuilder().setRunId(id).build()).getRun();
  }

  /** Newest first, at most {@code count}. */
  List<Run> runs(int count) {
    return runs().listRuns(ListRunsRequest.newBuilder().setPageSize(count).build()).getRunsList();
  }

  /** Events after {@code position}, then live; blocks, and ends with the run. */
  Iterator<RunEvent> watch(long id, long position) {
    Iterator<WatchRunResponse> responses =
        RunServiceGrpc.newBlockingStub(channel)
            .watchRun(WatchRunRequest.newBuilder().setRunId(id).setAfterPosition(position).build());
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return responses.hasNext();
      }

      @Override
      public RunEvent next() {
        return responses.next().getEvent();
      }
    };
  }

  Run cancel(long id, String reason) {
    return runs()
        .cancelRun(CancelRunRequest.newBuilder().setRunId(id).setReason(reason).build())
        .getRun();
  }

  Run pause(long id, String reason) {
    return runs()
        .pauseRun(PauseRunRequest.newBuilder().setRunId(id).setReason(reason).build())
        .getRun();
  }

  Run resume(long id, BudgetChange budget, String by) {
    return runs()
        .resumeRun(ResumeRunRequest.newBuilder().setRunId(id).setBudget(budget).setBy(by).build())
        .getRun();
  }

  ListAgentsResponse agents() {
    return timed(FleetServiceGrpc.newBlockingStub(channel))
        .listAgents(ListAgentsRequest.getDefaultInstance());
  }

  List<AgentPause> pauseAgents(PauseAgentsRequest request) {
    return timed(FleetServiceGrpc.newBlockingStub(channel)).pauseAgents(request).getPausesList();
  }

  List<AgentPause> resumeAgents(ResumeAgentsRequest request) {
    return timed(FleetServiceGrpc.newBlockingStub(channel)).resumeAgents(request).getPausesList();
  }

  /** Version 0 is the newest. */
  Run amend(long id, int planVersion) {
    return runs()
        .amendRun(AmendRunRequest.newBuilder().setRunId(id).setPlanVersion(planVersion).build())
        .getRun();
  }

  Run cancelTask(long id, String task, String reason) {
    return runs()
        .cancelTask(
            CancelTaskRequest.newBuilder().setRunId(id).setTask(task).setReason(reason).build())
        .getRun();
  }

  Run retryTask(long id, String task, String reason) {
    return runs()
        .retryTask(
            RetryTaskRequest.newBuilder().setRunId(id).setTask(task).setReason(reason).build())
        .getRun();
  }

  Run skipTask(long id, String task, String reason) {
    return runs()
        .skipTask(SkipTaskRequest.newBuilder().setRunId(id).setTask(task).setReason(reason).build())
        .getRun();
  }

  Run approve(ApproveRequest request) {
    return runs().approve(request).getRun();
  }

  /** No blocker is the only open one. */
  Run answerBlocker(long id, String task, String blocker, String text, String by) {
    return runs()
        .answerBlocker(
            AnswerBlockerRequest.newBuilder()
                .setRunId(id)
                .setTask(task)
                .setBlocker(blocker)
                .setText(text)
                .setBy(by)
                .build())
        .getRun();
  }

  Run changeMerges(ChangeMergesRequest request) {
    return runs().changeMerges(request).getRun();
  }

  /** No task: all that are not running. */
  Explanation explain(long id, String task) {
    return runs()
        .explain(ExplainRequest.newBuilder().setRunId(id).setTask(task).build())
        .getExplanation();
  }

  /** Of a live run. */
  RunForecast forecast(long id) {
    return runs()
        .getRunForecast(GetRunForecastRequest.newBuilder().setRunId(id).build())
        .getForecast();
  }

  RunReport report(long id) {
    return runs().getRunReport(GetRunReportRequest.newBuilder().setRunId(id).build()).getReport();
  }

  /** The log of an attempt after a sequence, as far as it is there. */
  Iterator<ReadLogsResponse> logs(long id, String task, int attempt, long after) {
    return RecordServiceGrpc.newBlockingStub(channel)
        .readLogs(
            ReadLogsRequest.newBuilder()
                .setRunId(id)
                .setTask(task)
                .setAttempt(attempt)
                .setAfterSequence(after)
                .build());
  }

  /** Attempt 0 is the newest. */
  List<Artifact> artifacts(long id, String task, int attempt) {
    return timed(RecordServiceGrpc.newBlockingStub(channel))
        .listArtifacts(
            ListArtifactsRequest.newBuilder()
                .setRunId(id)
                .setTask(task)
                .setAttempt(attempt)
                .build())
        .getArtifactsList();
  }

  /** What it is, and then its content; attempt 0 is the newest. */
  Iterator<DownloadArtifactResponse> artifact(long id, String task, int attempt, String name) {
    return RecordServiceGrpc.newBlockingStub(channel)
        .downloadArtifact(
            DownloadArtifactRequest.newBuilder()
                .setRunId(id)
                .setTask(task)
                .setAttempt(attempt)
                .setName(name)
                .build());
  }

  /** An address in the store itself; attempt 0 is the newest. */
  LinkArtifactResponse artifactLink(LinkArtifactRequest request) {
    return timed(RecordServiceGrpc.newBlockingStub(channel)).linkArtifact(request);
  }

  /** {@code text} as a run's number; no text: the newest run. */
  long runId(String text) throws Failure {
    if (text.isEmpty()) {
      return runs(1).stream()
          .findFirst()
          .map(Run::getId)
          .orElseThrow(() -> Failure.badInput("there is no run yet; start one with makespan run"));
    }
    if (!text.matches("[0-9]{1,18}")) {
      throw Failure.badInput("expected the number of a run, was '" + text + "'");
    }
    return Long.parseLong(text);
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }

  private RunServiceGrpc.RunServiceBlockingStub runs() {
    return timed(RunServiceGrpc.newBlockingStub(channel));
  }

  private static <S extends AbstractStub<S>> S timed(S stub) {
    return stub.withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS);
  }
}
