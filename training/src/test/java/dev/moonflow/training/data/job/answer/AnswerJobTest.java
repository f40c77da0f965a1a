package dev.moonflow.training.data.job.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moonflow.training.data.answer.Outcome;
import dev.moonflow.training.data.generate.Generators;
import dev.moonflow.training.data.job.answer.AnswerRecipe.Keep;
import dev.moonflow.training.sample.Digests;
import dev.moonflow.training.sample.Manifest;
import dev.moonflow.training.sample.Part;
import dev.moonflow.training.sample.Sample;
import dev.moonflow.training.sample.SampleException;
import dev.moonflow.training.sample.ShardSet;
import dev.moonflow.training.sample.ShardSetWriter;
import dev.moonflow.training.sample.answer.AnswerSampler;
import dev.moonflow.training.sample.answer.Sampled;
import dev.moonflow.training.sample.answer.SampledAnswer;
import dev.moonflow.training.sample.answer.SamplerFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnswerJobTest {
  private static final int COUNT = 24;
  private static final int PER_SHARD = 5;

  /** Ids that the stand-in was asked for; the job runs in this process. */
  private static final Set<String> ASKED = ConcurrentHashMap.newKeySet();

  @TempDir Path folder;
  private Path input;

  /** Right on even draws, one too many on odd ones, longer each time; refuses every seventh. */
  private record StandIn(String identity) implements SamplerFactory {
    private static final long serialVersionUID = 1L;

    @Override
    public AnswerSampler open() {
      return (samples, count, seed) ->
          samples.stream().map(sample -> answers(sample, count, seed)).toList();
    }

    private static Sampled answers(Sample sample, int count, long seed) {
      ASKED.add(sample.id());
      if (number(sample) % 7 == 6) {
        return new Sampled.Refused("sample " + sample.id() + " cannot be asked: too long.");
      }
      List<SampledAnswer> answers = new ArrayList<>();
      for (int j = 0; j < count; j++) {
        long value = Long.parseLong(sample.answer().orElseThrow()) + j % 2;
        String text = "◁think▷" + seed + " so".repeat(count - j) + "◁/think▷" + value;
        answers.add(new SampledAnswer(text, text.length(), true));
      }
      return new Sampled.Answers(answers);
    }
  }

  private static long number(Sample sample) {
    return Long.parseLong(sample.id().substring(sample.id().lastIndexOf('-') + 1));
  }

  @BeforeEach
  void write() throws IOException {
    ASKED.clear();
    input = folder.resolve("in");
    Generators generators = Generators.standard();
    try (ShardSetWriter writer = new ShardSetWriter(input, 0, "test", 10)) {
      for (int i = 0; i < COUNT; i++) {
        String name = i == 11 ? "text-prose" : "reason-arithmetic";
        writer.write(generators.named(name).generate(2, i));
      }
      writer.finish();
    }
  }

  private AnswerRecipe recipe(Keep keep, int most, long seed) {
    return new AnswerRecipe(input.toString(), 6, keep, null, most, seed, PER_SHARD);
  }

  private static List<Sample> read(Path shards) throws IOException {
    try (ShardSet set = ShardSet.open(shards)) {
      set.verify();
      List<Sample> samples = new ArrayList<>();
      set.forEach(samples::add);
      return samples;
    }
  }

  private static Map<String, String> hashes(Path folder) throws IOException {
    Map<String, String> hashes = new TreeMap<>();
    try (var files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        hashes.put(folder.relativize(file).toString(), Digests.hex(file));
      }
    }
    return hashes;
  }

  @Test
  void verifiedAnswersStandInTheOrderOfTheInputAndAKilledRunEndsWithTheSameBytes()
      throws IOException {
    SamplerFactory model = new StandIn("a");
    Path whole = folder.resolve("whole");
    AnswerSummary summary = new AnswerJob(recipe(Keep.VERIFIED, 2, 1), model, whole).run(2);
    List<Sample> kept = read(whole);
    List<Long> numbers = kept.stream().map(AnswerJobTest::inputNumber).toList();
    assertThat(numbers).isSorted().doesNotContain(6L, 11L, 13L, 20L).hasSize(2 * 20);
    Sample first = kept.get(0);
    assertThat(((Part.Text) first.parts().get(1)).text())
        .isEqualTo("◁think▷1 so so◁/think▷" + first.answer().orElseThrow());
    assertThat(summary.outcomes())
        .isEqualTo(Map.of(Outcome.KEPT, 20L, Outcome.REFUSED, 3L, Outcome.ASKS_NOTHING, 1L));
    assertThat(summary.answers()).isEqualTo(20 * 6);
    assertThat(summary.good()).isEqualTo(20 * 3);
    assertThat(summary.refused()).hasSize(3).allMatch(line -> line.reason().contains(line.id()));

    // What a kill leaves: shards 1 and 3 were not made, the outcomes of 3 were.
    Map<String, String> made = hashes(whole);
    Files.delete(whole.resolve(Manifest.FILE));
    Files.delete(whole.resolve(AnswerSummary.FILE));
    Files.delete(whole.resolve("shard-00001.avro"));
    Files.delete(whole.resolve("outcomes/shard-00001.jsonl"));
    Files.delete(whole.resolve("shard-00003.avro"));
    Files.writeString(whole.resolve("shard-00003.avro.part"), "half");
    ASKED.clear();
    AnswerSummary resumed = new AnswerJob(recipe(Keep.VERIFIED, 2, 1), model, whole).run(1);
    assertThat(resumed).isEqualTo(summary);
    assertThat(hashes(whole)).isEqualTo(made);
    assertThat(ASKED).hasSize(2 * PER_SHARD).doesNotContain(read(input).get(0).id());

    ASKED.clear();
    assertThat(new AnswerJob(recipe(Keep.VERIFIED, 2, 1), model, whole).run(1)).isEqualTo(summary);
    assertThat(ASKED).isEmpty();
    for (AnswerJob other :
        List.of(
            new AnswerJob(recipe(Keep.VERIFIED, 2, 2), model, whole),
            new AnswerJob(recipe(Keep.VERIFIED, 2, 1), new StandIn("b"), whole))) {
      assertThatThrownBy(() -> other.run(1))
          .isInstanceOf(SampleException.class)
          .hasMessageContaining("other settings");
    }
  }

  private static long inputNumber(Sample sample) {
    String id = sample.id().substring(0, sample.id().indexOf('#'));
    return Long.parseLong(id.substring(id.lastIndexOf('-') + 1));
  }

  @Test
  void theBestAnswerReplacesTheOldOne() throws IOException {
    Path out = folder.resolve("best");
    AnswerSummary summary = new AnswerJob(recipe(Keep.BEST, 0, 1), new StandIn("a"), out).run(1);
    List<Sample> kept = read(out);
    assertThat(kept).hasSize(20);
    assertThat(summary.kept()).isEqualTo(20);
    for (Sample sample : kept) {
      Part.Text last = (Part.Text) sample.parts().get(sample.parts().size() - 1);
      assertThat(last.text()).endsWith("◁/think▷" + sample.answer().orElseThrow());
    }
  }
}
