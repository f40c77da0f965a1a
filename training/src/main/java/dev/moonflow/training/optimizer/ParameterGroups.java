package dev.moonflow.training.optimizer;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;

/**
 * Which tensor is updated how: the first pattern that accepts its name decides.
 *
 * @param patterns tried in order
 */
public record ParameterGroups(@JsonValue List<GroupPattern> patterns) {

  @JsonCreator
  public ParameterGroups {
    if (patterns == null || patterns.isEmpty()) {
      throw new IllegalArgumentException("parameter groups need at least one pattern");
    }
    patterns = List.copyOf(patterns);
  }

  /**
   * Muon for matrices; AdamW for embeddings, head, position table, patch projection, norms and
   * biases (SPEC section 12.1 and decision 22). The router's matrix is Muon's.
   */
  public static ParameterGroups standard() {
    return new ParameterGroups(
        List.of(
            new GroupPattern("*.e_score_correction_bias", Method.FIXED),
            new GroupPattern("*embed_tokens.*", Method.ADAMW),
            new GroupPattern("*lm_head.*", Method.ADAMW),
            new GroupPattern("*.pos_emb.*", Method.ADAMW),
            new GroupPattern("*.patch_embed.*", Method.ADAMW),
            new GroupPattern("*", Method.MUON)));
  }

  /** AdamW for everything that gradients move. */
  public static ParameterGroups adamwOnly() {
    return new ParameterGroups(
        List.of(
            new GroupPattern("*.e_score_correction_bias", Method.FIXED),
            new GroupPattern("*", Method.ADAMW)));
  }

  /**
   * How a tensor is updated. What is no matrix goes to AdamW where a pattern says Muon.
   *
   * @throws IllegalArgumentException if no pattern accepts it or its rows cannot be split
   */
  public GroupPattern of(String name, long... shape) {
    for (GroupPattern pattern : patterns) {
      if (pattern.accepts(name)) {
        return fit(pattern, name, shape);
      }
    }
    throw new IllegalArgumentException("no parameter group accepts the tensor " + name);
  }

  private static GroupPattern fit(GroupPattern pattern, String name, long... shape) {
    if (pattern.method() == Method.MUON && shape.length != 2) {
      return new GroupPattern(pattern.match(), Method.ADAMW, pattern.rate(), pattern.decay(), 1);
    }
    if (pattern.method() == Method.MUON && shape[0] % pattern.blocks() != 0) {
      throw new IllegalArgumentException(
          "tensor %s has %d rows, which group %s cannot split into %d blocks"
              .formatted(name, shape[0], pattern.match(), pattern.blocks()));
    }
    return pattern;
  }
}
