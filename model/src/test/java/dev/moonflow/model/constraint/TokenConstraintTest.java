package dev.moonflow.model.constraint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moonflow.model.GoldenFolder;
import dev.moonflow.model.tokenizer.Tokenizer;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TokenConstraintTest {
  private static final Tokenizer TOKENIZER = Tokenizer.load(GoldenFolder.path("checkpoint"));
  private static final int STOP = TOKENIZER.requiredSpecial("<|im_end|>");
  private static final int VOCAB = TOKENIZER.vocabSize() + 100;

  private static ConstraintCompiler compiler() {
    return new ConstraintCompiler(TOKENIZER, VOCAB, new int[] {STOP});
  }

  private static boolean in(long[] mask, int id) {
    return (mask[id >> 6] >>> id & 1) != 0;
  }

  @Test
  void aMaskHasTheTokensThatATokenByTokenWalkAllows() throws Exception {
    SplittableRandom random = new SplittableRandom(3);
    for (int round = 0; round < 40; round++) {
      Constraint constraint = new Constraint.Regex(RandomRegex.draw(random, 2));
      TokenConstraint tokens = compiler().compile(constraint);
      ByteAutomaton automaton = constraint.compile();
      int state = TokenConstraint.START;
      for (int step = 0; step < 6; step++) {
        int left = step == 0 ? 1_000 : tokens.tokensToEnd(state) + random.nextInt(3);
        if (left == 0) {
          break;
        }
        long[] mask = tokens.mask(state, left);
        int next = ByteAutomaton.DEAD;
        for (int id = 0; id < VOCAB; id++) {
          assertThat(in(mask, id))
              .as("token %d after %d", id, step)
              .isEqualTo(allowed(tokens, automaton, state, id, left));
          if (in(mask, id)
              && id != STOP
              && (next == ByteAutomaton.DEAD || random.nextInt(9) == 0)) {
            next = tokens.next(state, id);
          }
        }
        if (next == ByteAutomaton.DEAD) {
          break;
        }
        state = next;
      }
    }
  }

  private static boolean allowed(
      TokenConstraint tokens, ByteAutomaton automaton, int state, int id, int left) {
    if (id == STOP) {
      return automaton.accepts(state);
    }
    if (id >= TOKENIZER.vocabSize() || TOKENIZER.specials().contains(id)) {
      return false;
    }
    int next = automaton.next(state, TOKENIZER.bytes(id));
    return next != ByteAutomaton.DEAD && tokens.tokensToEnd(next) <= left - 1;
  }

  @Test
  void whateverIsChosenTheAnswerIsCompleteWithinItsTokens() throws Exception {
    SplittableRandom random = new SplittableRandom(4);
    for (int round = 0; round < 150; round++) {
      Constraint constraint =
          round % 2 == 0
              ? new Constraint.Regex(RandomRegex.draw(random, 2))
              : new Constraint.JsonSchema(RandomSchema.draw(random, 3).toString());
      TokenConstraint tokens = compiler().compile(constraint);
      int left = tokens.tokensToEnd(TokenConstraint.START) + random.nextInt(6);
      int state = TokenConstraint.START;
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      while (left > 0 && !tokens.isFinal(state)) {
        long[] mask = tokens.mask(state, left);
        int[] choices = BitSet.valueOf(mask).stream().toArray();
        assertThat(choices).as("round %d", round).isNotEmpty();
        int id = choices[random.nextInt(choices.length)];
        if (id == STOP) {
          break;
        }
        bytes.writeBytes(TOKENIZER.bytes(id));
        state = tokens.next(state, id);
        left--;
      }
      assertThat(tokens.accepts(state)).as("%s: %s", constraint, bytes.toString(UTF_8)).isTrue();
      assertThat(constraint.compile().accepts(bytes.toByteArray())).isTrue();
    }
  }

  @Test
  void theShortestAnswerIsCountedInTokens() throws Exception {
    List<String> words = List.of("the image", "a");
    TokenConstraint tokens = compiler().compile(new Constraint.Choices(words));
    assertThat(tokens.tokensToEnd(TokenConstraint.START)).isEqualTo(1);
    String only = "{\"the\":\"image\"}";
    tokens = compiler().compile(new Constraint.Choices(List.of(only)));
    assertThat(tokens.tokensToEnd(TokenConstraint.START))
        .isLessThanOrEqualTo(TOKENIZER.encode(only).length)
        .isLessThan(only.length());
  }

  @Test
  void masksAreTheSameWhenMadeAgain() throws Exception {
    Constraint constraint = new Constraint.Regex("([a-z]{1,8} ){0,200}[.]");
    TokenConstraint tokens = compiler().compile(constraint);
    int state = TokenConstraint.START;
    long[] first = tokens.mask(state, 10_000).clone();
    assertThat(tokens.mask(state, 10_000)).isSameAs(tokens.mask(state, 10_000));
    for (int other = 0; other < constraint.compile().states(); other++) {
      tokens.mask(other, 10_000);
    }
    assertThat(Arrays.equals(tokens.mask(state, 10_000), first)).isTrue();
  }

  @Test
  void theSameConstraintIsCompiledOnce() throws Exception {
    ConstraintCompiler compiler =
        new ConstraintCompiler(TOKENIZER, VOCAB, new int[] {STOP}, 1 << 20);
    TokenConstraint once = compiler.compile(new Constraint.Numeric("integer 0..9"));
    assertThat(compiler.compile(new Constraint.Numeric("integer 0..9"))).isSameAs(once);
    for (int i = 0; i < 20; i++) {
      compiler.compile(new Constraint.Regex("[a-z]{" + (1 + i) + ",900}"));
    }
    assertThat(compiler.compile(new Constraint.Numeric("integer 0..9"))).isNotSameAs(once);
  }

  @Test
  void anEmptyChoiceIsRefused() {
    assertThatThrownBy(() -> compiler().compile(new Constraint.Choices(List.of("yes", ""))))
        .hasMessage("choices[1] is empty.");
    assertThatThrownBy(() -> compiler().compile(new Constraint.Choices(List.of())))
        .hasMessageContaining("must hold 1 to");
  }
}
