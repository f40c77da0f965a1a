package dev.moonflow.training.data.render;

import dev.moonflow.training.sample.Part;
import dev.moonflow.training.sample.Region;
import dev.moonflow.training.sample.Sample;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/** Examples side by side on one image, so that a person can look: pictures, boxes, words. */
public final class ContactSheet {
  private static final int CELL_WIDTH = 330;
  private static final int CELL_HEIGHT = 350;
  private static final int PICTURE_HEIGHT = 215;
  private static final int LINES_MAX = 8;
  private static final int IMAGES_MAX = 6;
  private static final Color BOX = new Color(230, 0, 160);

  private ContactSheet() {}

  /**
   * A sheet.
   *
   * @param columns cells in a row
   */
  public static BufferedImage of(List<Sample> samples, int columns) {
    int rows = Math.max(1, (samples.size() + columns - 1) / columns);
    Canvas canvas = new Canvas(columns * CELL_WIDTH, rows * CELL_HEIGHT, new Color(238, 238, 238));
    for (int i = 0; i < samples.size(); i++) {
      cell(canvas, samples.get(i), i % columns * CELL_WIDTH, i / columns * CELL_HEIGHT);
    }
    return canvas.image();
  }

  private static void cell(Canvas canvas, Sample sample, int left, int top) {
    canvas.rectangle(
        new Box(left + 3, top + 3, left + CELL_WIDTH - 3, top + CELL_HEIGHT - 3), Color.WHITE);
    List<Integer> images = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < sample.parts().size(); i++) {
      if (sample.parts().get(i) instanceof Part.Text words) {
        text.append(words.role().name().charAt(0)).append(": ").append(words.text()).append('\n');
      } else if (images.size() < IMAGES_MAX) {
        images.add(i);
      }
    }
    int across = images.size() <= 1 ? 1 : images.size() <= 4 ? 2 : 3;
    int down = Math.max(1, (images.size() + across - 1) / across);
    int pictures = images.isEmpty() ? 0 : PICTURE_HEIGHT;
    for (int i = 0; i < images.size(); i++) {
      double wide = (CELL_WIDTH - 12.0) / across;
      double high = (double) pictures / down;
      double x = left + 6 + i % across * wide;
      double y = top + 6 + i / across * high;
      picture(canvas, sample, images.get(i), new Box(x, y, x + wide - 4, y + high - 4));
    }
    words(canvas, sample, text.toString(), left + 8, top + pictures + 18);
  }

  private static void picture(Canvas canvas, Sample sample, int part, Box room) {
    BufferedImage image = Images.decode((Part.Image) sample.parts().get(part));
    double scale =
        Math.min(2, Math.min(room.width() / image.getWidth(), room.height() / image.getHeight()));
    Graphics2D graphics = canvas.graphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.drawImage(
        image,
        (int) room.left(),
        (int) room.top(),
        (int) Math.max(1, image.getWidth() * scale),
        (int) Math.max(1, image.getHeight() * scale),
        null);
    for (Region region : sample.regions()) {
      if (region.part() == part) {
        canvas.outline(
            new Rectangle2D.Double(
                room.left() + region.left() * scale,
                room.top() + region.top() * scale,
                (region.right() - region.left()) * scale,
                (region.bottom() - region.top()) * scale),
            BOX,
            0.8);
      }
    }
  }

  private static void words(Canvas canvas, Sample sample, String text, int x, int y) {
    Font font = FontSet.common().pickPlain(dev.moonflow.training.data.Draw.of("sheet", 0, 0), 11);
    canvas.text(sample.id() + "  " + sample.topic(), font.deriveFont(Font.BOLD), Color.BLUE, x, y);
    int line = 1;
    for (String paragraph : text.split("\n")) {
      for (String each : Wrapping.lines(paragraph, font, CELL_WIDTH - 20)) {
        if (line
            > (sample.parts().stream().anyMatch(p -> p instanceof Part.Image) ? LINES_MAX : 22)) {
          return;
        }
        canvas.text(each, font, Color.BLACK, x, y + 13.5 * line++);
      }
    }
  }
}
