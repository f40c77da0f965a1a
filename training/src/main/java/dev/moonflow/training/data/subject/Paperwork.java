package dev.moonflow.training.data.subject;

import dev.moonflow.training.data.Draw;
import dev.moonflow.training.data.render.Box;
import dev.moonflow.training.data.render.Canvas;
import dev.moonflow.training.data.render.FontSet;
import dev.moonflow.training.data.render.Inks;
import dev.moonflow.training.data.render.TextLine;
import dev.moonflow.training.data.subject.Paper.Field;
import dev.moonflow.training.data.text.Lexicon;
import dev.moonflow.training.data.text.Nouns;
import dev.moonflow.training.data.text.Prose;
import dev.moonflow.training.data.text.Values;
import java.awt.Color;
import java.awt.Font;
import java.util.ArrayList;
import java.util.List;

/** Invoices, receipts and filled-in forms: drawn line by line, every value remembered. */
public final class Paperwork {
  private static final Color INK = new Color(25, 25, 30);

  private final Draw draw;
  private final Font font;
  private final Font bold;
  private final double size;
  private final int width;
  private final Canvas canvas;
  private final List<TextLine> lines = new ArrayList<>();
  private final List<Field> fields = new ArrayList<>();
  private double y;

  private Paperwork(Draw draw, Font font, int width, int height) {
    this.draw = draw;
    this.font = font;
    this.bold = font.deriveFont(Font.BOLD);
    this.size = font.getSize2D();
    this.width = width;
    this.canvas = new Canvas(width, height, draw.chance(0.6) ? Color.WHITE : Inks.light(draw));
    this.y = size * 1.8;
  }

  /** One of the three. */
  public static Paper pick(Draw draw, FontSet fonts) {
    return switch (draw.below(3)) {
      case 0 -> invoice(draw, fonts);
      case 1 -> receipt(draw, fonts);
      default -> form(draw, fonts);
    };
  }

  private record Item(String name, int count, long price) {
    long total() {
      return count * price;
    }
  }

  private static List<Item> items(Draw draw, int most) {
    List<Item> items = new ArrayList<>();
    for (String product : draw.distinct(Lexicon.PRODUCTS, draw.between(2, most))) {
      items.add(new Item(product, draw.between(1, 9), draw.between(20L, 9999L)));
    }
    return items;
  }

  private static long sum(List<Item> items) {
    return items.stream().mapToLong(Item::total).sum();
  }

  private static Question mostExpensive(List<Item> items) {
    List<String> steps = new ArrayList<>();
    Item best = items.get(0);
    for (Item item : items) {
      steps.add(item.name() + " cost " + Values.money(item.total()) + ".");
      best = item.total() > best.total() ? item : best;
    }
    steps.add("The highest of these is " + Values.money(best.total()) + ".");
    return new Question("Which item cost the most in total?", steps, best.name());
  }

  private static Question pieces(List<Item> items) {
    List<String> steps = new ArrayList<>();
    int count = 0;
    for (Item item : items) {
      steps.add("%s: %d, together %d.".formatted(item.name(), item.count(), count + item.count()));
      count += item.count();
    }
    return new Question("How many pieces were bought in all?", steps, "" + count);
  }

  /** An invoice with its items in a table. */
  public static Paper invoice(Draw draw, FontSet fonts) {
    List<Item> items = items(draw, 6);
    Font font = fonts.pickPlain(draw, draw.uniform(12, 15));
    double size = font.getSize2D();
    int width = (int) (size * draw.uniform(32, 40));
    int height = (int) (size * (19.5 + items.size() * 1.6));
    Paperwork paper = new Paperwork(draw, font, width, height);
    String seller = Values.company(draw);
    paper.left(seller, paper.bold.deriveFont((float) (size * 1.3)));
    paper.left(Values.address(draw), font);
    paper.y += size * 0.6;
    paper.left("INVOICE", paper.bold.deriveFont((float) (size * 1.6)));
    String number = Values.fill(draw, draw.pick("99999", "AA-9999", "9999/99"));
    paper.field("Invoice number", "invoice number", number);
    String date = Values.date(draw, draw.between(1995, 2030));
    paper.field("Date", "date of the invoice", date);
    String customer = Values.person(draw);
    paper.field("Bill to", "customer's name", customer);
    paper.y += size * 0.6;
    double[] stops = {size, width * 0.52, width * 0.72, width - size};
    paper.row(new String[] {"Item", "Qty", "Price", "Amount"}, stops, paper.bold);
    paper.canvas.line(size, paper.y - size * 1.1, width - size, paper.y - size * 1.1, INK, 1);
    for (Item item : items) {
      Box[] boxes =
          paper.row(
              new String[] {
                item.name(),
                "" + item.count(),
                Values.money(item.price()),
                Values.money(item.total())
              },
              stops,
              font);
      paper.fields.add(
          new Field("amount for " + item.name(), Values.money(item.total()), boxes[3]));
    }
    paper.canvas.line(size, paper.y - size * 1.0, width - size, paper.y - size * 1.0, INK, 1);
    paper.y += size * 0.3;
    long net = sum(items);
    long tax = net * draw.pick(5, 7, 10, 19, 20) / 100;
    paper.total("Subtotal", "subtotal", net, stops);
    paper.total("Tax", "tax", tax, stops);
    paper.total("Total", "total amount", net + tax, stops);
    return paper.done(
        "invoice",
        "An invoice from %s to %s, dated %s, over a total of %s."
            .formatted(seller, customer, date, Values.money(net + tax)),
        draw.chance(0.5) ? mostExpensive(items) : pieces(items));
  }

