package dev.moonflow.training.evaluation.synthetic;

import dev.moonflow.kernels.RgbImage;
import dev.moonflow.training.evaluation.item.Item;
import dev.moonflow.training.evaluation.item.ItemRequest;
import dev.moonflow.training.evaluation.metric.Target;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Long documents: pages of lines, one of which tells the number that is asked for. */
final class PageNeedles implements ItemMaker {
  private static final int WIDTH = 392;
  private static final int HEIGHT = 280;
  private static final int LINES = 9;
  private static final List<Integer> PAGES = List.of(2, 4, 8);
  private static final Color INK = new Color(0x1C1C1C);

  @Override
  public Item make(String id, int index, SplittableRandom random, ItemRequest request) {
    int pages = PAGES.get(index % PAGES.size());
    String place = Words.one(Words.PLACES, random);
    String code = Words.code(5, random);
    int needlePage = random.nextInt(pages);
    int needleLine = random.nextInt(LINES);
    List<List<String>> document = new ArrayList<>();
    for (int page = 0; page < pages; page++) {
      List<String> lines = new ArrayList<>();
      for (int line = 0; line < LINES; line++) {
        lines.add(
            page == needlePage && line == needleLine
                ? "The access code of the " + place + " is " + code + "."
                : Words.sentence(random));
      }
      document.add(lines);
    }
    return new Item(
        id,
        "What is the access code of the " + place + "?",
        "",
        List.of(b -> draw(document)),
        new Target.Text(List.of(code)),
        Map.of("pages", Integer.toString(pages)));
  }

  private static List<RgbImage> draw(List<List<String>> document) {
    List<RgbImage> pages = new ArrayList<>();
    for (int page = 0; page < document.size(); page++) {
      Canvas canvas = new Canvas(WIDTH, HEIGHT, Color.WHITE);
      double y = 30;
      for (String line : document.get(page)) {
        canvas.text(line, 16, y, 13, INK);
        y += 25;
      }
      canvas.centered((page + 1) + " / " + document.size(), WIDTH / 2.0, HEIGHT - 10, 11, INK);
      pages.add(canvas.image());
    }
    return pages;
  }
}
