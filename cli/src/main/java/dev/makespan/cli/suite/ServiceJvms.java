package dev.makespan.cli.suite;

import java.util.List;
import java.util.Map;

/**
 * How the services' JVMs are started.
 *
 * @param options of each service's JVM; a service that is left out has the small ones
 */
public record ServiceJvms(Map<Service, List<String>> options) {

  /** Ready soon, in little memory. */
  public static final ServiceJvms SMALL = new ServiceJvms(Map.of());

  private static final List<String> SMALL_OPTIONS =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m");

  public ServiceJvms {
    options = Map.copyOf(options);
  }

  List<String> of(Service service) {
    return options.getOrDefault(service, SMALL_OPTIONS);
  }
}
