package dev.moonflow.training.evaluation.synthetic;

import dev.moonflow.kernels.RgbImage;
import dev.moonflow.training.evaluation.item.Item;
import dev.moonflow.training.evaluation.item.ItemRequest;
import dev.moonflow.training.evaluation.metric.Target;
import java.awt.Color;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** OCR: one line of text in one of three sizes, on light or dark ground. */
final class TextLines implements ItemMaker {
  private static final List<Integer> SIZES = List.of(14, 20, 28);

  @Override
  public Item make(String id, int index, SplittableRandom random, ItemRequest request) {
    String text = Words.sentence(random);
    int size = SIZES.get(index % SIZES.size());
    boolean dark = random.nextInt(4) == 0;
    return new Item(
        id,
        "Read the text in the image.",
        "",
        List.of(b -> List.of(draw(text, size, dark))),
        new Target.Text(List.of(text)),
        Map.of("size", Integer.toString(size)));
  }

  private static RgbImage draw(String text, int size, boolean dark) {
    Color ink = dark ? new Color(0xF2F2F2) : new Color(0x1C1C1C);
    Color ground = dark ? new Color(0x23303F) : Color.WHITE;
    int width = (int) Math.ceil(Canvas.width(text, size)) + 24;
    Canvas canvas = new Canvas(width, Math.max(42, 2 * size), ground);
    canvas.text(text, 12, Math.max(42, 2 * size) / 2.0 + size * 0.35, size, ink);
    return canvas.image();
  }
}
