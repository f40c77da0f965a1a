package dev.moonflow.training.evaluation.synthetic;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Words to make items of, and ways to draw from them. */
final class Words {
  static final List<String> GOODS =
      List.of(
          "Paper",
          "Apples",
          "Coffee",
          "Bread",
          "Lamps",
          "Chairs",
          "Pencils",
          "Bottles",
          "Books",
          "Shoes",
          "Cables",
          "Mugs",
          "Towels",
          "Batteries",
          "Plates",
          "Candles");
  static final List<String> PLACES =
      List.of(
          "Harbour", "Mill", "Station", "Garden", "Bridge", "Castle", "Market", "Forest", "Tower",
          "River", "Chapel", "Valley");
  static final List<String> NAMES =
      List.of(
          "Anna", "Bruno", "Clara", "David", "Elena", "Felix", "Greta", "Hugo", "Ines", "Jonas",
          "Karla", "Leon", "Marta", "Nils", "Olga", "Paul");
  static final List<String> LABELS =
      List.of(
          "Save",
          "Open",
          "Print",
          "Close",
          "Search",
          "Delete",
          "Share",
          "Copy",
          "Paste",
          "Undo",
          "Settings",
          "Help",
          "Upload",
          "Reply",
          "Archive",
          "Zoom");
  private static final List<String> SUBJECTS =
      List.of(
          "The keeper",
          "A tall visitor",
          "The old clerk",
          "My neighbour",
          "The captain",
          "A student",
          "The gardener",
          "The baker",
          "A painter",
          "The teacher");
  private static final List<String> ACTIONS =
      List.of(
          "counted",
          "repaired",
          "admired",
          "painted",
          "forgot",
          "carried",
          "found",
          "described",
          "measured",
          "sold",
          "cleaned",
          "borrowed");
  private static final List<String> THINGS =
      List.of(
          "the wooden chairs",
          "a grey umbrella",
          "the morning post",
          "two heavy boxes",
          "the green curtains",
          "an empty bottle",
          "the garden gate",
          "some old letters",
          "the broken clock",
          "a basket of pears");
  private static final List<String> TIMES =
      List.of(
          "before noon",
          "after the rain",
          "last winter",
          "every evening",
          "without a word",
          "near the harbour",
          "at the station",
          "in the small hall",
          "with great care",
          "on the way home");

  private Words() {}

  static <T> T one(List<T> of, SplittableRandom random) {
    return of.get(random.nextInt(of.size()));
  }

  /** Different ones, in random order. */
  static <T> List<T> some(int count, List<T> of, SplittableRandom random) {
    List<T> pool = new ArrayList<>(of);
    for (int i = 0; i < count; i++) {
      int j = i + random.nextInt(pool.size() - i);
      T swap = pool.get(i);
      pool.set(i, pool.get(j));
      pool.set(j, swap);
    }
    return List.copyOf(pool.subList(0, count));
  }

  /** A plain sentence. */
  static String sentence(SplittableRandom random) {
    return one(SUBJECTS, random)
        + " "
        + one(ACTIONS, random)
        + " "
        + one(THINGS, random)
        + " "
        + one(TIMES, random)
        + ".";
  }

  /** A number of so many digits that does not begin with 0. */
  static String code(int digits, SplittableRandom random) {
    int low = (int) Math.pow(10, digits - 1);
    return Integer.toString(low + random.nextInt(9 * low));
  }
}
