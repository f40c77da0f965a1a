package dev.moonflow.model.tokenizer;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes a tokenizer: ordinary tokens, and the control tokens of SPEC section 3.2 after them. */
public final class TokenizerWriter {

  /** Place of each named control token after the ordinary ones. */
  public static final Map<String, Integer> SPECIAL_OFFSETS =
      Map.ofEntries(
          Map.entry("[BOS]", 0),
          Map.entry("[EOS]", 1),
          Map.entry("<|im_end|>", 2),
          Map.entry("<|im_user|>", 3),
          Map.entry("<|im_assistant|>", 4),
          Map.entry("<|start_header_id|>", 6),
          Map.entry("<|end_header_id|>", 7),
          Map.entry("[EOT]", 9),
          Map.entry("<|im_system|>", 10),
          Map.entry("<|im_middle|>", 17),
          Map.entry("<|media_start|>", 18),
          Map.entry("<|media_content|>", 19),
          Map.entry("<|media_end|>", 20),
          Map.entry("<|media_pad|>", 21),
          Map.entry("[UNK]", 254),
          Map.entry("[PAD]", 255));

  private static final ObjectMapper JSON = new ObjectMapper();

  private TokenizerWriter() {}

  /**
   * The 256 single bytes in the order of their ranks in published vocabularies: the printable ones
   * of Latin-1 first, then the others (SPEC section 3.1).
   */
  public static byte[] bytesByRank() {
    byte[] order = new byte[256];
    int rank = 0;
    for (boolean printable : new boolean[] {true, false}) {
      for (int b = 0; b < 256; b++) {
        if (isPrintable(b) == printable) {
          order[rank++] = (byte) b;
        }
      }
    }
    return order;
  }

  private static boolean isPrintable(int b) {
    return (b >= 0x21 && b <= 0x7e) || (b >= 0xa1 && b != 0xad);
  }

  /**
   * Writes {@code tiktoken.model} and {@code tokenizer_config.json}.
   *
   * @param tokens in rank order, all single bytes among them
   */
  public static void write(Path dir, List<byte[]> tokens) throws IOException {
    TiktokenModel.write(dir.resolve("tiktoken.model"), tokens);
    ObjectNode root = JSON.createObjectNode();
    root.put("tokenizer_class", "TikTokenTokenizer");
    root.put("bos_token", "[BOS]");
    root.put("eos_token", "[EOS]");
    root.put("unk_token", "[UNK]");
    root.put("pad_token", "[PAD]");
    root.put("clean_up_tokenization_spaces", false);
    root.put("model_max_length", 1_048_576);
    ObjectNode decoder = root.putObject("added_tokens_decoder");
    Map<Integer, String> byOffset = new TreeMap<>();
    SPECIAL_OFFSETS.forEach((name, offset) -> byOffset.put(offset, name));
    byOffset.forEach(
        (offset, name) ->
            decoder
                .putObject(String.valueOf(tokens.size() + offset))
                .put("content", name)
                .put("lstrip", false)
                .put("normalized", false)
                .put("rstrip", false)
                .put("single_word", false)
                .put("special", true));
    JSON.writerWithDefaultPrettyPrinter()
        .writeValue(dir.resolve("tokenizer_config.json").toFile(), root);
  }
}
