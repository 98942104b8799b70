package dev.makespan.gateway.grpc;

import dev.makespan.core.session.SessionId;
import dev.makespan.core.task.TaskRef;
import dev.makespan.formats.agent.Parsed;
import dev.makespan.gateway.records.LogChunk;
import dev.makespan.gateway.records.LogInflow;
import dev.makespan.gateway.records.LogInflows;
import dev.makespan.gateway.records.RecordRefusal;
import dev.makespan.proto.agent.v1.WriteLogsOpen;
import dev.makespan.proto.agent.v1.WriteLogsRequest;
import dev.makespan.proto.agent.v1.WriteLogsResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** One call of WriteLogs. On its event loop, but for what the log's writer says. */
final class LogCall implements StreamObserver<WriteLogsRequest>, LogInflow.Source {

  private final ServerCallStreamObserver<WriteLogsResponse> call;
  private final LogInflows inflows;
  private final Executor loop;
  private @Nullable LogInflow inflow;
  private boolean over;

  LogCall(ServerCallStreamObserver<WriteLogsResponse> call, LogInflows inflows, Executor loop) {
    this.call = call;
    this.inflows = inflows;
    this.loop = loop;
    call.disableAutoRequest();
    call.setOnCancelHandler(this::gone);
    call.request(1);
  }

  private record Opening(SessionId session, TaskRef attempt, long oldest) {}

  @Override
  public void onNext(WriteLogsRequest message) {
    LogInflow to = inflow;
    if (to == null) {
      open(message);
      return;
    }
    switch (Parsed.of(() -> chunk(message))) {
      case Parsed.Valid<LogChunk>(LogChunk chunk) -> to.chunk(chunk);
      case Parsed.Invalid<LogChunk>(String problem) -> to.mumbled(problem);
    }
  }

  private void open(WriteLogsRequest message) {
    switch (Parsed.of(() -> opening(message))) {
      case Parsed.Valid<Opening>(Opening opening) ->
          inflow = inflows.open(opening.session(), opening.attempt(), opening.oldest(), this);
      case Parsed.Invalid<Opening>(String problem) -> end(Statuses.malformed(problem));
    }
  }

  private static Opening opening(WriteLogsRequest message) {
    if (!message.hasOpen()) {
      throw new IllegalArgumentException("expected WriteLogsOpen first, was another message");
    }
    WriteLogsOpen open = message.getOpen();
    if (open.getOldestSequence() < 0) {
      throw new IllegalArgumentException(
          "oldest sequence: expected a number from 0, was " + open.getOldestSequence());
    }
    return new Opening(
        new SessionId(open.getSessionId()),
        RecordFields.attempt(open.getTask()),
        open.getOldestSequence());
  }

  private static LogChunk chunk(WriteLogsRequest message) {
    if (!message.hasChunk()) {
      throw new IllegalArgumentException("expected LogChunk after WriteLogsOpen, was another");
    }
    dev.makespan.proto.agent.v1.LogChunk chunk = message.getChunk();
    return new LogChunk(
        chunk.getSequence(), chunk.getOffset(), chunk.getData().toByteArray(), chunk.getLast());
  }

  @Override
  public void onError(Throwable cause) {
    gone();
  }

  private void gone() {
    over = true;
    if (inflow != null) {
      inflow.gone();
    }
  }

  @Override
  public void onCompleted() {
    if (inflow != null) {
      inflow.ended();
    } else {
      end(Statuses.malformed("expected WriteLogsOpen first, was nothing"));
    }
  }

  @Override
  public void kept(long position, int more) {
    loop.execute(() -> {
      if (isOpen()) {
        call.onNext(WriteLogsResponse.newBuilder().setPosition(position).build());
        if (more > 0) {
          call.request(more);
        }
      }
    });
  }

  @Override
  public void refused(RecordRefusal refusal) {
    loop.execute(() -> end(Statuses.of(refusal)));
  }

  @Override
  public void done(long position) {
    loop.execute(() -> {
      if (isOpen()) {
        over = true;
        call.onNext(WriteLogsResponse.newBuilder().setPosition(position).build());
        call.onCompleted();
      }
    });
  }

  private void end(Throwable why) {
    if (isOpen()) {
      over = true;
      call.onError(why);
    }
  }

  private boolean isOpen() {
    return !over && !call.isCancelled();
  }
}
