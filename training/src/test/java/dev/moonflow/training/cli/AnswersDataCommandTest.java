package dev.moonflow.training.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moonflow.model.engine.EngineLimits;
import dev.moonflow.model.synthetic.SyntheticCheckpoint;
import dev.moonflow.model.synthetic.SyntheticSpec;
import dev.moonflow.training.cli.CommandRun.Run;
import dev.moonflow.training.data.generate.Generators;
import dev.moonflow.training.rollout.EngineSampler;
import dev.moonflow.training.rollout.PolicyEngine;
import dev.moonflow.training.sample.Category;
import dev.moonflow.training.sample.Manifest;
import dev.moonflow.training.sample.Part;
import dev.moonflow.training.sample.Role;
import dev.moonflow.training.sample.Sample;
import dev.moonflow.training.sample.ShardSet;
import dev.moonflow.training.sample.ShardSetWriter;
import dev.moonflow.training.sample.answer.Sampled;
import dev.moonflow.training.sample.answer.SampledAnswer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnswersDataCommandTest {
  private static final int SAMPLES = 6;
  private static final int MAX_TOKENS = 24;
  private static final double TEMPERATURE = 1.5;

  @TempDir static Path folder;
  private static Path model;
  private static Path asked;
  private static final List<Sample> QUESTIONS = new ArrayList<>();

  @BeforeAll
  static void write() throws IOException {
    model = folder.resolve("model");
    asked = folder.resolve("asked");
    SyntheticCheckpoint.write(model, SyntheticSpec.small(3));
    Generators generators = Generators.standard();
    for (int i = 0; i < 6; i++) {
      QUESTIONS.add(generators.named("reason-arithmetic").generate(1, i));
    }
    QUESTIONS.add(2, generators.named("instruct-choice").generate(1, 1));
    QUESTIONS.add(
        4,
        new Sample(
            "endless",
            Category.INSTRUCTION,
            "long/text",
            "test",
            0,
            List.of(new Part.Text(Role.USER, "word ".repeat(200_000))),
            List.of(),
            Optional.empty(),
            Map.of()));
    try (ShardSetWriter writer = new ShardSetWriter(asked, 0, "test", 100)) {
      for (Sample each : QUESTIONS) {
        writer.write(each);
      }
      writer.finish();
    }
  }

  private static Run answers(Path out, Object... more) {
    List<Object> words = new ArrayList<>(List.of("answers", "--in", asked, "--out", out));
    words.addAll(List.of("--model", model, "--samples", SAMPLES, "--max-tokens", MAX_TOKENS));
    words.addAll(List.of("--temperature", TEMPERATURE, "--seed", 7, "--per-shard", 3));
    words.addAll(List.of(more));
    return CommandRun.data(words.toArray());
  }

  /** The ids of the examples to which the engine gives an answer that ends and says something. */
  private static List<String> answerable() {
    try (EngineSampler sampler =
        new EngineSampler(
            PolicyEngine.load(model, EngineLimits.defaults()), TEMPERATURE, MAX_TOKENS)) {
      List<Sampled> sampled = sampler.answers(QUESTIONS, SAMPLES, 7);
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < sampled.size(); i++) {
        if (sampled.get(i) instanceof Sampled.Answers answers
            && answers.all().stream().anyMatch(SampledAnswer::isUsable)) {
          ids.add(QUESTIONS.get(i).id());
        }
      }
      return ids;
    }
  }

  @Test
  void aModelsBestAnswersAreKeptAndARunGoesOn() throws IOException {
    Path out = folder.resolve("best");
    Run run = answers(out, "--keep", "best");
    assertThat(run.code()).as(run.err()).isZero();
    List<String> expected = answerable();
    // The weights are random: some of the answers end in time, and some do not.
    assertThat(expected).isNotEmpty().hasSizeLessThan(QUESTIONS.size() - 1);
    try (ShardSet set = ShardSet.open(out)) {
      List<String> ids = new ArrayList<>();
      set.forEach(sample -> ids.add(sample.id()));
      assertThat(ids).isEqualTo(expected);
    }
    assertThat(run.out())
        .contains(expected.size() + " conversations kept")
        .contains("long/text")
        .contains("cut off")
        .contains("refused: sample endless cannot be asked");

    Manifest whole = Manifest.read(out);
    Files.delete(out.resolve(Manifest.FILE));
    Files.delete(out.resolve("shard-00001.avro"));
    assertThat(answers(out, "--keep", "best").code()).isZero();
    assertThat(Manifest.read(out)).isEqualTo(whole);
  }

  @Test
  void mistakesAreOneSentence() {
    Path out = folder.resolve("bad");
    answers(out, "--keep", "all").assertSentence("--keep must be best or verified");
    answers(out, "--keep", "best", "--checker", "nice").assertSentence("--checker must be exact");
    CommandRun.data("answers", "--in", asked, "--model", folder, "--keep", "best", "--out", out)
        .assertSentence("a checkpoint folder has a config.json");
    CommandRun.data("answers", "--in", out, "--model", model, "--keep", "best", "--out", out)
        .assertSentence("there is no folder");
    CommandRun.data(
            "answers", "--in", asked, "--model", model, "--keep", "best", "--out", "/proc/no")
        .assertSentence("/proc/no cannot be made (there is no such file or folder); choose");
    CommandRun.data(
            "answers",
            "--in",
            asked,
            "--model",
            model,
            "--keep",
            "best",
            "--out",
            out,
            "--temperature",
            0)
        .assertSentence("all answers are the same");
  }
}
