package dev.moonflow.training.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardTest {
  private static final int COUNT = 700;
  private static final List<Sample> SAMPLES = SampleMaker.make(0, COUNT);

  @TempDir Path folder;

  private ShardInfo write(String name, List<Sample> samples) throws IOException {
    try (ShardWriter writer = new ShardWriter(folder.resolve(name))) {
      for (Sample sample : samples) {
        writer.write(sample);
      }
      return writer.finish();
    }
  }

  @Test
  void whatWasWrittenIsReadInOrderAndFromAnywhere() throws IOException {
    ShardInfo info = write("a.avro", SAMPLES);
    assertThat(folder.toFile().list()).containsExactly("a.avro");
    assertThat(info).isEqualTo(ShardInfo.of(folder.resolve("a.avro")));
    assertThat(info.records()).isEqualTo(COUNT);
    try (ShardReader reader = new ShardReader(folder.resolve("a.avro"))) {
      assertThat(reader).containsExactlyElementsOf(SAMPLES);
      SplittableRandom random = new SplittableRandom(5);
      for (int i = 0; i < 200; i++) {
        int index = random.nextInt(COUNT);
        assertThat(reader.get(index)).isEqualTo(SAMPLES.get(index));
      }
      assertThat(reader.from(690))
          .toIterable()
          .containsExactlyElementsOf(SAMPLES.subList(690, COUNT));
      assertThatThrownBy(() -> reader.get(COUNT)).isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void equalExamplesGiveEqualFilesAndAvroReadsThem() throws IOException {
    ShardInfo first = write("a.avro", SAMPLES);
    byte[] bytes = Files.readAllBytes(folder.resolve("a.avro"));
    assertThat(write("a.avro", SAMPLES)).isEqualTo(first);
    assertThat(Files.readAllBytes(folder.resolve("a.avro"))).isEqualTo(bytes);
    assertThat(HexFormat.of().formatHex(Digests.sha256(bytes))).isEqualTo(first.sha256());
    try (DataFileReader<GenericRecord> avro =
        new DataFileReader<>(folder.resolve("a.avro").toFile(), new GenericDatumReader<>())) {
      int index = 0;
      for (GenericRecord record : avro) {
        assertThat(record.get("id").toString()).isEqualTo(SAMPLES.get(index++).id());
      }
      assertThat(index).isEqualTo(COUNT);
    }
  }

  @Test
  void anEmptyShardIsAShard() throws IOException {
    assertThat(write("empty.avro", List.of()).records()).isZero();
    try (ShardReader reader = new ShardReader(folder.resolve("empty.avro"))) {
      assertThat(reader.iterator()).isExhausted();
    }
  }

  @Test
  void anAbandonedShardLeavesNothing() throws IOException {
    try (ShardWriter writer = new ShardWriter(folder.resolve("a.avro"))) {
      writer.write(SAMPLES.get(0));
    }
    assertThat(folder.toFile().list()).isEmpty();
  }

  @Test
  void aShardCutShortAnywhereStopsWithOneSentence() throws IOException {
    write("a.avro", SAMPLES.subList(0, 50));
    byte[] bytes = Files.readAllBytes(folder.resolve("a.avro"));
    SplittableRandom random = new SplittableRandom(6);
    for (int i = 0; i < 60; i++) {
      Path cut = folder.resolve("cut.avro");
      Files.write(
          cut, Arrays.copyOf(bytes, i == 0 ? bytes.length - 1 : random.nextInt(bytes.length)));
      assertThatThrownBy(() -> ShardInfo.of(cut))
          .isInstanceOf(SampleException.class)
          .hasMessageContaining(cut.toString())
          .hasMessageContaining("cut short");
    }
  }

  @Test
  void aFlippedBitAnywhereBehindTheHeaderIsFoundWithItsOffset() throws IOException {
    ShardInfo info = write("a.avro", SAMPLES);
    byte[] bytes = Files.readAllBytes(folder.resolve("a.avro"));
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 40; i++) {
      byte[] changed = bytes.clone();
      int at = random.nextInt(20_000, (int) info.bytes());
      changed[at] ^= (byte) (1 << random.nextInt(8));
      Path damaged = folder.resolve("damaged.avro");
      Files.write(damaged, changed);
      assertThatThrownBy(() -> ShardInfo.of(damaged))
          .isInstanceOf(SampleException.class)
          .hasMessageContaining(damaged.toString())
          .satisfies(
              e -> {
                String[] words =
                    e.getMessage().replaceAll(".*bytes (\\d+) to (\\d+).*", "$1 $2").split(" ");
                assertThat(at).isBetween(Integer.parseInt(words[0]), Integer.parseInt(words[1]));
              });
    }
  }

  @Test
  void aFlippedBitInTheHeaderNeverChangesWhatIsRead() throws IOException {
    write("a.avro", SAMPLES.subList(0, 30));
    byte[] bytes = Files.readAllBytes(folder.resolve("a.avro"));
    SplittableRandom random = new SplittableRandom(8);
    for (int i = 0; i < 200; i++) {
      byte[] changed = bytes.clone();
      changed[random.nextInt(3000)] ^= (byte) (1 << random.nextInt(8));
      Path damaged = folder.resolve("header.avro");
      Files.write(damaged, changed);
      try (ShardReader reader = new ShardReader(damaged)) {
        assertThat(reader).containsExactlyElementsOf(SAMPLES.subList(0, 30));
      } catch (SampleException e) {
        assertThat(e).hasMessageContaining(damaged.toString());
      }
    }
  }

  @Test
  void aFolderOfShardsReadsAsOneList() throws IOException {
    Manifest manifest;
    try (ShardSetWriter writer = new ShardSetWriter(folder.resolve("set"), 9, "recipe", 64)) {
      for (Sample sample : SAMPLES) {
        writer.write(sample);
      }
      manifest = writer.finish();
    }
    try (ShardSet set = ShardSet.open(folder.resolve("set"))) {
      assertThat(set.manifest()).isEqualTo(manifest);
      assertThat(set.manifest().shards()).hasSize(11);
      assertThat(set.manifest().categories().values().stream().mapToLong(n -> n).sum())
          .isEqualTo(COUNT);
      assertThat(set).containsExactlyElementsOf(SAMPLES);
      assertThat(set.from(333)).toIterable().containsExactlyElementsOf(SAMPLES.subList(333, COUNT));
      set.verify();
    }
  }

  @Test
  void aFolderThatIsNotWholeIsRefusedInOneSentence() throws IOException {
    Path set = folder.resolve("set");
    assertThatThrownBy(() -> ShardSet.open(set)).hasMessageContaining("there is no folder " + set);
    assertThatThrownBy(() -> ShardSet.open(folder)).hasMessageContaining("has no manifest.json");
    try (ShardSetWriter writer = new ShardSetWriter(set, 9, "recipe", 20)) {
      for (Sample sample : SAMPLES.subList(0, 50)) {
        writer.write(sample);
      }
      writer.finish();
    }
    Path shard = set.resolve("shard-00001.avro");
    byte[] bytes = Files.readAllBytes(shard);
    Files.write(shard, Arrays.copyOf(bytes, bytes.length - 3));
    assertThatThrownBy(() -> ShardSet.open(set))
        .isInstanceOf(SampleException.class)
        .hasMessageContaining(shard + " is cut short");
    bytes[bytes.length / 2] ^= 1;
    Files.write(shard, bytes);
    try (ShardSet opened = ShardSet.open(set)) {
      assertThatThrownBy(opened::verify).hasMessageContaining(shard + " is damaged");
    }
    Files.delete(shard);
    assertThatThrownBy(() -> ShardSet.open(set)).hasMessageContaining("not there");
    Files.writeString(set.resolve("manifest.json"), "{\"format\": 1,");
    assertThatThrownBy(() -> ShardSet.open(set)).hasMessageContaining("manifest.json");
  }
}
