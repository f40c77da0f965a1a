package dev.moonflow.kernels.routing;

/** Chooses experts for tokens. */
public interface MoeRouter {

  /**
   * Routes a batch.
   *
   * @param logits [tokens, E], row-major, at least {@code tokens * E} values
   * @param tokens T, at least 0
   * @param bias [E] added to the scores for choosing only
   */
  Routing route(float[] logits, int tokens, float[] bias, RoutingSpec spec);
}
