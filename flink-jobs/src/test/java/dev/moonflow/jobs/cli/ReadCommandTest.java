package dev.moonflow.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadCommandTest {
  private static final Path SAMPLES = CommandRun.root().resolve("samples");
  private static final String MODEL =
      Path.of(System.getProperty("moonflow.golden.dir"), "checkpoint").toString();

  @TempDir Path work;

  @Test
  void everyPageOfADocumentIsRead() {
    CommandRun run = read("harbour-report.pdf", "--max-new-tokens", "3");
    assertThat(run.err()).contains("3 tokens after ");
    assertThat(run.out()).contains("--- page 1 of 2", "--- page 2 of 2");
    assertThat(run.code()).isZero();
  }

  @Test
  void whatIsStreamedIsTheWholeText() throws Exception {
    CommandRun streamed = read("receipt.png", "--max-new-tokens", "12");
    CommandRun whole = read("receipt.png", "--max-new-tokens", "12", "--json");
    JsonNode line = new ObjectMapper().readTree(whole.out());
    assertThat(line.get("token_ids").size()).isBetween(1, 12);
    assertThat(line.get("page").asInt()).isOne();
    assertThat(line.get("prompt").asText()).isEqualTo("Read all the text in this image.");
    assertThat(streamed.out())
        .isEqualTo(
            dev.moonflow.jobs.cli.console.PrintableText.lines(line.get("text").asText()) + "\n");
  }

  @Test
  void aPageIsReadLineByLine() throws Exception {
    CommandRun streamed =
        read("harbour-report.pdf", "--lines", "--pages", "1", "--max-new-tokens", "2");
    CommandRun whole =
        read("harbour-report.pdf", "--lines", "--pages", "1", "--max-new-tokens", "2", "--json");
    JsonNode page = new ObjectMapper().readTree(whole.out());
    assertThat(page.get("prompt").asText()).isEqualTo("Read the text in this line.");
    assertThat(page.get("token_ids").size()).isGreaterThan(20);
    assertThat(page.get("text").asText().lines().count()).isGreaterThan(10);
    assertThat(streamed.out())
        .contains(dev.moonflow.jobs.cli.console.PrintableText.lines(page.get("text").asText()));
    assertThat(read("receipt.png", "--lines", "--prompt", "Why?").err())
        .contains("--lines reads text: it takes no caption, prompt or constraint.");
  }

  @Test
  void someOfThePagesAreReadAsJson() throws Exception {
    CommandRun run = read("harbour-report.pdf", "--max-new-tokens", "2", "--json", "--pages", "2");
    List<String> lines = run.out().lines().toList();
    assertThat(lines).hasSize(1);
    assertThat(new ObjectMapper().readTree(lines.get(0)).get("page").asInt()).isEqualTo(2);
  }

  @Test
  void anAnswerKeepsToItsConstraint() throws Exception {
    assertThat(read("receipt.png", "--choices", "receipt,invoice").out().strip())
        .isIn("receipt", "invoice");
    Path schema = work.resolve("schema.json");
    Files.writeString(
        schema, "{\"properties\": {\"n\": {\"type\": \"integer\"}}, \"required\": [\"n\"]}");
    CommandRun json = read("receipt.png", "--json-schema", schema.toString());
    assertThat(new ObjectMapper().readTree(json.out()).get("n").isIntegralNumber()).isTrue();
    assertThat(read("receipt.png", "--regex", "(").err())
        .contains("The answer cannot be constrained so: the regular expression at 0:");
    assertThat(read("receipt.png", "--regex", "a", "--number", "integer").err())
        .contains("Give at most one of");
    assertThat(read("receipt.png", "--regex", "[0-9]{40}", "--max-new-tokens", "4").err())
        .contains("would be truncated");
  }

  @Test
  void mistakesAreOneSentence() throws Exception {
    Path broken = Files.writeString(work.resolve("letter.pdf"), "%PDF-1.7 and no more");
    assertThat(read("harbour-report.pdf", "--pages", "3").err())
        .contains("--pages must lie in 1 to 2 for this file, got \"3\".");
    assertThat(read("nothere.png").err()).contains("nothere.png does not exist.");
    assertThat(read(broken.toString()).err()).startsWith("moonflow: " + broken + ": ");
    CommandRun video = read("ball.mp4");
    assertThat(video.err()).startsWith("moonflow: ").doesNotContain("\tat ");
    assertThat(video.code()).isEqualTo(ExitCodes.USER_ERROR);
  }

  private CommandRun read(String file, String... options) {
    String[] args = new String[options.length + 6];
    String[] fixed = {
      "read", SAMPLES.resolve(file).toString(), "--model", MODEL, "--device", "cpu"
    };
    System.arraycopy(fixed, 0, args, 0, 6);
    System.arraycopy(options, 0, args, 6, options.length);
    return CommandRun.of(work, args);
  }
}
