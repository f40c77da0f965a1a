package dev.moonflow.model.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moonflow.model.GoldenFolder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BytePairEncoderTest {

  @Test
  void itAgreesWithThePlainReadingOfTheRuleOnRandomVocabularies() {
    long seed = 31;
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 150; round++) {
      TokenTable table = randomTable(random, random.nextInt(60));
      for (int i = 0; i < 20; i++) {
        assertAgrees(table, randomBytes(random, 1 + random.nextInt(60)), "seed " + seed);
      }
    }
  }

  @Test
  void itAgreesWithThePlainReadingOfTheRuleOnTheGoldenVocabulary() {
    TokenTable table = TiktokenModel.read(GoldenFolder.path("checkpoint/tiktoken.model"));
    SplittableRandom random = new SplittableRandom(32);
    for (int round = 0; round < 150; round++) {
      byte[] piece = new byte[0];
      while (piece.length < 100) {
        byte[] more = table.bytes(random.nextInt(table.size()));
        piece = Arrays.copyOf(piece, piece.length + more.length);
        System.arraycopy(more, 0, piece, piece.length - more.length, more.length);
      }
      assertAgrees(table, piece, "seed 32");
    }
  }

  @Test
  void aLongPieceIsEncodedWithoutQuadraticWork() {
    // A million bytes: the plain loop would need about 10^12 comparisons.
    TokenTable table = randomTable(new SplittableRandom(33), 40);
    byte[] piece = randomBytes(new SplittableRandom(34), 1_000_000);
    TokenBuffer ids = new TokenBuffer();
    new BytePairEncoder(table).encode(piece, ids);
    int at = 0;
    for (int id : ids.toArray()) {
      byte[] token = table.bytes(id);
      assertThat(Arrays.equals(token, 0, token.length, piece, at, at + token.length)).isTrue();
      at += token.length;
    }
    assertThat(at).isEqualTo(piece.length);
  }

  private static void assertAgrees(TokenTable table, byte[] piece, String seed) {
    TokenBuffer ids = new TokenBuffer();
    new BytePairEncoder(table).encode(piece, ids);
    assertThat(ids.toArray()).as(seed).containsExactly(plain(table, piece));
  }

  /** SPEC section 3.4, word for word. */
  private static int[] plain(TokenTable table, byte[] piece) {
    if (table.rank(piece, 0, piece.length) != TokenTable.NONE) {
      return new int[] {table.rank(piece, 0, piece.length)};
    }
    List<byte[]> parts = new ArrayList<>();
    for (byte b : piece) {
      parts.add(new byte[] {b});
    }
    while (true) {
      int best = TokenTable.NONE;
      int where = -1;
      for (int i = 0; i + 1 < parts.size(); i++) {
        byte[] joined = join(parts.get(i), parts.get(i + 1));
        int rank = linearRank(table, joined);
        if (rank < best) {
          best = rank;
          where = i;
        }
      }
      if (where < 0) {
        return parts.stream().mapToInt(p -> linearRank(table, p)).toArray();
      }
      parts.set(where, join(parts.get(where), parts.remove(where + 1)));
    }
  }

  private static int linearRank(TokenTable table, byte[] bytes) {
    for (int rank = 0; rank < table.size(); rank++) {
      if (Arrays.equals(table.bytes(rank), bytes)) {
        return rank;
      }
    }
    return TokenTable.NONE;
  }

  private static byte[] join(byte[] a, byte[] b) {
    byte[] joined = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, joined, a.length, b.length);
    return joined;
  }

  /** Bytes 0 to 3 and some of their concatenations, in random order of rank. */
  private static TokenTable randomTable(SplittableRandom random, int merges) {
    List<byte[]> tokens = new ArrayList<>();
    for (byte b = 0; b < 4; b++) {
      tokens.add(new byte[] {b});
    }
    for (int i = 0; i < merges; i++) {
      byte[] token = randomBytes(random, 2 + random.nextInt(4));
      if (tokens.stream().noneMatch(t -> Arrays.equals(t, token))) {
        tokens.add(random.nextInt(tokens.size() + 1), token);
      }
    }
    return new TokenTable(tokens);
  }

  private static byte[] randomBytes(SplittableRandom random, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) random.nextInt(4);
    }
    return bytes;
  }
}
