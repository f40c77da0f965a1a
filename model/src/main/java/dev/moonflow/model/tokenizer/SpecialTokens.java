package dev.moonflow.model.tokenizer;

import dev.moonflow.model.checkpoint.CheckpointException;
import dev.moonflow.model.checkpoint.JsonFields;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The 256 control tokens after the ordinary ones (SPEC section 3.2): names from {@code
 * added_tokens_decoder}, every other slot {@code <|reserved_token_N|>} with N its id.
 */
public final class SpecialTokens {

  /** Number of control tokens. */
  public static final int SLOTS = 256;

  private final int base;
  private final List<String> texts;
  private final Map<String, Integer> ids = new LinkedHashMap<>();
  // By first character, the longest first: the longest name wins where several begin.
  private final Map<Character, List<String>> byFirst = new HashMap<>();

  /** A name found in text: {@code [start, end)} in UTF-16 units. */
  record Occurrence(int start, int end, int id) {}

  private SpecialTokens(int base, List<String> texts) {
    this.base = base;
    this.texts = List.copyOf(texts);
    for (int slot = 0; slot < SLOTS; slot++) {
      ids.put(texts.get(slot), base + slot);
    }
    for (String text : texts) {
      byFirst.computeIfAbsent(text.charAt(0), c -> new ArrayList<>()).add(text);
    }
    byFirst.values().forEach(l -> l.sort(Comparator.comparingInt(String::length).reversed()));
  }

  /**
   * Reads {@code tokenizer_config.json}.
   *
   * @param base id of the first control token: the number of ordinary tokens
   * @throws CheckpointException if an id is not one of the 256 or a name is empty or given twice
   */
  static SpecialTokens read(Path file, int base) {
    JsonFields decoder = JsonFields.read(file).object("added_tokens_decoder");
    String[] texts = new String[SLOTS];
    for (String key : decoder.names()) {
      int slot = slot(decoder, key, base);
      texts[slot] = decoder.object(key).string("content");
      if (texts[slot].isEmpty()) {
        throw decoder.bad(key, "must have a name");
      }
    }
    Map<String, Integer> seen = new HashMap<>();
    List<String> all = new ArrayList<>();
    for (int slot = 0; slot < SLOTS; slot++) {
      String text = texts[slot] != null ? texts[slot] : "<|reserved_token_" + (base + slot) + "|>";
      Integer other = seen.put(text, slot);
      if (other != null) {
        throw new CheckpointException(
            "%s: %s names both %d and %d."
                .formatted(file, text, base + Math.min(slot, other), base + Math.max(slot, other)));
      }
      all.add(text);
    }
    return new SpecialTokens(base, all);
  }

  private static int slot(JsonFields decoder, String key, int base) {
    try {
      int slot = Math.subtractExact(Integer.parseInt(key), base);
      if (slot >= 0 && slot < SLOTS) {
        return slot;
      }
    } catch (ArithmeticException | NumberFormatException e) {
      throw decoder.bad(key, "must be keyed by an id");
    }
    throw decoder.bad(
        key, "must have an id from " + base + " to " + (base + SLOTS - 1) + " after the ranks");
  }

  /** Id of the first control token. */
  public int base() {
    return base;
  }

  /** Whether an id is a control token, named or not. */
  public boolean contains(int id) {
    return id >= base && id < base + SLOTS;
  }

  /** The name of a control token. */
  public String text(int id) {
    return texts.get(id - base);
  }

  /** The id of a name, if it is one. */
  public OptionalInt id(String text) {
    Integer id = ids.get(text);
    return id == null ? OptionalInt.empty() : OptionalInt.of(id);
  }

  /** All names and ids, in id order. */
  public Map<String, Integer> all() {
    return Collections.unmodifiableMap(ids);
  }

  /** The leftmost name at or after an offset, the longest one there; null if there is none. */
  Occurrence find(String text, int from) {
    for (int at = from; at < text.length(); at++) {
      for (String name : byFirst.getOrDefault(text.charAt(at), List.of())) {
        if (text.startsWith(name, at)) {
          return new Occurrence(at, at + name.length(), ids.get(name));
        }
      }
    }
    return null;
  }
}
