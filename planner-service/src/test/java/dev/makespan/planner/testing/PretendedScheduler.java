package dev.makespan.planner.testing;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import com.google.rpc.RetryInfo;
import dev.makespan.proto.plan.v1.Plan;
import dev.makespan.proto.plan.v1.Task;
import dev.makespan.proto.run.v1.AgentPause;
import dev.makespan.proto.run.v1.Attempt;
import dev.makespan.proto.run.v1.AttemptOutcome;
import dev.makespan.proto.run.v1.BudgetChange;
import dev.makespan.proto.run.v1.Explanation;
import dev.makespan.proto.run.v1.FleetAgent;
import dev.makespan.proto.run.v1.HeldAttempt;
import dev.makespan.proto.run.v1.Reason;
import dev.makespan.proto.run.v1.ReasonKind;
import dev.makespan.proto.run.v1.RoleAgents;
import dev.makespan.proto.run.v1.Run;
import dev.makespan.proto.run.v1.RunEvent;
import dev.makespan.proto.run.v1.RunFinished;
import dev.makespan.proto.run.v1.RunState;
import dev.makespan.proto.run.v1.TaskReady;
import dev.makespan.proto.run.v1.TaskRun;
import dev.makespan.proto.run.v1.TaskState;
import dev.makespan.proto.scheduler.v1.AmendRunRequest;
import dev.makespan.proto.scheduler.v1.AmendRunResponse;
import dev.makespan.proto.scheduler.v1.AnswerBlockerRequest;
import dev.makespan.proto.scheduler.v1.AnswerBlockerResponse;
import dev.makespan.proto.scheduler.v1.ApproveRequest;
import dev.makespan.proto.scheduler.v1.ApproveResponse;
import dev.makespan.proto.scheduler.v1.CancelRunRequest;
import dev.makespan.proto.scheduler.v1.CancelRunResponse;
import dev.makespan.proto.scheduler.v1.CancelTaskRequest;
import dev.makespan.proto.scheduler.v1.CancelTaskResponse;
import dev.makespan.proto.scheduler.v1.ExplainRequest;
import dev.makespan.proto.scheduler.v1.ExplainResponse;
import dev.makespan.proto.scheduler.v1.GetRunRequest;
import dev.makespan.proto.scheduler.v1.GetRunResponse;
import dev.makespan.proto.scheduler.v1.ListAgentsRequest;
import dev.makespan.proto.scheduler.v1.ListAgentsResponse;
import dev.makespan.proto.scheduler.v1.ListRunsRequest;
import dev.makespan.proto.scheduler.v1.ListRunsResponse;
import dev.makespan.proto.scheduler.v1.PauseAgentsRequest;
import dev.makespan.proto.scheduler.v1.PauseAgentsResponse;
import dev.makespan.proto.scheduler.v1.PauseRunRequest;
import dev.makespan.proto.scheduler.v1.PauseRunResponse;
import dev.makespan.proto.scheduler.v1.ResumeAgentsRequest;
import dev.makespan.proto.scheduler.v1.ResumeAgentsResponse;
import dev.makespan.proto.scheduler.v1.ResumeRunRequest;
import dev.makespan.proto.scheduler.v1.ResumeRunResponse;
import dev.makespan.proto.scheduler.v1.RetryTaskRequest;
import dev.makespan.proto.scheduler.v1.RetryTaskResponse;
import dev.makespan.proto.scheduler.v1.SchedulerServiceGrpc;
import dev.makespan.proto.scheduler.v1.SkipTaskRequest;
import dev.makespan.proto.scheduler.v1.SkipTaskResponse;
import dev.makespan.proto.scheduler.v1.StartLargeRunRequest;
import dev.makespan.proto.scheduler.v1.StartLargeRunResponse;
import dev.makespan.proto.scheduler.v1.StartRunRequest;
import dev.makespan.proto.scheduler.v1.StartRunResponse;
import dev.makespan.proto.scheduler.v1.WatchRunRequest;
import dev.makespan.proto.scheduler.v1.WatchRunResponse;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A scheduler whose runs are done at once, each task after the one before it. A request id that
 * begins with {@code flaky} is answered at the second call only, a watch breaks after two events
 * and goes on when it is asked again, the run {@value #ENDLESS} never stops talking, and runs of a
 * plan whose name begins with {@code lasting} are live until they are cancelled. Of a plan whose
 * name begins with {@code full} enough runs wait already.
 */
final class PretendedScheduler extends SchedulerServiceGrpc.SchedulerServiceImplBase {

  /** Its position tells how many events were sent. */
  static final long ENDLESS = 999;

  private static final long START = 1_800_000_000;
  private static final int EVENTS = 4;

  private final Map<String, Long> requests = new HashMap<>();
  private final Map<Long, StartRunRequest> runs = new HashMap<>();
  private final Set<String> refusedOnce = new HashSet<>();
  private final Set<Long> live = new HashSet<>();
  private final AtomicLong endless = new AtomicLong();

  private static StatusRuntimeException full() {
    return StatusProto.toStatusRuntimeException(
        com.google.rpc.Status.newBuilder()
            .setCode(Status.Code.RESOURCE_EXHAUSTED.value())
            .setMessage("1 runs wait already")
            .addDetails(
                Any.pack(
                    RetryInfo.newBuilder()
                        .setRetryDelay(Duration.newBuilder().setSeconds(1).setNanos(500_000_000))
                        .build()))
            .build());
  }

  @Override
  public synchronized void startRun(
      StartRunRequest request, StreamObserver<StartRunResponse> caller) {
    String id = request.getRequestId();
    if (id.startsWith("flaky") && refusedOnce.add(id)) {
      caller.onError(Status.UNAVAILABLE.asRuntimeException());
      return;
    }
    if (request.getPlan().getName().startsWith("full")) {
      caller.onError(full());
      return;
    }
    long run = requests.computeIfAbsent(id, _ -> runs.size() + 1L);
    StartRunRequest before = runs.putIfAbsent(run, request);
    if (before != null && !before.equals(request)) {
      caller.onError(Status.ALREADY_EXISTS.asRuntimeException());
      return;
    }
    if (before == null && request.getPlan().getName().startsWith("lasting")) {
      live.add(run);
    }
    caller.onNext(StartRunResponse.newBuilder().setRun(run(run, true)).build());
    caller.onCompleted();
  }

  @Override
  public StreamObserver<StartLargeRunRequest> startLargeRun(
      StreamObserver<StartLargeRunResponse> caller) {
    StartRunRequest.Builder whole = StartRunRequest.newBuilder();
    return new StreamObserver<>() {
      @Override
      public void onNext(StartLargeRunRequest part) {
        if (part.hasHeader()) {
          whole.mergeFrom(part.getHeader());
        } else {
          whole.getPlanBuilder().mergeFrom(part.getPlan());
        }
      }

      @Override
      public void onError(Throwable failure) {}

      @Override
      public void onCompleted() {
        startRun(whole.build(), new LargeAnswer(caller));
      }
    };
  }

  private record LargeAnswer(StreamObserver<StartLargeRunResponse> caller)
      implements StreamObserver<StartRunResponse> {

    @Override
    public void onNext(StartRunResponse response) {
      caller.onNext(StartLargeRunResponse.newBuilder().setRun(response.getRun()).build());
    }

    @Override
    public void onError(Throwable failure) {
      caller.onError(failure);
    }

    @Override
    public void onCompleted() {
      caller.onCompleted();
    }
  }

  @Override
  public synchronized void getRun(GetRunRequest request, StreamObserver<GetRunResponse> caller) {
    StartRunRequest started = runs.get(request.getRunId());
    if (request.getRunId() == ENDLESS) {
      Run run = Run.newBuilder().setId(ENDLESS).setPosition(endless.get()).build();
      Plan plan = Plan.newBuilder().setName("endless").build();
      caller.onNext(GetRunResponse.newBuilder().setRun(run).setPlan(plan).build());
      caller.onCompleted();
    } else if (started == null) {
      caller.onError(notFound(request.getRunId()));
    } else {
      caller.onNext(
          GetRunResponse.newBuilder()
              .setRun(run(request.getRunId(), true))
              .setPlan(started.getPlan())
              .build());
      caller.onCompleted();
    }
  }

  @Override
  public synchronized void listRuns(
      ListRunsRequest request, StreamObserver<ListRunsResponse> caller) {
    ListRunsResponse.Builder page = ListRunsResponse.newBuilder();
    runs.keySet().stream()
        .filter(id -> isOf(id, request.getPlanName()))
        .sorted((a, b) -> Long.compare(b, a))
        .limit(request.getPageSize())
        .forEach(id -> page.addRuns(run(id, false)));
    caller.onNext(page.build());
    caller.onCompleted();
  }

  private boolean isOf(long run, String planName) {
    StartRunRequest started = runs.get(run);
    return planName.isEmpty() || (started != null && started.getPlan().getName().equals(planName));
  }

  @Override
  public synchronized void cancelRun(
      CancelRunRequest request, StreamObserver<CancelRunResponse> caller) {
    if (live.remove(request.getRunId())) {
      caller.onNext(CancelRunResponse.newBuilder().setRun(run(request.getRunId(), false)).build());
      caller.onCompleted();
      return;
    }
    caller.onError(
        runs.containsKey(request.getRunId())
            ? Status.FAILED_PRECONDITION
                .withDescription("run " + request.getRunId() + " has finished")
                .asRuntimeException()
            : notFound(request.getRunId()));
  }

  @Override
  public void pauseRun(PauseRunRequest request, StreamObserver<PauseRunResponse> caller) {
    changed(
        request.getRunId(),
        request.getReason(),
        caller,
        run -> PauseRunResponse.newBuilder().setRun(run).build());
  }

  @Override
  public void resumeRun(ResumeRunRequest request, StreamObserver<ResumeRunResponse> caller) {
    String limits =
        request.getBudget().equals(BudgetChange.getDefaultInstance())
            ? ""
            : "limits %d %s by %s"
                .formatted(
                    request.getBudget().getTokens(),
                    request.getBudget().hasCost(),
                    request.getBy());
    changed(
        request.getRunId(),
        limits,
        caller,
        run -> ResumeRunResponse.newBuilder().setRun(run).build());
  }

  @Override
  public void listAgents(ListAgentsRequest request, StreamObserver<ListAgentsResponse> caller) {
    caller.onNext(
        ListAgentsResponse.newBuilder()
            .addAgents(
                FleetAgent.newBuilder()
                    .setAgent("backend-1")
                    .addRoles("backend")
                    .setSlots(2)
                    .setFree(1)
                    .addAttempts(
                        HeldAttempt.newBuilder().setRunId(12).setTask("schema").setFence(7))
                    .setGateway("gateway-1")
                    .setHeardTime(second(3))
                    .setConnected(true)
                    .setShard(1))
            .addPauses(paused("new disk", "ann"))
            .build());
    caller.onCompleted();
  }

  private static AgentPause paused(String reason, String by) {
    return AgentPause.newBuilder()
        .setRole("backend")
        .setReason(reason)
        .setBy(by)
        .setPauseTime(second(4))
        .build();
  }

  @Override
  public void pauseAgents(PauseAgentsRequest request, StreamObserver<PauseAgentsResponse> caller) {
    AgentPause pause =
        request.hasRole()
            ? paused(request.getReason(), request.getBy())
            : paused(request.getReason(), request.getBy()).toBuilder()
                .setAgent(request.getAgent())
                .build();
    caller.onNext(PauseAgentsResponse.newBuilder().addPauses(pause).build());
    caller.onCompleted();
  }

  @Override
  public void resumeAgents(
      ResumeAgentsRequest request, StreamObserver<ResumeAgentsResponse> caller) {
    caller.onNext(ResumeAgentsResponse.getDefaultInstance());
    caller.onCompleted();
  }

  @Override
  public void amendRun(AmendRunRequest request, StreamObserver<AmendRunResponse> caller) {
    changed(
        request.getRunId(),
        "version " + request.getPlanVersion() + " with " + request.getPlan().getTasksCount(),
        caller,
        run -> AmendRunResponse.newBuilder().setRun(run).build());
  }

  @Override
  public void cancelTask(CancelTaskRequest request, StreamObserver<CancelTaskResponse> caller) {
    changed(
        request.getRunId(),
        "cancel " + request.getTask() + " " + request.getReason(),
        caller,
        run -> CancelTaskResponse.newBuilder().setRun(run).build());
  }

  @Override
  public void retryTask(RetryTaskRequest request, StreamObserver<RetryTaskResponse> caller) {
    changed(
        request.getRunId(),
        "retry " + request.getTask() + " " + request.getReason(),
        caller,
        run -> RetryTaskResponse.newBuilder().setRun(run).build());
  }

  @Override
  public void skipTask(SkipTaskRequest request, StreamObserver<SkipTaskResponse> caller) {
    changed(
        request.getRunId(),
        "skip " + request.getTask() + " " + request.getReason(),
        caller,
        run -> SkipTaskResponse.newBuilder().setRun(run).build());
  }

  @Override
  public void approve(ApproveRequest request, StreamObserver<ApproveResponse> caller) {
    changed(
        request.getRunId(),
        "%s %s%s by %s: %s"
            .formatted(
                request.getDecline() ? "decline" : "approve",
                request.getTask(),
                request.getPhase(),
                request.getBy(),
                request.getName()),
        caller,
        run -> ApproveResponse.newBuilder().setRun(run).build());
  }

  @Override
  public void answerBlocker(
      AnswerBlockerRequest request, StreamObserver<AnswerBlockerResponse> caller) {
    changed(
        request.getRunId(),
        "answer " + request.getTask() + " " + request.getText(),
        caller,
        run -> AnswerBlockerResponse.newBuilder().setRun(run).build());
  }

  /** A live run answers with what was asked as its reason. */
  private synchronized <T> void changed(
      long id, String what, StreamObserver<T> caller, Function<Run, T> response) {
    if (live.contains(id)) {
      caller.onNext(response.apply(run(id, false).toBuilder().setReason(what).build()));
      caller.onCompleted();
    } else {
      caller.onError(
          Status.FAILED_PRECONDITION
              .withDescription("run " + id + " has ended: DONE")
              .asRuntimeException());
    }
  }

  @Override
  public void explain(ExplainRequest request, StreamObserver<ExplainResponse> caller) {
    Explanation.Builder explanation =
        Explanation.newBuilder()
            .setRunId(request.getRunId())
            .setState(RunState.RUN_STATE_RUNNING)
            .setExplainTime(second(0))
            .addRoles(RoleAgents.newBuilder().setRole("backend").setAgents(2).setSlots(2));
    explanation
        .addTasksBuilder()
        .setTask(request.getTask().isEmpty() ? "b" : request.getTask())
        .setState(TaskState.TASK_STATE_READY)
        .setEarliestStartTime(second(60))
        .addReasons(
            Reason.newBuilder()
                .setKind(ReasonKind.REASON_KIND_LOCK_HELD)
                .setText("x.rs is locked by a")
                .setTask("a")
                .setPath("x.rs")
                .setExpectedTime(second(60)));
    caller.onNext(ExplainResponse.newBuilder().setExplanation(explanation).build());
    caller.onCompleted();
  }

  @Override
  public void watchRun(WatchRunRequest request, StreamObserver<WatchRunResponse> caller) {
    if (request.getRunId() == ENDLESS) {
      talkOn((ServerCallStreamObserver<WatchRunResponse>) caller);
      return;
    }
    long position = request.getAfterPosition();
    boolean breaks = position == 0;
    while (++position <= EVENTS) {
      if (breaks && position == 3) {
        caller.onError(Status.UNAVAILABLE.asRuntimeException());
        return;
      }
      caller.onNext(WatchRunResponse.newBuilder().setEvent(event(position)).build());
    }
    caller.onCompleted();
  }

  private void talkOn(ServerCallStreamObserver<WatchRunResponse> caller) {
    Runnable talk =
        () -> {
          while (caller.isReady()) {
            RunEvent event =
                RunEvent.newBuilder()
                    .setPosition(endless.incrementAndGet())
                    .setTask("x".repeat(1_000))
                    .setTaskReady(TaskReady.getDefaultInstance())
                    .build();
            caller.onNext(WatchRunResponse.newBuilder().setEvent(event).build());
          }
        };
    caller.setOnReadyHandler(talk);
  }

  private static RunEvent event(long position) {
    RunEvent.Builder event =
        RunEvent.newBuilder().setPosition(position).setEventTime(second((double) position));
    return position == EVENTS
        ? event.setRunFinished(RunFinished.newBuilder().setState(RunState.RUN_STATE_DONE)).build()
        : event.setTask("a").setTaskReady(TaskReady.getDefaultInstance()).build();
  }

  private Run run(long id, boolean withTasks) {
    @Nullable StartRunRequest started = runs.get(id);
    if (started == null) {
      return Run.newBuilder().setId(id).build();
    }
    Run.Builder run =
        Run.newBuilder()
            .setId(id)
            .setPlanName(started.getPlan().getName())
            .setPlanVersion(started.getPlanVersion())
            .setState(live.contains(id) ? RunState.RUN_STATE_RUNNING : RunState.RUN_STATE_DONE)
            .setSpeed(started.getSpeed())
            .setSimulated(started.getSimulate())
            .putAllParameters(started.getParametersMap())
            .setCreateTime(second(0));
    if (withTasks) {
      addTasks(run, started);
    }
    return run.build();
  }

  private static void addTasks(Run.Builder run, StartRunRequest started) {
    double seconds = 0;
    for (Task task : started.getPlan().getTasksList()) {
      double duration = task.getEstimate().getLikely().getSeconds() / started.getSpeed();
      run.addTasks(
          TaskRun.newBuilder()
              .setTask(task.getId())
              .setState(TaskState.TASK_STATE_DONE)
              .setReadyTime(second(0))
              .addAttempts(
                  Attempt.newBuilder()
                      .setNumber(1)
                      .setAgent("agent-1")
                      .setFence(1)
                      .setLeaseTime(second(seconds))
                      .setStartTime(second(seconds))
                      .setFinishTime(second(seconds + duration))
                      .setOutcome(AttemptOutcome.ATTEMPT_OUTCOME_DONE)));
      seconds += duration;
    }
  }

  private static Timestamp second(double second) {
    long nanos = Math.round(second * 1e9);
    return Timestamp.newBuilder()
        .setSeconds(START + nanos / 1_000_000_000)
        .setNanos((int) (nanos % 1_000_000_000))
        .build();
  }

  private static RuntimeException notFound(long run) {
    return Status.NOT_FOUND.withDescription("no run " + run).asRuntimeException();
  }
}
