package dev.makespan.planner.scheduler;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.grpc.ManagedChannel;
import io.grpc.protobuf.StatusProto;
import org.jspecify.annotations.Nullable;

/** One caller's way to the replica that can answer it. Not thread-safe. */
final class Route {

  /** Whoever is named as the owner is asked at once, but not in a ring for ever. */
  static final int MAX_HOPS = 3;

  private final Replicas replicas;
  private String address;
  private int hops;

  Route(Replicas replicas) {
    this.replicas = replicas;
    this.address = replicas.preferred();
  }

  ManagedChannel channel() {
    return replicas.channel(address);
  }

  void answered() {
    hops = 0;
    replicas.answered(address);
  }

  /** Chooses whom to ask next; whether that may be done at once. */
  boolean failed(Throwable failure) {
    String owner = findOwner(failure);
    if (owner != null && !owner.equals(address) && hops < MAX_HOPS) {
      address = owner;
      hops++;
      return true;
    }
    hops = 0;
    address = replicas.other(address);
    replicas.channel(address).resetConnectBackoff();
    return false;
  }

  /** Who owns what was asked about, as the asked one says; null: it does not say. */
  private static @Nullable String findOwner(Throwable failure) {
    com.google.rpc.Status status = StatusProto.fromThrowable(failure);
    if (status == null) {
      return null;
    }
    for (Any detail : status.getDetailsList()) {
      if (detail.is(ErrorInfo.class)) {
        try {
          ErrorInfo info = detail.unpack(ErrorInfo.class);
          String owner = info.getMetadataMap().get("owner");
          return info.getReason().equals("NOT_OWNER") ? owner : null;
        } catch (InvalidProtocolBufferException e) {
          return null;
        }
      }
    }
    return null;
  }
}
