package dev.makespan.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Reader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** A place of its own for a suite, on ports of its own. */
record TestHome(Path directory, int portBase) {

  /** Below what the system hands out to clients, and far from the ports that people use. */
  private static final int FIRST_PORT = 21_000;

  private static final int LAST_PORT = 31_000;
  private static final int STEP = 100;
  private static final List<Integer> OFFSETS = List.of(0, 1, 2, 32);

  static TestHome in(Path directory) {
    int start = (int) (ProcessHandle.current().pid() * STEP % (LAST_PORT - FIRST_PORT));
    for (int i = 0; i < LAST_PORT - FIRST_PORT; i += STEP) {
      int base = FIRST_PORT + (start + i) % (LAST_PORT - FIRST_PORT);
      if (OFFSETS.stream().allMatch(offset -> isFree(base + offset))) {
        return new TestHome(directory, base);
      }
    }
    throw new IllegalStateException("no free ports");
  }

  Map<String, String> environment() {
    return Map.of(
        "MAKESPAN_HOME", directory.toString(), "MAKESPAN_PORT_BASE", Integer.toString(portBase));
  }

  Command start(String... words) {
    return Command.start(environment(), words);
  }

  /** Runs to the end, expects success, and reads the answer. */
  JsonNode json(String... words) throws IOException, InterruptedException {
    try (Command command = start(words)) {
      int code = command.await();
      if (code != 0) {
        throw new AssertionError("code " + code + ":\n" + command.text());
      }
      return new ObjectMapper().readTree(command.text());
    }
  }

  /** The process that the launcher has written down under {@code name}. */
  ProcessHandle process(String name) throws IOException {
    Properties state = new Properties();
    try (Reader reader = Files.newBufferedReader(directory.resolve("suite.properties"))) {
      state.load(reader);
    }
    String entry = state.getProperty("process." + name);
    return ProcessHandle.of(Long.parseLong(entry.split("@", 2)[0])).orElseThrow();
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
