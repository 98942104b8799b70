package dev.makespan.agent.runner;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Takes secrets out of a stream of bytes, also where they are cut between two reads: as they are,
 * in Base64, in hex and as in URLs. Best effort: whoever has a secret can write it otherwise. Of
 * one thread.
 */
final class Masking {

  /** What is shorter is found everywhere, and is no secret. */
  static final int MIN_LENGTH = 4;

  private static final byte[] MASK = "***".getBytes(StandardCharsets.UTF_8);

  /** Where what is left goes. */
  interface Sink {
    void take(byte[] bytes, int length);
  }

  private final List<byte[]> needles;
  private final boolean[] begins = new boolean[256];
  private final int longest;
  private final Sink sink;
  private byte[] held = new byte[0];

  Masking(Collection<String> secrets, Sink sink) {
    Set<String> forms = new LinkedHashSet<>();
    secrets.forEach(secret -> addForms(forms, secret));
    this.needles =
        forms.stream()
            .map(form -> form.getBytes(StandardCharsets.UTF_8))
            .sorted(Comparator.comparingInt((byte[] form) -> form.length).reversed())
            .toList();
    this.longest = needles.isEmpty() ? 0 : needles.getFirst().length;
    needles.forEach(needle -> begins[needle[0] & 0xff] = true);
    this.sink = sink;
  }

  private static void addForms(Set<String> forms, String secret) {
    String whole = secret.strip();
    if (whole.length() < MIN_LENGTH) {
      return;
    }
    byte[] bytes = whole.getBytes(StandardCharsets.UTF_8);
    forms.add(whole);
    forms.add(Base64.getEncoder().withoutPadding().encodeToString(bytes));
    forms.add(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    forms.add(HexFormat.of().formatHex(bytes));
    forms.add(HexFormat.of().withUpperCase().formatHex(bytes));
    forms.add(URLEncoder.encode(whole, StandardCharsets.UTF_8));
    whole.lines().map(String::strip).filter(l -> l.length() >= 2 * MIN_LENGTH).forEach(forms::add);
  }

  void take(byte[] bytes, int length) {
    if (longest == 0) {
      sink.take(bytes, length);
      return;
    }
    byte[] all = Arrays.copyOf(held, held.length + length);
    System.arraycopy(bytes, 0, all, held.length, length);
    mask(all, all.length - longest + 1);
  }

  /** Nothing follows. */
  void finish() {
    mask(held, held.length);
  }

  /** Decides all places before {@code until}; what comes after may be the begin of a secret. */
  private void mask(byte[] all, int until) {
    byte[] out = new byte[all.length + MASK.length * (all.length / MIN_LENGTH + 1)];
    int written = 0;
    int at = 0;
    while (at < until) {
      int found = begins[all[at] & 0xff] ? needleAt(all, at) : 0;
      if (found == 0) {
        out[written++] = all[at++];
      } else {
        System.arraycopy(MASK, 0, out, written, MASK.length);
        written += MASK.length;
        at += found;
      }
    }
    held = Arrays.copyOfRange(all, Math.min(at, all.length), all.length);
    sink.take(out, written);
  }

  private int needleAt(byte[] all, int at) {
    for (byte[] needle : needles) {
      boolean fits = at + needle.length <= all.length;
      if (fits && Arrays.equals(all, at, at + needle.length, needle, 0, needle.length)) {
        return needle.length;
      }
    }
    return 0;
  }

  /** {@code text} without secrets. */
  static String masked(Collection<String> secrets, String text) {
    StringBuilder out = new StringBuilder();
    Masking masking =
        new Masking(
            secrets,
            (bytes, length) -> out.append(new String(bytes, 0, length, StandardCharsets.UTF_8)));
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    // In one piece, so that no character is cut.
    masking.mask(bytes, bytes.length);
    return out.toString();
  }
}
