package dev.moonflow.training.data.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** The words that this project wrote down, by what they are. Read once. */
public final class Lexicon {
  /** Countable nouns in the singular. */
  public static final List<String> NOUNS = read("nouns", '-', ' ');

  /** Nouns without a plural. */
  public static final List<String> MASS_NOUNS = read("mass-nouns", '-', ' ');

  /** Adjectives. */
  public static final List<String> ADJECTIVES = read("adjectives", '-', ' ');

  /** Adverbs. */
  public static final List<String> ADVERBS = read("adverbs", '-', ' ');

  /** Verbs that take an object. */
  public static final List<Verb> TRANSITIVE = transitive();

  /** Verbs that take none. */
  public static final List<Verb> INTRANSITIVE =
      read("intransitive", '-', ' ').stream().map(Verb::regular).toList();

  /** First names. */
  public static final List<String> FIRST_NAMES = read("first-names", '-', ' ');

  /** Family names. */
  public static final List<String> LAST_NAMES = read("last-names", '-', ' ');

  /** Cities. */
  public static final List<String> PLACES = read("places", '-', '-');

  /** Things that shops sell. */
  public static final List<String> PRODUCTS = read("products", '_', ' ');

  private Lexicon() {}

  private static List<Verb> transitive() {
    List<Verb> verbs = new ArrayList<>();
    read("verbs", '-', ' ').forEach(word -> verbs.add(Verb.regular(word)));
    for (String entry : read("irregular", '-', ' ')) {
      String[] forms = entry.split(":");
      verbs.add(Verb.irregular(forms[0], forms[1], forms[2]));
    }
    return List.copyOf(verbs);
  }

  private static List<String> read(String name, char joint, char written) {
    try (InputStream in = Lexicon.class.getResourceAsStream(name + ".txt")) {
      List<String> words = new ArrayList<>();
      for (String word : new String(in.readAllBytes(), UTF_8).split("\\s+")) {
        words.add(word.replace(joint, written));
      }
      return List.copyOf(words);
    } catch (IOException e) {
      throw new UncheckedIOException("reading the words of " + name, e);
    }
  }
}
