package dev.moonflow.training.batch;

import static dev.moonflow.training.batch.BatchFixture.sample;
import static dev.moonflow.training.batch.BatchFixture.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moonflow.training.sample.Role;
import dev.moonflow.training.sample.SampleException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The order of data: nothing but counters, the same for any number of ranks. */
class MixtureSourceTest {
  private static final PackingSettings PACKING = new PackingSettings(40, 60, 1000, false, false);

  @TempDir static Path folder;
  static BatchFixture fixture;

  @BeforeAll
  static void write() throws IOException {
    fixture = new BatchFixture(folder);
  }

  private static SampleSource words(String name) {
    return k ->
        sample(
            name + k,
            text(Role.NONE, "word ".repeat(1 + (int) Math.floorMod(KeyedHash.bits(5, k), 9L))));
  }

  private static Mixture mixture() {
    return new Mixture(
        7,
        List.of(
            new Mixture.Entry("a", "text", 3, words("a")),
            new Mixture.Entry("b", "text", 1, words("b")),
            new Mixture.Entry("c", "other", 1, words("c"))));
  }

  private static MixtureSource source(int rank, int ranks) {
    return new MixtureSource(
        mixture(),
        fixture.encoder,
        PACKING,
        4,
        step -> Map.of("text", 0.75, "other", 0.25),
        new MixtureSource.Slice(rank, ranks));
  }

  private static List<String> names(List<MicroBatch> batches) {
    return batches.stream()
        .map(batch -> String.join(" ", batch.examples().stream().map(Example::id).toList()))
        .toList();
  }

  @Test
  void resumedSourceGoesOnExactlyWhereItWas() {
    List<List<String>> whole = new ArrayList<>();
    JsonNode state = null;
    try (MixtureSource source = source(0, 1)) {
      for (int step = 1; step <= 8; step++) {
        whole.add(names(source.next(step)));
        if (step == 3) {
          state = source.state();
        }
      }
    }
    try (MixtureSource source = source(0, 1)) {
      source.restore(state);
      for (int step = 4; step <= 8; step++) {
        assertThat(names(source.next(step))).isEqualTo(whole.get(step - 1));
      }
      source.restore(state); // also from a source that has prepared other steps already
      assertThat(names(source.next(4))).isEqualTo(whole.get(3));
    }
  }

  @Test
  void ranksTogetherSeeTheBatchesOfOne() {
    try (MixtureSource one = source(0, 1);
        MixtureSource first = source(0, 2);
        MixtureSource second = source(1, 2)) {
      for (int step = 1; step <= 5; step++) {
        List<String> all = names(one.next(step));
        List<String> even = names(first.next(step));
        List<String> odd = names(second.next(step));
        assertThat(List.of(even.get(0), odd.get(0), even.get(1), odd.get(1))).isEqualTo(all);
        assertThat(first.state()).isEqualTo(one.state()).isEqualTo(second.state());
      }
    }
  }

  @Test
  void batchesAreFullAndHoldEveryItemOnce() {
    try (MixtureSource source = source(0, 1)) {
      TreeSet<String> seen = new TreeSet<>();
      int items = 0;
      for (int step = 1; step <= 20; step++) {
        for (MicroBatch batch : source.next(step)) {
          assertThat(batch.packed().length()).isBetween(30, 60);
          items += batch.examples().size();
          batch.examples().forEach(example -> seen.add(example.id()));
        }
      }
      assertThat(seen).hasSize(items);
      assertThat(source.state().get("item").intValue()).isEqualTo(items);
    }
  }

  @Test
  void sharesAreKept() {
    Mixture mixture = mixture();
    int[] counts = new int[3];
    for (long item = 0; item < 20_000; item++) {
      counts[mixture.choose(item, Map.of("text", 0.8, "other", 0.2))]++;
    }
    assertThat(counts[0] / 20_000.0).isCloseTo(0.6, within(0.02));
    assertThat(counts[1] / 20_000.0).isCloseTo(0.2, within(0.02));
    assertThat(counts[2] / 20_000.0).isCloseTo(0.2, within(0.02));
    for (long item = 0; item < 1000; item++) {
      assertThat(mixture.choose(item, Map.of("other", 1.0))).isEqualTo(2);
    }
  }

  @Test
  void longExamplesAreCountedNeverSilent() {
    SampleSource mixed =
        k -> sample("x" + k, text(Role.NONE, "word ".repeat(k % 2 == 0 ? 3 : 200)));
    Mixture mixture = new Mixture(1, List.of(new Mixture.Entry("x", "main", 1, mixed)));
    for (boolean cut : new boolean[] {false, true}) {
      PackingSettings packing = new PackingSettings(40, 60, 1000, cut, false);
      try (MixtureSource source =
          new MixtureSource(
              mixture, fixture.encoder, packing, 1, step -> Map.of(), MixtureSource.Slice.WHOLE)) {
        source.next(1);
        source.next(2);
        assertThat(source.refusals())
            .containsOnlyKeys(cut ? "cut at the context's end" : "too long");
      }
    }
  }

  @Test
  void sourceOfNothingUsableStopsInsteadOfSearchingForEver() {
    SampleSource useless = k -> sample("u" + k, text(Role.USER, "Hello?"));
    Mixture mixture = new Mixture(1, List.of(new Mixture.Entry("u", "main", 1, useless)));
    try (MixtureSource source =
        new MixtureSource(
            mixture, fixture.encoder, PACKING, 1, step -> Map.of(), MixtureSource.Slice.WHOLE)) {
      assertThatThrownBy(() -> source.next(1))
          .isInstanceOf(SampleException.class)
          .hasMessageStartingWith("10000 examples in a row cannot be used; the last one: sample u");
    }
  }

  @Test
  void permutationHasEveryItemOnceAndDiffersFromEpochToEpoch() {
    for (long size : new long[] {1, 2, 3, 7, 64, 1000}) {
      TreeSet<Long> items = new TreeSet<>();
      KeyedPermutation order = new KeyedPermutation(9, size);
      for (long place = 0; place < size; place++) {
        items.add(order.at(place));
      }
      assertThat(items).hasSize((int) size);
      assertThat(items.last()).isEqualTo(size - 1);
    }
    ShuffledSource shuffled = new ShuffledSource(4, 50, i -> sample("i" + i, text(Role.NONE, "a")));
    List<String> first = ids(shuffled, 0);
    List<String> second = ids(shuffled, 50);
    assertThat(first).isNotEqualTo(second).containsExactlyInAnyOrderElementsOf(second);
    assertThat(ids(shuffled, 0)).isEqualTo(first);
  }

  private static List<String> ids(ShuffledSource source, int from) {
    List<String> ids = new ArrayList<>();
    for (int k = from; k < from + 50; k++) {
      ids.add(source.sample(k).id());
    }
    return ids;
  }
}
