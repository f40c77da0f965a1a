package dev.moonflow.training.evaluation.needle;

import dev.moonflow.training.evaluation.EvaluationException;
import dev.moonflow.training.evaluation.item.DamagedItem;
import dev.moonflow.training.evaluation.item.Entry;
import dev.moonflow.training.evaluation.item.ItemOpener;
import dev.moonflow.training.evaluation.item.ItemRequest;
import dev.moonflow.training.evaluation.item.ItemSource;
import dev.moonflow.training.evaluation.item.PromptCosts;
import dev.moonflow.training.evaluation.synthetic.FrameNeedles;
import dev.moonflow.training.evaluation.synthetic.Streams;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.function.Function;

/** The needles of some settings: by length, then depth, then repeat. */
final class NeedleItems implements ItemSource {
  /** Control tokens and the default system prompt of a conversation, generously. */
  private static final int CONVERSATION_TOKENS = 32;

  /** Control tokens around an image. */
  private static final int IMAGE_FRAME_TOKENS = 4;

  private final NeedleSettings settings;
  private final PromptCosts costs;
  private int next;

  NeedleItems(NeedleSettings settings, PromptCosts costs) {
    this.settings = settings;
    this.costs = costs;
  }

  /** The settings as they stand in a task definition. */
  static ItemOpener opener(NeedleKind kind) {
    return request -> {
      NeedleSettings settings =
          new NeedleSettings(
              kind,
              list(request, "lengths", "1024,2048,4096,8192", Integer::valueOf),
              list(request, "depths", "0,0.25,0.5,0.75,1", Double::valueOf),
              request.task().number("repeats", 1),
              request.seed(),
              request.task().generation().plain(),
              request.task().generation().maxNewTokens());
      return new NeedleItems(settings, request.costs());
    };
  }

  private static <T> List<T> list(
      ItemRequest request, String key, String otherwise, Function<String, T> parse) {
    List<T> values = new ArrayList<>();
    for (String value : request.task().setting(key, otherwise).split(",")) {
      try {
        values.add(parse.apply(value.strip()));
      } catch (NumberFormatException e) {
        throw new EvaluationException(
            "task %s: settings.%s must be numbers with commas between, got \"%s\"."
                .formatted(request.task().name(), key, value),
            e);
      }
    }
    return values;
  }

  @Override
  public OptionalInt count() {
    return OptionalInt.of(settings.needles());
  }

  @Override
  public boolean hasNext() {
    return next < settings.needles();
  }

  @Override
  public Entry next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    int index = next++;
    int repeat = index % settings.repeats();
    int cell = index / settings.repeats();
    double depth = settings.depths().get(cell % settings.depths().size());
    int length = settings.lengths().get(cell / settings.depths().size());
    String id = String.format(Locale.ROOT, "%d-tokens-depth-%.2f-%d", length, depth, repeat);
    Map<String, String> groups =
        Map.of(
            "length", Integer.toString(length), "depth", String.format(Locale.ROOT, "%.2f", depth));
    SplittableRandom random = Streams.of(settings.seed(), settings.kind().name(), index);
    return settings.kind() == NeedleKind.TEXT
        ? TextHaystack.item(id, room(length), depth, settings.plain(), random, costs, groups)
        : video(id, length, depth, random, groups);
  }

  private int room(int length) {
    return settings.plain() ? length : length - CONVERSATION_TOKENS;
  }

  private Entry video(
      String id, int length, double depth, SplittableRandom random, Map<String, String> groups) {
    int frame = costs.image(FrameNeedles.WIDTH, FrameNeedles.HEIGHT) + IMAGE_FRAME_TOKENS;
    int frames = (room(length) - costs.text(FrameNeedles.QUESTION)) / frame;
    if (frames < 1) {
      return new DamagedItem(
          id, "a frame takes " + frame + " tokens: " + length + " tokens hold none.");
    }
    int needle = (int) Math.round(depth * (frames - 1));
    return FrameNeedles.item(id, frames, needle, random, groups);
  }
}
