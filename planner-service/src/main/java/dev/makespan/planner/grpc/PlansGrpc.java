package dev.makespan.planner.grpc;

import com.google.protobuf.UnsafeByteOperations;
import dev.makespan.formats.plan.PlanProto;
import dev.makespan.planner.Answer;
import dev.makespan.planner.FindingApplication;
import dev.makespan.planner.Page;
import dev.makespan.planner.PlanDeletion;
import dev.makespan.planner.Plans;
import dev.makespan.planner.Questions;
import dev.makespan.planner.StoredPlan;
import dev.makespan.planner.Uploads;
import dev.makespan.planner.wire.ApplicationProto;
import dev.makespan.planner.wire.QuestionProto;
import dev.makespan.planner.wire.ResultProto;
import dev.makespan.planner.wire.StoredPlanProto;
import dev.makespan.proto.plan.v1.AmendPlanRequest;
import dev.makespan.proto.plan.v1.AmendPlanResponse;
import dev.makespan.proto.plan.v1.AnalyzePlanRequest;
import dev.makespan.proto.plan.v1.AnalyzePlanResponse;
import dev.makespan.proto.plan.v1.ApplyFindingsRequest;
import dev.makespan.proto.plan.v1.ApplyFindingsResponse;
import dev.makespan.proto.plan.v1.CheckPlanRequest;
import dev.makespan.proto.plan.v1.CheckPlanResponse;
import dev.makespan.proto.plan.v1.CreatePlanRequest;
import dev.makespan.proto.plan.v1.CreatePlanResponse;
import dev.makespan.proto.plan.v1.DeletePlanRequest;
import dev.makespan.proto.plan.v1.DeletePlanResponse;
import dev.makespan.proto.plan.v1.DownloadPlanRequest;
import dev.makespan.proto.plan.v1.DownloadPlanResponse;
import dev.makespan.proto.plan.v1.ForecastPlanRequest;
import dev.makespan.proto.plan.v1.ForecastPlanResponse;
import dev.makespan.proto.plan.v1.GetAgentCurveRequest;
import dev.makespan.proto.plan.v1.GetAgentCurveResponse;
import dev.makespan.proto.plan.v1.GetPlanRequest;
import dev.makespan.proto.plan.v1.GetPlanResponse;
import dev.makespan.proto.plan.v1.ListPlanVersionsRequest;
import dev.makespan.proto.plan.v1.ListPlanVersionsResponse;
import dev.makespan.proto.plan.v1.ListPlansRequest;
import dev.makespan.proto.plan.v1.ListPlansResponse;
import dev.makespan.proto.plan.v1.PlanServiceGrpc;
import dev.makespan.proto.plan.v1.PlanSource;
import dev.makespan.proto.plan.v1.SchedulePlanRequest;
import dev.makespan.proto.plan.v1.SchedulePlanResponse;
import dev.makespan.proto.plan.v1.UploadHeader;
import dev.makespan.proto.plan.v1.UploadPlanRequest;
import dev.makespan.proto.plan.v1.UploadPlanResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import java.util.concurrent.ScheduledExecutorService;

/** {@code makespan.plan.v1.PlanService}. */
@GrpcService
public class PlansGrpc extends PlanServiceGrpc.PlanServiceImplBase {

  private final Plans plans;
  private final PlanDeletion deletion;
  private final Uploads uploads;
  private final Questions questions;
  private final FindingApplication application;
  private final Answers answers;
  private final Replies replies;
  private final ScheduledExecutorService timer;

  PlansGrpc(
      Plans plans,
      PlanDeletion deletion,
      Uploads uploads,
      Questions questions,
      FindingApplication application,
      Answers answers,
      Replies replies,
      ScheduledExecutorService timer) {
    this.plans = plans;
    this.deletion = deletion;
    this.uploads = uploads;
    this.questions = questions;
    this.application = application;
    this.answers = answers;
    this.replies = replies;
    this.timer = timer;
  }

  @Override
  public void checkPlan(CheckPlanRequest request, StreamObserver<CheckPlanResponse> caller) {
    replies.reply(
        caller,
        () -> plans.check(source(request.getSource())),
        found ->
            CheckPlanResponse.newBuilder().addAllProblems(StoredPlanProto.toProto(found)).build());
  }

  @Override
  public void createPlan(CreatePlanRequest request, StreamObserver<CreatePlanResponse> caller) {
    replies.reply(
        caller,
        () ->
            plans.create(
                request.getRequestId(), source(request.getSource()), request.getAcceptWarnings()),
        PlansGrpc::created);
  }

  @Override
  public StreamObserver<UploadPlanRequest> uploadPlan(StreamObserver<UploadPlanResponse> caller) {
    ServerCallStreamObserver<UploadPlanResponse> client =
        (ServerCallStreamObserver<UploadPlanResponse>) caller;
    return new UploadCall(
        client,
        header -> uploads.begin(header.getFileName(), header.getSize(), header.getContentHash()),
        (header, source, done) ->
            replies.finish(
                client,
                () -> keep(header, source),
                created ->
                    UploadPlanResponse.newBuilder()
                        .setPlan(StoredPlanProto.toProto(created.plan()))
                        .addAllWarnings(StoredPlanProto.toProto(created.warnings()))
                        .build(),
                done),
        timer);
  }

  private Answer<Plans.Created> keep(UploadHeader header, dev.makespan.planner.PlanSource source) {
    String id = header.getRequestId();
    boolean acceptWarnings = header.getAcceptWarnings();
    boolean isNew = header.getName().isEmpty() && header.getExpectedVersion() == 0;
    return isNew
        ? plans.create(id, source, acceptWarnings)
        : plans.amend(id, header.getName(), header.getExpectedVersion(), source, acceptWarnings);
  }

