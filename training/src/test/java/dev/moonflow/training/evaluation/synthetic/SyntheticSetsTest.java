package dev.moonflow.training.evaluation.synthetic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moonflow.kernels.RgbImage;
import dev.moonflow.training.evaluation.item.Item;
import dev.moonflow.training.evaluation.item.ItemRequest;
import dev.moonflow.training.evaluation.item.ItemSource;
import dev.moonflow.training.evaluation.media.Media;
import dev.moonflow.training.evaluation.metric.Target;
import dev.moonflow.training.evaluation.task.TaskCatalog;
import dev.moonflow.training.evaluation.task.TaskDefinition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SyntheticSetsTest {
  static Stream<TaskDefinition> tasks() {
    return TaskCatalog.builtIn().all().stream().filter(t -> t.loader().startsWith("made-"));
  }

  private static List<Item> items(TaskDefinition task, long seed, int items) {
    List<Item> made = new ArrayList<>();
    ItemRequest request = new ItemRequest(task, Optional.empty(), seed, items, null);
    try (ItemSource source = SyntheticSets.openers().get(task.loader()).open(request)) {
      source.forEachRemaining(entry -> made.add((Item) entry));
      assertThat(made).hasSize(source.count().orElseThrow());
    }
    return made;
  }

  private static byte[] pixels(Item item, TaskDefinition task) {
    List<RgbImage> images = new ArrayList<>();
    for (Media media : item.media()) {
      images.addAll(media.images(task.media()));
    }
    byte[] all = new byte[images.stream().mapToInt(i -> i.rgb().length).sum()];
    int at = 0;
    for (RgbImage image : images) {
      System.arraycopy(image.rgb(), 0, all, at, image.rgb().length);
      at += image.rgb().length;
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void aSetIsAFunctionOfItsSeed(TaskDefinition task) {
    List<Item> items = items(task, 1, Integer.MAX_VALUE);
    assertThat(items).hasSizeBetween(24, 60);
    List<Item> first = items(task, 1, 5);
    List<Item> other = items(task, 2, 5);
    boolean differs = false;
    for (int i = 0; i < 5; i++) {
      assertThat(first.get(i).question()).isEqualTo(items.get(i).question());
      assertThat(first.get(i).target()).isEqualTo(items.get(i).target());
      byte[] drawn = pixels(items.get(i), task);
      assertThat(pixels(first.get(i), task)).isEqualTo(drawn);
      differs |= !Arrays.equals(pixels(other.get(i), task), drawn);
    }
    assertThat(differs).as("another seed draws other pictures").isTrue();
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void everyAnswerIsRightByItsOwnMetric(TaskDefinition task) {
    Set<Integer> letters = new TreeSet<>();
    Set<String> ids = new HashSet<>();
    for (Item item : items(task, 3, Integer.MAX_VALUE)) {
      assertThat(ids.add(item.id())).isTrue();
      Target target = item.target();
      String right = target.describe();
      if (target instanceof Target.Place place) {
        double x = (place.box().left() + place.box().right()) / 2 / place.width();
        double y = (place.box().top() + place.box().bottom()) / 2 / place.height();
        right = "(" + x + ", " + y + ")";
        assertThat(place.box().right()).isLessThanOrEqualTo(place.width());
        assertThat(place.box().bottom()).isLessThanOrEqualTo(place.height());
      } else if (target instanceof Target.Choice choice) {
        letters.add(choice.correct());
        assertThat(new HashSet<>(choice.options())).hasSameSizeAs(choice.options());
      }
      double worth = task.judge().judge(right, target).portion().part();
      assertThat(worth).as(item.id()).isEqualTo(task.judge().isErrorRate() ? 0 : 1);
      assertThat(item.groups().keySet()).containsAll(task.buckets());
    }
    if (!letters.isEmpty()) {
      assertThat(letters).as("the right option is not always in one place").hasSizeGreaterThan(2);
    }
  }

  @Test
  void streamsOfNeighboursHaveNothingInCommon() {
    Set<Long> drawn = new HashSet<>();
    for (int index = 0; index < 50; index++) {
      SplittableRandom random = Streams.of(17, "charts", index);
      for (int i = 0; i < 100; i++) {
        assertThat(drawn.add(random.nextLong())).isTrue();
      }
    }
  }

  @Test
  void numbersNearTheRightOneAreOffered() {
    for (int right = 0; right < 8; right++) {
      Target.Choice choice = Choices.ofNumber(right, Streams.of(1, "numbers", right));
      assertThat(choice.options()).hasSize(4).doesNotHaveDuplicates();
      assertThat(choice.options().get(choice.correct())).isEqualTo(Integer.toString(right));
    }
  }
}
