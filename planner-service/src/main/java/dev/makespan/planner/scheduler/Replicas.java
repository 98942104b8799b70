package dev.makespan.planner.scheduler;

import io.grpc.ManagedChannel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The replicas of the scheduler, a channel to each that was ever asked. Any can be asked first: one
 * that does not own a run's shard names the one that does.
 */
public final class Replicas implements AutoCloseable {

  /** Replicas come and go, each at an address of its own; the channel unused longest is closed. */
  static final int MAX_CHANNELS = 64;

  private final List<String> first;
  private final Function<String, ManagedChannel> connect;
  private final Map<String, ManagedChannel> channels =
      new LinkedHashMap<>(MAX_CHANNELS, 0.75f, true);
  private volatile String preferred;

  /**
   * @param first addresses that are tried until one of them says more, at least one
   * @param connect makes a channel to an address
   */
  public Replicas(List<String> first, Function<String, ManagedChannel> connect) {
    this.first = List.copyOf(first);
    this.connect = connect;
    this.preferred = this.first.getFirst();
  }

  /** For messages. */
  String name() {
    return String.join(", ", first);
  }

  /** Whoever has answered last. */
  String preferred() {
    return preferred;
  }

  void answered(String address) {
    preferred = address;
  }

  /** Whom to ask after {@code address} has not answered. */
  String other(String address) {
    return first.get((first.indexOf(address) + 1) % first.size());
  }

  synchronized ManagedChannel channel(String address) {
    ManagedChannel known = channels.get(address);
    if (known != null) {
      return known;
    }
    ManagedChannel made = connect.apply(address);
    channels.put(address, made);
    if (channels.size() > MAX_CHANNELS) {
      String oldest = channels.keySet().iterator().next();
      @Nullable ManagedChannel unused = channels.remove(oldest);
      if (unused != null) {
        unused.shutdown();
      }
    }
    return made;
  }

  @Override
  public synchronized void close() {
    channels.values().forEach(ManagedChannel::shutdownNow);
    channels.clear();
  }
}
