package dev.makespan.scheduler.grpc;

import dev.makespan.core.run.RunView;
import dev.makespan.core.task.RunId;
import dev.makespan.formats.plan.PlanProto;
import dev.makespan.formats.run.RunProto;
import dev.makespan.proto.scheduler.v1.CancelRunRequest;
import dev.makespan.proto.scheduler.v1.CancelRunResponse;
import dev.makespan.proto.scheduler.v1.GetRunRequest;
import dev.makespan.proto.scheduler.v1.GetRunResponse;
import dev.makespan.proto.scheduler.v1.ListRunsRequest;
import dev.makespan.proto.scheduler.v1.ListRunsResponse;
import dev.makespan.proto.scheduler.v1.SchedulerServiceGrpc;
import dev.makespan.proto.scheduler.v1.StartRunRequest;
import dev.makespan.proto.scheduler.v1.StartRunResponse;
import dev.makespan.proto.scheduler.v1.WatchRunRequest;
import dev.makespan.proto.scheduler.v1.WatchRunResponse;
import dev.makespan.scheduler.CallThreads;
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
  private final CallThreads threads;
  private final Vertx vertx;

  SchedulerGrpc(Runs runs, WatchCalls watches, CallThreads threads, Vertx vertx) {
    this.runs = runs;
    this.watches = watches;
    this.threads = threads;
    this.vertx = vertx;
  }

  @Override
  public void startRun(StartRunRequest request, StreamObserver<StartRunResponse> answers) {
    answer(answers, () -> start(request));
  }

  private StartRunResponse start(StartRunRequest request) {
    return switch (StartReader.read(request)) {
      case Reading.Valid<StartRequest>(StartRequest valid) ->
          found(
              runs.start(valid),
              view -> StartRunResponse.newBuilder().setRun(RunProto.toProto(view)).build());
      case Reading.Invalid<StartRequest>(var problems) -> throw Statuses.invalid(problems);
    };
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
