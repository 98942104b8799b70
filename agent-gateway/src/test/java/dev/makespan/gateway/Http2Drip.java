package dev.makespan.gateway;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A call of Connect whose message comes byte by byte and never ends: HTTP/2 by hand. */
final class Http2Drip implements AutoCloseable {

  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;
  private static final int OUR_STREAM = 1;

  private final Socket socket;
  private final CompletableFuture<Void> closed = new CompletableFuture<>();

  private Http2Drip(Socket socket) {
    this.socket = socket;
  }

  static Http2Drip connect(int port) throws IOException {
    Http2Drip drip = new Http2Drip(new Socket(InetAddress.getLoopbackAddress(), port));
    Thread.ofPlatform().daemon().start(drip::read);
    OutputStream out = drip.socket.getOutputStream();
    out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    out.write(frame(SETTINGS, 0, 0, new byte[0]));
    out.write(frame(HEADERS, END_HEADERS, OUR_STREAM, headers(port)));
    out.flush();
    return drip;
  }

  /** Says a byte each {@code pause} until the other side has ended the stream. */
  Duration untilClosed(Duration pause, Duration patience) throws Exception {
    long start = System.nanoTime();
    byte[] beginning = {0, 0, 0, 100, 10};
    for (int i = 0; System.nanoTime() - start < patience.toNanos(); i++) {
      byte next = i < beginning.length ? beginning[i] : (byte) 'x';
      try {
        socket.getOutputStream().write(frame(0, 0, OUR_STREAM, new byte[] {next}));
        closed.get(pause.toMillis(), TimeUnit.MILLISECONDS);
        break;
      } catch (TimeoutException e) {
        // It is still open: another byte.
      } catch (SocketException e) {
        break;
      }
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private void read() {
    try (DataInputStream in = new DataInputStream(socket.getInputStream())) {
      while (true) {
        int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        int stream = in.readInt();
        in.skipNBytes(length);
        boolean ends =
            stream == OUR_STREAM
                && (type == RST_STREAM || (type == HEADERS && (flags & END_STREAM) != 0));
        if (ends) {
          closed.complete(null);
        }
      }
    } catch (IOException e) {
      closed.complete(null);
    }
  }

  private static byte[] headers(int port) {
    Map<String, String> headers = new TreeMap<>();
    headers.put(":method", "POST");
    headers.put(":scheme", "http");
    headers.put(":path", "/makespan.agent.v1.AgentService/Connect");
    headers.put(":authority", "localhost:" + port);
    headers.put("content-type", "application/grpc");
    headers.put("te", "trailers");
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    headers.forEach((name, value) -> {
      block.write(0);
      write(block, name);
      write(block, value);
    });
    return block.toByteArray();
  }

  /** Shorter than 127 bytes, so that its length is one byte. */
  private static void write(ByteArrayOutputStream block, String text) {
    block.write(text.length());
    block.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] frame(int type, int flags, int stream, byte[] payload) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(payload.length >> 16);
    frame.write(payload.length >> 8);
    frame.write(payload.length);
    frame.write(type);
    frame.write(flags);
    frame.writeBytes(new byte[] {0, 0, 0, (byte) stream});
    frame.writeBytes(payload);
    return frame.toByteArray();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
