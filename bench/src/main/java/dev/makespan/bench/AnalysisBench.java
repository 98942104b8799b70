package dev.makespan.bench;

import dev.makespan.core.analysis.CriticalPath;
import dev.makespan.core.analysis.PlanAnalysis;
import dev.makespan.core.analysis.Waves;
import dev.makespan.core.finding.PlanReview;
import dev.makespan.core.graph.TaskGraph;
import dev.makespan.core.graph.TransitiveReduction;
import dev.makespan.core.plan.CheckedPlan;
import dev.makespan.core.plan.Node;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.PlanCheck;
import dev.makespan.core.plan.PlanLimits;
import dev.makespan.core.plan.Role;
import dev.makespan.core.schedule.FileLock;
import dev.makespan.core.schedule.FileLocks;
import dev.makespan.core.schedule.Project;
import dev.makespan.core.schedule.Search;
import dev.makespan.core.schedule.Solver;
import dev.makespan.formats.plan.PlanReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Analyses large generated plans, or those of a folder, and tells how long each part takes. */
@Command(
    name = "analysis",
    description = {
      "Analyses large generated plans, and tells how long each part takes.",
      "With --plans: the plan files of a folder instead."
    },
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class AnalysisBench implements Callable<Integer> {

  private static final int MAX_EDGES = 4_000_000;

  @Spec CommandSpec spec;

  @Option(
      names = "--tasks",
      defaultValue = "100000",
      paramLabel = "N",
      description = "Default: ${DEFAULT-VALUE}.")
  int tasks;

  @Option(
      names = "--needs",
      defaultValue = "400000",
      paramLabel = "M",
      description = "In all. Default: ${DEFAULT-VALUE}.")
  int needs;

  @Option(
      names = "--accesses",
      defaultValue = "200000",
      paramLabel = "K",
      description = "File accesses in all. Default: ${DEFAULT-VALUE}.")
  int accesses;

  @Option(
      names = "--shape",
      paramLabel = "SHAPE",
      description = {
        "local: needs reach back one to three layers of 100 tasks; long: a tenth of them anywhere.",
        "Default: first the one, then the other."
      })
  LargePlan.@Nullable Shape shape;

  @Option(
      names = "--agents",
      defaultValue = "64",
      paramLabel = "N",
      description = "Default: ${DEFAULT-VALUE}.")
  int agents;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "N",
      description = "Default: ${DEFAULT-VALUE}.")
  long seed;

  @Option(names = "--plans", paramLabel = "DIR", description = "A folder of plan files.")
  @Nullable Path plans;

  @Mixin Repetitions repetitions;

  @Option(
      names = "--output",
      defaultValue = "text",
      paramLabel = "FORMAT",
      description = "text or json.")
  BenchMain.Output output;

  @Override
  public Integer call() {
    repetitions.check();
    Settings.inRange("--tasks", tasks, 1, PlanLimits.MAX_TASKS);
    Settings.inRange("--needs", needs, 0, MAX_EDGES);
    Settings.inRange("--accesses", accesses, 0, MAX_EDGES);
    Settings.inRange("--agents", agents, 1, tasks);
    Machine machine = Machine.here();
    List<Sheet> sheets = new ArrayList<>();
    if (plans != null) {
      sheets.add(new ExamplePlansBench(repetitions).measure(plans));
    } else {
      for (LargePlan.Shape one :
          shape == null ? LargePlan.Shape.values() : new LargePlan.Shape[] {shape}) {
        sheets.add(measure(one));
      }
    }
    spec.commandLine().getOut().println(Sheet.shown(machine, sheets, output));
    return 0;
  }

  private Sheet measure(LargePlan.Shape one) {
    PrintWriter err = spec.commandLine().getErr();
    err.println("measuring needs %s …".formatted(one.name().toLowerCase(Locale.ROOT)));
    err.flush();
    Plan generated = new LargePlan(one, seed, tasks, needs, accesses, false).plan();
    Plan plan = accepted(PlanCheck.check(PlanDocument.of(generated)));
    Sheet sheet = new Sheet("needs " + one.name().toLowerCase(Locale.ROOT));
    sheet.fact("tasks", plan.tasks().size());
    sheet.fact("needs", plan.tasks().stream().mapToLong(task -> task.needs().size()).sum());
    sheet.fact("accesses", plan.tasks().stream().mapToLong(task -> task.files().size()).sum());
    measureReading(plan, sheet);
    measureParts(plan, sheet);
    Map<Role, Integer> pools = Map.of(LargePlan.ROLE, agents);
    PlanAnalysis analysis = PlanAnalysis.of(plan, pools, Search.DEFAULT);
    sheet.fact("waves", analysis.waves().size());
    sheet.fact("hazards", analysis.hazards().size());
    sheet.add(
        repetitions.measure(
            "full analysis", 3_000, 1_500, () -> PlanAnalysis.of(plan, pools, Search.DEFAULT)));
    sheet.add(
        repetitions.measure(
            "full analysis with findings",
            3_000,
            1_500,
            () -> PlanReview.of(plan, pools, Search.DEFAULT)));
    return sheet;
  }

  private void measureReading(Plan plan, Sheet sheet) {
    Node.Mapping document = PlanDocument.of(plan);
    byte[] yaml = PlanDocument.yaml(document);
    sheet.fact("bytes of YAML", yaml.length);
    if (yaml.length <= PlanReader.MAX_BYTES) {
      sheet.add(
          repetitions.measure("read YAML, and check", 0, 0, () -> accepted(PlanReader.read(yaml))));
    }
    Figure check =
        sheet.add(repetitions.measure("check", 0, 0, () -> accepted(PlanCheck.check(document))));
    Figure paths =
        sheet.add(
            repetitions.measure("graph, critical path, waves, slack", 0, 0, () -> paths(plan)));
    sheet.add(check.with(paths, "check + critical path + waves + slack", 300, 100));
  }

  private static Plan accepted(CheckedPlan checked) {
    return switch (checked) {
      case CheckedPlan.Accepted accepted -> accepted.plan();
      case CheckedPlan.Refused refused ->
          throw new IllegalStateException(
              "a generated plan was refused: " + refused.problems().getFirst());
    };
  }

  private static void paths(Plan plan) {
    TaskGraph graph = TaskGraph.of(plan);
    CriticalPath path = CriticalPath.of(graph);
    var _ = Waves.of(graph);
    for (int v = 0; v < graph.tasks(); v++) {
      var _ = path.totalSlack(v);
      var _ = path.freeSlack(v);
    }
  }

  private void measureParts(Plan plan, Sheet sheet) {
    TaskGraph graph = TaskGraph.of(plan);
    sheet.fact("needs that others imply", TransitiveReduction.impliedNeeds(graph).size());
    sheet.add(
        repetitions.measure(
            "transitive reduction", 1_000, 300, () -> TransitiveReduction.impliedNeeds(graph)));
    Map<Role, Integer> pools = Map.of(LargePlan.ROLE, agents);
    Project open = Project.of(plan, graph, pools, List.of());
    sheet.add(
        repetitions.measure(
            "one schedule for %d agents".formatted(agents), 300, 100, () -> solve(open)));
    sheet.add(repetitions.measure("file locks", 0, 0, () -> FileLocks.of(plan, graph)));
    List<FileLock> locks = FileLocks.of(plan, graph);
    sheet.add(
        repetitions.measure(
            "one schedule, files respected",
            0,
            0,
            () -> solve(Project.of(plan, graph, pools, locks))));
  }

  private static void solve(Project project) {
    var _ = Solver.solve(project, Search.DEFAULT);
  }
}
