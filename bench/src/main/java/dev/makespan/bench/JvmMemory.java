package dev.makespan.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The heap of another JVM with the serial collector. */
public final class JvmMemory {

  private static final Pattern HEAP_USED =
      Pattern.compile("(?:total|committed)[^,]*, used (\\d+)K");
  private static final int GENERATIONS = 2;
  private static final double KIB = 1_024;

  private JvmMemory() {}

  /** Of all generations, after a full collection, in MiB. */
  public static double heapMib(long pid) throws InterruptedException {
    jcmd(pid, "GC.run");
    Matcher used = HEAP_USED.matcher(jcmd(pid, "GC.heap_info"));
    double kib = 0;
    for (int generation = 0; generation < GENERATIONS && used.find(); generation++) {
      kib += Double.parseDouble(used.group(1));
    }
    return kib / KIB;
  }

  private static String jcmd(long pid, String command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                  Long.toString(pid),
                  command)
              .redirectErrorStream(true)
              .start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException("jcmd " + command + ": " + said);
      }
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
