package dev.moonflow.model.tokenizer;

import dev.moonflow.model.checkpoint.CheckpointException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * The model's tokenizer (SPEC section 3). Ordinary tokens have ids 0 to base - 1, control tokens
 * base to base + 255. Immutable and thread-safe.
 */
public final class Tokenizer {

  private final TokenTable table;
  private final SpecialTokens specials;
  private final BytePairEncoder encoder;

  private Tokenizer(TokenTable table, SpecialTokens specials) {
    this.table = table;
    this.specials = specials;
    this.encoder = new BytePairEncoder(table);
  }

  /**
   * Reads {@code tiktoken.model} and {@code tokenizer_config.json} of a checkpoint folder.
   *
   * @throws CheckpointException naming the file and the line or field at fault
   */
  public static Tokenizer load(Path dir) {
    TokenTable table = TiktokenModel.read(dir.resolve("tiktoken.model"));
    return new Tokenizer(
        table, SpecialTokens.read(dir.resolve("tokenizer_config.json"), table.size()));
  }

  /** Number of ids: ordinary and control tokens. */
  public int vocabSize() {
    return table.size() + SpecialTokens.SLOTS;
  }

  /** The control tokens. */
  public SpecialTokens specials() {
    return specials;
  }

  /** The id of a control token that the model cannot do without. */
  public int requiredSpecial(String text) {
    return specials
        .id(text)
        .orElseThrow(
            () -> new CheckpointException("the tokenizer has no special token " + text + "."));
  }

  /** Bytes of the longest ordinary token: n bytes of text never make fewer than n / this tokens. */
  public int longestTokenBytes() {
    return table.longest();
  }

  /** Ids of text in which the names of control tokens are plain text: for text of users. */
  public int[] encode(String text) {
    TokenBuffer ids = new TokenBuffer();
    for (String chunk : TextChunker.cut(wellFormed(text))) {
      encodeOrdinary(chunk, ids);
    }
    return ids.toArray();
  }

  /** Ids of text in which the names of control tokens become control tokens: for trusted text. */
  public int[] encodeTrusted(String text) {
    TokenBuffer ids = new TokenBuffer();
    for (String chunk : TextChunker.cut(wellFormed(text))) {
      int position = 0;
      SpecialTokens.Occurrence found;
      while ((found = specials.find(chunk, position)) != null) {
        encodeOrdinary(chunk.substring(position, found.start()), ids);
        ids.add(found.id());
        position = found.end();
      }
      encodeOrdinary(chunk.substring(position), ids);
    }
    return ids.toArray();
  }

  /** The pieces that byte-pair encoding never crosses (SPEC section 3.3); joined, the text. */
  public List<String> pieces(String text) {
    return PreTokenizer.split(wellFormed(text));
  }

  /** The stretches that are tokenised one by one (SPEC section 3.5); joined, the text. */
  public List<String> chunks(String text) {
    return TextChunker.cut(wellFormed(text));
  }

  private void encodeOrdinary(String text, TokenBuffer ids) {
    PreTokenizer.split(text, piece -> encoder.encode(piece.getBytes(StandardCharsets.UTF_8), ids));
  }

  /**
   * The bytes of one token: of a control token, those of its name.
   *
   * @throws IllegalArgumentException if there is no such id
   */
  public byte[] bytes(int id) {
    if (id < 0 || id >= vocabSize()) {
      throw new IllegalArgumentException("token id " + id + " is outside 0.." + (vocabSize() - 1));
    }
    return specials.contains(id)
        ? specials.text(id).getBytes(StandardCharsets.UTF_8)
        : table.bytes(id).clone();
  }

  /** The bytes of tokens, joined. */
  public byte[] bytes(int[] ids) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int id : ids) {
      bytes.writeBytes(bytes(id));
    }
    return bytes.toByteArray();
  }

  /** The text of tokens, control tokens by name, malformed UTF-8 replaced. */
  public String decode(int[] ids) {
    return StreamingUtf8Decoder.decode(bytes(ids));
  }

  /** The text of tokens without control tokens, malformed UTF-8 replaced. */
  public String visibleText(int[] ids) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int id : ids) {
      if (id < table.size()) {
        bytes.writeBytes(bytes(id));
      }
    }
    return StreamingUtf8Decoder.decode(bytes.toByteArray());
  }

  /** Replaces unpaired surrogates, which no UTF-8 can carry, by U+FFFD. */
  private static String wellFormed(String text) {
    StringBuilder repaired = null;
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (Character.isHighSurrogate(c)
          && at + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(at + 1))) {
        at++;
      } else if (Character.isSurrogate(c)) {
        repaired = repaired == null ? new StringBuilder(text) : repaired;
        repaired.setCharAt(at, '\uFFFD');
      }
    }
    return repaired == null ? text : repaired.toString();
  }
}
