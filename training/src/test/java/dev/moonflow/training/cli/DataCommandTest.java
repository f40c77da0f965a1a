package dev.moonflow.training.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moonflow.training.sample.ShardSet;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DataCommandTest {
  private static final int USER_ERROR = 2;

  @TempDir Path folder;

  private record Run(int code, String out, String err) {}

  private static Run run(Object... arguments) {
    String[] words = new String[arguments.length];
    for (int i = 0; i < words.length; i++) {
      words[i] = arguments[i].toString();
    }
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    ByteArrayOutputStream complained = new ByteArrayOutputStream();
    System.setOut(new PrintStream(said, true, UTF_8));
    System.setErr(new PrintStream(complained, true, UTF_8));
    try {
      int code = new CommandLine(new DataCommand()).execute(words);
      return new Run(code, said.toString(UTF_8), complained.toString(UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  @Test
  void examplesAreMadeFilteredAndShown() {
    Path made = folder.resolve("made");
    Run generate =
        run(
            "generate",
            "--category",
            "ocr-word=3,text-code",
            "--count",
            40,
            "--seed",
            4,
            "--out",
            made,
            "--shards",
            2,
            "--parallelism",
            1);
    assertThat(generate.code()).as(generate.err()).isZero();
    assertThat(generate.out()).contains("40 examples in 2 shards");
    Path kept = folder.resolve("kept");
    Run filter =
        run("filter", made, "--out", kept, "--per-topic", 8, "--shards", 1, "--parallelism", 1);
    assertThat(filter.code()).as(filter.err()).isZero();
    try (ShardSet set = ShardSet.open(kept)) {
      assertThat(set.size()).isEqualTo(16);
    }
    Run inspect = run("inspect", kept, "--show", 6);
    assertThat(inspect.code()).as(inspect.err()).isZero();
    assertThat(inspect.out()).contains("ocr/word").contains("text/code");
    assertThat(kept.resolve("contact-sheet.png")).isNotEmptyFile();
  }

  @Test
  void ownExamplesAreTakenIn() throws Exception {
    Path lines = folder.resolve("mine.jsonl");
    Files.writeString(lines, "{\"category\": \"text\", \"parts\": [{\"text\": \"Dear Sir\"}]}\n");
    Run taken = run("import", lines, "--out", folder.resolve("out"), "--parallelism", 1);
    assertThat(taken.code()).as(taken.err()).isZero();
    try (ShardSet set = ShardSet.open(folder.resolve("out"))) {
      assertThat(set.get(0).id()).isEqualTo("mine.jsonl:1");
    }
  }

  @Test
  void mistakesAreOneSentence() {
    assertSentence(
        run("generate", "--category", "poem", "--count", 1, "--out", folder.resolve("a")),
        "there is no category \"poem\"");
    assertSentence(
        run("generate", "--category", "ocr=much", "--count", 1, "--out", folder.resolve("a")),
        "must be a positive number");
    assertSentence(
        run("filter", folder.resolve("none"), "--out", folder.resolve("a")),
        "has no manifest.json");
    assertSentence(run("import", "--out", folder.resolve("a")), "needs either files");
    assertSentence(
        run("import", folder.resolve("b.jsonl"), "--out", folder.resolve("a")), "does not exist");
    assertSentence(run("inspect", folder), "has no manifest.json");
  }

  private static void assertSentence(Run run, String part) {
    assertThat(run.code()).isEqualTo(USER_ERROR);
    assertThat(run.err().strip().lines()).hasSize(1);
    assertThat(run.err())
        .startsWith("moonflow: ")
        .contains(part)
        .endsWith("." + System.lineSeparator());
  }
}
