package dev.makespan.cli.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuiteStateTest {

  @TempDir Path folder;
  private Home home = new Home(Path.of("."), Path.of("."));

  @BeforeEach
  void setUp() {
    home = new Home(folder, folder.resolve("state"));
  }

  @Test
  void whatIsSavedIsLoaded() throws Exception {
    Files.createDirectories(home.directory());
    SuiteState state =
        new SuiteState(
            Ports.from(9400),
            Map.of(SuiteState.LAUNCHER, SuiteState.Entry.of(ProcessHandle.current())));

    state.save(home);

    assertThat(SuiteState.load(home)).contains(state);
  }

  @Test
  void aFileThatIsNotOursIsNoState() throws Exception {
    Files.createDirectories(home.directory());
    Files.writeString(home.state(), "process.x=yes\n");

    assertThat(SuiteState.load(home)).isEmpty();
  }

  @Test
  void aPidThatCameAgainIsAnotherProcess() {
    SuiteState.Entry now = SuiteState.Entry.of(ProcessHandle.current());
    SuiteState.Entry before = new SuiteState.Entry(now.pid(), now.startMillis() - 60_000);

    assertThat(now.find()).contains(ProcessHandle.current());
    assertThat(before.find()).isEmpty();
  }

  @Test
  void aKilledLaunchersChildrenAreStoppedAndStoppingTwiceIsFine() throws Exception {
    Files.createDirectories(home.directory());
    Files.createFile(home.lock());
    Process child = new ProcessBuilder("sleep", "600").start();
    new SuiteState(
            Ports.from(9400),
            Map.of(
                SuiteState.LAUNCHER,
                new SuiteState.Entry(Integer.MAX_VALUE, 0),
                "planner-service",
                SuiteState.Entry.of(child.toHandle())))
        .save(home);

    assertThat(Suite.findRunning(home)).isEmpty();
    assertThat(Shutdown.of(home)).isEqualTo("stopped what was left behind, processes: 1");
    assertThat(child.waitFor()).isNotZero();
    assertThat(Shutdown.of(home)).isEqualTo("nothing was up");
  }

  @Test
  void nothingIsStartedWhenTheServicesAreNotBuilt() {
    assertThatThrownBy(() -> Suite.start(home, Ports.from(29400), Optional.empty(), line -> {}))
        .isInstanceOf(SuiteProblem.class)
        .hasMessageContaining("is not built")
        .hasMessageContaining("./makespan build");
    assertThat(home.database()).doesNotExist();
  }

  @Test
  void aPortThatIsTakenIsNamedWithWhatToDo() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      int port = taken.getLocalPort();
      Ports ports = new Ports(port, port + 1, port + 2, port + 3);

      assertThatThrownBy(ports::requireFree)
          .hasMessageContaining("port " + port + " for the planner is in use")
          .hasMessageContaining("--port-base");
    }
  }

  @Test
  void aBrokenDatabaseAddressIsExplained() {
    assertThatThrownBy(() -> Database.open(home, Ports.from(9400), Optional.of("db:5432")))
        .isInstanceOf(SuiteProblem.class)
        .hasMessageContaining("DATABASE_URL: expected a URL that begins with postgresql://");
    assertThatThrownBy(() ->
            Database.open(
                home, Ports.from(9400), Optional.of("postgresql://me:secret@127.0.0.1:1/x")))
        .isInstanceOf(SuiteProblem.class)
        .hasMessageContaining("postgresql://me@127.0.0.1:1/x")
        .hasMessageContaining("can't be used")
        .hasMessageNotContaining("secret");
  }
}
