package dev.makespan.bench;

import dev.makespan.core.graph.TaskGraph;
import dev.makespan.core.schedule.Project;
import dev.makespan.core.schedule.Resource;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** The {@code .sm} text of a project, with a source before and a sink behind all tasks. */
final class PsplibText {

  private static final int SOURCE = 1;

  private final Project project;
  private final TaskGraph graph;
  private final int jobs;

  private PsplibText(Project project) {
    this.project = project;
    this.graph = project.graph();
    this.jobs = graph.size() + 2;
  }

  /** Needs are finish to start: the format has no lags. */
  static String of(Project project) {
    return new PsplibText(project).text();
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    text.append("jobs (incl. supersource/sink ):  ").append(jobs).append('\n');
    text.append("PRECEDENCE RELATIONS:\njobnr.    #modes  #successors   successors\n");
    text.append(row(SOURCE, 1, first()));
    for (int v = 0; v < graph.size(); v++) {
      text.append(row(job(v), 1, successors(v)));
    }
    text.append(row(jobs, 1, "0"));
    text.append("REQUESTS/DURATIONS:\njobnr. mode duration  ").append(names());
    text.append("\n----\n").append(row(SOURCE, 1, "0" + " 0".repeat(project.resources().size())));
    for (int v = 0; v < graph.size(); v++) {
      text.append(row(job(v), 1, graph.duration(v) + demands(v)));
    }
    text.append(row(jobs, 1, "0" + " 0".repeat(project.resources().size())));
    text.append("RESOURCEAVAILABILITIES:\n").append(names()).append('\n');
    return text.append(capacities()).append('\n').toString();
  }

  private static String row(int job, int modes, String rest) {
    return job + " " + modes + " " + rest + "\n";
  }

  private static int job(int v) {
    return v + 2;
  }

  private String first() {
    StringJoiner jobsBehind = new StringJoiner(" ");
    int count = 0;
    for (int v = 0; v < graph.size(); v++) {
      if (graph.predecessorsBegin(v) == graph.predecessorsEnd(v)) {
        jobsBehind.add(Integer.toString(job(v)));
        count++;
      }
    }
    return count + " " + jobsBehind;
  }

  private String successors(int v) {
    int begin = graph.successorsBegin(v);
    int end = graph.successorsEnd(v);
    if (begin == end) {
      return "1 " + jobs;
    }
    StringJoiner behind = new StringJoiner(" ");
    for (int slot = begin; slot < end; slot++) {
      behind.add(Integer.toString(job(graph.successor(slot))));
    }
    return (end - begin) + " " + behind;
  }

  private String demands(int v) {
    int[] units = new int[project.resources().size()];
    for (int slot = project.demandsBegin(v); slot < project.demandsEnd(v); slot++) {
      units[project.demandResource(slot)] = project.demandUnits(slot);
    }
    StringBuilder text = new StringBuilder();
    for (int unit : units) {
      text.append(' ').append(unit);
    }
    return text.toString();
  }

  private String names() {
    return project.resources().stream().map(Resource::name).collect(Collectors.joining(" "));
  }

  private String capacities() {
    return project.resources().stream()
        .map(resource -> Integer.toString(resource.capacity()))
        .collect(Collectors.joining(" "));
  }
}
