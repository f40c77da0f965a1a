package dev.moonflow.model.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Learns a byte-pair vocabulary from text: the pair of neighbouring tokens that occurs most often
 * inside the pieces of the pre-tokenizer becomes the next token, ties to the pair of lower ranks.
 * Meant for small texts: every round counts all pairs.
 */
public final class MergeLearner {

  private record Pair(int left, int right) {}

  private MergeLearner() {}

  /**
   * The 256 single bytes and up to {@code merges} learnt tokens, in rank order; fewer if no pair
   * occurs twice any more.
   */
  public static List<byte[]> learn(String text, int merges) {
    List<byte[]> tokens = new ArrayList<>();
    int[] rankOfByte = new int[256];
    Map<String, Integer> known = new HashMap<>();
    for (byte b : TokenizerWriter.bytesByRank()) {
      rankOfByte[b & 0xff] = tokens.size();
      tokens.add(new byte[] {b});
    }
    Map<String, Integer> counts = new LinkedHashMap<>();
    PreTokenizer.split(text, piece -> counts.merge(piece, 1, Integer::sum));
    List<int[]> pieces = new ArrayList<>();
    counts.keySet().forEach(piece -> pieces.add(ranks(piece, rankOfByte)));
    int[] weights = counts.values().stream().mapToInt(Integer::intValue).toArray();
    while (tokens.size() < 256 + merges) {
      Pair best = mostFrequent(pieces, weights);
      if (best == null) {
        break;
      }
      byte[] joined = join(tokens.get(best.left), tokens.get(best.right));
      // Two pairs may join to the same bytes; then the token is there already.
      String key = new String(joined, StandardCharsets.ISO_8859_1);
      int rank = known.computeIfAbsent(key, k -> tokens.size());
      if (rank == tokens.size()) {
        tokens.add(joined);
      }
      pieces.replaceAll(piece -> merge(piece, best, rank));
    }
    return tokens;
  }

  private static int[] ranks(String piece, int[] rankOfByte) {
    byte[] bytes = piece.getBytes(StandardCharsets.UTF_8);
    int[] ranks = new int[bytes.length];
    for (int i = 0; i < ranks.length; i++) {
      ranks[i] = rankOfByte[bytes[i] & 0xff];
    }
    return ranks;
  }

  private static Pair mostFrequent(List<int[]> pieces, int[] weights) {
    Map<Pair, Integer> counts = new HashMap<>();
    for (int p = 0; p < weights.length; p++) {
      int[] piece = pieces.get(p);
      for (int i = 0; i + 1 < piece.length; i++) {
        counts.merge(new Pair(piece[i], piece[i + 1]), weights[p], Integer::sum);
      }
    }
    Pair best = null;
    int bestCount = 1;
    for (Map.Entry<Pair, Integer> entry : counts.entrySet()) {
      Pair pair = entry.getKey();
      int count = entry.getValue();
      if (count > bestCount || (count == bestCount && best != null && isLower(pair, best))) {
        best = pair;
        bestCount = count;
      }
    }
    return best;
  }

  private static boolean isLower(Pair a, Pair b) {
    return a.left != b.left ? a.left < b.left : a.right < b.right;
  }

  private static int[] merge(int[] piece, Pair pair, int rank) {
    int[] merged = new int[piece.length];
    int count = 0;
    for (int i = 0; i < piece.length; i++) {
      boolean match = i + 1 < piece.length && piece[i] == pair.left && piece[i + 1] == pair.right;
      merged[count++] = match ? rank : piece[i];
      i += match ? 1 : 0;
    }
    return Arrays.copyOf(merged, count);
  }

  private static byte[] join(byte[] left, byte[] right) {
    byte[] joined = Arrays.copyOf(left, left.length + right.length);
    System.arraycopy(right, 0, joined, left.length, right.length);
    return joined;
  }
}
