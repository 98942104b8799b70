package dev.makespan.gateway.grpc;

import dev.makespan.formats.service.ServiceSecret;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.Optional;

/**
 * Lets a call pass that bears the services' secret. Agents reach the same port, and where no secret
 * is set nobody passes.
 */
final class ServicesOnly implements ServerInterceptor {

  private static final Metadata.Key<String> HEADER =
      Metadata.Key.of(ServiceSecret.HEADER, Metadata.ASCII_STRING_MARSHALLER);

  private final Optional<ServiceSecret> secret;

  ServicesOnly(Optional<ServiceSecret> secret) {
    this.secret = secret;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    String said = headers.get(HEADER);
    if (secret.isEmpty()) {
      return refused(call, "this gateway has no service secret; set MAKESPAN_SERVICE_SECRET");
    }
    if (said == null || !secret.get().isSaid(said)) {
      return refused(
          call, "expected the services' secret, was " + (said == null ? "none" : "another"));
    }
    return next.startCall(call, headers);
  }

  private static <Q, A> ServerCall.Listener<Q> refused(ServerCall<Q, A> call, String why) {
    call.close(Status.UNAUTHENTICATED.withDescription(why), new Metadata());
    return new ServerCall.Listener<>() {};
  }
}
