package dev.makespan.agent.runner;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The beginning and the end of what a command says, however much it is; says what was dropped
 * between them. Written by one thread, read by others.
 */
final class CappedOutput {

  private final byte[] head;
  private final byte[] tail;
  private int inHead;
  private long inTail;

  CappedOutput(int headBytes, int tailBytes) {
    this.head = new byte[headBytes];
    this.tail = new byte[tailBytes];
  }

  synchronized void take(byte[] bytes, int length) {
    int first = Math.min(length, head.length - inHead);
    System.arraycopy(bytes, 0, head, inHead, first);
    inHead += first;
    int skipped = Math.max(first, length - tail.length);
    inTail += skipped - first;
    for (int i = skipped; i < length; i++) {
      tail[(int) (inTail % tail.length)] = bytes[i];
      inTail++;
    }
  }

  synchronized long droppedBytes() {
    return Math.max(0, inTail - tail.length);
  }

  synchronized long totalBytes() {
    return inHead + inTail;
  }

  /** All that is kept, with a line in the place of what is not. */
  synchronized String text() {
    String begin = new String(head, 0, inHead, StandardCharsets.UTF_8);
    long dropped = droppedBytes();
    String note = dropped == 0 ? "" : "\n… " + dropped + " bytes were dropped here …\n";
    return begin + note + end();
  }

  private String end() {
    int kept = (int) Math.min(inTail, tail.length);
    byte[] last = new byte[kept];
    for (int i = 0; i < kept; i++) {
      last[i] = tail[(int) ((inTail - kept + i) % tail.length)];
    }
    return new String(last, StandardCharsets.UTF_8);
  }

  /** The last lines that are not empty, at most so many and of so many characters together. */
  List<String> lastLines(int lines, int characters) {
    List<String> last = new ArrayList<>();
    int left = characters;
    for (String line : text().lines().toList().reversed()) {
      String shown = line.strip();
      if (last.size() == lines || left <= 0) {
        break;
      }
      if (!shown.isEmpty()) {
        String kept = shown.substring(0, Math.min(shown.length(), left));
        last.addFirst(kept);
        left -= kept.length();
      }
    }
    return last;
  }
}
