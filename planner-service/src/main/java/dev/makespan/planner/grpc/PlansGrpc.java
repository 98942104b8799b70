package dev.makespan.planner.grpc;

import com.google.protobuf.UnsafeByteOperations;
import dev.makespan.formats.plan.PlanProto;
import dev.makespan.planner.Page;
import dev.makespan.planner.Plans;
import dev.makespan.planner.StoredPlan;
import dev.makespan.planner.wire.AnalysisProto;
import dev.makespan.planner.wire.StoredPlanProto;
import dev.makespan.proto.plan.v1.AnalyzePlanRequest;
import dev.makespan.proto.plan.v1.AnalyzePlanResponse;
import dev.makespan.proto.plan.v1.CheckPlanRequest;
import dev.makespan.proto.plan.v1.CheckPlanResponse;
import dev.makespan.proto.plan.v1.CreatePlanRequest;
import dev.makespan.proto.plan.v1.CreatePlanResponse;
import dev.makespan.proto.plan.v1.GetPlanRequest;
import dev.makespan.proto.plan.v1.GetPlanResponse;
import dev.makespan.proto.plan.v1.ListPlansRequest;
import dev.makespan.proto.plan.v1.ListPlansResponse;
import dev.makespan.proto.plan.v1.PlanServiceGrpc;
import dev.makespan.proto.plan.v1.PlanSource;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;

/** {@code makespan.plan.v1.PlanService}. */
@GrpcService
public class PlansGrpc extends PlanServiceGrpc.PlanServiceImplBase {

  private final Plans plans;
  private final Replies replies;

  PlansGrpc(Plans plans, Replies replies) {
    this.plans = plans;
    this.replies = replies;
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
        () -> plans.analyze(request.getName(), request.getVersion(), request.getPoolsMap()),
        analyzed ->
            AnalyzePlanResponse.newBuilder()
                .setPlan(StoredPlanProto.toProto(analyzed.stored()))
                .setAnalysis(AnalysisProto.toProto(analyzed.analysis()))
                .build());
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
