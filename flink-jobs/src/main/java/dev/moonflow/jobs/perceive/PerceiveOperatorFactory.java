package dev.moonflow.jobs.perceive;

import dev.moonflow.jobs.ingest.PerceptionRequest;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/** Makes the operator on a TaskManager, with the mailbox that it yields to. */
public final class PerceiveOperatorFactory extends AbstractStreamOperatorFactory<Perceived>
    implements OneInputStreamOperatorFactory<PerceptionRequest, Perceived> {
  private static final long serialVersionUID = 1L;

  private final PerceiveSettings settings;
  private final ModelLoader loader;
  private final PerceiveParts parts;

  /** A factory of operators that share the model that {@code loader} loads. */
  public PerceiveOperatorFactory(PerceiveSettings settings, ModelLoader loader) {
    this(settings, loader, new PerceiveParts());
  }

  /** The same with other parts. */
  PerceiveOperatorFactory(PerceiveSettings settings, ModelLoader loader, PerceiveParts parts) {
    this.settings = settings;
    this.loader = loader;
    this.parts = parts;
  }

  @Override
  public <T extends StreamOperator<Perceived>> T createStreamOperator(
      StreamOperatorParameters<Perceived> parameters) {
    PerceiveOperator operator = parts.operator(parameters, settings, loader);
    @SuppressWarnings("unchecked")
    T made = (T) operator;
    return made;
  }

  @Override
  @SuppressWarnings("rawtypes")
  public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader loader) {
    return PerceiveOperator.class;
  }
}
