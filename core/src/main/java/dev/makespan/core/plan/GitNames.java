package dev.makespan.core.plan;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What may be said of a repository, since it becomes arguments of git: never an option, a command
 * behind a transport, or a name that climbs. Names follow {@code git check-ref-format}.
 */
public final class GitNames {

  /** Longest name of a branch or base, in UTF-16 units. */
  public static final int MAX_NAME = 200;

  private static final Pattern TRANSPORT = Pattern.compile("[A-Za-z0-9+.-]+::.*", Pattern.DOTALL);
  private static final Pattern URL =
      Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://([^/?#]*)(.*)", Pattern.DOTALL);
  private static final Pattern SCHEME = Pattern.compile("https?|ssh|file");
  private static final Pattern WITHOUT_HOST = Pattern.compile("([^@/]*@)?(-.*)?");
  private static final String FORBIDDEN = " ~^:?*[\\";

  private GitNames() {}

  /** What is wrong with {@code text} as a repository; empty: nothing. Shows no password. */
  public static String problemOfRepository(String text) {
    if (PartsReader.isNoArgument(text)) {
      return "expected one line that does not begin with '-', was " + Shown.quoted(text);
    }
    if (TRANSPORT.matcher(text).matches()) {
      return "expected a path or a URL, was a command for git to run";
    }
    Matcher url = URL.matcher(text);
    return url.matches() ? problemOfUrl(url.group(1), url.group(2)) : "";
  }

  private static String problemOfUrl(String scheme, String authority) {
    if (!SCHEME.matcher(scheme).matches()) {
      return "expected https, ssh, file or http, was " + Shown.quoted(scheme);
    }
    int at = authority.lastIndexOf('@');
    if (at >= 0 && authority.substring(0, at).contains(":")) {
      return "expected a URL without a password, which the agent's git has to know";
    }
    if (!scheme.equals("file") && WITHOUT_HOST.matcher(authority).matches()) {
      return "expected the name of a host, was " + Shown.quoted(authority.substring(at + 1));
    }
    return "";
  }

  /** {@code repository} as it may be shown: without what stands before the host. */
  public static String shown(String repository) {
    Matcher url = URL.matcher(repository);
    if (!url.matches()) {
      return Shown.escaped(repository);
    }
    String host = url.group(2).substring(url.group(2).lastIndexOf('@') + 1);
    return Shown.escaped(url.group(1) + "://" + host + url.group(3));
  }

  /** What is wrong with {@code text} as a branch, a tag, a commit or HEAD; empty: nothing. */
  public static String problemOfName(String text) {
    if (text.isEmpty() || text.length() > MAX_NAME) {
      return "expected a name of 1 to " + MAX_NAME + " characters, was " + text.length();
    }
    if (text.startsWith("-")) {
      return "expected a name that does not begin with '-', was " + Shown.quoted(text);
    }
    if (text.contains("..") || text.contains("@{") || text.contains("//")) {
      return "expected a name without '..', '@{' and '//', was " + Shown.quoted(text);
    }
    if (text.chars().anyMatch(c -> c < ' ' || c == 0x7f || FORBIDDEN.indexOf(c) >= 0)) {
      return "expected a name without control characters, spaces and any of ~^:?*[\\, was "
          + Shown.quoted(text);
    }
    for (String part : text.split("/", -1)) {
      if (part.isEmpty() || part.startsWith(".") || part.endsWith(".") || part.endsWith(".lock")) {
        return "expected parts that are not empty, do not begin or end with '.' or end with"
            + " '.lock', was "
            + Shown.quoted(text);
      }
    }
    return text.equals("@") ? "expected a name, was '@'" : "";
  }
}
