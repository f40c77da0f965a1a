package dev.moonflow.training.evaluation.item;

/** Tokens that a model spends on a prompt's pieces. */
public interface PromptCosts {
  /** Tokens of a text. */
  int text(String text);

  /** Media tokens of an image of a size in pixels, without the control tokens around them. */
  int image(int width, int height);
}
