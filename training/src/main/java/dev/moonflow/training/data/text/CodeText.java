package dev.moonflow.training.data.text;

import dev.moonflow.training.data.Draw;
import java.util.List;
import java.util.Locale;

/** Small pieces of program text: Python, Java, SQL, JSON, shell. */
public final class CodeText {
  private static final List<String> OPERATORS = List.of("+", "-", "*", "//", "%");

  private CodeText() {}

  /** One piece. */
  public static String piece(Draw draw) {
    return switch (draw.below(5)) {
      case 0 -> python(draw);
      case 1 -> java(draw);
      case 2 -> sql(draw);
      case 3 -> json(draw, 0);
      default -> shell(draw);
    };
  }

  private static String name(Draw draw) {
    return draw.pick(Lexicon.NOUNS).replaceAll("[^a-z]", "_");
  }

  private static String python(Draw draw) {
    String function = draw.pick(Lexicon.TRANSITIVE).base().replace(' ', '_') + "_" + name(draw);
    String items = Nouns.plural(name(draw));
    String operator = draw.pick(OPERATORS);
    int constant = draw.between(2, 99);
    return switch (draw.below(4)) {
      case 0 ->
          """
          def %s(%s):
              total = 0
              for item in %s:
                  if item %% %d == 0:
                      total += item %s %d
              return total
          """
              .formatted(function, items, items, draw.between(2, 9), operator, constant);
      case 1 ->
          """
          def %s(a, b):
              \"\"\"%s\"\"\"
              return (a %s b) %s %d

          print(%s(%d, %d))
          """
              .formatted(
                  function,
                  new Prose(draw).heading(),
                  operator,
                  draw.pick(OPERATORS),
                  constant,
                  function,
                  draw.below(100),
                  draw.between(1, 99));
      case 2 ->
          """
          %s = {"%s": %d, "%s": %d}
          for key, value in sorted(%s.items()):
              print(key, value)
          """
              .formatted(items, name(draw), draw.below(500), name(draw), draw.below(500), items);
      default ->
          """
          class %s:
              def __init__(self, %s):
                  self.%s = %s

              def is_%s(self):
                  return self.%s > %d
          """
              .formatted(
                  Prose.capital(name(draw)),
                  items,
                  items,
                  items,
                  draw.pick(Lexicon.ADJECTIVES),
                  items,
                  constant);
    };
  }

  private static String java(Draw draw) {
    String type = Prose.capital(name(draw)).replace("_", "");
    String field = name(draw);
    return draw.chance(0.5)
        ? """
          record %s(String name, int %s) {
            boolean is%s() {
              return %s > %d;
            }
          }
          """
            .formatted(
                type, field, Prose.capital(draw.pick(Lexicon.ADJECTIVES)), field, draw.below(1000))
        : """
          int %s = %d;
          for (int i = 0; i < %d; i++) {
            %s += i * %d;
          }
          System.out.println(%s);
          """
            .formatted(
                field, draw.below(100), draw.between(2, 50), field, draw.between(2, 9), field);
  }

  private static String sql(Draw draw) {
    String table = Nouns.plural(name(draw));
    String column = name(draw);
    return switch (draw.below(3)) {
      case 0 ->
          "SELECT %s, COUNT(*) FROM %s WHERE %s > %d GROUP BY %s ORDER BY 2 DESC;\n"
              .formatted(column, table, name(draw), draw.below(500), column);
      case 1 ->
          "INSERT INTO %s (%s, name) VALUES (%d, '%s');\n"
              .formatted(table, column, draw.below(1000), draw.pick(Lexicon.PLACES));
      default ->
          "UPDATE %s SET %s = %d WHERE id = %d;\n"
              .formatted(table, column, draw.below(100), draw.below(10_000));
    };
  }

  private static String json(Draw draw, int depth) {
    String indent = "  ".repeat(depth + 1);
    StringBuilder text = new StringBuilder("{\n");
    int fields = draw.between(2, 4);
    for (int i = 0; i < fields; i++) {
      text.append(indent).append('"').append(name(draw)).append("\": ");
      switch (draw.below(depth < 2 ? 5 : 4)) {
        case 0 -> text.append(draw.below(10_000));
        case 1 -> text.append('"').append(Values.person(draw)).append('"');
        case 2 -> text.append(draw.chance(0.5));
        case 3 ->
            text.append('[').append(draw.below(9)).append(", ").append(draw.below(9)).append(']');
        default -> text.append(json(draw, depth + 1).stripTrailing());
      }
      text.append(i + 1 < fields ? ",\n" : "\n");
    }
    return text.append("  ".repeat(depth)).append("}\n").toString();
  }

  private static String shell(Draw draw) {
    String file = name(draw) + draw.pick(".txt", ".csv", ".log", ".json");
    return switch (draw.below(4)) {
      case 0 -> "grep -n \"%s\" %s | head -n %d\n".formatted(name(draw), file, draw.between(1, 50));
      case 1 -> "mkdir -p %s && cp %s %s/\n".formatted(name(draw), file, name(draw));
      case 2 ->
          "for f in *.%s; do wc -l \"$f\"; done | sort -n\n"
              .formatted(draw.pick("txt", "csv", "log"));
      default ->
          "export %s=%d\n./run.sh --%s %s\n"
              .formatted(name(draw).toUpperCase(Locale.ROOT), draw.below(9999), name(draw), file);
    };
  }
}
