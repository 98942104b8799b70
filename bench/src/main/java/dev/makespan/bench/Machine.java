package dev.makespan.bench;

import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * Where figures were measured; without it they say nothing.
 *
 * @param load tasks that wanted a core during the last minute, on average; negative: unknown
 */
public record Machine(int cores, String java, String system, long maxHeapMib, double load) {

  public static Machine here() {
    return new Machine(
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        Runtime.getRuntime().maxMemory() >> 20,
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  public String text() {
    return String.format(
        Locale.ROOT,
        "machine: %d %s, %s, %s, heap up to %d MiB, load %.2f before",
        cores,
        cores == 1 ? "core" : "cores",
        system,
        java,
        maxHeapMib,
        load);
  }

  public String json() {
    return String.format(
        Locale.ROOT,
        "{\"cores\":%d,\"system\":%s,\"java\":%s,\"maxHeapMib\":%d,\"loadBefore\":%.2f}",
        cores,
        quoted(system),
        quoted(java),
        maxHeapMib,
        load);
  }

  public static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
