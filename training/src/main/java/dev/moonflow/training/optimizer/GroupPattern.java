package dev.moonflow.training.optimizer;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.regex.Pattern;

/**
 * Tensors by name and how they are updated.
 *
 * @param match a tensor name in which {@code *} stands for any characters
 * @param method who updates them
 * @param rate factor on the learning rate
 * @param decay factor on the weight decay
 * @param blocks equal groups of rows that Muon takes as matrices of their own: 3 splits a fused
 *     query-key-value projection; 1 leaves the matrix whole
 */
public record GroupPattern(String match, Method method, double rate, double decay, int blocks) {

  public GroupPattern {
    if (match == null || match.isBlank() || method == null) {
      throw new IllegalArgumentException("a parameter group needs a match and a method");
    }
    if (!(rate >= 0 && decay >= 0) || blocks < 1) {
      throw new IllegalArgumentException(
          "group " + match + ": rate and decay must not be negative, blocks at least 1");
    }
  }

  /** With the factors 1 and the matrix whole. */
  public GroupPattern(String match, Method method) {
    this(match, method, 1, 1, 1);
  }

  /** As a recipe has it: what is left out is 1. */
  @JsonCreator
  static GroupPattern of(
      @JsonProperty("match") String match,
      @JsonProperty("method") Method method,
      @JsonProperty("rate") Double rate,
      @JsonProperty("decay") Double decay,
      @JsonProperty("blocks") Integer blocks) {
    return new GroupPattern(
        match,
        method,
        rate == null ? 1 : rate,
        decay == null ? 1 : decay,
        blocks == null ? 1 : blocks);
  }

  /** Whether a tensor of this name belongs here. */
  public boolean accepts(String name) {
    StringBuilder expression = new StringBuilder();
    for (String literal : match.split("\\*", -1)) {
      expression.append(expression.isEmpty() ? "" : ".*").append(Pattern.quote(literal));
    }
    return Pattern.matches(expression.toString(), name);
  }
}
