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
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataJobTest {
  private static final long SEED = 17;

  @TempDir Path folder;

  private static List<Sample> read(Path folder) {
    try (ShardSet set = ShardSet.open(folder)) {
      List<Sample> samples = new ArrayList<>();
      set.forEach(samples::add);
      return samples;
    }
  }

  @Test
  void aRunThatWasKilledGoesOnToTheBytesOfAWholeOneWhateverTheParallelism() throws Exception {
    Path killed = folder.resolve("killed");
    kill(killed);
    assertThat(killed.resolve("manifest.json")).doesNotExist();
    Files.writeString(killed.resolve("shard-%05d.avro.part".formatted(missing(killed))), "half");
    Map<Path, FileTime> kept = times(killed);
    assertThat(kept).isNotEmpty().hasSizeLessThan(KilledRun.SHARDS);
    Manifest resumed = new DataJob(KilledRun.RECIPE, killed).run(2);
    assertThat(times(killed)).containsAllEntriesOf(kept);
    try (var files = Files.list(killed)) {
      assertThat(files.map(Path::toString)).noneMatch(name -> name.endsWith(".part"));
    }

    Path whole = folder.resolve("whole");
    assertThat(resumed).isEqualTo(new DataJob(KilledRun.RECIPE, whole).run(1));
    assertThat(resumed.records()).isEqualTo(KilledRun.COUNT);
    assertThat(resumed.categories()).containsOnlyKeys("ocr", "text");
    List<Sample> samples = read(whole);
    for (int i = 1; i < samples.size(); i++) {
      assertThat(Long.compareUnsigned(key(samples.get(i - 1)), key(samples.get(i)))).isNegative();
    }
    Sample sample = samples.get(50);
    Generator generator = Generators.standard().named(sample.source());
    long index = Long.parseLong(sample.id().substring(sample.id().lastIndexOf('-') + 1));
    assertThat(generator.generate(KilledRun.SEED, index)).isEqualTo(sample);
  }

  private static long key(Sample sample) {
    return StableOrder.key(sample.id(), KilledRun.SEED);
  }

  /** Begins the recipe in a process of its own and kills it behind the first shard. */
  private void kill(Path out) throws Exception {
    Path log = folder.resolve("log");
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.addAll(List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-Djava.awt.headless=true"));
    command.addAll(List.of("--add-opens=java.base/java.util=ALL-UNNAMED"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(KilledRun.class.getName(), out.toString()));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
      while (!Files.exists(out) || times(out).isEmpty()) {
        assertThat(process.isAlive()).as("%s", log).isTrue();
        assertThat(System.nanoTime()).isLessThan(deadline);
        Thread.sleep(2);
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private static int missing(Path out) {
    int shard = 0;
    while (Files.exists(out.resolve(ShardSetWriter.shardName(shard)))) {
      shard++;
    }
    return shard;
  }

  /** Finished shards and when they were written. */
  private static Map<Path, FileTime> times(Path out) throws IOException {
    Map<Path, FileTime> times = new TreeMap<>();
    try (var files = Files.list(out)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".avro")).toList()) {
        times.put(file, Files.getLastModifiedTime(file));
      }
    }
    return times;
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
  void duplicatesGoAndThenTopicsAreBalancedWhateverTheParallelism() throws IOException {
    Generator prose = Generators.standard().named("text-prose");
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      String text = ((Part.Text) prose.generate(3, i).parts().get(0)).text();
      String topic = i % 6 == 0 ? "rare" : "common";
      samples.add(text("a" + i, topic, text));
      if (i % 3 == 0) {
        samples.add(text("b" + i, topic, text));
        samples.add(text("c" + i, topic, text + " And that is all."));
      }
    }
    Origin origin = new Origin.Shards(List.of(shardsOf(samples).toString()));
    Filters filters = new Filters(true, 0, 45, 0);
    DataRecipe recipe = new DataRecipe(origin, SEED, 3, List.of(), filters, 0);
    Manifest one = new DataJob(recipe, folder.resolve("one")).run(1);
    assertThat(new DataJob(recipe, folder.resolve("two")).run(2)).isEqualTo(one);
    Set<String> rare = new TreeSet<>();
    Set<String> common = new TreeSet<>();
    for (Sample sample : read(folder.resolve("one"))) {
      (sample.topic().equals("rare") ? rare : common).add(sample.id().substring(1));
    }
    // Of 10 rare and 50 common texts one copy each stays; 5 common ones are too many.
    assertThat(rare).containsExactly("0", "12", "18", "24", "30", "36", "42", "48", "54", "6");
    assertThat(common).hasSize(45);
    assertThat(one.records()).isEqualTo(55);
  }

  @Test
  void augmentedCopiesStandBesideTheirOriginalsAndOtherSettingsAreRefused() throws IOException {
    Path out = folder.resolve("out");
    assertThat(new DataJob(words(10, 2), out).run(1).records()).isEqualTo(30);
    assertThatThrownBy(() -> new DataJob(words(11, 2), out).run(1))
        .isInstanceOf(SampleException.class)
        .hasMessageContaining("was begun with other settings");
  }

  private static DataRecipe words(long count, int copies) {
    TreeMap<String, Double> mix = new TreeMap<>(Map.of("ocr-word", 1.0));
    Origin origin = new Origin.Generated(mix, count);
    return new DataRecipe(origin, SEED, 2, List.of(), Filters.NONE, copies);
  }

  @Test
  void aDamagedShardStopsTheJobInOneSentence() throws IOException {
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