  /** A narrow till receipt. */
  public static Paper receipt(Draw draw, FontSet fonts) {
    List<Item> items = items(draw, 8);
    Font font = fonts.pickMonospaced(draw, draw.uniform(12, 15));
    double size = font.getSize2D();
    int width = (int) (size * draw.uniform(21, 25));
    int height = (int) (size * (14.5 + items.size() * 1.6));
    Paperwork paper = new Paperwork(draw, font, width, height);
    String shop = draw.pick(Lexicon.LAST_NAMES) + draw.pick(" Market", " Store", " Foods", " & Co");
    paper.centre(shop.toUpperCase(java.util.Locale.ROOT), paper.bold);
    paper.centre(Values.street(draw), font);
    String date = Values.date(draw, draw.between(2000, 2030));
    Box dateBox = paper.left(date, font);
    paper.fields.add(new Field("date of the receipt", date, dateBox));
    double[] stops = {size, width - size * 1.0, width - size, width - size};
    paper.dashes();
    for (Item item : items) {
      Box[] boxes =
          paper.row(
              new String[] {item.count() + " " + item.name(), "", "", Values.money(item.total())},
              stops,
              font);
      paper.fields.add(
          new Field("price of the " + item.name(), Values.money(item.total()), boxes[3]));
    }
    paper.dashes();
    long total = sum(items);
    paper.total("TOTAL", "total", total, stops);
    long given = (total / 1000 + 1) * 1000;
    paper.total("Cash", "cash given", given, stops);
    paper.total("Change", "change", given - total, stops);
    paper.centre(draw.pick("Thank you!", "Please come again", "Have a nice day"), font);
    return paper.done(
        "receipt",
        "A receipt of %s dated %s with %d items and a total of %s."
            .formatted(shop, date, items.size(), Values.money(total)),
        draw.chance(0.5) ? mostExpensive(items) : pieces(items));
  }

  /** A form with labels and the values that someone filled in. */
  public static Paper form(Draw draw, FontSet fonts) {
    Font font = fonts.pickPlain(draw, draw.uniform(12, 16));
    double size = font.getSize2D();
    int width = (int) (size * draw.uniform(29, 36));
    List<String[]> entries = new ArrayList<>();
    String name = Values.person(draw);
    entries.add(new String[] {"Name", "name", name});
    entries.add(
        new String[] {
          "Date of birth", "date of birth", Values.date(draw, draw.between(1930, 2010))
        });
    entries.add(new String[] {"Street", "street", Values.street(draw)});
    entries.add(new String[] {"City", "city", draw.pick(Lexicon.PLACES)});
    entries.add(new String[] {"Phone", "phone number", Values.phone(draw)});
    entries.add(new String[] {"E-mail", "e-mail address", Values.email(draw)});
    entries.add(new String[] {"Membership no.", "membership number", Values.fill(draw, "A-99999")});
    entries.add(new String[] {"Number of guests", "number of guests", "" + draw.between(1, 40)});
    List<String[]> chosen = draw.distinct(entries, draw.between(4, entries.size()));
    Paperwork paper = new Paperwork(draw, font, width, (int) (size * (8.5 + chosen.size() * 2.4)));
    String title =
        draw.pick("Registration", "Application", "Membership", "Booking", "Order", "Visitor")
            + " form";
    paper.left(title, paper.bold.deriveFont((float) (size * 1.4)));
    paper.y += size * 0.5;
    boolean boxed = draw.chance(0.6);
    double widest = 0;
    for (String[] entry : chosen) {
      widest = Math.max(widest, Canvas.width(font, entry[0] + ":"));
    }
    double at = widest + size * 2.5;
    for (String[] entry : chosen) {
      Box label = paper.canvas.text(entry[0] + ":", font, INK, size, paper.y);
      Box value = paper.canvas.text(entry[2], font, new Color(20, 40, 130), at, paper.y);
      paper.lines.add(new TextLine(entry[0] + ": " + entry[2], label.union(value)));
      paper.fields.add(new Field(entry[1], entry[2], value));
      Box frame = new Box(at - 5, paper.y - size * 1.2, width - size, paper.y + size * 0.6);
      if (boxed) {
        paper.canvas.frame(frame, Color.GRAY, 1);
      } else {
        paper.canvas.line(at - 3, paper.y + 4, width - size, paper.y + 4, Color.GRAY, 1);
      }
      paper.y += size * 2.4;
    }
    paper.tick();
    Question problem = Question.look("How many fields have been filled in?", "" + chosen.size());
    return paper.done(
        "form",
        Prose.capital(Nouns.withArticle(title.toLowerCase(java.util.Locale.ROOT))) + " filled in.",
        problem);
  }

