package dev.makespan.cli.suite;

import dev.makespan.postgres.DatabaseUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How children are started: small JVMs that are ready soon, or native executables. */
final class ServiceCommand {

  private static final List<String> JVM =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");
  private static final String SERVICE_HEAP = "-Xmx256m";
  private static final String AGENT_HEAP = "-Xmx64m";

  private ServiceCommand() {}

  static List<String> of(Service service, Home home) throws SuiteProblem {
    if (Boolean.parseBoolean(System.getenv("MAKESPAN_NATIVE"))) {
      return List.of(nativeExecutable(service, home).toString());
    }
    Path jar = home.serviceJar(service);
    if (!Files.isRegularFile(jar)) {
      throw new SuiteProblem(
          "%s is not built: there is no %s; run ./makespan build".formatted(service.module(), jar));
    }
    List<String> command = java(SERVICE_HEAP);
    command.addAll(List.of("-jar", jar.toString()));
    return command;
  }

  static Map<String, String> environment(Service service, Ports ports, DatabaseUrl database) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("MAKESPAN_PORT", Integer.toString(ports.of(service)));
    environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
    environment.put("MAKESPAN_SCHEDULER_HOST", "127.0.0.1");
    environment.put("MAKESPAN_SCHEDULER_PORT", Integer.toString(ports.scheduler()));
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
    List<String> command = java(AGENT_HEAP);
    command.addAll(List.of("-cp", jar.toString(), "dev.makespan.agent.AgentMain"));
    return command;
  }

  private static List<String> java(String heap) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM);
    command.add(heap);
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
