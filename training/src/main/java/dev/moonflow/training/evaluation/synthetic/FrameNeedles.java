package dev.moonflow.training.evaluation.synthetic;

import dev.moonflow.kernels.RgbImage;
import dev.moonflow.training.evaluation.item.Item;
import dev.moonflow.training.evaluation.item.ItemRequest;
import dev.moonflow.training.evaluation.metric.Target;
import java.awt.Color;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Long videos: a ball crosses the frames, and one frame shows the number that is asked for. */
public final class FrameNeedles implements ItemMaker {
  /** Width of a frame in pixels. */
  public static final int WIDTH = 168;

  /** Height of a frame in pixels. */
  public static final int HEIGHT = 112;

  /** What is asked. */
  public static final String QUESTION =
      "One frame of the video shows a number. What is the number?";

  private static final List<Integer> FRAMES = List.of(8, 16, 32);
  private static final int DIGITS = 4;

  @Override
  public Item make(String id, int index, SplittableRandom random, ItemRequest request) {
    int frames = FRAMES.get(index % FRAMES.size());
    return item(
        id, frames, random.nextInt(frames), random, Map.of("frames", Integer.toString(frames)));
  }

  /** A video of so many frames with the number on one of them. */
  public static Item item(
      String id, int frames, int needle, SplittableRandom random, Map<String, String> groups) {
    String code = Words.code(DIGITS, random);
    int phase = random.nextInt(1000);
    return new Item(
        id,
        QUESTION,
        "",
        List.of(b -> draw(frames, needle, code, phase)),
        new Target.Text(List.of(code)),
        groups);
  }

  private static List<RgbImage> draw(int frames, int needle, String code, int phase) {
    List<RgbImage> video = new ArrayList<>();
    for (int frame = 0; frame < frames; frame++) {
      Canvas canvas = new Canvas(WIDTH, HEIGHT, new Color(0xBFD7EA));
      canvas.fill(new Rectangle2D.Double(0, HEIGHT - 30, WIDTH, 30), new Color(0x6B8E4E));
      double x = 10 + (phase + 9 * frame) % (WIDTH - 40);
      double y = HEIGHT - 50 - 22 * Math.abs(Math.sin((phase + frame) * 0.6));
      canvas.fill(new Ellipse2D.Double(x, y, 22, 22), new Color(0xC8452F));
      if (frame == needle) {
        canvas.fill(new Rectangle2D.Double(34, 14, 100, 40), Color.WHITE);
        canvas.centered(code, WIDTH / 2.0, 45, 32, new Color(0x111111));
      }
      video.add(canvas.image());
    }
    return video;
  }
}
