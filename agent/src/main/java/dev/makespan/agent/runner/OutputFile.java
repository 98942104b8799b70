package dev.makespan.agent.runner;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/** Follows MAKESPAN_OUTPUT while a command writes to it. Of one thread. */
final class OutputFile {

  /** What is beyond this is not read. */
  static final long MAX_BYTES = 4L * 1024 * 1024;

  private static final int CHUNK = 65_536;
  private static final int MAX_LINE_BYTES = 4 * OutputLines.MAX_CHECKPOINT;

  private final Path file;
  private final Told told;
  private final UnaryOperator<String> masked;
  private long read;
  private byte[] begun = new byte[0];
  private boolean full;

  OutputFile(Path file, Told told, UnaryOperator<String> masked) {
    this.file = file;
    this.told = told;
    this.masked = masked;
  }

  /** Heeds the lines that are whole by now. */
  void follow() {
    if (full || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "r")) {
      content.seek(read);
      byte[] chunk = new byte[CHUNK];
      int length = content.read(chunk);
      while (length > 0 && !full) {
        read += length;
        take(Arrays.copyOf(chunk, length));
        full = read >= MAX_BYTES;
        length = content.read(chunk);
      }
    } catch (IOException e) {
      told.complain("the file cannot be read: " + e.getMessage());
      full = true;
    }
    if (full) {
      told.complain("expected at most " + MAX_BYTES + " bytes");
    }
  }

  /** The command is over: what is left is a line, too. */
  void finish() {
    follow();
    line(begun, begun.length);
    begun = new byte[0];
  }

  private void take(byte[] more) {
    byte[] all = Arrays.copyOf(begun, begun.length + more.length);
    System.arraycopy(more, 0, all, begun.length, more.length);
    int begin = 0;
    for (int i = 0; i < all.length; i++) {
      if (all[i] == '\n') {
        line(Arrays.copyOfRange(all, begin, i), i - begin);
        begin = i + 1;
      }
    }
    begun = Arrays.copyOfRange(all, begin, all.length);
    if (begun.length > MAX_LINE_BYTES) {
      told.complain("expected lines of at most " + MAX_LINE_BYTES + " bytes");
      full = true;
      begun = new byte[0];
    }
  }

  private void line(byte[] bytes, int length) {
    String text = new String(bytes, 0, length, StandardCharsets.UTF_8);
    told.heard(OutputLines.parse(masked.apply(text)));
  }
}
