package dev.moonflow.jobs.cli.results;

import dev.moonflow.connectors.registry.RegistryUnavailableException;
import dev.moonflow.connectors.registry.UndecodableRecordException;
import dev.moonflow.jobs.cli.console.Console;
import dev.moonflow.schemas.Topics;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Shows records of the output topics: as rows, or as JSON lines. */
public final class ResultPrinter {
  private final Console console;
  private final OutputRecordView view;
  private final ResultTable table;

  /** A printer of JSON lines, or else of a table. */
  public ResultPrinter(Console console, OutputRecordView view, boolean json) {
    this.console = console;
    this.view = view;
    this.table = json ? null : new ResultTable(console);
  }

  /** Prints the headings, where there are any. */
  public void begin() {
    if (table != null) {
      table.header();
    }
  }

  /** Prints a record. */
  public void print(Topics topic, ConsumerRecord<byte[], byte[]> kafkaRecord)
      throws RegistryUnavailableException {
    if (table != null) {
      table.row(view.row(topic, kafkaRecord));
      return;
    }
    try {
      console.line(ResultJson.line(topic, kafkaRecord, view.value(topic, kafkaRecord)));
    } catch (UndecodableRecordException e) {
      console.note("moonflow: " + view.row(topic, kafkaRecord).source() + ": " + e.getMessage());
    }
  }
}