  @Override
  public void amendPlan(AmendPlanRequest request, StreamObserver<AmendPlanResponse> caller) {
    replies.reply(
        caller,
        () ->
            plans.amend(
                request.getRequestId(),
                request.getName(),
                request.getExpectedVersion(),
                source(request.getSource()),
                request.getAcceptWarnings()),
        created ->
            AmendPlanResponse.newBuilder()
                .setPlan(StoredPlanProto.toProto(created.plan()))
                .addAllWarnings(StoredPlanProto.toProto(created.warnings()))
                .build());
  }

  @Override
  public void downloadPlan(
      DownloadPlanRequest request, StreamObserver<DownloadPlanResponse> caller) {
    PacedSender<DownloadPlanResponse> sender =
        new PacedSender<>((ServerCallStreamObserver<DownloadPlanResponse>) caller, () -> {});
    replies.stream(
        sender, () -> plans.plan(request.getName(), request.getVersion()), FileParts::new);
  }

  @Override
  public void listPlanVersions(
      ListPlanVersionsRequest request, StreamObserver<ListPlanVersionsResponse> caller) {
    replies.reply(
        caller,
        () -> plans.versions(request.getName(), request.getPageSize(), request.getPageToken()),
        page ->
            ListPlanVersionsResponse.newBuilder()
                .addAllVersions(page.items().stream().map(StoredPlanProto::toProto).toList())
                .setNextPageToken(page.nextToken())
                .build());
  }

  @Override
  public void deletePlan(DeletePlanRequest request, StreamObserver<DeletePlanResponse> caller) {
    replies.reply(
        caller,
        () -> deletion.delete(request.getName(), request.getVersion(), request.getAllowMissing()),
        deleted -> DeletePlanResponse.newBuilder().setDeletedVersions(deleted).build());
  }

  @Override
  public void getPlan(GetPlanRequest request, StreamObserver<GetPlanResponse> caller) {
    replies.reply(
        caller, () -> plans.plan(request.getName(), request.getVersion()), PlansGrpc::opened);
  }

  @Override
  public void listPlans(ListPlansRequest request, StreamObserver<ListPlansResponse> caller) {
    replies.reply(
        caller,
        () -> plans.plans(request.getPageSize(), request.getPageToken()),
        PlansGrpc::listed);
  }

  @Override
  public void analyzePlan(AnalyzePlanRequest request, StreamObserver<AnalyzePlanResponse> caller) {
    replies.reply(
        caller,
        () ->
            questions.answer(
                request.getName(),
                request.getVersion(),
                QuestionProto.analysis(request.getPoolsMap())),
        answered ->
            AnalyzePlanResponse.newBuilder()
                .setPlan(StoredPlanProto.toProto(answered.plan()))
                .setAnalysis(ResultProto.toProto(answered.result()).getAnalysis())
                .putAllPools(answered.question().pools())
                .build());
  }

  @Override
  public void applyFindings(
      ApplyFindingsRequest request, StreamObserver<ApplyFindingsResponse> caller) {
    replies.reply(
        caller,
        () -> application.apply(ApplicationProto.fromProto(request)),
        ApplicationProto::toProto);
  }

  @Override
  public void schedulePlan(
      SchedulePlanRequest request, StreamObserver<SchedulePlanResponse> caller) {
    answers.stream(
        caller,
        request.getName(),
        request.getVersion(),
        QuestionProto.fromProto(request.getQuestion()),
        progress -> SchedulePlanResponse.newBuilder().setProgress(progress).build(),
        AnswerParts::ofSchedule);
  }

  @Override
  public void getAgentCurve(
      GetAgentCurveRequest request, StreamObserver<GetAgentCurveResponse> caller) {
    answers.stream(
        caller,
        request.getName(),
        request.getVersion(),
        QuestionProto.fromProto(request.getQuestion()),
        progress -> GetAgentCurveResponse.newBuilder().setProgress(progress).build(),
        AnswerParts::ofCurve);
  }

  @Override
  public void forecastPlan(
      ForecastPlanRequest request, StreamObserver<ForecastPlanResponse> caller) {
    answers.stream(
        caller,
        request.getName(),
        request.getVersion(),
        QuestionProto.fromProto(request.getQuestion()),
        progress -> ForecastPlanResponse.newBuilder().setProgress(progress).build(),
        AnswerParts::ofForecast);
  }

  private static dev.makespan.planner.PlanSource source(PlanSource message) {
    return new dev.makespan.planner.PlanSource(
        message.getFileName(), message.getContent().toByteArray());
  }

  private static CreatePlanResponse created(Plans.Created created) {
    return CreatePlanResponse.newBuilder()
        .setPlan(StoredPlanProto.toProto(created.plan()))
        .addAllWarnings(StoredPlanProto.toProto(created.warnings()))
        .build();
  }

  private static GetPlanResponse opened(Plans.Opened opened) {
    return GetPlanResponse.newBuilder()
        .setPlan(StoredPlanProto.toProto(opened.stored()))
        .setContent(PlanProto.toProto(opened.plan()))
        .setSource(
            PlanSource.newBuilder()
                .setFileName(opened.source().fileName())
                .setContent(UnsafeByteOperations.unsafeWrap(opened.source().content())))
        .build();
  }

  private static ListPlansResponse listed(Page<StoredPlan> page) {
    return ListPlansResponse.newBuilder()
        .addAllPlans(page.items().stream().map(StoredPlanProto::toProto).toList())
        .setNextPageToken(page.nextToken())
        .build();
  }
}
