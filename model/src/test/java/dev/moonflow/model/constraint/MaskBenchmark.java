package dev.moonflow.model.constraint;

import dev.moonflow.model.tokenizer.Tokenizer;
import dev.moonflow.model.tokenizer.TokenizerWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Measures what a constraint costs with a vocabulary of 163,840 tokens: compiling, a first mask, a
 * mask that is at hand, and one near the token limit. A program, not a test.
 */
final class MaskBenchmark {
  private static final int VOCAB = 163_840;
  private static final String SCHEMA =
      "{\"type\":\"object\",\"required\":[\"number\",\"total\"],\"properties\":{"
          + "\"number\":{\"type\":\"string\",\"maxLength\":32},\"total\":{\"type\":\"number\"},"
          + "\"lines\":{\"type\":\"array\",\"maxItems\":20,\"items\":{\"type\":\"string\"}}}}";

  private MaskBenchmark() {}

  public static void main(String[] args) throws Exception {
    Tokenizer tokenizer = tokenizer();
    ConstraintCompiler compiler = new ConstraintCompiler(tokenizer, VOCAB, new int[] {VOCAB - 1});
    long begin = System.nanoTime();
    compiler.compile(new Constraint.Numeric("integer 0..9"));
    report("vocabulary's trie and a first constraint", begin, 1);
    List<Constraint> all =
        List.of(
            new Constraint.Choices(List.of("invoice", "receipt", "letter")),
            new Constraint.Regex("[\\s\\S]*"),
            new Constraint.JsonSchema(SCHEMA));
    for (int round = 0; round < 5; round++) { // the first rounds warm up
      compiler = new ConstraintCompiler(tokenizer, VOCAB, new int[] {VOCAB - 1});
      compiler.compile(new Constraint.Numeric("integer 0..9"));
      for (Constraint constraint : all) {
        measure(compiler, constraint);
      }
    }
  }

  private static void measure(ConstraintCompiler compiler, Constraint constraint)
      throws ConstraintException {
    String name = constraint.getClass().getSimpleName();
    long begin = System.nanoTime();
    TokenConstraint tokens = compiler.compile(constraint);
    report(name + ": compile", begin, 1);
    int states = Math.min(200, constraint.compile().states());
    begin = System.nanoTime();
    for (int state = 0; state < states; state++) {
      tokens.mask(state, 1_000_000);
    }
    report(name + ": a first mask", begin, states);
    begin = System.nanoTime();
    long sum = 0;
    for (int i = 0; i < 100_000; i++) {
      sum += tokens.mask(i % states, 1_000_000)[0];
    }
    report(name + ": a mask at hand" + (sum == 1 ? " " : ""), begin, 100_000);
    begin = System.nanoTime();
    for (int state = 0; state < states; state++) {
      tokens.mask(state, Math.max(1, tokens.tokensToEnd(state)));
    }
    report(name + ": a mask near the limit", begin, states);
  }

  /** Words of random syllables up to the size of the real vocabulary. */
  private static Tokenizer tokenizer() throws Exception {
    SplittableRandom random = new SplittableRandom(1);
    List<byte[]> tokens = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (int b = 0; b < 256; b++) {
      tokens.add(new byte[] {(byte) b});
    }
    while (tokens.size() < VOCAB - 256) {
      StringBuilder word = new StringBuilder(random.nextInt(3) > 0 ? " " : "");
      for (int left = 1 + random.nextInt(4); left > 0; left--) {
        word.append((char) ('a' + random.nextInt(26))).append("aeiou".charAt(random.nextInt(5)));
      }
      if (random.nextInt(4) == 0) {
        word.append((char) (0x4E00 + random.nextInt(0x5000)));
      }
      if (seen.add(word.toString())) {
        tokens.add(word.toString().getBytes(StandardCharsets.UTF_8));
      }
    }
    Path dir = Files.createTempDirectory("mask-benchmark");
    TokenizerWriter.write(dir, tokens);
    Tokenizer tokenizer = Tokenizer.load(dir);
    for (Path file : List.of(dir.resolve("tiktoken.model"), dir.resolve("tokenizer_config.json"))) {
      Files.deleteIfExists(file);
    }
    Files.deleteIfExists(dir);
    return tokenizer;
  }

  private static void report(String what, long begin, int times) {
    double micros = (System.nanoTime() - begin) / 1e3 / times;
    System.out.printf(Locale.ROOT, "%-50s %10.2f us%n", what, micros);
  }
}
