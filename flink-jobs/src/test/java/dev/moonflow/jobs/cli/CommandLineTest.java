package dev.moonflow.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
  @TempDir Path work;

  @Test
  void helpListsEveryCommandAndHidesTheMakersOwn() {
    CommandRun run = CommandRun.of(work, "--help");
    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains(
            "demo",
            "run",
            "publish",
            "results",
            "replay",
            "read",
            "convert",
            "synth",
            "conformance",
            "doctor",
            "version")
        .doesNotContain("make-samples");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo",
        "run",
        "publish",
        "results",
        "replay",
        "read",
        "convert",
        "synth",
        "conformance",
        "doctor",
        "version"
      })
  void everyCommandHasHelp(String command) {
    CommandRun run = CommandRun.of(work, command, "--help");
    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("Usage: moonflow " + command, "Show this help.");
    assertThat(run.out().lines()).allSatisfy(line -> assertThat(line.length()).isLessThan(101));
  }

  @Test
  void withoutACommandTheUsageGoesToStandardError() {
    CommandRun run = CommandRun.of(work);
    assertThat(run.code()).isEqualTo(ExitCodes.USER_ERROR);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("Commands:");
  }

  @Test
  void aMistypedCommandIsCorrected() {
    CommandRun run = CommandRun.of(work, "pubish", "x.png");
    assertThat(run.code()).isEqualTo(ExitCodes.USER_ERROR);
    assertThat(run.err()).contains("Did you mean: moonflow publish?");
  }

  @Test
  void aMistypedOptionIsCorrected() {
    CommandRun run = CommandRun.of(work, "publish", "--bootstap", "a:1", "x.png");
    assertThat(run.code()).isEqualTo(ExitCodes.USER_ERROR);
    assertThat(run.err()).contains("--bootstap", "--bootstrap", "moonflow publish --help");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "publish nothere.png | nothere.png does not exist.",
        "publish --task ocr --question why pom.xml | Give --task or --question, not both.",
        "publish --fps 0 pom.xml | --fps must lie above 0 and at most at 240, got 0.0.",
        "publish --top-p 2 pom.xml | --top-p must lie above 0 and at most at 1, got 2.0.",
        "publish --task sing pom.xml | 'sing'",
        "publish --set nonsense pom.xml | --set needs key=value",
        "results --max 0 | --max must be at least 1, got 0.",
        "results --topic poems | 'poems'",
        "results --config nothere.yaml | nothere.yaml does not exist.",
        "conformance nothere | nothere is not a folder.",
        "replay answers | A position is TOPIC@PARTITION:OFFSET",
        "convert nothere there | nothere is not a folder with a checkpoint.",
        "convert nothere | Name the folder to write: moonflow convert SRC DST.",
        "convert --weights int3 a b | 'int3'",
        "synth --like llama there | --like must be kimi-vl-a3b or small, found llama.",
        "synth --layers 28 there | --layers must be between 1 and 27, found 28.",
        "run | Setting moonflow.kafka.bootstrap-servers is required and not given.",
        "run --set moonflow.modle.path=x --bootstrap a:1 --registry http://b | moonflow.model.path",
        "run --bootstrap a:1 --registry http://b --model nothere | is not a checkpoint",
        "demo --model nothere | nothere is not a checkpoint: it holds no config.json.",
        "demo --device tpu | 'tpu'",
      })
  void aUsersErrorIsOneSentenceAndExitCode2(String command, String sentence) {
    CommandRun run = CommandRun.of(work, command.strip().split(" "));
    assertThat(run.err()).contains(sentence).doesNotContain("Exception", "\tat ");
    assertThat(run.err().lines().filter(line -> line.startsWith("moonflow: "))).hasSize(1);
    assertThat(run.code()).isEqualTo(ExitCodes.USER_ERROR);
  }

  @Test
  void aFileOfAnotherTypeIsRefusedByItsBytes() throws Exception {
    Path text = Files.writeString(work.resolve("photo.png"), "this is not a picture");
    CommandRun run = CommandRun.of(work, "publish", text.toString());
    assertThat(run.code()).isEqualTo(ExitCodes.USER_ERROR);
    assertThat(run.err()).contains("photo.png is not an image");
  }

  @Test
  void versionNamesWhatItStandsOn() {
    CommandRun run = CommandRun.of(work, "version");
    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("moonflow ", "flink    2.", "kafka    4.", "java     ");
  }
}
