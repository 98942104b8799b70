package dev.makespan.postgres;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;

/** Where a database is and who enters it. {@link #toString} leaves the password out. */
public record DatabaseUrl(String host, int port, String name, String user, String password) {

  /** The port that a URL without one means. */
  public static final int DEFAULT_PORT = 5432;

  private static final String FORM = "postgresql://user:password@host:port/database";
  private static final Set<String> SCHEMES = Set.of("postgresql", "postgres");

  /**
   * What a user's {@code DATABASE_URL} says.
   *
   * @throws IllegalArgumentException with one line that says what was expected and what was there
   */
  public static DatabaseUrl parse(String text) {
    URI uri = uri(text.strip());
    if (uri.getScheme() == null || !SCHEMES.contains(uri.getScheme())) {
      throw bad("a URL that begins with postgresql://", "'" + schemeOf(text) + "'");
    }
    String authority = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
    int at = authority.lastIndexOf('@');
    String[] login = authority.substring(0, Math.max(at, 0)).split(":", 2);
    String address = authority.substring(at + 1);
    int colon = address.lastIndexOf(':');
    boolean hasPort = colon > address.lastIndexOf(']');
    String host = hasPort ? address.substring(0, colon) : address;
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    String name = decode(path.startsWith("/") ? path.substring(1) : path);
    if (host.isEmpty()) {
      throw bad("a host, as in " + FORM, "none");
    }
    if (login[0].isEmpty()) {
      throw bad("a user, as in " + FORM, "none");
    }
    if (name.isEmpty() || name.contains("/")) {
      throw bad("the name of a database after the host, as in " + FORM, "'" + path + "'");
    }
    requireNoOptions(uri);
    return new DatabaseUrl(
        host,
        hasPort ? port(address.substring(colon + 1)) : DEFAULT_PORT,
        name,
        decode(login[0]),
        login.length == 2 ? decode(login[1]) : "");
  }

  /** What the services are configured with. */
  public Map<String, String> environment() {
    return Map.of(
        "DATABASE_HOST", host,
        "DATABASE_PORT", Integer.toString(port),
        "DATABASE_NAME", name,
        "DATABASE_USER", user,
        "DATABASE_PASSWORD", password);
  }

  public String jdbc() {
    return "jdbc:postgresql://" + host + ":" + port + "/" + name;
  }

  /** Another database of the same server. */
  public DatabaseUrl withName(String other) {
    return new DatabaseUrl(host, port, other, user, password);
  }

  @Override
  public String toString() {
    return "postgresql://" + user + "@" + host + ":" + port + "/" + name;
  }

  private static URI uri(String text) {
    if (text.isEmpty()) {
      throw bad(FORM, "nothing");
    }
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      // The text itself may hold a password.
      throw bad(FORM, "'" + e.getReason() + "' at character " + (e.getIndex() + 1));
    }
  }

  private static void requireNoOptions(URI uri) {
    String query = uri.getRawQuery();
    if (query != null && !Set.of("sslmode=disable", "sslmode=prefer").contains(query)) {
      throw bad("no options after the database's name", "'?" + query + "'");
    }
  }

  private static int port(String text) {
    try {
      int port = Integer.parseInt(text);
      if (port >= 1 && port <= 65_535) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw bad("a port from 1 to 65535", "'" + text + "'");
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw bad("%-escapes of two hexadecimal digits", "another");
    }
  }

  private static String schemeOf(String text) {
    int colon = text.indexOf(':');
    return colon < 0 ? "no scheme" : text.substring(0, colon + 1);
  }

  private static IllegalArgumentException bad(String expected, String was) {
    return new IllegalArgumentException("expected " + expected + ", was " + was);
  }
}
