package dev.makespan.agent.runner;

import dev.makespan.agent.Runner.News;
import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.FileMode;
import dev.makespan.core.plan.FilePattern;
import dev.makespan.core.plan.Shown;
import dev.makespan.core.session.GatewaySays.Answer;
import dev.makespan.core.session.GatewaySays.Ruling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Writes outside of what a task declares: asked for as soon as they are seen, since a file that is
 * free may be had, and the work does not count while one is not. Of one thread.
 */
final class Drift {

  /** Paths of one request, as many as the stream takes. */
  static final int MAX_IN_REQUEST = 100;

  /** More are not asked for: then the plan is wrong. */
  static final int MAX_PATHS = 1_000;

  private static final int MAX_SHOWN = 10;

  private record Request(List<String> paths, CompletableFuture<Answer> answer) {}

  private final DeclaredFiles declared;
  private final News news;
  private final Set<String> seen = new LinkedHashSet<>();
  private final List<Request> requests = new ArrayList<>();
  private final List<String> refused = new ArrayList<>();

  Drift(DeclaredFiles declared, News news) {
    this.declared = declared;
    this.news = news;
  }

  /** What was touched by now. */
  void notice(List<String> touched) {
    List<String> fresh = new ArrayList<>();
    for (String path : declared.undeclared(touched)) {
      if (seen.size() < MAX_PATHS && seen.add(path)) {
        add(path, fresh);
      } else if (!seen.contains(path) && refused.isEmpty()) {
        refused.add("more than " + MAX_PATHS + " paths");
      }
    }
    for (int begin = 0; begin < fresh.size(); begin += MAX_IN_REQUEST) {
      ask(fresh.subList(begin, Math.min(fresh.size(), begin + MAX_IN_REQUEST)));
    }
  }

  private void add(String path, List<String> fresh) {
    String problem = FilePattern.problemOf(path);
    if (problem.isEmpty()) {
      fresh.add(path);
    } else {
      refused.add(Shown.quoted(path) + " (" + problem + ")");
    }
  }

  private void ask(List<String> paths) {
    List<FileAccess> files =
        paths.stream().map(path -> new FileAccess(new FilePattern(path), FileMode.WRITE)).toList();
    requests.add(new Request(List.copyOf(paths), news.needsFiles(files, "written undeclared")));
  }

  /** Waits for all answers; what was not granted within {@code patience} is. */
  List<String> settle(Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    List<String> open = new ArrayList<>(refused);
    for (Request request : requests) {
      String why = whyNot(request, end - System.nanoTime());
      if (!why.isEmpty()) {
        open.add(shown(request.paths()) + " (" + why + ")");
      }
    }
    return open;
  }

  private static String whyNot(Request request, long nanos) throws InterruptedException {
    try {
      Answer answer = request.answer().get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
      return answer.ruling() == Ruling.GRANTED ? "" : answer.text();
    } catch (TimeoutException e) {
      return "nobody has granted it in time";
    } catch (ExecutionException | CancellationException | CompletionException e) {
      return "nobody answers any more";
    }
  }

  /** What was written beyond what was declared, for people; empty: nothing. */
  String text() {
    return seen.isEmpty() ? "" : "wrote beyond its declared files: " + shown(new ArrayList<>(seen));
  }

  private static String shown(List<String> paths) {
    String first = String.join(", ", paths.stream().limit(MAX_SHOWN).map(Shown::escaped).toList());
    int more = paths.size() - MAX_SHOWN;
    return more > 0 ? first + " and " + more + " more" : first;
  }
}
