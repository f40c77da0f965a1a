package dev.moonflow.training.experiment;

import dev.moonflow.training.network.PackedBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * An endless text in a made-up language of 512 words: what a small language model can go on
 * learning for thousands of steps without seeing a document twice. There is something to learn at
 * every distance: which adjectives, verbs and objects go together (tables to memorise), agreement
 * of subject and verb across relative clauses, the topic of a document, what was said of a person
 * earlier in it, and addition of small numbers.
 *
 * <p>Words: {@value #FUNCTION} function words, {@value #NOUNS} nouns and {@value #VERBS} verbs in
 * singular and plural, {@value #ADJECTIVES} adjectives, {@value #NAMES} names, {@value #NUMBERS}
 * numbers. A document depends on the seed and its index alone.
 */
final class MadeUpLanguage {
  private static final int FUNCTION = 20;
  private static final int NOUNS = 120;
  private static final int VERBS = 60;
  private static final int ADJECTIVES = 40;
  private static final int NAMES = 32;
  private static final int NUMBERS = 60;
  private static final int TOPICS = 8;
  private static final int CHOICES = 12;

  /** Ids in [0, WORDS). */
  static final int WORDS = FUNCTION + 2 * NOUNS + 2 * VERBS + ADJECTIVES + NAMES + NUMBERS;

  private static final int STOP = 0;
  private static final int THE = 1;
  private static final int SOME = 2;
  private static final int WHO = 3;
  private static final int AND = 4;
  private static final int IS = 5;
  private static final int ARE = 6;
  private static final int PLUS = 7;
  private static final int OF = 8;
  private static final int LINKS = 9;

  private static final int NOUN = FUNCTION;
  private static final int VERB = NOUN + 2 * NOUNS;
  private static final int ADJECTIVE = VERB + 2 * VERBS;
  private static final int NAME = ADJECTIVE + ADJECTIVES;
  private static final int NUMBER = NAME + NAMES;

  private final long seed;
  private final int[][] nounsOfTopic = new int[TOPICS][];
  private final int[][] adjectivesOfNoun = new int[NOUNS][];
  private final int[][] verbsOfNoun = new int[NOUNS][];
  private final int[][] objectsOfVerb = new int[VERBS][];

  MadeUpLanguage(long seed) {
    this.seed = seed;
    SplittableRandom random = new SplittableRandom(seed);
    for (int topic = 0; topic < TOPICS; topic++) {
      nounsOfTopic[topic] = some(random, NOUNS, NOUNS);
    }
    for (int noun = 0; noun < NOUNS; noun++) {
      adjectivesOfNoun[noun] = some(random, ADJECTIVES, CHOICES);
      verbsOfNoun[noun] = some(random, VERBS, CHOICES);
    }
    for (int verb = 0; verb < VERBS; verb++) {
      objectsOfVerb[verb] = some(random, NOUNS, CHOICES);
    }
  }

  private static int[] some(SplittableRandom random, int of, int count) {
    int[] all = new int[of];
    for (int i = 0; i < of; i++) {
      int j = random.nextInt(i + 1);
      all[i] = all[j];
      all[j] = i;
    }
    return java.util.Arrays.copyOf(all, count);
  }

  /** Rank r of n with probability proportional to 1 / (r + 1). */
  private static int zipf(SplittableRandom random, int n) {
    return (int) Math.min(n - 1, Math.floor(Math.pow(n + 1.0, random.nextDouble()) - 1));
  }

  private static int pick(SplittableRandom random, int[] ranked) {
    return ranked[zipf(random, ranked.length)];
  }

  /** Documents {@code first}, {@code first + 1}, .. of {@code length} tokens each, as one batch. */
  PackedBatch batch(long first, int documents, int length) {
    int[] tokens = new int[documents * length];
    int[] positions = new int[tokens.length];
    float[] weights = new float[tokens.length];
    int[] starts = new int[documents + 1];
    for (int d = 0; d < documents; d++) {
      int[] document = document(first + d, length);
      for (int i = 0; i < length; i++) {
        tokens[d * length + i] = document[i];
        positions[d * length + i] = i;
        weights[d * length + i] = i == 0 ? 0 : 1;
      }
      starts[d + 1] = (d + 1) * length;
    }
    return new PackedBatch(tokens, positions, starts, weights, List.of());
  }

  /** The first tokens of a document. */
  int[] document(long index, int length) {
    Teller teller = new Teller(new SplittableRandom(seed ^ (index + 1) * 0x9E3779B97F4A7C15L));
    while (teller.words.size() < length) {
      teller.sentence();
    }
    return teller.words.stream().limit(length).mapToInt(w -> w).toArray();
  }

  /** Who tells one document: its topic, its people and what is known of them. */
  private final class Teller {
    private final SplittableRandom random;
    private final List<Integer> words = new ArrayList<>();
    private final int[] nouns;
    private final int[] people;
    private final int[] belongings;
    private final int[] traits;

    Teller(SplittableRandom random) {
      this.random = random;
      this.nouns = nounsOfTopic[random.nextInt(TOPICS)];
      this.people = some(random, NAMES, 3);
      this.belongings = some(random, NOUNS, 3);
      this.traits = some(random, ADJECTIVES, 3);
    }

    void sentence() {
      int kind = random.nextInt(10);
      if (kind < 6) {
        boolean plural = random.nextInt(3) == 0;
        int subject = noun(pick(random, nouns), plural, 0);
        action(subject, plural);
      } else if (kind < 8) {
        int who = random.nextInt(people.length);
        say(NAME + people[who]);
        action(belongings[who], false);
      } else if (kind == 8) {
        int who = random.nextInt(people.length);
        say(THE);
        say(NOUN + belongings[who]);
        say(OF);
        say(NAME + people[who]);
        say(IS);
        say(ADJECTIVE + traits[who]);
      } else {
        addition();
      }
      say(STOP);
    }

    private void addition() {
      int a = random.nextInt(NUMBERS / 2);
      int b = random.nextInt(NUMBERS / 2);
      say(NUMBER + a);
      say(PLUS);
      say(NUMBER + b);
      say(IS);
      say(NUMBER + a + b);
    }

    /** A noun with its adjectives and perhaps a clause; returns it. */
    private int noun(int noun, boolean plural, int depth) {
      say(plural ? SOME : THE);
      if (random.nextInt(2) == 0) {
        say(ADJECTIVE + pick(random, adjectivesOfNoun[noun]));
      }
      say(NOUN + noun + (plural ? NOUNS : 0));
      if (depth < 2 && random.nextInt(4) == 0) {
        say(WHO);
        int verb = pick(random, verbsOfNoun[noun]);
        say(VERB + verb + (plural ? VERBS : 0));
        noun(pick(random, objectsOfVerb[verb]), random.nextInt(3) == 0, depth + 1);
      }
      return noun;
    }

    private void action(int subject, boolean plural) {
      if (random.nextInt(6) == 0) {
        say(plural ? ARE : IS);
        say(ADJECTIVE + pick(random, adjectivesOfNoun[subject]));
        return;
      }
      int verb = pick(random, verbsOfNoun[subject]);
      say(VERB + verb + (plural ? VERBS : 0));
      boolean usual = random.nextInt(4) > 0;
      int object = usual ? pick(random, objectsOfVerb[verb]) : pick(random, nouns);
      noun(object, random.nextInt(3) == 0, 1);
      if (random.nextInt(3) == 0) {
        say(random.nextInt(2) == 0 ? AND : LINKS + verb % (FUNCTION - LINKS));
        action(subject, plural);
      }
    }

    private void say(int word) {
      words.add(word);
    }
  }
}
