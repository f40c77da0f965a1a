package dev.moonflow.training.data.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moonflow.training.data.Generator;
import dev.moonflow.training.data.filter.StableOrder;
import dev.moonflow.training.data.generate.Generators;
import dev.moonflow.training.data.job.DataRecipe.Filters;
import dev.moonflow.training.sample.Category;
import dev.moonflow.training.sample.Manifest;
import dev.moonflow.training.sample.Part;
import dev.moonflow.training.sample.Sample;
import dev.moonflow.training.sample.SampleException;
import dev.moonflow.training.sample.ShardSet;
import dev.moonflow.training.sample.ShardSetWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataJobTest {
  private static final long SEED = 17;
  private static final int COUNT = 120;

  @TempDir Path folder;

  private static DataRecipe generated(long count, int shards, Filters filters, String... names) {
    TreeMap<String, Double> mix = new TreeMap<>();
    for (String name : names) {
      mix.put(name, 1.0);
    }
    return new DataRecipe(new Origin.Generated(mix, count), SEED, shards, List.of(), filters, 0);
  }

  private static Map<String, String> shardHashes(Manifest manifest) {
    Map<String, String> hashes = new TreeMap<>();
    manifest.shards().forEach(shard -> hashes.put(shard.file(), shard.sha256()));
    return hashes;
  }

  private static List<Sample> read(Path folder) {
    try (ShardSet set = ShardSet.open(folder)) {
      List<Sample> samples = new ArrayList<>();
      set.forEach(samples::add);
      return samples;
    }
  }

  @Test
  void parallelismChangesNothingAndOrderIsThatOfTheHash() throws IOException {
    DataRecipe recipe = generated(COUNT, 5, Filters.NONE, "text-prose", "ocr-word");
    Manifest one = new DataJob(recipe, folder.resolve("one")).run(1);
    Manifest three = new DataJob(recipe, folder.resolve("three")).run(3);
    assertThat(one).isEqualTo(three);
    assertThat(one.records()).isEqualTo(COUNT);
    assertThat(one.categories()).containsOnlyKeys("ocr", "text");
    List<Sample> samples = read(folder.resolve("one"));
    for (int i = 1; i < samples.size(); i++) {
      assertThat(
              Long.compareUnsigned(
                  StableOrder.key(samples.get(i - 1).id(), SEED),
                  StableOrder.key(samples.get(i).id(), SEED)))
          .isNegative();
    }
    Sample sample = samples.get(50);
    Generator generator = Generators.standard().named(sample.source());
    long index = Long.parseLong(sample.id().substring(sample.id().lastIndexOf('-') + 1));
    assertThat(generator.generate(SEED, index)).isEqualTo(sample);
  }

  @Test
  void missingShardsAreMadeAgainEqualAndFinishedOnesAreLeftAlone() throws IOException {
    DataRecipe recipe = generated(COUNT, 6, Filters.NONE, "ocr-line");
    Path out = folder.resolve("out");
    Manifest first = new DataJob(recipe, out).run(2);
    Files.delete(out.resolve("manifest.json"));
    Files.delete(out.resolve("shard-00002.avro"));
    Files.delete(out.resolve("shard-00005.avro"));
    Files.writeString(out.resolve("shard-00002.avro.part"), "half");
    var kept = Files.getLastModifiedTime(out.resolve("shard-00001.avro"));
    Manifest second = new DataJob(recipe, out).run(2);
    assertThat(second).isEqualTo(first);
    assertThat(Files.getLastModifiedTime(out.resolve("shard-00001.avro"))).isEqualTo(kept);
    assertThat(out.resolve("shard-00002.avro.part")).doesNotExist();
  }

  @Test
  void aRunThatWasKilledGoesOnToTheSameBytes() throws Exception {
    DataRecipe recipe =
        generated(KilledRun.COUNT, KilledRun.SHARDS, KilledRun.FILTERS, KilledRun.NAME);
    Path out = folder.resolve("killed");
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.addAll(List.of("-Xmx512m", "-Djava.awt.headless=true"));
    command.addAll(List.of("--add-opens=java.base/java.util=ALL-UNNAMED"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(KilledRun.class.getName(), out.toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    try {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
      while (!Files.exists(out) || shards(out) == 0) {
        assertThat(process.isAlive()).as("%s", folder.resolve("log")).isTrue();
        assertThat(System.nanoTime()).isLessThan(deadline);
        Thread.sleep(2);
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    long before = shards(out);
    System.out.println("DataJobTest killed after " + before + " shards");
    assertThat(out.resolve("manifest.json")).doesNotExist();
    Manifest resumed = new DataJob(recipe, out).run(2);
    Manifest whole = new DataJob(recipe, folder.resolve("whole")).run(1);
    assertThat(shardHashes(resumed)).isEqualTo(shardHashes(whole));
  }

  private static long shards(Path out) throws IOException {
    try (var files = Files.list(out)) {
      return files.filter(file -> file.toString().endsWith(".avro")).count();
    }
  }

  private static Sample text(String id, String topic, String text) {
    return new Sample(
        id,
        Category.TEXT,
        topic,
        "test",
        0,
        List.of(Part.text(text)),
        List.of(),
        Optional.empty(),
        Map.of());
  }

  private Path shardsOf(List<Sample> samples) throws IOException {
    Path source = folder.resolve("source");
    try (ShardSetWriter writer = new ShardSetWriter(source, 0, "test", 40)) {
      for (Sample sample : samples) {
        writer.write(sample);
      }
      writer.finish();
    }
    return source;
  }

  @Test
  void duplicatesGoAndOneOfEachStays() throws IOException {
    Generator prose = Generators.standard().named("text-prose");
    List<Sample> samples = new ArrayList<>();
    Set<String> originals = new HashSet<>();
    for (int i = 0; i < 60; i++) {
      String text = ((Part.Text) prose.generate(3, i).parts().get(0)).text();
      samples.add(text("a" + i, "x", text));
      originals.add(text);
      if (i % 3 == 0) {
        samples.add(text("b" + i, "x", text));
        samples.add(text("c" + i, "x", text + " And that is all."));
      }
    }
    String source = shardsOf(samples).toString();
    Filters filters = new Filters(true, 0, 0, 0);
    Origin origin = new Origin.Shards(List.of(source));
    DataRecipe recipe = new DataRecipe(origin, SEED, 3, List.of(), filters, 0);
    Manifest one = new DataJob(recipe, folder.resolve("one")).run(1);
    Manifest two = new DataJob(recipe, folder.resolve("two")).run(2);
    assertThat(one).isEqualTo(two);
    assertThat(one.records()).isEqualTo(60);
    Set<String> numbers = new HashSet<>();
    read(folder.resolve("one")).forEach(sample -> numbers.add(sample.id().substring(1)));
    assertThat(numbers).hasSize(60);
  }

  @Test
  void quotasBalanceTopicsWhateverTheParallelism() throws IOException {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      samples.add(text("s" + i, i % 10 == 0 ? "rare" : "common", "text number " + i));
    }
    Origin origin = new Origin.Shards(List.of(shardsOf(samples).toString()));
    DataRecipe recipe = new DataRecipe(origin, SEED, 2, List.of(), new Filters(false, 0, 15, 0), 0);
    Manifest one = new DataJob(recipe, folder.resolve("one")).run(1);
    assertThat(new DataJob(recipe, folder.resolve("two")).run(2)).isEqualTo(one);
    assertThat(one.records()).isEqualTo(25);
    assertThat(read(folder.resolve("one"))).filteredOn(s -> s.topic().equals("rare")).hasSize(10);
  }

  @Test
  void augmentedCopiesStandBesideTheirOriginals() throws IOException {
    TreeMap<String, Double> mix = new TreeMap<>(Map.of("ocr-word", 1.0));
    DataRecipe recipe =
        new DataRecipe(new Origin.Generated(mix, 10), SEED, 2, List.of(), Filters.NONE, 2);
    assertThat(new DataJob(recipe, folder.resolve("out")).run(2).records()).isEqualTo(30);
  }

  @Test
  void whatCannotBeDoneIsSaidInOneSentence() throws IOException {
    Path out = folder.resolve("out");
    new DataJob(generated(10, 1, Filters.NONE, "text-code"), out).run(1);
    assertThatThrownBy(() -> new DataJob(generated(11, 1, Filters.NONE, "text-code"), out).run(1))
        .isInstanceOf(SampleException.class)
        .hasMessageContaining("was begun with other settings");
    Path source = shardsOf(List.of(text("a", "x", "one"), text("b", "x", "two")));
    Path shard = source.resolve("shard-00000.avro");
    byte[] bytes = Files.readAllBytes(shard);
    bytes[bytes.length - 20] ^= 4;
    Files.write(shard, bytes);
    DataRecipe recipe =
        new DataRecipe(
            new Origin.Shards(List.of(source.toString())), SEED, 1, List.of(), Filters.NONE, 0);
    assertThatThrownBy(() -> new DataJob(recipe, folder.resolve("other")).run(1))
        .isInstanceOf(SampleException.class)
        .hasMessageContaining(shard + " is damaged in the block of bytes");
  }
}
