package dev.makespan.agent.runner;

import dev.makespan.agent.Runner;
import dev.makespan.agent.workspace.AttemptProblem;
import dev.makespan.agent.workspace.Folders;
import dev.makespan.agent.workspace.Workspaces;
import dev.makespan.agent.workspace.Worktree;
import dev.makespan.core.plan.Work;
import dev.makespan.core.session.AttemptWorkspace;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All that stands around one attempt's command: its folders, its variables, its secrets. */
final class AttemptPlace {

  static final File NOTHING = new File("/dev/null");

  private final Assigned assigned;
  private final AttemptFolder folder;
  private final @Nullable Worktree worktree;
  private final Map<String, String> secrets;
  private final Map<String, String> environment;

  private AttemptPlace(
      Assigned assigned,
      AttemptFolder folder,
      @Nullable Worktree worktree,
      Map<String, String> secrets,
      Map<String, String> environment) {
    this.assigned = assigned;
    this.folder = folder;
    this.worktree = worktree;
    this.secrets = secrets;
    this.environment = environment;
  }

  /** Makes all of it in {@code folder}. */
  static AttemptPlace make(
      Assigned assigned, AttemptFolder folder, Workspaces workspaces, RunnerSettings settings)
      throws AttemptProblem, IOException, InterruptedException {
    Map<String, String> secrets = secrets(assigned, settings.secrets());
    AttemptWorkspace wanted = assigned.spec().surroundings().workspace();
    Worktree worktree =
        wanted == null
            ? null
            : workspaces.open(wanted, assigned.context().accepted(), folder.workspace());
    if (worktree == null) {
      Folders.make(folder.workspace());
    }
    Map<String, String> ours = ours(assigned, folder, worktree);
    for (Map.Entry<String, String> secret : secrets.entrySet()) {
      folder.secret(secret.getKey(), secret.getValue());
      ours.put("MAKESPAN_SECRETS", folder.secrets().toString());
    }
    Map<String, String> environment =
        AttemptEnvironment.of(
            settings.environment(), settings.allowed(), assigned.spec().env(), ours);
    AttemptPlace place = new AttemptPlace(assigned, folder, worktree, secrets, environment);
    folder.prompt(place.promptText());
    return place;
  }

  /** Names only in what is said of them. */
  private static Map<String, String> secrets(Assigned assigned, Secrets known)
      throws AttemptProblem {
    Map<String, String> secrets = new TreeMap<>();
    for (String name : assigned.spec().surroundings().secrets()) {
      Optional<String> value = known.find(name);
      if (value.isEmpty()) {
        throw AttemptProblem.forNow("this agent does not have the secret " + name);
      }
      if (name.indexOf('/') >= 0) {
        throw AttemptProblem.forGood("secret: expected a name without '/', was " + name);
      }
      secrets.put(name, value.get());
    }
    return secrets;
  }

  private static Map<String, String> ours(
      Assigned assigned, AttemptFolder folder, @Nullable Worktree worktree) {
    Map<String, String> ours =
        AttemptEnvironment.names(assigned.task(), assigned.attempt(), assigned.spec().ranges());
    ours.put("MAKESPAN_WORKSPACE", folder.workspace().toString());
    ours.put("MAKESPAN_PROMPT_FILE", folder.prompt().toString());
    ours.put("MAKESPAN_OUTPUT", folder.output().toString());
    ours.put("MAKESPAN_WARNINGS", folder.warnings().toString());
    ours.put("TMPDIR", folder.temporary().toString());
    if (worktree != null) {
      ours.put("MAKESPAN_BRANCH", worktree.branch());
    }
    return ours;
  }

  private String promptText() {
    return PromptText.of(
        assigned.spec(),
        assigned.context(),
        environment,
        GivenFiles.of(assigned.spec().surroundings().context(), workspace()));
  }

  AttemptCommands commands(Runner.Output log) {
    return new AttemptCommands(workspace(), environment, folder.marker(), secretValues(), log);
  }

  Path workspace() {
    return folder.workspace();
  }

  AttemptFolder folder() {
    return folder;
  }

  @Nullable Worktree worktree() {
    return worktree;
  }

  Collection<String> secretValues() {
    return secrets.values();
  }

  String masked(String text) {
    return secrets.isEmpty() ? text : Masking.masked(secretValues(), text);
  }

  /** What to run. */
  List<String> argv(Commands commands) throws IOException {
    return switch (assigned.spec().work()) {
      case Work.Command command -> command.argv();
      case Work.Script script ->
          Commands.script(script.text(), folder.script(script.text()).toString());
      case Work.Prompt _, Work.AgentsDefault() ->
          switch (commands) {
            case Commands.Prompted prompted -> List.of("sh", "-c", prompted.command());
            case Commands.Shell() ->
                throw new IllegalArgumentException(commands.refusal(assigned.spec()));
          };
    };
  }

  /** What the command reads: its prompt, where it is for prompts. */
  File input() {
    return switch (assigned.spec().work()) {
      case Work.Command _, Work.Script _ -> NOTHING;
      case Work.Prompt _, Work.AgentsDefault() -> folder.prompt().toFile();
    };
  }

  /** Takes everything away. */
  void remove() throws InterruptedException {
    try {
      if (worktree != null) {
        worktree.remove();
      }
    } catch (AttemptProblem e) {
      // Its folder goes all the same, and its entry with the next one of this repository.
      folder.delete();
    } finally {
      folder.delete();
    }
  }
}
