package dev.makespan.planner.grpc;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.quarkus.grpc.GlobalInterceptor;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Notices callers who leave while they are answered. The gRPC server of this version of Vert.x does
 * not tell a call of a reset once its request is complete, so that a cancelled call would be
 * computed to its end; the HTTP stream beneath is told, and a header that only this class sets
 * joins the two.
 */
@Singleton
@GlobalInterceptor
public class Departures implements ServerInterceptor {

  private static final String HEADER = "makespan-call";
  private static final Metadata.Key<String> KEY =
      Metadata.Key.of(HEADER, Metadata.ASCII_STRING_MARSHALLER);
  private static final Context.Key<String> CALL = Context.key(HEADER);

  /** Before all routes that answer. */
  private static final int FIRST = -10_000;

  private final AtomicLong calls = new AtomicLong();

  /** What to do when the stream of a call closes, by the call; gone with the stream. */
  private final Map<String, Runnable> whenGone = new ConcurrentHashMap<>();

  void listen(@Observes Router router) {
    router.route().order(FIRST).handler(this::follow);
  }

  private void follow(RoutingContext request) {
    String type = request.request().getHeader("content-type");
    if (type != null && type.startsWith("application/grpc")) {
      String call = Long.toString(calls.incrementAndGet());
      request.request().headers().set(HEADER, call);
      whenGone.put(call, () -> {});
      request.response().closeHandler(_ -> gone(call));
    }
    request.next();
  }

  private void gone(String call) {
    Runnable action = whenGone.remove(call);
    if (action != null) {
      action.run();
    }
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    Context context = Context.current().withValue(CALL, headers.get(KEY));
    return Contexts.interceptCall(context, call, headers, next);
  }

  /** To be called in a call itself: {@code action} is run when its stream closes, however. */
  void whenGone(Runnable action) {
    @Nullable String call = CALL.get();
    if (call != null && whenGone.replace(call, action) == null) {
      action.run();
    }
  }
}
