package dev.moonflow.jobs.cli;

import dev.moonflow.jobs.cli.console.UserException;
import dev.moonflow.schemas.GenerationOptions;
import picocli.CommandLine.Option;

/**
 * How to generate: {@code --max-new-tokens}, {@code --temperature}, {@code --top-p}, {@code
 * --seed}.
 */
final class GenerationOptionsMixin {
  @Option(names = "--max-new-tokens", paramLabel = "N", description = "Tokens to generate at most.")
  private Integer maxNewTokens;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      description = "Sampling temperature from 0 (greedy) to 2.")
  private Float temperature;

  @Option(names = "--top-p", paramLabel = "P", description = "Nucleus mass, above 0 and at most 1.")
  private Float topP;

  @Option(
      names = "--seed",
      paramLabel = "SEED",
      description = "Sampling seed; without it one is derived from the event's id.")
  private Long seed;

  /** Checks the ranges. */
  void check() {
    if (maxNewTokens != null && maxNewTokens < 1) {
      throw new UserException("--max-new-tokens must be at least 1, got " + maxNewTokens + ".");
    }
    if (temperature != null && !(temperature >= 0 && temperature <= 2)) {
      throw new UserException("--temperature must lie in 0 to 2, got " + temperature + ".");
    }
    if (topP != null && !(topP > 0 && topP <= 1)) {
      throw new UserException("--top-p must lie above 0 and at most at 1, got " + topP + ".");
    }
  }

  /** As the field of an event; null where nothing was said. */
  GenerationOptions forEvent() {
    check();
    if (maxNewTokens == null && temperature == null && topP == null && seed == null) {
      return null;
    }
    return GenerationOptions.newBuilder()
        .setMaxNewTokens(maxNewTokens)
        .setTemperature(temperature)
        .setTopP(topP)
        .setSeed(seed)
        .build();
  }

  int maxNewTokens(int otherwise) {
    return maxNewTokens == null ? otherwise : maxNewTokens;
  }

  float temperature() {
    return temperature == null ? 0f : temperature;
  }

  float topP() {
    return topP == null ? 1f : topP;
  }

  long seed() {
    return seed == null ? 0L : seed;
  }
}