  private void tick() {
    boolean ticked = draw.chance(0.5);
    Box square = new Box(size, y - size * 0.8, size * 1.9, y + size * 0.1);
    canvas.frame(square, INK, 1.5);
    if (ticked) {
      canvas.line(
          square.left() + 2, square.top() + 2, square.right() - 2, square.bottom() - 2, INK, 2);
      canvas.line(
          square.left() + 2, square.bottom() - 2, square.right() - 2, square.top() + 2, INK, 2);
    }
    String text = "I accept the terms.";
    Box box = canvas.text(text, font, INK, size * 2.4, y);
    lines.add(new TextLine(text, box));
    fields.add(
        new Field(
            "state of the box \"I accept the terms\" (ticked or empty)",
            ticked ? "ticked" : "empty",
            square));
    y += size * 1.6;
  }

  private Box left(String text, Font face) {
    Box box = canvas.text(text, face, INK, size, y);
    lines.add(new TextLine(text, box));
    y += face.getSize2D() * 1.5;
    return box;
  }

  private void centre(String text, Font face) {
    double x = (width - Canvas.width(face, text)) / 2;
    lines.add(new TextLine(text, canvas.text(text, face, INK, x, y)));
    y += face.getSize2D() * 1.5;
  }

  private void dashes() {
    for (double x = size; x < width - size; x += 8) {
      canvas.line(x, y - size * 0.5, x + 4, y - size * 0.5, INK, 1);
    }
    y += size * 0.9;
  }

  private void field(String label, String name, String value) {
    Box left = canvas.text(label + ":", font, INK, size, y);
    double at = size * 2.5 + Canvas.width(font, "Invoice number:");
    Box right = canvas.text(value, font, INK, at, y);
    lines.add(new TextLine(label + ": " + value, left.union(right)));
    fields.add(new Field(name, value, right));
    y += size * 1.5;
  }

  /** Cells of a row: the first one begins at its stop, the others end there. */
  private Box[] row(String[] cells, double[] stops, Font face) {
    Box[] boxes = new Box[cells.length];
    Box whole = null;
    List<String> said = new ArrayList<>();
    for (int i = 0; i < cells.length; i++) {
      if (cells[i].isEmpty()) {
        continue;
      }
      double x = i == 0 ? stops[0] : stops[i] - Canvas.width(face, cells[i]);
      boxes[i] = canvas.text(cells[i], face, INK, x, y);
      whole = whole == null ? boxes[i] : whole.union(boxes[i]);
      said.add(cells[i]);
    }
    lines.add(new TextLine(String.join("  ", said), whole));
    y += size * 1.6;
    return boxes;
  }

  private void total(String label, String name, long amount, double[] stops) {
    String value = Values.money(amount);
    Font face = name.startsWith("total") ? bold : font;
    double x = stops[3] - Canvas.width(face, value);
    Box right = canvas.text(value, face, INK, x, y);
    Box left =
        canvas.text(
            label, face, INK, Math.min(x - size - Canvas.width(face, label), width * 0.5), y);
    lines.add(new TextLine(label + "  " + value, left.union(right)));
    fields.add(new Field(name, value, right));
    y += size * 1.5;
  }

  private Paper done(String kind, String summary, Question problem) {
    Drawing drawing = new Drawing(canvas, List.copyOf(lines), FontSet.family(font));
    return new Paper(kind, drawing, List.copyOf(fields), summary, problem);
  }
}
