package dev.moonflow.training.stage.rl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.moonflow.training.batch.StepSource;
import java.util.List;

/** The rollouts of each step. It has no state of its own: the iterations are the objective's. */
record RolloutSource(Iterations iterations) implements StepSource<RolloutBatch> {
  @Override
  public List<RolloutBatch> next(long step) {
    return iterations.batches(step);
  }

  @Override
  public JsonNode state() {
    return NullNode.getInstance();
  }

  @Override
  public void restore(JsonNode state) {
    // Nothing to put back.
  }
}
