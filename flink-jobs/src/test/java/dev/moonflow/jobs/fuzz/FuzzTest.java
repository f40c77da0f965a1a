package dev.moonflow.jobs.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A bounded run of every target: what {@code moonflow fuzz all} does without an end. Another seed
 * by {@code -Dmoonflow.fuzz.seed=N}, more inputs by {@code -Dmoonflow.fuzz.factor=N}.
 */
class FuzzTest {
  private static final long SEED = Long.getLong("moonflow.fuzz.seed", 20_261_123);
  private static final long FACTOR = Long.getLong("moonflow.fuzz.factor", 1);
  private static final int INPUTS = 400;

  /** Of those that take some milliseconds each. */
  private static final Map<String, Integer> SLOW =
      Map.of(
          "pdf",
          25,
          "video",
          50,
          "document-event",
          80,
          "question-event",
          80,
          "avro-record",
          120,
          "json-schema",
          150,
          "weights",
          80,
          "settings",
          200,
          "chat",
          200,
          "config",
          200);

  @TempDir static Path folder;
  private static FuzzTargets targets;

  @BeforeAll
  static void open() {
    targets = new FuzzTargets(folder);
  }

  @AfterAll
  static void close() throws Exception {
    targets.close();
  }

  static Iterable<String> names() {
    try (FuzzTargets all = new FuzzTargets(Path.of("unused"))) {
      return all.names();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void hostileBytesComeToAValueOrToARefusal(String name) throws Exception {
    FuzzTarget target = targets.open(name);
    long inputs = FACTOR * SLOW.getOrDefault(name, INPUTS);
    Fuzzer.Report report =
        new Fuzzer(target, SEED, Duration.ofSeconds(30)).run(inputs, Duration.ofHours(1));
    System.out.printf(
        "fuzz %s: seed %d, %d inputs, %d outcomes, at most %d bytes allocated%n",
        name, SEED, report.inputs(), report.outcomes().size(), report.allocatedMax());
    assertThat(report.findings()).as("moonflow fuzz " + name + " --seed " + SEED).isEmpty();
    assertThat(report.inputs()).isEqualTo(inputs);
    // A target whose every mutation is a value, or none, is fed with the wrong inputs.
    assertThat(report.outcomes()).as("outcomes of " + name).containsKey("a value");
    if (!target.refusals().isEmpty()) {
      assertThat(report.outcomes()).as("outcomes of " + name).hasSizeGreaterThan(1);
    }
  }
}
