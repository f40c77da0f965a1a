package dev.moonflow.training.data.small;

import dev.moonflow.training.data.Draw;
import dev.moonflow.training.data.subject.Question;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A slip of paper: a receipt, an invoice, a form, a ticket or a card.
 *
 * @param kind such as {@code receipt}
 * @param fields what can be asked for by name, and the value as it is printed
 * @param goods items with their prices in hundredths; empty where there are none
 * @param sheet its rows
 * @param caption one sentence that says what it is, with the telling detail
 * @param checks phrases of the caption that must be right, by attribute
 */
record Slip(
    String kind,
    Map<String, String> fields,
    Map<String, Long> goods,
    Sheet sheet,
    String caption,
    Map<String, String> checks) {

  /** Which kinds there are. */
  static final List<String> KINDS = List.of("receipt", "invoice", "form", "ticket", "card");

  /** A slip of a kind whose whole text is of the vocabulary's side. */
  static Slip pick(Draw draw, Vocabulary words, String kind) {
    return words.ownBy(
        draw,
        d ->
            switch (kind) {
              case "receipt" -> receipt(d, words, true);
              case "invoice" -> invoice(d, words);
              case "form" -> form(d, words);
              case "ticket" -> ticket(d, words);
              case "card" -> card(d, words);
              default -> throw new IllegalArgumentException(kind);
            },
        slip -> slip.sheet.text());
  }

  /** A receipt without its total, for those who are to find it. */
  static Slip withoutTotal(Draw draw, Vocabulary words) {
    return words.ownBy(draw, d -> receipt(d, words, false), slip -> slip.sheet.text());
  }

  private static Map<String, Long> priced(Draw draw, Vocabulary words, int least, int most) {
    Map<String, Long> goods = new LinkedHashMap<>();
    for (String good : words.goods(draw, draw.between(least, most))) {
      goods.put(good, words.cents(draw, Slip::price));
    }
    return goods;
  }

  /** Hundredths: often round, as prices are. */
  private static int price(Draw draw) {
    int step = draw.pick(1, 5, 10, 50);
    return step * draw.between(1, draw.pick(500, 2_000, 6_000) / step);
  }

  private static Slip receipt(Draw draw, Vocabulary words, boolean total) {
    String shop = words.shop(draw);
    Map<String, Long> goods = priced(draw, words, 2, total ? 5 : 3);
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("name of the shop", shop);
    String sign = draw.pick("", "", "$", "\u20ac", "\u00a3");
    Sheet sheet = new Sheet().centre(shop);
    if (draw.chance(0.5)) {
      String date = words.date(draw);
      fields.put("date", date);
      sheet.pair("Date", date);
    }
    if (draw.chance(0.3)) {
      String number = words.code(draw);
      fields.put("receipt number", number);
      sheet.pair("Receipt", number);
    }
    goods.forEach((name, cents) -> sheet.pair(name, sign + Sums.MONEY.text(cents)));
    String sum = sign + Sums.MONEY.text(sum(goods));
    if (total) {
      fields.put("total", sum);
      (draw.chance(0.7) ? sheet.rule() : sheet).pair(draw.pick("Total", "TOTAL"), sum);
    }
    return new Slip(
        "receipt",
        fields,
        goods,
        sheet,
        "A receipt from %s for %s.".formatted(shop, sum),
        Map.of("kind", "a receipt", "from", "from " + shop, "amount", "for " + sum));
  }

  private static Slip invoice(Draw draw, Vocabulary words) {
    String company = words.company(draw);
    Map<String, Long> goods = priced(draw, words, 1, 3);
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("name of the company", company);
    fields.put("invoice number", words.code(draw));
    Sheet sheet = new Sheet();
    if (draw.chance(0.5)) {
      sheet.centre(company).left("Invoice " + fields.get("invoice number"));
    } else {
      sheet.pair("INVOICE", fields.get("invoice number")).left(company);
    }
    if (draw.chance(0.6)) {
      fields.put("date", words.date(draw));
      sheet.pair("Date", fields.get("date"));
    }
    if (draw.chance(0.6)) {
      fields.put("name of the customer", words.person(draw));
      sheet.pair("To", fields.get("name of the customer"));
    }
    String sign = draw.pick("", "$", "\u20ac", "\u00a3");
    goods.forEach((name, cents) -> sheet.pair(name, sign + Sums.MONEY.text(cents)));
    String sum = sign + Sums.MONEY.text(sum(goods));
    fields.put("total", sum);
    (draw.chance(0.7) ? sheet.rule() : sheet).pair(draw.pick("Total", "Amount due"), sum);
    return new Slip(
        "invoice",
        fields,
        goods,
        sheet,
        "An invoice from %s for %s.".formatted(company, sum),
        Map.of("kind", "an invoice", "from", "from " + company, "amount", "for " + sum));
  }

  private static Slip form(Draw draw, Vocabulary words) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("Date", words.date(draw));
    all.put("City", words.place(draw));
    all.put("Phone", words.phone(draw));
    all.put("Age", Integer.toString(draw.between(18, 99)));
    all.put("Room", Integer.toString(draw.between(1, 499)));
    all.put("Member", draw.pick("yes", "no"));
    all.put("Number", words.code(draw));
    all.put("Time", words.time(draw));
    String name = words.person(draw);
    Map<String, String> fields = new LinkedHashMap<>();
    Sheet sheet = new Sheet();
    if (draw.chance(0.6)) {
      sheet.left(draw.pick("Registration", "Application form", "Booking form", "Order form"));
    }
    boolean apart = draw.chance(0.5);
    List<String> labels = new ArrayList<>(List.of("Name"));
    labels.addAll(draw.distinct(List.copyOf(all.keySet()), draw.between(2, 5)));
    for (String label : labels) {
      String value = label.equals("Name") ? name : all.get(label);
      fields.put(label.toLowerCase(java.util.Locale.ROOT), value);
      if (apart) {
        sheet.pair(label, value);
      } else {
        sheet.left(label + ": " + value);
      }
    }
    return new Slip(
        "form",
        fields,
        Map.of(),
        sheet,
        "A form for " + name + ".",
        Map.of("kind", "a form", "name", "for " + name));
  }

  private static Slip ticket(Draw draw, Vocabulary words) {
    List<String> ends = words.places(draw, 2, 10);
    Map<String, String> fields = new LinkedHashMap<>();
    Sheet sheet = new Sheet().centre(draw.pick("TICKET", "Train ticket", "Bus ticket", "Ticket"));
    sheet.left("From " + ends.get(0)).left("To " + ends.get(1));
    fields.put("date", words.date(draw));
    fields.put("time", words.time(draw));
    sheet.pair(fields.get("date"), fields.get("time"));
    if (draw.chance(0.6)) {
      fields.put("seat", draw.between(1, 99) + draw.pick("A", "B", "C", "D"));
      sheet.pair("Seat", fields.get("seat"));
    }
    fields.put("price", Sums.MONEY.text(words.cents(draw, d -> 50 * d.between(2, 200))));
    sheet.pair("Price", fields.get("price"));
    return new Slip(
        "ticket",
        fields,
        Map.of(),
        sheet,
        "A ticket from %s to %s.".formatted(ends.get(0), ends.get(1)),
        Map.of("kind", "a ticket", "from", "from " + ends.get(0), "to", "to " + ends.get(1)));
  }

  private static Slip card(Draw draw, Vocabulary words) {
    String name = words.person(draw);
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("name", name);
    fields.put("name of the company", words.company(draw));
    fields.put("phone number", words.phone(draw));
    Sheet sheet = new Sheet();
    sheet.left(name).left(draw.pick("Sales", "Engineer", "Manager", "Director", "Editor"));
    sheet.left(fields.get("name of the company"));
    sheet.left(draw.pick("Tel. ", "Phone ", "T: ") + fields.get("phone number"));
    if (draw.chance(0.5)) {
      fields.put("city", words.place(draw));
      sheet.left(fields.get("city"));
    }
    return new Slip(
        "card",
        fields,
        Map.of(),
        sheet,
        "A business card of " + name + ".",
        Map.of("kind", "a business card", "name", "of " + name));
  }

  private static long sum(Map<String, Long> goods) {
    return goods.values().stream().mapToLong(Long::longValue).sum();
  }

  /** A question that a look answers, by what it asks for. */
  Map.Entry<String, Question> question(Draw draw, Vocabulary words) {
    if (goods.isEmpty() || draw.chance(0.45)) {
      String field = draw.pick(List.copyOf(fields.keySet()));
      String asked = draw.pick("What is the %s?", "Give the %s.").formatted(field);
      return Map.entry("field", look(asked, fields.get(field)));
    }
    Figures prices = prices();
    List<String> names = prices.names();
    return switch (draw.below(5)) {
      case 0 -> Map.entry("count", look("How many items are there?", "" + goods.size()));
      case 1 ->
          prices.isClear()
              ? Map.entry("largest", prices.extreme(draw, "Which item costs the %s?"))
              : Map.entry("count", look("How many items are there?", "" + goods.size()));
      case 2 -> {
        boolean there = draw.chance(0.5);
        String good =
            there
                ? draw.pick(names)
                : words.goods(draw, 8).stream()
                    .filter(other -> !names.contains(other))
                    .findFirst()
                    .orElseThrow();
        String asked = "Is %s on the %s?".formatted(good, kind);
        yield Map.entry("yes-no", look(asked, there ? "Yes" : "No"));
      }
      default -> {
        String good = draw.pick(names);
        yield Map.entry("field", look("What is the price of " + good + "?", sheet.right(good)));
      }
    };
  }

  private Figures prices() {
    return new Figures(
        "price",
        List.copyOf(goods.keySet()),
        goods.values().stream().collect(Collectors.toList()),
        Sums.MONEY);
  }

  /** A sum over its items, in steps. */
  Question sum(Draw draw) {
    List<String> names = List.copyOf(goods.keySet());
    if (draw.chance(0.35)) {
      List<String> two = draw.distinct(names, 2);
      return prices().total(two, "What do %s and %s cost together?".formatted(two.toArray()));
    }
    if (draw.chance(0.3)) {
      long total = sum(goods);
      long paid = (total / 1000 + 1) * 1000;
      List<String> steps = new ArrayList<>(prices().total(names, "").steps());
      steps.addAll(Sums.MONEY.subtract(paid, total));
      return new Question(
          "How much change is there from %s?".formatted(Sums.MONEY.text(paid)),
          steps,
          Sums.MONEY.text(paid - total));
    }
    return prices().total(names, draw.pick("What is the total?", "What do all items cost?"));
  }

  private static Question look(String text, String answer) {
    return new Question(text, List.of(), answer);
  }
}
