package dev.makespan.scheduler.grpc;

import dev.makespan.core.plan.TaskId;
import dev.makespan.core.run.RunCommand;
import dev.makespan.core.run.RunView;
import dev.makespan.core.task.RunId;
import dev.makespan.core.task.TaskCommand;
import dev.makespan.formats.plan.PlanProto;
import dev.makespan.formats.run.ExplanationProto;
import dev.makespan.formats.run.RunProto;
import dev.makespan.proto.run.v1.Run;
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
import dev.makespan.proto.scheduler.v1.ChangeMergesRequest;
import dev.makespan.proto.scheduler.v1.ChangeMergesResponse;
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
import dev.makespan.scheduler.CallThreads;
import dev.makespan.scheduler.ExplainAnswer;
import dev.makespan.scheduler.RunAnswer;
import dev.makespan.scheduler.RunList;
import dev.makespan.scheduler.Runs;
import dev.makespan.scheduler.StartRequest;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.vertx.core.Vertx;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Runs, for the planner. Each call is served on a virtual thread and answered where it came. */
@GrpcService
public class SchedulerGrpc extends SchedulerServiceGrpc.SchedulerServiceImplBase {

  static final int DEFAULT_PAGE = 50;
  static final int MAX_PAGE = 1_000;
  static final int MAX_REASON = 4_096;
  private static final Logger LOG = Logger.getLogger(SchedulerGrpc.class);

  private final Runs runs;
  private final WatchCalls watches;
  private final LargeStarts largeStarts;
  private final FleetCalls fleet;
  private final CallThreads threads;
  private final Vertx vertx;

  SchedulerGrpc(
      Runs runs,
      WatchCalls watches,
      LargeStarts largeStarts,
      FleetCalls fleet,
      CallThreads threads,
      Vertx vertx) {
    this.runs = runs;
    this.watches = watches;
    this.largeStarts = largeStarts;
    this.fleet = fleet;
    this.threads = threads;
    this.vertx = vertx;
  }

  @Override
  public void startRun(StartRunRequest request, StreamObserver<StartRunResponse> answers) {
    answer(answers, () -> start(request));
  }

  private StartRunResponse start(StartRunRequest request) {
    return StartRunResponse.newBuilder().setRun(started(StartReader.read(request))).build();
  }

  private Run started(Reading<StartRequest> reading) {
    return switch (reading) {
      case Reading.Valid<StartRequest>(StartRequest valid) ->
          found(runs.start(valid), RunProto::toProto);
      case Reading.Invalid<StartRequest>(var problems) -> throw Statuses.invalid(problems);
    };
  }

  @Override
  public StreamObserver<StartLargeRunRequest> startLargeRun(
      StreamObserver<StartLargeRunResponse> answers) {
    return largeStarts.open(answers, this::startLarge);
  }

  private StartLargeRunResponse startLarge(StartRunRequest header, PlanArrival arrival) {
    return StartLargeRunResponse.newBuilder()
        .setRun(started(StartReader.read(header, arrival)))
        .build();
  }

  @Override
  public void getRun(GetRunRequest request, StreamObserver<GetRunResponse> answers) {
    answer(
        answers,
        () ->
            found(
                runs.run(id(request.getRunId())),
                view ->
                    GetRunResponse.newBuilder()
                        .setRun(RunProto.toProto(view))
                        .setPlan(PlanProto.toProto(view.spec().plan()))
                        .build()));
  }

  @Override
  public void cancelRun(CancelRunRequest request, StreamObserver<CancelRunResponse> answers) {
    answer(answers, () -> cancel(request));
  }

  private CancelRunResponse cancel(CancelRunRequest request) {
    if (request.getReason().length() > MAX_REASON || request.getReason().indexOf('\0') >= 0) {
      throw Statuses.invalid(
          "reason", "expected at most " + MAX_REASON + " characters, none of them NUL");
    }
    return found(
        runs.cancel(id(request.getRunId()), request.getReason()),
        view -> CancelRunResponse.newBuilder().setRun(RunProto.toProto(view)).build());
  }

  @Override
  public void pauseRun(PauseRunRequest request, StreamObserver<PauseRunResponse> answers) {
    change(
        answers,
        request.getRunId(),
        () -> ChangeReader.pause(request.getReason()),
        run -> PauseRunResponse.newBuilder().setRun(run).build());
  }

  @Override
  public void resumeRun(ResumeRunRequest request, StreamObserver<ResumeRunResponse> answers) {
    change(
        answers,
        request.getRunId(),
        () -> ChangeReader.resume(request),
        run -> ResumeRunResponse.newBuilder().setRun(run).build());
  }

  @Override
  public void amendRun(AmendRunRequest request, StreamObserver<AmendRunResponse> answers) {
    change(
        answers,
        request.getRunId(),
        () -> ChangeReader.amend(request),
        run -> AmendRunResponse.newBuilder().setRun(run).build());
  }

  @Override
  public void cancelTask(CancelTaskRequest request, StreamObserver<CancelTaskResponse> answers) {
    change(
        answers,
        request.getRunId(),
        () -> ChangeReader.onTask(request.getTask(), request.getReason(), TaskCommand.Cancel::new),
        run -> CancelTaskResponse.newBuilder().setRun(run).build());
  }

  @Override
  public void retryTask(RetryTaskRequest request, StreamObserver<RetryTaskResponse> answers) {
    change(
        answers,
        request.getRunId(),
        () -> ChangeReader.onTask(request.getTask(), request.getReason(), TaskCommand.Retry::new),
        run -> RetryTaskResponse.newBuilder().setRun(run).build());
  }

