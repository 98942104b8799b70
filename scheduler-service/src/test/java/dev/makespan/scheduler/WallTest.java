package dev.makespan.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Who may know what: clocks and chance stand in the wiring, wire types and rows at the edges. */
class WallTest {

  private static final JavaClasses SCHEDULER =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.makespan.scheduler");

  @Test
  void onlyTheWiringKnowsAClockOrThrowsDice() {
    Predicate<String> forbidden =
        Pattern.compile(
                "java\\.time\\.(Instant|.*DateTime|Clock)\\.(now|system.*)"
                    + "|java\\.lang\\.System\\.(nanoTime|currentTimeMillis)"
                    + "|java\\.lang\\.Thread\\.sleep"
                    + "|java\\.util\\.UUID\\.randomUUID"
                    + "|java\\.util\\.(Random|SplittableRandom)\\.<init>"
                    + "|java\\.security\\.SecureRandom\\.<init>"
                    + "|java\\.util\\.concurrent\\.ThreadLocalRandom\\..*")
            .asMatchPredicate();

    List<String> uses =
        SCHEDULER.stream()
            .filter(type -> !type.isEquivalentTo(Wiring.class))
            .flatMap(type -> type.getAccessesFromSelf().stream())
            .filter(access -> forbidden.test(member(access)))
            .map(JavaAccess::getDescription)
            .sorted()
            .toList();

    assertThat(uses).isEmpty();
  }

  @Test
  void noUseCaseKnowsAWireTypeOrARow() {
    List<String> uses =
        SCHEDULER.stream()
            .filter(type -> type.getPackageName().equals("dev.makespan.scheduler"))
            .filter(type -> !type.isEquivalentTo(Wiring.class))
            .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
            .filter(dependency -> isOfTheEdge(dependency.getTargetClass()))
            .map(dependency -> dependency.getDescription())
            .sorted()
            .toList();

    assertThat(uses).isEmpty();
  }

  private static boolean isOfTheEdge(JavaClass type) {
    String name = type.getPackageName();
    return name.startsWith("dev.makespan.proto")
        || name.startsWith("com.google.protobuf")
        || name.startsWith("io.grpc")
        || name.startsWith("io.vertx");
  }

  private static String member(JavaAccess<?> access) {
    return access.getTargetOwner().getFullName() + "." + access.getTarget().getName();
  }
}
