package dev.makespan.scheduler.grpc;

import dev.makespan.proto.scheduler.v1.GatewayLinkServiceGrpc;
import dev.makespan.proto.scheduler.v1.LinkRequest;
import dev.makespan.proto.scheduler.v1.LinkResponse;
import dev.makespan.scheduler.ShardOwner;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.vertx.core.Vertx;
import java.util.concurrent.Semaphore;

/** The gateways' streams. */
@GrpcService
public class GatewayLinkGrpc extends GatewayLinkServiceGrpc.GatewayLinkServiceImplBase {

  static final int MAX_LINKS = 1_000;

  private final ShardOwner owner;
  private final Vertx vertx;
  private final Semaphore permits = new Semaphore(MAX_LINKS);

  GatewayLinkGrpc(ShardOwner owner, Vertx vertx) {
    this.owner = owner;
    this.vertx = vertx;
  }

  @Override
  public StreamObserver<LinkRequest> link(StreamObserver<LinkResponse> answers) {
    var stream = (ServerCallStreamObserver<LinkResponse>) answers;
    LinkStream link = new LinkStream(owner, CallerContext.current(vertx), stream, permits::release);
    if (permits.tryAcquire()) {
      link.begin();
    } else {
      link.refuse(Statuses.exhausted("more than " + MAX_LINKS + " gateways"));
    }
    return link;
  }
}
