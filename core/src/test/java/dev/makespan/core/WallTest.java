package dev.makespan.core;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What keeps the rules pure: the same arguments give the same answer, everywhere and always. */
class WallTest {

  private static final JavaClasses CORE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.makespan.core");

  @Test
  void noRuleReadsAClock() {
    assertThat(
            uses(
                "java\\.time\\..*\\.now",
                "java\\.time\\.(Clock|InstantSource)\\..*",
                "java\\.lang\\.System\\.(nanoTime|currentTimeMillis)",
                "java\\.lang\\.Thread\\..*",
                "java\\.util\\.(Timer|Date|Calendar)\\..*"))
        .isEmpty();
  }

  /** A RandomGenerator that comes as an argument may be asked; none may be made. */
  @Test
  void noRuleThrowsDice() {
    assertThat(
            uses(
                "java\\.util\\.(Random|SplittableRandom)\\..*",
                "java\\.util\\.random\\.RandomGenerator(Factory)?\\.(of|create|getDefault)",
                "java\\.util\\.concurrent\\.ThreadLocalRandom\\..*",
                "java\\.security\\.SecureRandom\\..*",
                "java\\.util\\.UUID\\.randomUUID",
                "java\\.util\\.Collections\\.shuffle",
                "java\\.lang\\.Math\\.random",
                "java\\.lang\\.System\\.identityHashCode"))
        .isEmpty();
  }

  @Test
  void noRuleTouchesTheWorldOutside() {
    assertThat(
            uses(
                "java\\.(io|nio\\.file|nio\\.channels|net|sql)\\..*",
                "java\\.lang\\.(Process|ProcessBuilder|Runtime)\\..*",
                "java\\.lang\\.System\\.(out|err|in|getenv|getProperty|exit)"))
        .isEmpty();
  }

  /** Use LinkedHashMap, TreeMap or an array: hash order differs between machines. */
  @Test
  void noHashOrderCanReachAnOutput() {
    assertThat(
            uses(
                "java\\.util\\.(HashMap|HashSet|IdentityHashMap|WeakHashMap)\\.<init>",
                "java\\.util\\.concurrent\\.ConcurrentHashMap\\.<init>",
                "java\\.util\\.stream\\.Collectors\\.toSet"))
        .isEmpty();
  }

  @Test
  void packagesDependOnEachOtherInOneDirection() {
    slices().matching("dev.makespan.core.(*)..").should().beFreeOfCycles().check(CORE);
    mayUse("plan");
    mayUse("graph", "plan");
    mayUse("proof");
    mayUse("schedule", "plan", "graph", "proof");
    mayUse("analysis", "plan", "graph", "schedule");
    mayUse("change", "plan");
    mayUse("learn", "plan", "change");
    mayUse("finding", "plan", "graph", "schedule", "analysis", "change");
  }

  private static void mayUse(String name, String... others) {
    String[] allowed = new String[others.length + 3];
    for (int i = 0; i < others.length; i++) {
      allowed[i] = "dev.makespan.core." + others[i];
    }
    allowed[others.length] = "dev.makespan.core." + name;
    allowed[others.length + 1] = "java..";
    allowed[others.length + 2] = "org.jspecify..";
    classes()
        .that(resideInAPackage("dev.makespan.core." + name))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed)
        .check(CORE);
  }

  /** Every access from the core to a member whose owner and name match. */
  private static List<String> uses(String... members) {
    Predicate<String> forbidden = Pattern.compile(String.join("|", members)).asMatchPredicate();
    return CORE.stream()
        .flatMap(type -> type.getAccessesFromSelf().stream())
        .filter(access -> forbidden.test(member(access)))
        .map(JavaAccess::getDescription)
        .sorted()
        .toList();
  }

  private static String member(JavaAccess<?> access) {
    return access.getTargetOwner().getFullName() + "." + access.getTarget().getName();
  }
}
