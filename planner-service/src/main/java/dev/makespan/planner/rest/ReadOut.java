package dev.makespan.planner.rest;

import dev.makespan.planner.Answer;
import dev.makespan.planner.Refusal;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * Says to a client what is read elsewhere. What is refused before anything was said is a problem;
 * after that the client's stream is broken off, so that nobody takes a part for the whole.
 */
final class ReadOut implements StreamingOutput {

  private static final Logger LOG = Logger.getLogger(ReadOut.class);

  private static final long CLOSE_SECONDS = 10;

  private final HttpServerRequest client;
  private final Reading reading;

  ReadOut(HttpServerRequest client, Reading reading) {
    this.client = client;
    this.reading = reading;
  }

  /** Brings to {@code out} what it reads. */
  interface Reading {
    Answer<?> to(OutputStream out) throws InterruptedException;
  }

  @Override
  public void write(OutputStream out) throws IOException {
    Noticed noticed = new Noticed(out);
    try {
      Answer<?> answer = reading.to(noticed);
      if (!noticed.begun && answer instanceof Answer.Refused<?>(Refusal refusal)) {
        throw new WebApplicationException(Problems.response(refusal));
      }
      out.flush();
      if (answer instanceof Answer.Refused<?>(Refusal refusal)) {
        LOG.debugf("broken off: %s", refusal.message());
        breakOff();
      }
    } catch (InterruptedException e) {
      breakOff();
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Behind what was written, and done when it returns: what comes after it would be a proper end.
   * An exception instead might become an answer that goes on with what was written.
   */
  private void breakOff() throws IOException {
    if (client.version() == HttpVersion.HTTP_2) {
      client.response().reset();
      return;
    }
    try {
      client
          .connection()
          .close()
          .toCompletionStage()
          .toCompletableFuture()
          .get(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException | InterruptedException e) {
      throw new IOException("the client's connection can't be closed", e);
    }
  }

  /** Knows whether anything was written. */
  private static final class Noticed extends FilterOutputStream {
    private boolean begun;

    Noticed(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      begun = true;
      out.write(bytes, from, length);
    }

    @Override
    public void write(int one) throws IOException {
      begun = true;
      out.write(one);
    }
  }
}
