package dev.makespan.bench.dispatch;

import dev.makespan.proto.agent.v1.Accept;
import dev.makespan.proto.agent.v1.AgentServiceGrpc;
import dev.makespan.proto.agent.v1.Cancelled;
import dev.makespan.proto.agent.v1.ConnectRequest;
import dev.makespan.proto.agent.v1.ConnectResponse;
import dev.makespan.proto.agent.v1.Hello;
import dev.makespan.proto.agent.v1.Lease;
import dev.makespan.proto.agent.v1.Outcome;
import dev.makespan.proto.agent.v1.Result;
import dev.makespan.proto.agent.v1.Status;
import dev.makespan.proto.agent.v1.TaskRef;
import io.grpc.ManagedChannel;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One agent on one stream, from nothing but the contract. Everything happens on its connection's
 * event loop, of which a fleet has one.
 */
final class AgentSession implements ClientResponseObserver<ConnectRequest, ConnectResponse> {

  private final AgentFleet fleet;
  private final String id;
  private final int slots;
  private final Map<Long, TaskRef> held = new LinkedHashMap<>();
  private @Nullable ClientCallStreamObserver<ConnectRequest> call;
  private boolean welcomed;
  private boolean over;
  private long nextStatusNanos;
  private long statusNanos;

  AgentSession(AgentFleet fleet, String id, int slots) {
    this.fleet = fleet;
    this.id = id;
    this.slots = slots;
  }

  /** As the gateway knows it. */
  String sessionId() {
    return id + "-session";
  }

  void connect(ManagedChannel channel) {
    AgentServiceGrpc.newStub(channel).connect(this);
    say(
        ConnectRequest.newBuilder()
            .setHello(
                Hello.newBuilder()
                    .setSessionId(sessionId())
                    .setAgentId(id)
                    .setProtocolVersion(1)
                    .addRoles(LoadPlan.ROLE)
                    .setSlots(slots)
                    .setSoftware("makespan-bench"))
            .build());
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<ConnectRequest> started) {
    call = started;
  }

  @Override
  public void onNext(ConnectResponse message) {
    switch (message.getMessageCase()) {
      case WELCOME -> welcome(message.getWelcome().getStatusInterval().getSeconds());
      case ASSIGN -> {
        held.put(message.getAssign().getTask().getFence(), message.getAssign().getTask());
        fleet.work().assigned(this, message.getAssign());
      }
      case RESULT_ACK -> {
        held.remove(message.getResultAck().getTask().getFence());
        fleet.work().acknowledged(this, message.getResultAck());
      }
      case CANCEL -> cancelled(message.getCancel().getTask());
      case RETRACT -> held.remove(message.getRetract().getTask().getFence());
      case LEASE -> lease(message.getLease());
      case NACK -> fleet.troubled("nacked: " + message.getNack().getReason());
      case GO_AWAY -> fleet.troubled("sent away: " + message.getGoAway().getReason());
      default -> {
        // A newer gateway says more, and nothing that is measured here.
      }
    }
  }

  /** A status that crossed an acknowledgement asks for a lease that has ended well. */
  private void lease(Lease lease) {
    if (!lease.hasRenewedFor() && held.remove(lease.getTask().getFence()) != null) {
      fleet.troubled("a lease was lost: " + lease.getTask().getTask());
    }
  }

  private void welcome(long statusSeconds) {
    welcomed = true;
    statusNanos = Duration.ofSeconds(Math.max(1, statusSeconds)).toNanos();
    // Spread, as agents that came at different times are.
    nextStatusNanos = System.nanoTime() + Math.floorMod(id.hashCode(), statusNanos);
    fleet.welcomed();
  }

  /** The heartbeat, when it is due. */
  void tick(long nowNanos) {
    if (!welcomed || over || nowNanos - nextStatusNanos < 0) {
      return;
    }
    nextStatusNanos = nowNanos + statusNanos;
    Status.Builder status =
        Status.newBuilder()
            .setFreeSlots(Math.max(0, slots - held.size()))
            .addAllHeld(held.values());
    say(ConnectRequest.newBuilder().setStatus(status).build());
  }

  void accept(TaskRef task) {
    say(ConnectRequest.newBuilder().setAccept(Accept.newBuilder().setTask(task)).build());
  }

  void succeed(TaskRef task) {
    say(
        ConnectRequest.newBuilder()
            .setResult(
                Result.newBuilder()
                    .setTask(task)
                    .setResultId(Long.toString(task.getFence()))
                    .setOutcome(Outcome.OUTCOME_OK))
            .build());
  }

  private void cancelled(TaskRef task) {
    if (held.remove(task.getFence()) != null) {
      say(
          ConnectRequest.newBuilder()
              .setCancelled(Cancelled.newBuilder().setTask(task).setHow("TERM"))
              .build());
    }
  }

  private void say(ConnectRequest message) {
    if (call != null && !over) {
      call.onNext(message);
    }
  }

  void leave() {
    if (call != null && !over) {
      over = true;
      call.onCompleted();
    }
  }

  @Override
  public void onError(Throwable cause) {
    end(io.grpc.Status.fromThrowable(cause).toString());
  }

  @Override
  public void onCompleted() {
    end("closed by the gateway");
  }

  private void end(String reason) {
    if (!over) {
      over = true;
      fleet.lost(id + ": " + reason);
    }
  }
}
