package dev.makespan.scheduler.grpc;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;

/**
 * Lets a plan come in few frames. The server joins the frames of a message by copying what is there
 * already, so that 16 KiB at a time a plan of a million tasks would take minutes.
 */
@Singleton
public class LargeMessages implements HttpServerOptionsCustomizer {

  private static final int FRAME_BYTES = 4 << 20;

  /** On their way on one stream; read, though not asked for. */
  private static final int STREAM_BYTES = 2 * FRAME_BYTES;

  /** On their way on one connection. */
  private static final int CONNECTION_BYTES = 2 * STREAM_BYTES;

  @Override
  public void customizeHttpServer(HttpServerOptions options) {
    Http2Settings settings = options.getInitialSettings();
    settings.setMaxFrameSize(FRAME_BYTES).setInitialWindowSize(STREAM_BYTES);
    options.setInitialSettings(settings).setHttp2ConnectionWindowSize(CONNECTION_BYTES);
  }
}
