package dev.moonflow.training.evaluation.task;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How an item becomes a prompt. Places to fill are {@code {question}}, {@code {options}} (lettered,
 * one to a line) and {@code {hint}}; a line whose places are all empty is left out.
 *
 * @param open for questions without options
 * @param choice for questions with options; the open one where it is missing
 */
public record PromptTemplate(@JsonProperty(required = true) String open, String choice) {
  private static final Pattern PLACE = Pattern.compile("\\{(question|options|hint)\\}");

  public PromptTemplate {
    choice = choice == null ? open : choice;
  }

  /**
   * The text of a prompt.
   *
   * @param options texts of the options, empty for an open question
   */
  public String fill(String question, List<String> options, String hint) {
    StringBuilder lettered = new StringBuilder();
    for (int i = 0; i < options.size(); i++) {
      lettered.append(i == 0 ? "" : "\n").append((char) ('A' + i)).append(". ");
      lettered.append(options.get(i));
    }
    boolean inPicture = options.stream().allMatch(String::isEmpty);
    Map<String, String> places =
        Map.of("question", question, "options", inPicture ? "" : lettered.toString(), "hint", hint);
    List<String> lines = new ArrayList<>();
    for (String line : (options.isEmpty() ? open : choice).strip().split("\n")) {
      Matcher place = PLACE.matcher(line);
      boolean hasPlace = place.find();
      boolean filled = false;
      place.reset();
      StringBuilder text = new StringBuilder();
      while (place.find()) {
        String value = places.get(place.group(1));
        filled |= !value.isEmpty();
        place.appendReplacement(text, Matcher.quoteReplacement(value));
      }
      place.appendTail(text);
      if (filled || !hasPlace) {
        lines.add(text.toString());
      }
    }
    return String.join("\n", lines);
  }
}
