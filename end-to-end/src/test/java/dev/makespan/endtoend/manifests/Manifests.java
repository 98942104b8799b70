package dev.makespan.endtoend.manifests;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The objects of a rendered overlay, and ways to ask them. */
final class Manifests {

  private static final Set<String> WITH_PODS = Set.of("Deployment", "StatefulSet");

  private final List<Map<String, Object>> objects;

  private Manifests(List<Map<String, Object>> objects) {
    this.objects = List.copyOf(objects);
  }

  static boolean kubectlIsThere() throws InterruptedException {
    try {
      return new ProcessBuilder("kubectl", "version", "--client").start().waitFor() == 0;
    } catch (IOException absent) {
      return false;
    }
  }

  /** Renders a folder with kubectl; fails with what kubectl says. */
  static Manifests render(String folder) throws IOException, InterruptedException {
    Process kubectl =
        new ProcessBuilder("kubectl", "kustomize", folder).redirectErrorStream(true).start();
    String yaml = new String(kubectl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (kubectl.waitFor() != 0) {
      throw new AssertionError("kubectl kustomize " + folder + ": " + yaml);
    }
    List<Map<String, Object>> objects = new ArrayList<>();
    for (Object document : new Load(LoadSettings.builder().build()).loadAllFromString(yaml)) {
      objects.add(object(document));
    }
    return new Manifests(objects);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> object(@Nullable Object node) {
    return (Map<String, Object>) Objects.requireNonNull(node);
  }

  /** The value at a path of keys; null: there is none. */
  static @Nullable Object at(@Nullable Object node, String... keys) {
    Object here = node;
    for (String key : keys) {
      here = here instanceof Map<?, ?> map ? map.get(key) : null;
    }
    return here;
  }

  static String nameOf(Map<String, Object> object) {
    return String.valueOf(at(object, "metadata", "name"));
  }

  List<Map<String, Object>> all() {
    return objects;
  }

  List<Map<String, Object>> ofKind(String kind) {
    return objects.stream().filter(object -> kind.equals(object.get("kind"))).toList();
  }

  List<String> names(String kind) {
    return ofKind(kind).stream().map(Manifests::nameOf).toList();
  }

  /** The ports of a Service; empty: there is none of that name. */
  Set<String> servicePorts(String name) {
    Set<String> ports = new TreeSet<>();
    for (Map<String, Object> service : ofKind("Service")) {
      if (nameOf(service).equals(name)) {
        items(at(service, "spec", "ports")).forEach(p -> ports.add(String.valueOf(at(p, "port"))));
      }
    }
    return ports;
  }

  /** Names of the workloads whose pods carry all labels of {@code selector}. */
  List<String> podsMatching(@Nullable Object selector) {
    List<String> matching = new ArrayList<>();
    for (Map<String, Object> object : objects) {
      Object labels = at(object, "spec", "template", "metadata", "labels");
      boolean matches =
          WITH_PODS.contains(String.valueOf(object.get("kind")))
              && labels instanceof Map<?, ?> has
              && selector instanceof Map<?, ?> wanted
              && has.entrySet().containsAll(wanted.entrySet());
      if (matches) {
        matching.add(nameOf(object));
      }
    }
    return matching;
  }

  List<Container> containers() {
    List<Container> containers = new ArrayList<>();
    for (Map<String, Object> object : objects) {
      if (WITH_PODS.contains(String.valueOf(object.get("kind")))) {
        Object pod = at(object, "spec", "template", "spec");
        for (Object container : items(at(pod, "containers"))) {
          containers.add(new Container(nameOf(object), object(pod), object(container)));
        }
      }
    }
    return containers;
  }

  private static List<?> items(@Nullable Object node) {
    return node instanceof List<?> list ? list : List.of();
  }

  /** One container with the workload and the pod that it belongs to. */
  record Container(String owner, Map<String, Object> pod, Map<String, Object> spec) {

    @Nullable Object get(String key) {
      return spec.get(key);
    }

    String image() {
      return String.valueOf(spec.get("image"));
    }

    /** Numbers and names. */
    Set<String> ports() {
      Set<String> ports = new TreeSet<>();
      for (Object port : items(spec.get("ports"))) {
        ports.add(String.valueOf(at(port, "containerPort")));
        ports.add(String.valueOf(at(port, "name")));
      }
      return ports;
    }

    Map<String, String> environment() {
      Map<String, String> environment = new LinkedHashMap<>();
      for (Object variable : items(spec.get("env"))) {
        environment.put(
            String.valueOf(at(variable, "name")), String.valueOf(at(variable, "value")));
      }
      return environment;
    }

    Set<String> secrets() {
      Set<String> secrets = new TreeSet<>();
      for (Object variable : items(spec.get("env"))) {
        Object name = at(variable, "valueFrom", "secretKeyRef", "name");
        if (name != null) {
          secrets.add(name.toString());
        }
      }
      for (Object source : items(spec.get("envFrom"))) {
        Object name = at(source, "secretRef", "name");
        if (name != null) {
          secrets.add(name.toString());
        }
      }
      return secrets;
    }
  }
}
