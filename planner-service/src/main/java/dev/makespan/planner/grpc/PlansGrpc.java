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
import io.smallrye.common.annotation.RunOnVirtualThread;

/** {@code makespan.plan.v1.PlanService}. */
@GrpcService
public class PlansGrpc extends PlanServiceGrpc.PlanServiceImplBase {

  private final Plans plans;

  PlansGrpc(Plans plans) {
    this.plans = plans;
  }

  @Override
  @RunOnVirtualThread
  public void checkPlan(CheckPlanRequest request, StreamObserver<CheckPlanResponse> caller) {
    Replies.reply(
        caller,
        () -> plans.check(source(request.getSource())),
        found ->
            CheckPlanResponse.newBuilder().addAllProblems(StoredPlanProto.toProto(found)).build());
  }

  @Override
  @RunOnVirtualThread
  public void createPlan(CreatePlanRequest request, StreamObserver<CreatePlanResponse> caller) {
    Replies.reply(
        caller,
        () ->
            plans.create(
                request.getRequestId(), source(request.getSource()), request.getAcceptWarnings()),
        PlansGrpc::created);
  }

  @Override
  @RunOnVirtualThread
  public void getPlan(GetPlanRequest request, StreamObserver<GetPlanResponse> caller) {
    Replies.reply(
        caller, () -> plans.plan(request.getName(), request.getVersion()), PlansGrpc::opened);
  }

  @Override
  @RunOnVirtualThread
  public void listPlans(ListPlansRequest request, StreamObserver<ListPlansResponse> caller) {
    Replies.reply(
        caller,
        () -> plans.plans(request.getPageSize(), request.getPageToken()),
        PlansGrpc::listed);
  }

  @Override
  @RunOnVirtualThread
  public void analyzePlan(AnalyzePlanRequest request, StreamObserver<AnalyzePlanResponse> caller) {
    Replies.reply(
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
