package dev.makespan.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.makespan.core.analysis.PlanAnalysis;
import dev.makespan.core.change.PlanChange;
import dev.makespan.core.finding.PlanReview;
import dev.makespan.core.finding.Scope;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Role;
import dev.makespan.core.schedule.Search;
import dev.makespan.formats.edit.ChosenRemedies;
import dev.makespan.formats.edit.PlanEditor;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes what findings propose into the plan file; needs no server. */
@Command(
    name = "apply",
    header =
        "Write what findings propose into the plan file, with its comments kept; needs no server.",
    description = {
      "Findings are those of 'makespan analyze', by their ids. The changed plan is checked and",
      "scheduled again, and it is said whether the time came out as promised."
    },
    footer = {
      "",
      "Examples:",
      "  makespan apply plan.yaml write-write:src/main.rs",
      "  makespan apply plan.yaml write-write:src/main.rs --remedy order --diff",
      "  makespan apply plan.yaml --all --output-file better.yaml",
      "",
      "Exit codes: 0 done, 2 no such finding, nothing to write, or the plan has errors."
    })
final class ApplyCommand implements Callable<Integer> {

  @Spec CommandSpec command = CommandSpec.create();
  @Mixin OutputOption output = new OutputOption();
  @Mixin PoolsOption agents = new PoolsOption();

  @Option(
      names = "--all",
      description = "Apply the remedies that win time together, as analyze proposes them.")
  boolean all;

  @Option(
      names = "--remedy",
      paramLabel = "KIND",
      description = "Another remedy than the recommended one, such as order or append.")
  String kind = "";

  @Option(names = "--diff", description = "Show what would change, and change nothing.")
  boolean diff;

  @Option(
      names = "--output-file",
      paramLabel = "PATH",
      description = "Write the changed plan there, - for standard output (default: in place).")
  String target = "";

  @Parameters(index = "0", paramLabel = "FILE", description = "The plan: YAML or JSON.")
  Path file = Path.of("plan.yaml");

  @Parameters(index = "1..*", paramLabel = "FINDING", description = "Ids of findings.")
  List<String> findings = List.of();

  @Override
  public Integer call() throws Failure {
    PlanFile source = PlanFile.read(file);
    Plan plan = AnalyzeCommand.accepted(source);
    Map<Role, Integer> pools = agents.over(plan);
    Scope scope = Scope.of(plan, pools, Search.DEFAULT);
    PlanReview review = PlanReview.of(scope);
    ChosenRemedies.Found chosen = chosen(review);
    byte[] before = source.content().toByteArray();
    PlanEditor.Edited.Done edited = edited(before, chosen.changes());
    Map<Role, Integer> slots = new LinkedHashMap<>(pools);
    for (PlanChange change : chosen.changes()) {
      if (change instanceof PlanChange.SetPool set) {
        slots.put(set.role(), set.slots());
      }
    }
    PlanAnalysis after = PlanAnalysis.of(edited.plan(), slots, Search.DEFAULT);
    Times times = new Times(scope.analysis().schedule(), chosen.promised(), after.schedule());
    write(before, edited.text(), times);
    return ExitCodes.DONE;
  }

  /**
   * How long the schedule takes.
   *
   * @param promised null: nobody priced these changes together
   */
  private record Times(Duration before, @Nullable Duration promised, Duration after) {}

  private ChosenRemedies.Found chosen(PlanReview review) throws Failure {
    if (all && !kind.isEmpty()) {
      throw Failure.badInput("--all and --remedy: expected one of them");
    }
    if (all == !findings.isEmpty()) {
      throw Failure.badInput(
          all ? "--all and findings: expected one of them" : "expected ids of findings, or --all");
    }
    return switch (all ? ChosenRemedies.all(review) : ChosenRemedies.of(review, findings, kind)) {
      case ChosenRemedies.Found found -> found;
      case ChosenRemedies.Unknown(String message) -> throw Failure.badInput(message);
      case ChosenRemedies.Nothing(String message) -> throw Failure.badInput(message);
    };
  }

  private PlanEditor.Edited.Done edited(byte[] content, List<PlanChange> changes) throws Failure {
    return switch (PlanEditor.edit(content, changes)) {
      case PlanEditor.Edited.Done done -> done;
      case PlanEditor.Edited.Refused refused ->
          throw Failure.badInput(file + ": " + refused.reason());
    };
  }

  private void write(byte[] before, String changed, Times times) throws Failure {
    PrintWriter out = command.commandLine().getOut();
    boolean shown = diff || target.equals("-");
    if (!shown) {
      PlanOutput.write(file, target.isEmpty() ? file : Path.of(target), before, changed);
    }
    if (output.isJson()) {
      ObjectNode node = Json.object();
      node.put("file", shown ? "" : target.isEmpty() ? file.toString() : target);
      node.put("written", !shown);
      Json.putSeconds(node, "scheduleSecondsBefore", times.before());
      if (times.promised() != null) {
        Json.putSeconds(node, "scheduleSecondsPromised", times.promised());
      }
      Json.putSeconds(node, "scheduleSecondsAfter", times.after());
      node.put("content", changed);
      out.println(Json.text(node));
    } else if (diff) {
      out.print(PlanOutput.diff(file, before, changed));
      out.println(verdict(times));
    } else if (target.equals("-")) {
      out.print(changed);
    } else {
      out.println((target.isEmpty() ? file : target) + ": written; " + verdict(times));
    }
    out.flush();
  }

  private static String verdict(Times times) {
    Duration gain = times.before().minus(times.after());
    String won =
        gain.isZero()
            ? "no time is won"
            : (gain.isNegative() ? "it costs " : "it wins ") + Texts.duration(gain.abs());
    String kept =
        times.promised() == null
            ? ""
            : times.promised().equals(times.after())
                ? ", as promised"
                : ", promised were " + Texts.duration(times.promised());
    return "the schedule takes %s, was %s: %s%s"
        .formatted(Texts.duration(times.after()), Texts.duration(times.before()), won, kept);
  }
}
