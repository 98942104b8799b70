package dev.makespan.gateway.grpc;

import dev.makespan.core.session.AgentSays;
import dev.makespan.core.session.SessionId;
import dev.makespan.formats.agent.AgentProto;
import dev.makespan.proto.scheduler.v1.AgentSaid;
import dev.makespan.proto.scheduler.v1.LinkRequest;
import dev.makespan.proto.scheduler.v1.SessionClosed;
import dev.makespan.proto.scheduler.v1.SessionOpened;
import io.grpc.stub.ClientCallStreamObserver;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** The gateway's half of the link to one shard; shared by the event loops of all agents. */
final class LinkOut {

  /** Agents are not read while more messages than this wait for the scheduler. */
  static final int HIGH_WATER = 1_000;

  /** Past this the link is given up: room for every session to be announced at once. */
  static final int MAX_WAITING = 100_000;

  private final Queue<LinkRequest> waiting = new ArrayDeque<>();
  private @Nullable ClientCallStreamObserver<LinkRequest> call;
  private volatile boolean attached;
  private volatile boolean takes;

  /** The scheduler has said hello on {@code opened}. */
  synchronized void attach(ClientCallStreamObserver<LinkRequest> opened) {
    waiting.clear();
    call = opened;
    attached = true;
    takes = true;
  }

  synchronized void detach() {
    waiting.clear();
    call = null;
    attached = false;
    takes = false;
  }

  /** Sends what waits; true: agents may be read again. */
  synchronized boolean drain() {
    while (call != null && !waiting.isEmpty() && call.isReady()) {
      call.onNext(waiting.remove());
    }
    boolean before = takes;
    takes = call != null && waiting.size() <= HIGH_WATER;
    return takes && !before;
  }

  boolean isAttached() {
    return attached;
  }

  boolean takes() {
    return takes;
  }

  void opened(AgentSays.Hello hello) {
    send(
        LinkRequest.newBuilder()
            .setSessionOpened(
                SessionOpened.newBuilder()
                    .setSessionId(hello.session().value())
                    .setHello(AgentProto.helloToProto(hello)))
            .build());
  }

  boolean said(SessionId session, AgentSays message) {
    return send(
        LinkRequest.newBuilder()
            .setAgentSaid(
                AgentSaid.newBuilder()
                    .setSessionId(session.value())
                    .setMessage(AgentProto.toProto(message)))
            .build());
  }

  void closed(SessionId session, String reason) {
    send(
        LinkRequest.newBuilder()
            .setSessionClosed(
                SessionClosed.newBuilder().setSessionId(session.value()).setReason(reason))
            .build());
  }

  private synchronized boolean send(LinkRequest message) {
    if (call == null) {
      return false;
    }
    if (waiting.isEmpty() && call.isReady()) {
      call.onNext(message);
      return true;
    }
    if (waiting.size() >= MAX_WAITING) {
      call.cancel("the scheduler does not read", null);
      detach();
      return false;
    }
    waiting.add(message);
    takes = waiting.size() <= HIGH_WATER;
    return true;
  }
}
