package dev.makespan.agent.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.plan.FilePattern;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportsTest {

  private static final String JUNIT =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuite name="PostsTest" tests="5" failures="1" errors="1" skipped="1">
        <properties><property name="error" value="1"/></properties>
        <testcase name="a" classname="PostsTest" time="0.01"/>
        <testcase name="b" classname="PostsTest"><failure message="no">at x</failure></testcase>
        <testcase name="c" classname="PostsTest"><error/><system-out>oh</system-out></testcase>
        <testcase name="d" classname="PostsTest"><skipped/></testcase>
        <testcase name="e" classname="PostsTest"><flakyFailure>once</flakyFailure></testcase>
        <system-out><![CDATA[<failure/>]]></system-out>
      </testsuite>
      """;

  private static final String JACOCO =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <!DOCTYPE report PUBLIC "-//JACOCO//DTD Report 1.1//EN" "report.dtd">
      <report name="core">
        <package name="a"><class name="a/A"><counter type="LINE" missed="9" covered="1"/></class>
          <counter type="LINE" missed="9" covered="1"/></package>
        <counter type="INSTRUCTION" missed="7" covered="3"/>
        <counter type="BRANCH" missed="1" covered="3"/>
        <counter type="LINE" missed="20" covered="80"/>
      </report>
      """;

  private static final String COBERTURA =
      """
      <?xml version="1.0" ?>
      <!DOCTYPE coverage SYSTEM 'http://cobertura.sourceforge.net/xml/coverage-04.dtd'>
      <coverage line-rate="0.5"><packages><package><classes><class name="m">
        <methods><method name="f"><lines><line number="1" hits="1"/></lines></method></methods>
        <lines><line number="1" hits="1"/><line number="2" hits="0"/><line number="3" hits="4"/>
          <line number="4" hits="0"/></lines>
      </class></classes></package></packages></coverage>
      """;

  private static final String LCOV =
      """
      TN:
      SF:/w/src/a.js
      DA:1,3
      DA:2,0
      LF:4
      LH:3
      BRF:2
      BRH:1
      end_of_record
      SF:/w/src/b.js
      DA:1,1,abc
      DA:2,0
      DA:3,0
      DA:4,0
      end_of_record
      """;

  @TempDir Path workspace;

  @Test
  void testsAreCountedOneByOneWhateverTheirSuiteSays() throws IOException {
    write("target/surefire-reports/TEST-Posts.xml", JUNIT);
    write("target/surefire-reports/TEST-More.xml", "<testsuites>" + body(JUNIT) + "</testsuites>");
    write("target/surefire-reports/Posts.txt", "no report");

    assertThat(metrics(ReportFormat.JUNIT, "target/surefire-reports/TEST-*.xml"))
        .isEqualTo(Map.of("tests.passed", 4.0, "tests.failed", 4.0, "tests.skipped", 2.0));
  }

  @Test
  void aReportWithoutTestsSaysThatNoneWereRun() throws IOException {
    write("TEST.xml", "<testsuites/>");

    assertThat(metrics(ReportFormat.JUNIT, "TEST.xml"))
        .isEqualTo(Map.of("tests.passed", 0.0, "tests.failed", 0.0, "tests.skipped", 0.0));
  }

  @Test
  void jacocosCountersOfTheWholeReportAreTheCoverage() throws IOException {
    write("target/site/jacoco/jacoco.xml", JACOCO);

    assertThat(metrics(ReportFormat.JACOCO, "**/jacoco.xml"))
        .isEqualTo(Map.of("coverage", 80.0, "coverage.lines", 80.0, "coverage.branches", 75.0));
  }

  @Test
  void coberturasLinesAreCountedWhereItHasNoSumsAndMethodsAreNotCountedTwice() throws IOException {
    write("coverage.xml", COBERTURA);
    write(
        "summed.xml",
        "<coverage lines-covered='3' lines-valid='4' branches-covered='1' branches-valid='8'/>");

    assertThat(metrics(ReportFormat.COBERTURA, "coverage.xml"))
        .isEqualTo(Map.of("coverage", 50.0, "coverage.lines", 50.0));
    assertThat(metrics(ReportFormat.COBERTURA, "summed.xml"))
        .isEqualTo(Map.of("coverage", 75.0, "coverage.lines", 75.0, "coverage.branches", 12.5));
  }

  @Test
  void lcovsFilesAreAddedUp() throws IOException {
    write("lcov.info", LCOV);

    assertThat(metrics(ReportFormat.LCOV, "lcov.info"))
        .isEqualTo(Map.of("coverage", 50.0, "coverage.lines", 50.0, "coverage.branches", 50.0));
  }

  @ParameterizedTest
  @CsvSource({
    "JUNIT, '<html/>', 'expected <testsuites> or <testsuite>, was <html>'",
    "JUNIT, '<testsuite><testcase>', 'expected well-formed XML, line 1: '",
    "JUNIT, '', 'expected well-formed XML, line 1: '",
    "JACOCO, '<report><counter type=\"LINE\" missed=\"x\" covered=\"1\"/></report>',"
        + " 'line 1: missed: expected a count, was ''x'''",
    "COBERTURA, '<coverage lines-valid=\"-4\" lines-covered=\"1\"/>',"
        + " 'line 1: lines-valid: expected a count, was ''-4'''",
    "LCOV, '{\"json\": true}', 'expected records of lcov that begin with SF:, was none'",
    "LCOV, 'SF:a\nDA:1', 'line 2: expected DA:line,hits, was DA:1'",
    "LCOV, 'SF:a\nLF:many', 'line 2: expected a count, was ''many'''",
  })
  void whatIsNoReportIsSaidWithItsPlaceAndNothingOfItCounts(
      ReportFormat format, String text, String problem) throws IOException {
    write("report.out", text.strip());

    assertThat(problem(format, "report.out"))
        .startsWith("report " + format.word() + " report.out: ")
        .contains(problem);
  }

  @Test
  void oneBadReportAmongManySpoilsAll() throws IOException {
    write("a/TEST-1.xml", JUNIT);
    write("a/TEST-2.xml", "<testsuite>");

    assertThat(problem(ReportFormat.JUNIT, "a/*.xml")).startsWith("report junit a/TEST-2.xml: ");
  }

  @Test
  void noMatchIsAProblem() {
    assertThat(problem(ReportFormat.JUNIT, "target/**/TEST-*.xml"))
        .isEqualTo("report junit target/**/TEST-*.xml: expected a file, there is none");
    assertThat(problem(ReportFormat.LCOV, "lcov.info"))
        .isEqualTo("report lcov lcov.info: expected a file, there is none");
  }

  @Test
  void nothingOutsideIsReadThroughALink() throws IOException {
    Path outside = Files.createTempDirectory("outside");
    Files.writeString(outside.resolve("TEST.xml"), JUNIT);
    Files.createSymbolicLink(workspace.resolve("out"), outside);
    Files.createSymbolicLink(workspace.resolve("TEST.xml"), outside.resolve("TEST.xml"));

    assertThat(problem(ReportFormat.JUNIT, "out/TEST.xml")).contains("there is none");
    assertThat(problem(ReportFormat.JUNIT, "out/*.xml")).contains("there is none");
    assertThat(problem(ReportFormat.JUNIT, "TEST.xml")).contains("there is none");
    assertThat(problem(ReportFormat.JUNIT, "**/TEST.xml")).contains("there is none");
  }

  @Test
  void entitiesAreNeitherFetchedNorExpanded() throws IOException {
    Path secret = Files.writeString(workspace.resolve("secret"), "<testcase/>");
    write(
        "fetch.xml",
        "<!DOCTYPE t [<!ENTITY s SYSTEM '" + secret.toUri() + "'>]><testsuite>&s;</testsuite>");
    StringBuilder bomb = new StringBuilder("<!DOCTYPE t [<!ENTITY a0 'ha'>");
    for (int i = 1; i < 30; i++) {
      bomb.append("<!ENTITY a%d '&a%d;&a%d;'>".formatted(i, i - 1, i - 1));
    }
    write("bomb.xml", bomb + "]><testsuite>&a29;</testsuite>");

    for (String file : new String[] {"fetch.xml", "bomb.xml"}) {
      Measurement read = Reports.read(ReportFormat.JUNIT, workspace, new FilePattern(file));
      if (read instanceof Measurement.Read(Map<String, Double> metrics)) {
        assertThat(metrics).containsEntry("tests.passed", 0.0);
      }
    }
  }

  @Test
  void elementsInEachOtherHaveALimit() throws IOException {
    write("deep.xml", "<testsuite>" + "<x>".repeat(200) + "</x>".repeat(200) + "</testsuite>");

    assertThat(problem(ReportFormat.JUNIT, "deep.xml"))
        .contains("expected well-formed XML", "depth");
  }

  private static String body(String xml) {
    return xml.substring(xml.indexOf("<testsuite"));
  }

  private void write(String file, String text) throws IOException {
    Path path = workspace.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private Map<String, Double> metrics(ReportFormat format, String pattern) {
    Measurement read = Reports.read(format, workspace, new FilePattern(pattern));
    assertThat(read).isInstanceOf(Measurement.Read.class);
    return ((Measurement.Read) read).metrics();
  }

  private String problem(ReportFormat format, String pattern) {
    Measurement read = Reports.read(format, workspace, new FilePattern(pattern));
    assertThat(read).isInstanceOf(Measurement.Unreadable.class);
    return ((Measurement.Unreadable) read).problem();
  }
}
