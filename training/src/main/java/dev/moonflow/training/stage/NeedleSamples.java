package dev.moonflow.training.stage;

import dev.moonflow.model.tokenizer.Tokenizer;
import dev.moonflow.training.batch.ExampleEncoder;
import dev.moonflow.training.batch.KeyedHash;
import dev.moonflow.training.batch.SampleSource;
import dev.moonflow.training.sample.Category;
import dev.moonflow.training.sample.Part;
import dev.moonflow.training.sample.Role;
import dev.moonflow.training.sample.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Long text with one fact hidden in it and asked for at the end: parts haystack, question, answer,
 * of which the answer alone is learnt: the hay is drawn at random. The text fills a number of
 * tokens as nearly as its sentences allow, never more.
 */
public final class NeedleSamples implements SampleSource {
  private static final List<String> SUBJECTS =
      List.of("harbour", "garden", "market", "library", "station", "valley", "bakery", "museum");
  private static final List<String> VERBS =
      List.of("opens", "closes", "looks busy", "stays quiet", "smells of rain", "has visitors");
  private static final List<String> TIMES =
      List.of("in the morning", "at noon", "in the evening", "on Sunday", "in winter", "every day");

  /** Tokens that wrap around the text: [EOS], and merges that differ at the seams. */
  private static final int MARGIN = 8;

  private final Tokenizer tokenizer;
  private final int tokens;
  private final long seed;

  /**
   * A source.
   *
   * @param tokens of a sample, at least 64
   */
  public NeedleSamples(Tokenizer tokenizer, int tokens, long seed) {
    if (tokens < 64) {
      throw new IllegalArgumentException("a haystack needs at least 64 tokens: " + tokens);
    }
    this.tokenizer = tokenizer;
    this.tokens = tokens;
    this.seed = seed;
  }

  @Override
  public Sample sample(long k) {
    long key = KeyedHash.bits(seed, k);
    String subject = pick(SUBJECTS, key, 0);
    String code = Long.toString(10 + Math.floorMod(KeyedHash.bits(key, 1), 90));
    String needle = " The code of the " + subject + " is " + code + ".";
    String question = " What is the code of the " + subject + "? It is";
    String answer = " " + code + ".";
    List<String> hay = hay(key, tokens - count(needle) - count(question) - count(answer) - MARGIN);
    int depth = (int) (KeyedHash.uniform(key, 2) * (hay.size() + 1));
    hay.add(depth, needle);
    return new Sample(
        "needle-" + Long.toHexString(seed) + "-" + k,
        Category.TEXT,
        "long/needle",
        "needles",
        key,
        List.of(
            new Part.Text(Role.NONE, String.join("", hay)),
            new Part.Text(Role.NONE, question),
            new Part.Text(Role.NONE, answer)),
        List.of(),
        Optional.of(code),
        Map.of("depth", depth + "/" + (hay.size() - 1), ExampleEncoder.IGNORE, "0,1"));
  }

  private List<String> hay(long key, int room) {
    List<String> sentences = new ArrayList<>();
    int used = 0;
    for (int i = 0; ; i++) {
      int draw = 3 + 3 * i;
      String sentence =
          " The %s %s %s."
              .formatted(
                  pick(SUBJECTS, key, draw),
                  pick(VERBS, key, draw + 1),
                  pick(TIMES, key, draw + 2));
      used += count(sentence);
      if (used > room) {
        return sentences;
      }
      sentences.add(sentence);
    }
  }

  private int count(String text) {
    return tokenizer.encode(text).length;
  }

  private static String pick(List<String> words, long key, int draw) {
    return words.get((int) Math.floorMod(KeyedHash.bits(key, draw), (long) words.size()));
  }
}
