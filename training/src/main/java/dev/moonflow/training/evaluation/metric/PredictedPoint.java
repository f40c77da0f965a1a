package dev.moonflow.training.evaluation.metric;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The place that an answer points at, in pixels. Read are, the last one in the text counting:
 * {@code click(x=0.41, y=0.17)} and JSON with x and y; two numbers, as in {@code (0.41, 0.17)},
 * {@code [410, 170]} or {@code <point>410 170</point>}; four numbers, as in {@code [x1, y1, x2,
 * y2]} or {@code (x1,y1),(x2,y2)}: a box, of which the centre counts. {@code 41%} is 0.41.
 *
 * @param x pixels from the left edge
 * @param y pixels from the top edge
 */
record PredictedPoint(double x, double y) {
  private static final String NUMBER = "(-?\\d+(?:\\.\\d+)?%?|-?\\.\\d+%?)";
  private static final String BETWEEN = "\\s*[,;\\s]\\s*";
  private static final String BETWEEN_CORNERS = "\\s*(?:[)\\]]?\\s*[,;\\s]\\s*[(\\[]?)\\s*";
  private static final String EDGE = "(?<![\\d.\\p{L}])";
  private static final Pattern NAMED =
      Pattern.compile(
          "\\bx\"?\\s*[=:]\\s*" + NUMBER + "\\s*[,;]?\\s*\"?y\"?\\s*[=:]\\s*" + NUMBER,
          Pattern.CASE_INSENSITIVE);
  private static final Pattern BOX =
      Pattern.compile(
          EDGE
              + NUMBER
              + BETWEEN
              + NUMBER
              + BETWEEN_CORNERS
              + NUMBER
              + BETWEEN
              + NUMBER
              + "(?![\\d.]*\\d)");
  private static final Pattern POINT = Pattern.compile(EDGE + NUMBER + BETWEEN + NUMBER);

  private static final double THOUSAND = 1000;

  /** The point of an answer about an image of a size in pixels; empty when there is none. */
  static Optional<PredictedPoint> parse(
      String answer, Coordinates coordinates, int width, int height) {
    double[] numbers = last(NAMED, answer);
    if (numbers == null) {
      numbers = last(BOX, answer);
    }
    if (numbers == null) {
      numbers = last(POINT, answer);
    }
    if (numbers == null) {
      return Optional.empty();
    }
    Coordinates units =
        coordinates == Coordinates.AUTO ? units(numbers, width, height) : coordinates;
    int half = numbers.length / 2;
    double x = half == 1 ? numbers[0] : (numbers[0] + numbers[2]) / 2;
    double y = half == 1 ? numbers[1] : (numbers[1] + numbers[3]) / 2;
    return Optional.of(
        switch (units) {
          case UNIT -> new PredictedPoint(x * width, y * height);
          case THOUSAND -> new PredictedPoint(x / THOUSAND * width, y / THOUSAND * height);
          default -> new PredictedPoint(x, y);
        });
  }

  private static Coordinates units(double[] numbers, int width, int height) {
    boolean unit = true;
    boolean pixel = true;
    boolean thousand = true;
    for (int i = 0; i < numbers.length; i++) {
      unit &= numbers[i] <= 1;
      pixel &= numbers[i] <= (i % 2 == 0 ? width : height);
      thousand &= numbers[i] <= THOUSAND;
    }
    return unit ? Coordinates.UNIT : pixel || !thousand ? Coordinates.PIXEL : Coordinates.THOUSAND;
  }

  private static double[] last(Pattern pattern, String text) {
    double[] found = null;
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      found = new double[matcher.groupCount()];
      for (int i = 0; i < found.length; i++) {
        String written = matcher.group(i + 1);
        found[i] =
            written.endsWith("%")
                ? Double.parseDouble(written.substring(0, written.length() - 1)) / 100
                : Double.parseDouble(written);
      }
    }
    return found;
  }
}
