package dev.makespan.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A server's address. */
record HostPort(String host, int port) {

  static HostPort loopback(int port) {
    return new HostPort("127.0.0.1", port);
  }

  static HostPort parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon > 0 && text.substring(colon + 1).matches("[0-9]{1,5}")) {
      int port = Integer.parseInt(text.substring(colon + 1));
      if (port >= 1 && port <= 65_535) {
        return new HostPort(text.substring(0, colon), port);
      }
    }
    throw new IllegalArgumentException(
        "expected host:port, such as localhost:7400, was '" + text + "'");
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }

  /** For picocli. */
  static final class Converter implements ITypeConverter<HostPort> {
    @Override
    public HostPort convert(String text) {
      try {
        return parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(String.valueOf(e.getMessage()));
      }
    }
  }
}
