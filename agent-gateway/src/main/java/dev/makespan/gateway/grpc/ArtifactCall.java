package dev.makespan.gateway.grpc;

import dev.makespan.core.session.SessionId;
import dev.makespan.formats.agent.Parsed;
import dev.makespan.gateway.records.ArtifactInflow;
import dev.makespan.gateway.records.RecordRefusal;
import dev.makespan.proto.agent.v1.PutArtifactHeader;
import dev.makespan.proto.agent.v1.PutArtifactRequest;
import dev.makespan.proto.agent.v1.PutArtifactResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One call of PutArtifact. The next piece is asked for when the last one is written, so that no
 * more than that is in memory, and at most one task waits for a writer. On its event loop, but for
 * what blocks.
 */
final class ArtifactCall implements StreamObserver<PutArtifactRequest> {

  /** Makes what takes a file. */
  interface Opening {
    ArtifactInflow open(PutArtifactHeader header, SessionId session);
  }

  /** What may block. */
  private interface Step {
    @Nullable RecordRefusal take() throws IOException;
  }

  private final ServerCallStreamObserver<PutArtifactResponse> call;
  private final Opening opening;
  private final Executor writers;
  private final Executor loop;
  private @Nullable ArtifactInflow inflow;
  private boolean busy;
  private boolean ended;
  private boolean over;

  ArtifactCall(
      ServerCallStreamObserver<PutArtifactResponse> call,
      Opening opening,
      Executor writers,
      Executor loop) {
    this.call = call;
    this.opening = opening;
    this.writers = writers;
    this.loop = loop;
    call.disableAutoRequest();
    call.setOnCancelHandler(this::gone);
    call.request(1);
  }

  @Override
  public void onNext(PutArtifactRequest message) {
    if (over) {
      return;
    }
    ArtifactInflow to = inflow;
    if (to == null) {
      open(message);
    } else if (!message.hasData() || message.getData().size() > ArtifactInflow.MAX_PIECE_BYTES) {
      end(
          Statuses.malformed(
              "expected data of at most %d bytes after the header, was another message"
                  .formatted(ArtifactInflow.MAX_PIECE_BYTES)));
    } else {
      byte[] piece = message.getData().toByteArray();
      step(() -> to.content(piece), this::more);
    }
  }

  private void open(PutArtifactRequest message) {
    switch (Parsed.of(() -> opened(message))) {
      case Parsed.Invalid<ArtifactInflow>(String problem) -> end(Statuses.malformed(problem));
      case Parsed.Valid<ArtifactInflow>(ArtifactInflow opened) -> {
        inflow = opened;
        step(opened::begin, this::more);
      }
    }
  }

  private ArtifactInflow opened(PutArtifactRequest message) {
    if (!message.hasHeader()) {
      throw new IllegalArgumentException("expected PutArtifactHeader first, was another message");
    }
    return opening.open(message.getHeader(), new SessionId(message.getHeader().getSessionId()));
  }

  private void step(Step step, Runnable next) {
    busy = true;
    writers.execute(() -> {
      RecordRefusal refusal;
      try {
        refusal = step.take();
      } catch (IOException e) {
        refusal =
            new RecordRefusal(RecordRefusal.Kind.STORE_AWAY, "the artifact can't be kept: " + e);
      }
      RecordRefusal why = refusal;
      loop.execute(() -> stepped(why, next));
    });
  }

  private void stepped(@Nullable RecordRefusal refusal, Runnable next) {
    busy = false;
    if (over) {
      close();
    } else if (refusal != null) {
      end(Statuses.of(refusal));
    } else {
      next.run();
    }
  }

  private void more() {
    ArtifactInflow to = inflow;
    if (to != null && (ended || to.existed())) {
      step(to::end, () -> kept(to.existed()));
    } else {
      call.request(1);
    }
  }

  private void kept(boolean existed) {
    over = true;
    close();
    if (!call.isCancelled()) {
      call.onNext(PutArtifactResponse.newBuilder().setExisted(existed).build());
      call.onCompleted();
    }
  }

  @Override
  public void onCompleted() {
    ended = true;
    if (inflow == null) {
      end(Statuses.malformed("expected PutArtifactHeader first, was nothing"));
    } else if (!busy && !over) {
      more();
    }
  }

  @Override
  public void onError(Throwable cause) {
    gone();
  }

  private void gone() {
    over = true;
    if (!busy) {
      close();
    }
  }

  private void end(Throwable why) {
    if (!over) {
      over = true;
      if (!busy) {
        close();
      }
      if (!call.isCancelled()) {
        call.onError(why);
      }
    }
  }

  /** What was not kept goes; it is a short thing to do. */
  private void close() {
    ArtifactInflow done = inflow;
    if (done != null) {
      writers.execute(() -> {
        try {
          done.close();
        } catch (IOException e) {
          // The sweep takes what is left of it.
          return;
        }
      });
    }
  }
}
