package dev.moonflow.training.evaluation.synthetic;

import dev.moonflow.kernels.RgbImage;
import dev.moonflow.training.evaluation.item.Item;
import dev.moonflow.training.evaluation.item.ItemRequest;
import java.awt.Color;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Video perception: what a shape does from frame to frame. */
final class MotionQuestions implements ItemMaker {
  private static final int SIDE = 140;
  private static final int FRAMES = 6;
  private static final double SIZE = 30;

  /** From where it moves where, and how it grows; in shares of the way. */
  private record Motion(double dx, double dy, double growth) {}

  private static final Map<String, Motion> MOTIONS = new LinkedHashMap<>();

  static {
    MOTIONS.put("It moves to the left.", new Motion(-1, 0, 0));
    MOTIONS.put("It moves to the right.", new Motion(1, 0, 0));
    MOTIONS.put("It moves up.", new Motion(0, -1, 0));
    MOTIONS.put("It moves down.", new Motion(0, 1, 0));
    MOTIONS.put("It becomes larger.", new Motion(0, 0, 1));
    MOTIONS.put("It becomes smaller.", new Motion(0, 0, -1));
    MOTIONS.put("It does not change.", new Motion(0, 0, 0));
  }

  private static final List<String> NAMES = List.copyOf(MOTIONS.keySet());

  @Override
  public Item make(String id, int index, SplittableRandom random, ItemRequest request) {
    String what = NAMES.get(index % NAMES.size());
    String form = Words.one(List.of("circle", "square", "triangle"), random);
    Color colour = new Color(Words.one(List.of(0xC62828, 0x2E7D32, 0x1565C0), random));
    double offset = random.nextDouble(-15, 15);
    Motion motion = MOTIONS.get(what);
    return new Item(
        id,
        "The images are frames of a video. What does the " + form + " do?",
        "",
        List.of(b -> draw(form, colour, motion, offset)),
        Choices.of(what, NAMES, random),
        Map.of(
            "motion",
            motion.growth() != 0 ? "size" : motion.dx() + motion.dy() != 0 ? "place" : "none"));
  }

  private static List<RgbImage> draw(String form, Color colour, Motion motion, double offset) {
    List<RgbImage> frames = new ArrayList<>();
    for (int frame = 0; frame < FRAMES; frame++) {
      double way = 2.0 * frame / (FRAMES - 1) - 1;
      double size = SIZE * (1 + 0.6 * motion.growth() * way);
      double x = SIDE / 2.0 + 40 * motion.dx() * way + (motion.dx() == 0 ? offset : 0);
      double y = SIDE / 2.0 + 40 * motion.dy() * way + (motion.dy() == 0 ? offset : 0);
      Canvas canvas = new Canvas(SIDE, SIDE, new Color(0xF4F1E8));
      canvas.fill(SceneQuestions.shape(form, x - size / 2, y - size / 2, size), colour);
      frames.add(canvas.image());
    }
    return frames;
  }
}
