package dev.makespan.agent.measure;

import java.io.InputStream;
import java.util.Locale;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads reports in XML as a stream, in memory that does not grow with them. They come from a
 * command that may be hostile: nothing outside of them is fetched and no entity is expanded; the
 * parser itself limits how deep elements stand in each other.
 */
final class XmlReports {

  private XmlReports() {}

  static void read(ReportFormat format, InputStream from, Tally into) throws ReportProblem {
    try {
      XMLStreamReader xml = factory().createXMLStreamReader(from);
      toRoot(xml);
      switch (format) {
        case JUNIT -> junit(xml, into);
        case JACOCO -> jacoco(xml, into);
        case COBERTURA -> cobertura(xml, into);
        case LCOV -> throw new IllegalArgumentException("lcov is no XML");
      }
    } catch (XMLStreamException e) {
      throw new ReportProblem("expected well-formed XML, " + placed(e));
    }
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    return factory;
  }

  private static String placed(XMLStreamException e) {
    String where = e.getLocation() == null ? "" : "line " + e.getLocation().getLineNumber() + ": ";
    String message = String.valueOf(e.getMessage());
    int end = message.indexOf('\n');
    String last = message.substring(message.lastIndexOf("Message: ") + 1);
    String said = last.startsWith("essage: ") ? last.substring("essage: ".length()) : last;
    return where + (end < 0 ? message : said);
  }

  private static void toRoot(XMLStreamReader xml) throws XMLStreamException {
    while (xml.next() != XMLStreamConstants.START_ELEMENT) {
      // Comments, a document type and instructions come before it.
    }
  }

  /** Cases are counted, since the sums that suites carry differ from tool to tool. */
  private static void junit(XMLStreamReader xml, Tally into)
      throws XMLStreamException, ReportProblem {
    require(xml, "testsuites", "testsuite");
    into.noTests();
    Tally.@Nullable Verdict verdict = null;
    for (int depth = 1; depth > 0; ) {
      switch (xml.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          depth++;
          switch (xml.getLocalName()) {
            case "testcase" -> verdict = Tally.Verdict.PASSED;
            case "failure", "error" -> verdict = verdict == null ? null : Tally.Verdict.FAILED;
            case "skipped" ->
                verdict = verdict == Tally.Verdict.PASSED ? Tally.Verdict.SKIPPED : verdict;
            default -> {}
          }
        }
        case XMLStreamConstants.END_ELEMENT -> {
          depth--;
          if (verdict != null && xml.getLocalName().equals("testcase")) {
            into.test(verdict);
            verdict = null;
          }
        }
        default -> {}
      }
    }
  }

  /** The counters of the whole report stand right below it. */
  private static void jacoco(XMLStreamReader xml, Tally into)
      throws XMLStreamException, ReportProblem {
    require(xml, "report");
    for (int depth = 1; depth > 0; ) {
      switch (xml.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          depth++;
          if (depth == 2 && xml.getLocalName().equals("counter")) {
            long covered = count(xml, "covered");
            long all = covered + count(xml, "missed");
            switch (text(xml, "type")) {
              case "LINE" -> into.lines(covered, all);
              case "BRANCH" -> into.branches(covered, all);
              default -> {}
            }
          }
        }
        case XMLStreamConstants.END_ELEMENT -> depth--;
        default -> {}
      }
    }
  }

  /** The sums are newer than the format: where they are missing, lines are counted. */
  private static void cobertura(XMLStreamReader xml, Tally into)
      throws XMLStreamException, ReportProblem {
    require(xml, "coverage");
    boolean summed = xml.getAttributeValue(null, "lines-valid") != null;
    if (summed) {
      into.lines(count(xml, "lines-covered"), count(xml, "lines-valid"));
      if (xml.getAttributeValue(null, "branches-valid") != null) {
        into.branches(count(xml, "branches-covered"), count(xml, "branches-valid"));
      }
    }
    boolean ofMethod = false;
    for (int depth = 1; depth > 0; ) {
      switch (xml.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          depth++;
          ofMethod |= xml.getLocalName().equals("methods");
          if (!summed && !ofMethod && xml.getLocalName().equals("line")) {
            into.lines(count(xml, "hits") > 0 ? 1 : 0, 1);
          }
        }
        case XMLStreamConstants.END_ELEMENT -> {
          depth--;
          ofMethod &= !xml.getLocalName().equals("methods");
        }
        default -> {}
      }
    }
  }

  private static void require(XMLStreamReader xml, String... roots) throws ReportProblem {
    for (String root : roots) {
      if (root.equals(xml.getLocalName())) {
        return;
      }
    }
    throw new ReportProblem(
        "expected <%s>, was <%s>"
            .formatted(String.join("> or <", roots), shortened(xml.getLocalName())));
  }

  private static String text(XMLStreamReader xml, String attribute) {
    String value = xml.getAttributeValue(null, attribute);
    return value == null ? "" : value;
  }

  private static long count(XMLStreamReader xml, String attribute) throws ReportProblem {
    String value = text(xml, attribute);
    try {
      long count = Long.parseLong(value);
      if (count >= 0 && count <= MAX_COUNT) {
        return count;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new ReportProblem(
        "line %d: %s: expected a count, was '%s'"
            .formatted(xml.getLocation().getLineNumber(), attribute, shortened(value)));
  }

  /** Sums of so many in all files stay far within a long. */
  static final long MAX_COUNT = 1_000_000_000_000L;

  static String shortened(String value) {
    String shown = value.length() <= 40 ? value : value.substring(0, 40) + "…";
    return shown.replaceAll("\\p{Cntrl}", "?").toLowerCase(Locale.ROOT);
  }
}
