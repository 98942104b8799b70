package dev.makespan.gateway.grpc;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.grpc.ManagedChannel;
import io.grpc.protobuf.StatusProto;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The replicas of the scheduler, a channel to each that was ever asked. */
public final class Replicas {

  private final List<String> first;
  private final Function<String, ManagedChannel> connect;
  private final Map<String, ManagedChannel> channels = new LinkedHashMap<>();

  /**
   * @param first addresses that are tried until one of them names the owner, at least one
   * @param connect makes a channel to an address
   */
  public Replicas(List<String> first, Function<String, ManagedChannel> connect) {
    this.first = List.copyOf(first);
    this.connect = connect;
  }

  /** Where to begin. */
  String first() {
    return first.getFirst();
  }

  /** For messages. */
  String name() {
    return String.join(", ", first);
  }

  /** Whom to ask after {@code address} was no help. */
  String other(String address) {
    return first.get((first.indexOf(address) + 1) % first.size());
  }

  synchronized ManagedChannel channel(String address) {
    return channels.computeIfAbsent(address, connect);
  }

  synchronized void close() {
    channels.values().forEach(ManagedChannel::shutdownNow);
    channels.clear();
  }

  /** The owner of a shard, as a replica that does not own it says; null: it does not say. */
  static @Nullable String findOwner(Throwable refusal) {
    com.google.rpc.Status status = StatusProto.fromThrowable(refusal);
    if (status == null) {
      return null;
    }
    for (Any detail : status.getDetailsList()) {
      if (detail.is(ErrorInfo.class)) {
        try {
          ErrorInfo info = detail.unpack(ErrorInfo.class);
          return info.getReason().equals("NOT_OWNER") ? info.getMetadataMap().get("owner") : null;
        } catch (InvalidProtocolBufferException e) {
          return null;
        }
      }
    }
    return null;
  }
}
