package dev.moonflow.jobs.stream;

import dev.moonflow.connectors.deadletter.ErrorHeaders;
import dev.moonflow.connectors.kafka.OutputRecord;
import dev.moonflow.connectors.kafka.RecordHeader;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.java.tuple.Tuple2;

/** Dead letters of the operator, back to the elements that they are about. */
final class FailureFunction<T> extends RichMapFunction<OutputRecord, Tuple2<T, Failure>> {
  private static final long serialVersionUID = 1L;

  private final ElementBytes<T> elements;

  FailureFunction(ElementBytes<T> elements) {
    this.elements = elements;
  }

  @Override
  public Tuple2<T, Failure> map(OutputRecord letter) throws Exception {
    Failure failure =
        new Failure(header(letter, ErrorHeaders.STAGE), header(letter, ErrorHeaders.MESSAGE));
    return Tuple2.of(elements.read(letter.value()), failure);
  }

  private static String header(OutputRecord letter, String name) {
    return RecordHeader.last(letter.headers(), name).orElseThrow().text();
  }
}
