package dev.moonflow.training.evaluation.heldout;

import dev.moonflow.training.data.Draw;
import dev.moonflow.training.data.Generator;
import dev.moonflow.training.data.generate.Generators;
import dev.moonflow.training.data.print.Side;
import dev.moonflow.training.evaluation.EvaluationException;
import dev.moonflow.training.evaluation.item.Entry;
import dev.moonflow.training.evaluation.item.ItemOpener;
import dev.moonflow.training.evaluation.item.ItemRequest;
import dev.moonflow.training.evaluation.item.ItemSource;
import dev.moonflow.training.sample.Sample;
import dev.moonflow.training.sample.SampleException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.OptionalInt;

/**
 * Examples of held-out generators in turn, as items. Where the whole text of an example is what is
 * read, only texts whose hash is held out are taken. The first n of a longer set are the same n.
 */
public final class HeldOutItems implements ItemSource {
  /** The loader's name in task definitions. */
  public static final String LOADER = "held-out";

  private static final String PREFIX = "held-out-";
  private static final int ITEMS_DEFAULT = 200;

  /** Examples looked at for an item; one in ten is expected to be held out. */
  private static final int TRIES = 2_000;

  private final ItemRequest request;
  private final List<Generator> generators;
  private final long[] taken;
  private final long seed;
  private final int items;
  private int next;

  private HeldOutItems(ItemRequest request, List<Generator> generators) {
    this.request = request;
    this.generators = generators;
    this.taken = new long[generators.size()];
    this.seed = seed(request.seed());
    this.items =
        request.items() == Integer.MAX_VALUE
            ? request.task().number("items", ITEMS_DEFAULT)
            : request.items();
  }

  /** The seed of an evaluation's examples: none that a recipe writes down. */
  public static long seed(long evaluation) {
    return Draw.key("held-out evaluation", evaluation, 0);
  }

  /** The opener by the name that task definitions use. */
  public static Map<String, ItemOpener> openers() {
    return Map.of(LOADER, HeldOutItems::open);
  }

  private static ItemSource open(ItemRequest request) {
    Generators all = Generators.standard();
    List<Generator> generators = new ArrayList<>();
    for (String name : request.task().setting("generators", "").split("[,\\s]+")) {
      if (!name.startsWith(PREFIX)) {
        throw new EvaluationException(
            "task %s: settings.generators must name held-out generators, got \"%s\"."
                .formatted(request.task().name(), name));
      }
      try {
        generators.add(all.named(name));
      } catch (SampleException e) {
        throw new EvaluationException(
            "task %s: %s.".formatted(request.task().name(), e.getMessage()), e);
      }
    }
    return new HeldOutItems(request, generators);
  }

  @Override
  public OptionalInt count() {
    return OptionalInt.of(items);
  }

  @Override
  public boolean hasNext() {
    return next < items;
  }

  @Override
  public Entry next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    int turn = next++ % generators.size();
    try {
      return SampleItem.of(sample(turn), request.task());
    } catch (SampleException e) {
      throw new EvaluationException(e.getMessage() + ".", e);
    }
  }

  private Sample sample(int turn) {
    Generator generator = generators.get(turn);
    for (int i = 0; i < TRIES; i++) {
      Sample sample = generator.generate(seed, taken[turn]++);
      boolean line = sample.topic().equals("ocr/line");
      if (!line || Side.of(sample.answer().orElseThrow()) == Side.HELD_OUT) {
        return sample;
      }
    }
    throw new EvaluationException(
        "the generator %s has no held-out line among %d.".formatted(generator.name(), TRIES));
  }
}
