package dev.moonflow.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoITCase {
  @TempDir Path work;

  @Test
  void everySampleHasItsAnswerAndNothingIsLostOrDoubled() {
    CommandRun run = CommandRun.of(work, "demo", "--device", "cpu");
    assertThat(run.err())
        .contains("Published 11 events: 1 image, 2 documents, 6 frames, 2 questions");
    assertThat(run.lastLine())
        .startsWith("11 events, 14 of 14 results, 0 lost, 0 doubled, 0 dead letters, ");
    assertThat(run.code()).isZero();
    List<String> rows = run.out().lines().filter(line -> !line.isBlank()).toList();
    assertThat(rows).hasSize(16);
    assertThat(rows.get(0)).startsWith("TOPIC");
    assertThat(rows).filteredOn(row -> row.startsWith("ocr")).hasSize(5);
    assertThat(rows).filteredOn(row -> row.startsWith("captions")).hasSize(7);
    assertThat(rows).filteredOn(row -> row.startsWith("answers")).hasSize(2);
    assertThat(rows)
        .as("the default model reads print")
        .filteredOn(row -> row.contains("Harbour report 2026 Dear members"))
        .hasSize(2);
    assertThat(run.out().codePoints().filter(c -> c != '\n').noneMatch(Character::isISOControl))
        .isTrue();
  }
}
