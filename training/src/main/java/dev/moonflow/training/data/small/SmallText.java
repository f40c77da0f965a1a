package dev.moonflow.training.data.small;

import dev.moonflow.training.data.Draw;
import dev.moonflow.training.data.print.SideText;
import java.util.ArrayList;
import java.util.List;

/** One to four lines to read. */
final class SmallText {
  private static final int CHARACTERS_MAX = 26;

  private SmallText() {}

  /** The lines of a sheet: unconnected ones, or a sentence over several. */
  static List<String> pick(Draw draw, SideText text) {
    int count = draw.between(1, 4);
    if (count > 1 && draw.chance(0.4)) {
      List<String> wrapped = wrapped(text.quotation(draw));
      if (wrapped.size() > 1
          && wrapped.stream().allMatch(line -> line.length() <= CHARACTERS_MAX)) {
        return wrapped.subList(0, Math.min(count, wrapped.size()));
      }
    }
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lines.add(text.line(draw, draw.between(3, CHARACTERS_MAX)));
    }
    return lines;
  }

  private static List<String> wrapped(String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ")) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > CHARACTERS_MAX) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
