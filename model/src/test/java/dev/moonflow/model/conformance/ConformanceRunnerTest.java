package dev.moonflow.model.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moonflow.kernels.Kernels;
import dev.moonflow.kernels.device.DeviceChoice;
import dev.moonflow.model.conformance.ReportLine.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConformanceRunnerTest {
  @TempDir private Path folder;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  private int run() throws IOException {
    try (Kernels kernels = Kernels.open(DeviceChoice.CPU)) {
      return ConformanceRunner.run(
          folder, kernels, new PrintStream(printed, true, StandardCharsets.UTF_8));
    }
  }

  private void copy(String file) throws IOException {
    Path target = folder.resolve(file);
    Files.createDirectories(target.getParent());
    Files.copy(GoldenReplay.folder().path(file), target);
  }

  @Test
  void aFolderWithNothingInItFails() throws IOException {
    assertThat(run()).isEqualTo(1);
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("SKIP", "holds nothing that a section of conformance knows")
        .endsWith("0 passed, 1 failed" + System.lineSeparator());
  }

  @Test
  void whatIsNotAFolderIsSaidSo() {
    assertThatThrownBy(
            () -> {
              folder = folder.resolve("missing");
              run();
            })
        .hasMessageContaining("missing is not a folder");
  }

  @Test
  void partOfAFolderIsReplayedAndTheRestIsSkippedVisibly() throws IOException {
    copy("preprocess/resize_bicubic.safetensors");
    assertThat(run()).isZero();
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .containsPattern("SKIP +preprocess +preprocess/geometry_table.json +not in this folder")
        .endsWith("10 passed, 0 failed" + System.lineSeparator());
  }

  @Test
  void aFileThatNoSectionReadsIsSaidToBeSkipped() throws IOException {
    copy("preprocess/resize_bicubic.safetensors");
    Files.createDirectory(folder.resolve("surprise"));
    Files.writeString(folder.resolve("surprise/cases.json"), "[]");
    assertThat(run()).isZero();
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .containsPattern("SKIP +folder +surprise/cases.json +no section has read this file")
        .doesNotContain("resize_bicubic.safetensors");
  }

  @Test
  void oneChangedByteOfAnExpectedImageIsSeen() throws IOException {
    String file = "preprocess/resize_bicubic.safetensors";
    copy(file);
    byte[] bytes = Files.readAllBytes(folder.resolve(file));
    bytes[bytes.length - 1] ^= 1;
    Files.write(folder.resolve(file), bytes);
    assertThat(run()).isEqualTo(1);
  }

  @Test
  void aDamagedFileFailsItsSectionAndTheOthersGoOn() throws IOException {
    copy("preprocess/geometry_table.json");
    Files.writeString(folder.resolve("preprocess/resize_bicubic.safetensors"), "not a tensor");
    assertThat(run()).isEqualTo(1);
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .containsPattern("PASS +preprocess +geometry table \\(690 cases\\)")
        .containsPattern("FAIL +preprocess +stopped .*resize_bicubic.safetensors")
        .endsWith("1 passed, 1 failed" + System.lineSeparator());
  }

  @Test
  void aSectionThatThrowsIsOneFailedLineThatNamesIt() {
    Report report = new Report(new PrintStream(printed, true, StandardCharsets.UTF_8));
    Section broken =
        new Section() {
          @Override
          public String name() {
            return "broken";
          }

          @Override
          public void run(GoldenFolder golden, Kernels kernels, Report report) {
            throw new IllegalStateException("no such tensor");
          }
        };
    ConformanceRunner.run(broken, new GoldenFolder(folder), null, report);
    assertThat(report.count(Outcome.FAIL)).isEqualTo(1);
    assertThat(printed.toString(StandardCharsets.UTF_8)).contains("broken", "no such tensor");
  }
}
