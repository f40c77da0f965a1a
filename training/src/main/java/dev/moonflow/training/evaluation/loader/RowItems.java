package dev.moonflow.training.evaluation.loader;

import dev.moonflow.training.evaluation.EvaluationException;
import dev.moonflow.training.evaluation.item.DamagedItem;
import dev.moonflow.training.evaluation.item.Entry;
import dev.moonflow.training.evaluation.item.Item;
import dev.moonflow.training.evaluation.item.ItemSource;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalInt;

/** The items of files of rows, file after file. */
final class RowItems implements ItemSource {
  private final Iterator<Path> files;
  private final RowMapper mapper;
  private final String leftOutBecause;
  private final int fileCount;
  private RowSource rows;
  private Entry next;
  private int leftOut;

  /**
   * Items of files.
   *
   * @param leftOutBecause why the mapper leaves out rows, for the report
   */
  RowItems(List<Path> files, RowMapper mapper, String leftOutBecause) {
    this.files = files.iterator();
    this.fileCount = files.size();
    this.mapper = mapper;
    this.leftOutBecause = leftOutBecause;
    this.rows = RowSource.open(this.files.next());
  }

  /** Items of files, each row one. */
  RowItems(List<Path> files, RowMapper mapper) {
    this(files, mapper, "");
  }

  @Override
  public OptionalInt count() {
    return fileCount == 1 && leftOutBecause.isEmpty() ? rows.count() : OptionalInt.empty();
  }

  @Override
  public boolean hasNext() {
    while (next == null) {
      if (rows.hasNext()) {
        next = read();
      } else if (files.hasNext()) {
        rows.close();
        rows = RowSource.open(files.next());
      } else {
        return false;
      }
    }
    return true;
  }

  private Entry read() {
    Row row;
    try {
      row = rows.next();
    } catch (RowException e) {
      return new DamagedItem(e.place(), e.getMessage());
    }
    try {
      Optional<Item> item = mapper.map(row);
      leftOut += item.isEmpty() ? 1 : 0;
      return item.orElse(null);
    } catch (EvaluationException e) {
      return new DamagedItem(row.place(), e.getMessage());
    } catch (IllegalArgumentException e) {
      return new DamagedItem(row.place(), row.where() + ": " + e.getMessage() + ".");
    }
  }

  @Override
  public Entry next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Entry entry = next;
    next = null;
    return entry;
  }

  @Override
  public List<String> notes() {
    return leftOut == 0 ? List.of() : List.of(leftOut + " rows were left out: " + leftOutBecause);
  }

  @Override
  public void close() {
    rows.close();
  }
}
