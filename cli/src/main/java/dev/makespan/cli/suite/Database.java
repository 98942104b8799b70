package dev.makespan.cli.suite;

import dev.makespan.postgres.DatabaseUrl;
import dev.makespan.postgres.EmbeddedServer;
import dev.makespan.postgres.StartFailure;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;

/** The suite's database: a user's own, or the embedded one. */
sealed interface Database {

  DatabaseUrl url();

  /** A user's own; never started and never stopped here. */
  record Own(DatabaseUrl url) implements Database {}

  /** A child of this process. */
  record Embedded(EmbeddedServer server) implements Database {
    @Override
    public DatabaseUrl url() {
      return server.url();
    }
  }

  /** A user's {@code databaseUrl} wins over the embedded server. */
  static Database open(Home home, Ports ports, Optional<String> databaseUrl)
      throws SuiteProblem, InterruptedException {
    if (databaseUrl.isPresent()) {
      return own(databaseUrl.get());
    }
    return embedded(home, ports);
  }

  static Embedded embedded(Home home, Ports ports) throws SuiteProblem, InterruptedException {
    try {
      return new Embedded(EmbeddedServer.start(home.database(), ports.database()));
    } catch (StartFailure e) {
      String advice =
          e.getMessage().startsWith("port ")
              ? "; stop what uses it, or choose other ports with --port-base"
              : "";
      throw new SuiteProblem(e.getMessage() + advice, e);
    }
  }

  /** Whether an embedded server of a killed launcher was there to be stopped. */
  static boolean stopLeftover(Home home) throws SuiteProblem, InterruptedException {
    try {
      return EmbeddedServer.stopLeftover(home.database());
    } catch (StartFailure e) {
      throw new SuiteProblem(e.getMessage(), e);
    }
  }

  private static Own own(String text) throws SuiteProblem {
    DatabaseUrl url;
    try {
      url = DatabaseUrl.parse(text);
    } catch (IllegalArgumentException e) {
      throw new SuiteProblem("DATABASE_URL: " + String.valueOf(e.getMessage()), e);
    }
    Properties login = new Properties();
    login.setProperty("user", url.user());
    login.setProperty("password", url.password());
    login.setProperty("loginTimeout", "5");
    login.setProperty("connectTimeout", "5");
    try (var connection = DriverManager.getConnection(url.jdbc(), login)) {
      connection.isValid(1);
      return new Own(url);
    } catch (SQLException e) {
      throw new SuiteProblem(
          "the database of DATABASE_URL (%s) can't be used: %s".formatted(url, firstLine(e)), e);
    }
  }

  private static String firstLine(SQLException e) {
    String message = e.getMessage() == null ? "no reason given" : e.getMessage();
    return message.lines().findFirst().orElse(message);
  }
}
