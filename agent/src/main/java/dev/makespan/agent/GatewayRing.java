package dev.makespan.agent;

import dev.makespan.core.session.AgentSays;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * Several gateways, tried in an order of this agent's own, so that the agents of one that stops
 * spread over the others.
 */
final class GatewayRing implements Gateway {

  private final List<Gateway> order = new ArrayList<>();
  private int next;
  private volatile Gateway newest;

  GatewayRing(List<Gateway> gateways, DoubleSupplier chance) {
    if (gateways.isEmpty()) {
      throw new IllegalArgumentException("gateway: expected one or more, was none");
    }
    for (Gateway gateway : gateways) {
      int place = (int) (chance.getAsDouble() * (order.size() + 1));
      order.add(Math.min(place, order.size()), gateway);
    }
    newest = order.getFirst();
  }

  /** Each stream goes to the next one: the last was lost, or is to be left. */
  @Override
  public Stream connect(Listener listener) {
    Gateway turn = turn();
    newest = turn;
    return turn.connect(listener);
  }

  @Override
  public void report(AgentSays.Hello identity, AgentSays.Result result, Listener listener) {
    turn().report(identity, result, listener);
  }

  @Override
  public Bulk bulk() {
    return newest.bulk();
  }

  private Gateway turn() {
    Gateway turn = order.get(next);
    next = (next + 1) % order.size();
    return turn;
  }

  @Override
  public void close() {
    order.forEach(Gateway::close);
  }
}
