package dev.moonflow.training.evaluation.synthetic;

import dev.moonflow.kernels.RgbImage;
import dev.moonflow.training.evaluation.item.Item;
import dev.moonflow.training.evaluation.item.ItemRequest;
import dev.moonflow.training.evaluation.metric.Target;
import java.awt.Color;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Academic questions: a bar chart of four to six goods, read with four options. */
final class ChartQuestions implements ItemMaker {
  private static final int WIDTH = 392;
  private static final int HEIGHT = 280;
  private static final int FLOOR = HEIGHT - 44;
  private static final int STEP = 5;
  private static final int HIGHEST = 18;
  private static final Color INK = new Color(0x222222);
  private static final Color BAR = new Color(0x3B6EA8);

  @Override
  public Item make(String id, int index, SplittableRandom random, ItemRequest request) {
    int bars = 4 + random.nextInt(3);
    List<String> names = Words.some(bars, Words.GOODS, random);
    List<Integer> heights = Words.some(bars, heights(), random);
    String question;
    Target target;
    switch (index % 3) {
      case 0 -> {
        question = "Which item has the highest value in the chart?";
        target = Choices.of(names.get(extreme(heights, 1)), names, random);
      }
      case 1 -> {
        question = "Which item has the lowest value in the chart?";
        target = Choices.of(names.get(extreme(heights, -1)), names, random);
      }
      default -> {
        int asked = random.nextInt(bars);
        question = "What is the value of " + names.get(asked) + " in the chart?";
        List<String> values = heights.stream().map(String::valueOf).toList();
        target = Choices.of(values.get(asked), values, random);
      }
    }
    Map<String, String> groups =
        Map.of("question", List.of("highest", "lowest", "value").get(index % 3));
    return new Item(id, question, "", List.of(b -> draw(names, heights)), target, groups);
  }

  private static List<Integer> heights() {
    List<Integer> heights = new ArrayList<>();
    for (int i = 1; i <= HIGHEST; i++) {
      heights.add(i * STEP);
    }
    return heights;
  }

  private static int extreme(List<Integer> values, int sign) {
    int best = 0;
    for (int i = 1; i < values.size(); i++) {
      if (sign * values.get(i) > sign * values.get(best)) {
        best = i;
      }
    }
    return best;
  }

  private static List<RgbImage> draw(List<String> names, List<Integer> heights) {
    Canvas canvas = new Canvas(WIDTH, HEIGHT, Color.WHITE);
    canvas.centered("Units sold", WIDTH / 2.0, 22, 16, INK);
    double slot = (WIDTH - 30.0) / names.size();
    for (int i = 0; i < names.size(); i++) {
      double x = 20 + slot * i;
      double height = 2.0 * heights.get(i);
      canvas.fill(new Rectangle2D.Double(x + slot * 0.2, FLOOR - height, slot * 0.6, height), BAR);
      canvas.centered(Integer.toString(heights.get(i)), x + slot / 2, FLOOR - height - 4, 13, INK);
      canvas.centered(names.get(i), x + slot / 2, FLOOR + 18, 13, INK);
    }
    canvas.outline(new Line2D.Double(14, FLOOR, WIDTH - 10, FLOOR), 1.5, INK);
    return List.of(canvas.image());
  }
}
