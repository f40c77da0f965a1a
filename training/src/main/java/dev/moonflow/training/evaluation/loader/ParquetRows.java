package dev.moonflow.training.evaluation.loader;

import dev.moonflow.training.evaluation.EvaluationException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.NoSuchElementException;
import java.util.OptionalInt;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;

/** A Parquet file, read one row group at a time, as Hugging Face publishes data sets. */
final class ParquetRows implements RowSource {
  private final Path file;
  private final ParquetFileReader reader;
  private final MessageType schema;
  private RecordReader<Group> group;
  private long leftInGroup;
  private long left;
  private int number;

  private ParquetRows(Path file, ParquetFileReader reader) {
    this.file = file;
    this.reader = reader;
    this.schema = reader.getFileMetaData().getSchema();
    this.left = reader.getRecordCount();
  }

  static ParquetRows open(Path file) throws IOException {
    try {
      ParquetReadOptions options =
          ParquetReadOptions.builder(new PlainParquetConfiguration())
              .usePageChecksumVerification()
              .build();
      return new ParquetRows(file, ParquetFileReader.open(new LocalInputFile(file), options));
    } catch (RuntimeException e) {
      throw broken(file, e);
    }
  }

  @Override
  public OptionalInt count() {
    return OptionalInt.of((int) Math.min(reader.getRecordCount(), Integer.MAX_VALUE));
  }

  @Override
  public boolean hasNext() {
    return left > 0;
  }

  @Override
  public Row next() {
    if (left == 0) {
      throw new NoSuchElementException();
    }
    try {
      while (leftInGroup == 0) {
        PageReadStore pages = reader.readNextRowGroup();
        if (pages == null) {
          throw new EvaluationException(
              "%s ends after row %d; its footer tells of %d more.".formatted(file, number, left));
        }
        group =
            new ColumnIOFactory()
                .getColumnIO(schema)
                .getRecordReader(pages, new GroupRecordConverter(schema));
        leftInGroup = pages.getRowCount();
      }
      Group fields = group.read();
      leftInGroup--;
      left--;
      number++;
      return new Row(file, "row " + number, ParquetJson.object(fields));
    } catch (IOException | RuntimeException | LinkageError e) {
      if (e instanceof EvaluationException own) {
        throw own;
      }
      throw broken(file, e);
    }
  }

  /** The stand-ins for Hadoop know Snappy, Zstandard and no compression. */
  private static EvaluationException broken(Path file, Throwable e) {
    String message =
        e instanceof LinkageError
            ? "its compression is none of Snappy, Zstandard and none"
            : JsonRows.oneLine(e.getMessage());
    return new EvaluationException(file + " cannot be read as Parquet: " + message + ".", e);
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
