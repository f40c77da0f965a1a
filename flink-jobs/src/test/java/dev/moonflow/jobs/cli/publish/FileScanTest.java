package dev.moonflow.jobs.cli.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moonflow.jobs.cli.CommandRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileScanTest {
  private static final Path SAMPLES = CommandRun.root().resolve("samples");

  @TempDir Path folder;

  @Test
  void aFolderIsReadWithAllBelowItInTheOrderOfNames() throws Exception {
    Path below = Files.createDirectories(folder.resolve("b/c"));
    Files.copy(SAMPLES.resolve("receipt.png"), below.resolve("named.txt"));
    Files.copy(SAMPLES.resolve("harbour-report.pdf"), folder.resolve("a.pdf"));
    Files.copy(SAMPLES.resolve("ball.mp4"), folder.resolve("film"));
    Files.writeString(folder.resolve("notes.png"), "only text");
    Files.copy(SAMPLES.resolve("receipt.png"), folder.resolve(".hidden.png"));
    FileScan scan = FileScan.of(List.of(folder));
    assertThat(scan.files())
        .extracting(InputFile::name, InputFile::kind)
        .containsExactly(
            org.assertj.core.api.Assertions.tuple("a.pdf", InputFile.Kind.DOCUMENT),
            org.assertj.core.api.Assertions.tuple("b/c/named.txt", InputFile.Kind.IMAGE),
            org.assertj.core.api.Assertions.tuple("film", InputFile.Kind.VIDEO));
    assertThat(scan.skipped()).containsExactly(folder.resolve("notes.png"));
  }

  @Test
  void anEmptyFolderHoldsNothing() throws Exception {
    assertThat(FileScan.of(List.of(folder)).files()).isEmpty();
  }
}
