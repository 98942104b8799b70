package dev.makespan.gateway.grpc;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * What agents are told in one turn of a connection's event loop leaves in one write. The server
 * flushes after each message, and each flush would be a system call.
 */
@Singleton
public class FlushedTogether {

  /** Before anything else looks at the request. */
  private static final int PRIORITY = 1_000;

  /** Past so many messages a write goes out in the middle of a turn. */
  private static final int MAX_MESSAGES = 256;

  private static final String NAME = "flushed-together";

  void register(@Observes Filters filters) {
    filters.register(FlushedTogether::filter, PRIORITY);
  }

  /** On the connection's event loop, with each stream that is opened on it. */
  private static void filter(RoutingContext context) {
    if (context.request().version() == HttpVersion.HTTP_2
        && context.request().connection() instanceof ConnectionBase connection) {
      ChannelPipeline pipeline = connection.channelHandlerContext().pipeline();
      if (pipeline.get(NAME) == null) {
        pipeline.addFirst(NAME, new FlushConsolidationHandler(MAX_MESSAGES, true));
      }
    }
    context.next();
  }
}
