package dev.moonflow.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConvertCommandTest {
  @TempDir Path work;

  @Test
  void aSyntheticModelIsConvertedAndChecked() throws IOException {
    String source = work.resolve("source").toString();
    Path target = work.resolve("target");
    CommandRun synth = CommandRun.of(work, "synth", source, "--like", "small", "--seed", "3");
    assertThat(synth.code()).isZero();

    CommandRun convert =
        CommandRun.of(work, "convert", source, target.toString(), "--weights", "int4");
    assertThat(convert.code()).isZero();
    assertThat(convert.lastLine()).contains("weights.moonflow: ").contains(" as int4, ");

    CommandRun check = CommandRun.of(work, "convert", "--check", target.toString());
    assertThat(check.code()).isZero();
    assertThat(check.lastLine()).endsWith("every checksum is right");

    Path file = target.resolve("weights.moonflow");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 3000] ^= 1;
    Files.write(file, bytes);
    CommandRun damaged = CommandRun.of(work, "convert", "--check", target.toString());
    assertThat(damaged.code()).isEqualTo(ExitCodes.USER_ERROR);
  }
}
