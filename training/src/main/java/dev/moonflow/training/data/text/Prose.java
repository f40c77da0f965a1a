package dev.moonflow.training.data.text;

import dev.moonflow.training.data.Draw;
import java.util.ArrayList;
import java.util.List;

/**
 * English prose from a small grammar. One instance writes about a few things and people, so that
 * words come back within a text as they do in real ones. Grammatical, not meaningful.
 */
public final class Prose {
  private static final int THINGS = 14;
  private static final String[] PREPOSITIONS = {
    "in",
    "on",
    "near",
    "behind",
    "under",
    "above",
    "beside",
    "with",
    "without",
    "from",
    "towards",
    "around",
    "inside",
    "outside",
    "beyond",
    "against",
    "between the door and",
    "next to"
  };
  private static final String[] TIMES = {
    "in the morning",
    "at noon",
    "last winter",
    "every year",
    "after the war",
    "before dawn",
    "on Monday",
    "on Friday evening",
    "since March",
    "at the weekend",
    "for three days",
    "during the storm",
    "in the nineteenth century",
    "a week later",
    "at midnight",
    "in spring"
  };
  private static final String[] LINKS = {
    "because",
    "although",
    "while",
    "when",
    "after",
    "before",
    "until",
    "so that",
    "whenever",
    "even though",
    "as soon as",
    "unless"
  };
  private static final String[] OPENERS = {
    "However",
    "Meanwhile",
    "In fact",
    "For example",
    "As a result",
    "By contrast",
    "Of course",
    "In the end",
    "Moreover",
    "At first",
    "Later on",
    "On the other hand",
    "In short"
  };

  private final Draw draw;
  private final List<String> things;
  private final List<String> people = new ArrayList<>();

  /** A writer whose choices are these. */
  public Prose(Draw draw) {
    this.draw = draw;
    this.things = draw.distinct(Lexicon.NOUNS, THINGS);
    for (int i = 0; i < 3; i++) {
      people.add(draw.chance(0.5) ? draw.pick(Lexicon.FIRST_NAMES) : Values.person(draw));
    }
  }

  /** Some paragraphs. */
  public List<String> paragraphs(int count, int sentencesMin, int sentencesMax) {
    List<String> paragraphs = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      paragraphs.add(paragraph(draw.between(sentencesMin, sentencesMax)));
    }
    return paragraphs;
  }

  /** So many sentences. */
  public String paragraph(int sentences) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < sentences; i++) {
      text.append(i == 0 ? "" : " ").append(sentence());
    }
    return text.toString();
  }

  /** A heading of two to six words. */
  public String heading() {
    String text =
        switch (draw.below(6)) {
          case 0 -> "The " + adjective() + " " + thing();
          case 1 -> Nouns.plural(thing()) + " and " + Nouns.plural(thing());
          case 2 -> "How to " + verb().base() + " " + Nouns.withArticle(thing());
          case 3 -> "A short history of " + Nouns.plural(thing());
          case 4 -> "On " + mass() + " and " + mass();
          default -> "Report on the " + thing() + " of " + draw.pick(Lexicon.PLACES);
        };
    return capital(text);
  }

  /** One sentence with its full stop. */
  public String sentence() {
    String text =
        switch (draw.weighted(34, 20, 10, 8, 8, 7, 5, 4, 4)) {
          case 0 -> clause();
          case 1 -> clause() + " " + draw.pick(LINKS) + " " + clause();
          case 2 -> draw.pick(OPENERS) + ", " + clause();
          case 3 ->
              "there " + (draw.chance(0.5) ? "was " + one() : "were " + many()) + " " + where();
          case 4 -> "\"" + capital(clause()) + ",\" said " + draw.pick(people);
          case 5 -> clause() + ", and " + clause();
          case 6 -> one() + ", " + one() + " and " + one() + " were " + verb().participle();
          case 7 -> "it is " + adjective() + " to " + verb().base() + " " + object();
          default -> clause() + "; " + clause();
        };
    if (draw.chance(0.04)) {
      return "Who " + verb().past() + " " + object() + "?";
    }
    return capital(text) + (draw.chance(0.03) ? "!" : ".");
  }

  private String clause() {
    boolean plural = draw.chance(0.3);
    boolean past = draw.chance(0.6);
    String subject = plural ? pluralSubject() : singularSubject();
    String adverb = draw.chance(0.15) ? draw.pick(Lexicon.ADVERBS) + " " : "";
    String predicate =
        switch (draw.weighted(50, 15, 15, 10, 10)) {
          case 0 -> adverb + form(verb(), plural, past) + " " + object();
          case 1 -> adverb + form(draw.pick(Lexicon.INTRANSITIVE), plural, past);
          case 2 -> be(plural, past) + " " + (draw.chance(0.2) ? "very " : "") + adjective();
          case 3 -> be(plural, past) + " " + verb().participle() + " by " + draw.pick(people);
          default ->
              draw.pick("can", "could", "must", "should", "will", "would", "may")
                  + " "
                  + verb().base()
                  + " "
                  + object();
        };
    String end = draw.chance(0.3) ? " " + where() : draw.chance(0.2) ? " " + draw.pick(TIMES) : "";
    return subject + " " + predicate + end;
  }

  private static String form(Verb verb, boolean plural, boolean past) {
    return past ? verb.past() : plural ? verb.base() : verb.third();
  }

  private static String be(boolean plural, boolean past) {
    return past ? (plural ? "were" : "was") : plural ? "are" : "is";
  }

  private String singularSubject() {
    return switch (draw.weighted(45, 25, 10, 20)) {
      case 0 -> one();
      case 1 -> draw.pick(people);
      case 2 -> mass();
      default -> draw.pick("he", "she", "it", "everyone", "nobody", "this", "the other one");
    };
  }

  private String pluralSubject() {
    return draw.chance(0.7) ? many() : draw.pick("they", "we", "most people", "both", "others");
  }

  private String object() {
    return switch (draw.weighted(55, 20, 15, 10)) {
      case 0 -> one();
      case 1 -> many();
      case 2 -> mass();
      default -> draw.pick(people);
    };
  }

  private String one() {
    String noun = draw.chance(0.4) ? adjective() + " " + thing() : thing();
    return switch (draw.below(5)) {
      case 0, 1 -> "the " + noun;
      case 2 -> draw.pick("his", "her", "our", "their", "this", "every") + " " + noun;
      default -> Nouns.withArticle(noun);
    };
  }

  private String many() {
    String plural = Nouns.plural(thing());
    String noun = draw.chance(0.3) ? adjective() + " " + plural : plural;
    return draw.pick(
            "the", "some", "many", "two", "several", "all", "few", draw.between(3, 99) + "")
        + " "
        + noun;
  }

  private String where() {
    return draw.pick(PREPOSITIONS) + " " + (draw.chance(0.8) ? one() : draw.pick(Lexicon.PLACES));
  }

  private String thing() {
    return draw.chance(0.6) ? draw.pick(things) : draw.pick(Lexicon.NOUNS);
  }

  private String mass() {
    return draw.pick(Lexicon.MASS_NOUNS);
  }

  private String adjective() {
    return draw.pick(Lexicon.ADJECTIVES);
  }

  private Verb verb() {
    return draw.pick(Lexicon.TRANSITIVE);
  }

  /** With a capital at the start. */
  public static String capital(String text) {
    int at = text.startsWith("\"") ? 1 : 0;
    return text.substring(0, at) + Character.toUpperCase(text.charAt(at)) + text.substring(at + 1);
  }
}
