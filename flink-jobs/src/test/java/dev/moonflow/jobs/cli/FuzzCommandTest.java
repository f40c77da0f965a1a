package dev.moonflow.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moonflow.jobs.fuzz.FuzzTargets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FuzzCommandTest {
  @TempDir Path folder;

  private CommandRun run(String... args) {
    return CommandRun.of(folder, args);
  }

  @Test
  void targetsAreListed() throws Exception {
    CommandRun run = run("fuzz");
    assertThat(run.code()).isEqualTo(ExitCodes.OK);
    try (FuzzTargets targets = new FuzzTargets(folder)) {
      assertThat(run.out().lines()).containsExactlyElementsOf(targets.names()).contains("png");
    }
  }

  @Test
  void aTargetIsTriedAndTheSeedIsPrinted() {
    String corpus = folder.resolve("found").toString();
    CommandRun run = run("fuzz", "bmp", "--inputs", "50", "--seed", "9", "--corpus", corpus);
    assertThat(run.code()).as(run.out()).isEqualTo(ExitCodes.OK);
    assertThat(run.err()).contains("seed 9");
    assertThat(run.out()).contains("bmp", "50 inputs", "Nothing was found.");
    assertThat(Path.of(corpus)).doesNotExist();
  }

  @Test
  void oneInputIsTriedAgain() throws Exception {
    Path file = Files.writeString(folder.resolve("x.bin"), "GIF89a but cut");
    CommandRun run = run("fuzz", "gif", "--input", file.toString());
    assertThat(run.code()).as(run.out()).isEqualTo(ExitCodes.OK);
    assertThat(run.out()).contains("1 inputs", "the GIF");
  }

  @Test
  void whatCannotBeTriedIsRefusedInOneSentence() {
    CommandRun unknown = run("fuzz", "doc");
    assertThat(unknown.code()).isEqualTo(ExitCodes.USER_ERROR);
    assertThat(unknown.err()).contains("There is no target doc; there are png, jpeg");
    assertThat(run("fuzz", "all", "--input", "x").err()).contains("--input needs one target");
    assertThat(run("fuzz", "gif", "--input", "nothing").err()).contains("nothing is not a file.");
    assertThat(run("fuzz", "gif", "--time", "soon").err()).contains("--time needs a duration");
  }
}
