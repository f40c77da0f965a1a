package dev.moonflow.training.data.small;

import dev.moonflow.training.data.Draw;
import dev.moonflow.training.data.subject.NamedColor;
import dev.moonflow.training.data.text.Nouns;
import java.util.List;

/** Some equal objects of one colour. */
record Group(int count, NamedColor color, Thing thing) {
  private static final String[] NUMBERS = {"no", "one", "two", "three", "four", "five", "six"};

  static Group pick(Draw draw, int most) {
    int count = draw.chance(0.4) ? 1 : draw.between(1, most);
    return new Group(count, color(draw), draw.pick(Thing.ALL));
  }

  static NamedColor color(Draw draw) {
    return draw.pick(List.of(NamedColor.values()));
  }

  /** {@code a red cat}, {@code three red cats}. */
  String words() {
    return count == 1 ? Nouns.withArticle(single()) : NUMBERS[count] + " " + plural();
  }

  /** {@code red cat}. */
  String single() {
    return color.word() + " " + thing.word();
  }

  private String plural() {
    return color.word() + " " + things();
  }

  /** {@code cats}. */
  String things() {
    return thing.word().equals("fish") ? "fish" : Nouns.plural(thing.word());
  }

  /** {@code cat} of one, {@code cats} of more. */
  String noun() {
    return count == 1 ? thing.word() : things();
  }
}