  @Override
  public void skipTask(SkipTaskRequest request, StreamObserver<SkipTaskResponse> answers) {
    change(
        answers,
        request.getRunId(),
        () ->
            ChangeReader.onTask(request.getTask(), request.getReason(), TaskCommand.LeaveOut::new),
        run -> SkipTaskResponse.newBuilder().setRun(run).build());
  }

  @Override
  public void approve(ApproveRequest request, StreamObserver<ApproveResponse> answers) {
    change(
        answers,
        request.getRunId(),
        () -> ChangeReader.approve(request),
        run -> ApproveResponse.newBuilder().setRun(run).build());
  }

  @Override
  public void answerBlocker(
      AnswerBlockerRequest request, StreamObserver<AnswerBlockerResponse> answers) {
    change(
        answers,
        request.getRunId(),
        () -> ChangeReader.answer(request),
        run -> AnswerBlockerResponse.newBuilder().setRun(run).build());
  }

  @Override
  public void changeMerges(
      ChangeMergesRequest request, StreamObserver<ChangeMergesResponse> answers) {
    change(
        answers,
        request.getRunId(),
        () -> ChangeReader.merges(request),
        run -> ChangeMergesResponse.newBuilder().setRun(run).build());
  }

  @Override
  public void explain(ExplainRequest request, StreamObserver<ExplainResponse> answers) {
    answer(answers, () -> explain(request));
  }

  private ExplainResponse explain(ExplainRequest request) {
    TaskId task = request.getTask().isEmpty() ? null : ChangeReader.task(request.getTask());
    return switch (runs.explain(id(request.getRunId()), task)) {
      case ExplainAnswer.Explained e ->
          ExplainResponse.newBuilder()
              .setExplanation(ExplanationProto.toProto(e.explanation()))
              .build();
      case ExplainAnswer.NotFound no -> throw Statuses.notFound(no.message());
      case ExplainAnswer.Busy busy ->
          throw Statuses.of(new RunAnswer.Busy(busy.message(), busy.retryAfter()));
      case ExplainAnswer.Unavailable un -> throw Statuses.unavailable(un.message(), un.owner());
    };
  }

  private <T> void change(
      StreamObserver<T> answers,
      long run,
      Supplier<RunCommand> command,
      Function<Run, T> response) {
    answer(
        answers,
        () ->
            found(
                runs.change(id(run), command.get()),
                view -> response.apply(RunProto.toProto(view))));
  }

  @Override
  public void listAgents(ListAgentsRequest request, StreamObserver<ListAgentsResponse> answers) {
    answer(answers, fleet::list);
  }

  @Override
  public void pauseAgents(PauseAgentsRequest request, StreamObserver<PauseAgentsResponse> answers) {
    answer(answers, () -> fleet.pause(request));
  }

  @Override
  public void resumeAgents(
      ResumeAgentsRequest request, StreamObserver<ResumeAgentsResponse> answers) {
    answer(answers, () -> fleet.resume(request));
  }

  @Override
  public void listRuns(ListRunsRequest request, StreamObserver<ListRunsResponse> answers) {
    answer(answers, () -> list(request));
  }

  private ListRunsResponse list(ListRunsRequest request) {
    int size = request.getPageSize() == 0 ? DEFAULT_PAGE : request.getPageSize();
    if (size < 0) {
      throw Statuses.invalid("page_size", "expected 0 to " + MAX_PAGE + ", was " + size);
    }
    long before = PageToken.read(request.getPageToken());
    if (before == 0) {
      throw Statuses.invalid("page_token", "expected one from an earlier answer, or none");
    }
    return switch (runs.runs(before, request.getPlanName(), Math.min(size, MAX_PAGE))) {
      case RunList.Page page -> page(page);
      case RunList.Busy busy -> throw Statuses.of(busy.why());
      case RunList.Unavailable un -> throw Statuses.unavailable(un.message());
    };
  }

  private static ListRunsResponse page(RunList.Page page) {
    ListRunsResponse.Builder response = ListRunsResponse.newBuilder();
    page.runs().forEach(run -> response.addRuns(SummaryProto.toProto(run)));
    if (page.more()) {
      response.setNextPageToken(PageToken.after(page.runs().getLast().id().value()));
    }
    return response.build();
  }

  @Override
  public void watchRun(WatchRunRequest request, StreamObserver<WatchRunResponse> answers) {
    watches.open(request, answers);
  }

  private static RunId id(long value) {
    if (value <= 0) {
      throw Statuses.invalid("run_id", "expected a number above 0, was " + value);
    }
    return new RunId(value);
  }

  private static <T> T found(RunAnswer answer, Function<RunView, T> response) {
    return switch (answer) {
      case RunAnswer.Found found -> response.apply(found.view());
      case RunAnswer.NoSuchRun no -> throw Statuses.of(no);
      case RunAnswer.UsedBefore used -> throw Statuses.of(used);
      case RunAnswer.Refused refused -> throw Statuses.of(refused);
      case RunAnswer.Busy busy -> throw Statuses.of(busy);
      case RunAnswer.Unavailable un -> throw Statuses.unavailable(un.message(), un.owner());
    };
  }

  private <T> void answer(StreamObserver<T> answers, Supplier<T> call) {
    CallerContext caller = CallerContext.current(vertx);
    threads.execute(() -> {
      try {
        T response = call.get();
        caller.execute(() -> {
          answers.onNext(response);
          answers.onCompleted();
        });
      } catch (StatusRuntimeException e) {
        caller.execute(() -> answers.onError(e));
      } catch (RuntimeException e) {
        LOG.error("a call failed", e);
        caller.execute(() -> answers.onError(Statuses.internal()));
      }
    });
  }
}
