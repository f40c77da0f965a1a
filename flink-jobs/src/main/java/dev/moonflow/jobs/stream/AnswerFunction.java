package dev.moonflow.jobs.stream;

import dev.moonflow.jobs.perceive.Perceived;
import dev.moonflow.model.engine.FinishReason;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.util.Collector;

/** What was perceived, back to the elements that it is about; what failed goes another way. */
final class AnswerFunction<T> extends RichFlatMapFunction<Perceived, Tuple2<T, Answer>> {
  private static final long serialVersionUID = 1L;

  private final ElementBytes<T> elements;

  AnswerFunction(ElementBytes<T> elements) {
    this.elements = elements;
  }

  @Override
  public void flatMap(Perceived perceived, Collector<Tuple2<T, Answer>> out) throws Exception {
    if (perceived instanceof Perceived.Generated generated) {
      Answer answer =
          new Answer(
              generated.text(),
              generated.thinking(),
              generated.reason() == FinishReason.LENGTH,
              generated.tokens().length,
              generated.promptTokens(),
              generated.modelFingerprint());
      out.collect(Tuple2.of(elements.read(generated.source().value()), answer));
    }
  }
}
