package dev.makespan.scheduler.grpc;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.Executor;

/** The event loop of one call: everything said on its stream is said there, in order. */
final class CallerContext implements Executor {

  private final Context context;

  private CallerContext(Context context) {
    this.context = context;
  }

  /** To be called where the call has arrived. */
  static CallerContext current(Vertx vertx) {
    return new CallerContext(vertx.getOrCreateContext());
  }

  @Override
  public void execute(Runnable command) {
    context.runOnContext(_ -> command.run());
  }
}
