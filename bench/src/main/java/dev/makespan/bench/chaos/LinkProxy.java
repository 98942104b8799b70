package dev.makespan.bench.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Passes TCP connections on, until a fate is decided for all that are open. What comes later is
 * sound. Chance is not asked: a fate comes from whoever strikes.
 */
final class LinkProxy implements AutoCloseable {

  private static final int BUFFER = 8_192;

  private final ServerSocket door;
  private final int to;
  private final List<Link> links = new CopyOnWriteArrayList<>();

  /** From {@code port} to {@code to}, both on the loopback address. */
  LinkProxy(int port, int to) {
    this.to = to;
    try {
      door = new ServerSocket();
      door.setReuseAddress(true);
      door.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return door.getLocalPort();
  }

  /** This becomes of all that are open; how many there are. */
  int strike(LinkFate fate) {
    List<Link> struck = List.copyOf(links);
    struck.forEach(link -> link.strike(fate));
    return struck.size();
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        Thread.ofVirtual().start(() -> connect(client));
      } catch (IOException e) {
        // Closed, or the client was gone at once.
      }
    }
  }

  /** A server that is not there looks as it does without a proxy, or nearly. */
  private void connect(Socket client) {
    try {
      Socket server = new Socket(InetAddress.ofLiteral("127.0.0.1"), to);
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      Link link = new Link(client, server);
      links.add(link);
      link.open();
    } catch (IOException e) {
      reset(client);
    }
  }

  private static void reset(Socket socket) {
    try {
      socket.setOption(StandardSocketOptions.SO_LINGER, 0);
      socket.close();
    } catch (IOException e) {
      // It is closed, which is what was wanted.
    }
  }

  @Override
  public void close() {
    try {
      door.close();
    } catch (IOException e) {
      // Nobody comes in any more either way.
    }
    links.forEach(Link::reset);
  }

  /** One connection. */
  private final class Link {
    private final Socket client;
    private final Socket server;
    private volatile LinkFate fate = new LinkFate.Sound();
    private final AtomicInteger up = new AtomicInteger();
    private final AtomicInteger down = new AtomicInteger();

    Link(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    void strike(LinkFate next) {
      up.set(0);
      down.set(0);
      fate = next;
    }

    void open() {
      Thread.ofVirtual().start(() -> pass(client, server, true));
      Thread.ofVirtual().start(() -> pass(server, client, false));
    }

    private void pass(Socket from, Socket to, boolean upwards) {
      byte[] buffer = new byte[BUFFER];
      try (InputStream in = from.getInputStream()) {
        OutputStream out = to.getOutputStream();
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
          if (decide(count, upwards)) {
            out.write(buffer, 0, count);
          }
        }
        to.shutdownOutput();
      } catch (IOException e) {
        reset();
      } finally {
        if (!upwards) {
          reset();
        }
      }
    }

    /** Whether these bytes pass. */
    private boolean decide(int count, boolean upwards) throws IOException {
      int passed = (upwards ? up : down).addAndGet(count);
      return switch (fate) {
        case LinkFate.Sound _ -> true;
        case LinkFate.Delay delay -> {
          Waiting.lasting(delay.by());
          yield true;
        }
        case LinkFate.ResetAfter after -> {
          if (upwards && passed >= after.bytes()) {
            reset();
          }
          yield true;
        }
        case LinkFate.HalfCloseAfter after -> {
          if (upwards && passed >= after.bytes()) {
            server.shutdownOutput();
            fate = new LinkFate.Sound();
          }
          yield !server.isOutputShutdown() || !upwards;
        }
        case LinkFate.LoseRepliesAfter after -> {
          if (!upwards && passed >= after.bytes()) {
            // Whoever waits for an answer waits for nothing, and then hears that nothing comes.
            Waiting.lasting(after.silence());
            reset();
            yield false;
          }
          yield true;
        }
      };
    }

    void reset() {
      links.remove(this);
      LinkProxy.reset(client);
      LinkProxy.reset(server);
    }
  }
}
