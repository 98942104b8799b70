package dev.makespan.scheduler;

import dev.makespan.core.dispatch.Effect;
import dev.makespan.core.dispatch.ShardInput;
import dev.makespan.core.session.AgentSays;
import dev.makespan.core.session.GatewaySays;
import dev.makespan.core.session.SessionId;
import dev.makespan.scheduler.GroupCommit.Origin;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Which session comes by which link: the last one that said it. Of the shard's thread, but for
 * {@link #beat}.
 */
final class LinkDesk {

  private final Map<SessionId, Link> holders = new TreeMap<>();
  private final Set<Link> links = new CopyOnWriteArraySet<>();
  private final BiConsumer<ShardInput, @Nullable Origin> decide;

  LinkDesk(BiConsumer<ShardInput, @Nullable Origin> decide) {
    this.decide = decide;
  }

  void opened(Link link, long generation) {
    link.welcome(generation);
    // From here on it may hear beats, which are nothing to begin with.
    links.add(link);
  }

  void said(Link link, LinkInput input) {
    if (!links.contains(link)) {
      return;
    }
    switch (input) {
      case LinkInput.Opened opened -> sessionOpened(link, opened.hello());
      case LinkInput.Said said -> agentSaid(link, said.session(), said.message());
      case LinkInput.Closed closed -> sessionClosed(link, closed.session(), closed.reason());
    }
    link.taken();
  }

  private void sessionOpened(Link link, AgentSays.Hello hello) {
    Link before = holders.put(hello.session(), link);
    if (before != null && !before.equals(link)) {
      before.closeSession(hello.session(), "the session goes on at another gateway");
    }
    decide.accept(new ShardInput.SessionOpened(hello), new Origin(hello.session(), link));
  }

  private void agentSaid(Link link, SessionId session, AgentSays message) {
    Origin origin = new Origin(session, link);
    if (link.equals(holders.get(session))) {
      decide.accept(new ShardInput.AgentSaid(session, message), origin);
    } else if (message instanceof AgentSays.Result result) {
      decide.accept(new ShardInput.ResultReported(session, result), origin);
    } else {
      link.closeSession(session, "the scheduler does not know this session here");
    }
  }

  private void sessionClosed(Link link, SessionId session, String reason) {
    if (holders.remove(session, link)) {
      decide.accept(new ShardInput.SessionClosed(session, reason), null);
    }
  }

  /** A link is gone, and all its sessions with it. */
  void ended(Link link, String reason) {
    if (!links.remove(link)) {
      return;
    }
    List<SessionId> gone =
        holders.entrySet().stream()
            .filter(e -> e.getValue().equals(link))
            .map(Map.Entry::getKey)
            .toList();
    gone.forEach(session -> sessionClosed(link, session, reason));
  }

  /** The gateway by which a session is reached; empty: by none. */
  String gatewayOf(@Nullable SessionId session) {
    Link holder = session == null ? null : holders.get(session);
    return holder == null ? "" : holder.gateway();
  }

  void perform(Effect effect, @Nullable Origin origin) {
    switch (effect) {
      case Effect.Tell tell -> tell(tell, origin);
      case Effect.CloseSession close -> {
        Link holder = holders.remove(close.session());
        if (holder != null) {
          holder.closeSession(close.session(), close.reason());
        }
      }
    }
  }

  /**
   * An answer to a result also goes where the result came from: the holder's stream may be dead
   * without anybody's knowing, which is why the result came another way.
   */
  private void tell(Effect.Tell tell, @Nullable Origin origin) {
    Link holder = holders.get(tell.session());
    if (holder != null) {
      holder.say(tell.session(), tell.message());
    }
    boolean alsoToOrigin = holder == null || tell.message() instanceof GatewaySays.ResultAck;
    if (origin != null
        && alsoToOrigin
        && origin.session().equals(tell.session())
        && !origin.link().equals(holder)) {
      origin.link().say(tell.session(), tell.message());
    }
  }

  /**
   * So that gateways tell an owner with nothing to say from one that was stopped. From any thread:
   * an owner that thinks about a large run for seconds is there all the same.
   */
  void beat() {
    links.forEach(Link::beat);
  }

  void lost(String reason) {
    links.forEach(link -> link.lost(reason));
    links.clear();
    holders.clear();
  }
}
