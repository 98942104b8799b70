package dev.makespan.agent.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.makespan.core.plan.FilePattern;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.session.AcceptedWork;
import dev.makespan.core.session.AttemptWorkspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkspacesTest {

  @TempDir Path temp;
  private TestRepository origin;
  private Workspaces workspaces;
  private int opened;

  @BeforeEach
  void make() throws IOException {
    origin = TestRepository.make(temp.resolve("origin"));
    workspaces = new Workspaces(temp.resolve("work"), temp);
  }

  private static AttemptWorkspace wanted(String repository, String base, String branch) {
    return new AttemptWorkspace(repository, base, branch, List.of(), List.of());
  }

  private Worktree open(String branch, AcceptedWork... accepted)
      throws AttemptProblem, InterruptedException, IOException {
    return open(wanted("origin", "main", branch), accepted);
  }

  private Worktree open(AttemptWorkspace wanted, AcceptedWork... accepted)
      throws AttemptProblem, InterruptedException, IOException {
    Path attempt = Files.createDirectories(temp.resolve("attempt-" + ++opened));
    return workspaces.open(wanted, List.of(accepted), attempt.resolve("workspace"));
  }

  private AttemptProblem problemOf(AttemptWorkspace wanted, AcceptedWork... accepted) {
    return assertThatExceptionOfType(AttemptProblem.class)
        .isThrownBy(() -> open(wanted, accepted))
        .actual();
  }

  private static void write(Worktree worktree, String path, String text) throws IOException {
    Path file = worktree.folder().resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private AcceptedWork done(String task, String path, String text, AcceptedWork... upon)
      throws AttemptProblem, InterruptedException, IOException {
    Worktree worktree = open("makespan/1/" + task + "/1", upon);
    write(worktree, path, text);
    Worktree.Work work = worktree.commit("Do " + task);
    worktree.push(work.commit());
    worktree.remove();
    return new AcceptedWork(new TaskId(task), worktree.branch(), work.commit());
  }

  @Test
  void aWorktreeHoldsTheBaseOnABranchOfItsOwn() throws Exception {
    Worktree worktree = open("makespan/1/a/7");

    assertThat(worktree.folder().resolve("src/a.txt")).hasContent("a\n");
    assertThat(worktree.base()).isEqualTo(origin.git("rev-parse", "main"));
    assertThat(Files.readString(Path.of(gitFolder(worktree), "HEAD")))
        .isEqualTo("ref: refs/heads/makespan/1/a/7\n");
  }

  private static String gitFolder(Worktree worktree) throws IOException {
    return Files.readString(worktree.folder().resolve(".git")).replace("gitdir: ", "").strip();
  }

  @Test
  void whatIsLeftIsCommittedByTheAgentAndPushed() throws Exception {
    Worktree worktree = open("makespan/1/a/7");
    write(worktree, "src/b.txt", "b\n");
    write(worktree, "src/a.txt", "changed\n");
    Files.delete(worktree.folder().resolve("README.md"));

    Worktree.Work work = worktree.commit("Build\n\nMakespan-Task: a\n");
    worktree.push(work.commit());

    assertThat(work.files()).containsExactly("README.md", "src/a.txt", "src/b.txt");
    assertThat(origin.git("rev-parse", "makespan/1/a/7")).isEqualTo(work.commit());
    assertThat(origin.git("log", "-1", "--format=%an|%ae|%s|%b", "makespan/1/a/7"))
        .isEqualTo("Makespan agent|agent@makespan.invalid|Build|Makespan-Task: a");
  }

  @Test
  void whatTheWorkHasCommittedItselfIsKept() throws Exception {
    Worktree worktree = open("makespan/1/a/7");
    write(worktree, "src/b.txt", "b\n");
    run(worktree, "git add --all && git commit --quiet -m own");
    write(worktree, "src/c.txt", "c\n");

    Worktree.Work work = worktree.commit("rest");
    worktree.push(work.commit());

    assertThat(work.files()).containsExactly("src/b.txt", "src/c.txt");
    assertThat(origin.git("log", "--format=%s", "main.." + work.commit())).isEqualTo("rest\nown");
  }

  @Test
  void whereNothingWasChangedTheBaseIsTheWork() throws Exception {
    Worktree worktree = open("makespan/1/a/7");

    Worktree.Work work = worktree.commit("nothing");

    assertThat(work.commit()).isEqualTo(worktree.base());
    assertThat(work.files()).isEmpty();
  }

  @Test
  void theAcceptedWorkOfPredecessorsIsInTheBase() throws Exception {
    AcceptedWork one = done("one", "src/one.txt", "1\n");
    AcceptedWork two = done("two", "src/two.txt", "2\n");
    AcceptedWork three = done("three", "src/three.txt", "3\n", one, two);

    Worktree worktree = open("makespan/1/four/1", three, one);

    assertThat(worktree.folder().resolve("src"))
        .isDirectoryContaining("glob:**/{one,two,three}.txt");
    assertThat(worktree.touched()).isEmpty();
    assertThat(worktree.commit("nothing").files()).isEmpty();
  }

  @Test
  void acceptedWorkIsFoundByItsCommitWhenItsBranchIsGone() throws Exception {
    AcceptedWork one = done("one", "src/one.txt", "1\n");
    origin.git("update-ref", "refs/kept/one", one.commit());
    origin.git("branch", "-D", one.branch());
    Workspaces elsewhere = new Workspaces(temp.resolve("elsewhere"), temp);

    Worktree worktree =
        elsewhere.open(
            wanted("origin", "main", "makespan/1/b/1"), List.of(one), temp.resolve("there"));

    assertThat(worktree.folder().resolve("src/one.txt")).exists();
  }

  @Test
  void acceptedWorkThatIsNowhereIsNamed() {
    AcceptedWork none = new AcceptedWork(new TaskId("one"), "makespan/1/one/1", "ab".repeat(20));

    AttemptProblem problem = problemOf(wanted("origin", "main", "makespan/1/b/1"), none);

    assertThat(problem.text()).contains("task one");
    assertThat(problem.isRetryable()).isFalse();
  }

  @Test
  void predecessorsThatConflictAreNamedWithTheirFiles() throws Exception {
    AcceptedWork one = done("one", "src/a.txt", "1\n");
    AcceptedWork two = done("two", "src/a.txt", "2\n");

    AttemptProblem problem = problemOf(wanted("origin", "main", "makespan/1/c/1"), one, two);

    assertThat(problem.text()).contains("task two", "conflicts with that of one in src/a.txt");
    assertThat(problem.isRetryable()).isFalse();
    assertThat(worktreesInCache()).isEmpty();
  }

  @Test
  void additionsToAppendFilesMergeByUnion() throws Exception {
    AcceptedWork one = done("one", "README.md", "read me\none\n");
    AcceptedWork two = done("two", "README.md", "read me\ntwo\n");
    AttemptWorkspace appending =
        new AttemptWorkspace(
            "origin", "main", "makespan/1/c/1", List.of(new FilePattern("README.md")), List.of());

    Worktree worktree = open(appending, one, two);

    assertThat(worktree.folder().resolve("README.md")).hasContent("read me\none\ntwo\n");
  }

  @Test
  void aBaseThatMovesMeanwhileIsTakenByTheNextAttempt() throws Exception {
    Worktree first = open("makespan/1/a/7");
    origin.write("src/new.txt", "new\n");
    String moved = origin.commit("meanwhile");

    Worktree second = open("makespan/1/a/8");
    write(first, "src/b.txt", "b\n");
    Worktree.Work work = first.commit("Build");
    first.push(work.commit());

    assertThat(second.base()).isEqualTo(moved);
    assertThat(work.files()).containsExactly("src/b.txt");
    assertThat(origin.git("rev-parse", first.branch())).isEqualTo(work.commit());
  }

  @Test
  void tagsCommitsAndHeadAreBases() throws Exception {
    String begin = origin.git("rev-parse", "HEAD");
    origin.git("tag", "-a", "v1", "-m", "one");
    origin.write("src/new.txt", "new\n");
    String head = origin.commit("later");

    assertThat(open(wanted("origin", "v1", "b/1")).base()).isEqualTo(begin);
    assertThat(open(wanted("origin", begin, "b/2")).base()).isEqualTo(begin);
    assertThat(open(wanted("origin", "HEAD", "b/3")).base()).isEqualTo(head);
  }

  @ParameterizedTest
  @CsvSource({
    "--upload-pack=evil, main, b/1, workspace.repository",
    "ext::sh -c evil, main, b/1, workspace.repository",
    "origin, --output=evil, b/1, workspace.base",
    "origin, main..evil, b/1, workspace.base",
    "origin, main, -f, workspace.branch",
    "origin, main, a/../b, workspace.branch",
    "origin, main, a.lock, workspace.branch"
  })
  void namesThatGitCouldTakeForSomethingElseAreRefused(
      String repository, String base, String branch, String named) {
    AttemptProblem problem = problemOf(wanted(repository, base, branch));

    assertThat(problem.text()).startsWith(named + ": expected");
    assertThat(problem.isRetryable()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"nowhere", "plain"})
  void aRepositoryThatIsNotThereIsNotTriedAgain(String name) throws IOException {
    Files.createDirectories(temp.resolve("plain"));

    AttemptProblem problem = problemOf(wanted(name, "main", "b/1"));

    assertThat(problem.text()).contains("the repository", name, "not there");
    assertThat(problem.isRetryable()).isFalse();
  }

  @Test
  void aRepositoryThatCannotBeReachedIsTriedAgain() {
    AttemptProblem problem =
        problemOf(wanted("http://somebody@localhost:1/app.git", "main", "b/1"));

    assertThat(problem.text()).contains("http://localhost:1/app.git", "cannot be reached");
    assertThat(problem.isRetryable()).isTrue();
  }

  @Test
  void aBaseThatIsNotThereIsNotTriedAgain() {
    AttemptProblem problem = problemOf(wanted("origin", "nobody", "b/1"));

    assertThat(problem.text()).contains("'nobody'", "it is not there");
    assertThat(problem.isRetryable()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mkdir -p \"$COMMON/hooks\" && echo evil > \"$COMMON/hooks/pre-push\" | .git/hooks",
        "git config core.fsmonitor evil | .git/config",
        "mkdir \"$COMMON/info\"; echo '* filter=evil' > \"$COMMON/info/attributes\""
            + " | .git/info/attributes",
        "echo /tmp > \"$COMMON/objects/info/alternates\" | .git/objects/info/alternates",
        "rm .git && mkdir -p .git/hooks | .git",
        "rm .git && git init --quiet . | .git"
      })
  void whoWritesIntoGitsFolderIsFoundOutAndItIsMended(String script, String found)
      throws Exception {
    Worktree worktree = open("makespan/1/a/7");
    String common = run(worktree, "git rev-parse --git-common-dir").strip();
    run(worktree, "COMMON='" + common + "'; " + script);

    assertThatExceptionOfType(AttemptProblem.class)
        .isThrownBy(() -> worktree.commit("evil"))
        .withMessageContaining("git's own folder")
        .withMessageContaining(found);

    assertThat(worktree.commit("mended").files()).isEmpty();
    assertThat(origin.git("branch", "--list", "makespan/*")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/etc/passwd", "../../outside", "../.git", "sub/../../../x"})
  void linksThatLeadOutDoNotCount(String target) throws Exception {
    Worktree worktree = open("makespan/1/a/7");
    Files.createSymbolicLink(worktree.folder().resolve("src/link"), Path.of(target));

    assertThatExceptionOfType(AttemptProblem.class)
        .isThrownBy(() -> worktree.commit("link"))
        .withMessageContaining("lead out of the workspace: src/link");
  }

  @Test
  void linksWithinTheWorkspaceAreWork() throws Exception {
    Worktree worktree = open("makespan/1/a/7");
    Files.createSymbolicLink(worktree.folder().resolve("src/link"), Path.of("../README.md"));

    assertThat(worktree.commit("link").files()).containsExactly("src/link");
  }

  @Test
  void aRepositoryInsideOfTheWorkspaceDoesNotCount() throws Exception {
    Worktree worktree = open("makespan/1/a/7");
    run(worktree, "git init --quiet inner && cd inner && git commit --quiet --allow-empty -m x");

    assertThatExceptionOfType(AttemptProblem.class)
        .isThrownBy(() -> worktree.commit("inner"))
        .withMessageContaining("repositories inside of the workspace: inner");
  }

  @Test
  void anAttemptThatLeavesItsBranchDoesNotCount() throws Exception {
    Worktree worktree = open("makespan/1/a/7");
    run(worktree, "git checkout --quiet --orphan other && git commit --quiet -m other");

    assertThatExceptionOfType(AttemptProblem.class)
        .isThrownBy(() -> worktree.commit("other"))
        .withMessageContaining("has left the branch");
  }

  @Test
  void hooksThatARepositoryBringsAreNotRun() throws Exception {
    Worktree worktree = open("makespan/1/a/7");
    write(worktree, "hooks/post-commit", "#!/bin/sh\ntouch ran\n");
    run(worktree, "chmod +x hooks/post-commit");

    worktree.commit("hooks");
    run(worktree, "git commit --quiet --allow-empty -m own");

    assertThat(worktree.folder().resolve("ran")).doesNotExist();
  }

  @Test
  void whatAnAttemptTouchesIsSeenWhileItWorks() throws Exception {
    Worktree worktree = open("makespan/1/a/7");
    write(worktree, ".gitignore", "out/\n");
    write(worktree, "out/x.bin", "x");
    write(worktree, "src/mit Leerzeichen und ü.txt", "x");
    run(worktree, "echo more >> src/a.txt; git add src/a.txt; git commit --quiet -m more");

    assertThat(worktree.touched())
        .containsExactly(".gitignore", "src/a.txt", "src/mit Leerzeichen und ü.txt");
  }

  @Test
  void nothingIsLeftOfAWorktreeThatWasRemoved() throws Exception {
    Worktree worktree = open("makespan/1/a/7");
    write(worktree, "deep/er/x.txt", "x");
    run(worktree, "chmod -R a-w deep; mkdir dark; chmod 0 dark");

    worktree.remove();

    assertThat(worktree.folder()).doesNotExist();
    assertThat(worktreesInCache()).isEmpty();
  }

  private List<Path> worktreesInCache() throws IOException {
    List<Path> all = new ArrayList<>();
    try (Stream<Path> caches = Files.list(temp.resolve("work/caches"))) {
      for (Path cache : caches.filter(Files::isDirectory).toList()) {
        Path worktrees = cache.resolve("worktrees");
        if (Files.isDirectory(worktrees)) {
          try (Stream<Path> entries = Files.list(worktrees)) {
            entries.forEach(all::add);
          }
        }
      }
    }
    return all;
  }

  @Test
  void manyAttemptsAtOnceShareOneCache() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Callable<AcceptedWork>> tasks = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        String task = "t" + i;
        tasks.add(() -> done(task, "src/" + task + ".txt", task));
      }

      for (Future<AcceptedWork> work : threads.invokeAll(tasks)) {
        assertThat(origin.git("rev-parse", work.get().branch())).isEqualTo(work.get().commit());
      }
    }
    assertThat(worktreesInCache()).isEmpty();
  }

  @Test
  void aCacheThatWasHalfMadeIsMadeAnew() throws Exception {
    open("makespan/1/a/7").remove();
    try (Stream<Path> files = Files.list(temp.resolve("work/caches"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".ready")).toList()) {
        Files.delete(file);
      }
    }

    assertThat(open("makespan/1/a/8").folder().resolve("src/a.txt")).exists();
  }

  @Test
  void aFullDiskIsSaidAndTriedAgain() throws Exception {
    Path git = temp.resolve("git");
    Files.writeString(
        git, "#!/bin/sh\necho 'fatal: write error: No space left on device' >&2\nexit 128\n");
    Files.setPosixFilePermissions(
        git, java.nio.file.attribute.PosixFilePermissions.fromString("rwx------"));
    workspaces = new Workspaces(temp.resolve("full"), temp, git.toString());

    AttemptProblem problem = problemOf(wanted("origin", "main", "b/1"));

    assertThat(problem.text()).contains("the disk is full");
    assertThat(problem.isRetryable()).isTrue();
  }

  private static String run(Worktree worktree, String script) throws Exception {
    Process process =
        new ProcessBuilder("sh", "-ec", script)
            .directory(worktree.folder().toFile())
            .redirectErrorStream(true)
            .start();
    String said =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
