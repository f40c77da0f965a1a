package dev.moonflow.training.evaluation.needle;

import dev.moonflow.training.evaluation.item.Item;
import dev.moonflow.training.evaluation.item.PromptCosts;
import dev.moonflow.training.evaluation.metric.Target;
import dev.moonflow.training.evaluation.synthetic.Filler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Sentences up to a number of tokens, and among them the one that tells the number. */
final class TextHaystack {
  private static final int DIGITS = 5;

  private TextHaystack() {}

  /**
   * A text with a question behind it.
   *
   * @param tokens of text and question together; the result has at most as many, and fewer by less
   *     than one sentence
   * @param plain whether the question is the beginning of the needle's own sentence
   */
  static Item item(
      String id,
      int tokens,
      double depth,
      boolean plain,
      SplittableRandom random,
      PromptCosts costs,
      Map<String, String> groups) {
    String place = Filler.place(random);
    String code = Filler.code(DIGITS, random);
    String needle = "The access code of the " + place + " is " + code + ".";
    String question =
        plain
            ? "The access code of the " + place + " is"
            : "What is the access code of the " + place + "? Answer with the number alone.";
    int room = tokens - costs.text("\n" + question) - costs.text(" " + needle);
    List<String> sentences = new ArrayList<>();
    while (true) {
      String sentence = Filler.sentence(random);
      room -= costs.text(" " + sentence);
      if (room < 0) {
        break;
      }
      sentences.add(sentence);
    }
    sentences.add((int) Math.round(depth * sentences.size()), needle);
    return new Item(
        id,
        question,
        String.join(" ", sentences),
        List.of(),
        new Target.Text(List.of(code)),
        groups);
  }
}
