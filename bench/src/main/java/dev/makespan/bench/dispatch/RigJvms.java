package dev.makespan.bench.dispatch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The services' JVMs: all compilers, and the collector that a container of less than two cores or
 * two gigabytes gets.
 *
 * @param heapMib of each
 * @param gatewayHeapMib of the gateway, whose memory is measured
 * @param profile where each leaves a flight recording; null: none does
 */
record RigJvms(int heapMib, int gatewayHeapMib, @Nullable Path profile) {

  List<String> options(String service) {
    List<String> options = new ArrayList<>();
    options.add("-XX:+UseSerialGC");
    options.add("-XX:-UseDynamicNumberOfCompilerThreads"); // their time is told apart
    options.add("-Xmx" + (service.equals("agent-gateway") ? gatewayHeapMib : heapMib) + "m");
    if (profile != null) {
      options.add(
          "-XX:StartFlightRecording=settings=profile,jdk.CPUTimeSample#enabled=true,jdk.ExecutionSample#enabled=false,dumponexit=true,filename="
              + profile.toAbsolutePath().resolve(service + ".jfr"));
      options.add("-XX:+UnlockDiagnosticVMOptions");
      options.add("-XX:+DebugNonSafepoints");
    }
    return options;
  }

  String shown() {
    return "SerialGC, -Xmx%dm, gateway -Xmx%dm".formatted(heapMib, gatewayHeapMib);
  }
}
