package dev.makespan.planner.scheduler;

import dev.makespan.formats.plan.PlanProto;
import dev.makespan.planner.AgentSubject;
import dev.makespan.planner.Answer;
import dev.makespan.planner.ObservedEvent;
import dev.makespan.planner.ObservedExplanation;
import dev.makespan.planner.ObservedFleet;
import dev.makespan.planner.ObservedPause;
import dev.makespan.planner.ObservedRun;
import dev.makespan.planner.Page;
import dev.makespan.planner.RunChange;
import dev.makespan.planner.SchedulerClient;
import dev.makespan.planner.wire.RunProto;
import dev.makespan.planner.wire.WireExplanation;
import dev.makespan.proto.run.v1.Run;
import dev.makespan.proto.scheduler.v1.CancelRunRequest;
import dev.makespan.proto.scheduler.v1.ExplainRequest;
import dev.makespan.proto.scheduler.v1.GetRunRequest;
import dev.makespan.proto.scheduler.v1.ListRunsRequest;
import dev.makespan.proto.scheduler.v1.ListRunsResponse;
import dev.makespan.proto.scheduler.v1.SchedulerServiceGrpc;
import dev.makespan.proto.scheduler.v1.SchedulerServiceGrpc.SchedulerServiceBlockingStub;
import dev.makespan.proto.scheduler.v1.StartRunRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** The scheduler over gRPC. */
public final class RemoteScheduler implements SchedulerClient {

  /** A plan of a million tasks is sent, taken and written down. */
  private static final Duration START_DEADLINE = Duration.ofMinutes(2);

  /** Of more nobody needs to know the bytes: the plan goes in parts. */
  private static final int MAX_TASKS_OF_MESSAGE = 10_000;

  private final Replicas replicas;
  private final SchedulerCalls calls;
  private final FleetCalls fleet;
  private final Patience watchPatience;
  private final ScheduledExecutorService timer;

  /**
   * @param watchPatience how long a watch waits for a scheduler that went away
   */
  public RemoteScheduler(
      Replicas replicas,
      Patience callPatience,
      Patience watchPatience,
      ScheduledExecutorService timer) {
    this.replicas = replicas;
    this.calls = new SchedulerCalls(replicas, callPatience);
    this.fleet = new FleetCalls(replicas, calls);
    this.watchPatience = watchPatience;
    this.timer = timer;
  }

  @Override
  public Answer<ObservedRun> start(Start start) {
    StartRunRequest.Builder request =
        StartRunRequest.newBuilder()
            .setRequestId(start.requestId())
            .setPlanVersion(start.planVersion())
            .putAllParameters(start.parameters())
            .setSimulate(start.simulate())
            .setSpeed(start.speed())
            .setWeight(start.weight());
    if (start.plan().tasks().size() <= MAX_TASKS_OF_MESSAGE) {
      request.setPlan(PlanProto.toProto(start.plan()));
      if (request.getPlan().getSerializedSize() <= LargeStart.MAX_MESSAGE_BYTES) {
        return calls.call(stub -> RunProto.fromProto(stub.startRun(request.build()).getRun()));
      }
    }
    StartRunRequest header = request.clearPlan().build();
    return calls.call(stub ->
        RunProto.fromProto(
            LargeStart.call(
                SchedulerServiceGrpc.newStub(stub.getChannel())
                    .withDeadlineAfter(START_DEADLINE.toMillis(), TimeUnit.MILLISECONDS),
                header,
                start.plan())));
  }

  /** Leaves the plan, which may be large, as it came. */
  @Override
  public Answer<ObservedRun> run(long runId) {
    GetRunRequest request = GetRunRequest.newBuilder().setRunId(runId).build();
    return calls.call(stub -> RunProto.fromProto(stub.getRun(request).getRun()));
  }

  @Override
  public Answer<RunOfPlan> runOfPlan(long runId) {
    GetRunRequest request = GetRunRequest.newBuilder().setRunId(runId).build();
    return calls
        .call(stub -> stub.getRun(request))
        .map(found ->
            new RunOfPlan(
                RunProto.fromProto(found.getRun()), PlanProto.fromProto(found.getPlan())));
  }

  @Override
  public Answer<Page<ObservedRun>> runs(int pageSize, String pageToken, String planName) {
    ListRunsRequest request =
        ListRunsRequest.newBuilder()
            .setPageSize(pageSize)
            .setPageToken(pageToken)
            .setPlanName(planName)
            .build();
    return calls.call(stub -> page(stub.listRuns(request)));
  }

  private static Page<ObservedRun> page(ListRunsResponse found) {
    return new Page<>(
        found.getRunsList().stream().map(RunProto::fromProto).toList(), found.getNextPageToken());
  }

  @Override
  public Answer<ObservedRun> cancel(long runId, String reason) {
    CancelRunRequest request =
        CancelRunRequest.newBuilder().setRunId(runId).setReason(reason).build();
    return calls.call(stub -> RunProto.fromProto(stub.cancelRun(request).getRun()));
  }

  @Override
  public Answer<ObservedRun> change(long runId, RunChange change) {
    Function<SchedulerServiceBlockingStub, Run> call = ChangeCalls.of(runId, change);
    return calls.call(stub -> RunProto.fromProto(call.apply(stub)));
  }

  @Override
  public Answer<ObservedExplanation> explain(long runId, String task) {
    ExplainRequest request = ExplainRequest.newBuilder().setRunId(runId).setTask(task).build();
    return calls.call(stub -> new WireExplanation(stub.explain(request).getExplanation()));
  }

  @Override
  public Answer<ObservedFleet> agents() {
    return fleet.agents();
  }

  @Override
  public Answer<List<ObservedPause>> pauseAgents(AgentSubject subject, String reason, String by) {
    return fleet.pause(subject, reason, by);
  }

  @Override
  public Answer<List<ObservedPause>> resumeAgents(AgentSubject subject) {
    return fleet.resume(subject);
  }

  @Override
  public Flow.Publisher<ObservedEvent> watch(long runId, long afterPosition) {
    return subscriber -> {
      EventWatch watch =
          new EventWatch(
              runId,
              afterPosition,
              subscriber,
              new Reconnection(new Route(replicas), watchPatience, timer, calls::refusal));
      subscriber.onSubscribe(watch);
      watch.open();
    };
  }
}
