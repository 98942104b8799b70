package dev.makespan.cli.suite;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** The suite's ports, all on the loopback address. */
public record Ports(int planner, int scheduler, int gateway, int database) {

  public static final int DEFAULT_BASE = 7400;

  /** The largest base that leaves room for the database's port. */
  public static final int MAX_BASE = 65_000;

  private static final int DATABASE_OFFSET = 32;

  /** {@code base} for the planner, and the others at fixed distances from it. */
  public static Ports from(int base) {
    if (base < 1 || base > MAX_BASE) {
      throw new IllegalArgumentException(
          "ports: expected a first port from 1 to " + MAX_BASE + ", was " + base);
    }
    return new Ports(base, base + 1, base + 2, base + DATABASE_OFFSET);
  }

  int of(Service service) {
    return switch (service) {
      case SCHEDULER -> scheduler;
      case PLANNER -> planner;
      case GATEWAY -> gateway;
    };
  }

  void requireFree() throws SuiteProblem {
    for (Service service : Service.values()) {
      if (!isFree(of(service))) {
        throw new SuiteProblem(
            "port %d for the %s is in use; stop what uses it, or choose other ports with --port-base"
                .formatted(of(service), service.title()));
      }
    }
  }

  static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
