package dev.makespan.core.finding;

import dev.makespan.core.change.PlanChange;
import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.Level;
import dev.makespan.core.plan.Need;
import dev.makespan.core.plan.PlanPart;
import dev.makespan.core.plan.Step;
import dev.makespan.core.plan.Task;
import dev.makespan.core.plan.TaskId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Finds test steps of one task, and test tasks, that follow one another though they share no
 * written file and no resource that only one can hold.
 */
final class ConcurrentTests implements Finder {

  private static final Set<String> TEST_WORDS =
      new TreeSet<>(List.of("test", "tests", "testing", "e2e", "smoke", "regression"));

  /** As names of steps these mean tests; as names of tasks they may mean anything. */
  private static final Set<String> STEP_WORDS =
      new TreeSet<>(List.of("unit", "integration", "check", "checks"));

  /** What tests need is no test. */
  private static final Set<String> OTHER_WORDS =
      new TreeSet<>(
          List.of(
              "infrastructure",
              "framework",
              "setup",
              "set",
              "fixtures",
              "environment",
              "data",
              "wiring",
              "merge"));

  @Override
  public List<Finding> find(Scope scope) {
    FileFlows flows = scope.flows();
    Pieces pieces = new Pieces(scope.plan());
    Pricer prices = new Pricer(scope);
    List<Finding> findings = new ArrayList<>();
    int most = Pricer.affordable(scope);
    IntStream.range(0, scope.plan().tasks().size())
        .filter(place -> pieces.arePossible(scope.task(place)) && hasRoom(scope, place, place))
        .filter(place -> groups(scope, place).stream().anyMatch(group -> group.size() > 1))
        .limit(most)
        .forEach(place -> findings.add(ofSteps(scope, flows, pieces, place, prices)));
    BitSet tests = tests(scope);
    scope.wholeNeeds().stream()
        .filter(need -> tests.get(need.provider()) && tests.get(need.consumer()))
        .filter(need -> shareNothing(scope, flows, need))
        .sorted(WholeNeed.BEST_FIRST)
        .limit(most)
        .forEach(need -> ofTasks(scope, need, prices).ifPresent(findings::add));
    return findings;
  }

  private static BitSet tests(Scope scope) {
    BitSet tests = new BitSet();
    for (int place = 0; place < scope.plan().tasks().size(); place++) {
      if (isTest(scope.task(place))) {
        tests.set(place);
      }
    }
    return tests;
  }

  private static boolean isTest(Task task) {
    return isTest(task.id().value() + " " + task.title(), TEST_WORDS);
  }

  private static boolean isTest(String text, Set<String> testWords) {
    List<String> words = Words.of(text);
    return words.stream().anyMatch(testWords::contains)
        && words.stream().noneMatch(OTHER_WORDS::contains);
  }

  /** Whether both may hold at once what they use. */
  private static boolean hasRoom(Scope scope, int one, int other) {
    return scope.task(one).uses().entrySet().stream()
        .allMatch(use ->
            use.getValue() + scope.task(other).uses().getOrDefault(use.getKey(), 0)
                <= scope.plan().resources().getOrDefault(use.getKey(), 1));
  }

  /** The steps in order, those in one group beside each other. */
  private static List<List<Integer>> groups(Scope scope, int place) {
    Task task = scope.task(place);
    boolean isTestTask = isTest(task);
    List<List<Integer>> groups = new ArrayList<>();
    for (int i = 0; i < task.steps().size(); i++) {
      int step = i;
      List<Integer> last = groups.isEmpty() ? List.of() : groups.getLast();
      boolean joins =
          !last.isEmpty()
              && isTestStep(task, i, isTestTask)
              && last.stream()
                  .allMatch(
                      j -> isTestStep(task, j, isTestTask) && areIndependent(scope, task, j, step));
      if (joins) {
        groups.getLast().add(i);
      } else {
        groups.add(new ArrayList<>(List.of(i)));
      }
    }
    return groups;
  }

  /** By its name, or because it writes a file of tests for a task of tests. */
  private static boolean isTestStep(Task task, int i, boolean isTestTask) {
    Step step = task.steps().get(i);
    String text = step.id() + " " + step.title();
    return isTest(text, TEST_WORDS)
        || isTest(text, STEP_WORDS)
        || (isTestTask && step.writes().stream().anyMatch(path -> isTest(path.text(), TEST_WORDS)));
  }

