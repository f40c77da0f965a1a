package dev.moonflow.training.evaluation.loader;

import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.moonflow.training.evaluation.EvaluationException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * Fields apart by tabs, the first line their names, as pandas writes them: a field with a tab, a
 * quote or a line end in it stands in quotes. Read row by row: files hold gigabytes of images.
 */
final class TsvRows implements RowSource {
  /** Characters of one field: an image in base64. */
  private static final int FIELD_MAX = 100_000_000;

  private static final CsvMapper TSV =
      CsvMapper.builder(
              CsvFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxStringLength(FIELD_MAX).build())
                  .build())
          .enable(CsvParser.Feature.FAIL_ON_MISSING_COLUMNS)
          .build();

  private final Path file;
  private final Reader reader;
  private final MappingIterator<JsonNode> rows;
  private int number;

  private TsvRows(Path file, Reader reader, MappingIterator<JsonNode> rows) {
    this.file = file;
    this.reader = reader;
    this.rows = rows;
  }

  static TsvRows open(Path file) throws IOException {
    CsvSchema schema = CsvSchema.emptySchema().withHeader().withColumnSeparator('\t');
    Reader reader = Files.newBufferedReader(file);
    return new TsvRows(file, reader, TSV.readerFor(JsonNode.class).with(schema).readValues(reader));
  }

  @Override
  public OptionalInt count() {
    return OptionalInt.empty();
  }

  @Override
  public boolean hasNext() {
    try {
      return rows.hasNextValue();
    } catch (IOException e) {
      throw broken(e);
    }
  }

  @Override
  public Row next() {
    try {
      JsonNode fields = rows.nextValue();
      number++;
      return new Row(file, "row " + number, fields);
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private EvaluationException broken(IOException e) {
    String message =
        e instanceof com.fasterxml.jackson.core.JsonProcessingException json
            ? json.getOriginalMessage()
            : e.getMessage();
    return new EvaluationException(
        "%s, row %d: %s.".formatted(file, number + 1, JsonRows.oneLine(message)), e);
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw new EvaluationException(file + " cannot be closed: " + e.getMessage() + ".", e);
    }
  }
}
