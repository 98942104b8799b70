package dev.makespan.bench.chaos;

import dev.makespan.proto.agent.v1.Accept;
import dev.makespan.proto.agent.v1.AgentServiceGrpc;
import dev.makespan.proto.agent.v1.ConnectRequest;
import dev.makespan.proto.agent.v1.ConnectResponse;
import dev.makespan.proto.agent.v1.Hello;
import dev.makespan.proto.agent.v1.Outcome;
import dev.makespan.proto.agent.v1.Progress;
import dev.makespan.proto.agent.v1.Result;
import dev.makespan.proto.agent.v1.Status;
import dev.makespan.proto.agent.v1.TaskRef;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** An agent on one stream: one that works at once, or one that floods, or one that never reads. */
final class PlainAgent
    implements ClientResponseObserver<ConnectRequest, ConnectResponse>, AutoCloseable {

  /** Welcome and one assignment. */
  private static final int FIRST_MESSAGES = 2;

  private final ManagedChannel channel;
  private final boolean works;
  private final boolean reads;
  private final CompletableFuture<TaskRef> first = new CompletableFuture<>();
  private final CompletableFuture<String> end = new CompletableFuture<>();
  private final Histogram acks = new ConcurrentHistogram(3);
  private final AtomicLong saidNanos = new AtomicLong();
  private @Nullable ClientCallStreamObserver<ConnectRequest> call;

  private PlainAgent(int port, boolean works, boolean reads) {
    this.channel =
        NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().directExecutor().build();
    this.works = works;
    this.reads = reads;
  }

  static PlainAgent open(
      int port, String id, String role, int slots, boolean works, boolean reads) {
    PlainAgent agent = new PlainAgent(port, works, reads);
    AgentServiceGrpc.newStub(agent.channel).connect(agent);
    agent.say(
        ConnectRequest.newBuilder()
            .setHello(
                Hello.newBuilder()
                    .setSessionId(id + "-session")
                    .setAgentId(id)
                    .setProtocolVersion(1)
                    .addRoles(role)
                    .setSlots(slots)));
    return agent;
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<ConnectRequest> started) {
    call = started;
    if (!reads) {
      started.disableAutoRequestWithInitial(FIRST_MESSAGES);
    }
  }

  @Override
  public void onNext(ConnectResponse message) {
    if (message.hasAssign()) {
      TaskRef task = message.getAssign().getTask();
      say(ConnectRequest.newBuilder().setAccept(Accept.newBuilder().setTask(task)));
      first.complete(task);
      if (works) {
        saidNanos.set(System.nanoTime());
        say(
            ConnectRequest.newBuilder()
                .setResult(
                    Result.newBuilder()
                        .setTask(task)
                        .setResultId("r")
                        .setOutcome(Outcome.OUTCOME_OK)));
      }
    } else if (message.hasResultAck()) {
      acks.recordValue(Math.max(0, (System.nanoTime() - saidNanos.get()) / 1_000));
    }
  }

  /** Of results that were acknowledged since the last call, in microseconds. */
  Histogram drainAcks() {
    Histogram drained = acks.copy();
    acks.reset();
    return drained;
  }

  CompletableFuture<TaskRef> first() {
    return first.copy();
  }

  boolean isOver() {
    return end.isDone();
  }

  /** Why its stream has ended; empty: it has not. */
  String end() {
    return end.getNow("");
  }

  boolean isReady() {
    return call != null && call.isReady();
  }

  void status(TaskRef task) {
    say(ConnectRequest.newBuilder().setStatus(Status.newBuilder().addAllHeld(List.of(task))));
  }

  void progress(TaskRef task, int number) {
    say(
        ConnectRequest.newBuilder()
            .setProgress(
                Progress.newBuilder()
                    .setTask(task)
                    .setPercent(number % 100)
                    .setNote("line " + number + " of a flood")));
  }

  /** From several threads, which a call does not bear by itself. */
  private synchronized void say(ConnectRequest.Builder message) {
    if (call != null && !end.isDone()) {
      call.onNext(message.build());
    }
  }

  @Override
  public void onError(Throwable cause) {
    end.complete(io.grpc.Status.fromThrowable(cause).toString());
  }

  @Override
  public void onCompleted() {
    end.complete("closed by the gateway");
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
