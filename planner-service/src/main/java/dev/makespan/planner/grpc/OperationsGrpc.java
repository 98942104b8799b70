package dev.makespan.planner.grpc;

import com.google.protobuf.ByteString;
import dev.makespan.planner.Answer;
import dev.makespan.planner.Operation;
import dev.makespan.planner.OperationWatch;
import dev.makespan.planner.Operations;
import dev.makespan.planner.Page;
import dev.makespan.planner.Refusal;
import dev.makespan.planner.Upload;
import dev.makespan.planner.Violation;
import dev.makespan.planner.wire.OperationProto;
import dev.makespan.planner.wire.QuestionProto;
import dev.makespan.planner.wire.ResultProto;
import dev.makespan.planner.wire.Statuses;
import dev.makespan.proto.plan.v1.CancelOperationRequest;
import dev.makespan.proto.plan.v1.CancelOperationResponse;
import dev.makespan.proto.plan.v1.GetOperationRequest;
import dev.makespan.proto.plan.v1.GetOperationResponse;
import dev.makespan.proto.plan.v1.GetOperationResultRequest;
import dev.makespan.proto.plan.v1.GetOperationResultResponse;
import dev.makespan.proto.plan.v1.ListOperationsRequest;
import dev.makespan.proto.plan.v1.ListOperationsResponse;
import dev.makespan.proto.plan.v1.OperationServiceGrpc;
import dev.makespan.proto.plan.v1.StartOperationRequest;
import dev.makespan.proto.plan.v1.StartOperationResponse;
import dev.makespan.proto.plan.v1.WatchOperationRequest;
import dev.makespan.proto.plan.v1.WatchOperationResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/** {@code makespan.plan.v1.OperationService}. */
@GrpcService
public class OperationsGrpc extends OperationServiceGrpc.OperationServiceImplBase {

  private final Operations operations;
  private final OperationWatch watch;
  private final Departures departures;
  private final Replies replies;

  OperationsGrpc(
      Operations operations, OperationWatch watch, Departures departures, Replies replies) {
    this.operations = operations;
    this.watch = watch;
    this.departures = departures;
    this.replies = replies;
  }

  @Override
  public void startOperation(
      StartOperationRequest request, StreamObserver<StartOperationResponse> caller) {
    replies.reply(
        caller,
        () ->
            QuestionProto.fromProto(request.getQuestion())
                .map(question ->
                    operations.start(
                        request.getRequestId(),
                        request.getPlanName(),
                        request.getPlanVersion(),
                        question))
                .orElseGet(() -> Answer.refused(noQuestion())),
        started ->
            StartOperationResponse.newBuilder()
                .setOperation(OperationProto.toProto(started))
                .build());
  }

  @Override
  public void getOperation(
      GetOperationRequest request, StreamObserver<GetOperationResponse> caller) {
    replies.reply(
        caller,
        () -> operations.operation(request.getOperationId()),
        found ->
            GetOperationResponse.newBuilder().setOperation(OperationProto.toProto(found)).build());
  }

  @Override
  public void listOperations(
      ListOperationsRequest request, StreamObserver<ListOperationsResponse> caller) {
    replies.reply(
        caller,
        () ->
            operations.operations(
                request.getPageSize(), request.getPageToken(), request.getPlanName()),
        OperationsGrpc::listed);
  }

  @Override
  public void cancelOperation(
      CancelOperationRequest request, StreamObserver<CancelOperationResponse> caller) {
    replies.reply(
        caller,
        () -> operations.cancel(request.getOperationId()),
        found ->
            CancelOperationResponse.newBuilder()
                .setOperation(OperationProto.toProto(found))
                .build());
  }

  @Override
  public void watchOperation(
      WatchOperationRequest request, StreamObserver<WatchOperationResponse> caller) {
    ServerCallStreamObserver<WatchOperationResponse> client =
        (ServerCallStreamObserver<WatchOperationResponse>) caller;
    switch (watch.begin(request.getOperationId())) {
      case Answer.Refused<OperationWatch.Watching>(Refusal refusal) ->
          caller.onError(Statuses.of(refusal));
      case Answer.Given<OperationWatch.Watching>(OperationWatch.Watching watching) -> {
        PacedSender<WatchOperationResponse> sender = new PacedSender<>(client, watching::leave);
        departures.whenGone(sender::left);
        watching.follow(new Telling(sender));
      }
    }
  }

  @Override
  public void getOperationResult(
      GetOperationResultRequest request, StreamObserver<GetOperationResultResponse> caller) {
    PacedSender<GetOperationResultResponse> sender =
        new PacedSender<>((ServerCallStreamObserver<GetOperationResultResponse>) caller, () -> {});
    replies.stream(
        sender,
        () -> operations.outcome(request.getOperationId()),
        outcome -> parts(ResultProto.toProto(outcome.result()).toByteString()));
  }

  private static Iterator<GetOperationResultResponse> parts(ByteString whole) {
    int size = Upload.MAX_CHUNK_BYTES;
    return IntStream.range(0, Math.ceilDiv(whole.size(), size))
        .mapToObj(n -> whole.substring(n * size, Math.min(whole.size(), (n + 1) * size)))
        .map(data -> GetOperationResultResponse.newBuilder().setData(data).build())
        .iterator();
  }

  /** Passes on what the watch says. */
  private record Telling(PacedSender<WatchOperationResponse> sender)
      implements OperationWatch.Listener {

    @Override
    public void changed(Operation operation) {
      sender.show(
          WatchOperationResponse.newBuilder()
              .setOperation(OperationProto.toProto(operation))
              .build());
    }

    @Override
    public void ended() {
      sender.finish(Collections.emptyIterator());
    }

    @Override
    public void refused(Refusal refusal) {
      sender.refuse(refusal);
    }

    @Override
    public void failed(Throwable failure) {
      sender.fail(failure);
    }
  }

  private static ListOperationsResponse listed(Page<Operation> page) {
    return ListOperationsResponse.newBuilder()
        .addAllOperations(page.items().stream().map(OperationProto::toProto).toList())
        .setNextPageToken(page.nextToken())
        .build();
  }

  private static Refusal noQuestion() {
    return Refusal.invalid(
        List.of(
            Violation.of(
                "question", "expected an analysis, a schedule, a curve or a forecast, was none")));
  }
}
