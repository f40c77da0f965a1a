package dev.moonflow.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page about metrics tells of every metric, and of no other. */
class MetricsPageTest {
  private static final Path ROOT = Path.of(System.getProperty("moonflow.root.dir"));
  private static final Pattern REGISTERED =
      Pattern.compile("\\b(?:counter|gauge|histogram)\\(\\s*\"([a-z0-9_]+)\"");
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\|[^|]*\\| `([a-z0-9_]+)` \\| (?:counter|gauge|histogram) \\|");

  @Test
  void everyMetricHasItsRow() throws IOException {
    Set<String> registered = new TreeSet<>();
    for (String module : List.of("connectors", "flink-jobs")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
        for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
          registered.addAll(all(REGISTERED, Files.readString(file)));
        }
      }
    }
    assertThat(registered).hasSizeGreaterThan(20);
    assertThat(all(ROW, Files.readString(ROOT.resolve("docs/metrics.md")))).isEqualTo(registered);
  }

  private static Set<String> all(Pattern pattern, String text) {
    Set<String> names = new TreeSet<>();
    for (Matcher matcher = pattern.matcher(text); matcher.find(); ) {
      names.add(matcher.group(1));
    }
    return names;
  }
}
