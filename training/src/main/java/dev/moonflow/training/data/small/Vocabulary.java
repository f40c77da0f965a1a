package dev.moonflow.training.data.small;

import dev.moonflow.training.data.Draw;
import dev.moonflow.training.data.print.PrintFonts;
import dev.moonflow.training.data.print.Side;
import dev.moonflow.training.data.text.Lexicon;
import dev.moonflow.training.data.text.Nouns;
import dev.moonflow.training.data.text.Prose;
import dev.moonflow.training.data.text.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** Names and values of one side: none of another's is among them. */
public final class Vocabulary {
  private static final int TRIES = 5_000;
  private static final int GOODS_CHARACTERS_MAX = 11;

  private final Side side;
  private final List<String> firstNames;
  private final List<String> lastNames;
  private final List<String> places;
  private final List<String> goods;
  private final List<String> nouns;

  private Vocabulary(Side side) {
    this.side = side;
    firstNames = own(Lexicon.FIRST_NAMES);
    lastNames = own(Lexicon.LAST_NAMES);
    places = own(Lexicon.PLACES);
    nouns = own(Lexicon.NOUNS);
    List<String> sold = new ArrayList<>(own(Lexicon.PRODUCTS));
    sold.addAll(nouns);
    goods = sold.stream().filter(word -> word.length() <= GOODS_CHARACTERS_MAX).toList();
  }

  /** The words of a side. */
  public static Vocabulary of(Side side) {
    return new Vocabulary(side);
  }

  /** Whose words they are. */
  public Side side() {
    return side;
  }

  private List<String> own(List<String> words) {
    return words.stream()
        // A name and a noun that differ by a capital are one word.
        .filter(word -> Side.of(word.toLowerCase(Locale.ROOT)) == side)
        .filter(word -> word.chars().allMatch(c -> PrintFonts.CHARACTERS.indexOf(c) >= 0))
        .toList();
  }

  /** A value of this side: one is made again and again until it is. */
  public String own(Draw draw, Function<Draw, String> maker) {
    return ownBy(draw, maker, Function.identity());
  }

  /**
   * Something whose key is of this side.
   *
   * @param maker of it, cheap: it is called up to thousands of times
   * @param key all that tells it from others
   */
  public <T> T ownBy(Draw draw, Function<Draw, T> maker, Function<T, String> key) {
    for (int i = 0; i < TRIES; i++) {
      T made = maker.apply(draw);
      if (Side.of(key.apply(made)) == side) {
        return made;
      }
    }
    throw new IllegalStateException("nothing of the side " + side + " in " + TRIES + " tries");
  }

  String firstName(Draw draw) {
    return draw.pick(firstNames);
  }

  String person(Draw draw) {
    return fitting(draw, d -> d.pick(firstNames) + " " + d.pick(lastNames), 15);
  }

  String place(Draw draw) {
    return fitting(draw, d -> d.pick(places), 10);
  }

  /** Different places. */
  List<String> places(Draw draw, int count, int charactersMax) {
    return draw.distinct(shorter(places, charactersMax), count);
  }

  /** Different first names. */
  List<String> firstNames(Draw draw, int count, int charactersMax) {
    return draw.distinct(shorter(firstNames, charactersMax), count);
  }

  private static List<String> shorter(List<String> words, int charactersMax) {
    return words.stream().filter(word -> word.length() <= charactersMax).toList();
  }

  /** A noun in the plural, such as a measure of a table. */
  String things(Draw draw, int charactersMax) {
    return fitting(draw, d -> Nouns.plural(d.pick(nouns)), charactersMax);
  }

  /** Different goods, capitalised. */
  List<String> goods(Draw draw, int count) {
    return draw.distinct(goods, count).stream().map(Prose::capital).toList();
  }

  String shop(Draw draw) {
    return fitting(
        draw,
        d ->
            switch (d.below(4)) {
              case 0 -> d.pick(lastNames) + " " + d.pick("Stores", "Market", "Shop", "Foods");
              case 1 -> "Cafe " + d.pick(lastNames);
              case 2 -> Prose.capital(d.pick(nouns)) + " " + d.pick("House", "Shop", "Corner");
              default -> d.pick(places) + " " + d.pick("Market", "Books", "Bakery", "Deli");
            },
        18);
  }

  String company(Draw draw) {
    return fitting(
        draw,
        d ->
            switch (d.below(3)) {
              case 0 -> d.pick(lastNames) + " " + d.pick("Ltd", "Inc.", "GmbH", "plc", "LLC");
              case 1 -> Prose.capital(d.pick(nouns)) + " " + d.pick("Ltd", "Group", "Bros", "Co.");
              default -> d.pick(lastNames) + " & " + d.pick(lastNames);
            },
        18);
  }

  private static String fitting(Draw draw, Function<Draw, String> maker, int charactersMax) {
    String made = maker.apply(draw);
    for (int i = 0; i < TRIES && made.length() > charactersMax; i++) {
      made = maker.apply(draw);
    }
    return made;
  }

  String date(Draw draw) {
    return own(draw, d -> fitting(d, each -> Values.date(each, each.between(1990, 2035)), 12));
  }

  String time(Draw draw) {
    return String.format(Locale.ROOT, "%02d:%02d", draw.below(24), draw.below(60));
  }

  String code(Draw draw) {
    return own(
        draw,
        d ->
            Values.fill(
                d, d.pick("AA-9999", "A999", "99999", "999999", "A9-999", "AAA 999", "9999-99")));
  }

  String phone(Draw draw) {
    return own(draw, d -> Values.fill(d, d.pick("999 999 999", "9999 9999", "099-99999")));
  }

  /** An amount in hundredths whose written form is of this side. */
  long cents(Draw draw, ToIntFunction<Draw> maker) {
    return ownBy(draw, maker::applyAsInt, cents -> Values.money(cents));
  }
}