  private static boolean areIndependent(Scope scope, Task task, int one, int other) {
    List<FileAccess> first = withShared(scope, task, one);
    List<FileAccess> then = withShared(scope, task, other);
    return !task.steps().get(other).after().contains(task.steps().get(one).id())
        && FileFlows.conflict(first, then).isEmpty()
        && !FileFlows.flows(first, then)
        && FileFlows.changes(Stream.concat(first.stream(), then.stream()).toList());
  }

  /** What a step touches, and what the task touches beside its steps: all of them may. */
  private static List<FileAccess> withShared(Scope scope, Task task, int step) {
    return Stream.concat(
            Steps.touched(scope.plan(), task, step).stream(),
            Steps.outside(scope.plan(), task).stream())
        .toList();
  }

  private static Finding ofSteps(
      Scope scope, FileFlows flows, Pieces pieces, int place, Pricer prices) {
    Task task = scope.task(place);
    List<List<Integer>> groups = groups(scope, place);
    List<Step> beside =
        groups.stream()
            .filter(group -> group.size() > 1)
            .flatMap(List::stream)
            .map(task.steps()::get)
            .toList();
    String names = String.join(", ", beside.stream().map(Step::id).toList());
    Remedy remedy =
        prices.remedy(
            "run-beside",
            "Run the test steps %s of %s beside each other.".formatted(names, task.id()),
            Level.LOW,
            Level.LOW,
            "The tests share nothing that the plan does not name, such as a database or a port.",
            new BesideEachOther(scope, flows, pieces, place).changes(groups));
    return new Finding(
        "concurrent-tests:" + task.id(),
        FindingKind.CONCURRENT_TESTS,
        prices.severity(remedy.gain()),
        Confidence.PROBABLE,
        "The test steps %s of %s follow one another but write no common file."
            .formatted(names, task.id()),
        List.of(task.id()),
        beside.stream()
            .map(step ->
                new Evidence(
                    new PlanPart.OfStep(task.id(), step.id()),
                    "tests, and shares no written file with the others"))
            .toList(),
        List.of(remedy));
  }

  /** Tests that say what they touch, and share none of it but what both only read. */
  private static boolean shareNothing(Scope scope, FileFlows flows, WholeNeed need) {
    return FileFlows.changes(flows.touched(need.provider()))
        && FileFlows.changes(flows.touched(need.consumer()))
        && !flows.carriesMore(need.providerIn(scope))
        && !flows.flows(need.provider(), need.consumer())
        && FileFlows.conflict(flows.touched(need.provider()), flows.touched(need.consumer()))
            .isEmpty()
        && hasRoom(scope, need.provider(), need.consumer());
  }

  private static Optional<Finding> ofTasks(Scope scope, WholeNeed need, Pricer prices) {
    Task first = need.providerIn(scope);
    TaskId then = need.consumerIn(scope).id();
    List<Need> inherited =
        first.needs().stream().filter(n -> !need.consumerIn(scope).needs().contains(n)).toList();
    List<PlanChange> beside = List.of(new PlanChange.ReplaceNeed(then, need.need(), inherited));
    return need.loosened(scope, beside, false)
        .map(changes ->
            prices.remedy(
                "run-beside",
                "Run %s beside %s.".formatted(then, first.id()),
                Level.LOW,
                Level.MEDIUM,
                "The order has no other reason than that somebody wrote them down in it.",
                changes))
        .map(remedy -> ofTasks(need, first.id(), then, remedy, prices));
  }

  private static Finding ofTasks(
      WholeNeed need, TaskId first, TaskId then, Remedy remedy, Pricer prices) {
    return new Finding(
        "concurrent-tests:%s:%s".formatted(then, first),
        FindingKind.CONCURRENT_TESTS,
        prices.severity(remedy.gain()),
        Confidence.POSSIBLE,
        "%s and %s are tests, share no written file, and follow one another."
            .formatted(first, then),
        List.of(first, then),
        List.of(
            new Evidence(
                new PlanPart.OfNeed(then, need.need()), "puts tests that share nothing in order")),
        List.of(remedy));
  }
}
