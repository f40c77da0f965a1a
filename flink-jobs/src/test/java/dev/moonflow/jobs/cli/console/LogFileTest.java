package dev.moonflow.jobs.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
  @TempDir Path work;

  @AfterEach
  void forget() {
    System.clearProperty(LogFile.PROPERTY);
  }

  @Test
  void eachProcessHasAFileAndOnlyTheNewestStay() throws Exception {
    Path logs = Files.createDirectories(work.resolve("logs"));
    for (int i = 10; i < 40; i++) {
      Files.writeString(logs.resolve("moonflow-20200101-0000" + i + "-1.log"), "");
    }
    Files.writeString(logs.resolve("build.log"), "");
    Path file = LogFile.choose(new Home(work, work), Instant.parse("2026-11-22T12:00:00Z"));
    assertThat(file.getFileName().toString()).startsWith("moonflow-20261122-120000-");
    assertThat(LogFile.current()).isEqualTo(file);
    try (Stream<Path> left = Files.list(logs)) {
      List<String> names = left.map(p -> p.getFileName().toString()).sorted().toList();
      assertThat(names).hasSize(21).contains("build.log", "moonflow-20200101-000039-1.log");
    }
  }
}
