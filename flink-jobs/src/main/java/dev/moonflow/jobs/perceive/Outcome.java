package dev.moonflow.jobs.perceive;

import dev.moonflow.jobs.ingest.Stage;
import dev.moonflow.model.engine.FinishReason;

/** How a request ended. */
sealed interface Outcome {

  /** The model wrote something. */
  record Written(int[] tokens, int promptTokens, FinishReason reason, float[] logProbabilities)
      implements Outcome {}

  /** It could not be computed. */
  record Failed(Stage stage, Throwable error) implements Outcome {}

  /** It was a page that had failed before. */
  record FailedBefore() implements Outcome {}

  /** It was what is known of a page without the model. */
  record Passed() implements Outcome {}
}
