package dev.makespan.endtoend.manifests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What every rendered overlay must keep. Without kubectl there is nothing to render it with. */
class ManifestPolicyTest {

  private static final Set<String> SERVICES =
      Set.of("planner-service", "scheduler-service", "agent-gateway");

  private static Manifests manifests;

  @BeforeAll
  static void render() throws IOException, InterruptedException {
    boolean mustRender = "true".equals(System.getenv("CI"));
    assumeTrue(mustRender || Manifests.kubectlIsThere(), "kubectl is not installed");
    manifests = Manifests.render("../k8s/overlays/local");
  }

  @Test
  void everyPartIsThere() {
    assertThat(manifests.names("Deployment"))
        .containsExactlyInAnyOrder(
            "planner-service", "scheduler-service", "agent-gateway", "agent");
    assertThat(manifests.names("StatefulSet")).containsExactly("postgres");
    assertThat(manifests.names("Service")).containsAll(SERVICES).contains("postgres");
  }

  @Test
  void everythingStandsInTheOverlaysNamespace() {
    for (Map<String, Object> object : manifests.all()) {
      if (!object.get("kind").equals("Namespace")) {
        assertThat(Manifests.at(object, "metadata", "namespace"))
            .as(Manifests.nameOf(object))
            .isEqualTo("makespan");
      }
    }
  }

  @Test
  void noImageHasATagThatMoves() {
    for (Manifests.Container container : manifests.containers()) {
      assertThat(container.image()).as(container.owner()).matches(".+:[0-9]+\\.[0-9].*");
    }
  }

  @Test
  void everyContainerSaysWhatItNeedsAndWhereItEnds() {
    for (Manifests.Container container : manifests.containers()) {
      Object resources = container.get("resources");
      assertThat(Manifests.at(resources, "requests", "cpu")).as(container.owner()).isNotNull();
      assertThat(Manifests.at(resources, "requests", "memory")).as(container.owner()).isNotNull();
      assertThat(Manifests.at(resources, "limits", "memory")).as(container.owner()).isNotNull();
    }
  }

  /** The restricted pod security profile, and a root file system that nobody writes to. */
  @Test
  void everyPodIsRestricted() {
    for (Manifests.Container container : manifests.containers()) {
      Object own = container.get("securityContext");
      Object pod = Manifests.at(container.pod(), "securityContext");
      String owner = container.owner();
      assertThat(Manifests.at(own, "allowPrivilegeEscalation")).as(owner).isEqualTo(false);
      assertThat(Manifests.at(own, "readOnlyRootFilesystem")).as(owner).isEqualTo(true);
      assertThat(Manifests.at(own, "capabilities", "drop")).as(owner).isEqualTo(List.of("ALL"));
      assertThat(Manifests.at(pod, "runAsNonRoot")).as(owner).isEqualTo(true);
      assertThat(Manifests.at(pod, "seccompProfile", "type")).as(owner).isEqualTo("RuntimeDefault");
      assertThat(Manifests.at(container.pod(), "automountServiceAccountToken"))
          .as(owner)
          .isEqualTo(false);
    }
  }

  @Test
  void theServicesAreProbedAtThePortThatTheyListenOn() {
    for (Manifests.Container container : manifests.containers()) {
      if (SERVICES.contains(container.owner())) {
        assertProbe(container, "readinessProbe", "/q/health/ready");
        assertProbe(container, "livenessProbe", "/q/health/live");
        assertProbe(container, "startupProbe", "/q/health/started");
      }
    }
  }

  private static void assertProbe(Manifests.Container container, String probe, String path) {
    Object http = Manifests.at(container.get(probe), "httpGet");
    assertThat(Manifests.at(http, "path")).as(container.owner() + " " + probe).isEqualTo(path);
    assertThat(container.ports())
        .as(container.owner() + " " + probe)
        .contains(String.valueOf(Manifests.at(http, "port")));
    assertThat(container.ports()).contains(container.environment().get("MAKESPAN_PORT"));
  }

  @Test
  void whatAContainerIsToldToCallExistsAtThatPort() {
    int calls = 0;
    for (Manifests.Container container : manifests.containers()) {
      String host = container.environment().get("MAKESPAN_SCHEDULER_HOST");
      if (host != null) {
        calls++;
        assertThat(manifests.servicePorts(host))
            .as(container.owner())
            .contains(container.environment().get("MAKESPAN_SCHEDULER_PORT"));
      }
    }
    assertThat(calls).as("planner and gateway call the scheduler").isEqualTo(2);
    assertThat(manifests.servicePorts("agent-gateway")).contains("7402");
    assertThat(manifests.servicePorts("postgres")).contains("5432");
  }

  @Test
  void everySecretThatIsReferredToIsThere() {
    Set<String> wanted = new TreeSet<>();
    manifests.containers().forEach(container -> wanted.addAll(container.secrets()));

    assertThat(wanted).isNotEmpty();
    assertThat(manifests.names("Secret")).containsAll(wanted);
  }

  @Test
  void everyServiceSelectsThePodsOfItsName() {
    for (Map<String, Object> service : manifests.ofKind("Service")) {
      Object selector = Manifests.at(service, "spec", "selector");
      assertThat(manifests.podsMatching(selector))
          .as(Manifests.nameOf(service))
          .containsExactly(Manifests.nameOf(service));
    }
  }
}
