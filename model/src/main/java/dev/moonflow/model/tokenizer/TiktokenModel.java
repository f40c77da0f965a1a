package dev.moonflow.model.tokenizer;

import dev.moonflow.model.checkpoint.CheckpointException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads and writes {@code tiktoken.model}: a line per token, the base64 of its bytes, a space, its
 * rank (SPEC section 3.1). Ranks are 0 to n - 1, in any order; all 256 single bytes must be there.
 */
public final class TiktokenModel {

  private static final int TOKENS_MAX = 1 << 24;
  private static final int TOKEN_BYTES_MAX = 4096;

  private TiktokenModel() {}

  /**
   * Reads a file.
   *
   * @throws CheckpointException naming the line of the first fault
   */
  static TokenTable read(Path file) {
    Map<Integer, byte[]> byRank = new HashMap<>();
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
      String line;
      for (int number = 1; (line = reader.readLine()) != null; number++) {
        if (!line.isEmpty()) {
          addLine(file, number, line, byRank);
        }
      }
    } catch (IOException e) {
      throw new CheckpointException(file + " cannot be read: " + e + ".", e);
    }
    List<byte[]> tokens = inOrder(file, byRank);
    check(file, tokens);
    return new TokenTable(tokens);
  }

  /** Writes the tokens in rank order. */
  public static void write(Path file, List<byte[]> tokens) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int rank = 0; rank < tokens.size(); rank++) {
      text.append(Base64.getEncoder().encodeToString(tokens.get(rank)));
      text.append(' ').append(rank).append('\n');
    }
    Files.writeString(file, text, StandardCharsets.ISO_8859_1);
  }

  private static void addLine(Path file, int number, String line, Map<Integer, byte[]> byRank) {
    int space = line.indexOf(' ');
    byte[] bytes;
    int rank;
    try {
      bytes = Base64.getDecoder().decode(line.substring(0, Math.max(space, 0)));
      rank = Integer.parseInt(line.substring(space + 1));
    } catch (IllegalArgumentException e) {
      throw fault(file, number, "is not a base64 token, a space and a rank");
    }
    if (bytes.length == 0 || bytes.length > TOKEN_BYTES_MAX) {
      throw fault(
          file, number, "has a token of " + bytes.length + " bytes, outside 1.." + TOKEN_BYTES_MAX);
    }
    if (rank < 0 || rank >= TOKENS_MAX) {
      throw fault(file, number, "has rank " + rank + ", outside 0.." + (TOKENS_MAX - 1));
    }
    if (byRank.put(rank, bytes) != null) {
      throw fault(file, number, "gives rank " + rank + " a second token");
    }
  }

  /** As many ranks as lines, so that one line with a high rank takes no memory for all below it. */
  private static List<byte[]> inOrder(Path file, Map<Integer, byte[]> byRank) {
    List<byte[]> tokens = new ArrayList<>(byRank.size());
    for (int rank = 0; rank < byRank.size(); rank++) {
      byte[] token = byRank.get(rank);
      if (token == null) {
        throw new CheckpointException(file + " has no token of rank " + rank + ".");
      }
      tokens.add(token);
    }
    return tokens;
  }

  private static void check(Path file, List<byte[]> tokens) {
    boolean[] single = new boolean[256];
    for (byte[] token : tokens) {
      if (token.length == 1) {
        single[token[0] & 0xff] = true;
      }
    }
    for (int value = 0; value < 256; value++) {
      if (!single[value]) {
        throw new CheckpointException(file + " has no token for the single byte " + value + ".");
      }
    }
    List<byte[]> sorted = new ArrayList<>(tokens);
    sorted.sort(Arrays::compareUnsigned);
    for (int i = 1; i < sorted.size(); i++) {
      if (Arrays.equals(sorted.get(i - 1), sorted.get(i))) {
        throw new CheckpointException(
            file
                + " lists the token "
                + Base64.getEncoder().encodeToString(sorted.get(i))
                + " twice.");
      }
    }
  }

  private static CheckpointException fault(Path file, int line, String fault) {
    return new CheckpointException(file + ": line " + line + " " + fault + ".");
  }
}
