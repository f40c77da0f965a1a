package dev.moonflow.model.engine;

import dev.moonflow.model.checkpoint.GenerationConfig;
import dev.moonflow.model.tokenizer.Tokenizer;
import java.util.BitSet;

/**
 * The ids that end a generation: those of {@code generation_config.json}, and {@code [EOS]} and
 * {@code <|im_end|>} by name, because the latter ends every turn and is declared nowhere (SPEC
 * section 9).
 */
public final class StopTokens {
  private final BitSet ids = new BitSet();

  /** The stop tokens of a checkpoint. */
  public StopTokens(Tokenizer tokenizer, GenerationConfig generation) {
    ids.set(tokenizer.requiredSpecial("[EOS]"));
    ids.set(tokenizer.requiredSpecial("<|im_end|>"));
    generation.eosTokenIds().forEach(ids::set);
  }

  /** Whether an id ends a generation. */
  public boolean contains(int id) {
    return ids.get(id);
  }

  /** All ids, ascending. */
  public int[] ids() {
    return ids.stream().toArray();
  }
}
