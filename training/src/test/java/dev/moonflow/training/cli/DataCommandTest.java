package dev.moonflow.training.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moonflow.training.cli.CommandRun.Run;
import dev.moonflow.training.sample.Sample;
import dev.moonflow.training.sample.ShardSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataCommandTest {
  @TempDir Path folder;

  @Test
  void examplesAreMadeTakenInFilteredAndShown() throws Exception {
    Path made = folder.resolve("made");
    Run generate =
        CommandRun.data(
            ("generate --category ocr-word=2,text-code --count 18 --seed 4 --shards 2"
                    + " --parallelism 1 --out "
                    + made)
                .split(" "));
    assertThat(generate.code()).as(generate.err()).isZero();
    assertThat(generate.out()).contains("18 examples in 2 shards");

    Path lines = folder.resolve("mine.jsonl");
    Files.writeString(lines, "{\"category\": \"text\", \"parts\": [{\"text\": \"Dear Sir\"}]}\n");
    Path taken = folder.resolve("taken");
    Run own = CommandRun.data("import", lines, "--out", taken, "--parallelism", 1);
    assertThat(own.code()).as(own.err()).isZero();

    Path kept = folder.resolve("kept");
    Run filter =
        CommandRun.data(
            ("filter %s %s --out %s --per-topic 4 --shards 1 --parallelism 1"
                    .formatted(made, taken, kept))
                .split(" "));
    assertThat(filter.code()).as(filter.err()).isZero();
    List<String> ids = new ArrayList<>();
    try (ShardSet set = ShardSet.open(kept)) {
      set.forEach((Sample sample) -> ids.add(sample.id()));
    }
    assertThat(ids).hasSize(4 + 4 + 1).contains("mine.jsonl:1");

    Run inspect = CommandRun.data("inspect", kept, "--show", 6);
    assertThat(inspect.code()).as(inspect.err()).isZero();
    assertThat(inspect.out()).contains("ocr/word").contains("text/code");
    assertThat(kept.resolve("contact-sheet.png")).isNotEmptyFile();
  }

  @Test
  void mistakesAreOneSentence() throws Exception {
    Path out = folder.resolve("a");
    CommandRun.data("generate", "--category", "poem", "--count", 1, "--out", out)
        .assertSentence("there is no category \"poem\"");
    CommandRun.data("generate", "--category", "ocr=much", "--count", 1, "--out", out)
        .assertSentence("must be a positive number");
    CommandRun.data("generate", "--category", "ocr", "--count", 1, "--fonts", "No", "--out", out)
        .assertSentence("there is no font family \"No\" on this machine; there are ");
    CommandRun.data("generate", "--category", "text", "--count", 1, "--out", "/proc/nothing")
        .assertSentence("/proc/nothing cannot be made (there is no such file or folder); choose");
    Path file = Files.writeString(folder.resolve("file"), "x");
    CommandRun.data("generate", "--category", "text", "--count", 1, "--out", file)
        .assertSentence("a file is where a folder is needed");
    CommandRun.data("filter", folder.resolve("none"), "--out", out)
        .assertSentence("there is no folder");
    CommandRun.data("import", "--out", out).assertSentence("needs either files");
    CommandRun.data("import", folder.resolve("b.jsonl"), "--out", out)
        .assertSentence("does not exist");
    CommandRun.data("inspect", folder).assertSentence("has no manifest.json");
  }
}
