package dev.makespan.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The proxy before a server that says again what it hears. */
class LinkProxyTest {

  private ServerSocket server = unbound();
  private LinkProxy proxy = new LinkProxy(0, 0);
  private Socket client = new Socket();

  private static ServerSocket unbound() {
    try {
      return new ServerSocket();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeEach
  void connect() throws IOException {
    server = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
    Thread.startVirtualThread(this::echo);
    proxy.close();
    proxy = new LinkProxy(0, server.getLocalPort());
    client = new Socket(InetAddress.ofLiteral("127.0.0.1"), proxy.port());
    client.setSoTimeout(10_000);
    say("hello");
    assertThat(heard(5)).isEqualTo("hello");
  }

  private void echo() {
    try (Socket socket = server.accept()) {
      socket.getInputStream().transferTo(socket.getOutputStream());
    } catch (IOException e) {
      // The client's end is what is looked at.
    }
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    proxy.close();
    server.close();
  }

  @Test
  void aResetComesAfterItsBytes() throws IOException {
    assertThat(proxy.strike(new LinkFate.ResetAfter(8))).isOne();

    say("four");
    assertThat(heard(4)).isEqualTo("four");
    say("more");

    assertThatThrownBy(() -> heard(8)).isInstanceOf(IOException.class);
  }

  @Test
  void whatIsHalfClosedIsStillHeard() throws IOException {
    proxy.strike(new LinkFate.HalfCloseAfter(4));

    say("none");

    assertThat(client.getInputStream().read()).as("the server has heard an end").isEqualTo(-1);
  }

  @Test
  void lostRepliesEndInAReset() throws IOException {
    proxy.strike(new LinkFate.LoseRepliesAfter(1, Duration.ofMillis(10)));

    say("asked");

    assertThatThrownBy(() -> heard(5)).isInstanceOf(IOException.class);
  }

  @Test
  void aDelayOnlyTakesTime() throws IOException {
    proxy.strike(new LinkFate.Delay(Duration.ofMillis(50)));
    long at = System.nanoTime();

    say("slow");

    assertThat(heard(4)).isEqualTo("slow");
    assertThat(System.nanoTime() - at).isGreaterThanOrEqualTo(100_000_000L);
  }

  private void say(String text) throws IOException {
    client.getOutputStream().write(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
  }

  private String heard(int bytes) throws IOException {
    byte[] heard = client.getInputStream().readNBytes(bytes);
    return new String(heard, java.nio.charset.StandardCharsets.US_ASCII);
  }
}
