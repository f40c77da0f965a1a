package dev.moonflow.training.evaluation.metric;

import java.util.List;
import java.util.Locale;

/** What a right answer is. */
public sealed interface Target {

  /** For people and answer files. */
  String describe();

  /**
   * Any of some texts.
   *
   * @param references at least one
   */
  record Text(List<String> references) implements Target {
    public Text {
      references = List.copyOf(references);
      if (references.isEmpty()) {
        throw new IllegalArgumentException("a text target needs at least one reference");
      }
    }

    @Override
    public String describe() {
      return String.join(" | ", references);
    }
  }

  /** A formula: compared without white space, upper and lower case being different. */
  record Formula(List<String> references) implements Target {
    public Formula {
      references = List.copyOf(references);
    }

    @Override
    public String describe() {
      return String.join(" | ", references);
    }
  }

  /**
   * One of several options, lettered from A.
   *
   * @param options texts; a text may be empty where the image shows it
   * @param correct index of the right one
   */
  record Choice(List<String> options, int correct) implements Target {
    /** Letters that there are. */
    public static final int OPTIONS_MAX = 26;

    public Choice {
      options = List.copyOf(options);
      if (options.isEmpty() || options.size() > OPTIONS_MAX) {
        throw new IllegalArgumentException("a choice has 1 to 26 options: " + options.size());
      }
      if (correct < 0 || correct >= options.size()) {
        throw new IllegalArgumentException("option " + correct + " of " + options.size());
      }
    }

    /** The letter of an option. */
    public static char letter(int option) {
      return (char) ('A' + option);
    }

    @Override
    public String describe() {
      String text = options.get(correct);
      return text.isEmpty() ? letter(correct) + "" : letter(correct) + ". " + text;
    }
  }

  /**
   * A number.
   *
   * @param value of it
   * @param tolerance relative error that is let pass, for example 0.05; 0 compares after rounding
   * @param decimals digits after the point to which both sides are rounded when tolerance is 0
   */
  record Number(double value, double tolerance, int decimals) implements Target {
    @Override
    public String describe() {
      return value == Math.rint(value) && Math.abs(value) < 1e15
          ? String.format(Locale.ROOT, "%.0f", value)
          : Double.toString(value);
    }
  }

  /**
   * A place on an image.
   *
   * @param box where the target is, in pixels
   * @param width of the image, in pixels
   * @param height of the image, in pixels
   * @param coordinates how written numbers are to be read
   */
  record Place(Box box, int width, int height, Coordinates coordinates) implements Target {
    @Override
    public String describe() {
      return String.format(
          Locale.ROOT,
          "(%.0f, %.0f) to (%.0f, %.0f) of %d x %d",
          box.left(),
          box.top(),
          box.right(),
          box.bottom(),
          width,
          height);
    }
  }

  /** Several texts, each of which must be named. */
  record AllOf(List<String> elements) implements Target {
    public AllOf {
      elements = List.copyOf(elements);
    }

    @Override
    public String describe() {
      return elements.toString();
    }
  }

  /** There is no answer, and the model must say so. */
  record Unanswerable() implements Target {
    @Override
    public String describe() {
      return "Not answerable";
    }
  }
}
