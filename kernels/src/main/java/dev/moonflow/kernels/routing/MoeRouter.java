package dev.moonflow.kernels.routing;

/**
 * Chooses experts for tokens (SPEC section 8.4).
 *
 * <p>The order of choice is total, so every device chooses alike: larger biased scores first, then
 * the lower index; the same for groups. A score that is not a number counts as plus infinity for
 * choosing, as in the reference's top-k, so it is chosen, and the weights of its token, and of no
 * other, come out as NaN: a broken gate shows instead of being routed around.
 */
public interface MoeRouter {

  /**
   * Routes a batch. What a token gets does not depend on the other tokens.
   *
   * @param logits [tokens, E], row-major, at least {@code tokens * E} values
   * @param tokens T, at least 0
   * @param bias [E] added to the scores for choosing only
   * @throws IllegalArgumentException if an array does not fit the gate
   */
  Routing route(float[] logits, int tokens, float[] bias, RoutingSpec spec);
}
