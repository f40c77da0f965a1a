package dev.moonflow.training.evaluation.loader;

import dev.moonflow.training.evaluation.metric.Target;
import java.util.List;
import java.util.Locale;

/** Reads which option is right. */
final class Options {
  private Options() {}

  /** By its letter. */
  static Target.Choice byLetter(Row row, String field, List<String> options) {
    String letter = row.text(field);
    int index = letter.length() == 1 ? letter.toUpperCase(Locale.ROOT).charAt(0) - 'A' : -1;
    if (index < 0 || index >= options.size()) {
      throw row.complaint(
          field, "must be the letter of one of " + options.size() + " options, not " + letter);
    }
    return new Target.Choice(options, index);
  }

  /** By its text. */
  static Target.Choice byText(Row row, String field, List<String> options) {
    int index = options.indexOf(row.text(field));
    if (index < 0) {
      throw row.complaint(field, "is none of the options: " + row.text(field));
    }
    return new Target.Choice(options, index);
  }

  /** By its place, from 0. */
  static Target.Choice byIndex(Row row, String field, List<String> options) {
    int index = row.integer(field);
    if (index < 0 || index >= options.size()) {
      throw row.complaint(field, "must be from 0 to " + (options.size() - 1) + ", not " + index);
    }
    return new Target.Choice(options, index);
  }

  /** Without the letters before them: "A. apples" is "apples" if all options are written so. */
  static List<String> bare(List<String> options) {
    for (int i = 0; i < options.size(); i++) {
      if (!options.get(i).matches("(?s)\\(?" + Target.Choice.letter(i) + "[.):]\\s*.*")) {
        return options;
      }
    }
    return options.stream().map(o -> o.replaceFirst("^\\(?[A-Z][.):]\\s*", "")).toList();
  }
}
