package dev.moonflow.training.evaluation.synthetic;

import dev.moonflow.kernels.RgbImage;
import dev.moonflow.training.evaluation.item.Item;
import dev.moonflow.training.evaluation.item.ItemRequest;
import dev.moonflow.training.evaluation.metric.Target;
import java.awt.Color;
import java.awt.geom.Line2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/** Documents: a receipt whose amounts add up, and a question about one of its fields. */
final class Receipts implements ItemMaker {
  private static final int WIDTH = 308;
  private static final Color INK = new Color(0x26262B);
  private static final Color PAPER = new Color(0xF7F5EF);

  /** What is printed. */
  private record Receipt(
      String shop, String number, String date, List<String> goods, List<Integer> cents) {
    int total() {
      return cents.stream().mapToInt(Integer::intValue).sum();
    }
  }

  @Override
  public Item make(String id, int index, SplittableRandom random, ItemRequest request) {
    Receipt receipt = receipt(random);
    int line = random.nextInt(receipt.goods().size());
    List<String> fields = List.of("total", "number", "date", "shop", "price");
    String field = fields.get(index % fields.size());
    String question =
        switch (field) {
          case "total" -> "What is the total?";
          case "number" -> "What is the receipt number?";
          case "date" -> "What date is printed on the receipt?";
          case "shop" -> "What is the name of the shop?";
          default -> "What is the price of " + receipt.goods().get(line) + "?";
        };
    String answer =
        switch (field) {
          case "total" -> money(receipt.total());
          case "number" -> receipt.number();
          case "date" -> receipt.date();
          case "shop" -> receipt.shop();
          default -> money(receipt.cents().get(line));
        };
    return new Item(
        id,
        question,
        "",
        List.of(b -> List.of(draw(receipt))),
        new Target.Text(List.of(answer)),
        Map.of("field", field));
  }

  private static Receipt receipt(SplittableRandom random) {
    int lines = 2 + random.nextInt(4);
    List<Integer> cents = new ArrayList<>();
    for (int i = 0; i < lines; i++) {
      cents.add(5 * (10 + random.nextInt(700)));
    }
    return new Receipt(
        Words.one(Words.PLACES, random) + " Shop",
        Words.code(6, random),
        String.format(
            Locale.ROOT,
            "%d-%02d-%02d",
            2020 + random.nextInt(7),
            1 + random.nextInt(12),
            1 + random.nextInt(28)),
        Words.some(lines, Words.GOODS, random),
        cents);
  }

  private static String money(int cents) {
    return String.format(Locale.ROOT, "%d.%02d", cents / 100, cents % 100);
  }

  private static RgbImage draw(Receipt receipt) {
    int lines = receipt.goods().size();
    Canvas canvas = new Canvas(WIDTH, 180 + 28 * lines, PAPER);
    canvas.centered(receipt.shop(), WIDTH / 2.0, 38, 24, INK);
    canvas.centered("Receipt no. " + receipt.number(), WIDTH / 2.0, 66, 15, INK);
    canvas.centered("Date " + receipt.date(), WIDTH / 2.0, 88, 15, INK);
    double y = 122;
    for (int i = 0; i < lines; i++) {
      canvas.text(receipt.goods().get(i), 28, y, 17, INK);
      canvas.rightAligned(money(receipt.cents().get(i)), WIDTH - 28, y, 17, INK);
      y += 28;
    }
    canvas.outline(new Line2D.Double(28, y - 12, WIDTH - 28, y - 12), 1.5, INK);
    canvas.text("TOTAL", 28, y + 16, 20, INK);
    canvas.rightAligned(money(receipt.total()), WIDTH - 28, y + 16, 20, INK);
    return canvas.image();
  }
}
