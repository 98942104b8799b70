package dev.makespan.gateway.grpc;

import dev.makespan.gateway.records.LogInflows;
import dev.makespan.proto.agent.v1.BulkServiceGrpc;
import dev.makespan.proto.agent.v1.WriteLogsRequest;
import dev.makespan.proto.agent.v1.WriteLogsResponse;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.Executor;

/** What attempts leave behind, as agents bring it; a grpc-java service for its flow control. */
@GrpcService
public class BulkGrpc implements BindableService, BulkServiceGrpc.AsyncService {

  private final LogInflows inflows;
  private final Vertx vertx;

  public BulkGrpc(LogInflows inflows, Vertx vertx) {
    this.inflows = inflows;
    this.vertx = vertx;
  }

  @Override
  public ServerServiceDefinition bindService() {
    return TolerantMarshalling.of(BulkServiceGrpc.bindService(this));
  }

  @Override
  public StreamObserver<WriteLogsRequest> writeLogs(StreamObserver<WriteLogsResponse> responses) {
    return new LogCall((ServerCallStreamObserver<WriteLogsResponse>) responses, inflows, loop());
  }

  private Executor loop() {
    Context context = vertx.getOrCreateContext();
    return task -> context.runOnContext(ignored -> task.run());
  }
}
