package dev.makespan.cli.suite;

import dev.makespan.postgres.DatabaseUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How children are started: JVMs, or native executables. */
final class ServiceCommand {

  private static final List<String> EVERY_JVM =
      List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");
  private static final List<String> AGENT_JVM =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx64m");

  private ServiceCommand() {}

  static List<String> of(Service service, Home home, ServiceJvms jvms) throws SuiteProblem {
    if (Boolean.parseBoolean(System.getenv("MAKESPAN_NATIVE"))) {
      return List.of(nativeExecutable(service, home).toString());
    }
    Path jar = home.serviceJar(service);
    if (!Files.isRegularFile(jar)) {
      throw new SuiteProblem(
          "%s is not built: there is no %s; run ./makespan build".formatted(service.module(), jar));
    }
    List<String> command = java(jvms.of(service));
    command.addAll(List.of("-jar", jar.toString()));
    return command;
  }

  /**
   * What a service is told.
   *
   * @param secret of this start, which the services know and their agents do not
   */
  static Map<String, String> environment(
      Service service, Ports ports, DatabaseUrl database, Home home, String secret) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("MAKESPAN_PORT", Integer.toString(ports.of(service)));
    environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
    environment.put("MAKESPAN_SCHEDULER_HOST", "127.0.0.1");
    environment.put("MAKESPAN_SCHEDULER_PORT", Integer.toString(ports.scheduler()));
    environment.put("MAKESPAN_GATEWAY_HOST", "127.0.0.1");
    environment.put("MAKESPAN_GATEWAY_PORT", Integer.toString(ports.gateway()));
    environment.put("MAKESPAN_SERVICE_SECRET", secret);
    String records = System.getenv("MAKESPAN_RECORDS");
    environment.put(
        "MAKESPAN_RECORDS",
        records == null || records.isBlank() ? home.records().toString() : records);
    if (service != Service.GATEWAY) {
      environment.putAll(database.environment());
    }
    return environment;
  }

  static List<String> agent(Home home) throws SuiteProblem {
    Path jar = home.commandJar();
    if (!Files.isRegularFile(jar)) {
      throw new SuiteProblem(
          "the agent is not built: there is no " + jar + "; run ./makespan build");
    }
    List<String> command = java(AGENT_JVM);
    command.addAll(List.of("-cp", jar.toString(), "dev.makespan.agent.AgentMain"));
    return command;
  }

  private static List<String> java(List<String> options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(EVERY_JVM);
    command.addAll(options);
    return command;
  }

  private static Path nativeExecutable(Service service, Home home) throws SuiteProblem {
    try {
      List<Path> found = home.nativeExecutables(service);
      if (!found.isEmpty()) {
        return found.getFirst();
      }
    } catch (IOException e) {
      throw new SuiteProblem("can't look for the native " + service.module(), e);
    }
    throw new SuiteProblem(
        "%s has no native executable; run ./mvnw package -Dnative".formatted(service.module()));
  }
}
