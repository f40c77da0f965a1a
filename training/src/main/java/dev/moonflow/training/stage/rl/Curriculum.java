package dev.moonflow.training.stage.rl;

/**
 * Easy prompts first (SPEC section 12.3): of the prompts in the order of their difficulty labels a
 * growing share is open.
 *
 * @param firstShare of the prompts that the first iteration may take, in (0, 1]
 * @param iterations until all prompts are open; 0 for all from the beginning
 */
record Curriculum(double firstShare, long iterations) {
  Curriculum {
    if (!(firstShare > 0 && firstShare <= 1) || iterations < 0) {
      throw new IllegalArgumentException(
          "a curriculum begins with a share within 0 and 1 and lasts at least 0 iterations: "
              + firstShare
              + ", "
              + iterations);
    }
  }

  /**
   * How many of the easiest prompts are open.
   *
   * @param iteration from 1
   * @param prompts in all
   * @param least as many as the iteration takes; never fewer are open, unless there are fewer
   */
  int open(long iteration, int prompts, int least) {
    double grown = iterations == 0 ? 1 : Math.min(1, (iteration - 1) / (double) iterations);
    double share = firstShare + (1 - firstShare) * grown;
    return Math.min(prompts, Math.max(least, (int) Math.ceil(share * prompts)));
  }
}
