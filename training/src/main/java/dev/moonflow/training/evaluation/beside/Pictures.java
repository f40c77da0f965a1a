package dev.moonflow.training.evaluation.beside;

import dev.moonflow.kernels.RgbImage;
import dev.moonflow.training.data.Draw;
import dev.moonflow.training.data.render.Box;
import dev.moonflow.training.data.render.Canvas;
import dev.moonflow.training.data.render.FontSet;
import dev.moonflow.training.data.render.Images;
import dev.moonflow.training.data.render.Wrapping;
import dev.moonflow.training.evaluation.EvaluationException;
import dev.moonflow.training.evaluation.item.Entry;
import dev.moonflow.training.evaluation.item.Item;
import dev.moonflow.training.evaluation.item.ItemSource;
import dev.moonflow.training.evaluation.run.Answered;
import dev.moonflow.training.evaluation.task.TaskDefinition;
import dev.moonflow.training.sample.Role;
import java.awt.Color;
import java.awt.Font;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Sheets of what was answered well and badly: the image, what is right, and what was said. */
public final class Pictures {
  private static final int WIDTH = 900;
  private static final int IMAGE_WIDTH = 860;
  private static final int IMAGE_HEIGHT = 260;
  private static final int LINE = 17;
  private static final int LINES_MAX = 7;
  private static final Color WRONG = new Color(176, 0, 32);
  private static final Color RIGHT = new Color(0, 110, 50);

  private Pictures() {}

  /**
   * Writes {@code TASK-best.png} and {@code TASK-worst.png}.
   *
   * @param most on each sheet
   * @param items the same that were answered, from the first
   */
  public static void write(
      TaskDefinition task, List<Answered> answers, int most, ItemSource items, Path folder) {
    Comparator<Answered> worth =
        Comparator.comparingDouble(a -> a.whole() == 0 ? 0 : a.part() / a.whole());
    if (!task.judge().isErrorRate()) {
      worth = worth.reversed();
    }
    List<Answered> asked = answers.stream().filter(answer -> !answer.failed()).toList();
    List<Answered> best = asked.stream().sorted(worth).limit(most).toList();
    List<Answered> worst = asked.stream().sorted(worth.reversed()).limit(most).toList();
    Map<Integer, Item> shown = new TreeMap<>();
    int last = Math.max(last(best), last(worst));
    for (int index = 0; index <= last && items.hasNext(); index++) {
      Entry entry = items.next();
      int at = index;
      boolean wanted =
          best.stream().anyMatch(a -> a.index() == at)
              || worst.stream().anyMatch(a -> a.index() == at);
      if (wanted && entry instanceof Item item) {
        shown.put(index, item);
      }
    }
    try {
      Files.createDirectories(folder);
      Files.write(folder.resolve(task.name() + "-best.png"), sheet(task, best, shown));
      Files.write(folder.resolve(task.name() + "-worst.png"), sheet(task, worst, shown));
    } catch (IOException e) {
      throw new EvaluationException(folder + " cannot be written: " + e.getMessage() + ".", e);
    }
  }

  private static int last(List<Answered> answers) {
    return answers.stream().mapToInt(Answered::index).max().orElse(-1);
  }

  private static byte[] sheet(
      TaskDefinition task, List<Answered> answers, Map<Integer, Item> items) {
    List<BufferedImage> cells = new ArrayList<>();
    for (Answered answer : answers) {
      if (items.containsKey(answer.index())) {
        cells.add(cell(task, answer, items.get(answer.index())));
      }
    }
    int height = cells.stream().mapToInt(BufferedImage::getHeight).sum();
    Canvas sheet = new Canvas(WIDTH, Math.max(1, height), Color.WHITE);
    int y = 0;
    for (BufferedImage cell : cells) {
      sheet.graphics().drawImage(cell, 0, y, null);
      y += cell.getHeight();
    }
    return Images.png(Role.NONE, sheet.image()).encoded();
  }

  private static BufferedImage cell(TaskDefinition task, Answered answer, Item item) {
    List<BufferedImage> images = new ArrayList<>();
    item.media()
        .forEach(
            media -> {
              for (RgbImage image : media.images(task.media())) {
                images.add(Pixels.of(image));
              }
            });
    double wide = images.stream().mapToInt(BufferedImage::getWidth).sum() + 10.0 * images.size();
    double high = images.stream().mapToInt(BufferedImage::getHeight).max().orElse(0);
    double scale = Math.min(1.5, Math.min(IMAGE_WIDTH / wide, IMAGE_HEIGHT / Math.max(1, high)));
    Font font = FontSet.common().pickPlain(Draw.of("pictures", 0, 0), 13);
    boolean right = answer.part() == (task.judge().isErrorRate() ? 0 : answer.whole());
    List<String> lines = new ArrayList<>();
    lines.add(answer.id() + "  " + item.question());
    lines.addAll(Wrapping.lines("Right: " + answer.target(), font, IMAGE_WIDTH));
    int said = lines.size();
    lines.addAll(Wrapping.lines("Said: " + answer.answer(), font, IMAGE_WIDTH));
    lines = lines.subList(0, Math.min(LINES_MAX, lines.size()));
    int top = (int) Math.ceil(high * scale) + 10;
    Canvas cell = new Canvas(WIDTH, top + LINE * lines.size() + 16, Color.WHITE);
    cell.graphics()
        .setRenderingHint(
            RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    double x = 16;
    for (BufferedImage image : images) {
      int width = (int) Math.max(1, image.getWidth() * scale);
      int height = (int) Math.max(1, image.getHeight() * scale);
      cell.graphics().drawImage(image, (int) x, 6, width, height, null);
      x += width + 10 * scale;
    }
    for (int i = 0; i < lines.size(); i++) {
      Color color = i == 0 ? Color.GRAY : i < said ? Color.BLACK : right ? RIGHT : WRONG;
      cell.text(lines.get(i), font, color, 16, top + LINE * (i + 1.0));
    }
    cell.rectangle(new Box(0, cell.height() - 1, WIDTH, cell.height()), Color.LIGHT_GRAY);
    return cell.image();
  }
}
